"""The recorded material of ../shared/corpus as repositories of the local Hub.

Cards, texts and replies are what was recorded; listings, sizes, gating and commits that nobody recorded are
made up here, and `Repo.synthetic` names them.
"""

import csv
import json
from collections import defaultdict
from pathlib import Path

from hub.repos import Repo, Weights

_CARDS = ("hf_card", "hf_card_rebuilt", "dataset_card")
_SYNTHETIC = frozenset(
    {"siblings", "sha", "gated", "private", "tags", "usedStorage", "lastModified", "weights"}
)


def repos_of(folder: Path) -> list[Repo]:
    """Every model and dataset of the corpus."""
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["file"].startswith("_tables")]
    grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        grouped[row["hf_id"]].append(row)
    return [_repo(name, entries, folder) for name, entries in grouped.items()]


def _repo(name: str, rows: list[dict[str, str]], folder: Path) -> Repo:
    kind = "datasets" if name.startswith("datasets__") else "models"
    files: dict[str, bytes] = {}
    recorded = None
    has_card = any(row["kind"] in _CARDS for row in rows)
    for row in rows:
        body = (folder / row["file"]).read_bytes()
        path = row["file"].split("/", 1)[1].replace("__", "/")
        if row["kind"] == "api_json":
            recorded = json.loads(body)
        elif row["kind"] == "upstream_card":
            # The maker's own card, without front matter, stands in only where no card of the Hub is known.
            files |= {} if has_card else {"README.md": body}
        else:
            files["README.md" if row["kind"] in _CARDS else path] = body
    return Repo(
        id=name.removeprefix("datasets__"),
        kind=kind,
        files=files,
        weights=(Weights("model.safetensors", 1_000_000_000),) if kind == "models" else (),
        recorded=recorded,
        gated=(recorded or {}).get("gated", False),
        synthetic=frozenset({"siblings sizes"}) if recorded else _SYNTHETIC,
    )

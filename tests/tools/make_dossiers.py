"""Gather dossiers from what `../shared/corpus` recorded, with our own reading code.

    PYTHONPATH=tests python -m tools.make_dossiers

Each place cited is where the recording really lies (repository and commit of the corpus index), never a
Hub commit it was not read at. A reply that lies inside a larger file is cited without a hash, since the
hash of that file was not taken. Nothing is filled in: a file that was not recorded is a problem. Two dossiers
stand on a recorded reply of the Hub and are shipped with the package (reports/dossiers); of the others only
the model card was recorded, so that neither commit, files nor gating are known (reports/examples/dossiers).
A dossier that is there keeps its day of gathering.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from osaid_audit.gather.raw import Fetched, Gathered, Missed, Raw, Repository
from osaid_audit.gather.reading.assembly import assemble
from osaid_audit.gather.reading.data.datasetnames import wanted_datasets
from osaid_audit.gather.reading.files import plan
from osaid_audit.gather.reading.records import dossier_json
from osaid_audit.gather.reading.repository.details import NOT_RECORDED
from osaid_audit.schema.base import Text

HOUSE = Path(__file__).parents[2]
CORPUS = HOUSE.parent / "shared" / "corpus"
HUB = "https://huggingface.co"
COPIES = {"README.md": "hf_card", "LICENSE": "license_text"}


def index(hf_id: str) -> dict[str, dict[str, str]]:
    """The corpus rows of one id, by kind."""
    with (CORPUS / "index.csv").open(newline="", encoding="utf-8") as rows:
        return {row["kind"]: row for row in csv.DictReader(rows) if row["hf_id"] == hf_id}


def place(row: Mapping[str, str]) -> tuple[str, str]:
    """The page of a corpus row and its commit, as far as the index gives it."""
    where, commit = row["source"].rsplit("@", 1)
    repository, path = where.split(":", 1)
    return f"https://github.com/{repository}/blob/{commit}/{path}", commit


def reply(row: Mapping[str, str], drop: tuple[str, ...]) -> tuple[dict[str, Any], Raw]:
    """The recorded reply, without the card keys that its recorder shortened."""
    body = (CORPUS / row["file"]).read_bytes()
    info = json.loads(body)
    for key in drop:
        info["cardData"].pop(key, None)
    url, commit = place(row)
    return info, Raw("api", url, body, None, commit, stands_in=True)


def copy(row: Mapping[str, str], path: str) -> Raw:
    """A recorded copy of a repository file, cited to where it lies."""
    body = (CORPUS / row["file"]).read_bytes()
    url, commit = place(row)
    return Raw(path, url, body, hashlib.sha256(body).hexdigest(), commit, stands_in=True)


def files(hf_id: str, info: Mapping[str, Any], rows: Mapping[str, Mapping[str, str]]) -> dict[str, Fetched]:
    """Every wanted file: the recorded copy, or why there is none."""
    listing, _ = plan.listing_of(info)
    found: dict[str, Fetched] = {}
    for path in ("README.md", *plan.wanted_files(listing, "models")):
        url = f"{HUB}/{hf_id}/resolve/{info['sha']}/{path}"
        row = rows.get(COPIES.get(path, ""))
        if info.get("gated"):
            found[path] = Missed(path, url, "gated", NOT_RECORDED)
        else:
            found[path] = copy(row, path) if row else Missed(path, url, "unreachable", NOT_RECORDED)
    return found


def of_a_reply(hf_id: str, drop: tuple[str, ...], limit: Text, day: str) -> Gathered:
    """What a fetch would have handed over, from the recording alone."""
    rows = index(hf_id)
    info, raw = reply(rows["api_json"], drop)
    listing, complete = plan.listing_of(info)
    recorded = files(hf_id, info, rows)
    subject = Repository(
        kind="models",
        asked=hf_id,
        canonical=info["id"],
        page_url=f"{HUB}/{hf_id}",
        revision=info["sha"],
        info=info,
        info_raw=raw,
        listing=listing,
        listing_complete=complete,
        files=recorded,
    )
    return gathered(subject, limit, day)


def of_a_card(hf_id: str, limit: Text, day: str) -> Gathered:
    """The same where only the card was recorded: no reply, so no commit, no list of files, no gating."""
    rows = index(hf_id)
    card = copy(rows["hf_card"], "README.md")
    subject = Repository(
        kind="models",
        asked=hf_id,
        canonical=hf_id,
        page_url=f"{HUB}/{hf_id}",
        revision=None,
        info={},
        info_raw=Raw("api", card.url, b"{}", None, card.revision, stands_in=True),
        files={"README.md": card},
    )
    return gathered(subject, limit, day)


def gathered(subject: Repository, limit: Text, day: str) -> Gathered:
    """The subject alone; every dataset it names is one that was not recorded."""
    names = wanted_datasets(subject.info, subject.files.get("README.md"))
    return Gathered(
        subject=subject,
        endpoint=HUB,
        token_used=False,
        gathered_at=day,
        source="recorded",
        datasets={
            name: Missed(name, f"{HUB}/datasets/{name}", "unreachable", NOT_RECORDED) for name in names
        },
        limits=(limit,),
    )


BUNDLED = {
    "meta-llama/Llama-3.2-3B": (
        ("extra_gated_prompt",),
        Text(
            en="Made from a recorded reply of the Hub alone. Card, license and policy stand behind the gate and were"
            " not read; the gate prompt was shortened by its recorder and is left out.",
            fr="Établi à partir d'une seule réponse enregistrée du Hub. La fiche, la licence et la charte d'usage sont"
            " derrière la barrière d'accès et n'ont pas été lues ; le texte de la barrière, abrégé par la personne"
            " qui l'a enregistré, est écarté.",
        ),
    ),
    "google-bert/bert-base-uncased": (
        (),
        Text(
            en="Made from a recorded reply of the Hub. The card (2020) and the license were read from the places"
            " cited, not from the Hub at this commit.",
            fr="Établi à partir d'une réponse enregistrée du Hub. La fiche (2020) et la licence ont été lues aux"
            " endroits cités, et non sur le Hub à ce commit.",
        ),
    ),
}


CARDS = (
    "google/gemma-2b",
    "mistralai/Mixtral-8x7B-v0.1",
    "CompVis/stable-diffusion-v1-4",
    "EleutherAI/pythia-6.9b",
)
CARD_ONLY = Text(
    en="Made from a recorded copy of the model card alone, read from the place cited and not from the Hub at a"
    " commit. The list of files, the gating and the license file were not recorded.",
    fr="Établi à partir d'une copie enregistrée de la seule fiche du modèle, lue à l'endroit cité et non sur le Hub"
    " à un commit donné. La liste des fichiers, le contrôle d'accès et le fichier de licence n'ont pas été"
    " enregistrés.",
)


def day_of(target: Path) -> str:
    """The day a dossier was gathered first, else now."""
    if target.is_file():
        return str(json.loads(target.read_text(encoding="utf-8"))["gathered_at"])
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write(folder: str, hf_id: str, gather: Callable[[str], Gathered]) -> None:
    """One dossier into a folder of reports."""
    target = HOUSE / "reports" / folder / f"{hf_id.replace('/', '--')}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(dossier_json(assemble(gather(day_of(target)))), encoding="utf-8")
    print(target.relative_to(HOUSE))


def main() -> None:
    """Write them all."""
    for hf_id, (drop, limit) in BUNDLED.items():
        write("dossiers", hf_id, partial(of_a_reply, hf_id, drop, limit))
    for hf_id in CARDS:
        write("examples/dossiers", hf_id, partial(of_a_card, hf_id, CARD_ONLY))


if __name__ == "__main__":
    main()

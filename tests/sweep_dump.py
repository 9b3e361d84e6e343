"""Small dumps for the tests of a sweep, and one way to run it in a process of its own that can be killed."""

import json
import os
import random
import signal
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

LICENSES = ("apache-2.0", "mit", "cc-by-nc-4.0", "llama3", "openrail", "other", None)
FILES = (["README.md", "config.json", "model.safetensors"], ["README.md"], ["model.gguf"], [])


def rows(count: int, seed: int = 1) -> list[dict]:
    """Models in families: about a third declare an earlier one as their base."""
    dice = random.Random(seed)
    made = []
    for at in range(count):
        license_ = dice.choice(LICENSES)
        card = {"license": license_} if license_ else {}
        if at and dice.random() < 0.3:
            card["base_model"] = made[dice.randrange(at)]["id"]
        made.append(
            {
                "id": f"org{at % 7}/Model-{at}",
                "createdAt": f"{2020 + at % 6}-03-{1 + at % 28:02}T00:00:00.000Z",
                "lastModified": f"2026-0{1 + at % 9}-11T00:00:00.000Z",
                "cardData": json.dumps(card),
                "tags": [f"license:{license_}"] if license_ else [],
                "siblings": dice.choice(FILES),
                "library_name": dice.choice(("transformers", "diffusers", None)),
                "downloads": at,
            }
        )
    return made


def write(path: Path, told: list[dict] | dict, **options) -> Path:
    table = pa.Table.from_pylist(told) if isinstance(told, list) else pa.table(told)
    pq.write_table(table, path, **options)
    return path


def dump(path: Path, count: int, seed: int = 1, **options) -> Path:
    return write(path, rows(count, seed), **options)


def tables(out: Path) -> dict[str, bytes]:
    """The finished table, part by part."""
    return {path.name: path.read_bytes() for path in sorted((out / "outcomes").iterdir())}


def sweep_in_shards(size: int, source: Path, out: Path, die_at: int | None = None, **options) -> int:
    """Sweep with small shards; how often the disk was asked to keep or move something.

    die_at  the process kills itself, as nobody can prevent, just before it asks for that time
    """
    from osaid_audit.sweep import dump as dumps
    from osaid_audit.sweep import sweep

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dumps, "SHARD", size)
        asked = _count_asking(patch, die_at)
        sweep(source, out, **options)
    return asked[0]


def _count_asking(patch: pytest.MonkeyPatch, die_at: int | None) -> list[int]:
    asked = [0]

    def watched(real):
        def call(*arguments, **named):
            asked[0] += 1
            if asked[0] == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        return call

    for name in ("fsync", "replace", "rename", "unlink", "mkdir", "rmdir"):
        patch.setattr(os, name, watched(getattr(os, name)))
    return asked


if __name__ == "__main__":
    sweep_in_shards(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))

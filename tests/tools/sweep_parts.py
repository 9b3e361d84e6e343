"""What bench_sweep measures, each in a process of its own: `python -m tools.sweep_parts PART ...` prints JSON."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

from osaid_audit import evaluate
from osaid_audit.evaluate import outcomes
from osaid_audit.gather.reading.assembly import assemble
from osaid_audit.gather.reading.jsontext import read_json
from osaid_audit.sweep import run
from osaid_audit.sweep.facts.reply import gathered, repository_of
from tools.synthetic import reply

THREADS = 2
NEEDED = (
    "id",
    "createdAt",
    "lastModified",
    "cardData",
    "downloads",
    "tags",
    "siblings",
    "config",
    "safetensors",
    "gguf",
    "library_name",
    "pipeline_tag",
)
"""The columns of the dump that facts are read from."""
_NO_EVIDENCE = (
    "row",
    "id",
    "key",
    "named_license",
    "created",
    "library",
    "downloads",
    "subject.last_modified",
)
"""Columns of the facts that tell one model from another, or feed the summary alone."""
_DISTINCT = 'hash("cardData", siblings, tags, config, safetensors, gguf, library_name, pipeline_tag)'


def sweep(dump: Path, out: Path) -> dict[str, Any]:
    """One whole sweep, and what its memories held at the end."""
    kept: dict[str, Any] = {}
    stages: dict[str, float] = {}
    began = last = time.perf_counter()

    def progress(told: Any) -> None:
        nonlocal last
        now = time.perf_counter()
        stages[told.stage], last = stages.get(told.stage, 0.0) + now - last, now

    with _remembered("_Run", kept), _remembered("Court", kept):
        summary = run.sweep(dump, out, threads=THREADS, progress=progress)
    seconds = time.perf_counter() - began
    stages["rest"] = time.perf_counter() - last
    judge = kept["Court"].judge
    asked = [len(each._given) for each in judge._rules]
    return {
        "rows": sum(each.rows for each in summary.inputs),
        "seconds": seconds,
        "stages": stages,
        "cases": dict(kept["_Run"].cases.asked),
        "judged": len(judge._given),
        "rules": len(asked),
        "combinations": sum(asked),
        "evidence": _evidence(out),
    }


def _remembered(name: str, kept: dict[str, Any]) -> Any:
    """The class of that name in the run, such that the one it makes can be looked at afterwards."""
    made = getattr(run, name)

    def make(*args: Any, **named: Any) -> Any:
        kept[name] = made(*args, **named)
        return kept[name]

    return patch.object(run, name, make)


def _facts(out: Path) -> tuple[duckdb.DuckDBPyConnection, str, list[str]]:
    """The facts that a sweep read: a connection, their relation, and the columns that are evidence."""
    database = duckdb.connect()
    database.execute(f"SET threads = {THREADS}")
    relation = f"read_parquet('{out}/shards/*/facts-*/[0-9]*.parquet')"
    columns = [row[0] for row in database.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()]
    return database, relation, [name for name in columns if name not in _NO_EVIDENCE]


def _evidence(out: Path) -> int:
    """Distinct rows of facts, exactly but for collisions of 64 bits."""
    database, relation, names = _facts(out)
    listed = ", ".join(f'"{name}"' for name in names)
    return int(database.execute(f"SELECT count(DISTINCT hash({listed})) FROM {relation}").fetchone()[0])


def distinct(dump: Path, _: Path) -> dict[str, Any]:
    """Distinct rows of the dump: all that facts are read from, ids, dates and counts of readers left out."""
    database = duckdb.connect()
    database.execute(f"SET threads = {THREADS}")
    found = database.execute(
        f"SELECT count(DISTINCT {_DISTINCT}), count(DISTINCT \"cardData\"), count(DISTINCT hash(siblings)) FROM '{dump}'"
    ).fetchone()
    return dict(zip(("rows", "card data", "file lists"), found or (), strict=True))


def read(dump: Path, _: Path) -> dict[str, Any]:
    """DuckDB alone, needed columns: decoded, their lengths added up."""
    lists = {"tags", "siblings"}
    parts = [
        f'sum(len("{name}"))'
        if name in lists
        else f'max("{name}"::varchar)'
        if name != "cardData"
        else 'sum(strlen("cardData"))'
        for name in NEEDED
    ]
    return _timed(dump, f"SELECT {', '.join(parts)} FROM '{dump}'")


def aggregate(dump: Path, _: Path) -> dict[str, Any]:
    """DuckDB alone, one fact: declared licenses by library, from the JSON of each card."""
    license_id = "TRY(json_extract_string(\"cardData\", '$.license'))"
    return _timed(
        dump,
        f"SELECT library_name, {license_id}, count(*) FROM '{dump}' GROUP BY ALL ORDER BY 3 DESC LIMIT 20",
    )


def _timed(dump: Path, query: str) -> dict[str, Any]:
    database = duckdb.connect()
    database.execute(f"SET threads = {THREADS}")
    database.execute("SET memory_limit = '800MB'")
    began = time.perf_counter()
    database.execute(query).fetchall()
    return {"rows": _rows(database, dump), "seconds": time.perf_counter() - began}


def _rows(database: duckdb.DuckDBPyConnection, dump: Path) -> int:
    return int(database.execute(f"SELECT count(*) FROM '{dump}'").fetchone()[0])


def python(dump: Path, _: Path, sample: int = 1000) -> dict[str, Any]:
    """Each model of a sample alone: its reply read, assembled into a dossier and evaluated; one core."""
    ruleset = evaluate.load()
    replies = [
        each
        for each in _sample(dump, sample)
        if isinstance(each.get("id"), str) and each["id"].count("/") == 1
    ]
    began = 0.0
    for at, info in enumerate(replies):
        if at == 20:  # what is read once per process is no cost of a model
            began = time.perf_counter()
        evaluate.evaluate(assemble(gathered(repository_of(info, info["id"]))), ruleset)
    return {"rows": len(replies) - 20, "seconds": time.perf_counter() - began}


def _sample(dump: Path, sample: int) -> Iterator[dict[str, Any]]:
    database = duckdb.connect()
    database.execute("SET threads = 1")
    cursor = database.execute(
        f'SELECT * FROM \'{dump}\' WHERE "cardData" IS NULL OR strlen("cardData") < 20000 USING SAMPLE reservoir({sample} ROWS) REPEATABLE (7)'
    )
    names = [column[0] for column in cursor.description]
    for row in cursor.fetchall():
        info = read_json(json.dumps(reply(dict(zip(names, row, strict=True)))))
        info["siblings"] = [
            {"rfilename": each} if isinstance(each, str) else each for each in info.get("siblings", ())
        ]
        yield info


def strict(_: Path, out: Path, sample: int = 4000) -> dict[str, Any]:
    """Distinct rows of facts, every rule asked anew for each: what is remembered for a rule is switched off; one core."""
    database, relation, names = _facts(out)
    judge = evaluate.Judge(evaluate.load())
    known = [name for name in names if name in judge.facts]
    every, asked = (", ".join(f'"{name}"' for name in each) for each in (names, known))
    rows = database.execute(
        f"SELECT {asked} FROM (SELECT DISTINCT {every} FROM {relation}) USING SAMPLE reservoir({sample} ROWS) REPEATABLE (7)"
    ).fetchall()
    evidence = [_values(known, row) for row in rows]
    with patch.object(outcomes, "_keep", lambda _memory, _key, value: value):
        began = time.perf_counter()
        for values in evidence:
            judge(values)
    return {"rows": len(evidence), "seconds": time.perf_counter() - began, "rules": len(judge._rules)}


def _values(names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    told = zip(names, row, strict=True)
    return {name: tuple(each) if isinstance(each, list) else each for name, each in told if each is not None}


PARTS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    "sweep": sweep,
    "distinct": distinct,
    "read": read,
    "aggregate": aggregate,
    "python": python,
    "strict": strict,
}


def main() -> None:
    """Measure one part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("dump", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    json.dump(PARTS[asked.part](asked.dump, asked.out), sys.stdout)


if __name__ == "__main__":
    main()

"""The two doors to the facts of a model: an audit of the Hub's reply, and a row of a dump of replies."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from osaid_audit.gather.raw import Gathered, Missed, Raw, Repository
from osaid_audit.gather.reading.assembly import assemble
from osaid_audit.gather.reading.files.plan import declared_bases, listing_of, wanted_files
from osaid_audit.schema.dossier import Dossier
from osaid_audit.sweep.columns import Columns
from osaid_audit.sweep.facts import OWN, SWEPT, Cases, own_facts
from osaid_audit.sweep.lineage import COLUMNS, Lineage

HUB = "https://huggingface.co"
TEXTS = ("id", "modelId", "createdAt", "lastModified", "library_name", "pipeline_tag")
JSONS = ("cardData", "config", "safetensors", "gguf")


def repository(info: Mapping[str, Any]) -> Repository:
    """What a single audit has when nothing but the info reply came."""
    name = info["id"]
    listing, complete = listing_of(info)
    missed = {path: Missed(path, f"{HUB}/{name}", "unreachable") for path in wanted_files(listing, "models")}
    absent = complete and "README.md" not in {file.path for file in listing}
    missed["README.md"] = Missed("README.md", f"{HUB}/{name}", "absent" if absent else "unreachable")
    raw = Raw(name, f"{HUB}/api/models/{name}", json.dumps(info).encode(), None)
    return Repository("models", name, name, f"{HUB}/{name}", None, info, raw, listing, complete, files=missed)


def dossier(info: Mapping[str, Any], dump: Mapping[str, Mapping[str, Any]]) -> Dossier:
    """One door: the dossier of one reply, with the replies of all models behind it."""
    subject = repository(info)
    bases: dict[str, Repository | Missed] = {}
    waiting = [info]
    while waiting:
        for name, _ in declared_bases(waiting.pop(), None):
            known = dump.get(name.lower())
            if name.lower() not in {each.lower() for each in bases}:
                bases[name] = repository(known) if known else Missed(name, HUB, "not_found_or_private")
                waiting += [known] if known else []
    return assemble(Gathered(subject, HUB, token_used=False, gathered_at="2026-11-01T00:00:00Z", bases=bases))


def facts_of(found: Dossier) -> dict[str, Any]:
    """The facts that a sweep can know."""
    return {name: each.value for name, each in found.facts.items() if name in SWEPT}


def table(replies: Iterable[Mapping[str, Any]], siblings: str = "names", json_as: str = "text") -> pa.Table:
    """A dump of these replies. `siblings`: names, structs, json or sizes; `json_as`: text or escaped."""
    rows = list(replies)
    dump = lambda value: json.dumps(value, ensure_ascii=json_as == "text")  # noqa: E731
    columns: dict[str, Any] = {"row": pa.array(range(len(rows)), pa.int64())}
    for name in TEXTS:
        columns[name] = pa.array([row.get(name) for row in rows], pa.string())
    for name in JSONS:
        columns[name] = pa.array([dump(row[name]) if name in row else None for row in rows], pa.string())
    columns["tags"] = pa.array(
        [list(row["tags"]) if "tags" in row else None for row in rows], pa.list_(pa.string())
    )
    columns["gated"] = pa.array([_gated(row.get("gated")) for row in rows], pa.string())
    columns["downloads"] = pa.array([row.get("downloads") for row in rows], pa.int64())
    columns["siblings"] = _siblings(rows, siblings)
    return pa.table(columns)


def _gated(value: Any) -> str | None:
    return None if value is None else "false" if value is False else str(value)


def _siblings(rows: list[Mapping[str, Any]], kind: str) -> pa.Array:
    lists = [row.get("siblings") for row in rows]
    if kind == "json":
        return pa.array([None if each is None else json.dumps(each) for each in lists], pa.string())
    if kind == "names":
        return pa.array(
            [None if each is None else [file.get("rfilename") for file in each] for each in lists],
            pa.list_(pa.string()),
        )
    fields = [("rfilename", pa.string()), *([("size", pa.int64())] if kind == "sizes" else [])]
    return pa.array(lists, pa.list_(pa.struct(fields)))


def sweep(
    rows: pa.Table, mapping: Mapping[str, str] | None = None, shard: int = 10_000
) -> list[dict[str, Any]]:
    """The other door: the facts of every row, by shards, with what the bases add."""
    connection = duckdb.connect()
    cases, lineage, owns = Cases(), Lineage(), []
    for start in range(0, max(rows.num_rows, 1), shard):
        connection.register("arrived", rows.slice(start, shard))
        connection.execute("create or replace table dump as select * from arrived")
        types = {name: str(kind) for name, kind, *_ in connection.execute("describe dump").fetchall()}
        own_facts(connection, "dump", Columns.of(types, mapping), cases)
        owns.append(connection.sql("select * from own order by row").to_arrow_table())
        lineage.add(owns[-1].select(COLUMNS))
    inherited = {row["key"]: row for row in lineage.inherited().to_pylist()}
    found = []
    for row in pa.concat_tables(owns).to_pylist():
        added = {name: value for name, value in inherited.get(row["key"], {}).items() if value is not None}
        facts = {**{name: row[name] for name in SWEPT if row[name] is not None}, **added}
        facts.pop("key", None)
        values = {name: tuple(each) if isinstance(each, list) else each for name, each in facts.items()}
        found.append({**{name: row[name] for name in OWN if name not in SWEPT}, "facts": values})
    return found

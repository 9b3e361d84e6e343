"""slow first state"""

from typing import TYPE_CHECKING, Any

from osaid_audit.sweep.columns import FORM, Columns
from osaid_audit.sweep.facts import readers
from osaid_audit.sweep.facts.names import OWN
from osaid_audit.sweep.facts.reply import repository_of, value_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ADAPTER_TAGS = {"lora", "dora", "adapter", "peft"}


class Cases:
    """The memory of a run."""


def own_facts(connection: "DuckDBPyConnection", relation: str, columns: Columns, cases: Cases) -> None:
    import pyarrow as pa

    rows = connection.execute(columns.select(relation)).fetchall()
    made = [own_row(dict(zip(FORM, row, strict=True))) for row in rows]
    kinds = {
        "BIGINT": pa.int64(),
        "VARCHAR": pa.string(),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.string(),
        "VARCHAR[]": pa.list_(pa.string()),
    }
    schema = pa.schema([(name, kinds[kind]) for name, kind in OWN.items()])
    table = pa.Table.from_pylist(made, schema=schema)
    connection.register("own_rows", table)
    named = ", ".join(
        f'try_cast("{name}" as date) as "{name}"' if kind == "DATE" else f'"{name}"'
        for name, kind in OWN.items()
    )
    connection.execute(f"create or replace table own as select {named} from own_rows")
    connection.unregister("own_rows")


def reply_of(row: dict[str, Any]) -> dict[str, Any]:
    info: dict[str, Any] = {"id": row["id"]}
    if row["model_id"] is not None:
        info["modelId"] = row["model_id"]
    for name, key in (("card", "cardData"), ("config", "config"), ("st", "safetensors"), ("gguf", "gguf")):
        value = value_of(row[name])
        if value is not None:
            info[key] = value
    for name, key in (
        ("modified", "lastModified"),
        ("tags", "tags"),
        ("library", "library_name"),
        ("task", "pipeline_tag"),
    ):
        if row[name] is not None:
            info[key] = row[name]
    if row["gated"] is not None:
        info["gated"] = False if row["gated"] == "no" else row["gated"]
    if row["files"] is not None:
        info["siblings"] = [
            ({"rfilename": each["path"], "size": each["size"]} if each else {}) for each in row["files"]
        ]
    return info


def own_row(row: dict[str, Any]) -> dict[str, Any]:
    info, name = reply_of(row), row["id"]
    repository = repository_of(info, name)
    files = readers.files(repository_of(readers.only(info, "siblings"), "sweep/x"))
    origin = readers.origin(repository)
    adapter = files.get("weights.needs_base") or _ADAPTER_TAGS & set(info.get("tags", ()))
    small = any(
        f.path in ("config.json", "adapter_config.json", "model_index.json") for f in repository.listing
    )
    doubt = bool(origin.declared or origin.leads or origin.lead_names or adapter or small)
    terms = readers.terms(repository, doubt=doubt)
    data = readers.names_data(repository)
    facts = {**files, **readers.things(repository), **terms.facts}
    if origin.declared:
        facts["lineage.declared_base"] = True
    elif data:
        facts["data.datasets_named"] = True
    if origin.leads or origin.unread or (origin.lead_names and not origin.declared):
        facts["lineage.undecided"] = True
    card = info.get("cardData") if isinstance(info.get("cardData"), dict) else {}
    named = card.get("license")
    named = named[0] if isinstance(named, list) and named else named
    library = info.get("library_name")
    return {
        **{key: each for key, each in facts.items() if key in OWN},
        "row": row["row"],
        "id": name,
        "key": name.lower(),
        "bases": origin.bases,
        "base_unread": origin.unread,
        "leads": origin.leads,
        "lead_names": origin.lead_names,
        "converts": origin.converts,
        "names_data": data,
        "own_class": terms.cls,
        "own_breaks": terms.breaks,
        "own_license": terms.license,
        "named_license": named.strip().lower()[:80] if isinstance(named, str) else None,
        "created": row["created"][:10] if (row["created"] or "")[:1] in ("1", "2") else None,
        "library": library[:80] if library else None,
        "downloads": row["downloads"],
    }

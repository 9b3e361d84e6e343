"""The one contract of every engine: a batch of rows in, a batch of outcomes out, a row for a row.

Input columns, of which `id` alone must be there:

    id        the model's id (also `modelId`)
    reply     the Hub's API reply as JSON; else the columns of a dump: cardData, tags, siblings (names or
              records), config, safetensors, gguf, model-index, library_name, pipeline_tag, lastModified,
              createdAt, gated, sha
    card      the whole README; NULL: not read
    files     list<struct<path, text>> or map: license, notice and policy files and small configs, whole; a
              page that license_link names stands under its address
    bases     list<struct<id, and any of the above>>: the models behind it

Whatever is not given was not read. A row that cannot be read keeps its place: its outcomes are NULL and
`problem` says why.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osaid_audit.batches.cells import ALIASES, COLUMNS, Row, UnreadableError
from osaid_audit.errors import OsaidError, UsageError
from osaid_audit.schema.days import day_of

if TYPE_CHECKING:
    import pyarrow as pa

    from osaid_audit.evaluate import Judge

Rules = str | PathLike[str] | None
_ID = "id"
_OTHER_ID = "modelId"
_TEXTS = (_ID, _OTHER_ID, "reply", "card")
_LISTS = ("files", "bases")
_KNOWN = (*_TEXTS, *_LISTS, *COLUMNS)
_AFTER = ("license", "license_class", "problem")
_PHRASE = 200


def audit_batch(
    batch: "pa.RecordBatch",
    *,
    rules: Rules = None,
    frameworks: Sequence[str] | None = None,
    as_of: str | None = None,
) -> "pa.RecordBatch":
    """The outcomes of a batch, in its order; `schema` names the columns.

    rules       a folder of further rules and frameworks, which every worker can read
    frameworks  ids of norms; osaid-1.0 and g7-2026 by default
    as_of       YYYY-MM-DD, the day the answers speak of; today (UTC) by default
    Raises UsageError for what is no batch, a table without ids, a column that cannot be what its name says,
    two columns that say one thing, or a wrong option; RuleFileError for a wrong rule file. What a row holds
    raises nothing.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    judge, day = _judge(_place(rules), _ids(frameworks)), as_of_day(as_of)
    if not isinstance(batch, pa.RecordBatch):
        raise UsageError(
            "A pyarrow.RecordBatch is asked for, and not '{kind}'.",
            "Give the batches of a table one by one: table.to_batches().",
            kind=type(batch).__name__,
        )
    asked = _asked(batch)
    if _ID not in asked.schema.names:
        raise UsageError("The table has no column 'id'.", "Name the column of model ids 'id'.")
    rows = [_answer(judge, asked.slice(at, 1), day) for at in range(batch.num_rows)]
    names = _columns(judge)
    columns = [_names(asked), *(pa.array([row.get(name) for row in rows], pa.string()) for name in names[1:])]
    return pa.RecordBatch.from_arrays(columns, schema=_schema(names))


def schema(*, rules: Rules = None, frameworks: Sequence[str] | None = None) -> "pa.Schema":
    """The columns of an answer, all of them texts: id, the outcomes, license, license_class, problem.

    The outcomes are named as in a sweep: `label`, `label_at_most`, `osaid_1_0`, `weights_license` ...
    """
    return _schema(_columns(_judge(_place(rules), _ids(frameworks))))


@lru_cache(maxsize=4)
def _judge(rules: str | None, frameworks: tuple[str, ...] | None) -> "Judge":
    """Rules are read once in a process; a folder that changes needs a new one."""
    from osaid_audit.evaluate import Judge, load  # noqa: PLC0415 - the rules are read when they are asked

    return Judge(load(None if rules is None else Path(rules)), frameworks)


def _place(rules: Rules) -> str | None:
    return None if rules is None else str(Path(rules).resolve())


def _ids(frameworks: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if frameworks is None else tuple(frameworks)


def as_of_day(as_of: str | None) -> str:
    """The day that was asked for, or today (UTC). Raises UsageError for what is no day."""
    return datetime.now(UTC).date().isoformat() if as_of is None else day_of(as_of)


def _columns(judge: "Judge") -> tuple[str, ...]:
    return ("id", *judge.columns, *_AFTER)


def _schema(names: Sequence[str]) -> "pa.Schema":
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    return pa.schema([pa.field(name, pa.string()) for name in names])


def _asked(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """The columns that are read, each once and of a kind that can be what its name says."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    names = list(batch.schema.names)
    if _ID not in names:
        names = [_ID if name == _OTHER_ID else name for name in names]
    kept = [at for at, name in enumerate(names) if name in _KNOWN]
    for at in kept:
        if names.count(names[at]) > 1:
            raise UsageError("The table has two columns called '{name}'.", "Keep one.", name=names[at])
    for name, other in ALIASES.items():
        if name in names and other in names:
            raise UsageError(
                "The table has the columns '{name}' and '{other}', two names of one.",
                "Keep one.",
                name=name,
                other=other,
            )
    columns = [_readable(names[at], batch.column(at)) for at in kept]
    return pa.RecordBatch.from_arrays(columns, names=[names[at] for at in kept])


def _readable(name: str, column: "pa.Array") -> "pa.Array":
    """The column; moments without the nanoseconds and zones that Python has no value for."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    if isinstance(column.type, pa.BaseExtensionType) and _is_text(column.type.storage_type):
        column = column.storage  # JSON, as DuckDB writes it
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    good = pa.types.is_null(kind)
    if name in _TEXTS:
        good = good or _is_text(kind) or (name not in {_ID, _OTHER_ID} and _is_bytes(kind))
    elif name in _LISTS:
        good = good or pa.types.is_nested(kind)
    else:
        good = True
    if not good:
        raise UsageError(
            "The column '{name}' cannot hold what its name says: its type is {kind}.",
            "Name the right column so, or leave it out.",
            name=name,
            kind=str(kind)[:_PHRASE],
        )
    if not pa.types.is_timestamp(kind):
        return column
    return column.cast(pa.timestamp("us" if kind.unit == "ns" else kind.unit), safe=False)


def _is_text(kind: "pa.DataType") -> bool:
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    return any(
        is_kind(kind) for is_kind in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    )


def _is_bytes(kind: "pa.DataType") -> bool:
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _names(asked: "pa.RecordBatch") -> "pa.Array":
    """The ids as they came, so that every row can be told again; what is no UTF-8 is written with marks."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - likewise

    named = [asked.column(name).cast(pa.string()) for name in (_ID, _OTHER_ID) if name in asked.schema.names]
    raw = pc.coalesce(*named).cast(pa.binary()).to_pylist()
    return pa.array([None if each is None else each.decode("utf-8", "replace") for each in raw], pa.string())


def _answer(judge: "Judge", row: "pa.RecordBatch", day: str) -> dict[str, str | None]:
    """The answers for one row, or its problem."""
    try:
        return dict(_outcomes(judge, _cells(row), day))
    except UnreadableError as error:
        return {"problem": str(error)}
    except UnicodeDecodeError:
        return {"problem": "a text of the row is not UTF-8"}
    except OsaidError as error:
        return {"problem": str(error)[:_PHRASE]}
    except Exception as error:  # noqa: BLE001 - one row's crash must not take the others' answers away
        return {"problem": f"a fault of the tool: {type(error).__name__}"}


def _cells(row: "pa.RecordBatch") -> dict[str, Any]:
    """The cells of a row; one that Python has no value for, as a day of the year 292278, is not there."""
    found: dict[str, Any] = {}
    for name, column in zip(row.schema.names, row.columns, strict=True):
        try:
            found[name] = column.to_pylist()[0]
        except UnicodeDecodeError:
            raise
        except (OverflowError, ValueError):
            continue
    return found


def _outcomes(judge: "Judge", row: Row, day: str) -> Iterator[tuple[str, str | None]]:
    from osaid_audit.batches.rows import gathered_of  # noqa: PLC0415 - it brings the reading part
    from osaid_audit.gather import assemble  # noqa: PLC0415 - likewise

    dossier = assemble(gathered_of(row, day))
    yield from zip(judge.columns, judge.of(dossier, day), strict=True)
    concluded, found = dossier.license.concluded, dossier.facts.get("license.class")
    yield "license", _printable(concluded.id) if concluded else None
    yield "license_class", str(found.value) if found and found.basis != "lead" else None


def _printable(value: Any) -> str:
    return str(value)[:_PHRASE].encode("utf-8", "replace").decode()

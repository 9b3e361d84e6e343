"""Finished parts: parquet that is whole or not there, with what it depends on written inside."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from osaid_audit.errors import InternalError
from osaid_audit.sweep.database import fetched, name, parquet, pattern, text
from osaid_audit.sweep.places import finish

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FORM = "format parquet, compression {}, row_group_size {}"
KEPT, PASSING = ("zstd", 122_880), ("snappy", 30_720)
"""How parts are packed, and the rows of a group: those that people keep small, those that only we read again
fast, in groups that several threads write at once."""


def store(
    connection: "DuckDBPyConnection",
    query: str,
    path: Path,
    rows: int | None,
    notes: Mapping[str, str],
    *,
    packed: tuple[str, int] = KEPT,
) -> None:
    """Write the rows of a query as a finished part. Raises InternalError when they are not that many."""
    form = _FORM.format(*packed)
    noted = ", ".join(f"{name(key)}: {text(value)}" for key, value in notes.items())

    def write(draft: Path) -> None:
        how = f"{form}, kv_metadata {{{noted}}}" if noted else form
        written = fetched(connection, f"copy ({query}) to {text(str(draft))} ({how})")[0][0]
        if rows is not None and written != rows:
            raise InternalError(f"A shard of {rows} rows became one of {written}.")

    finish(path, write)


def is_finished(connection: "DuckDBPyConnection", path: Path, rows: int | None) -> bool:
    """Whether the part is there, whole, and has that many rows; a damaged one is removed."""
    if not path.is_file():
        return False
    try:
        found = counted(connection, path)
    except Exception:  # noqa: BLE001 - whatever is wrong with it: it is made again
        found = -1
    if found < 0 or (rows is not None and found != rows):
        path.unlink(missing_ok=True)
        return False
    return True


def counted(connection: "DuckDBPyConnection", *paths: Path) -> int:
    """How many rows the parts have, by their footers."""
    if not paths:
        return 0
    return int(fetched(connection, f"select count(*) from {parquet(*paths)}")[0][0])


def notes(connection: "DuckDBPyConnection", path: Path) -> dict[str, str]:
    """What was noted in a part."""
    found = fetched(connection, f"select key, value from parquet_kv_metadata({text(pattern(path))})")
    return {bytes(key).decode(): bytes(value).decode() for key, value in found}

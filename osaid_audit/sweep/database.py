"""DuckDB, bounded: how much memory and how many threads, which files, no network, no extensions."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osaid_audit.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = 800
"""Megabytes that DuckDB may use if nothing is said; what the whole process takes: docs/scale.md."""


_MEMORY_RANGE, _THREADS_RANGE = (100, 10_000_000), (1, 256)
"""Megabytes and cores that may be named; the command line has the same bounds."""


def check_bounds(memory: int | None, threads: int | None) -> None:
    """Raise UsageError for memory or threads that no database can have."""
    for name, n, (least, most) in (
        ("memory", memory, _MEMORY_RANGE),
        ("threads", threads, _THREADS_RANGE),
    ):
        if n is not None and not least <= n <= most:
            raise UsageError(
                "{option} is out of range: {n}.",
                "Name a number from {least} to {most}.",
                option=f"--{name}",
                n=n,
                least=least,
                most=most,
            )


@contextmanager
def opened(
    files: Sequence[Path],
    folder: Path,
    spill: Path,
    *,
    memory: int | None = None,
    threads: int | None = None,
) -> "Iterator[DuckDBPyConnection]":
    """A database in memory that may read these files, and write in that folder and nowhere else.

    memory   megabytes; beyond it DuckDB spills into the folder `spill`
    threads  as many as the machine has if not said
    """
    import duckdb  # noqa: PLC0415 - an extra, and nobody else needs it

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{memory or MEMORY}MB",
        "temp_directory": str(spill),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "python_enable_replacements": "false",
        **({"threads": threads} if threads else {}),
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        _fence(connection, files, folder)
        yield connection
    finally:
        connection.close()


def _fence(connection: "DuckDBPyConnection", files: Sequence[Path], folder: Path) -> None:
    """Nothing beyond these paths, and nobody can lift it again: SQL may meet hostile text."""
    named = [text(spelling) for path in files for spelling in {str(path), pattern(path)}]
    places = [text(spelling) for spelling in {str(folder), pattern(folder)}]
    for statement in (
        f"set allowed_paths=[{', '.join(named)}]",
        f"set allowed_directories=[{', '.join(places)}]",
        "set enable_progress_bar=false",
        "set enable_external_access=false",
        "set lock_configuration=true",
    ):
        connection.execute(statement)


def fetched(connection: "DuckDBPyConnection", query: str) -> list[tuple[Any, ...]]:
    """The whole answer to a query; of an answer half read DuckDB would complain at the next question."""
    return connection.execute(query).fetchall()


def parquet(*paths: Path, numbered: bool = False) -> str:
    """The relation of these files; `numbered`: with `file_row_number`, the position in each file, from 0."""
    named = ", ".join(text(pattern(path)) for path in paths)
    number = ", file_row_number=true" if numbered else ""
    return f"read_parquet([{named}], hive_partitioning=false{number})"


def pattern(path: Path) -> str:
    """The path as a pattern that only it fits: `*`, `?` and `[` may stand in the name of a file."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def text(value: str) -> str:
    """A text of ours in SQL: a path, a digest, a day; text of a dump never becomes part of a statement."""
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """A name in SQL, quoted: a fact, a column of the table or of the dump."""
    return '"' + value.replace('"', '""') + '"'

"""The files of a dump: what they are, told before anything of them is used."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.messages import Message, reason
from osaid_audit.sweep.database import fetched, parquet
from osaid_audit.sweep.faults import broken, reading
from osaid_audit.sweep.paths import shown, unfit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHARD = 200_000
"""Rows of one shard: what a killed run loses at most (about four seconds of two cores)."""
_CHUNK = 1 << 20
_MAGIC = b"PAR1"
_LOCKED = b"PARE"
_NUMBER = "file_row_number"


class Stamp(NamedTuple):
    """By what a file that changed is noticed."""

    size: int
    changed: int


@dataclass(frozen=True)
class DumpFile:
    """A file of a dump.

    path    absolute
    sha256  of the whole file
    rows    how many it has
    first   the position of its first row in the whole input
    types   DuckDB's type of each column, by name
    """

    path: Path
    sha256: str
    rows: int
    first: int
    types: Mapping[str, str]
    stamp: Stamp

    def check_unchanged(self) -> None:
        """Raise UnreadableInput when the file is not the one that was digested."""
        if stamp_of(self.path) != self.stamp:
            raise UnreadableInput(
                "'{file}' changed while it was read.", "Run the same command again.", file=shown(self.path)
            )


class Shard(NamedTuple):
    """Some rows of one file: from `begin` up to `end` of the file's own, `first` in the whole input."""

    number: int
    file: DumpFile
    begin: int
    end: int

    @property
    def first(self) -> int:
        """The position of the first row in the whole input."""
        return self.file.first + self.begin

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.end - self.begin


def paths_of(dump: Path | Sequence[Path]) -> tuple[Path, ...]:
    """The absolute paths. Raises UsageError for none, or one named twice; UnreadableInput for no file."""
    named = (dump,) if isinstance(dump, Path | str) else tuple(dump)
    if not named:
        raise UsageError("No dump was named.", "Name a parquet file.")
    paths = tuple(map(_absolute, map(Path, named)))
    if len(set(paths)) < len(paths):
        raise UsageError("The same file is named twice.", "Its models would be counted twice.")
    return paths


def _absolute(path: Path) -> Path:
    try:
        if path.is_dir():
            raise UnreadableInput("'{file}' is a folder.", "Name the parquet files in it.", file=shown(path))
        if not path.exists():
            raise UnreadableInput("There is no file '{file}'.", "Check the path.", file=shown(path))
        if not path.is_file():
            raise UnreadableInput("'{file}' is no regular file.", "Name a parquet file.", file=shown(path))
        found = path.resolve()
        why = unfit(found)
    except (OSError, ValueError) as error:  # too long a name, or one with a NUL
        raise _unreadable(path, error) from error
    if why is not None:
        raise UnreadableInput(
            "'{file}' cannot be read: {why}.", "Give it another name.", file=shown(path), why=why
        )
    return found


def digest(paths: Sequence[Path], done: Callable[[int], None]) -> Iterator[tuple[str, Stamp]]:
    """The digest of each file, read once from beginning to end; `done` is told the bytes so far.

    Raises UnreadableInput for what is no parquet by its first and last bytes.
    """
    read = 0
    for path in paths:
        try:
            before, hashed = stamp_of(path), hashlib.sha256()
            with path.open("rb") as stream:
                _check_magic(path, stream.read(4), before.size)
                stream.seek(0)
                while chunk := stream.read(_CHUNK):
                    hashed.update(chunk)
                    read += len(chunk)
                    done(read)
                stream.seek(-4, 2)
                _check_magic(path, stream.read(4), before.size)
        except OSError as error:
            raise _unreadable(path, error) from error
        yield hashed.hexdigest(), before


def stamp_of(path: Path) -> Stamp:
    """The size and the time of the last change. Raises UnreadableInput when the file has gone."""
    try:
        found = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    return Stamp(found.st_size, found.st_mtime_ns)


def _check_magic(path: Path, mark: bytes, size: int) -> None:
    if not size:
        raise broken(path, Message("it is empty"))
    if mark == _LOCKED:
        raise broken(path, Message("it is encrypted"))
    if mark != _MAGIC:
        raise broken(path, Message("it is no parquet, or cut off"))


def _unreadable(path: Path, error: Exception) -> UnreadableInput:
    return UnreadableInput(
        "'{file}' cannot be read: {why}.", "Check the path.", file=shown(path), why=reason(error)
    )


def described(
    connection: "DuckDBPyConnection", digests: Sequence[tuple[Path, str, Stamp]]
) -> tuple[DumpFile, ...]:
    """The files with their rows and columns. Raises UnreadableInput for one whose footer cannot be read."""
    found: list[DumpFile] = []
    for path, sha256, stamp in digests:
        with reading(path):
            rows = int(fetched(connection, f"select count(*) from {parquet(path)}")[0][0])
            columns = fetched(connection, f"describe select * from {parquet(path)}")
        types = {str(column[0]): str(column[1]) for column in columns}
        if _NUMBER in map(str.lower, types):
            raise broken(path, Message("a column is called '{name}'", name=_NUMBER))
        first = found[-1].first + found[-1].rows if found else 0
        found.append(DumpFile(path, sha256, rows, first, types, stamp))
    return tuple(found)


def cut(files: Sequence[DumpFile]) -> tuple[Shard, ...]:
    """The shards of a dump: by rows, whatever its row groups are, so that one huge group is no hindrance.

    A dump without rows is one shard without any: its table has no rows either, but columns.
    """
    ranges = [
        (file, begin, min(begin + SHARD, file.rows)) for file in files for begin in range(0, file.rows, SHARD)
    ] or [(files[0], 0, 0)]
    return tuple(Shard(number, *each) for number, each in enumerate(ranges))

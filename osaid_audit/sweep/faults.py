"""What goes wrong on the way, in the words of the error tree: a broken file, a full disk, no memory."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from osaid_audit.errors import CannotAudit, InternalError, OsaidError, UnreadableInput, UsageError
from osaid_audit.messages import Message, reason
from osaid_audit.sweep.paths import shown

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
_FULL_SAID = re.compile(r"no space left|file too large|quota exceeded|max_temp_directory_size", re.IGNORECASE)
_NO_MEMORY_SAID = re.compile(r"out of memory|failed to allocate|could not allocate", re.IGNORECASE)
_OURS = (
    "BinderException",
    "CatalogException",
    "ParserException",
    "SyntaxException",
)
_INTERRUPTED = "Query interrupted"
_PHRASE = 120
"""Characters of what the reader of parquet says: it may quote the file."""
_INSTALL = Message("Install them: {command}", command="pip install 'osaid-audit[sweep]'")


def need_extra() -> None:
    """Raise UsageError when the libraries of the extra are not installed."""
    try:
        import duckdb  # noqa: F401, PLC0415 - only asked whether it is there
        import pyarrow as pa  # noqa: F401, PLC0415
    except ImportError as error:
        raise UsageError(
            "A sweep needs libraries that are not installed: {name}.", _INSTALL, name=error.name
        ) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What fails in here is the fault of that file, unless it is that of the disk or of the memory."""
    try:
        yield
    except Exception as error:
        known = _known(error)
        if known is None and _is_duckdb(error) and not _is_duckdb(error, "InterruptException"):
            known = broken(path, _phrase(error, path))
        if known is None:
            raise
        raise known from error


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """What fails in here is the fault of the folder, of the disk or of the memory."""
    try:
        yield
    except Exception as error:
        known = _known(error)
        if known is None and isinstance(error, OSError):
            known = UsageError(
                "'{path}' cannot be written: {why}.",
                "Choose another --output.",
                path=shown(out),
                why=reason(error),
            )
        if known is None and _is_duckdb(error, "IOException", "PermissionException"):
            known = UsageError(
                "'{path}' cannot be written: {why}.",
                "Choose another --output.",
                path=shown(out),
                why=_phrase(error),
            )
        if known is None:
            raise
        raise known from error


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C while the database works is Ctrl-C, in whatever words it says so."""
    try:
        yield
    except Exception as error:
        if _is_duckdb(error, "InterruptException") or (
            isinstance(error, RuntimeError) and str(error) == _INTERRUPTED
        ):
            raise KeyboardInterrupt from error
        raise


def broken(path: Path, why: str | Message) -> UnreadableInput:
    """The error of a file that is no dump."""
    return UnreadableInput(
        "'{file}' cannot be read as a dump: {why}.",
        "Fetch the file again; docs/sweep.md says what a dump is.",
        file=shown(path),
        why=why,
    )


def _known(error: Exception) -> OsaidError | None:
    """The error of the tree, when the input is not to blame."""
    if isinstance(error, OsaidError):
        return error
    if _is_duckdb(error, "InterruptException"):
        return None
    if _is_full(error):
        return CannotAudit("There is no room left on the disk.", _AGAIN)
    if isinstance(error, MemoryError) or _is_duckdb(error, "OutOfMemoryException") or _starved(error):
        return CannotAudit("The memory that may be used is not enough for this dump.", _MORE_MEMORY)
    if _is_duckdb(error, *_OURS):
        return InternalError(f"{type(error).__name__}: {_phrase(error)}")
    return None


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FULL
    return _is_duckdb(error) and _FULL_SAID.search(str(error)) is not None


def _starved(error: Exception) -> bool:
    return _is_duckdb(error) and _NO_MEMORY_SAID.search(str(error)) is not None


def _is_duckdb(error: Exception, *names: str) -> bool:
    """Whether it is an error of DuckDB, and one of these when any are named."""
    kind = type(error)
    return kind.__module__.split(".")[0] in {"duckdb", "_duckdb"} and (not names or kind.__name__ in names)


def _phrase(error: Exception, path: Path | None = None) -> str:
    """The first line of what was said, without its kind and the path, and no longer than a phrase."""
    said = next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    shown = said.replace(str(path), path.name) if path else said
    short = re.sub(r"^[A-Za-z -]{1,40} Error: ", "", shown).strip().rstrip(".")
    return short if len(short) <= _PHRASE else f"{short[:_PHRASE]}…"


_AGAIN = Message(
    "Free some and run the same command again: finished parts are kept. Or choose another --output."
)
_MORE_MEMORY = Message("Allow more with --memory and run the command again: finished parts are kept.")

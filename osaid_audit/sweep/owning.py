"""Whose folder it is: a sweep writes into a new, an empty or its own folder, and removes what it made alone.

A folder bears a file of ours, `.osaid-audit-sweep`, from before anything else is in it. In such a folder,
too, only names that a sweep gives are ever removed: whatever else somebody put there stays.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from osaid_audit.errors import UsageError
from osaid_audit.messages import Message
from osaid_audit.sweep.faults import writing
from osaid_audit.sweep.paths import shown, unfit

MARKER = ".osaid-audit-sweep"
TABLE = "outcomes"
MANIFEST = "manifest.json"
SUMMARIES = ("summary.html", "summary.json")
TEMPORARY = ".tmp"
SPILL, REPLACED = "spill", "replaced"
_SAID = "A sweep of osaid-audit keeps its files here, and may replace and remove them.\n"
_KEY = "[0-9a-f]{12}"
_PART = rf"part-\d{{5,}}-{_KEY}\.parquet"
_INPUT = re.compile(_KEY)
_HELD = {
    re.compile(f"facts-{_KEY}"): re.compile(rf"(\d{{5,}}|inherited)\.parquet({re.escape(TEMPORARY)})?"),
    re.compile(f"outcomes-{_KEY}"): re.compile(rf"{_PART}({re.escape(TEMPORARY)})?"),
}
"""The folders of one input, and what a sweep puts into each."""
_PARTS, _SPILLED = re.compile(_PART), re.compile(r"duckdb_temp_[\w.-]+")


def check_free(out: Path, inputs: Sequence[Path]) -> None:
    """Raise UsageError, before anything is made, unless a sweep of these files may write there."""
    why = unfit(out)
    if why is not None:
        raise UsageError(
            "'{path}' cannot be written: {why}.", "Choose another --output.", path=shown(out), why=why
        )
    with writing(out):
        try:
            names = sorted(each.name for each in out.iterdir())
        except FileNotFoundError:
            names = []
        ours = (out / MARKER).is_file() and not (out / MARKER).is_symlink()
        inside = next((path for path in inputs if path.is_relative_to(out.resolve())), None)
    if inside is not None:
        raise UsageError(
            "'{path}' holds '{name}', which is to be read.",
            _ELSEWHERE,
            path=shown(out),
            name=shown(inside.name),
        )
    if names and not ours:
        raise UsageError(
            "'{path}' is not a sweep's: it holds '{name}'.", _ELSEWHERE, path=shown(out), name=shown(names[0])
        )


def mark(out: Path) -> None:
    """Make the folder a sweep's; a kill in here leaves it empty or marked."""
    out.mkdir(parents=True, exist_ok=True)
    if not (out / MARKER).exists():
        (out / MARKER).write_text(_SAID, encoding="utf-8", newline="\n")


def check_table(out: Path) -> None:
    """The table is replaced as a whole: raise UsageError when anything else lies in its place."""
    table = out / TABLE
    if table.is_symlink() or (table.exists() and not table.is_dir()):
        foreign = TABLE
    else:
        names = [each.name for each in table.iterdir()] if table.is_dir() else []
        foreign = next((name for name in names if not _PARTS.fullmatch(name)), "")
    if foreign:
        raise UsageError(
            "'{path}' is not a sweep's: it holds '{name}'.",
            _ELSEWHERE,
            path=shown(table),
            name=shown(foreign),
        )


def sweep_up(out: Path, shards: Path) -> None:
    """Remove what a killed run left half written, and tables that were replaced."""
    clear_spill(shards)
    _clear(shards / REPLACED, _PARTS)
    for name in (MANIFEST, *SUMMARIES):
        (out / f"{name}{TEMPORARY}").unlink(missing_ok=True)
    for folder, names in _folders(shards):
        for entry in folder.iterdir():
            if entry.name.endswith(TEMPORARY) and names.fullmatch(entry.name) and not entry.is_dir():
                entry.unlink(missing_ok=True)


def clear_spill(shards: Path) -> None:
    """Remove what the database wrote when its memory was full."""
    _clear(shards / SPILL, _SPILLED)


def prune(shards: Path, keep: Path) -> None:
    """Remove what was read and judged before, but for one folder, and tables that were replaced."""
    _clear(shards / REPLACED, _PARTS)
    for folder, names in _folders(shards):
        if folder != keep:
            _clear(folder, names)
    for each in _inputs(shards):
        with suppress(OSError):
            each.rmdir()


def _inputs(shards: Path) -> list[Path]:
    return [each for each in _plain(shards) if _INPUT.fullmatch(each.name)]


def _folders(shards: Path) -> list[tuple[Path, "re.Pattern[str]"]]:
    """The folders with parts in them, by their names, with the names of what a sweep puts into each."""
    return [
        (folder, names)
        for each in _inputs(shards)
        for folder in _plain(each)
        for own, names in _HELD.items()
        if own.fullmatch(folder.name)
    ]


def _plain(folder: Path) -> list[Path]:
    """The folders in a folder; a link may lead to somebody else's."""
    return [each for each in folder.iterdir() if each.is_dir() and not each.is_symlink()]


def _clear(folder: Path, names: "re.Pattern[str]") -> None:
    """Remove from a folder what has such a name, and the folder when nothing else is in it."""
    with suppress(OSError):
        if folder.is_symlink():
            return
        for entry in folder.iterdir():
            if names.fullmatch(entry.name) and (entry.is_symlink() or not entry.is_dir()):
                entry.unlink(missing_ok=True)
        folder.rmdir()


_ELSEWHERE = Message("Choose another --output: a new or empty folder, or that of an earlier sweep.")

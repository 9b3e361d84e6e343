"""Where reports go and in which format."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from osaid_audit.cli.streams import Console, color_wanted, columns, emit, links_wanted
from osaid_audit.errors import UsageError
from osaid_audit.messages import reason, say

if TYPE_CHECKING:
    from osaid_audit.schema.report import Report

READABLE = {
    ".txt": "text",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}
"""The formats that every document made of reports has, by the suffix that picks each."""
SUFFIXES = {**READABLE, ".spdx": "spdx", ".spdx.json": "spdx-json", ".fiche.html": "fiche"}
STDOUT = "-"
_MOST_COLUMNS = 120


class Manner(TypedDict):
    """How text looks: columns, or None for no terminal; colors; links."""

    width: int | None
    color: bool
    hyperlinks: bool


class Output(NamedTuple):
    """One copy of the report; `path` None is standard output."""

    format: str
    path: Path | None


def plan(
    formats: Sequence[str], outputs: Sequence[str], suffixes: Mapping[str, str] = SUFFIXES
) -> list[Output]:
    """Pair formats and files in their order; checked before any work is done. Raises UsageError."""
    if len(formats) > max(1, len(outputs)):
        raise UsageError("There are more formats than outputs.", "Name an --output FILE for each --format.")
    if not outputs:
        return [Output(formats[0] if formats else "text", None)]
    found = [
        _output(name, formats[at] if at < len(formats) else None, suffixes) for at, name in enumerate(outputs)
    ]
    if len({output.path and target(output.path) for output in found}) < len(found):
        raise UsageError("The same output is named twice.", "Give each --format an --output of its own.")
    return found


def target(path: Path) -> Path:
    """The file that is meant, links followed: what is written goes there, and a link stays a link."""
    return Path(os.path.realpath(path))


def check_not_read(wanted: Sequence[Output], read: Iterable[Path]) -> None:
    """Raise UsageError for an output that would be written over a file which is read."""
    inputs = set()
    for path in read:
        with suppress(ValueError):  # a path with a NUL is that of no file, and is refused where it is read
            inputs.add(target(path))
    for output in wanted:
        if output.path is not None and target(output.path) in inputs:
            raise UsageError(
                "'{path}' is read, and cannot be written too.", "Choose another --output.", path=output.path
            )


def check_not_in(run: Path, wanted: Sequence[Output]) -> None:
    """Raise UsageError for an output that is one of the run directory's own files."""
    from osaid_audit.pipeline.runs import DOSSIERS, MANIFEST, REPORTS, START

    own = {target(run / MANIFEST), target(run / DOSSIERS), target(run / REPORTS)}
    for output in wanted:
        if output.path is None:
            continue
        place = target(output.path)
        is_start = place == target(run / START) and output.format != "index"
        if is_start or own & {place, *place.parents}:
            raise UsageError(
                "'{path}' is a file of the run directory itself.",
                "Choose another --output.",
                path=output.path,
            )


def _output(name: str, given: str | None, suffixes: Mapping[str, str]) -> Output:
    if name == STDOUT:
        return Output(given or "text", None)
    path = Path(name)
    chosen = _spdx_notation(name, given) or given or _by_suffix(path, suffixes)
    if chosen is None:
        raise UsageError(
            "The name '{name}' does not say which format to write.",
            "Add --format, or end it in .html.",
            name=name,
        )
    check_place(path)
    return Output(chosen, path)


def _spdx_notation(name: str, given: str | None) -> str | None:
    """SPDX has two notations: where --format says spdx, a name in .json picks the second."""
    return "spdx-json" if given == "spdx" and name.lower().endswith(".json") else None


def _by_suffix(path: Path, suffixes: Mapping[str, str]) -> str | None:
    """The format that the last two suffixes name, else the last one."""
    two = "".join(path.suffixes[-2:]).lower()
    return suffixes.get(two) or suffixes.get(path.suffix.lower())


def needs(wanted: Sequence[Output]) -> tuple[str, ...]:
    """The frameworks that these formats are made from, whatever else is asked."""
    return ("practical",) if any(output.format == "fiche" for output in wanted) else ()


def check_count(wanted: Sequence[Output], models: int) -> None:
    """Raise UsageError, before any work is done, when one document would have to hold several audits."""
    if models > 1 and any(output.format.startswith("spdx") for output in wanted):
        raise UsageError("An SPDX document speaks of one audit.", "Export the models one by one.")


def check_place(path: Path) -> None:
    """Raise UsageError when no file can be written there."""
    try:
        if path.is_dir():
            raise UsageError("'{path}' is a folder.", "Name a file in it.", path=path)
        if not path.parent.is_dir():
            raise UsageError("There is no folder '{folder}'.", "Make it first.", folder=path.parent)
    except (OSError, ValueError) as error:  # too long a name, or one with a NUL
        raise unwritable(path, error) from error


def write(
    reports: Sequence["Report"], wanted: Sequence[Output], lang: str, console: Console, *, many: bool
) -> None:
    """Render and write each copy; a list stays a list, even of one."""
    write_each(wanted, console, lambda output: _rendered(reports, output, lang, many=many))


def write_each(wanted: Sequence[Output], console: Console, rendered: Callable[[Output], str]) -> None:
    """Write each copy where it was asked for."""
    for output in wanted:
        text = rendered(output)
        if output.path is None:
            emit(text)
        else:
            save(output.path, text, console)


def put(output: str, text: str, console: Console) -> None:
    """Write a text to the file of that name, or to standard output for `STDOUT`. Raises like `save`."""
    if output == STDOUT:
        emit(text)
    else:
        save(Path(output), text, console)


def save(path: Path, text: str, console: Console) -> None:
    """Write a file as UTF-8 with plain line ends. Raises UsageError when that fails."""
    try:
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise unwritable(path, error) from error
    console.note(say("wrote {path}", path=path))


def unwritable(path: Path, error: Exception) -> UsageError:
    """The error of a file that cannot be written, with the reason."""
    return UsageError(
        "'{path}' cannot be written: {why}.", "Choose another --output.", path=path, why=reason(error)
    )


def _rendered(reports: Sequence["Report"], output: Output, lang: str, *, many: bool) -> str:
    from osaid_audit.render import render, render_many

    manner = manner_of(output)
    if many:
        return render_many(reports, output.format, lang, **manner)
    return render(reports[0], output.format, lang, **manner)


def manner_of(output: Output) -> Manner:
    """The width of the terminal and its colors, where one is written to."""
    return {
        "width": None if output.path else columns(_MOST_COLUMNS),
        "color": output.path is None and color_wanted(sys.stdout),
        "hyperlinks": output.path is None and links_wanted(sys.stdout),
    }

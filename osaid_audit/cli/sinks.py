"""Where the answers of a batch go as they come: one after another where the format allows it."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from osaid_audit.cli.many_pages import Index, Pages
from osaid_audit.cli.outputs import Output, manner_of, target, unwritable, write
from osaid_audit.cli.streams import Console, emit
from osaid_audit.errors import OsaidError, UsageError
from osaid_audit.messages import say

if TYPE_CHECKING:
    from osaid_audit.pipeline.table import Table
    from osaid_audit.render.tables.to_parquet import Parquet
    from osaid_audit.schema.report import Report

_BETWEEN = {"jsonl": "", "text": "\n", "markdown": "\n---\n\n"}
"""What stands between two reports, as `render_many` writes them."""
MANY_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}


class Sink(Protocol):
    """One output."""

    def add(self, model: str, report: "Report") -> None:
        """The report of the next model."""

    def failed(self, model: str, error: OsaidError) -> None:
        """The next model could not be audited."""

    def close(self) -> None:
        """Every model was told: write what is left."""

    def abandon(self) -> None:
        """It ends early: leave what is whole as it is, and nothing that is not."""


def check_many(wanted: Sequence[Output]) -> None:
    """Raise UsageError, before any work is done, for a format that cannot be written there."""
    for output in wanted:
        if output.format == "parquet":
            from osaid_audit.render.tables.to_parquet import check

            check()
            if output.path is None:
                raise UsageError("Parquet is written to a file.", "Name one with --output.")
            if output.path.exists() and not output.path.is_file():
                raise UsageError(
                    "Parquet is written to a file, and '{path}' is none.",
                    "Name one with --output.",
                    path=output.path,
                )


def _nothing(path: Path, console: Console, text: str = "", *, needed: bool) -> None:
    """No model was audited: an answer from before must not stand where this one would."""
    try:
        if not needed and not path.is_file():
            return
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise unwritable(path, error) from error
    console.note(say("{path} is empty: no model was audited.", path=path))


class Whole:
    """A format that is one document: the reports are held until the end."""

    def __init__(self, output: Output, lang: str, console: Console, *, many: bool) -> None:
        self._output, self._lang, self._console, self._many = output, lang, console, many
        self._reports: list[Report] = []

    def add(self, model: str, report: "Report") -> None:  # noqa: ARG002 - as every sink
        """Hold it."""
        self._reports.append(report)

    def failed(self, model: str, error: OsaidError) -> None:
        """It has no place in such a document."""

    def close(self) -> None:
        """Write the document: of nothing an empty list, where it is one."""
        if self._reports:
            write(self._reports, [self._output], self._lang, self._console, many=self._many)
        elif self._output.path is not None:
            is_list = self._many and self._output.format == "json"
            _nothing(self._output.path, self._console, "[]\n" if is_list else "", needed=is_list)

    def abandon(self) -> None:
        """Nothing was written yet."""


class Lines:
    """What needs no end: each piece is written as it comes, and stays."""

    def __init__(
        self, output: Output, console: Console, said: "Callable[[Report], str]", between: str = ""
    ) -> None:
        self._path, self._console = output.path, console
        self._said, self._between = said, between
        self._file: IO[str] | None = None
        self._begun = False

    def add(self, model: str, report: "Report") -> None:  # noqa: ARG002 - as every sink
        """One piece."""
        self.put(self._said(report))

    def failed(self, model: str, error: OsaidError) -> None:
        """Among reports it has no place."""

    def close(self) -> None:
        """Say that it was written; of nothing there is an empty file, and none from before."""
        if self._path is None:
            return
        if self._file is None:
            _nothing(self._path, self._console, needed=not self._between)
            return
        try:
            self._file.close()
        except OSError as error:
            raise unwritable(self._path, error) from error
        self._console.note(say("wrote {path}", path=self._path))

    def abandon(self) -> None:
        """The pieces so far are whole."""
        if self._file is not None:
            with suppress(OSError):  # what could not be written was told
                self._file.close()

    def put(self, piece: str) -> None:
        """Write a piece. Raises UsageError when that fails."""
        text = self._between + piece if self._begun else piece
        self._begun = True
        if self._path is None:
            self._console.aside()
            emit(text)
            return
        try:
            if self._file is None:
                self._file = self._path.open("w", encoding="utf-8", errors="replace", newline="\n")
            self._file.write(text)
            self._file.flush()
        except OSError as error:
            raise unwritable(self._path, error) from error


class Rows(Lines):
    """CSV: also a model that could not be audited has a row."""

    def __init__(self, output: Output, console: Console, table: "Table") -> None:
        super().__init__(output, console, lambda report: self._line(table.row(report)))
        self._table = table

    def failed(self, model: str, error: OsaidError) -> None:
        """One row, with the reason."""
        self.put(self._line(self._table.failed(model, error)))

    def _line(self, cells: Mapping[str, Any]) -> str:
        from osaid_audit.render.tables.to_csv import header, line

        row = line(self._table.columns, cells)
        return row if self._begun else header(self._table.columns) + row


class Columns:
    """A parquet file: beside its place until it is whole."""

    def __init__(self, path: Path, console: Console, table: "Table") -> None:
        self._path, self._console, self._table = path, console, table
        self._place = target(path)
        self._beside = self._place.with_name(f".{self._place.name}.part")
        self._writer: Parquet | None = None

    def add(self, model: str, report: "Report") -> None:  # noqa: ARG002 - as every sink
        """One row."""
        self._row(self._table.row(report))

    def failed(self, model: str, error: OsaidError) -> None:
        """One row."""
        self._row(self._table.failed(model, error))

    def close(self) -> None:
        """Put the whole file in its place."""
        if self._writer is None:
            return
        try:
            self._writer.close()
            if self._place.exists():
                shutil.copymode(self._place, self._beside)
            self._beside.replace(self._place)
        except OSError as error:
            self._beside.unlink(missing_ok=True)
            raise unwritable(self._path, error) from error
        self._console.note(say("wrote {path}", path=self._path))

    def abandon(self) -> None:
        """A file without its end can be read by nobody."""
        with suppress(OSError):
            self._beside.unlink(missing_ok=True)

    def _row(self, cells: Mapping[str, Any]) -> None:
        from osaid_audit.pipeline.table import BOOLEANS
        from osaid_audit.render.tables.to_parquet import Parquet

        try:
            if self._writer is None:
                self._writer = Parquet(self._beside, self._table.columns, BOOLEANS)
            self._writer.add(cells)
        except OSError as error:
            self._beside.unlink(missing_ok=True)
            raise unwritable(self._path, error) from error


def sinks(
    wanted: Sequence[Output],
    lang: str,
    console: Console,
    *,
    table: "Table | None",
    run: Path | None,
    many: bool,
) -> list[Sink]:
    """One for each output; with a run directory also the page of each model, and the index of them."""
    from osaid_audit.pipeline.runs import REPORTS, START

    pages = Pages(run / REPORTS, lang) if run is not None else None
    found: list[Sink] = [pages] if pages is not None else []
    for output in wanted:
        if output.format in _BETWEEN:
            found.append(Lines(output, console, _piece(output, lang), _BETWEEN[output.format]))
        elif output.format == "csv" and table is not None:
            found.append(Rows(output, console, table))
        elif output.format == "parquet" and output.path is not None and table is not None:
            found.append(Columns(output.path, console, table))
        elif output.format == "index":
            found.append(Index(output, lang, console, pages))
        else:
            found.append(Whole(output, lang, console, many=many))
    if run is not None:
        found.append(Index(Output("index", run / START), lang, console, pages))
    return found


def _piece(output: Output, lang: str) -> "Callable[[Report], str]":
    """How one report is said in a format that goes on and on."""
    from osaid_audit.render import render
    from osaid_audit.render.to_json import report_line

    if output.format == "jsonl":
        return report_line
    return lambda report: render(report, output.format, lang, **manner_of(output))


def audited_as(wanted: Sequence[Output], *, many: bool, said: Sequence[str]) -> list[Output]:
    """With `index.html` as the index of several models, unless a format was said for it."""

    def is_index(at: int, output: Output) -> bool:
        named = output.path is not None and output.path.name.lower() == "index.html"
        return many and named and at >= len(said)

    return [
        output._replace(format="index") if is_index(at, output) else output
        for at, output in enumerate(wanted)
    ]

"""The pages of a batch: the report of each model, and the index that leads to them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from osaid_audit.cli.outputs import Output, save
from osaid_audit.cli.streams import Console, emit
from osaid_audit.errors import OsaidError
from osaid_audit.messages import say

if TYPE_CHECKING:
    from osaid_audit.schema.index import Row
    from osaid_audit.schema.report import Report


class Index:
    """The page with one line a model; `pages` is a folder where the reports lie, if they do."""

    def __init__(self, output: Output, lang: str, console: Console, pages: "Pages | None" = None) -> None:
        self._path, self._lang, self._console, self._pages = output.path, lang, console, pages
        self._rows: list[Row] = []
        self._models: list[str] = []

    def add(self, model: str, report: "Report") -> None:
        """One row."""
        from osaid_audit.render.index import row_of

        self._models.append(model)
        self._rows.append(row_of(report))

    def failed(self, model: str, error: OsaidError) -> None:
        """One row, with the reason."""
        from osaid_audit.render.index import row_of_error

        self._models.append("")  # a row without a report, also where the same model has one in another row
        self._rows.append(row_of_error(model, error))

    def close(self) -> None:
        """Write the page."""
        from osaid_audit.render.index import index_page

        links = self._pages.links(self._path.parent, self._models) if self._pages and self._path else {}
        page = index_page(self._rows, self._lang, links)
        if self._path is None:
            emit(page)
        elif self._pages and self._path.parent == self._pages.folder.parent:
            from osaid_audit.pipeline.runs import write_whole

            write_whole(self._path, page)
            self._console.note(say("wrote {path}", path=self._path))
        else:
            save(self._path, page, self._console)

    def abandon(self) -> None:
        """Nothing was written yet."""


class Pages:
    """The report of each model as a page of its own, in a folder."""

    def __init__(self, folder: Path, lang: str) -> None:
        self.folder, self._lang = folder, lang
        self._names: dict[str, str] = {}

    def add(self, model: str, report: "Report") -> None:
        """Write the page, in one step: another process may be writing it, too."""
        from osaid_audit.pipeline.runs import page_name, write_whole
        from osaid_audit.render import render

        subject = report.subject
        name = page_name(model, subject.canonical_id)
        write_whole(self.folder / name, render(report, "html", self._lang))
        self._names[model] = name

    def failed(self, model: str, error: OsaidError) -> None:
        """It has no page."""

    def close(self) -> None:
        """Every page is there."""

    def abandon(self) -> None:
        """The pages so far are whole."""

    def links(self, here: Path, models: Sequence[str]) -> dict[str, str]:
        """The page of each row that has one, as one who stands in that folder writes it.

        By the row, not by the model: two dossiers may speak of one commit and give different answers.
        """
        try:
            way = Path(os.path.relpath(self.folder, here)).as_posix()
        except ValueError:  # on another drive
            return {}
        pages = ((n, self._names.get(model)) for n, model in enumerate(models, 1))
        return {f"#m{n}": quote(f"{way}/{page}") for n, page in pages if page}

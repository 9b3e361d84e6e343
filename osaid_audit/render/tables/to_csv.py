"""Cells -> lines of CSV that a spreadsheet shows and does not run."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from osaid_audit.render.safe import prose

_RUN = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""What a cell begins with that a spreadsheet takes for a formula, in both widths; `prose` drops blanks."""


def header(columns: Sequence[str]) -> str:
    """The first line."""
    return _line(columns)


def line(columns: Sequence[str], cells: Mapping[str, str | bool | None]) -> str:
    """One row; what is not known is an empty cell."""
    return _line(_cell(cells.get(column)) for column in columns)


def _cell(value: str | bool | None) -> str:
    """Text in one line. A quotation mark before it keeps a spreadsheet from taking it for a formula."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    text = prose(value)
    return f"'{text}" if text.startswith(_RUN) else text


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()

"""Text of a fixed width: wrapping, columns and, if asked for, colour and links."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal
from zlib import crc32

DEFAULT_WIDTH = 80
_NARROWEST, _WIDEST = 60, 200
Style = Literal["bold", "dim", "red", "green", "yellow", "cyan", "none"]
_CODES: dict[Style, str] = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_LINK_STARTS = ("http://", "https://")
_WIDE = frozenset("WF")
_ADDRESS = re.compile(r"https?://[!-~]{1,2000}")
"""What may stand in a link of a terminal: nothing that would end the sequence or begin another."""


@dataclass(frozen=True)
class Styled:
    """A text and how it is shown."""

    text: str
    style: Style = "none"


class Lines:
    """The lines of a text from top to bottom, of 60 to 200 columns; `width` None is 80."""

    def __init__(self, width: int | None, *, color: bool) -> None:
        self.width = max(_NARROWEST, min(width or DEFAULT_WIDTH, _WIDEST))
        self.color = color
        self.lines: list[str] = []

    def _line(self, text: str = "", first: str = "", rest: str | None = None, style: Style = "none") -> None:
        """Add a paragraph, or an empty line; `first` starts its first line, `rest` the others."""
        for line in wrap(text, self.width, first, first if rest is None else rest):
            self.lines.append(paint(line, style, color=self.color).rstrip())


def columns_of(text: str) -> int:
    """How many terminal columns a text takes."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def paint(text: str, style: Style, *, color: bool) -> str:
    """The text in its style, or as it is without colour."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if color and style in _CODES else text


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `width` columns; `first` starts the first one, `rest` the others.

    A word that is too long is cut, but a link, which would no longer lead anywhere, is not.
    """
    lines: list[str] = []
    line = first
    empty = True
    for word in _pieces(text, max(8, width - max(columns_of(first), columns_of(rest)))):
        if not empty and columns_of(line) + 1 + columns_of(word) > width:
            lines.append(line)
            line, empty = rest, True
        line = f"{line}{word}" if empty else f"{line} {word}"
        empty = False
    return [*lines, line]


def linked(text: str, width: int, first: str, rest: str, address: str) -> list[str]:
    """Like `wrap`, with the text behind the indent leading to the address (OSC 8), unless that is odd."""
    lines = wrap(text, width, first, rest)
    if not _ADDRESS.fullmatch(address):
        return lines
    begin = f"\x1b]8;id={crc32(address.encode()):08x};{address}\x1b\\"
    before = [first, *[rest] * (len(lines) - 1)]
    return [
        f"{each}{begin}{line[len(each) :]}\x1b]8;;\x1b\\" for each, line in zip(before, lines, strict=True)
    ]


def _pieces(text: str, width: int) -> Iterable[str]:
    for word in text.split(" "):
        if columns_of(word) <= width or word.startswith(_LINK_STARTS):
            yield word
            continue
        piece = ""
        for character in word:
            if columns_of(piece + character) > width:
                yield piece
                piece = ""
            piece += character
        yield piece


def table(rows: Sequence[Sequence[Styled]], widths: Sequence[int], *, indent: str, color: bool) -> list[str]:
    """Rows of cells, each wrapped in its column; two columns stand between."""
    lines: list[str] = []
    for row in rows:
        cells = [wrap(cell.text, width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            shown = [
                paint(part, cell.style, color=color and bool(part)) + " " * (width - columns_of(part))
                for part, cell, width in zip(parts, row, widths, strict=True)
            ]
            lines.append((indent + "  ".join(shown)).rstrip())
    return lines

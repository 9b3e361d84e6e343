"""The code cells of a notebook, each line with its line in the file.

JSON libraries do not tell where a string stood, so the outer levels of the file are walked here, and what is
of no interest (outputs, pictures) is passed over by the JSON library itself.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from osaid_audit.scan.hits import Malformed

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()
_MOST_CELLS = 10_000

Visit = Callable[[int], int]
"""Where a value begins -> where it ends."""


class Line(NamedTuple):
    """A line of code, and its line in the file."""

    text: str
    at: int


class Written(NamedTuple):
    """A string of the file, and where it begins."""

    text: str
    at: int


def cells_of(text: str) -> list[list[Line]]:
    """The lines of each code cell of a notebook in Python (forms 3 and 4). Raises Malformed."""
    try:
        book = _Book(text)
        book.read()
    except (ValueError, IndexError, RecursionError, MemoryError) as error:
        raise Malformed from error
    return list(book.lines()) if book.is_python else []


class _Book:
    """One walk over the file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sources: list[list[Written]] = []
        self.is_python = True

    def read(self) -> None:
        """Find the sources. Raises ValueError when the file is no JSON object."""
        start = self._skip(0)
        if self._text[start] != "{":
            raise ValueError("no object")
        end = self._skip(
            self._members(start, {"cells": self._cells, "worksheets": self._sheets, "metadata": self._about})
        )
        if end != len(self._text):
            raise ValueError("something behind it")

    def lines(self) -> Iterator[list[Line]]:
        """The lines of each source."""
        breaks = [hit.start() for hit in re.finditer("\n", self._text)]
        for source in self._sources:
            places: list[tuple[str, int]] = []
            open_line = False
            for part in source:
                line = bisect_left(breaks, part.at) + 1
                pieces = part.text.split("\n")
                if open_line and places:
                    text, at = places.pop()
                    places.append((text + pieces.pop(0), at if text else line))
                places += [(piece, line) for piece in pieces]
                open_line = True
            yield [Line(text, at) for text, at in places]

    def _cells(self, at: int) -> int:
        return self._each(at, self._cell)

    def _sheets(self, at: int) -> int:
        return self._each(at, lambda inner: self._members(inner, {"cells": self._cells}))

    def _about(self, at: int) -> int:
        about, end = self._value(at)
        for key, name in (("kernelspec", "language"), ("language_info", "name")):
            part = about.get(key) if isinstance(about, dict) else None
            language = part.get(name) if isinstance(part, dict) else None
            if isinstance(language, str) and language and "python" not in language.lower():
                self.is_python = False
        return end

    def _cell(self, at: int) -> int:
        sort: list[Any] = []
        source: list[Written] = []

        def kind(at: int) -> int:
            value, end = self._value(at)
            sort.append(value)
            return end

        def lines(at: int) -> int:
            return self._strings(at, source)

        end = self._members(at, {"cell_type": kind, "source": lines, "input": lines})
        if sort == ["code"] and len(self._sources) < _MOST_CELLS:
            self._sources.append(source)
        return end

    def _strings(self, at: int, found: list[Written]) -> int:
        """A string, or a list of them."""

        def one(at: int) -> int:
            value, end = self._value(at)
            if isinstance(value, str):
                found.append(Written(value.replace("\r\n", "\n").replace("\r", "\n"), at))
            return end

        return self._each(at, one) if self._text[at] == "[" else one(at)

    def _value(self, at: int) -> tuple[Any, int]:
        value, end = _DECODER.raw_decode(self._text, at)
        return value, int(end)

    def _members(self, at: int, visits: dict[str, Visit]) -> int:
        """Walk an object; a value whose key is of no interest is passed over."""
        if self._text[at] != "{":
            return self._value(at)[1]
        at = self._skip(at + 1)
        while self._text[at] != "}":
            key, at = self._value(at)
            at = self._expect(":", self._skip(at))
            visit = visits.get(key) if isinstance(key, str) else None
            at = self._skip(visit(at) if visit else self._value(at)[1])
            at = at if self._text[at] == "}" else self._expect(",", at)
        return at + 1

    def _each(self, at: int, visit: Visit) -> int:
        """Walk a list."""
        if self._text[at] != "[":
            return self._value(at)[1]
        at = self._skip(at + 1)
        while self._text[at] != "]":
            at = self._skip(visit(at))
            at = at if self._text[at] == "]" else self._expect(",", at)
        return at + 1

    def _expect(self, mark: str, at: int) -> int:
        if self._text[at] != mark:
            raise ValueError(f"no {mark}")
        return self._skip(at + 1)

    def _skip(self, at: int) -> int:
        hit = _SPACE.match(self._text, at)
        return hit.end() if hit else at

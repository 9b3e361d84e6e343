"""Clauses found by pattern in a text nobody has identified: leads for a reader, never a class."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from osaid_audit.errors import RuleFileError
from osaid_audit.licenses import table
from osaid_audit.schema.licenses import ClauseId

MAX_TEXT = 300_000
"""Characters that are read of a text; longer ones are no license."""
_MAX_PARAGRAPH = 4_000
_QUOTE = 120
_HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ALIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc", "'") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2043\u2212", "-")
)
_MARKS = str.maketrans(dict.fromkeys("*_`#>|~", " "))


class ClauseHit(NamedTuple):
    """A hint at a clause: its id, the line (from 1) and the words that hint, at most 120 characters."""

    id: ClauseId
    line: int
    quote: str


class _Paragraph(NamedTuple):
    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        return self.lines[bisect_right(self.starts, offset) - 1]


def find_clauses(text: str) -> tuple[ClauseHit, ...]:
    """Hints at clauses in the first 300 kB of a text, the first of each clause per paragraph."""
    return tuple(
        hit for paragraph in _paragraphs(text[:MAX_TEXT]) for hit in _hits(paragraph) if hit is not None
    )


@cache
def _patterns() -> tuple[tuple[ClauseId, re.Pattern[str], re.Pattern[str] | None], ...]:
    found = []
    for clause in table.clauses().values():
        try:
            wanted = re.compile("|".join(f"(?:{pattern})" for pattern in clause.patterns))
            refused = "|".join(f"(?:{pattern})" for pattern in clause.not_patterns)
            found.append((clause.id, wanted, re.compile(refused) if refused else None))
        except re.error as error:
            raise RuleFileError(f"clauses.yaml: {clause.id}", f"bad pattern: {error}") from error
    return tuple(found)


def _hits(paragraph: _Paragraph) -> Iterator[ClauseHit | None]:
    for clause, wanted, refused in _patterns():
        hit = wanted.search(paragraph.text)
        if hit is None or (refused is not None and refused.search(paragraph.text)):
            continue
        quote = paragraph.text[hit.start() : hit.end()][:_QUOTE].strip()
        yield ClauseHit(clause, paragraph.line_at(hit.start()), quote)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """Runs of non-blank lines, joined by single spaces; over-long ones are cut into several."""
    parts: list[str] = []
    starts: list[int] = []
    lines: list[int] = []
    size = 0
    for number, raw in enumerate(_lower(text).split("\n"), start=1):
        line = " ".join(raw.translate(_MARKS).split())
        if parts and (not line or size + len(line) > _MAX_PARAGRAPH):
            yield _Paragraph(" ".join(parts), tuple(starts), tuple(lines))
            parts, starts, lines, size = [], [], [], 0
        if line:
            parts.append(line[:_MAX_PARAGRAPH])
            starts.append(size)
            lines.append(number)
            size += len(parts[-1]) + 1
    if parts:
        yield _Paragraph(" ".join(parts), tuple(starts), tuple(lines))


def _lower(text: str) -> str:
    shown = text.translate(_HIDDEN)
    plain = unicodedata.normalize("NFKC", shown)[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n").lower()
    return plain.translate(_ALIKE)

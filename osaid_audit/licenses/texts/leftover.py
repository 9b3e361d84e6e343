"""What differs, for a reader: the words, their lines, and the clauses they hint at."""

import re

from osaid_audit.licenses.clauses import find_clauses
from osaid_audit.licenses.texts import titles
from osaid_audit.licenses.texts.recognise import Modified
from osaid_audit.licenses.texts.residual import Gap
from osaid_audit.licenses.texts.words import Words
from osaid_audit.schema.licenses import ClauseId, Residual

_QUOTE = 600
_MAX_ITEMS = 60
_MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivx]{2,5}")
_AROUND, _SHORT = 6, 12
"""Words on either side that a few added words are read with: "non" says nothing without "commercial"."""


def describe(found: Modified) -> tuple[Residual, ...]:
    """The residual in the order of the text, at most sixty items."""
    known, text = found.comparison.known, found.text
    title = titles.longest(text, 0, known.id)
    gaps = [gap for gap in found.comparison.gaps if gap.begin or gap.end > title or gap.missing]
    shown = [gap for gap in gaps if gap.missing or not _is_marker(text, gap)] or gaps
    return tuple(_item(found, gap, title) for gap in shown[:_MAX_ITEMS])


def _item(found: Modified, gap: Gap, title: int) -> Residual:
    text = found.text
    begin = gap.begin if gap.begin or gap.end > title else gap.end
    return Residual(
        words=text.raw(begin, gap.end)[:_QUOTE],
        first_line=text.line(begin),
        last_line=text.line(max(begin, gap.end - 1)),
        missing=gap.missing,
        clauses=_clauses(text, begin, gap.end),
        holds=tuple(dict.fromkeys(each.id for each in found.passages if each.begin == gap.begin)),
    )


def _clauses(text: Words, begin: int, end: int) -> tuple[ClauseId, ...]:
    """Clauses that the words hint at, alone or with their neighbours, unless the neighbours do so alone."""
    if begin == end:
        return ()
    if end - begin > _SHORT:
        return tuple(dict.fromkeys(_hints(text, begin, end)))
    before, after = max(0, begin - _AROUND), min(len(text), end + _AROUND)
    alone = {*_hints(text, before, begin), *_hints(text, end, after)}
    together = [each for each in _hints(text, before, after) if each not in alone]
    return tuple(dict.fromkeys([*_hints(text, begin, end), *together]))


def _hints(text: Words, begin: int, end: int) -> list[ClauseId]:
    return [hit.id for hit in find_clauses(text.raw(begin, end))]


def _is_marker(text: Words, gap: Gap) -> bool:
    """Whether all that was added is a list marker at the start of a line, which may be written or not."""
    start, end = text.spans[gap.begin][0], text.spans[gap.end - 1][1]
    before, after = text.plain[:start].rpartition("\n")[2], text.plain[end : end + 1]
    said = text.plain[start:end]
    closed = after in {".", ")"} or "." in said
    return not before.strip(" \t>#*|/-(") and closed and _MARKER.fullmatch(said) is not None

"""Clauses found by pattern in a text nobody has identified: leads for a reader, never a class."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from osaid_audit import resources
from osaid_audit.licenses import table
from osaid_audit.schema.licenses import ClauseId

MAX_TEXT = 300_000
"""Characters that are read of a text; longer ones are no license."""
_MAX_PARAGRAPH = 4_000
_OVERLAP = 300
_QUOTE = 120
_WORD = 20
"""Letters by which a quote may grow to end with a word."""
_BEFORE = re.compile(r"(?<![^\W_])[a-zà-ÿ0-9'-]+\Z", re.IGNORECASE)
_AFTER = re.compile(r"[a-zà-ÿ0-9'-]+(?![^\W_])", re.IGNORECASE)
_FILE = "clauses"
_GRANTS = "grants"
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc]")
_HYPHENS = re.compile("[\u2010-\u2013\u2043\u2212]")
_MARKS = re.compile("[*_`#>|~]")


class ClauseHit(NamedTuple):
    """A hint at a clause: its id, the line (from 1) and the whole words that hint, at most 120 characters."""

    id: ClauseId
    line: int
    quote: str


class _Paragraph(NamedTuple):
    """`text` in lower case, and `shown` the same character for character as it is written."""

    text: str
    shown: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        return self.lines[bisect_right(self.starts, offset) - 1]


def find_clauses(text: str) -> tuple[ClauseHit, ...]:
    """Hints at clauses in the first 300 kB of a text, in the order of its lines.

    Of each clause the first in a paragraph, and a line never twice.
    """
    shown = _plain(text[:MAX_TEXT])
    lowered = shown.lower()
    among = [each for each in _wordings() if each.may_be_in(lowered)]
    found: dict[tuple[ClauseId, int], ClauseHit] = {}
    for paragraph in _paragraphs(shown) if among else ():
        for hit in _hits(paragraph, among):
            found.setdefault((hit.id, hit.line), hit)
    return tuple(sorted(found.values(), key=lambda hit: hit.line))


class _Wordings:
    """What hints at one clause in one language, compiled when a text first has one of the keys."""

    def __init__(self, clause: ClauseId, language: str, keys: frozenset[str]) -> None:
        self.id, self._language, self._keys = clause, language, tuple(keys)

    @cached_property
    def _wanted(self) -> re.Pattern[str]:
        return resources.lexicon(_FILE).compiled(self.id, 0, self._language)

    def may_be_in(self, text: str) -> bool:
        """Whether a text in lower case has one of the keys."""
        return any(map(text.__contains__, self._keys))

    def search(self, text: str) -> re.Match[str] | None:
        """The first hint that nothing explains."""
        if not self.may_be_in(text) or self._wanted.search(text) is None:
            return None
        return self._wanted.search(_blanked(f"{self.id}_explained", _blanked(_GRANTS, text)))


@cache
def _wordings() -> tuple[_Wordings, ...]:
    """Every clause in every language. Raises RuleFileError when the data are wrong."""
    words = resources.lexicon(_FILE)
    return tuple(
        _Wordings(clause.id, language, words.words(clause.id).get(language, frozenset()))
        for clause in table.clauses().values()
        for language in words.forms(clause.id)
    )


def _hits(paragraph: _Paragraph, among: list[_Wordings]) -> Iterator[ClauseHit]:
    found: dict[ClauseId, re.Match[str]] = {}
    for wording in among:
        hit = wording.search(paragraph.text)
        if hit is not None and (wording.id not in found or hit.start() < found[wording.id].start()):
            found[wording.id] = hit
    for clause, hit in found.items():
        yield ClauseHit(clause, paragraph.line_at(hit.start()), _quoted(paragraph.shown, hit.span()))


def _quoted(text: str, span: tuple[int, int]) -> str:
    """The words that a hit touches, whole; of a script without spaces only what was hit."""
    start, end = span
    before, after = _BEFORE.search(text, max(0, start - _WORD), start), _AFTER.match(text, end, end + _WORD)
    if before is not None and text[start : start + 1].isalnum():
        start = before.start()
    if after is not None and not text[end - 1 : end].isspace():
        end = after.end()
    quote = text[start:end].strip()
    if len(quote) <= _QUOTE:
        return quote
    cut = quote[: _QUOTE - 1]
    return f"{cut.rpartition(' ')[0].rstrip() or cut}…"


@lru_cache(maxsize=64)
def _blanked(name: str, text: str) -> str:
    """The text with every hit made into stops, as long as before: no wording reaches over a stop.

    All languages in one expression are slower than one after another, and most texts are of one language.
    """
    speaking = [each for each in _languages(name) if each.search(text) is not None]
    if not speaking:
        return text
    pattern = speaking[0] if len(speaking) == 1 else _together(name)
    return pattern.sub(lambda hit: ";" * len(hit[0]), text)


@cache
def _together(name: str) -> re.Pattern[str]:
    return resources.lexicon(_FILE).compiled(name, 0)


@cache
def _languages(name: str) -> tuple[re.Pattern[str], ...]:
    """The expression of each language; none when there is no such pattern."""
    words = resources.lexicon(_FILE)
    return tuple(words.compiled(name, 0, language) for language in words.forms(name))


def _paragraphs(shown: str) -> Iterator[_Paragraph]:
    """Runs of non-blank lines, joined by single spaces; over-long ones in pieces that share a line."""
    run: list[tuple[int, str]] = []
    size = 0
    for number, raw in enumerate(shown.split("\n"), start=1):
        for line in _cut(" ".join(raw.split())):
            if run and (not line or size + len(line) > _MAX_PARAGRAPH):
                yield _joined(run)
                run = run[-1:] if line and len(run[-1][1]) <= _OVERLAP else []
                size = sum(len(each) + 1 for _, each in run)
            if line:
                run.append((number, line))
                size += len(line) + 1
    if run:
        yield _joined(run)


def _joined(run: list[tuple[int, str]]) -> _Paragraph:
    ends = accumulate((len(line) + 1 for _, line in run), initial=0)
    lines = [line for _, line in run]
    shown = " ".join(lines)
    lowered = shown.lower()
    # A few letters grow when they are made small; their case is not worth a shifted quote.
    shown = shown if len(shown) == len(lowered) else lowered
    return _Paragraph(lowered, shown, tuple(ends)[:-1], tuple(number for number, _ in run))


def _cut(line: str) -> Iterator[str]:
    """A line in pieces that overlap, so that what stands at a cut is whole in one of them."""
    yield line[:_MAX_PARAGRAPH]
    for at in range(_MAX_PARAGRAPH, len(line), _MAX_PARAGRAPH - _OVERLAP):
        yield line[at - _OVERLAP : at - _OVERLAP + _MAX_PARAGRAPH]


def _plain(text: str) -> str:
    """A text with plain apostrophes and hyphens and without Markdown marks, its capitals as written."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", _HIDDEN.sub("", text))[:MAX_TEXT]
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return _MARKS.sub(" ", _HYPHENS.sub("-", _APOSTROPHES.sub("'", plain)))

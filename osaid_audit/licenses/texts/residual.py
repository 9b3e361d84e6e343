"""What is left of a text when the words of a known one are taken away, and the other way round."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from osaid_audit.licenses.texts.hashing import SHINGLE
from osaid_audit.licenses.texts.store import Known

if TYPE_CHECKING:
    from array import array

_SURE = 3
"""Windows in a row that must agree before a place counts as found again."""
_FAR = 60
_SURE_WHEN_FAR = 8
Span = tuple[int, int]


class Comparison(NamedTuple):
    """How much of a known text is in a text and how much of the text it explains; both 0..1.

    extra    runs of words of the text, begin and end, that the known text does not have
    missing  places in the text, and how many words of the known text are missing there
    """

    known: Known
    of_known: float
    of_text: float
    extra: tuple[Span, ...]
    missing: tuple[Span, ...]

    @property
    def similarity(self) -> float:
        """The lesser of the two shares."""
        return min(self.of_known, self.of_text)


def compare(known: Known, its: "array[int]", own: list[int], words: int) -> Comparison:
    """Lay a text beside a known one by their signatures."""
    pairs = _align(own, its)
    mine, theirs = bytearray(words), bytearray(known.words)
    for left, right in pairs:
        mine[left : left + SHINGLE] = theirs[right : right + SHINGLE] = b"\1" * SHINGLE
    gaps = list(_required(_gaps(theirs), known.optional))
    missed = sum(end - begin for begin, end in gaps)
    there = sum(theirs)
    of_known = there / max(1, there + missed)
    extra = tuple(_gaps(mine))
    of_text = sum(mine) / max(1, words)
    return Comparison(known, of_known, of_text, extra, tuple(_places(gaps, pairs)))


def _align(own: list[int], its: "array[int]") -> list[Span]:
    """Pairs of windows that agree. A stretch may stand elsewhere, so their order need not be the same."""
    where: dict[int, list[int]] = {}
    for at, value in enumerate(its):
        where.setdefault(value, []).append(at)
    pairs: list[Span] = []
    last, total = -1, len(its)
    for at, value in enumerate(own):
        if last + 1 < total and its[last + 1] == value:
            last += 1
            pairs.append((at, last))
            continue
        for place in sorted(where.get(value, ()), key=lambda each: abs(each - last)):
            if _again(own, at, its, place, _SURE if 0 < place - last < _FAR else _SURE_WHEN_FAR):
                last = place
                pairs.append((at, place))
                break
    return sorted(pairs, key=lambda pair: pair[1])


def _again(own: list[int], at: int, its: "array[int]", place: int, sure: int) -> bool:
    """Whether enough windows agree from here on; at the end of either side fewer are there."""
    count = min(sure, len(own) - at, len(its) - place)
    return all(own[at + step] == its[place + step] for step in range(1, count))


def _gaps(marks: bytearray) -> Iterator[Span]:
    at = marks.find(0)
    while at >= 0:
        end = marks.find(1, at)
        yield at, (end if end >= 0 else len(marks))
        at = marks.find(0, end) if end >= 0 else -1


def _required(gaps: Iterable[Span], optional: tuple[Span, ...]) -> Iterator[Span]:
    """The gaps without the words that may be left out; both lists are in order."""
    for begin, end in gaps:
        start = begin
        for first, last in optional:
            if last <= start or first >= end:
                continue
            if start < first:
                yield start, first
            start = max(start, last)
        if start < end:
            yield start, end


def _places(gaps: list[Span], pairs: list[Span]) -> Iterator[Span]:
    """Where in the text the words of a gap would stand, and how many they are."""
    if not gaps:
        return
    ends = [right + SHINGLE for _, right in pairs]
    for begin, end in gaps:
        at = bisect_right(ends, begin)
        yield (pairs[at - 1][0] + SHINGLE if at else 0), end - begin

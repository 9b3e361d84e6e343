"""What is left of a text when the words of a known one are taken away, and the other way round."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from osaid_audit.licenses.texts.hashing import SHINGLE
from osaid_audit.licenses.texts.store import Known, block_starts

if TYPE_CHECKING:
    from array import array

_SURE = 2
"""Blocks in a row that must agree before a place counts as found again."""
_FAR = 12
_SURE_WHEN_FAR = 4
_SMALL = 10
"""Words up to which a gap is taken for a changed word or two with its surroundings."""
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


class _Blocks(NamedTuple):
    """The blocks of a known text: 16 bits of each, and where it begins."""

    values: "array[int]"
    starts: list[int]


def compare(known: Known, its: "array[int]", own: list[int], words: int) -> Comparison:
    """Lay a text beside a known one: `its` blocks of five words, `own` windows at every word.

    Blocks do not overlap, so that nobody can spell the known text out of them word by word; the price is
    that a changed word shows with up to four words of its surroundings.
    """
    starts = block_starts(known.words, known.optional)
    pairs = _align(own, _Blocks(its, starts))
    mine, theirs = bytearray(words), bytearray(known.words)
    for left, block in pairs:
        right = starts[block]
        mine[left : left + SHINGLE] = theirs[right : right + SHINGLE] = b"\1" * SHINGLE
    _mark_short(mine, theirs, pairs, starts)
    extra = tuple(_gaps(mine))
    gaps = list(_places(list(_required(_gaps(theirs), known.optional)), pairs, starts))
    replaced = {begin: end - begin for begin, end in extra}
    missed = sum(_changed(count, replaced.get(at, 0)) for at, count in gaps)
    there = sum(theirs)
    lost = dict(gaps)
    added = sum(_changed(end - begin, lost.get(begin, 0)) for begin, end in extra)
    missing = tuple((at, count - replaced.get(at, 0)) for at, count in gaps if count > replaced.get(at, 0))
    return Comparison(known, there / max(1, there + missed), 1 - added / max(1, words), extra, missing)


def _mark_short(mine: bytearray, theirs: bytearray, pairs: list[Span], starts: list[int]) -> None:
    """Stretches too short for a block count as there when as many words stand in their place."""
    covered = bytearray(len(theirs))
    for start in starts:
        covered[start : start + SHINGLE] = b"\1" * SHINGLE
    short = list(_gaps(covered))
    for (at, count), (begin, end) in zip(_places(short, pairs, starts), short, strict=True):
        free = mine.find(1, at) if mine.find(1, at) >= 0 else len(mine)
        if free - at == count:
            mine[at:free] = theirs[begin:end] = b"\1" * count


def _changed(words: int, instead: int) -> int:
    """How many words of a gap really changed: in a small one most are only the rest of the block."""
    return words if words > _SMALL else max(1, words - instead + 1)


def _align(own: list[int], its: _Blocks) -> list[Span]:
    """Windows of the text and the blocks they agree with, in the order of the known text."""
    where: dict[int, list[int]] = {}
    starts = its.starts
    for block, value in enumerate(its.values):
        where.setdefault(value, []).append(block)
    pairs: list[Span] = []
    at, last = 0, -1
    while at < len(own):
        found = _found(own, at, its, where.get(own[at], ()), last)
        if found is None:
            at += 1
            continue
        pairs.append((at, found))
        last = found
        at += starts[found + 1] - starts[found] if found + 1 < len(starts) else SHINGLE
    return sorted(pairs, key=lambda pair: pair[1])


def _found(own: list[int], at: int, its: _Blocks, among: Sequence[int], last: int) -> int | None:
    """The block that stands at this place of the text, the nearest behind the last one first."""
    for block in sorted(among, key=lambda each: abs(each - last - 1)):
        near = 0 < block - last < _FAR
        if block == last + 1 or _again(own, at, its, block, _SURE if near else _SURE_WHEN_FAR):
            return block
    return None


def _again(own: list[int], at: int, its: _Blocks, block: int, sure: int) -> bool:
    """Whether enough blocks agree from here on; at the end of the known text fewer are there."""
    first = at - its.starts[block]
    after = range(block + 1, min(block + sure, len(its.starts)))
    places = [(first + its.starts[each], each) for each in after]
    return all(place < len(own) and own[place] == its.values[each] for place, each in places)


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


def _places(gaps: list[Span], pairs: list[Span], starts: list[int]) -> Iterator[Span]:
    """Where in the text the words of a gap would stand, and how many they are."""
    ends = [starts[block] + SHINGLE for _, block in pairs]
    for begin, end in gaps:
        at = bisect_right(ends, begin)
        yield (pairs[at - 1][0] + SHINGLE if at else 0), end - begin

"""Which stretches of a text are stretches of a known one, down to the word.

Blocks of five words find the stretches; four bits of every window of five words then move their ends to the
words that differ.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from osaid_audit.licenses.texts.hashing import MODULUS, SHINGLE, power, run
from osaid_audit.licenses.texts.index import trace
from osaid_audit.licenses.texts.store import Known

_SURE = 2
"""Blocks in a row that must agree before a place counts as found again."""
_FAR = 12
_SURE_WHEN_FAR = 4


class Stretch(NamedTuple):
    """So many words from `own` on in the text are those from `its` on in the known text."""

    own: int
    its: int
    words: int

    @property
    def shift(self) -> int:
        """How far the text is ahead of the known one."""
        return self.own - self.its

    @property
    def own_end(self) -> int:
        """The place behind the stretch in the text."""
        return self.own + self.words

    @property
    def its_end(self) -> int:
        """The place behind the stretch in the known text."""
        return self.its + self.words


class Numbers(NamedTuple):
    """Of a text: 16 bits of each block or window of five words, 4 bits of each window, and running hashes.

    Of a known text there are no running hashes.
    """

    blocks: Sequence[int]
    trace: Sequence[int]
    words: int
    prefix: Sequence[int] = ()


Jump = tuple[int, int]
"""The block found last and the one found now."""


class _Blocks(NamedTuple):
    """The blocks of a known text: 16 bits of each, and where it begins."""

    values: "Sequence[int]"
    starts: Sequence[int]


def align(known: Known, its: Numbers, own: Numbers) -> list[Stretch]:
    """The stretches in the order of the text, with their ends at the words that differ, then any others."""
    blocks = _Blocks(its.blocks, known.starts())
    found = _joined(_pairs(own.blocks, blocks), blocks.starts)
    if not found:
        return []
    edges = _Edges(known, its, own, blocks.starts)
    kept = _chain(found)
    ordered = [each for each, keep in zip(found, kept, strict=True) if keep]
    done = [edges.forward(ordered[0])]
    for each in ordered[1:]:
        done[-1:] = edges.between(done[-1], each)
    done[-1] = edges.backward(done[-1])
    return [*done, *(each for each, keep in zip(found, kept, strict=True) if not keep)]


def _joined(pairs: list[tuple[int, int]], starts: Sequence[int]) -> list[Stretch]:
    """Pairs of a window and a block, those that follow each other as one stretch."""
    found: list[Stretch] = []
    begin, shift, end = 0, 0, 0
    for own, block in pairs:
        its = starts[block]
        if own - its != shift or its > end:
            if end > begin:
                found.append(Stretch(begin + shift, begin, end - begin))
            begin, shift = max(its, end), own - its  # the last block of a stretch overlaps the one before
        end = max(end, its + SHINGLE)
    if end > begin:
        found.append(Stretch(begin + shift, begin, end - begin))
    return found


class _Edges:
    """Moves the ends of stretches to the words that differ, by the windows across them."""

    def __init__(self, known: Known, its: Numbers, own: Numbers, starts: Sequence[int]) -> None:
        self._known = known
        self._its = its
        self._own = own
        self._starts = starts

    def _agree(self, own: int, shift: int) -> bool:
        mine, theirs, its = self._own.trace, self._its.trace, own - shift
        return 0 <= its < len(theirs) and 0 <= own < len(mine) and mine[own] == theirs[its]

    def _right(self, one: Stretch, own_limit: int, its_limit: int) -> int:
        """How many words behind a stretch still agree."""
        most = min(own_limit - one.own_end, its_limit - one.its_end)
        at = 0
        while at < most and self._agree(one.own_end + at - SHINGLE + 1, one.shift):
            at += 1
        return at

    def _left(self, one: Stretch, own_limit: int, its_limit: int) -> int:
        """How many words before a stretch already agree."""
        most = min(one.own - own_limit, one.its - its_limit)
        at = 0
        while at < most and self._agree(one.own - at - 1, one.shift):
            at += 1
        return at

    def forward(self, first: Stretch) -> Stretch:
        """The first stretch with what agrees before it."""
        more = self._left(first, 0, 0)
        if more == first.its > 0 and not self._block(0, first.shift):
            more -= 1  # only one window has the first word: by chance it may agree
        return Stretch(first.own - more, first.its - more, first.words + more)

    def backward(self, last: Stretch) -> Stretch:
        """The last stretch with what agrees behind it."""
        more = self._right(last, self._own.words, self._known.words)
        if more == self._known.words - last.its_end > 0 and not self._block(-1, last.shift):
            more -= 1
        return last._replace(words=last.words + more)

    def _block(self, block: int, shift: int) -> bool:
        """Whether the first or the last block stands where a stretch would have it."""
        own = self._starts[block] + shift
        return 0 <= own < len(self._own.blocks) and self._own.blocks[own] == self._its.blocks[block]

    def between(self, left: Stretch, right: Stretch) -> tuple[Stretch, Stretch]:
        """Two stretches that follow each other, grown to the words that differ."""
        more = self._right(left, right.own, right.its)
        less = self._left(right, left.own_end, left.its_end)
        own, its = right.own - left.own_end, right.its - left.its_end
        over = more + less - min(own, its)
        if own == its:
            # Of a single changed word no window across it agrees, but one in sixteen does by chance: what
            # is then beyond doubt is only that the change lies between the two ends.
            if over >= 0 and min(more, less) < own:
                more, less = max(0, own - less - 1), max(0, own - more - 1)
            elif over >= 0:
                less = 0
        elif over > 0:
            more, less = self._slid(left, right, more, less, over)
        return (
            left._replace(words=left.words + more),
            Stretch(right.own - less, right.its - less, right.words + less),
        )

    def _slid(self, left: Stretch, right: Stretch, more: int, less: int, over: int) -> tuple[int, int]:
        """Where words were only added or only left out they may often be any of several: which they are.

        First come those that a text may leave out, then those without which the rest reads on as in the
        known text, then a place for a name, then the last of them.
        """
        places = [(more - step, less - over + step) for step in range(over + 1)]
        return min(places, key=lambda place: self._cost(left, right, *place))

    def _cost(self, left: Stretch, right: Stretch, more: int, less: int) -> tuple[int, int, int]:
        begin, end = left.its_end + more, right.its - less
        gone = sum(stop - start for start, stop in required([(begin, end)], self._known.optional))
        apart = 0 if begin < end else self._apart(left.own_end + more, right.own - less, begin)
        return gone, apart, 0 if begin == end and begin in self._known.slots else 1

    def _apart(self, own: int, after: int, its: int) -> int:
        """How many windows disagree once the added words are taken out."""
        prefix, found = self._own.prefix, 0
        for before in range(1, SHINGLE):
            if own < before or after + SHINGLE - before >= len(prefix):
                continue
            head = run(prefix, own - before, before) * power(SHINGLE - before)
            window = (head + run(prefix, after, SHINGLE - before)) % MODULUS
            at = its - before
            found += 0 <= at < len(self._its.trace) and trace(window) != self._its.trace[at]
        return found


def required(gaps: Sequence[tuple[int, int]], optional: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """The gaps without the parts that may be left out; of such a part either all is there or nothing."""
    found: list[tuple[int, int]] = []
    for begin, end in gaps:
        start = begin
        for first, last in sorted(optional):
            if last <= start or first < begin or last > end:
                continue
            if start < first:
                found.append((start, first))
            start = max(start, last)
        if start < end:
            found.append((start, end))
    return found


def _chain(found: list[Stretch]) -> list[bool]:
    """Which stretches go on in the order of the text too: those that explain the most words together."""
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    before: list[int] = []
    for at, each in enumerate(found):
        place = bisect_right(ends, each.own)
        total, last = best[place - 1] if place else (0, -1)
        before.append(last)
        total += each.words
        place = bisect_right(ends, each.own_end)
        if place and best[place - 1][0] >= total:
            continue
        stop = place
        while stop < len(ends) and best[stop][0] <= total:
            stop += 1
        ends[place:stop], best[place:stop] = [each.own_end], [(total, at)]
    kept = [False] * len(found)
    at = best[-1][1] if best else -1
    while at >= 0:
        kept[at] = True
        at = before[at]
    return kept


def _pairs(own: Sequence[int], its: _Blocks) -> list[tuple[int, int]]:
    """Windows of the text and the blocks they agree with, in the order of the known text."""
    where: dict[int, list[int]] = {}
    starts = its.starts
    for block, value in enumerate(its.values):
        where.setdefault(value, []).append(block)
    pairs: list[tuple[int, int]] = []
    at, last = 0, -1
    while at < len(own):
        found = _found(own, at, its, where.get(own[at], ()), last)
        if found is None or _sooner(own, at, its, where, (last, found)):
            at += 1
            continue
        pairs.append((at, found))
        last = found
        at += starts[found + 1] - starts[found] if found + 1 < len(starts) else SHINGLE
    return sorted(pairs, key=lambda pair: pair[1])


def _sooner(own: Sequence[int], at: int, its: _Blocks, where: dict[int, list[int]], jump: Jump) -> bool:
    """Whether one of the next words begins a nearer block: a sentence that comes twice misleads."""
    last, found = jump
    if 0 <= found - last <= 1:
        return False
    for ahead in range(at + 1, min(at + SHINGLE, len(own))):
        other = _found(own, ahead, its, where.get(own[ahead], ()), last)
        if other is not None and last < other and (other < found or found < last):
            return True
    return False


def _found(own: Sequence[int], at: int, its: _Blocks, among: Sequence[int], last: int) -> int | None:
    """The block that stands at this place of the text, the nearest behind the last one first."""
    nearest = sorted(among, key=lambda each: abs(each - last - 1)) if len(among) > 1 else among
    for block in nearest:
        near = 0 < block - last < _FAR
        if block == last + 1 or _again(own, at, its, block, _SURE if near else _SURE_WHEN_FAR):
            return block
    return None


def _again(own: Sequence[int], at: int, its: _Blocks, block: int, sure: int) -> bool:
    """Whether enough blocks agree from here on; at the end of the known text fewer are there."""
    first = at - its.starts[block]
    after = range(block + 1, min(block + sure, len(its.starts)))
    places = [(first + its.starts[each], each) for each in after]
    return all(place < len(own) and own[place] == its.values[each] for place, each in places)

"""What is left of a text when the words of a known one are taken away, and the other way round."""

from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.licenses.texts import hashing, index, slots
from osaid_audit.licenses.texts.align import Numbers, Stretch, align, required
from osaid_audit.licenses.texts.store import A_NAME, Known, Piece
from osaid_audit.licenses.texts.words import Words

Span = tuple[int, int]
_NEAR_KNOWN, _NEAR_TEXT = 0.97, 0.9


class Gap(NamedTuple):
    """A place where a text and a known one differ.

    begin, end  the words of the text that the known one does not have
    missing     how many words of the known text are not there
    """

    begin: int
    end: int
    missing: int


class Comparison(NamedTuple):
    """How much of a known text is in a text and how much of the text it explains; both 0..1.

    differs  how many words differ, those missing before and behind what was found apart: so the half of a
             text is not taken for a shorter one
    cut_off  how many words are missing there
    shared   how many words both have
    """

    known: Known
    of_known: float
    of_text: float
    gaps: tuple[Gap, ...]
    differs: int
    cut_off: int
    shared: int

    @property
    def similarity(self) -> float:
        """The lesser of the two shares."""
        return min(self.of_known, self.of_text)

    @property
    def is_near(self) -> bool:
        """Whether hardly anything differs on either side."""
        return self.of_known >= _NEAR_KNOWN and self.of_text >= _NEAR_TEXT


def compare(known: Known, its: Numbers, own: Numbers, text: Words) -> Comparison:
    """Lay a text beside a known one."""
    found = align(known, its, own)
    marks = _Marks(known, text)
    for each in found:
        marks.same(each.own, each.its, each.words, each.words)
    for left, right in _between(found, known, own.words):
        marks.fill(left, right)
    return marks.comparison(found)


def _between(found: list[Stretch], known: Known, words: int) -> Iterator[tuple[Span, Span]]:
    """The places between stretches that follow each other in both texts: in the text, in the known one."""
    one = Stretch(0, 0, 0)
    for two in [*found, Stretch(words, known.words, 0)]:
        if one.own_end <= two.own and one.its_end <= two.its:
            yield (one.own_end, two.own), (one.its_end, two.its)
            one = two


class _Marks:
    """Which words of the two texts are explained by the other one."""

    def __init__(self, known: Known, text: Words) -> None:
        self._known = known
        self._text = text
        self._mine = bytearray(len(text))
        self._theirs = bytearray(known.words)

    def same(self, own: int, its: int, own_words: int, its_words: int) -> None:
        """Words of the text that are, or stand for, words of the known one."""
        self._mine[own : own + own_words] = b"\1" * own_words
        self._theirs[its : its + its_words] = b"\1" * its_words

    def fill(self, own: Span, its: Span) -> None:
        """Between two stretches: other wordings that are allowed, short stretches, names."""
        at = own[0]
        for piece in self._known.pieces:
            if piece.begin > its[1] or at >= own[1] + _REACH:
                break
            if piece.end < its[0] or not self._open(piece):
                continue
            if piece.words == A_NAME:
                self._name((max(0, at - _REACH), own[1]), piece)
                continue
            place = self._find(piece, max(0, at - _REACH), own[1])
            if place is not None:
                self.same(place, piece.begin, piece.words, piece.end - piece.begin)
                at = place + piece.words
        for slot in self._known.slots:
            if its[0] - 1 <= slot <= its[1] + 1:
                self._name(own)

    def _open(self, piece: Piece) -> bool:
        return self._theirs.find(0, piece.begin, piece.end) >= 0

    def _find(self, piece: Piece, begin: int, end: int) -> int | None:
        """Where the words of a piece stand; some of them may be words that the texts share anyhow."""
        prefix, last = self._text.prefix, min(end + _REACH, len(self._text)) - piece.words
        for at in range(begin, last + 1):
            if self._mine.find(0, at, at + piece.words) >= 0 and piece.hash == index.signature(
                hashing.run(prefix, at, piece.words)
            ):
                return at
        return None

    def _name(self, own: Span, instead: Piece | None = None) -> None:
        """A run of words that may stand where the known text has room for a name."""
        for begin, end in gaps(self._mine, *own):
            if end - begin <= slots.MAX_WORDS and slots.fits(self._text, begin, end):
                self._mine[begin:end] = b"\1" * (end - begin)
                if instead is not None:
                    self._theirs[instead.begin : instead.end] = b"\1" * (instead.end - instead.begin)

    def comparison(self, found: list[Stretch]) -> Comparison:
        """The shares and the gaps."""
        lost: dict[int, int] = {}
        gone = required(list(gaps(self._theirs, 0, len(self._theirs))), self._known.optional)
        for begin, end in gone:
            at = _place(found, begin)
            lost[at] = lost.get(at, 0) + end - begin
        extra = dict(gaps(self._mine, 0, len(self._mine)))
        missed = sum(lost.values())
        ends = _outside(found, gone)
        there = sum(self._theirs)
        more = sum(end - begin for begin, end in extra.items())
        spots = sorted({*extra, *lost})
        return Comparison(
            self._known,
            there / max(1, there + missed),
            1 - more / max(1, len(self._mine)),
            tuple(Gap(at, extra.get(at, at), lost.get(at, 0)) for at in spots),
            more + missed - ends,
            ends,
            len(self._mine) - more,
        )


_REACH = 3
"""Words of another wording that the text and the usual wording may have in common at either end."""


def gaps(marks: bytearray, begin: int, end: int) -> Iterator[Span]:
    """The runs of words that are not marked."""
    at = marks.find(0, begin, end)
    while at >= 0:
        stop = marks.find(1, at, end)
        yield at, (stop if stop >= 0 else end)
        at = marks.find(0, stop, end) if stop >= 0 else -1


def _outside(found: list[Stretch], gone: list[Span]) -> int:
    """How many words are missing before the first stretch and behind the last one."""
    first = min((each.its for each in found), default=0)
    last = max((each.its_end for each in found), default=0)
    return sum(end - begin for begin, end in gone if end <= first or begin >= last)


def _place(found: list[Stretch], its: int) -> int:
    """Where in the text a word of the known one would stand."""
    last = max((each for each in found if each.its_end <= its), key=lambda each: each.its_end, default=None)
    return last.own_end if last else 0

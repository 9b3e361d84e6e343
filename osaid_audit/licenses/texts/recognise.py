"""From a text to the known texts it is made of, or to the known text it comes nearest to."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from osaid_audit.licenses import classes, table
from osaid_audit.licenses.clauses import MAX_TEXT
from osaid_audit.licenses.texts import hashing, index, match, residual, store, titles
from osaid_audit.licenses.texts.align import Numbers
from osaid_audit.licenses.texts.residual import Comparison
from osaid_audit.licenses.texts.words import Words, is_parted
from osaid_audit.schema.licenses import PRECEDENCE, RESTRICTED

_COMPARED = 16_000
"""Words of known texts that a text is laid beside, at least one text of any length."""
_MODIFIED = 0.5
_PART_KNOWN, _PART_TEXT, _PART_WORDS = 0.2, 0.8, 40
"""A part of a known text, when it is nearly all that the text holds."""
_CALLED = 0.5
"""The share of the most windows in common that a text must have whose title the text bears."""
_WHOLE = 0.9
"""When a text holds so much of a known one it counts what was cut off of the others."""
_CLOSE, _CLOSE_SHARE = 3, 0.01
"""Words, and share of the words of the text, by which a restricted text may be farther and still be told."""
_PART_SAME = 2
"""Words by which two texts may differ from a part and still be equally near: it is cut somewhere."""
_FEWER, _FEWER_NEAR, _BY_CHANCE = 0.75, 0.97, 3
"""How many windows, beside those of a text that is held already, are worth a look."""
_OWN_PASSAGE, _MAX_PASSAGES = 40, 3
"""A passage of so many words that a known text lacks may be a license of its own."""


class Passage(NamedTuple):
    """A stretch of a text, begin and end, that is or comes from another known text: its id in the table."""

    begin: int
    end: int
    id: str


class Modified(NamedTuple):
    """A text that holds most of a known one.

    alike     other texts that it may as well come from, or restricted ones that are hardly farther
    passages  what it holds beside
    """

    match: Literal["near", "modified"]
    text: Words
    comparison: Comparison
    alike: tuple[Comparison, ...] = ()
    passages: tuple[Passage, ...] = ()


class Found(NamedTuple):
    """What a text was found to be: exact parts, else the known text it comes from, else neither."""

    parts: tuple[match.Part, ...] = ()
    modified: Modified | None = None


def recognise(text: str) -> Found:
    """Look a text up. A text of more than 300 kB is read up to there, and is never exact."""
    found = _look_up(text)
    if found.modified is None:
        return found
    return Found(modified=found.modified._replace(passages=tuple(_passages(found.modified))))


def _look_up(text: str) -> Found:
    known = store.load()
    words = Words(text[:MAX_TEXT])
    whole = len(text) <= MAX_TEXT
    parts = match.exact(known, words, known.whole.get(words.prefix[-1], ())) if whole else ()
    if parts:
        return Found(parts)
    shingles = hashing.shingles(words.prefix)
    among = index.candidates(known, shingles)
    parts = match.exact(known, words, among) if whole else ()
    if parts:
        return Found(parts)
    nearest = _nearest(known, words, shingles, among)
    if whole and nearest is not None:
        parts = _loosely(known, text, words, among)
    return Found(parts) if parts else Found(modified=nearest)


def _passages(found: Modified) -> Iterator[Passage]:
    """Other licenses in the longest passages that the known text lacks."""
    text = found.text
    long = [gap for gap in found.comparison.gaps if gap.end - gap.begin >= _OWN_PASSAGE]
    for gap in sorted(long, key=lambda each: each.begin - each.end)[:_MAX_PASSAGES]:
        inner = _look_up(text.plain[text.spans[gap.begin][0] : text.spans[gap.end - 1][1]])
        for part in inner.parts:
            yield Passage(gap.begin, gap.end, part.known.id)
        if inner.modified is not None:
            yield Passage(gap.begin, gap.end, inner.modified.comparison.known.id)


def _loosely(
    known: store.Fingerprints, text: str, words: Words, among: Iterable[int]
) -> tuple[match.Part, ...]:
    """Exact with another reading: of list markers, or of hyphens at the ends of lines, where they differ."""
    parted = is_parted(text)
    for loose, joined in ((True, False), (False, True), (True, True)):
        if joined and not parted:
            continue
        other = Words(text, loose=loose, joined=joined)
        parts = match.exact(known, other, among) if len(other) != len(words) else ()
        if parts:
            return parts
    return ()


def _nearest(
    known: store.Fingerprints, words: Words, shingles: list[int], among: dict[int, int]
) -> Modified | None:
    held = _held(known, words, shingles, among)
    if not held:
        return None
    if not any(one.is_near for one in held):
        held += _called(known, words, shingles, among, {one.known.id for one in held})
    whole = any(one.of_known >= _WHOLE for one in held)
    least = min(_cost(one, whole) for one in held)
    tied = [one for one in held if _cost(one, whole) <= least + (0 if whole else _PART_SAME)]
    best = _titled(held, words) or min(tied, key=lambda one: (_rank(one), one.cut_off, one.known.id))
    limit = least + max(_CLOSE, min(len(words), best.known.words) * _CLOSE_SHARE)
    close = [one for one in held if _cost(one, whole) <= limit and _rank(one) < _rank(best)]
    near_by = sorted((*tied, *close), key=lambda one: (_rank(one), _cost(one, whole), one.known.id))
    alike = tuple(dict.fromkeys(one for one in near_by if one.known.id not in best.known.same))
    return Modified("near" if best.is_near else "modified", words, best, alike)


def _called(
    known: store.Fingerprints,
    words: Words,
    shingles: list[int],
    among: dict[int, int],
    held: set[str],
) -> list[Comparison]:
    """Known texts whose title the text bears and of which it holds a part, however small a share that is."""
    enough = max(among.values(), default=0) * _CALLED
    own, found = _numbers(shingles, words), []
    for at, hits in among.items():
        one = known.known[at]
        if hits < enough or one.id in held or not titles.names(words, one.id):
            continue
        found.append(_compared(known, at, own, words))
    return [one for one in found if one.shared >= _PART_WORDS and one.of_text >= _MODIFIED]


def _titled(held: list[Comparison], words: Words) -> Comparison | None:
    """The known text that a part of one bears the title of, when no other explains more of what is there."""
    least = min(one.differs for one in held) + _PART_SAME
    fit = [one for one in held if one.differs <= least and one.cut_off]
    named = [one for one in fit if any(titles.names(words, each) for each in one.known.same)]
    return min(named, key=lambda one: (one.differs, one.cut_off, one.known.id), default=None)


def _held(
    known: store.Fingerprints, words: Words, shingles: list[int], among: dict[int, int]
) -> list[Comparison]:
    """The known texts that the text holds; one that shares far fewer windows than another is not tried."""
    likely = [at for at, hits in among.items() if index.may_be_half(known.known[at].words, hits)]
    own = _numbers(shingles, words) if likely else Numbers((), (), 0)
    held: list[Comparison] = []
    budget, least = _COMPARED, 0.0
    for at in likely:
        if (held and budget <= 0) or among[at] < least:
            continue
        budget -= known.known[at].words
        one = _compared(known, at, own, words)
        if _is_held(one):
            held.append(one)
            least = max(least, among[at] * (_FEWER_NEAR if one.is_near else _FEWER) - _BY_CHANCE)
    return held


def _cost(one: Comparison, whole: bool) -> int:
    """How far a known text is; a part does not say what was cut off, a whole text does."""
    return one.differs + (one.cut_off if whole else 0)


def _rank(one: Comparison) -> int:
    """The place of a text in the order of classes, the most restrictive first; all open ones are equal."""
    rows = filter(None, map(table.entry, one.known.same))
    return min((classes.rank(row.cls) for row in rows if row.cls in RESTRICTED), default=len(PRECEDENCE))


def _compared(known: store.Fingerprints, at: int, own: Numbers, words: Words) -> Comparison:
    """The text laid beside one known text."""
    its = Numbers(known.signature(at), known.trace(at), known.known[at].words)
    return residual.compare(known.known[at], its, own, words)


def _numbers(shingles: list[int], words: Words) -> Numbers:
    """What a text is laid beside known ones with."""
    blocks, trace = list(map(index.signature, shingles)), list(map(index.trace, shingles))
    return Numbers(blocks, trace, len(words), words.prefix)


def _is_held(one: Comparison) -> bool:
    """Whether a text holds most of a known one, or is hardly more than a part of it."""
    part = one.of_known >= _PART_KNOWN and one.of_text >= _PART_TEXT and one.shared >= _PART_WORDS
    return one.of_known >= _MODIFIED or part

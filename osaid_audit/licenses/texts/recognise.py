"""From a text to the known texts it is made of, or to the known text it comes nearest to."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from osaid_audit.licenses.clauses import MAX_TEXT
from osaid_audit.licenses.texts import hashing, index, match, residual, store
from osaid_audit.licenses.texts.residual import Comparison
from osaid_audit.licenses.texts.words import Words, is_parted

_COMPARED = 12_000
"""Words of known texts that a text is laid beside, at least one text of any length."""
_NEAR_KNOWN, _NEAR_TEXT = 0.97, 0.9
_MODIFIED = 0.5


class Modified(NamedTuple):
    """A text that holds most of a known one."""

    match: Literal["near", "modified"]
    text: Words
    comparison: Comparison


class Found(NamedTuple):
    """What a text was found to be: exact parts, else the known text it comes from, else neither."""

    parts: tuple[match.Part, ...] = ()
    modified: Modified | None = None


def recognise(text: str) -> Found:
    """Look a text up. A text of more than 300 kB is read up to there, and is never exact."""
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
    likely = [at for at, hits in among.items() if index.may_be_half(known.known[at].words, hits)]
    own = list(map(index.signature, shingles)) if likely else []
    best: Comparison | None = None
    budget = _COMPARED
    for at in likely:
        if best is not None and budget <= 0:
            break
        budget -= known.known[at].words
        one = residual.compare(known.known[at], known.signature(at), own, len(words))
        if best is None or _score(one) > _score(best):
            best = one
        if _is_near(best):
            break
    if best is None or best.of_known < _MODIFIED:
        return None
    return Modified("near" if _is_near(best) else "modified", words, best)


def _score(one: Comparison) -> tuple[float, str]:
    return one.of_known + one.of_text, one.known.id


def _is_near(one: Comparison) -> bool:
    return one.of_known >= _NEAR_KNOWN and one.of_text >= _NEAR_TEXT

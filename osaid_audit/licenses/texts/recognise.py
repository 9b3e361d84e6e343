"""From a text to the known texts it is made of, or to the known text it comes nearest to."""

from typing import Literal, NamedTuple

from osaid_audit.licenses.clauses import MAX_TEXT
from osaid_audit.licenses.texts import hashing, index, match, residual, store
from osaid_audit.licenses.texts.residual import Comparison
from osaid_audit.licenses.texts.words import Words

_COMPARED = 4
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
    shingles = hashing.shingles(words.prefix)
    among = index.candidates(known, shingles)
    if len(text) <= MAX_TEXT:
        parts = match.exact(known, words, among) or _loosely(known, text, words, among)
        if parts:
            return Found(parts)
    return Found(modified=_nearest(known, words, shingles, among))


def _loosely(
    known: store.Fingerprints, text: str, words: Words, among: list[int]
) -> tuple[match.Part, ...]:
    """The same with the other reading of list markers, when it differs at all."""
    loose = Words(text, loose=True)
    return match.exact(known, loose, among) if len(loose) != len(words) else ()


def _nearest(
    known: store.Fingerprints, words: Words, shingles: list[int], among: list[int]
) -> Modified | None:
    own = list(map(index.signature, shingles))
    compared = [
        residual.compare(known.known[at], known.signature(at), own, len(words)) for at in among[:_COMPARED]
    ]
    best = max(compared, key=lambda each: (each.of_known + each.of_text, each.known.id), default=None)
    if best is None or best.of_known < _MODIFIED:
        return None
    near = best.of_known >= _NEAR_KNOWN and best.of_text >= _NEAR_TEXT
    return Modified("near" if near else "modified", words, best)

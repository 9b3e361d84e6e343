"""Which known texts might this one be? A sampled index of five-word windows answers in little time."""

from collections import Counter

from osaid_audit.licenses.texts.store import Fingerprints

SAMPLED = 7
"""A window is in the index when these bits of its hash are nought: one in eight."""
MAX_OWNERS = 60
"""Windows that more texts than this have in common say too little; the builder leaves them out."""
_BEST, _SHARES = 8, 24


def key(shingle: int) -> int:
    """The 32 bits of a window's hash that the index holds."""
    return (shingle >> 24) & 0xFFFFFFFF


def signature(shingle: int) -> int:
    """The 16 bits of a hash of five words that a signature holds."""
    return (shingle >> 8) & 0xFFFF


def trace(shingle: int) -> int:
    """The 4 bits of a hash of five words that a trace holds."""
    return (shingle >> 56) & 15


def candidates(known: Fingerprints, shingles: list[int]) -> dict[int, int]:
    """Known texts that share windows with this one and how many, the likeliest first; a dozen or so."""
    keys, owners, first = known.keys, known.owners, known.first
    total = len(keys)
    hits: Counter[int] = Counter()
    for wanted in {(each >> 24) & 0xFFFFFFFF for each in shingles if not each & SAMPLED} & first.keys():
        at = first[wanted]
        while at < total and keys[at] == wanted:
            hits[owners[at]] += 1
            at += 1
    many = [owner for owner, _ in hits.most_common(_BEST)]
    share = sorted(hits, key=lambda owner: (-hits[owner] / max(3, known.known[owner].words), owner))[:_SHARES]
    both = dict.fromkeys([*many, *share])
    best = sorted(both, key=lambda owner: (-(hits[owner] ** 2) / max(3, known.known[owner].words), owner))
    return {owner: hits[owner] for owner in best}


def may_be_half(words: int, hits: int) -> bool:
    """Whether a known text of so many words may be there by half, going by the windows it shares."""
    return hits * (SAMPLED + 1) * _SLACK >= words or (words < _SHORT and hits > 1)


_SLACK = 6
"""Sampling is uneven: a sixth of the expected hits is still worth a look."""
_SHORT = 400
"""Words; of a shorter text two hits are worth a look, however few they are."""

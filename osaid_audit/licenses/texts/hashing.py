"""Hashes of runs of words: cheap ones to look up with, and one that cannot be forged to make sure.

A run is looked up by a polynomial over the hashes of its words, which prefix sums give for any run at
once. Such sums can be made to collide by design, so a hit is confirmed with a digest of the words.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

MODULUS = (1 << 61) - 1
BASE = 0x1F3D5B79A2C4E681 % MODULUS
SHINGLE = 5
"""Words of the runs that candidates are looked up with."""
_SHINGLE_POWER = pow(BASE, SHINGLE, MODULUS)
_MAX_REMEMBERED = 100_000


class WordHashes(dict[str, int]):
    """The hash of a word, the same for all its spellings; remembers the words seen."""

    def __init__(self, same: Mapping[str, str]) -> None:
        super().__init__()
        self._same = same

    def __missing__(self, word: str) -> int:
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        raw = hashlib.blake2b(self._same.get(word, word).encode("utf-8", "surrogatepass"), digest_size=8)
        self[word] = value = int.from_bytes(raw.digest(), "little") % MODULUS
        return value


@lru_cache(maxsize=8192)
def power(count: int) -> int:
    """BASE to the power of a run's length."""
    return pow(BASE, count, MODULUS)


def run(prefix: Sequence[int], start: int, count: int) -> int:
    """The hash of a run of words, from prefix hashes."""
    return (prefix[start + count] - prefix[start] * power(count)) % MODULUS


def shingles(prefix: list[int]) -> list[int]:
    """The hashes of all runs of five words, in order."""
    return [
        (last - first * _SHINGLE_POWER) % MODULUS
        for first, last in zip(prefix, prefix[SHINGLE:], strict=False)
    ]


def digest(normal: str) -> int:
    """A digest of 64 bits of normalised words."""
    return int.from_bytes(
        hashlib.blake2b(normal.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
    )

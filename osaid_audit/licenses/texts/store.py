"""The data file of fingerprints: what it holds and how it is read.

`fingerprints.json` has ids, variants, dates, sources and automata; `fingerprints.bin` the numbers: hashes
of runs, 16 bits of every block of five words, 4 bits of every window of five words, and a sampled index.
There is no text in them, and no dictionary gives it back: of a block of five words whose neighbours are
known it leaves thousands of millions of wordings. Who can guess the words can confirm them, as with any
hash; docs/decisions/0006-license-texts.md has the figures.
"""

import json
import sys
from array import array
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, starmap
from typing import Any, NamedTuple

from osaid_audit import resources
from osaid_audit.errors import RuleFileError
from osaid_audit.licenses.texts.hashing import SHINGLE
from osaid_audit.licenses.texts.template import Automaton, Run

HEAD = "fingerprints.json"
BODY = "fingerprints.bin"
FORMAT = 4
ARRAYS = (
    ("count", "I"),
    ("hash", "Q"),
    ("digest", "Q"),
    ("signature", "H"),
    ("trace", "B"),
    ("key", "I"),
    ("owner", "H"),
)
"""The arrays of the body, in order: three of runs, then signatures, traces and the index."""


A_NAME = -1
"""In place of a count of words: a name."""


class Piece(NamedTuple):
    """Other words, few words between two options, or A_NAME, and their place in the known text."""

    begin: int
    end: int
    words: int
    hash: int


class Known(NamedTuple):
    """One known text of a license.

    id         in the license table; `same` are other ids that the very same words have
    words      of the plain rendering that the signature is of
    optional   places in it, begin and end, that a text may leave out
    slots      the words before which a name may stand
    pieces     other wordings of places, and stretches too short for a block
    automata   the ways the text may be written; any of them is enough
    signature, trace  where its numbers begin
    blocks     how many blocks it has
    """

    id: str
    same: tuple[str, ...]
    variant: str
    source: str
    words: int
    optional: tuple[tuple[int, int], ...]
    slots: tuple[int, ...]
    pieces: tuple[Piece, ...]
    signature: int
    trace: int
    blocks: int
    automata: tuple[Automaton, ...]

    def starts(self) -> list[int]:
        """Where its blocks begin."""
        edges = (*self.optional, *((piece.begin, piece.end) for piece in self.pieces))
        return block_starts(self.words, edges, self.slots)


def stretches(
    words: int, optional: tuple[tuple[int, int], ...] = (), slots: tuple[int, ...] = ()
) -> list[tuple[int, int]]:
    """The stretches of a text between the edges of what may be left out or filled in."""
    return list(pairwise(sorted({0, words, *slots, *(edge for place in optional for edge in place)})))


def block_starts(
    words: int, optional: tuple[tuple[int, int], ...] = (), slots: tuple[int, ...] = ()
) -> list[int]:
    """Where the blocks of a text of so many words begin.

    They begin anew where a part that may be left out begins or ends and where a name may stand, so that
    its absence costs no block beside it; the last block of a stretch may overlap the one before.
    """
    starts: list[int] = []
    for begin, end in stretches(words, optional, slots):
        starts += range(begin, end - SHINGLE + 1, SHINGLE)
        if end - begin >= SHINGLE and (end - begin) % SHINGLE:
            starts.append(end - SHINGLE)
    return starts


class Fingerprints(NamedTuple):
    """Everything that is known, and the sampled index into it.

    `keys` are sorted and `owners` go with them; `first` is the place of a key's first owner. `whole` tells
    by the hash of all the words of a text whose text it may be.
    """

    known: tuple[Known, ...]
    runs: tuple[Run, ...]
    signatures: "array[int]"
    traces: "array[int]"
    keys: "array[int]"
    owners: "array[int]"
    first: dict[int, int]
    whole: dict[int, tuple[int, ...]]
    date: str
    spdx_list: str

    def signature(self, at: int) -> "array[int]":
        """The signature of a known text, one number per block of five words; see `block_starts`."""
        known = self.known[at]
        return self.signatures[known.signature : known.signature + known.blocks]

    def trace(self, at: int) -> list[int]:
        """Four bits of each window of five words of a known text, at every word."""
        known = self.known[at]
        packed = self.traces[known.trace : known.trace + traced(known.words)]
        return [half for both in packed for half in (both & 15, both >> 4)][: windows(known.words)]


def windows(words: int) -> int:
    """How many windows of five words a text of so many words has."""
    return max(0, words - SHINGLE + 1)


def traced(words: int) -> int:
    """How many bytes the trace of a text of so many words takes."""
    return (windows(words) + 1) // 2


@cache
def load() -> Fingerprints:
    """The shipped fingerprints. Raises RuleFileError when the files are wrong."""
    folder = resources.data("rules") / "licenses"
    try:
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        return parse(head, (folder / BODY).read_bytes())
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise RuleFileError(HEAD, f"not a list of fingerprints: {error}") from error


def parse(head: dict[str, Any], body: bytes) -> Fingerprints:
    """The fingerprints in a head and a body that belong together."""
    if head["format"] != FORMAT:
        raise ValueError(f"format {head['format']} instead of {FORMAT}")
    parts = dict(_arrays(head["lengths"], body))
    sources, signature, trace = head["sources"], 0, 0
    known: list[Known] = []
    for ids, variant, source, *rest, automata in head["known"]:
        ways = tuple(map(_automaton, automata))
        one = _known((tuple(ids), variant, sources[source]), rest, (signature, trace), ways)
        known.append(one)
        signature += one.blocks
        trace += traced(one.words)
    runs = tuple(starmap(Run, zip(parts["count"], parts["hash"], parts["digest"], strict=True)))
    keys = parts["key"]
    first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
    return Fingerprints(
        tuple(known),
        runs,
        parts["signature"],
        parts["trace"],
        keys,
        parts["owner"],
        first,
        _whole(known, runs),
        head["date"],
        head["spdx_list"],
    )


def _known(
    named: tuple[tuple[str, ...], str, str],
    shape: list[Any],
    at: tuple[int, int],
    ways: tuple[Automaton, ...],
) -> Known:
    words, optional, slots, pieces, blocks = shape
    places = tuple((begin, end) for begin, end in optional)
    others = tuple(starmap(Piece, pieces))
    ids, variant, source = named
    return Known(ids[0], ids, variant, source, words, places, tuple(slots), others, *at, blocks, ways)


def _whole(known: list[Known], runs: tuple[Run, ...]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for owner, each in enumerate(known):
        for automaton in each.automata:
            if len(automaton.nodes) == 2 and len(automaton.nodes[0]) == 1:  # noqa: PLR2004 - one edge, and the end
                run = runs[automaton.nodes[0][0][0]]
                found[run.sum] = (*found.get(run.sum, ()), owner)
    return found


def _automaton(flat: Any) -> Automaton:
    """A bare number is a single run; else per node its edges, one number after the other."""
    if isinstance(flat, int):
        return Automaton((((flat, 1),), ()))
    return Automaton((*(tuple(zip(node[::2], node[1::2], strict=True)) for node in flat), ()))


def _arrays(lengths: dict[str, int], body: bytes) -> Iterator[tuple[str, "array[int]"]]:
    at = 0
    for name, code in ARRAYS:
        values: array[int] = array(code)
        size = lengths[name] * values.itemsize
        values.frombytes(body[at : at + size])
        if len(values) != lengths[name]:
            raise ValueError(f"{BODY} is too short")
        if sys.byteorder == "big":
            values.byteswap()
        at += size
        yield name, values

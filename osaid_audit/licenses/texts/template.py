"""A template as a small automaton whose edges are digests of runs of words.

Optional parts, finite alternatives and the places for a name become branches. A run that ends at a branch
holds at least a dozen words wherever the template allows it, so that no dictionary gives it back.
"""

from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.licenses.texts import hashing, slots
from osaid_audit.licenses.texts.words import Words

SLOT = -1
"""In place of a run: a name, or a closed phrase that stands for one."""
NOTHING = -2
"""In place of a run: no word at all."""

Edge = tuple[int, int]
"""A run (or SLOT, NOTHING) and the node it leads to."""


class Run(NamedTuple):
    """A run of words: how many, their hash to find it and their digest to make sure."""

    words: int
    sum: int
    digest: int


class Automaton(NamedTuple):
    """Edges by node; the last node is the end."""

    nodes: tuple[tuple[Edge, ...], ...]


class Walker:
    """Walks one automaton over one text; remembers the places where it has been."""

    def __init__(self, automaton: Automaton, runs: "RunTable", text: Words) -> None:
        self._nodes = automaton.nodes
        self._runs = runs
        self._text = text

    def ends(self, start: int) -> list[int]:
        """Where the template can end when it begins at word `start`, the farthest first."""
        last = len(self._nodes) - 1
        seen: set[tuple[int, int]] = set()
        found: set[int] = set()
        todo = [(0, start)]
        while todo:
            state = todo.pop()
            if state in seen:
                continue
            seen.add(state)
            node, at = state
            if node == last:
                found.add(at)
                continue
            todo.extend(self._next(node, at))
        return sorted(found, reverse=True)

    def _next(self, node: int, at: int) -> Iterator[tuple[int, int]]:
        for arg, target in self._nodes[node]:
            if arg >= 0:
                end = at + self._runs[arg].words
                if self._matches(self._runs[arg], at):
                    yield target, end
            elif arg == NOTHING:
                yield target, at
            else:
                yield from self._slot(target, at)

    def _slot(self, target: int, at: int) -> Iterator[tuple[int, int]]:
        """The lengths of a name after which the template goes on; the name itself is looked at last."""
        for end in range(at + 1, min(at + slots.MAX_WORDS, len(self._text)) + 1):
            if self._goes_on(target, end) and slots.fits(self._text, at, end):
                yield target, end

    def _goes_on(self, node: int, at: int) -> bool:
        edges = self._nodes[node]
        return not edges or any(arg < 0 or self._matches(self._runs[arg], at) for arg, _ in edges)

    def _matches(self, run: Run, at: int) -> bool:
        text = self._text
        if at + run.words > len(text) or hashing.run(text.prefix, at, run.words) != run.sum:
            return False
        return hashing.digest(text.normal(at, at + run.words)) == run.digest


RunTable = tuple[Run, ...] | list[Run]

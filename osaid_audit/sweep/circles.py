"""Circles in a graph of millions: models that stem from each other, found in one walk without recursion."""

from collections.abc import Iterator, Sequence
from typing import Protocol


class Edges(Protocol):
    """For each number the numbers it leads to."""

    def __getitem__(self, at: int) -> Sequence[int]: ...


def circles(start: Sequence[int], edges: Edges) -> Iterator[list[int]]:
    """The groups of numbers that lead to each other, one alone being a group; what it leads to comes before.

    Only numbers of `start` are looked at. Tarjan's algorithm with a stack of its own, each edge once.
    """
    inside = set(start)
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    open_: list[int] = []
    on: set[int] = set()
    for first in start:
        if first in order:
            continue
        walk: list[tuple[int, Iterator[int]]] = []
        _enter(first, order, low, open_, on)
        walk.append((first, iter(edges[first])))
        while walk:
            at, ahead = walk[-1]
            following = next((each for each in ahead if each in inside), None)
            if following is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[at])
                if low[at] == order[at]:
                    yield _group(at, open_, on)
            elif following not in order:
                _enter(following, order, low, open_, on)
                walk.append((following, iter(edges[following])))
            elif following in on:
                low[at] = min(low[at], order[following])


def _enter(at: int, order: dict[int, int], low: dict[int, int], open_: list[int], on: set[int]) -> None:
    order[at] = low[at] = len(order)
    open_.append(at)
    on.add(at)


def _group(root: int, open_: list[int], on: set[int]) -> list[int]:
    members = []
    while True:
        at = open_.pop()
        on.discard(at)
        members.append(at)
        if at == root:
            return members

"""From a tree to an automaton whose edges are runs of words."""

from collections import defaultdict

from osaid_audit.licenses.texts.template import NOTHING
from osaid_audit.licenses.texts.template import SLOT as SLOT_EDGE
from tools.fingerprints.tree import Node

_LONG = (12, 18, 25, 8, 35, 50, 80, 120, 6)
"""A run may end at a branch once it has this many words; tried in turn until no short run is left over."""
_SHORTEST = 5
"""Shorter runs are not kept, nor the ways that need them."""
_MAX_RUNS = 900


class TooManyError(Exception):
    """The template has more wordings than are worth keeping, or only such as hang on very short runs."""


class _Net:
    """Words as edges between numbered places; None is an edge of no word, SLOT_EDGE one for a name."""

    def __init__(self) -> None:
        self.edges: dict[int, list[tuple[object, int]]] = defaultdict(list)
        self.into: dict[int, int] = defaultdict(int)
        self.size = 1
        self.near: dict[int, int] = {}

    def new(self) -> int:
        self.size += 1
        return self.size - 1

    def edge(self, start: int, label: object, end: int) -> None:
        self.edges[start].append((label, end))
        self.into[end] += 1

    def ahead(self, place: int, end: int) -> int:
        """The fewest words from a place to a name or the end: a run cut here leaves one as short as that."""
        if place not in self.near:
            if place == end:
                self.near[place] = 0
            else:
                self.near[place] = min(
                    0 if label == SLOT_EDGE else min(99, self.ahead(to, end) + (label is not None))
                    for label, to in self.edges[place]
                )
        return self.near[place]

    def add(self, part, start: int) -> int:
        if isinstance(part, str) or part.kind == "slot":
            end = self.new()
            self.edge(start, part if isinstance(part, str) else SLOT_EDGE, end)
            return end
        if part.kind == "seq":
            return self.sequence(part.parts, start)
        end = self.new()
        if part.kind == "opt":
            self.edge(self.sequence(part.parts, start), None, end)
            self.edge(start, None, end)
            return end
        for choice in part.parts:
            self.edge(self.sequence(choice.parts, start), None, end)
        return end

    def sequence(self, parts, start: int) -> int:
        for part in parts:
            start = self.add(part, start)
        return start


def compile_tree(tree: Node) -> list[list[tuple[object, int]]]:
    """Per node its edges: a tuple of words, SLOT or NOTHING, and the node they lead to; the end is last."""
    net = _Net()
    end = net.add(tree, 0)
    for place in range(net.size - 1, -1, -200):  # in steps, lest a long text go too deep
        net.ahead(place, end)
    best: tuple[int, dict, dict] | None = None
    for long in _LONG:
        try:
            places, edges = _edges(net, end, long)
        except TooManyError:
            continue
        kept = _without_short(edges, end)
        lost = sum(map(len, edges.values())) - sum(map(len, kept.values()))
        if 0 in kept and (best is None or lost < best[0]):
            best = (lost, places, kept)
        if best is not None and not best[0]:
            break
    if best is None:
        raise TooManyError
    _, places, kept = best
    order = sorted(
        (place for place in places if place in kept or place == end),
        key=lambda each: (each == end, places[each]),
    )
    number = {place: at for at, place in enumerate(order)}
    return [[(label, number[target]) for label, target in kept[place]] for place in order if place != end]


def _edges(net: _Net, end: int, long: int):
    places, todo, edges = {0: 0}, [0], {}
    total = 0
    while todo:
        place = todo.pop()
        if place == end:
            continue
        edges[place] = sorted(set(_runs(net, place, end, long)), key=lambda each: (str(each[0]), each[1]))
        total += len(edges[place])
        if total > _MAX_RUNS:
            raise TooManyError
        for _, target in edges[place]:
            if target not in places:
                places[target] = len(places)
                todo.append(target)
    return places, edges


def _without_short(edges, end: int):
    """The ways through that need no run so short that a dictionary would give it back."""
    kept = {
        place: [(label, to) for label, to in own if isinstance(label, int) or len(label) >= _SHORTEST]
        for place, own in edges.items()
    }
    while True:
        open_ = {
            place: [each for each in own if each[1] in kept or each[1] == end] for place, own in kept.items()
        }
        open_ = {place: own for place, own in open_.items() if own}
        if open_ == kept:
            return kept
        kept = open_


def _runs(net: _Net, start: int, end: int, long: int):
    todo = [(start, ())]
    count = 0
    while todo:
        place, words = todo.pop()
        count += 1
        if count > 20_000:
            raise TooManyError
        branch = (len(net.edges[place]) > 1 or net.into[place] > 1) and net.ahead(place, end) >= _SHORTEST
        slot = any(label == SLOT_EDGE for label, _ in net.edges[place])
        if place == end or (place != start and ((branch and len(words) >= long) or (slot and words))):
            yield (words or NOTHING), place
            continue
        for label, target in net.edges[place]:
            if label == SLOT_EDGE:
                yield (SLOT_EDGE, target) if place == start else (NOTHING, place)
            else:
                todo.append((target, words if label is None else (*words, label)))

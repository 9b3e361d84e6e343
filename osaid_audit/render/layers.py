"""A small layered drawing of a graph that grows from one root: who stands in which column, and how high.

The steps of Sugiyama and others (1981), each in its simplest form: longest paths give the columns, an edge
over several columns gets a place to pass through in each, barycentres give the order, and a least-squares fit
under that order (isotonic regression, pool adjacent violators) gives the heights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean

Edge = tuple[int, int]
_SWEEPS = 4


@dataclass(frozen=True)
class Drawn:
    """Where everything stands.

    columns  of each node, 0 for the root
    heights  of each node's middle, in the units of the sizes given
    ways     of each edge: the heights at which it passes the columns between its ends
    bottom   the lowest edge of all nodes; the highest is at 0
    """

    columns: tuple[int, ...]
    heights: tuple[float, ...]
    ways: Mapping[Edge, tuple[float, ...]]
    bottom: float


@dataclass
class _Slots:
    """Every node and every place where an edge passes a column, by number: nodes first."""

    column: list[int]
    size: list[float]
    right: dict[int, list[int]] = field(default_factory=dict)
    left: dict[int, list[int]] = field(default_factory=dict)

    def add(self, column: int, size: float) -> int:
        self.column.append(column)
        self.size.append(size)
        return len(self.column) - 1

    def join(self, one: int, other: int) -> None:
        self.right.setdefault(one, []).append(other)
        self.left.setdefault(other, []).append(one)


def draw(count: int, edges: Sequence[Edge], size: float, passing: float) -> Drawn:
    """`count` nodes, 0 the root; an edge leads away from the root.

    Each node takes `size` of its column, an edge that passes by `passing`. An edge that would close a circle
    counts for the columns of neither end; `ways` has it without any column to pass.
    """
    forward = _forward(count, edges)
    columns = _columns(count, forward)
    slots = _Slots(list(columns), [size] * count)
    through = {edge: _passages(slots, edge, passing) for edge in forward}
    order = _order(slots)
    height = _heights(slots, order)
    top = min(height[each] - slots.size[each] / 2 for each in range(len(height)))
    moved = [value - top for value in height]
    return Drawn(
        columns,
        tuple(moved[:count]),
        {edge: tuple(moved[slot] for slot in through.get(edge, ())) for edge in edges},
        max(value + slots.size[each] / 2 for each, value in enumerate(moved)),
    )


def _forward(count: int, edges: Sequence[Edge]) -> list[Edge]:
    """The edges without those that lead back to where one came from."""
    after: dict[int, list[int]] = {}
    for one, other in dict.fromkeys(edges):
        after.setdefault(one, []).append(other)
    kept: list[Edge] = []
    state = [0] * count  # 0 not seen, 1 on the way, 2 done
    stack = [(node, iter(after.get(node, ()))) for node in reversed(range(count))]
    while stack:
        node, rest = stack[-1]
        state[node] = max(state[node], 1)
        step = next(rest, None) if state[node] == 1 else None
        if step is None:
            state[node] = 2
            stack.pop()
        elif state[step] != 1:
            kept.append((node, step))
            if state[step] == 0:
                stack.append((step, iter(after.get(step, ()))))
    return kept


def _columns(count: int, forward: Sequence[Edge]) -> tuple[int, ...]:
    columns = [0] * count
    for _ in range(count):
        for one, other in forward:
            columns[other] = max(columns[other], columns[one] + 1)
    return tuple(columns)


def _passages(slots: _Slots, edge: Edge, passing: float) -> list[int]:
    one, other = edge
    between = [slots.add(column, passing) for column in range(slots.column[one] + 1, slots.column[other])]
    for before, after in zip([one, *between], [*between, other], strict=True):
        slots.join(before, after)
    return between


def _order(slots: _Slots) -> list[list[int]]:
    """The slots of each column from the top down, near their neighbours."""
    columns: list[list[int]] = [[] for _ in range(max(slots.column, default=0) + 1)]
    for slot, column in enumerate(slots.column):
        columns[column].append(slot)
    for _ in range(_SWEEPS):
        for left, right in pairwise(columns):
            _sort(right, left, slots.left)
        for right, left in pairwise(reversed(columns)):
            _sort(left, right, slots.right)
    return columns


def _sort(column: list[int], other: list[int], neighbours: Mapping[int, list[int]]) -> None:
    place = {slot: at for at, slot in enumerate(other)}
    own = {slot: at for at, slot in enumerate(column)}

    def wanted(slot: int) -> float:
        near = neighbours.get(slot)
        return fmean(place[each] for each in near) if near else own[slot]

    column.sort(key=wanted)


def _heights(slots: _Slots, order: list[list[int]]) -> list[float]:
    """Stacks the fullest column, then brings each next one as near to its neighbours as its order allows."""
    height = [0.0] * len(slots.column)
    sums = [sum(slots.size[slot] for slot in column) for column in order]
    fullest = sums.index(max(sums))
    _place(slots, order[fullest], height, [0.0] * len(order[fullest]))
    for at in range(fullest + 1, len(order)):
        _place(slots, order[at], height, _wanted(order[at], slots.left, height))
    for at in range(fullest - 1, -1, -1):
        _place(slots, order[at], height, _wanted(order[at], slots.right, height))
    return height


def _wanted(column: list[int], neighbours: Mapping[int, list[int]], height: list[float]) -> list[float]:
    near = [neighbours.get(slot, []) for slot in column]
    known = [height[each] for group in near for each in group]
    middle = fmean(known) if known else 0.0
    return [fmean(height[each] for each in group) if group else middle for group in near]


def _place(slots: _Slots, column: list[int], height: list[float], wanted: list[float]) -> None:
    starts, at = [], 0.0
    for slot in column:
        starts.append(at + slots.size[slot] / 2)
        at += slots.size[slot]
    fitted = _rising([want - start for want, start in zip(wanted, starts, strict=True)])
    for slot, start, shift in zip(column, starts, fitted, strict=True):
        height[slot] = start + shift


def _rising(values: Sequence[float]) -> list[float]:
    """The nondecreasing sequence nearest to the values."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pool = (value, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, many = pools.pop()
            pool = ((mean * many + pool[0] * pool[1]) / (many + pool[1]), many + pool[1])
        pools.append(pool)
    return [mean for mean, many in pools for _ in range(many)]

"""What models inherit from bases that are rows of the same dump: one pass over all shards together.

Every model is a number and what it passes on is a mask of bits, so that millions fit: a worklist goes from
the bases to what was made of them, each edge once; circles are found apart. What joins here only adds doubt
or restriction: a base that the dump lacks, or that leads back to itself, leaves the lineage undecided.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from operator import sub
from typing import TYPE_CHECKING, Any

from osaid_audit.sweep.circles import circles
from osaid_audit.sweep.masks import DOUBT, HINTS, NO_LAYER, OWN_DOUBT, PASSED, handed_on, masks_of, one

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    *("key", "bases", "base_unread", "leads", "lead_names", "converts", "names_data"),
    *("own_class", "own_breaks", "own_license"),
)
"""The columns of `own` that `Lineage.add` reads."""
_WALK, _WALKS = 64, 10_000_000
"""Models behind one that are looked at for a hinted name, and in all; beyond, the hint stands (a doubt)."""


class Lineage:
    """Shards in, in any order; then, once, what every model with declared bases inherits."""

    def __init__(self) -> None:
        self._keys: list[Any] = []
        self._masks: list[Any] = []
        self._children: list[Any] = []
        self._bases: list[Any] = []
        self._hinting: list[tuple[str, list[str]]] = []

    def add(self, own: "pa.Table") -> None:
        """The facts of one shard, at least `COLUMNS` of them."""
        import pyarrow.compute as pc  # noqa: PLC0415 - an extra

        table = own.select(COLUMNS).combine_chunks()
        keys = one(table["key"])
        self._keys.append(keys)
        self._masks.append(masks_of(table))
        bases = one(table["bases"])
        self._children.append(keys.take(pc.list_parent_indices(bases)))
        self._bases.append(pc.list_flatten(bases))
        names = one(table["lead_names"])
        hinting = pc.greater(pc.fill_null(pc.list_value_length(names), 0), 0)
        self._hinting += zip(keys.filter(hinting).to_pylist(), names.filter(hinting).to_pylist(), strict=True)

    def inherited(self) -> "pa.Table":
        """The table `inherited`: `key`, once each, and the facts that the bases add. Asked once.

        A model that declares bases has a row. Of several rows of the dump under one key all count.
        """
        import pyarrow as pa  # noqa: PLC0415 - an extra

        count = sum(map(len, self._bases))
        if not count:
            return handed_on(pa.array([], pa.string()), pa.array([], pa.uint32()), pa.array([], pa.uint32()))
        texts = pa.chunked_array([*self._bases, *self._children], pa.string())
        self._bases, self._children = [], []
        encoded = texts.dictionary_encode()
        names, ids = encoded.chunk(0).dictionary, array("i")
        for each in encoded.chunks:
            ids.extend(_ints(each.indices))
        del texts, encoded
        graph = _Graph(len(names), ids[:count], ids[count:])
        self._fill(graph, names)
        graph.spread()
        graph.settle_hints()
        derived = pa.array(array("i", graph.derived()), pa.int32())
        own, above = pa.array(graph.own, pa.uint32()), pa.array(graph.above, pa.uint32())
        return handed_on(names.take(derived), own.take(derived), above.take(derived))

    def _fill(self, graph: "_Graph", names: Any) -> None:
        """Give every model of the graph that is in the dump its own mask."""
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.compute as pc  # noqa: PLC0415 - an extra

        places = one(pc.index_in(pa.chunked_array(self._keys), value_set=names))
        known = pc.is_valid(places)
        masks = one(pa.chunked_array(self._masks))
        self._keys, self._masks = [], []
        graph.know(_ints(places.filter(known)), _ints(masks.filter(known)))
        keys = [key for key, _ in self._hinting]
        hinted = [name for _, each in self._hinting for name in each]
        place = dict(zip((*keys, *hinted), _places((*keys, *hinted), names), strict=True))
        for key, each in self._hinting:
            at = place[key]
            if at is not None:
                graph.hint(at, [place[name] for name in each])


class _Graph:
    """Models by number, whom each declares, its own mask, and what stands above it."""

    def __init__(self, size: int, bases: "array[int]", children: "array[int]") -> None:
        self.size = size
        self.own = array("I", bytes(4 * size))
        self.above = array("I", bytes(4 * size))
        self._present = bytearray(size)
        self._hints: dict[int, list[int | None]] = {}
        self._up = _Rows(size, children, bases)
        self._down = _Rows(size, bases, children)

    def derived(self) -> Iterator[int]:
        """The models that declare a base."""
        return (at for at, count in enumerate(self._up.counts()) if count)

    def know(self, places: Iterable[int], masks: Iterable[int]) -> None:
        """These models are in the dump; where one is there twice, the doubts of both count."""
        own, present = self.own, self._present
        for at, mask in zip(places, masks, strict=True):
            own[at] |= mask
            present[at] = 1

    def hint(self, at: int, names: list[int | None]) -> None:
        """A model hints at undeclared bases; None is one that nobody in the whole dump declares."""
        self._hints.setdefault(at, []).extend(names)
        self.own[at] |= HINTS if None not in names else HINTS | DOUBT | OWN_DOUBT

    def spread(self) -> None:
        """Bring everything from the bases to what was made of them; each edge is looked at once."""
        waiting, handing = array("i", self._up.counts()), bytes(map(bool, self._down.counts()))
        ready = array("i", (at for at, count in enumerate(waiting) if not count and handing[at]))
        above, down = self.above, self._down
        while ready:
            base = ready.pop()
            seen = self._seen(base)
            for child in down[base]:
                above[child] |= seen
                waiting[child] -= 1
                if not waiting[child] and handing[child]:
                    ready.append(child)
        self._spread_circles([at for at in range(self.size) if waiting[at] > 0])

    def settle_hints(self) -> None:
        """A hinted base is a doubt unless somebody on the way declares it: then it is judged anyway."""
        left = _WALKS
        for at in range(self.size):
            told = (self.own[at] | self.above[at]) & HINTS
            if told and self._up[at] and not self._is_undecided(at):
                behind = self._behind(at) if left > 0 else None
                left -= _WALK
                if behind is None or not self._all_declared((at, *behind), behind):
                    self.above[at] |= DOUBT

    def _seen(self, base: int) -> int:
        """What a model made from this one has of it."""
        return (self.own[base] | self.above[base]) & PASSED if self._present[base] else DOUBT | NO_LAYER

    def _is_undecided(self, at: int) -> bool:
        return bool(self.above[at] & DOUBT or self.own[at] & OWN_DOUBT)

    def _behind(self, start: int) -> frozenset[int] | None:
        """The models behind one; None when there are too many."""
        seen, waiting = {start}, [start]
        while waiting:
            for base in self._up[waiting.pop()]:
                if base not in seen:
                    seen.add(base)
                    waiting.append(base)
            if len(seen) > _WALK:
                return None
        return frozenset(seen - {start})

    def _all_declared(self, models: Iterable[int], behind: frozenset[int]) -> bool:
        return all(name in behind for at in models for name in self._hints.get(at, ()))

    def _spread_circles(self, left: Sequence[int]) -> None:
        """Circles, and what was made from models on them, the bases first."""
        for members in circles(left, self._up):
            ring = set(members)
            for at in members:
                for base in self._up[at]:
                    if base not in ring:
                        self.above[at] |= self._seen(base)
            if len(ring) > 1:
                self._close(members)

    def _close(self, members: Sequence[int]) -> None:
        """All on one circle stem from each other; none stems from itself."""
        outer = once = twice = 0
        for at in members:
            mask = self.own[at] & PASSED
            outer |= self.above[at]
            twice |= once & mask
            once |= mask
        for at in members:
            others = twice | (once & ~self.own[at])
            self.above[at] = outer | others | DOUBT | NO_LAYER


class _Rows:
    """For each number a row of numbers, as two flat arrays."""

    def __init__(self, size: int, of: "array[int]", values: "array[int]") -> None:
        self._ends = array("i", bytes(4 * (size + 1)))
        self._values = array("i", bytes(4 * len(values)))
        for at in of:
            self._ends[at + 1] += 1
        self._ends = array("i", accumulate(self._ends))
        place = array("i", self._ends)
        for at, value in zip(of, values, strict=True):
            self._values[place[at]] = value
            place[at] += 1

    def __getitem__(self, at: int) -> Sequence[int]:
        return self._values[self._ends[at] : self._ends[at + 1]]

    def counts(self) -> Iterator[int]:
        """How long each row is."""
        return map(sub, islice(self._ends, 1, None), self._ends)


def _places(texts: Sequence[str], names: Any) -> list[int | None]:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.compute as pc  # noqa: PLC0415

    found: list[int | None] = pc.index_in(pa.array(texts, pa.string()), value_set=names).to_pylist()
    return found


def _ints(values: Any) -> "array[int]":
    """The numbers of an Arrow array of 32 bits without nulls, copied as they lie in memory."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    found = array("I" if values.type == pa.uint32() else "i")
    buffer = values.buffers()[1]
    if len(values):
        found.frombytes(memoryview(buffer)[4 * values.offset : 4 * (values.offset + len(values))])
    return found

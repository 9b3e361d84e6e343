"""The models and datasets behind a subject as a picture: boxes, edges with words on them, and where they go.

The picture says in short what the tables under it say in full; it is laid out here, so that the page needs
no script. All lengths are CSS pixels.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from osaid_audit.render.layers import Edge, draw
from osaid_audit.render.layout import columns_of
from osaid_audit.render.safe import plain
from osaid_audit.render.words import Words
from osaid_audit.schema.dossier import Dataset, Hop
from osaid_audit.schema.licenses import LicenseClass
from osaid_audit.schema.report import Report

_HEIGHT, _ROW, _PASSING, _MARGIN = 44, 56, 26, 4
_MOST_NODES = 60
_LEAST_HEAD = 6
"""Columns that the beginning of a cut name keeps at least."""
_MOST_COLUMNS = 6
_BROAD = 1.3
"""Columns of text that a capital, an m or a w takes in the widest of the usual fonts."""


@dataclass(frozen=True)
class _Sizes:
    """How wide a box is, the gap beside it, of that what the words take, and the columns of a name."""

    box: int
    gap: int
    tail: int
    name: int


_WIDE, _DENSE, _FEW = _Sizes(234, 124, 92, 26), _Sizes(194, 112, 86, 20), 3
"""Up to three wide columns stand beside each other on a page of the usual width."""

Shape = Literal["met", "not_met", "needs_review", "insufficient_evidence", "data", "subject"]
_SHAPES: dict[LicenseClass, Shape] = {"osi": "met", "open-not-osi": "needs_review"}
_SHAPES |= dict.fromkeys(
    ("noncommercial", "no-derivatives", "use-restricted", "threshold-restricted", "none"), "not_met"
)


@dataclass(frozen=True)
class Node:
    """One box: `name` shortened to fit, `full` whole, `word` its terms, `row` where the table has it."""

    name: str
    full: str
    word: str
    shape: Shape
    row: str
    x: int
    y: int
    hinted: bool = False


@dataclass(frozen=True)
class Line:
    """One edge: its path, the words on it and where they stand, and whether it carries a breach."""

    path: str
    word: str
    x: int
    y: int
    anchor: Literal["start", "end"]
    broken: bool
    hinted: bool


@dataclass(frozen=True)
class Graph:
    """The whole picture; `left_out` counts what stands in the tables only: models, datasets, second ways."""

    width: int
    height: int
    columns: int
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_out: int
    box: tuple[int, int]


@dataclass(frozen=True)
class _Box:
    full: str
    word: str
    shape: Shape
    row: str
    breaks: bool = False
    hinted: bool = False


class _Sketch:
    """Boxes and edges before they have a place: each model once, however many were made from it."""

    def __init__(self, report: Report, words: Words) -> None:
        self.words = words
        subject = plain(report.subject.canonical_id)
        self.boxes = [_Box(subject, words("graph.subject"), "subject", "title")]
        self.edges: dict[Edge, list[str]] = {}
        self.left_out = 0
        self._number: dict[str | None, int] = {None: 0}
        self._depth = [0]
        self._first: set[Edge] = set()
        for at, hop in enumerate(report.lineage, 1):
            self._hop(hop, f"b{at}")
        for at, dataset in enumerate(report.datasets, 1):
            self._dataset(dataset, f"d{at}")
        self.broken = self._broken()

    def narrow(self) -> None:
        """Keep of each model the way on which it was met first: second ways may make a row of all of them."""
        self.left_out += len(self.edges.keys() - self._first)
        self.edges = {edge: said for edge, said in self.edges.items() if edge in self._first}

    def _hop(self, hop: Hop, row: str) -> None:
        above = self._number.get(hop.via if hop.depth > 1 else None)
        number = self._number.get(hop.id)
        if above is None or (number is None and not self._room(above)):
            self.left_out += 1
            return
        if number is None:
            number = self._number[hop.id] = self._add(_model(hop, row, self.words), above)
        if number != above:
            self._join(above, number, self.words.name("edge", "hint" if hop.hint else hop.relation))

    def _dataset(self, dataset: Dataset, row: str) -> None:
        if not self._room(0):
            self.left_out += 1
            return
        number = self._add(_Box(plain(dataset.id), _data_word(dataset, self.words), "data", row), 0)
        self._join(0, number, self.words.name("dataset", dataset.role))

    def _room(self, above: int) -> bool:
        return len(self.boxes) < _MOST_NODES and self._depth[above] + 1 < _MOST_COLUMNS

    def _add(self, box: _Box, above: int) -> int:
        self.boxes.append(box)
        self._depth.append(self._depth[above] + 1)
        number = len(self.boxes) - 1
        self._first.add((above, number))
        return number

    def _join(self, above: int, number: int, word: str) -> None:
        said = self.edges.setdefault((above, number), [])
        if word not in said:
            said.append(word)

    def _broken(self) -> set[int]:
        """The boxes whose terms take a freedom, and those made from one."""
        found = {number for number, box in enumerate(self.boxes) if box.breaks}
        waiting = list(found)
        while waiting:
            number = waiting.pop()
            fresh = {one for one, other in self.edges if other == number} - found
            found |= fresh
            waiting += fresh
        return found


def _model(hop: Hop, row: str, words: Words) -> _Box:
    kind = "hinted" if hop.hint else hop.cls or ("unread" if hop.problem else "undecided")
    shape = _SHAPES.get(hop.cls, "insufficient_evidence") if hop.cls else "insufficient_evidence"
    breaks = bool(hop.breaks)
    return _Box(
        plain(hop.id),
        words.name("graph", kind),
        "not_met" if breaks else shape,
        row,
        breaks,
        hop.hint is not None,
    )


def _data_word(dataset: Dataset, words: Words) -> str:
    if dataset.cls:
        return words.name("graph", dataset.cls)
    return words("found.none" if dataset.found is None else f"found.{str(dataset.found).lower()}")


def graph(report: Report, words: Words) -> Graph | None:
    """The picture, or None when there is nothing behind the subject to draw."""
    sketch = _Sketch(report, words)
    if not sketch.edges:
        return None
    picture = _Picture(sketch)
    if picture.last >= _MOST_COLUMNS:
        sketch.narrow()
        picture = _Picture(sketch)
    return picture.graph


class _Picture:
    """A sketch with places: the subject at the right, what it was made from to its left."""

    def __init__(self, sketch: _Sketch) -> None:
        self.boxes, self.edges, self.left_out = sketch.boxes, sketch.edges, sketch.left_out
        self.broken = sketch.broken
        drawn = draw(len(self.boxes), list(self.edges), _ROW, _PASSING)
        self.columns, self.ways = drawn.columns, drawn.ways
        self.middles = [_middle(height) for height in drawn.heights]
        self.last = max(drawn.columns)
        self.sizes = _WIDE if self.last < _FEW else _DENSE
        self.bottom = round(drawn.bottom)

    @property
    def graph(self) -> Graph:
        """Everything, ready to be written."""
        return Graph(
            self._left(-1) - self.sizes.gap + _MARGIN,
            2 * _MARGIN + self.bottom - (_ROW - _HEIGHT),
            self.last + 1,
            tuple(map(self._node, range(len(self.boxes)))),
            tuple(map(self._line, self.edges)),
            self.left_out,
            (self.sizes.box, _HEIGHT),
        )

    def _node(self, number: int) -> Node:
        box = self.boxes[number]
        x, y = self._left(self.columns[number]), self.middles[number] - _HEIGHT // 2
        name = short(box.full, self.sizes.name)
        return Node(name, box.full, box.word, box.shape, box.row, x, y, box.hinted)

    def _left(self, column: int) -> int:
        return _MARGIN + (self.last - column) * (self.sizes.box + self.sizes.gap)

    def _line(self, edge: Edge) -> Line:
        one, other = edge
        near = self._near(edge)
        start, end = self._port(edge, 0, apart=near), self._port(edge, 1, apart=not near)
        left = self._left(self.columns[one if near else other])
        return Line(
            self._path(edge, start, end, near=near),
            ", ".join(self.edges[edge]),
            left - 8 if near else left + self.sizes.box + 8,
            (start if near else end) - 5,
            "end" if near else "start",
            other in self.broken,
            self.boxes[other].hinted,
        )

    def _beside(self, edge: Edge, end: Literal[0, 1]) -> list[Edge]:
        return [each for each in self.edges if each[end] == edge[end]]

    def _near(self, edge: Edge) -> bool:
        """Whether the words stand at what was made: fewer edges come together there."""
        return len(self._beside(edge, 1)) > len(self._beside(edge, 0))

    def _port(self, edge: Edge, end: Literal[0, 1], *, apart: bool) -> int:
        """The height at which an edge meets a box: apart from the others where words stand."""
        middle = self.middles[edge[end]]
        edges = self._beside(edge, end)
        if not apart or len(edges) == 1:
            return middle
        edges.sort(key=lambda each: self.middles[each[1 - end]])
        step = min(15.0, (_HEIGHT - 12) / (len(edges) - 1))
        return middle + round((edges.index(edge) - (len(edges) - 1) / 2) * step)

    def _path(self, edge: Edge, start: int, end: int, *, near: bool) -> str:
        """A curve through each gap, straight under the words and where it passes a column."""
        sizes = self.sizes
        stops = [start, *map(_middle, self.ways[edge]), end]
        parts = [f"M{self._left(self.columns[edge[0]])} {start}"]
        final = len(stops) - 1
        for at, (before, after) in enumerate(pairwise(stops), 1):
            right = self._left(self.columns[edge[0]] + at - 1)
            first = right - (sizes.tail if near and at == 1 else 0)
            last = right - sizes.gap + (sizes.tail if not near and at == final else 0)
            middle = (first + last) // 2
            away = right - sizes.gap - (0 if at == final else sizes.box)
            parts.append(f"H{first}C{middle} {before} {middle} {after} {last} {after}H{away}")
        return "".join(parts)


def _middle(height: float) -> int:
    return round(height) + _MARGIN - (_ROW - _HEIGHT) // 2


def short(name: str, most: int) -> str:
    """A name of at most so many columns: whole, else cut in the middle with an ellipsis.

    The beginning says who made it, and the end what tells it from its like: versions and sizes stand there.
    """
    if _room_of(name) <= most:
        return name
    maker, _, own = name.rpartition("/")
    tail = f"/{own}" if maker and own else name
    while _room_of(tail) > most - 1 - _LEAST_HEAD:
        tail = tail[1:]
    head = name
    while _room_of(head) > most - 1 - _room_of(tail):
        head = head[:-1]
    return f"{head}…{tail}"


def _room_of(name: str) -> float:
    broad = sum(character.isupper() or character in "mw@%" for character in name)
    return columns_of(name) + (_BROAD - 1) * broad

"""What the parts of a page are made of: small records that the templates read."""

from dataclasses import dataclass

from osaid_audit.render.view import Cell
from osaid_audit.schema.base import Element, Freedom, Outcome
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.report import Group


@dataclass(frozen=True)
class Rung:
    """A step of the ladder and where it stands: reached, possible, at_most or excluded; `said` if shown."""

    title: str
    state: str
    said: bool


@dataclass(frozen=True)
class Row:
    """One freedom of the matrix."""

    freedom: Freedom
    group: Group | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """One element of the matrix."""

    id: Element
    group: Group | None


@dataclass(frozen=True)
class Tile:
    """One freedom on the first screen: taken away, or the worst required answer."""

    freedom: Freedom
    outcome: Outcome
    word: str


@dataclass(frozen=True)
class Base:
    """One row of the table of bases; `level` counts the rows it stands under."""

    anchor: str
    level: int
    hop: Hop
    how: str
    terms: str
    taken: str


@dataclass(frozen=True)
class Known:
    """One fact: name and value, and by the number of the source where in it it was read."""

    said: str
    spots: dict[int, str]

"""What a finder gives: places in one file."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from osaid_audit.schema.base import Kind
from osaid_audit.schema.scan import Confidence


class Hit(NamedTuple):
    """A model or a dataset is named here. Fields as in `schema.scan.Reference`."""

    id: str
    line: int
    how: str
    kind: Kind = "model"
    column: int | None = None
    revision: str | None = None
    confidence: Confidence = "high"


class Doubt(NamedTuple):
    """A model is named here and no Hub id can be told. Fields as in `schema.scan.Unresolved`."""

    line: int
    why: str
    text: str | None = None


class Malformed(Exception):  # noqa: N818 - a statement about the file
    """The file is not what its name says: it is skipped with a note."""


Finder = Callable[[str], Iterable[Hit | Doubt]]
"""The text of a file -> what it names. Raises Malformed; never anything else, whatever the text."""

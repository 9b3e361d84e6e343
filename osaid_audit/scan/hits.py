"""What a finder gives: places in one file."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from osaid_audit.schema.base import Kind
from osaid_audit.schema.scan import Confidence

SHOWN = 120
"""Characters of a place that are shown where no id can be told."""


class Hit(NamedTuple):
    """A model or a dataset is named here. Fields as in `schema.scan.Reference`.

    `beside`: the file that holds the literal, from here, when it is not the file that was read.
    `held`: known by the name that holds it alone; a call that takes the same literal says more.
    """

    id: str
    line: int
    how: str
    kind: Kind = "model"
    column: int | None = None
    revision: str | None = None
    confidence: Confidence = "high"
    beside: str | None = None
    held: bool = False


class Doubt(NamedTuple):
    """A model is named here and no Hub id can be told. Fields as in `schema.scan.Unresolved`."""

    line: int
    why: str
    text: str | None = None


class Malformed(Exception):  # noqa: N818 - a statement about the file
    """The file is not what its name says: it is skipped with a note."""


class Own(Exception):  # noqa: N818 - a statement about the file
    """The file was written by this tool, or for it: what it names is no reference."""


class Neighbours(Protocol):
    """What lies beside a file."""

    def text(self, name: str) -> str | None:
        """The text of a file by its place from here (`a.py`, `../b/c.py`); None: there is none to read."""

    def is_folder(self, name: str) -> bool:
        """Whether the code base has a folder of this relative name."""


Finder = Callable[[str], Iterable[Hit | Doubt]]
"""The text of a file -> what it names. Raises Malformed; never anything else, whatever the text."""

"""A settings file as a tree whose leaves know their place; YAML, JSON and TOML come to the same."""

from collections.abc import Iterator
from typing import NamedTuple

DEEPEST = 100
"""Levels of a tree; deeper ones are no settings."""


class Leaf(NamedTuple):
    """A text (or number) with its place, from 1.

    `script`: the same as text for a shell, from `script_line` on.
    """

    text: str
    line: int
    column: int | None = None
    script: str | None = None
    script_line: int | None = None


class Table(NamedTuple):
    """Keys with what stands under them, in order."""

    rows: list[tuple[Leaf, "Node"]]


class List(NamedTuple):
    """Entries in order."""

    entries: list["Node"]


Node = Leaf | Table | List


class Builder:
    """Puts a tree together from what a reader meets; more levels than `DEEPEST` are left out."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Table | List] = []
        self._keys: list[Leaf | None] = []
        self._skipped = 0

    @property
    def depth(self) -> int:
        """Tables and lists that are open, also those left out."""
        return len(self._open) + self._skipped

    def leaf(self, leaf: Leaf) -> None:
        """A key, where one is due, or a value."""
        if self._skipped:
            return
        if self._open and isinstance(self._open[-1], Table) and self._keys[-1] is None:
            self._keys[-1] = leaf
        else:
            self._put(leaf)

    def start(self, node: Table | List) -> None:
        """A table or list begins."""
        if self._skipped or len(self._open) >= DEEPEST:
            self._skipped += 1
            return
        if self._open and isinstance(self._open[-1], Table) and self._keys[-1] is None:
            self._keys[-1] = Leaf("", 0)
        self._open.append(node)
        self._keys.append(None)

    def end(self) -> None:
        """The table or list that began last ends."""
        if self._skipped:
            self._skipped -= 1
            if not self._skipped and self._open:
                self._put(Leaf("", 0))
        elif self._open:
            done = self._open.pop()
            self._keys.pop()
            self._put(done)

    def finish(self) -> Node | None:
        """The tree; what was left open is closed."""
        self._skipped = 0
        while self._open:
            self.end()
        return self.root

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        place = self._open[-1]
        if isinstance(place, List):
            place.entries.append(node)
        else:
            place.rows.append((self._keys[-1] or Leaf("", 0), node))
            self._keys[-1] = None


def leaves(node: Node) -> Iterator[Leaf]:
    """The leaves directly in a list, or the node itself when it is one."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, List):
        yield from (each for each in node.entries if isinstance(each, Leaf))

"""Finder for TOML; the tables of a file come to a tree with the place of each value."""

import re
import tomllib

from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.finders.quoted import Places
from osaid_audit.scan.finders.settings import found_in, mentions
from osaid_audit.scan.finders.tree import Builder, Leaf, List, Node, Table
from osaid_audit.scan.hits import Doubt, Hit

_TOKEN = re.compile(
    r"""
    (?P<long>\"{3}(?:[^"\\]|\\.|"(?!""))*(?:\"{3}|\\?\Z)|'{3}(?:[^']|'(?!''))*(?:'{3}|\Z))
  | (?P<text>"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|'[^'\n]*+')
  | (?P<broken>["'][^\n]*+)
  | (?P<comment>\#[^\n]*+)
  | (?P<mark>[\[\]{}=,\n])
  | (?P<bare>[^\s\[\]{}=,\#"']++)
  | (?P<skip>[^\S\n]++)
  | (?P<wrong>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_OWN = ("tool", "osaid-audit")
"""A policy names models that are accepted or refused: none that the code base uses."""


def find(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a TOML file names."""
    if not mentions(text):
        return []
    tables = _Reader(text).read()
    return tidy(each for above, table in tables if above[:2] != _OWN for each in found_in(table, above))


class _Reader:
    """Goes through a text once. Keys with dots stand as their last part, their first ones above."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done: list[tuple[tuple[str, ...], Node]] = []
        self.above: tuple[str, ...] = ()
        self.table = Table([])
        self.key: list[Leaf] = []
        self.builder: Builder | None = None
        self.depth = 0

    def read(self) -> list[tuple[tuple[str, ...], Node]]:
        at = Places()
        for hit in _TOKEN.finditer(self.text):
            kind = hit.lastgroup or ""
            if kind in {"text", "long", "bare"}:
                self._leaf(_leaf(kind, hit[0], at.line, at.column(hit.start())))
            elif kind == "mark":
                self._mark(hit[0])
            at.past(hit[0], hit.start())
        self._end_of_row()
        self._close()
        return self.done

    def _leaf(self, leaf: Leaf) -> None:
        if self.builder is not None:
            self.builder.leaf(leaf)
            self._whole()
        else:
            self.key.append(leaf)

    def _mark(self, mark: str) -> None:
        if self.builder is None:
            self._outside(mark)
        elif mark in "[{":
            self.depth += 1
            self.builder.start(Table([]) if mark == "{" else List([]))
        elif mark in "]}" and self.depth:
            self.depth -= 1
            self.builder.end()
            self._whole()
        elif mark == "\n" and not self.depth:
            self._end_of_row()

    def _outside(self, mark: str) -> None:
        if mark == "=":
            self.builder, self.depth = Builder(), 0
        elif mark == "\n":
            self._end_of_row()
        elif mark == "[" and not self.key:
            self._close()
        elif mark == "]" and self.key:
            self.above = tuple(part for leaf in self.key for part in leaf.text.split(".") if part)
            self.key = []

    def _whole(self) -> None:
        """A value that is complete belongs to its key."""
        if self.depth or self.builder is None or not self.key:
            return
        node = self.builder.finish()
        last = self.key[-1]
        if node is not None:
            self.table.rows.append((last._replace(text=last.text.rpartition(".")[2]), node))
        self.builder, self.key = None, []

    def _end_of_row(self) -> None:
        self.builder, self.key, self.depth = None, [], 0

    def _close(self) -> None:
        if self.table.rows:
            self.done.append((self.above, self.table))
        self.table, self.above = Table([]), ()


def _leaf(kind: str, said: str, line: int, column: int) -> Leaf:
    if kind == "bare":
        return Leaf(said, line, column)
    if kind == "long":
        inner = said[3:-3]
        skipped = 1 if inner.startswith("\n") else 0
        return Leaf(inner.strip(), line + skipped, column + 3, inner, line)
    if "\\" not in said or said.startswith("'"):
        return Leaf(said[1:-1], line, column + 1)
    try:
        return Leaf(str(tomllib.loads(f"x = {said}")["x"]), line, column + 1)
    except tomllib.TOMLDecodeError:
        return Leaf(said[1:-1], line, column + 1)

"""Where in a module something stands: its line, its column, and what is written there."""

import ast

from osaid_audit.scan.hits import SHOWN, Hit
from osaid_audit.scan.ids import Named
from osaid_audit.scan.python.texts import Value
from osaid_audit.schema.scan import Confidence


class Source:
    """The lines of a module, asked for places."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def hit(self, value: Value, found: Named, revision: str | None, name: str, confidence: Confidence) -> Hit:
        """A hit at the id inside a text; `name` is the call or the name that holds it."""
        line, column = self._place(value, found)
        how = f"{name}:{value.how.replace(' ', '-')}" if value.how else name
        return Hit(
            found.id, line, how, found.kind, column, found.revision or revision, confidence, value.beside
        )

    def _place(self, value: Value, found: Named) -> tuple[int, int | None]:
        """The line of the id (a text may have several), and the column of the literal."""
        node = value.node
        if value.beside:
            return node.lineno, node.col_offset + 1
        before, at, _ = value.text.partition(found.id)
        breaks = value.text.count("\n")
        if breaks and at and breaks == (node.end_lineno or node.lineno) - node.lineno:
            line = node.lineno + before.count("\n")
            return line, None if line != node.lineno else self._column(node)
        return node.lineno, self._column(node)

    def _column(self, node: ast.expr) -> int:
        line = self._lines[node.lineno - 1] if node.lineno <= len(self._lines) else ""
        if line.isascii():
            return node.col_offset + 1
        return len(line.encode("utf-8", "surrogatepass")[: node.col_offset].decode("utf-8", "replace")) + 1

    @staticmethod
    def line(node: ast.Constant, before: str) -> int:
        """The line of what stands in a text behind these letters."""
        breaks = str(node.value).count("\n")
        exact = breaks and breaks == (node.end_lineno or node.lineno) - node.lineno
        return node.lineno + before.count("\n") if exact else node.lineno

    def written(self, node: ast.expr) -> str:
        """An expression as it is written, as much of it as is shown."""
        line = self._lines[node.lineno - 1] if node.lineno <= len(self._lines) else ""
        end = node.end_col_offset if node.end_lineno == node.lineno else None
        return line.encode("utf-8", "surrogatepass")[node.col_offset : end].decode("utf-8", "replace")[:SHOWN]

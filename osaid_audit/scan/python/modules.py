"""Constants of other modules of the code base: `from .config import MODEL`."""

import ast
from collections.abc import Callable
from typing import Protocol

from osaid_audit.scan.python.scopes import Spot, Survey
from osaid_audit.scan.python.texts import Texts

_MOST_STEPS = 3
"""Of a name inside a module: `settings.models.small`."""


class Other(Protocol):
    """Another module, asked for what its expressions can be."""

    @property
    def found(self) -> Survey:
        """What a pass over it found."""

    def texts(self, node: ast.expr, spot: Spot) -> Texts:
        """Which texts an expression can be."""


Beside = Callable[[str], tuple[Other, str] | None]
"""`pkg/settings`, dots in front as in an import -> the module of that name, and its file from here."""


def from_beside(origin: str, beside: Beside | None) -> Texts:
    """A constant of a module of the code base, or a field of one; open when there is none."""
    steps = origin.lstrip(".").split(".")
    up = len(origin) - len(origin.lstrip("."))
    for at in range(len(steps) - 1, max(len(steps) - 1 - _MOST_STEPS, 0), -1):
        file = "/".join(steps[:at])
        found = beside(f"{'.' * up}{file}") if beside and file else None
        if found is None:
            continue
        other, place = found
        if steps[at] not in other.found.module.names:
            continue
        node: ast.expr = ast.Name(steps[at], ast.Load())
        for step in steps[at + 1 :]:
            node = ast.Attribute(node, step, ast.Load())
        texts = other.texts(node, Spot(other.found.module, (), 1 << 60))
        values = tuple(value._replace(how="import", beside=place) for value in texts.values)
        return Texts(values, texts.open)
    return Texts(open=True)

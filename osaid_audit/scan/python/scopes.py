"""What a pass over a module keeps: scopes, what is bound in them and where, calls, texts."""

import ast
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Path = tuple[tuple[int, int], ...]
"""The branches that lead to a place inside its scope: (the statement, which of its arms)."""

_MOST_BEFORE = 100

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(eq=False)
class Scope:
    """Names bound in a module, a class, a function or a comprehension (`inline`)."""

    kind: str
    parent: "Scope | None" = None
    node: ast.AST | None = None
    names: "dict[str, list[Binding]]" = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)

    def enclosing(self, kind: str) -> "Scope | None":
        """The nearest scope of a kind, this one included."""
        scope: Scope | None = self
        while scope is not None and scope.kind != kind:
            scope = scope.parent
        return scope


class Spot(NamedTuple):
    """Where an expression stands: its scope, the branches to it, its place in the order of the text."""

    scope: Scope
    path: Path
    order: int


class Binding(NamedTuple):
    """What a name is given. `pick`: the whole value, an "element" of it, or its part at a place.

    `expr` is None when nothing can be said; `origin` is the dotted name behind an import.
    """

    expr: ast.expr | None
    spot: Spot
    path: Path
    how: str
    pick: str | int | None = None
    origin: str | None = None


class Placed(NamedTuple):
    """A node and where it stands."""

    node: ast.expr
    spot: Spot


@dataclass(eq=False)
class Survey:
    """What one pass over a module found."""

    module: Scope
    calls: list[tuple[ast.Call, Spot]] = field(default_factory=list)
    called: dict[str, list[tuple[ast.Call, Spot]]] = field(default_factory=dict)
    texts: list[ast.Constant] = field(default_factory=list)
    made: list[Placed] = field(default_factory=list)
    """Addresses of the Hub with parts that are put in: f-strings, sums, `%`."""
    dicts: list[tuple[ast.Dict, Spot]] = field(default_factory=list)
    bound: list[tuple[str, Binding]] = field(default_factory=list)
    classes: dict[str, Scope] = field(default_factory=dict)
    functions: dict[str, list[tuple[Function, Scope]]] = field(default_factory=dict)
    returns: dict[int, list[Placed]] = field(default_factory=dict)
    attributes: dict[tuple[str, str], list[Binding]] = field(default_factory=dict)
    items: dict[str, list[tuple[ast.expr, Binding]]] = field(default_factory=dict)
    parameters: dict[int, tuple[Function, Scope]] = field(default_factory=dict)
    imports: set[str] = field(default_factory=set)
    lambdas: dict[int, str] = field(default_factory=dict)
    fixtures: set[str] = field(default_factory=set)


def prior(bindings: list[Binding], spot: Spot) -> Iterator[Binding]:
    """Of the bindings of a name in the same scope, those that can hold at a place: the latest first."""
    before = bisect_left(bindings, spot.order, key=lambda each: each.spot.order)
    for each in bindings[max(0, before - _MOST_BEFORE) : before][::-1]:
        if not _exclude_each_other(each.path, spot.path):
            yield each
            if spot.path[: len(each.path)] == each.path:
                return
    if not before:
        yield from bindings[:_MOST_BEFORE]


def _exclude_each_other(one: Path, other: Path) -> bool:
    """Whether two places stand in different arms of the same `if` or `match`."""
    for here, there in zip(one, other, strict=False):
        if here != there:
            return here[0] == there[0] and here[1] != there[1]
    return False

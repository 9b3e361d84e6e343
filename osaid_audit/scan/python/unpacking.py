"""Arguments that are unpacked, and paths that are put together of steps."""

import ast
from collections.abc import Iterator

from osaid_audit.scan.ids import Named, parse_reference
from osaid_audit.scan.python.calls import Row
from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.scopes import Spot
from osaid_audit.scan.python.values import Resolver

_JOINS = frozenset({"join", "joinpath", "Path", "PurePath", "PosixPath", "PurePosixPath", "str", "fspath"})
_MOST_STEPS = 4


def unpacked(call: ast.Call, spot: Spot, row: Row, resolver: Resolver) -> Iterator[tuple[ast.expr, Spot]]:
    """`from_pretrained(*words)`, `from_pretrained(**settings)`: what holds the id, else the whole."""
    for at, each in enumerate(call.args):
        if isinstance(each, ast.Starred) and row.at is not None and at <= row.at:
            place = resolver.element(each.value, spot, row.at - at)
            if place is not None:
                yield place.node, place.spot
            elif not _passes_on(call, each.value, spot):
                yield each.value, spot
            return
    known = [found for key in row.keys if (found := entry_of(call, spot, key, resolver)) is not None]
    yield from known
    given = [keyword.value for keyword in call.keywords if keyword.arg is None]
    if not known and not call.args and not row.objects and row.keys:
        open_ones = [each for each in given if not resolver.members(each, spot)]
        yield from ((each, spot) for each in open_ones[:1] if not _passes_on(call, each, spot))


def entry_of(call: ast.Call, spot: Spot, key: str, resolver: Resolver) -> tuple[ast.expr, Spot] | None:
    """What stands under a key of the dictionaries that a call unpacks."""
    for keyword in call.keywords:
        if keyword.arg is None and (place := resolver.entry(keyword.value, spot, key)) is not None:
            return place.node, place.spot
    return None


def _passes_on(call: ast.Call, given: ast.expr, spot: Spot) -> bool:
    """Whether a method hands on what it was given to one of the same name: who calls it says what."""
    home = spot.scope.enclosing("function")
    node = home.node if home is not None else None
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not isinstance(given, ast.Name):
        return False
    same = node.name == dotted(call.func).rpartition(".")[2]
    return same and given.id in {each.arg for each in (node.args.vararg, node.args.kwarg) if each}


def of_steps(node: ast.expr, spot: Spot, resolver: Resolver) -> bool:
    """Whether a path of plain steps has the form of an id: `join("org", "name")`, `Path("org") / "name"`.

    It is a folder for sure only where one of the steps says so.
    """
    steps = list(_steps(node, spot, resolver, _MOST_STEPS))
    if len(steps) != 2 or not all(steps):  # noqa: PLR2004 - owner and name
        return False
    found = parse_reference("/".join(steps))
    return isinstance(found, Named) and found.form == "id" and not found.doubtful


def _steps(node: ast.expr, spot: Spot, resolver: Resolver, depth: int) -> Iterator[str]:
    """The steps of a path; an empty one for what is not known."""
    if depth <= 0:
        yield ""
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield from _steps(node.left, spot, resolver, depth - 1)
        yield from _steps(node.right, spot, resolver, depth - 1)
    elif isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in _JOINS:
        for each in node.args:
            yield from _steps(each, spot, resolver, depth - 1)
    else:
        known = resolver.texts(node, spot)
        yield known.values[0].text if len(known.values) == 1 and not known.open else ""

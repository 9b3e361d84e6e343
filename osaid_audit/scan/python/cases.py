"""The cases that a test is tried with: `@pytest.mark.parametrize("model, n", [("org/name", 1)])`."""

import ast
from collections.abc import Iterator

from osaid_audit.scan.python.survey import Function, Placed


def positional(function: Function) -> list[str]:
    """The names of the parameters that a place decides."""
    return [arg.arg for arg in function.args.args]


def column(case: Placed, at: int) -> Iterator[Placed]:
    """One value of a case with several."""
    if isinstance(case.node, ast.Tuple | ast.List) and 0 <= at < len(case.node.elts):
        yield Placed(case.node.elts[at], case.spot)


def tried_names(node: ast.expr) -> list[str]:
    """The names in `parametrize("a, b", ...)` and `parametrize(["a", "b"], ...)`."""
    parts = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    said = [each.value for each in parts if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return [name.strip() for each in said for name in each.split(",")]

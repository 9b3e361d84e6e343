"""The dotted name of an expression."""

import ast


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or an attribute, `getattr(a, "b")` too; what is no name at its root is `?`."""
    parts: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif (named := _named_attribute(node)) is not None:
            parts.append(named[1])
            node = named[0]
        else:
            break
    parts.append(node.id if isinstance(node, ast.Name) else "?")
    return ".".join(reversed(parts))


def _named_attribute(node: ast.AST) -> tuple[ast.expr, str] | None:
    """The parts of `getattr(a, "b")`."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "getattr"
        and len(node.args) > 1
        and isinstance(key := node.args[1], ast.Constant)
        and isinstance(key.value, str)
    ):
        return node.args[0], key.value
    return None

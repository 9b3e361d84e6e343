"""Options of a command line and of the environment, with the defaults that a module gives them."""

import ast
from collections.abc import Iterator

from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.names import argument
from osaid_audit.scan.python.scopes import Spot, Survey

Default = tuple[str, ast.expr, Spot]
"""The name of an option, its default, and where that stands."""


def options(found: Survey) -> Iterator[Default]:
    """`add_argument("--model", default=...)`, `@click.option(...)`, `DEFINE_string("model", ...)`."""
    for call, spot in found.calls:
        last = dotted(call.func).rpartition(".")[2]
        if last == "set_defaults":
            pairs = [(keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg]
        elif last in {"add_argument", "option", "DEFINE_string", "add_option", "Option"}:
            pairs = list(_option(call, last))
        else:
            continue
        yield from ((name, node, spot) for name, node in pairs)


def environment(found: Survey) -> Iterator[Default]:
    """`os.environ.get("MODEL_ID", "org/name")`."""
    for call, spot in found.calls:
        name = dotted(call.func)
        if name.endswith(("environ.get", "getenv", "environ.setdefault")) and len(call.args) > 1:
            key = call.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, call.args[1], spot


def _option(call: ast.Call, last: str) -> Iterator[tuple[str, ast.expr]]:
    """The name of an option, and its default."""
    flags = [
        each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    default = argument(call, 1 if last == "DEFINE_string" else None, ("default",))
    dest = argument(call, None, ("dest",))
    if default is None or not flags:
        return
    if isinstance(dest, ast.Constant) and isinstance(dest.value, str):
        yield dest.value, default
        return
    long = [flag for flag in flags if flag.startswith("--")] or flags
    plain = [flag for flag in flags if not flag.startswith("-")]
    name = plain[0] if plain and last == "option" else long[0]
    yield name.strip("-").partition("/")[0].replace("-", "_"), default

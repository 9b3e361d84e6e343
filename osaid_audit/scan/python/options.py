"""Options of a command line: `add_argument("--model", default=...)`."""

import ast
from collections.abc import Iterator

from osaid_audit.scan.python.names import argument


def option(call: ast.Call, last: str) -> Iterator[tuple[str, ast.expr]]:
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

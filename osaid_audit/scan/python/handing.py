"""Loaders that are handed on to something that calls them: `partial(load, "org/name")`."""

import ast

from osaid_audit.scan.python.dotted import dotted

_AT = {
    "partial": 0,
    "partialmethod": 0,
    "submit": 0,
    "to_thread": 0,
    "run_sync": 0,
    "run_in_threadpool": 0,
    "map": 0,
    "starmap": 0,
    "delayed": 0,
    "run_in_executor": 1,
}
"""The place of the function among the arguments; those behind it are its own."""


def handed_on(call: ast.Call) -> ast.Call | None:
    """The call that will be made with what is handed on here; None when no function is."""
    at = _AT.get(dotted(call.func).rpartition(".")[2])
    if at is None or at >= len(call.args) or not isinstance(call.args[at], ast.Name | ast.Attribute):
        return None
    return ast.copy_location(ast.Call(call.args[at], call.args[at + 1 :], call.keywords), call)


def together(bound: ast.Call, call: ast.Call) -> ast.Call:
    """A call of what a `partial` made: its arguments behind the bound ones, its keywords instead of them."""
    said = {keyword.arg for keyword in call.keywords}
    kept = [keyword for keyword in bound.keywords if keyword.arg is None or keyword.arg not in said]
    return ast.copy_location(ast.Call(bound.func, [*bound.args, *call.args], [*kept, *call.keywords]), call)

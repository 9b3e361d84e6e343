"""Texts that an expression can be, and how they are put together."""

import ast
import re
from collections.abc import Callable, Iterable
from itertools import islice, product
from typing import NamedTuple

MOST = 64
"""Texts of one expression."""
_LONGEST = 2_000
_FIELD = re.compile(r"\{(\w*)\}|%(?:\((\w+)\))?[sd]")


class Value(NamedTuple):
    """A text, the literal that holds it, and how it was come by; `beside`: in another file of the folder."""

    text: str
    node: ast.expr
    how: str = ""
    beside: str | None = None
    number: bool = False


class Texts(NamedTuple):
    """What an expression can be. `open`: something else too, that is only known when the program runs."""

    values: tuple[Value, ...] = ()
    open: bool = False


def union(parts: Iterable[Texts]) -> Texts:
    """What one or the other can be."""
    values: dict[tuple[str, int], Value] = {}
    is_open = False
    for part in parts:
        is_open = is_open or part.open
        for value in part.values:
            if len(values) < MOST:
                values.setdefault((value.text, id(value.node)), value)
    return Texts(tuple(values.values()), is_open)


def came_by(texts: Texts, how: str) -> Texts:
    """The same, with how they were come by where nothing nearer says it."""
    return Texts(tuple(value._replace(how=value.how or how) for value in texts.values), texts.open)


def put_together(node: ast.expr, parts: list[Texts], join: Callable[[list[str]], str | None]) -> Texts:
    """Each way to put together one text of each part; at most `MOST` ways."""
    if any(not part.values for part in parts):
        return Texts(open=any(part.open for part in parts))
    found = []
    for choice in islice(product(*(part.values for part in parts)), MOST):
        text = (
            join([value.text for value in choice])
            if sum(len(value.text) for value in choice) < _LONGEST
            else None
        )
        if text is not None and len(text) < _LONGEST:
            how = next((value.how for value in choice if value.how), "put together")
            found.append(Value(text, node, how))
    return Texts(tuple(found), any(part.open for part in parts))


def fill(pattern: str, given: dict[str, str]) -> str | None:
    """A pattern with its fields filled; None when one is not known."""
    count = iter(range(len(given)))
    missing = False

    def one(hit: re.Match[str]) -> str:
        nonlocal missing
        name = hit[1] or hit[2] or str(next(count, -1))
        missing = missing or name not in given
        return given.get(name, "")

    text = _FIELD.sub(one, pattern) if len(pattern) < _LONGEST else ""
    return None if missing or not text else text

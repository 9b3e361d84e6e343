"""Python modules: read by `ast`, never run."""

import ast
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from osaid_audit.scan.hits import Doubt, Hit, Malformed, Neighbours
from osaid_audit.scan.python.calls import is_worth_reading
from osaid_audit.scan.python.commands import Run
from osaid_audit.scan.python.mending import rest_of
from osaid_audit.scan.python.modules import Beside
from osaid_audit.scan.python.parsing import one_fault
from osaid_audit.scan.python.references import References
from osaid_audit.scan.python.scopes import Survey
from osaid_audit.scan.python.survey import survey
from osaid_audit.scan.python.values import Resolver

_MOST_ABOVE = 6


def find(text: str, run: Run, neighbours: Neighbours | None = None) -> Iterator[Hit | Doubt]:
    """What a module names; `run` tells what the command lines name that it runs.

    Raises Malformed behind what could be read: when it is no Python that this interpreter knows, and when it
    holds too much to ask about.
    """
    if not is_worth_reading(text):
        return
    try:
        found = parsed(text)
    except Malformed:
        yield from _in_part(text, run, neighbours)
        raise
    yield from References(found, text.split("\n"), run, neighbours, beside(neighbours))


def _in_part(text: str, run: Run, neighbours: Neighbours | None) -> Iterator[Hit | Doubt]:
    """What can be read of a module in another Python's words, or one with a fault."""
    mended = rest_of(text)
    try:
        found = parsed(mended)
    except Malformed:
        return
    for each in References(found, mended.split("\n"), run, neighbours, beside(neighbours)):
        yield each._replace(column=None) if isinstance(each, Hit) else each


def parsed(text: str) -> Survey:
    """One pass over a module. Raises Malformed when it is no Python, or too deeply nested to read."""
    with one_fault():
        return survey(ast.parse(text))


_kept = lru_cache(maxsize=4)(parsed)


def beside(neighbours: Neighbours | None) -> Beside | None:
    """How to ask another module of the code base for its constants."""
    if neighbours is None:
        return None
    known: dict[str, tuple[Resolver, str] | None] = {}

    def read(name: str) -> tuple[Resolver, str] | None:
        for place in _places(name):
            text = neighbours.text(place)
            if text is not None:
                with suppress(Malformed):
                    return Resolver(_kept(text)), place
        return None

    def resolver(name: str) -> tuple[Resolver, str] | None:
        if name not in known:
            known[name] = read(name)
        return known[name]

    return resolver


def _places(name: str) -> Iterator[str]:
    """Where a module can lie, from who imports it: beside it or, without dots, in a folder above."""
    path = name.lstrip(".")
    up = len(name) - len(path)
    for above in [up - 1] if up else range(_MOST_ABOVE):
        yield f"{'../' * above}{path}.py"
        yield f"{'../' * above}{path}/__init__.py"

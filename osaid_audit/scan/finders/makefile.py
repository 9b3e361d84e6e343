"""Finder for Makefiles and Justfiles: variables, and recipes as text for a shell."""

import re
from collections.abc import Iterator

from osaid_audit.scan.finders import shell
from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.finders.variables import Variables, assigned
from osaid_audit.scan.hits import Doubt, Hit

_SET = re.compile(
    r"[ \t]*(?:export[ \t]+|override[ \t]+)?([A-Za-z_][\w-]{0,79})[ \t]*(?::{0,3}|\?|\+)=[ \t]*([^\n]*)"
)
_NAME = re.compile(r"\$\(([A-Za-z_]\w*)\)")
_RECIPE = re.compile(r"(?:\t| {2,})[ \t]*([@+-]{0,3})")


def find(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a Makefile names."""
    return tidy(_find(text)) if shell.mentions(text) else []


def _find(text: str) -> Iterator[Hit | Doubt]:
    variables: Variables = {}
    recipes: list[tuple[str, int]] = []
    for line, row in _rows(text):
        recipe, setting = _RECIPE.match(row), _SET.match(row)
        if row.lstrip().startswith("#"):
            continue
        if recipe is not None and (row.startswith("\t") or setting is None):
            recipes.append((" " * recipe.end() + row[recipe.end() :], line))
        elif setting is not None:
            value = re.split(r"[ \t]#", setting[2], maxsplit=1)[0].strip()
            bare = value.strip("\"'")
            column = setting.start(2) + 1 + (value != bare)
            yield from assigned(setting[1], bare, line, column, variables)
    for recipe_text, line in recipes:
        yield from shell.lines(_NAME.sub(r"${\1}", recipe_text).replace("$$", "$"), line, variables)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """The rows with those that continue them, and the line each begins at."""
    said: list[str] = []
    for line, row in enumerate(text.split("\n"), 1):
        said.append(row)
        if not row.endswith("\\"):
            yield line - len(said) + 1, "\n".join(said)
            said = []
    if said:
        yield text.count("\n") + 2 - len(said), "\n".join(said)

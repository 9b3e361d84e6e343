"""Which finder reads which file: by the file's name, else by its first line.

A finder is written "module:function" and imported when the first such file is met (`hits.Finder`).
Those in WITH_NEIGHBOURS are also given the files beside theirs (`hits.Neighbours`).
"""

import re
from fnmatch import translate
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

_FINDERS = "osaid_audit.scan.finders"
PYTHON = f"{_FINDERS}.python:find"
NOTEBOOK = f"{_FINDERS}.notebook:find"

SHELL = f"{_FINDERS}.shell:find"

NAMES: dict[str, str] = {
    "*.py": PYTHON,
    "*.pyw": PYTHON,
    "*.ipynb": NOTEBOOK,
    **dict.fromkeys(("*.yaml", "*.yml"), f"{_FINDERS}.yaml:find"),
    "*.toml": f"{_FINDERS}.toml:find",
    **dict.fromkeys(("*.json", "*.jsonc", "*.json5"), f"{_FINDERS}.json:find"),
    **dict.fromkeys(("*.ini", "*.cfg", "*.conf", "*.env", ".env", ".env.*"), f"{_FINDERS}.settings:find"),
    **dict.fromkeys(
        ("dockerfile", "dockerfile.*", "*.dockerfile", "containerfile", "containerfile.*"),
        f"{_FINDERS}.dockerfile:find",
    ),
    **dict.fromkeys(("makefile", "gnumakefile", "*.mk", "justfile"), f"{_FINDERS}.makefile:find"),
    **dict.fromkeys(("modelfile", "modelfile.*", "*.modelfile"), f"{_FINDERS}.modelfile:find"),
    **dict.fromkeys(
        ("requirements*.txt", "requirements*.in", "constraints*.txt"), f"{_FINDERS}.requirements:find"
    ),
    **dict.fromkeys(("*.sh", "*.bash", "*.zsh", "*.ksh"), SHELL),
}
"""Patterns over the small letters of a file's name; the first that fits is taken."""

MARKDOWN: dict[str, str] = {}
"""The same, for files that are only read on request."""

SHEBANGS: dict[str, str] = {"python": PYTHON, **dict.fromkeys(("sh", "bash", "zsh", "dash", "ksh"), SHELL)}
"""How the program's name begins in the first line of a file without suffix."""

WITH_NEIGHBOURS = frozenset({PYTHON, NOTEBOOK})

MOST_BYTES = 2_000_000
MOST_BYTES_OF = {NOTEBOOK: 20_000_000}
"""A notebook holds its pictures: its code is a small part of it."""

_SHEBANG = re.compile(rb"#![^\n]{0,100}?([\w.-]+)(?:[ \t]+-[^\n]{0,100})?\s*\n")
SHEBANG_BYTES = 256


class Kind(NamedTuple):
    """How a file is read: its finder, and how large it may be in bytes."""

    finder: str
    most: int


def by_name(name: str, *, markdown: bool = False) -> Kind | None:
    """The kind of a file by its name, without folders."""
    low = name.lower()
    for pattern, finder in _patterns(markdown):
        if pattern.match(low):
            return _kind(finder)
    return None


def by_first_line(start: bytes) -> Kind | None:
    """The kind of a program by its first line: `#!/usr/bin/env python3`."""
    hit = _SHEBANG.match(start)
    program = hit[1].decode("ascii", "replace") if hit else ""
    finder = next((finder for word, finder in SHEBANGS.items() if program.startswith(word)), None)
    return _kind(finder) if finder else None


@cache
def finder(name: str) -> Any:
    """The function behind "module:function"."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def _kind(finder: str) -> Kind:
    return Kind(finder, MOST_BYTES_OF.get(finder, MOST_BYTES))


@cache
def _patterns(markdown: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = NAMES | MARKDOWN if markdown else NAMES
    return tuple((re.compile(translate(pattern)), finder) for pattern, finder in table.items())

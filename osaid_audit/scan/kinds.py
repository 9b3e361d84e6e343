"""Which finder reads which file: by the file's name, else by its first line.

A finder is written "module:function" and imported when the first such file is met (`hits.Finder`).
Those in WITH_NEIGHBOURS are also given the files beside theirs (`hits.Neighbours`).
"""

import re
from fnmatch import translate
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

FINDERS = "osaid_audit.scan.finders"
PYTHON = f"{FINDERS}.python:find"
NOTEBOOK = f"{FINDERS}.notebook:find"

NOTHING = ""
"""No finder: locks, vocabularies and minified programs name no model that the code base chose."""


def _named(finder: str, patterns: str) -> dict[str, str]:
    return dict.fromkeys(patterns.split(), finder and f"{FINDERS}.{finder}")


NAMES: dict[str, str] = {
    "*.py": PYTHON,
    "*.pyw": PYTHON,
    "*.ipynb": NOTEBOOK,
    **_named(
        NOTHING,
        "osaid-audit.toml package-lock.json npm-shrinkwrap.json pnpm-lock.yaml *.min.js *.min.mjs "
        "tokenizer.json vocab.json tokenizer_config.json special_tokens_map.json added_tokens.json "
        "tsconfig*.json",
    ),
    **_named("requirements:find", "*requirements*.txt requirements*.in constraints*.txt"),
    **_named(
        "dockerfile:find",
        "dockerfile dockerfile.* *.dockerfile containerfile containerfile.* *.containerfile",
    ),
    **_named("modelfile:find", "modelfile modelfile.* *.modelfile"),
    **_named("makefile:find", "makefile makefile.* gnumakefile *.mk *.make justfile .justfile *.just"),
    **_named(
        "yaml:find", "*.yaml *.yml *.yaml.j2 *.yml.j2 *.yaml.tpl *.yaml.tmpl *.yml.tmpl *.yaml.template"
    ),
    **_named(
        "yaml:find", "*.yml.template *.yaml.example *.yml.example *.yaml.sample *.yml.sample *.yaml.dist"
    ),
    **_named("toml:find", "*.toml *.toml.example pipfile"),
    **_named(
        "rows:find",
        ".env .env.* *.env env.example *.env.* .envrc *.ini *.cfg *.conf *.properties .flaskenv .gitmodules",
    ),
    **_named("json:find", "*.json *.jsonc *.json5 *.json.example *.json.tpl *.jsonnet"),
    **_named("javascript:find", "*.js *.jsx *.mjs *.cjs *.ts *.tsx *.mts *.cts"),
    **_named("javascript:find_in_scripts", "*.vue *.svelte *.html *.htm *.astro"),
    **_named("shell:find", "*.sh *.bash *.zsh *.ksh *.sh.j2 *.sbatch *.slurm *.command procfile *.bats"),
    **_named("scripts:find_bat", "*.bat *.cmd"),
    **_named("scripts:find_powershell", "*.ps1 *.psm1"),
    **_named(
        "sources:find",
        "*.rs *.go *.java *.kt *.kts *.cs *.swift *.c *.cc *.cpp *.cxx *.h *.hpp *.m *.mm *.php",
    ),
    **_named("sources:find", "*.scala *.dart *.zig *.groovy jenkinsfile *.gradle"),
    **_named(
        "sources:find_ruby", "*.rb *.r *.jl *.ex *.exs gemfile rakefile vagrantfile *.nix *.tf *.hcl *.pl"
    ),
}
"""Patterns over the small letters of a file's name; the first that fits is taken."""

MARKDOWN: dict[str, str] = _named("markdown:find", "*.md *.markdown *.mdx *.qmd *.rmd")
"""The same, for files that are only read on request."""

SHEBANGS: dict[str, str] = {
    "python": PYTHON,
    "uv": PYTHON,
    **_named("shell:find", "bash sh zsh dash ksh ash"),
    **_named("javascript:find", "node deno bun tsx ts-node"),
    **_named("makefile:find", "make just"),
    **_named("sources:find_ruby", "ruby Rscript julia perl"),
}
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
            return _kind(finder) if finder else None
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

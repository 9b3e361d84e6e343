"""Settings of one row each, `NAME=value` or `name: value`: .env, .ini, .cfg, templates that are no YAML."""

import re
from collections.abc import Iterator

from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.finders.requirements import fetched
from osaid_audit.scan.finders.settings import DEFAULT, MENTIONS, found_in
from osaid_audit.scan.finders.tree import Leaf, Table
from osaid_audit.scan.hits import Doubt, Hit

_ROW = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?:export[ \t]+)?[\"']?([A-Za-z_][\w.-]{0,79})[\"']?[ \t]*[:=](?!//)[ \t]*(.*)",
    re.ASCII,
)
_LONGEST = 1000
_LOADS = re.compile(r"@architectures[ \t]*=[ \t]*[\"']spacy-(?:curated-)?transformers\.", re.ASCII)
"""In spaCy's configuration: the `name` of this section is a model of the Hub."""


def find(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a file of rows names."""
    return tidy(rows(text)) if MENTIONS.search(text) else []


def rows(text: str, first: int = 1) -> Iterator[Hit | Doubt]:
    """What the rows from the first on name; those of one depth between two headings belong together.

    A row that begins with `#` or `;` is a comment.
    """
    table, depth, loads = Table([]), 0, False
    for number, row in enumerate(text.split("\n")[first - 1 :], first):
        indent = len(row) - len(row.lstrip(" \t-"))
        if row.lstrip().startswith(("[", "- ")) or (row.strip() and indent != depth):
            yield from found_in(table)
            table, depth, loads = Table([]), indent, False
        loads = loads or _LOADS.match(row[:_LONGEST]) is not None
        hit = _ROW.match(row[:_LONGEST])
        if hit is not None:
            value, start = _value(hit[2])
            key = Leaf("model_name_or_path" if loads and hit[1] == "name" else hit[1], number)
            table.rows.append((key, Leaf(value, number, hit.start(2) + start + 1)))
        elif "://" in row and not row.lstrip().startswith(("#", ";", "//")):
            yield from fetched(row[:_LONGEST], number)
    yield from found_in(table)


def _value(text: str) -> tuple[str, int]:
    """A value without its quotes and without the comment behind it, and where it begins."""
    for quote in ("'", '"'):
        if text.startswith(quote) and (end := text.find(quote, 1)) > 0:
            text, start = text[1:end], 1
            break
    else:
        text, start = re.split(r"[ \t]+[#;]", text, maxsplit=1)[0].strip(), 0
    hit = DEFAULT.fullmatch(text)
    return (hit[1].strip("\"'"), start + hit.start(1)) if hit else (text, start)

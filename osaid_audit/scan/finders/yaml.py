"""Finder for YAML: settings, manifests, compose files, pipelines of CI services.

Documents are read as events, so that tags of whatever program are harmless; of aliases only those of a text
are followed. A template that is no YAML is read with its tags taken out, a broken file without its bad lines.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.finders.rows import rows
from osaid_audit.scan.finders.settings import found_in, mentions
from osaid_audit.scan.finders.templates import plain_of
from osaid_audit.scan.finders.tree import Builder, Leaf, List, Node, Table
from osaid_audit.scan.hits import Doubt, Hit, Malformed

_TOO_DEEP = 1_000
_MOST_BROKEN = 6
"""Lines of one file that are left out because they cannot be read."""
_LONGEST_BROKEN = 200_000
"""Letters; of a longer file no line is left out, because all is read again for each."""


def find(text: str) -> Iterator[Hit | Doubt]:
    """The models and datasets that a YAML file names.

    Raises Malformed behind what could be read: when it is neither YAML nor a template of it.
    """
    if not mentions(text):
        return
    documents, rest = trees(text)
    if rest is None:
        yield from tidy(each for document in documents for each in found_in(document))
        return
    plain = plain_of(text)
    documents, rest = trees(plain.text)
    broken = 0
    while rest is not None and broken < _MOST_BROKEN and len(text) < _LONGEST_BROKEN:
        plain = plain.without(rest.line)
        broken += 1
        documents, rest = trees(plain.text)
    found = [each for document in documents for each in found_in(document)]
    if rest is not None:
        found += rows(text, rest.first)
    yield from tidy(plain.told(found))
    if broken or rest is not None:
        raise Malformed("neither YAML nor a template of it")


class Rest(NamedTuple):
    """What is not readable as YAML: the first line of its document, and the line at fault."""

    first: int
    line: int


def trees(text: str) -> tuple[list[Node], Rest | None]:
    """The documents, and where the rest begins that is not readable as YAML."""
    import yaml  # noqa: PLC0415 - only a run that meets YAML needs it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lines = text.split("\n")
    documents: list[Node] = []
    builder, first = Builder(), 1
    anchors: dict[str, Leaf] = {}
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.DocumentStartEvent):
                builder, first, anchors = Builder(), _line(event), {}
            elif isinstance(event, yaml.DocumentEndEvent):
                documents += [root] if (root := builder.finish()) is not None else []
            else:
                _take(event, builder, lines, anchors)
            if builder.depth > _TOO_DEEP:
                return documents, Rest(first, _line(event))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        return documents, Rest(first, mark.line + 1 if mark is not None else first)
    return documents, None


def _take(event: Any, builder: Builder, lines: list[str], anchors: dict[str, Leaf]) -> None:
    kind = type(event).__name__
    if kind == "ScalarEvent":
        leaf = _leaf(event, lines)
        builder.leaf(leaf)
        if event.anchor is not None:
            anchors[event.anchor] = leaf
    elif kind == "MappingStartEvent":
        builder.start(Table([]))
    elif kind == "SequenceStartEvent":
        builder.start(List([]))
    elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
        builder.end()
    elif kind == "AliasEvent":
        builder.leaf(anchors.get(event.anchor, Leaf("", event.start_mark.line + 1)))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _leaf(event: Any, lines: list[str]) -> Leaf:
    """A scalar at the line of its first word; of one over several lines also its source."""
    first, last = event.start_mark.line, event.end_mark.line
    quoted = 1 if event.style in {"'", '"'} else 0
    if last == first:
        return Leaf(event.value, first + 1, event.start_mark.column + 1 + quoted)
    block = event.style in {"|", ">"}
    begin = first + 1 if block else first
    source = lines[begin : last if block and event.end_mark.column == 0 else last + 1]
    place = next((at for at, row in enumerate(source) if row.strip()), 0)
    if not block and source:
        source = [" " * event.start_mark.column + source[0][event.start_mark.column :], *source[1:]]
        source[-1] = source[-1][: event.end_mark.column] if last > first else source[-1]
        source = [row.strip(event.style + " \t") if quoted else row for row in source]
    joined = "\n".join(source) if event.style == "|" else " \\\n".join(source)
    column = len(source[place]) - len(source[place].lstrip()) + 1 if source else 1
    return Leaf(event.value, begin + place + 1, column, joined, begin + 1)

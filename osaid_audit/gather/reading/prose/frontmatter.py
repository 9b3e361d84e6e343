"""The front matter of a card: YAML read as text, within limits, every failure a slip with its line.

Values stay text (`no`, `2.0` and dates too), lists stay lists, mappings stay mappings.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any, Literal

from osaid_audit.gather.reading.prose.card import fence_of, without_comments

Value = str | list[Any] | dict[str, Any]
SlipKind = Literal[
    "yaml",
    "tab",
    "control",
    "unclosed",
    "shape",
    "duplicate",
    "too_large",
    "bomb",
    "marker",
    "encoding",
    "misplaced",
]
HARMLESS: frozenset[SlipKind] = frozenset({"duplicate", "encoding", "marker", "misplaced"})
"""Slips after which the keys can still be trusted to be all there."""
_MAX_BYTES = 1_000_000
_MAX_NODES = 60_000
_MAX_DEPTH = 24
_MAX_ALIASES = 32
_OPEN = re.compile(r"[ \t\r\n\f\v]{0,4096}---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"(?:\r\n|\r|\n)---[ \t]*(?=\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARK = re.compile(r"---[ \t]*\Z")
_CARD_KEY = re.compile(
    r"(?:licen[cs]e|license_name|license_link|language|tags|datasets|base_model|library_name|pipeline_tag"
    r"|metrics|model-index|widget|inference)[ \t]*:(?:[ \t]|\Z)"
)
_KEY = re.compile(r"[A-Za-z_][\w-]{0,40}[ \t]*:(?:[ \t]|\Z)")
_MAX_MISPLACED = 8


@dataclass(frozen=True)
class Slip:
    """One thing wrong with the front matter; `line` counts from 1 in the file."""

    kind: SlipKind
    line: int


@dataclass(frozen=True)
class Entry:
    """One top-level key as written. A key that stands twice gives two entries."""

    key: str
    value: Value
    line: int


@dataclass(frozen=True)
class FrontMatter:
    """What stands at the head of a card. `body_line` is the line in the file where the body starts.

    `misplaced` are the keys of a block further down (or without its first ---) where there is none at the
    head: the Hub ignores it, so it declares nothing, and the body is without it.
    """

    entries: tuple[Entry, ...] = ()
    misplaced: tuple[Entry, ...] = ()
    slips: tuple[Slip, ...] = ()
    body: str = ""
    body_line: int = 1
    present: bool = False

    @property
    def readable(self) -> bool:
        """Whether the keys can be trusted to be all there: no failure but a harmless one."""
        return all(slip.kind in HARMLESS for slip in self.slips)

    def values(self, key: str) -> tuple[Entry, ...]:
        """Every entry of a key that says something; an empty or null value says nothing."""
        return tuple(entry for entry in self.entries if entry.key == key and not _says_nothing(entry.value))

    def mapping(self) -> Mapping[str, Value]:
        """Key to value; of a key that stands twice the last counts, as on the Hub."""
        return {entry.key: entry.value for entry in self.entries if not _says_nothing(entry.value)}


@lru_cache(maxsize=32)
def read_front_matter(body: bytes) -> FrontMatter:
    """Split a card into front matter and body; never raises, whatever the bytes are."""
    text = body.decode("utf-8", errors="replace")
    slips = (Slip("encoding", _line_at(text, text.find("\ufffd"))),) if "\ufffd" in text else ()
    text = text.removeprefix("\ufeff")
    opening = _OPEN.match(text)
    if opening is None:
        return _without_front_matter(text, slips)
    start = opening.end()
    closing = _CLOSE.search(text, start - 1)
    first = _line_at(text, start)
    if closing is None:
        return FrontMatter(slips=(*slips, Slip("unclosed", first - 1)), body=text)
    block = text[start : max(start, closing.start())]
    if opening.group().rstrip("\r\n").endswith((" ", "\t")) or closing.group().endswith((" ", "\t")):
        slips = (*slips, Slip("marker", first - 1))
    entries, found = _read_block(block, first)
    return FrontMatter(
        entries=entries,
        slips=(*slips, *found),
        body=text[closing.end() :],
        body_line=_line_at(text, closing.end()),
        present=True,
    )


def read_mapping(body: bytes) -> FrontMatter:
    """A whole file of YAML that is one mapping, read within the same limits; never raises."""
    text = body.decode("utf-8", errors="replace").removeprefix("\ufeff")
    entries, slips = _read_block(text, 1)
    return FrontMatter(entries=entries, slips=slips, present=bool(entries))


def _without_front_matter(text: str, slips: tuple[Slip, ...]) -> FrontMatter:
    """A card whose head has none: the first block of card keys found elsewhere is taken out and told."""
    lines = _LINE_END.split(text)
    for start, end in _blocks(_LINE_END.split(without_comments(text))):
        entries, found = _read_block("\n".join(lines[start + 1 : end]), start + 2)
        if entries and all(slip.kind in HARMLESS for slip in found):
            lines[max(start, 0) : end + 1] = [""] * (end + 1 - max(start, 0))
            told = Slip("misplaced", max(start, 0) + 1)
            return FrontMatter(misplaced=entries, slips=(*slips, *found, told), body="\n".join(lines))
    return FrontMatter(slips=slips, body=text)


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of --- lines (-1: the start of the file) around lines that look like card keys, code left out."""
    marks, fence = [-1], ""
    for at, line in enumerate(lines):
        fence = fence_of(line, fence)
        if not fence and _MARK.match(line):
            marks.append(at)
    likely = (pair for pair in pairwise(marks) if _looks_like_keys(lines[pair[0] + 1 : pair[1]]))
    yield from islice(likely, _MAX_MISPLACED)


def _looks_like_keys(lines: list[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return bool(_KEY.match(first)) and any(_CARD_KEY.match(line) for line in lines)


def _says_nothing(value: Value) -> bool:
    return value in ("", "null", "~", "Null", "NULL", [], {}) or value == [""]


def _line_at(text: str, offset: int) -> int:
    return 1 + sum(1 for _ in _LINE_END.finditer(text, 0, max(offset, 0)))


def _read_block(block: str, first: int) -> tuple[tuple[Entry, ...], tuple[Slip, ...]]:
    if len(block) > _MAX_BYTES:
        return (), (Slip("too_large", first),)
    bad = _CONTROL.search(block)
    if bad:
        return (), (Slip("control", first + _line_at(block, bad.start()) - 1),)
    import yaml  # noqa: PLC0415 - only an audit needs it

    try:
        return _entries(block, first)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        return (), (Slip("tab" if _has_tab(block, line) else "yaml", first + line),)
    except (yaml.YAMLError, ValueError, RecursionError):
        return (), (Slip("yaml", first),)


def _has_tab(block: str, line: int) -> bool:
    lines = _LINE_END.split(block)
    return line < len(lines) and lines[line][: len(lines[line]) - len(lines[line].lstrip())].count("\t") > 0


def _entries(block: str, first: int) -> tuple[tuple[Entry, ...], tuple[Slip, ...]]:
    import yaml  # noqa: PLC0415 - only an audit needs it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if not _within_limits(yaml.parse(block, Loader=loader)):
        return (), (Slip("bomb", first),)
    root: Any = yaml.compose(block, Loader=loader)
    if root is None:
        return (), ()
    if root.id != "mapping":
        return (), (Slip("shape", first),)
    return _top_level(root, first)


def _within_limits(events: Iterable[Any]) -> bool:
    """Count before building: depth, nodes and aliases, without recursion."""
    depth = aliases = 0
    for nodes, event in enumerate(events):
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        aliases += name == "AliasEvent"
        if depth > _MAX_DEPTH or nodes > _MAX_NODES or aliases > _MAX_ALIASES:
            return False
    return True


def _top_level(root: Any, first: int) -> tuple[tuple[Entry, ...], tuple[Slip, ...]]:
    entries: list[Entry] = []
    slips: list[Slip] = []
    budget = _Budget()
    seen: set[str] = set()
    for key, value in root.value:
        line = first + key.start_mark.line
        if key.id != "scalar":
            slips.append(Slip("shape", line))
            continue
        if key.value in seen:
            slips.append(Slip("duplicate", line))
        seen.add(key.value)
        try:
            entries.append(Entry(key.value, budget.plain(value), line))
        except _TooMuchError:
            return (), (Slip("bomb", line),)
    return tuple(entries), tuple(slips)


class _TooMuchError(Exception):
    """An alias unfolds into more than a card can hold."""


class _Budget:
    """Turns nodes into plain text, lists and mappings; aliases unfold only as far as the budget goes."""

    def __init__(self) -> None:
        self.left = _MAX_NODES

    def plain(self, node: Any, depth: int = 0) -> Value:
        """The node's value, every scalar as the text that was written."""
        self.left -= 1
        if self.left < 0 or depth > _MAX_DEPTH:
            raise _TooMuchError
        if node.id == "sequence":
            return [self.plain(item, depth + 1) for item in node.value]
        if node.id == "mapping":
            return {str(key.value): self.plain(value, depth + 1) for key, value in node.value}
        return str(node.value)

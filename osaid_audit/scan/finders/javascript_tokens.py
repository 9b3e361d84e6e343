"""JavaScript and TypeScript -> tokens; comments and patterns are left out."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from osaid_audit.scan.finders.quoted import BROKEN, COMMENT, TEXT, Places

Sort = Literal["text", "mixed", "word", "mark"]

_TEMPLATE = r"[^`\\$]*+(?:(?:\\.|\$(?!\{))[^`\\$]*+)*(?:`|\$\{|\\?\Z)"
"""Of a template, up to its end or the next field."""
_TOKEN = re.compile(
    rf"""
    (?P<blank>[^\S\n]++)
  | (?P<line>\n)
  | {COMMENT}
  | {TEXT}
  | {BROKEN}
  | (?P<template>`{_TEMPLATE})
  | (?P<word>[\w$#@]++)
  | (?P<mark>\?\?=?|\|\|=?|&&|=>|===?|!==?|\?\.|\.\.\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_MORE = re.compile(_TEMPLATE, re.DOTALL)
_PATTERN = re.compile(r"/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,400}/[a-z]*+")
_VALUE_ENDS = frozenset(")]}")
_KEYWORDS = frozenset(
    ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await", "yield"]
)
_SCRIPT = re.compile(r"<script\b[^>]{0,300}>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)


class Token(NamedTuple):
    """One token with its place, from 1. `text` of a text is what stands between its quotes.

    `mixed` is a template with parts that are only known when the program runs; these follow as tokens.
    """

    sort: Sort
    text: str
    line: int
    column: int
    more: str = ""
    """Of the mark that ends a field of a template: the text behind it, up to the next field."""


def scripts(text: str) -> str:
    """A page or component with everything outside its scripts blanked, the lines kept."""
    kept, at = [], 0
    low = text.lower()
    if "</script" not in low:
        return ""
    for hit in _SCRIPT.finditer(text[: low.rindex("</script") + 10]):
        kept.append(re.sub(r"[^\n]", " ", text[at : hit.start(1)]))
        kept.append(hit[1])
        at = hit.end(1)
    return "".join(kept)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a program, whatever its text."""
    at, places = 0, Places()
    before: Token | None = None
    depth: list[int] = []
    """Open braces inside each open template."""
    while hit := _TOKEN.match(text, at):
        kind = hit.lastgroup
        if hit[0] == "/" and _may_be_pattern(before) and (pattern := _PATTERN.match(text, at)):
            at = pattern.end()
            before = Token("mark", "/", places.line, at)
            continue
        resumed = None
        if hit[0] == "}" and depth and depth[-1] == 0 and (resumed := _MORE.match(text, hit.end())):
            depth.pop()
            hit, kind = resumed, "template"
        place = places.line, places.column(hit.start())
        token = _token(kind or "", hit, *place, resumed=resumed is not None)
        at = hit.end()
        if kind == "template" and hit[0].endswith("${"):
            depth.append(0)
        elif depth and hit[0] in {"{", "}"} and kind == "mark":
            depth[-1] += 1 if hit[0] == "{" else -1
        places.past(hit[0], hit.start())
        if token is not None:
            before = token
            yield token


def _token(kind: str, hit: re.Match[str], line: int, column: int, *, resumed: bool) -> Token | None:
    if kind == "text":
        return Token("text", hit[0][1:-1], line, column + 1)
    if kind == "template":
        if resumed:
            return Token("mark", "`", line, column, hit[0].removesuffix("`"))
        whole = hit[0].endswith("`") and len(hit[0]) > 1
        inner = hit[0][1:-1] if whole else hit[0][1:]
        return Token("text" if whole else "mixed", inner, line, column + 1)
    if kind == "word":
        return Token("word", hit[0], line, column)
    return Token("mark", hit[0], line, column) if kind == "mark" else None


def _may_be_pattern(before: Token | None) -> bool:
    """Whether `/` begins a pattern here: a division follows a value."""
    if before is None:
        return True
    if before.sort == "word":
        return before.text in _KEYWORDS
    return before.sort == "mark" and before.text not in _VALUE_ENDS

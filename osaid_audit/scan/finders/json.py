"""Finder for JSON, comments and commas at the end of lists tolerated."""

import re

from osaid_audit.scan.finders.own import is_own
from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.finders.quoted import TEXT, Places, unquoted
from osaid_audit.scan.finders.settings import found_in, mentions
from osaid_audit.scan.finders.tree import Builder, Leaf, List, Node, Table
from osaid_audit.scan.hits import Doubt, Hit, Malformed, Own

_TOKEN = re.compile(
    rf"""
    {TEXT}
  | (?P<mark>[\[\]{{}}])
  | (?P<comment>//[^\n]*+|/\*.*?\*/)
  | (?P<bare>[\w.+-]++)
  | (?P<skip>[\s,:]++)
  | (?P<wrong>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_MOST_WRONG = 20
"""Letters that JSON does not have; a file with more of them is something else."""


def find(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a JSON file names. Raises Malformed when it is not JSON at all."""
    if not mentions(text):
        return []
    root = tree(text)
    if root is not None and is_own(root):
        raise Own
    return tidy(found_in(root)) if root is not None else []


def tree(text: str) -> Node | None:
    """The tree. Raises Malformed when the text is something else."""
    builder = Builder()
    at, wrong = Places(), 0
    for hit in _TOKEN.finditer(text):
        if hit.lastgroup == "text":
            builder.leaf(Leaf(unquoted(hit[0]), at.line, at.column(hit.start()) + 1))
        elif hit.lastgroup == "bare":
            builder.leaf(Leaf(hit[0], at.line, at.column(hit.start())))
        elif hit.lastgroup == "mark":
            _mark(hit[0], builder)
        elif hit.lastgroup == "wrong":
            wrong += 1
        if wrong > _MOST_WRONG:
            raise Malformed("not JSON")
        at.past(hit[0], hit.start())
    return builder.finish()


def _mark(mark: str, builder: Builder) -> None:
    if mark in "[{":
        builder.start(Table([]) if mark == "{" else List([]))
    else:
        builder.end()

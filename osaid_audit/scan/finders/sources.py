"""Finder for programs in other languages: addresses of the Hub inside texts, never in comments."""

import re

from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.finders.quoted import BROKEN, COMMENT, TEXT
from osaid_audit.scan.hits import Doubt, Hit
from osaid_audit.scan.ids import Named, parse_reference, urls

_TOKEN = re.compile(
    rf"""
    {COMMENT}
  | (?P<long>\"{{3}}(?:[^"]|"(?!""))*(?:\"{{3}}|\Z)|`[^`]*+(?:`|\Z))
  | {TEXT}
  | {BROKEN}
    """,
    re.VERBOSE | re.DOTALL,
)
_RUBY = re.compile(
    rf"""
    (?P<comment>(?<![^\s;])\#[^\n]*+|^=begin\b(?:.*?^=end\b|.*+))
  | (?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*"|'[^'\\]*+(?:\\.[^'\\]*+)*')
  | {BROKEN}
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def find(text: str) -> list[Hit | Doubt]:
    """The addresses in a program whose comments are `//` and `/* */`."""
    return _find(text, _TOKEN)


def find_ruby(text: str) -> list[Hit | Doubt]:
    """The same where comments begin with `#`: Ruby, R, Julia, Elixir."""
    return _find(text, _RUBY)


def _find(text: str, token: re.Pattern[str]) -> list[Hit | Doubt]:
    found: list[Hit | Doubt] = []
    if "hf" not in text and "huggingface" not in text:
        return found
    line, counted = 1, 0
    for hit in token.finditer(text):
        said = hit[0]
        if hit.lastgroup in {"comment", "broken"} or ("hf" not in said and "huggingface" not in said):
            continue
        line += text.count("\n", counted, hit.start())
        counted = hit.start()
        found += _addresses(said, line)
    return tidy(found)


def _addresses(said: str, line: int) -> list[Hit | Doubt]:
    found: list[Hit | Doubt] = []
    for place, named in urls(said):
        hit = Hit(named.id, line + said.count("\n", 0, place), "url", named.kind, None, named.revision)
        found.append(hit if named.form == "file" else hit._replace(confidence="low"))
    whole = said.strip("\"'`")
    named_whole = parse_reference(whole) if whole.startswith(("hf", "huggingface")) else None
    if isinstance(named_whole, Named) and named_whole.form == "address":
        how = whole.partition("/")[0]
        found.append(Hit(named_whole.id, line, how, named_whole.kind, None, named_whole.revision))
    return found

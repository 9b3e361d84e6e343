"""Finder for Markdown, read on request: code between fences by its language, links with doubt."""

import re
from collections.abc import Iterator

from osaid_audit.scan import kinds
from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.hits import Doubt, Finder, Hit, Malformed
from osaid_audit.scan.ids import urls
from osaid_audit.scan.tables import table

_FENCE = re.compile(r"[ \t>]{0,12}(`{3,20}|~{3,20})[ \t]*\{?\.?([\w+#-]{0,30})")


def find(text: str) -> list[Hit | Doubt]:
    """What the code blocks name, as their own finders find it, and links in the prose."""
    found: list[Hit | Doubt] = []
    for language, first, said in blocks(text):
        if language is None:
            found += _links(said, first)
        else:
            found += _code(language, said, first)
    return tidy(found)


def blocks(text: str) -> Iterator[tuple[str | None, int, str]]:
    """Prose (no language) and code blocks in order, each with its first line."""
    fence, language, said, first = "", "", list[str](), 1
    for number, row in enumerate(text.split("\n"), 1):
        hit = _FENCE.match(row)
        if hit is None or (fence and (not hit[1].startswith(fence) or row.strip(" \t>`~"))):
            said.append(row)
            continue
        yield (language.lower() if fence else None), first, "\n".join(said)
        fence, language = ("", "") if fence else (hit[1], hit[2])
        said, first = [], number + 1
    yield (language.lower() if fence else None), first, "\n".join(said)


def _links(said: str, first: int) -> Iterator[Hit]:
    for place, named in urls(said):
        line = first + said.count("\n", 0, place)
        yield Hit(named.id, line, "link", named.kind, None, named.revision, "low")


def _code(language: str, said: str, first: int) -> Iterator[Hit | Doubt]:
    finder = _finder(language)
    if finder is None:
        return
    if language in {"console", "shell-session", "pycon"}:
        said = re.sub(r"(?m)^(?:\$|>|>>>|\.\.\.|#) ", "", said)
    try:
        for each in finder(said):
            yield each._replace(line=each.line + first - 1)
    except Malformed:
        yield from _links(said, first)


def _finder(language: str) -> Finder | None:
    """The finder of a language (rules/references/languages.yaml); None for one that has none."""
    name = next((name for name, said in table("languages").items() if language in str(said).split()), None)
    if name is None:
        return None
    module, _, function = name.partition("-")
    found: Finder = kinds.finder(f"{kinds.FINDERS}.{module}:{function or 'find'}")
    return found

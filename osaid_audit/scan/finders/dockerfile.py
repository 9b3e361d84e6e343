"""Finder for Dockerfiles and Containerfiles: variables, commands that are run, files that are fetched."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.scan.finders import shell
from osaid_audit.scan.finders.pins import pinned
from osaid_audit.scan.finders.position import tidy
from osaid_audit.scan.finders.quoted import unquoted
from osaid_audit.scan.finders.variables import Variables, assigned, texts
from osaid_audit.scan.finders.words import Word, commands
from osaid_audit.scan.hits import Doubt, Hit

_INSTRUCTION = re.compile(r"[ \t]*(?:ONBUILD[ \t]+)?([A-Za-z]{2,12})[ \t]+", re.IGNORECASE)
_CHECKED = re.compile(r"(?:--[\w-]+=\S+\s+|\\\n\s*)*CMD\s+", re.IGNORECASE)
_MOUNTED = re.compile(r"(?:--[\w-]+(?:=\S+)?[ \t]+)+")
_HEREDOC = re.compile(r"<<-?(?P<mark>[\"']?)(?P<name>[A-Za-z_]\w*)(?P=mark)")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


class Instruction(NamedTuple):
    """One instruction with all its lines; a comment between them is blanked."""

    name: str
    text: str
    line: int
    column: int
    given: str = ""
    """Its heredoc, from the next line after the text on."""


def find(text: str) -> list[Hit | Doubt]:
    """The models and datasets that a Dockerfile names."""
    if not shell.mentions(text):
        return []
    variables: Variables = {}
    return tidy(pinned(list(_find(text, variables)), texts(variables)))


def _find(text: str, variables: Variables) -> Iterator[Hit | Doubt]:
    entry: list[Word] = []
    for each in instructions(text):
        if each.name in {"ENV", "ARG"}:
            yield from _set(each, variables)
        elif each.name in {"RUN", "HEALTHCHECK"}:
            yield from _run(each, variables)
        elif each.name in {"CMD", "ENTRYPOINT"}:
            said = _list(each)
            whole = [*entry, *said] if each.name == "CMD" else said
            entry = said if each.name == "ENTRYPOINT" else entry
            yield from shell.words_of(whole, variables) if said else _run(each, variables)
        elif each.name == "ADD":
            yield from shell.lines(f"git  {each.text}", each.line, variables, each.column - 5)
        elif each.name == "FROM":
            entry = []


def instructions(text: str) -> Iterator[Instruction]:
    """The instructions in order."""
    rows = text.split("\n")
    ends: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        ends.setdefault(row.strip(), []).append(place)
    at = 0
    while at < len(rows):
        start = at
        said: list[str] = []
        while at < len(rows):
            row = rows[at].rstrip()
            at += 1
            if row.lstrip().startswith("#"):
                row = "\\" if said else ""
            said.append(row)
            if not row.endswith("\\"):
                break
        hit = _INSTRUCTION.match(said[0])
        if hit is None:
            continue
        body = "\n".join(said)
        given, at = _heredocs(body, rows, ends, at)
        yield Instruction(hit[1].upper(), body[hit.end() :], start + 1, hit.end() + 1, given)


def _heredocs(body: str, rows: list[str], ends: dict[str, list[int]], at: int) -> tuple[str, int]:
    """What stands in the heredocs of an instruction, and the line after them."""
    found = []
    for _, name in _HEREDOC.findall(body)[:8]:
        places = ends.get(name, [])
        after = bisect_left(places, at)
        if after == len(places):
            break
        end = places[after]
        found += rows[at : end + 1]
        at = end + 1
    return "\n".join(found), at


def _set(each: Instruction, variables: Variables) -> Iterator[Hit | Doubt]:
    said = [word for command in commands(each.text, each.line, each.column) for word in command.words]
    if len(said) == 2 and "=" not in said[0].text:  # noqa: PLR2004 - ENV NAME value, the old form
        yield from assigned(said[0].text, said[1].text, said[1].line, said[1].column, variables)
        return
    for word in said:
        name, sign, value = word.text.partition("=")
        if sign:
            yield from assigned(name, value, word.line, word.column + len(name) + 1, variables)


def _run(each: Instruction, variables: Variables) -> Iterator[Hit | Doubt]:
    if said := _list(each):
        yield from shell.words_of(said, variables)
        return
    hit = (_CHECKED if each.name == "HEALTHCHECK" else _MOUNTED).match(each.text)
    skipped = hit.end() if hit else 0
    blank = re.sub(r"[^\n]", " ", each.text[:skipped])
    if each.given and _HEREDOC.match(each.text[skipped:].lstrip()):
        yield from shell.lines(blank + each.text[skipped:], each.line, variables, each.column)
        first = each.line + each.text.count("\n") + 1
        yield from shell.lines(each.given, first, variables)
    else:
        text = blank + each.text[skipped:] + (f"\n{each.given}" if each.given else "")
        yield from shell.lines(text, each.line, variables, each.column)


def _list(each: Instruction) -> list[Word]:
    """The words of the form `["a", "b"]`; none when it is text for a shell."""
    if not each.text.lstrip().startswith("["):
        return []
    found = []
    for hit in _TEXT.finditer(each.text):
        line = each.line + each.text.count("\n", 0, hit.start())
        before = each.text.rfind("\n", 0, hit.start())
        column = hit.start() - before if before >= 0 else each.column + hit.start()
        found.append(Word(unquoted(hit[0]), line, column + 1))
    return found

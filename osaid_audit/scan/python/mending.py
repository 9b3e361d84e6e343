"""Python that cannot be parsed -> what of it can be, line by line where it stood.

Written for another version of Python, or with one fault in it, a module still names its models. The parts
between lines that begin at the margin are read each on its own; of one that cannot be read, the calls and
plain assignments that stand in it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.scan.python.parsing import parses

_TOKEN = re.compile(
    r"""
    (?P<long>[A-Za-z]{0,2}(?:\"{3}(?:[^"\\]|\\.|"(?!""))*(?:\"{3}|\Z)|'{3}(?:[^'\\]|\\.|'(?!''))*(?:'{3}|\Z)))
  | (?P<text>[A-Za-z]{0,2}(?:"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*'))
  | (?P<broken>["'])
  | (?P<comment>\#[^\n]*+)
  | (?P<name>[^\W\d]\w*+(?:[ ]?\.[ ]?[^\W\d]\w*+)*)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<line>\n)
  | (?P<blank>[^\S\n]++)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_GOES_ON = ("else", "elif", "except", "finally", ")", "]", "}")
_ASSIGNED = re.compile(
    r"[ \t]*(?:self\.)?([A-Za-z_]\w{0,80})[ \t]*(?::[^=\n]{1,80})?="
    r"[ \t]*([\"'][^\"'\n]{1,300}[\"'])[ \t]*(?:\#[^\n]*)?\Z"
)
_MOST_PARTS = 20_000
_MOST_TRIES = 3_000
_LONGEST_CALL = 4_000


class _Call(NamedTuple):
    start: int
    end: int
    line: int


def rest_of(text: str) -> str:
    """The same with as many lines, only what can be parsed kept."""
    return "\n".join(part if parses(part) else _calls_of(part) for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    """The statements at the margin, each with what is indented below it."""
    part: list[str] = []
    count = 0
    inside = _inside(text)
    for number, row in enumerate(text.split("\n")):
        begins = row[:1].strip() and number not in inside and not row.startswith(_GOES_ON)
        decorated = part and part[-1].startswith("@")
        if begins and part and not decorated and count < _MOST_PARTS:
            yield "\n".join(part)
            part, count = [], count + 1
        part.append(row)
    yield "\n".join(part)


def _inside(text: str) -> set[int]:
    """The lines, from 0, that begin inside a long text."""
    found: set[int] = set()
    if '"""' not in text and "'''" not in text:
        return found
    line = 0
    for hit in _TOKEN.finditer(text):
        breaks = hit[0].count("\n")
        if hit.lastgroup == "long":
            found.update(range(line + 1, line + breaks + 1))
        line += breaks
    return found


def _calls_of(part: str) -> str:
    """The calls in a part, outermost first, and its plain assignments; each at the line where it begins."""
    rows = [""] * (part.count("\n") + 1)
    for at, row in enumerate(part.split("\n")):
        if (hit := _ASSIGNED.match(row)) and parses(f"{hit[1]} = {hit[2]}"):
            rows[at] = f"{hit[1]} = {hit[2]}"
        elif (bare := row.strip()).startswith(("import ", "from ")) and parses(bare):
            rows[at] = bare
    last = -1
    for tries, call in enumerate(_calls(part)):
        said = part[call.start : call.end]
        if tries > _MOST_TRIES:
            break
        if call.start >= last and len(said) < _LONGEST_CALL and parses(f"({said})"):
            last = call.end
            for at, row in enumerate(f"({said})".split("\n"), call.line):
                rows[at] += f"; {row}" if rows[at] and at == call.line else row
    return "\n".join(rows)


def _calls(part: str) -> list[_Call]:
    """Every `name(...)`, in the order in which they begin."""
    waiting: list[tuple[int, int, bool]] = []
    found: list[_Call] = []
    line, name = 0, (-1, -1, 0)
    for hit in _TOKEN.finditer(part):
        kind = hit.lastgroup
        if kind == "name" and hit[0] not in {
            "def",
            "class",
            "if",
            "in",
            "not",
            "and",
            "or",
            "return",
            "print",
        }:
            name = (hit.start(), hit.end(), line)
        elif kind == "open":
            called = hit[0] == "(" and name[1] == hit.start()
            waiting.append((name[0], name[2], called) if called else (hit.start(), line, False))
        elif kind == "close" and waiting:
            start, first, called = waiting.pop()
            if called:
                found.append(_Call(start, hit.end(), first))
        line += hit[0].count("\n")
    return sorted(found, key=lambda call: (call.start, -call.end))

"""Programs in Python that stand inside other files: `python -c "..."`, heredocs, steps of pipelines."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from functools import lru_cache
from itertools import pairwise

from osaid_audit.scan.finders.words import Word
from osaid_audit.scan.hits import Doubt, Hit, Malformed
from osaid_audit.scan.python.commands import Run
from osaid_audit.scan.python.finding import find

_PYTHON = re.compile(r"(?:i?python|pypy)[\d.]{0,6}(?:w|\.exe)?\Z")
_DEEPEST = 2
_depth: ContextVar[int] = ContextVar("depth", default=0)


def is_python(word: Word) -> bool:
    """Whether a word is the name of Python's program, in whatever folder."""
    return bool(_PYTHON.match(word.text.rpartition("/")[2]))


def python(text: str, line: int, run: Run) -> Iterator[Hit | Doubt]:
    """What a program in Python names that stands inside another file, from this line on.

    `run` tells what the command lines name that the program runs.
    """
    code = text.replace('\\"', '"').replace("\\$", "$")
    code = re.sub(r"\A(?:[ \t]*\\\n)+", lambda hit: "\n" * hit[0].count("\n"), code)
    code = textwrap.dedent(code) if code[:1].isspace() else code
    for each in _read(code, run, _depth.get()):
        moved = each._replace(line=each.line + line - 1)
        yield moved._replace(column=None) if isinstance(moved, Hit) else moved


@lru_cache(maxsize=256)
def _read(code: str, run: Run, depth: int) -> tuple[Hit | Doubt, ...]:
    """What a program names; one inside a program inside a program is not read: nobody writes that by hand."""
    found: list[Hit | Doubt] = []
    if depth < _DEEPEST:
        token = _depth.set(depth + 1)
        try:
            found += find(code, run)
        except Malformed:
            pass
        finally:
            _depth.reset(token)
    return tuple(found)


def programs(said: Sequence[Word], run: Run) -> Iterator[Hit | Doubt]:
    """`python -c "CODE"`."""
    for at, word in enumerate(said[:-2]):
        if is_python(word):
            behind = said[at + 1 : at + 8]
            for switch, code in pairwise(behind):
                if re.fullmatch(r"-[A-Za-z]{0,5}c", switch.text):
                    yield from python(code.text, code.line, run)
                    return

"""Command lines that a module runs: `subprocess.run(["hf", "download", "org/name"])`, `os.system("...")`."""

import ast
from collections.abc import Callable, Iterator

from osaid_audit.scan.finders.words import Word
from osaid_audit.scan.hits import Doubt, Hit
from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.names import argument
from osaid_audit.scan.python.scopes import Spot
from osaid_audit.scan.python.values import Resolver

Run = Callable[[str | list[Word], int], Iterator[Hit | Doubt]]
"""What a command line names: one text that stands on a line, or its words.

It is handed down by who reads command lines: those run programs in Python, and these command lines.
"""

_RUN = frozenset(
    {
        "run",
        "call",
        "check_call",
        "check_output",
        "Popen",
        "getoutput",
        "getstatusoutput",
        "system",
        "popen",
        "create_subprocess_exec",
        "create_subprocess_shell",
    }
)
_LONGEST_NAMED = 400
"""Letters of a word that stands elsewhere: a program that many calls are given is not read for each."""
_FROM = frozenset({"subprocess", "os", "asyncio"})


def of_command(call: ast.Call, spot: Spot, resolver: Resolver, run: Run) -> Iterator[Hit | Doubt]:
    """What a command line names that is written out, as one text or as a list of words."""
    name = dotted(call.func)
    if name.rpartition(".")[2] not in _RUN or not call.args:
        return
    if resolver.origin(name, spot).partition(".")[0] not in _FROM:
        return
    given = argument(call, 0, ("args", "cmd"))
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        if len(call.args) == 1 and "\n" not in given.value:
            yield from _without_place(run(given.value, given.lineno))
        return
    listed = given.elts if isinstance(given, ast.List | ast.Tuple) else call.args
    said = []
    for each in listed:
        texts = resolver.texts(each, spot).values
        known = len(texts) == 1 and (texts[0].node is each or len(texts[0].text) <= _LONGEST_NAMED)
        text = texts[0].text if known else "$?"
        place = texts[0].node.lineno if len(texts) == 1 and not texts[0].beside else each.lineno
        said.append(Word(text, place, 1, fixed=True))
    yield from _without_place(run(said, call.lineno))


def _without_place(found: Iterator[Hit | Doubt]) -> Iterator[Hit | Doubt]:
    """The column inside a text of Python is not told."""
    for each in found:
        yield each._replace(column=None) if isinstance(each, Hit) else each

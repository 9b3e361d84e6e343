"""Command lines that a module runs: `subprocess.run(["hf", "download", "org/name"])`, `os.system("...")`."""

import ast
from collections.abc import Iterator

from osaid_audit.scan.hits import Doubt, Hit
from osaid_audit.scan.python.dotted import dotted
from osaid_audit.scan.python.names import argument
from osaid_audit.scan.python.survey import Spot
from osaid_audit.scan.python.values import Resolver

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


def of_command(call: ast.Call, spot: Spot, resolver: Resolver) -> Iterator[Hit | Doubt]:
    """What a command line names that is written out, as one text or as a list of words."""
    name = dotted(call.func)
    if name.rpartition(".")[2] not in _RUN or not call.args:
        return
    if resolver.origin(name, spot).partition(".")[0] not in _FROM:
        return
    from osaid_audit.scan.finders import shell  # noqa: PLC0415 - it reads Python inside of shell, too
    from osaid_audit.scan.finders.words import Word  # noqa: PLC0415 - as above

    given = argument(call, 0, ("args", "cmd"))
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        if len(call.args) == 1 and "\n" not in given.value:
            yield from _without_place(shell.lines(given.value, given.lineno, {}))
        return
    listed = given.elts if isinstance(given, ast.List | ast.Tuple) else call.args
    said = []
    for each in listed:
        texts = resolver.texts(each, spot).values
        known = len(texts) == 1 and (texts[0].node is each or len(texts[0].text) <= _LONGEST_NAMED)
        text = texts[0].text if known else "$?"
        place = texts[0].node.lineno if len(texts) == 1 and not texts[0].beside else each.lineno
        said.append(Word(text, place, 1, fixed=True))
    yield from _without_place(shell.words_of(said, {}))


def _without_place(found: "Iterator[Hit | Doubt]") -> Iterator[Hit | Doubt]:
    """The column inside a text of Python is not told."""
    for each in found:
        yield each._replace(column=None) if isinstance(each, Hit) else each

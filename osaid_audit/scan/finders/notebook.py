"""Notebooks: the code cells as one module, so that what one cell defines is known in the next.

Outputs, Markdown and attachments are never looked at. Lines are those of the `.ipynb` file, columns those of
the code. A cell that is no Python does not take the others away: of it, the calls are read.
"""

import re
from collections.abc import Iterator

from osaid_audit.scan.cells import Line, cells_of
from osaid_audit.scan.finders import shell
from osaid_audit.scan.hits import Doubt, Hit, Neighbours
from osaid_audit.scan.python.calls import is_worth_reading
from osaid_audit.scan.python.finding import beside, parsed
from osaid_audit.scan.python.mending import rest_of
from osaid_audit.scan.python.parsing import parses
from osaid_audit.scan.python.references import References

_SHELL = re.compile(r"[ \t]*(?:[A-Za-z_][\w, ]{0,60}=[ \t]*)?!{1,2}(?=[^=\s])(.*)", re.DOTALL)
_MAGIC = re.compile(
    r"(?P<indent>[ \t]*)(?:[A-Za-z_]\w{0,60}[ \t]*=[ \t]*)?"
    r"%{1,2}(?P<name>[A-Za-z]\w{0,30})[ \t]*(?P<rest>.*)",
    re.DOTALL,
)
_HELP = re.compile(r"[ \t]*(?:\?{1,2}[\w.]{1,100}|[\w.]{1,100}\?{1,2})[ \t]*\Z")
_SHELL_MAGICS = frozenset({"bash", "sh", "sx", "system", "shell"})
_CODE_MAGICS = frozenset({"time", "timeit", "capture", "prun", "memit"})


def find(text: str, neighbours: Neighbours | None = None) -> Iterator[Hit | Doubt]:
    """What the code of a notebook names. Raises Malformed when it is none, else as that of Python."""
    cells = [cell for cell in cells_of(text) if cell]
    if any(is_worth_reading(_joined(cell)) or _may_hold_shell(cell) for cell in cells):
        yield from _found(cells, neighbours)


def _found(cells: list[list[Line]], neighbours: Neighbours | None) -> Iterator[Hit | Doubt]:
    code: list[Line] = []
    commands: list[Line] = []
    mended: set[int] = set()
    for cell in cells:
        if parses(_joined(cell)):
            code += cell
            continue
        own = _Parts(cell)
        commands += own.shell
        if not parses(_joined(own.code)):
            rows = rest_of(_joined(own.code)).split("\n")
            own.code = [line._replace(text=row) for row, line in zip(rows, own.code, strict=False)]
            mended.update(line.at for line in own.code)
        code += own.code
    for place in shell.find(_joined(commands)) if commands else ():
        yield place._replace(line=_at(commands, place.line))
    lines = [line.text for line in code]
    for place in References(parsed(_joined(code)), lines, shell.run, neighbours, beside(neighbours)):
        if not (isinstance(place, Hit) and place.beside):
            place = place._replace(line=_at(code, place.line))  # noqa: PLW2901 - the same place
        moved = isinstance(place, Hit) and place.line in mended
        yield place._replace(column=None) if moved and isinstance(place, Hit) else place


class _Parts:
    """A cell that is not plain Python: its code with magics made harmless, and its command lines."""

    def __init__(self, cell: list[Line]) -> None:
        self.code: list[Line] = []
        self.shell: list[Line] = []
        first = next((at for at, line in enumerate(cell) if line.text.strip()), 0)
        magic = _MAGIC.match(cell[first].text)
        if magic and cell[first].text.lstrip().startswith("%%"):
            self._whole(magic["name"], magic["rest"], cell[first + 1 :])
        else:
            self._by_line(cell)

    def _whole(self, name: str, rest: str, cell: list[Line]) -> None:
        """A magic over the whole cell."""
        if name in _SHELL_MAGICS or (name == "script" and rest.split()[:1] in (["bash"], ["sh"])):
            self.shell += cell
        elif name in _CODE_MAGICS or (name in {"writefile", "file"} and rest.strip().endswith(".py")):
            self._by_line(cell)

    def _by_line(self, cell: list[Line]) -> None:
        in_command = False
        for line in cell:
            command = _SHELL.match(line.text)
            if in_command or command:
                self.shell.append(line if in_command or command is None else Line(command[1], line.at))
                in_command = line.text.rstrip().endswith("\\")
                indent = line.text[: len(line.text) - len(line.text.lstrip())] if command else ""
                self.code.append(Line(f"{indent}pass" if command else "", line.at))
                continue
            self._code(line)

    def _code(self, line: Line) -> None:
        magic = _MAGIC.match(line.text)
        if magic is None:
            self.code.append(Line("", line.at) if _HELP.match(line.text) else line)
            return
        name, rest = magic["name"], magic["rest"]
        timed = name in _CODE_MAGICS and rest and not rest.startswith("-")
        self.code.append(Line(f"{magic['indent']}{rest if timed else 'pass'}", line.at))
        if name in _SHELL_MAGICS:
            self.shell.append(Line(rest, line.at))
        elif name in {"env", "set_env"}:
            self.shell.append(Line(re.sub(r"\A(\w+)\s+", r"\1=", rest), line.at))


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _at(lines: list[Line], line: int) -> int:
    return lines[min(max(line, 1), len(lines)) - 1].at


def _may_hold_shell(cell: list[Line]) -> bool:
    return any(line.text.lstrip().startswith(("!", "%")) or "!" in line.text for line in cell)

"""Text for a shell -> commands, each a list of words with their places."""

import re
from typing import NamedTuple

from osaid_audit.scan.finders.quoted import Places

_DEEPEST = 4
_MOST_HEREDOCS = 8
"""Of one line."""
_TOKEN = re.compile(
    r"""
    (?P<joined>\\\r?\n)
  | (?P<escaped>\\.)
  | (?P<end>\r?\n)
  | (?P<blank>[ \t\r\f\v]++)
  | (?P<heredoc><<-?[ ]?(?P<mark>["']?)(?P<name>[A-Za-z_]\w*)(?P=mark))
  | (?P<single>'[^']*+')
  | (?P<double>"[^"\\]*+(?:\\.[^"\\]*+)*")
  | (?P<brace>\$\{[^}\n]{0,400}\})
  | (?P<run>\$\(|`)
  | (?P<split>[;|&()]|[<>])
  | (?P<plain>[^\s\\'"`$;|&()<>\#]++)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Word(NamedTuple):
    """A word of a command with the place of its first letter, from 1. `fixed`: nothing in it is expanded.

    `listed`: it is an entry of `NAME=(...)`, told as `NAME=entry`.
    """

    text: str
    line: int
    column: int
    fixed: bool = False
    listed: bool = False


class Heredoc(NamedTuple):
    """Text that a command is given, with its first line."""

    text: str
    line: int


class Command(NamedTuple):
    """One simple command."""

    words: list[Word]
    given: list[Heredoc]


def commands(text: str, line: int = 1, column: int = 1, depth: int = 0) -> list[Command]:
    """The commands of a text whose first letter stands at this place; those inside `$(...)` on their own."""
    return _Reader(text, line, column, depth).read()


class _Reader:
    """Goes through a text once."""

    def __init__(self, text: str, line: int, column: int, depth: int) -> None:
        self.text, self.depth = text, depth
        self.at = Places(line, column)
        self.done: list[Command] = []
        self.words: list[Word] = []
        self.given: list[Heredoc] = []
        self.pieces: list[str] = []
        self.place = (line, column)
        self.fixed = True
        self.awaited: list[str] = []
        self.array = ""
        """`NAME=` while the entries of a list are read: each is taken as an assignment of its own."""

    def read(self) -> list[Command]:
        at = 0
        while at < len(self.text):
            hit = _TOKEN.match(self.text, at)
            if hit is None:
                break
            at = hit.end()
            kind = hit.lastgroup or ""
            if kind == "other" and hit[0] == "#" and not self.pieces:
                at = self._line_end(at)
            elif kind == "end":
                self.at.past(hit[0], hit.start())
                at = self._end_of_line(at)
            else:
                self._take(kind, hit)
        self._finish()
        return [command for command in self.done if command.words]

    def _take(self, kind: str, hit: re.Match[str]) -> None:
        if kind == "blank":
            self._word()
        elif kind == "joined":
            self._word()
            self.at.past(hit[0], hit.start())
        elif kind == "heredoc":
            self._word()
            self.awaited = [*self.awaited, hit["name"]][:_MOST_HEREDOCS]
        elif kind == "split":
            opened = "".join(self.pieces) if hit[0] == "(" else ""
            self._word()
            self.array = opened if opened.endswith("=") else "" if hit[0] in "()" else self.array
            if hit[0] in "<>":
                self.words.append(Word(hit[0], self.at.line, self.at.column(hit.start())))
            else:
                self._finish()
        elif kind == "run":
            self._piece(hit[0], hit.start(), fixed=False)
            self._finish()
        else:
            self._part(kind, hit)

    def _part(self, kind: str, hit: re.Match[str]) -> None:
        inner = hit[0]
        if kind in {"single", "double"}:
            self._piece("", hit.start() + 1, fixed=kind == "single")
            inner = inner[1:-1]
            if kind == "double":
                self._nested(inner, hit.start() + 1)
        elif kind == "escaped":
            inner = inner[1:]
        self._piece(inner, hit.start(), fixed=kind != "brace" and inner != "$" and kind != "double")
        self.at.past(hit[0], hit.start())

    def _nested(self, inner: str, start: int) -> None:
        """Commands inside a text in double quotes."""
        if "$(" not in inner or self.depth >= _DEEPEST:
            return
        lines = inner[: inner.index("$(")].count("\n")
        self.done += commands(
            inner[inner.index("$(") + 2 :], self.at.line + lines, self.at.column(start), self.depth + 1
        )

    def _piece(self, text: str, start: int, *, fixed: bool) -> None:
        if not self.pieces:
            self.place = (self.at.line, self.at.column(start))
            self.fixed = True
        self.pieces.append(text)
        self.fixed = self.fixed and fixed

    def _word(self) -> None:
        if self.pieces:
            line, column = self.place
            text = self.array + "".join(self.pieces)
            self.words.append(Word(text, line, column - len(self.array), self.fixed, bool(self.array)))
            self.pieces = []

    def _finish(self) -> None:
        self._word()
        if self.words or self.given:
            self.done.append(Command(self.words, self.given))
        self.words, self.given = [], []

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _end_of_line(self, at: int) -> int:
        for name in self.awaited:
            at = self._heredoc(name, at)
        self.awaited = []
        self._finish()
        return at

    def _heredoc(self, name: str, at: int) -> int:
        hit = re.compile(rf"^[ \t]*{name}[ \t]*\r?$", re.MULTILINE).search(self.text, at)
        end = hit.start() if hit else len(self.text)
        self._word()
        self.given.append(Heredoc(self.text[at:end], self.at.line))
        after = min(self._line_end(hit.end()) + 1, len(self.text)) if hit else end
        self.at.past(self.text[at:after], at)
        return after

"""What the names of a JavaScript file stand for: constants, tables, templates, other names of imports."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from osaid_audit.scan.finders.javascript_tokens import Token

_OPEN = {"(": ")", "[": "]", "{": "}"}
_CLOSE = frozenset(_OPEN.values())
_CHOICE = frozenset({"??", "||", "?", ":", "??=", "||="})
_DEEPEST = 6
_MOST = 64
"""Texts of one expression."""
_LONGEST = 40
"""Tokens of an expression that is followed."""
_LONGEST_TEXT = 400
"""Letters of a text that is put together; each longer one doubles what the next can be."""
_LONGEST_IMPORT = 200
_WALKS = frozenset({"map", "forEach", "flatMap", "filter"})


class Value(NamedTuple):
    """A text, the token that holds it, and whether it was come by through a constant."""

    text: str
    token: Token
    constant: bool = False


class Values:
    """The tokens of a file, and what its names are given. `constants` is filled by who reads the file."""

    def __init__(self, said: Sequence[Token]) -> None:
        self.said = said
        self.ends = _ends(said)
        self.constants: dict[str, Value] = {}
        self.tables: dict[str, Sequence[Token]] = {}
        self.loops: dict[str, Sequence[Token]] = {}
        self.aliases: dict[str, str] = {}
        for at, token in enumerate(said):
            if token.sort == "mark" and token.text in {"{", "["}:
                self._table(at)
            elif token.sort == "word":
                self._loop(at)
                self._alias(at)

    def text_at(self, at: int) -> str:
        """The mark or word at a place; nothing for a text, and outside."""
        inside = 0 <= at < len(self.said) and self.said[at].sort in {"mark", "word"}
        return self.said[at].text if inside else ""

    def of(self, said: Sequence[Token], depth: int = _DEEPEST) -> list[Value]:
        """The texts that an expression can come to."""
        if depth <= 0 or not said:
            return []
        said = _untyped(said)
        if len(said) > 2 and said[0].text == "(" and said[-1].text == ")":  # noqa: PLR2004 - something between
            return self.of(said[1:-1], depth - 1)
        found: list[Value] = []
        for part in _parts(said, _CHOICE):
            found += self._one(_untyped(part), depth)
        return found[:_MOST]

    def property(self, said: Sequence[Token], key: str, depth: int = _DEEPEST) -> Sequence[Token]:
        """What stands under a key of an object, behind a name or `...` too; nothing without such a key."""
        said = self._table_of(said, depth)
        if not said or said[0].text != "{" or depth <= 0:
            return ()
        spread: list[Sequence[Token]] = []
        for row in split(said[1:-1]):
            named = row[0].text == key
            if named and len(row) > 2 and row[1].text in {":", "="}:  # noqa: PLR2004 - key, sign, value
                return row[2:]
            if named and len(row) == 1 and row[0].sort == "word":
                return row
            if row[0].text == "..." and len(row) <= _LONGEST:
                spread.append(row[1:])
        return next((found for each in spread if (found := self.property(each, key, depth - 1))), ())

    def members(self, said: Sequence[Token]) -> Iterator[Sequence[Token]]:
        """The entries of a list, or the values of an object."""
        for row in split(said[1:-1])[:_MOST]:
            if said[0].text == "[":
                yield row
            elif len(row) > 2 and row[1].text in {":", "="}:  # noqa: PLR2004 - key, sign, value
                yield row[2:]

    def filled(self, at: int, depth: int = _DEEPEST) -> tuple[Value | None, int]:
        """The template that begins here with its fields put in, when all are known; and its last token."""
        text, start = self.said[at].text.removesuffix("${"), at
        while at - start < _LONGEST:
            end = next(
                (to for to in range(at + 1, min(at + 12, len(self.said))) if self.said[to].text == "`"), 0
            )
            known = self.of(self.said[at + 1 : end], depth - 1) if end else []
            if len(known) != 1 or len(text) > _LONGEST_TEXT:
                return None, at
            text += known[0].text + self.said[end].more.removesuffix("${")
            if not self.said[end].more.endswith("${"):
                return Value(text, self.said[start], constant=True), end
            at = end
        return None, at

    # One expression.

    def _one(self, said: Sequence[Token], depth: int) -> list[Value]:
        if not said or len(said) > _LONGEST:
            return []
        if len(said) == 1 and said[0].sort == "text":
            return [Value(said[0].text, said[0])]
        if said[0].sort == "mixed":
            at = self._place(said[0])
            value, end = self.filled(at, depth)
            return [value] if value and end == at + len(said) - 1 else []
        sum_of = _parts(said, frozenset({"+"}))
        if len(sum_of) > 1:
            known = [self.of(part, depth - 1) for part in sum_of]
            if (
                any(len(each) != 1 for each in known)
                or sum(len(each[0].text) for each in known) > _LONGEST_TEXT
            ):
                return []
            return [Value("".join(each[0].text for each in known), said[0], constant=True)]
        return self._path(said, depth) if said[0].sort == "word" else []

    def _path(self, said: Sequence[Token], depth: int) -> list[Value]:
        """`NAME`, `NAME.key`, `NAME['key']`, `NAME[key]`, `this.field`."""
        if len(said) == 1 and (known := self.constants.get(said[0].text)) is not None:
            return [known._replace(constant=True)]
        if len(said) == 1 and (each_of := self.loops.get(said[0].text)) is not None:
            table = self._table_of(each_of, depth - 1)
            found = (
                [value for row in self.members(table) for value in self.of(row, depth - 1)] if table else []
            )
            return [value._replace(constant=True) for value in found]
        if len(said) == 3 and said[0].text == "this" and said[2].text in self.constants:  # noqa: PLR2004 - this.name
            return [self.constants[said[2].text]._replace(constant=True)]
        found = [value for row in self._rows_at(said, depth) for value in self.of(row, depth - 1)]
        return [value._replace(constant=True) for value in found[:_MOST]]

    def _table_of(self, said: Sequence[Token], depth: int) -> Sequence[Token]:
        """The object or list that an expression is."""
        if not said or depth <= 0:
            return ()
        if said[0].sort == "mark":
            return said if said[0].text in {"{", "["} else ()
        rows = self._rows_at(said, depth)
        return self._table_of(rows[0], depth - 1) if len(rows) == 1 else ()

    def _rows_at(self, said: Sequence[Token], depth: int) -> list[Sequence[Token]]:
        """The expressions that a path through a table leads to."""
        if said[0].sort != "word" or depth <= 0:
            return []
        name = said[1 + 1].text if said[0].text == "this" and len(said) > 2 else said[0].text  # noqa: PLR2004 - as above
        at = 3 if said[0].text == "this" else 1
        known = self.tables.get(name) or (
            self.loops.get(name) and self._table_of(self.loops[name], depth - 1)
        )
        if not known:
            return []
        rows: list[Sequence[Token]] = list(self.members(known)) if name not in self.tables else [known]
        while at < len(said) and rows:
            sign = said[at].text
            key, at, exact = self._step(said, at, sign)
            if at < 0:
                return []
            rows = self._below(rows, key if exact else None, depth)
        return rows[:_MOST]

    @staticmethod
    def _step(said: Sequence[Token], at: int, sign: str) -> tuple[str, int, bool]:
        """The key of one step of a path, where the next begins, and whether the key is written out."""
        if sign in {".", "?."} and at + 1 < len(said) and said[at + 1].sort == "word":
            return said[at + 1].text, at + 2, True
        if sign == "[":
            end = next((to for to in range(at + 1, len(said)) if said[to].text == "]"), -1)
            exact = end == at + 2 and said[at + 1].sort == "text"
            return said[at + 1].text, end + 1 if end > 0 else -1, exact
        return ("", at + 1, True) if sign == "!" else ("", -1, False)

    def _below(self, rows: Sequence[Sequence[Token]], key: str | None, depth: int) -> list[Sequence[Token]]:
        if key == "":
            return list(rows)
        found: list[Sequence[Token]] = []
        for row in rows[:_MOST]:
            table = self._table_of(row, depth - 1)
            if key is not None and table and (under := self.property(table, key, depth - 1)):
                found.append(under)
            elif key is None and table:
                found += self.members(table)
        return found

    # What is known of the file.

    def _table(self, at: int) -> None:
        """`NAME = {...}`, `NAME: Type = [...]`, `enum NAME {...}`."""
        end = self.ends.get(at)
        before = self.text_at(at - 1)
        if end is None:
            return
        whole = self.said[at : end + 1]
        if before == "=":
            name = at - 2
            for back in range(at - 2, max(at - 16, -1), -1):
                if self.text_at(back) in {
                    "const",
                    "let",
                    "var",
                    "readonly",
                    "static",
                    "private",
                    ";",
                    "{",
                    "}",
                }:
                    name = back + 1
                    break
            if self.said[name].sort == "word":
                self.tables.setdefault(self.said[name].text, whole)
        elif before == "(" and self.text_at(at - 2) == "freeze" and self.text_at(at - 5) == "=":
            self.tables.setdefault(self.text_at(at - 6), whole)
        elif self.text_at(at - 2) == "enum":
            self.tables.setdefault(before, whole)

    def _loop(self, at: int) -> None:
        """`for (const NAME of LIST)`, `LIST.map((NAME) => ...)`."""
        word = self.said[at].text
        if word == "of" and self.text_at(at - 2) in {"const", "let", "var"}:
            end = next(
                (to for to in range(at + 1, min(at + 12, len(self.said))) if self.text_at(to) == ")"), 0
            )
            if end:
                self.loops.setdefault(self.text_at(at - 1), self.said[at + 1 : end])
        elif word in _WALKS and self.text_at(at - 1) == "." and self.text_at(at + 1) == "(":
            name = at + 2 + (self.text_at(at + 2) == "async")
            name += self.text_at(name) == "("
            start = at - 1
            while start > at - 8 and (self.text_at(start - 1) == "." or self.is_word(start - 1)):
                start -= 1
            if self.is_word(name) and self.text_at(start):
                self.loops.setdefault(self.text_at(name), self.said[start : at - 1])

    def _alias(self, at: int) -> None:
        """`import { pipeline as p } from ...`, `const { pipeline: p } = await import(...)`."""
        sign = self.text_at(at - 1)
        if sign not in {"as", ":"} or not self.is_word(at - 2) or self.text_at(at - 3) not in {"{", ","}:
            return
        for to in range(at + 1, min(at + _LONGEST_IMPORT, len(self.said))):
            if self.text_at(to) == "}":
                behind = self.text_at(to + 1)
                if behind == ("from" if sign == "as" else "="):
                    self.aliases.setdefault(self.said[at].text, self.said[at - 2].text)
                return
            if self.text_at(to) in {";", "{", "("}:
                return

    def is_word(self, at: int) -> bool:
        """Whether a word stands at a place."""
        return 0 <= at < len(self.said) and self.said[at].sort == "word"

    def _place(self, token: Token) -> int:
        """Where a token stands: tokens are in the order of their places."""
        return bisect_left(self.said, (token.line, token.column), key=lambda each: (each.line, each.column))


def split(said: Sequence[Token]) -> list[Sequence[Token]]:
    """The parts between commas that stand in no bracket."""
    return _parts(said, frozenset({","}))


def _parts(said: Sequence[Token], marks: frozenset[str]) -> list[Sequence[Token]]:
    parts: list[Sequence[Token]] = []
    depth, start = 0, 0
    for at, token in enumerate(said):
        if token.sort != "mark":
            continue
        if token.text in _OPEN:
            depth += 1
        elif token.text in _CLOSE:
            depth -= 1
        elif token.text in marks and depth == 0:
            parts.append(said[start:at])
            start = at + 1
    parts.append(said[start:])
    return [part for part in parts if part]


def _untyped(said: Sequence[Token]) -> Sequence[Token]:
    """Without the type behind it: `'a/b' as const`."""
    depth, end = 0, len(said)
    for at, token in enumerate(said):
        depth += (token.sort == "mark") * ((token.text in _OPEN) - (token.text in _CLOSE))
        if at and depth == 0 and token.sort == "word" and token.text in {"as", "satisfies"}:
            end = at
            break
    said = said[:end]
    return said[:-1] if said and said[-1].text == "!" else said


def _ends(said: Sequence[Token]) -> dict[int, int]:
    """Where each bracket that is opened is closed."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for at, token in enumerate(said):
        if token.sort == "mark" and token.text in _OPEN:
            waiting.append(at)
        elif token.sort == "mark" and token.text in _CLOSE and waiting:
            ends[waiting.pop()] = at
    return ends

"""What a condition may say: the part of CEL that stays three-valued and cheap (design §4).

The engine checks types; this file checks the rest, because CEL would accept it silently: names of facts,
string literals outside a fact's values, and everything that does not keep unknown unknown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from osaid_audit.schema.factspec import FactSpec
from osaid_audit.schema.vocabulary import VOCABULARY

MACROS = frozenset({"all", "exists"})
METHODS = frozenset({"startsWith", "endsWith", "contains", "matches", "size"}) | MACROS
_WORDS = frozenset({"true", "false", "in"})
_SCOPES = frozenset(name.partition(".")[0] for name in VOCABULARY)
_TOKEN = re.compile(
    r"(?P<string>'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\")"
    r"|(?P<number>\d+)"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<op>&&|\|\||==|!=|<=|>=|[!<>()\[\],?:-])"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)"
)


class ConditionError(Exception):
    """A condition that cannot stand in a rule; `line` and `column` count from 1 inside the condition."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Token:
    """One word of a condition; `kind` is string, number, name or op, `at` the offset."""

    kind: str
    text: str
    at: int


def names(condition: str) -> tuple[str, ...]:
    """The facts that the condition speaks of, in order of appearance.

    Raises ConditionError for unknown facts, facts that no condition may see, and anything outside the
    allowed part of CEL.
    """
    tokens = _tokens(condition)
    try:
        variable = _variable(tokens)
        found = dict.fromkeys(_facts(tokens, variable))
        _check_values(tokens)
    except _PlacedError as fault:
        raise _located(condition, str(fault), fault.at) from None
    if not found:
        raise ConditionError("a condition must speak of a fact", 1, 1)
    return tuple(found)


def literals(condition: str) -> tuple[str, ...]:
    """The string literals in a condition, without their quotes."""
    return tuple(token.text[1:-1] for token in _tokens(condition) if token.kind == "string")


class _PlacedError(Exception):
    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def _located(condition: str, message: str, at: int) -> ConditionError:
    before = condition[:at]
    return ConditionError(message, before.count("\n") + 1, at - before.rfind("\n"))


def _tokens(condition: str) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(condition):
        kind = str(match.lastgroup)
        if kind == "other":
            hint = "; a name is written without spaces" if match.group() == "." else ""
            raise _located(condition, f"'{match.group()}' is not allowed here{hint}", match.start())
        if kind != "space":
            tokens.append(Token(kind, match.group(), match.start()))
    return tokens


def _variable(tokens: list[Token]) -> str | None:
    """The variable of the one macro a condition may have: nested loops would have no bounded cost."""
    macros = [place for place, token in enumerate(tokens) if token.text.rpartition(".")[2] in MACROS]
    if not macros:
        return None
    if len(macros) > 1:
        raise _PlacedError("one all() or exists() is enough in a condition", tokens[macros[1]].at)
    following = tokens[macros[0] + 1 : macros[0] + 4]
    if [token.text for token in following[::2]] != ["(", ","] or "." in following[1].text:
        raise _PlacedError("all() and exists() take a variable and a condition", tokens[macros[0]].at)
    variable = following[1]
    if variable.text in _SCOPES | _WORDS or variable.kind != "name":
        raise _PlacedError(f"the variable '{variable.text}' would hide the facts of that name", variable.at)
    return variable.text


def _facts(tokens: list[Token], variable: str | None) -> Iterator[str]:
    for place, token in enumerate(tokens):
        _check_operators(tokens, place)
        if token.kind != "name" or token.text in _WORDS:
            continue
        following = tokens[place + 1].text if place + 1 < len(tokens) else ""
        name = _receiver(token) if following == "(" else token.text
        if name not in ("", variable):
            _check_name(name, token)
            yield name


def _check_operators(tokens: list[Token], place: int) -> None:
    token = tokens[place]
    before = tokens[place - 1] if place else None
    value_before = before is not None and (before.kind != "op" or before.text in (")", "]"))
    if token.text == "[" and value_before and before is not None and before.text != "in":
        raise _PlacedError("a list has no numbered places here; use 'in', all() or exists()", token.at)
    if token.text == "-" and (value_before or place + 1 == len(tokens) or tokens[place + 1].kind != "number"):
        raise _PlacedError("conditions compare, they do not calculate", token.at)


def _receiver(call: Token) -> str:
    receiver, _, function = call.text.rpartition(".")
    if function not in METHODS or (not receiver and function != "size"):
        allowed = ", ".join(sorted(METHODS))
        raise _PlacedError(f"the function '{function}' is not allowed; there are {allowed}", call.at)
    return receiver


def _check_name(name: str, token: Token) -> None:
    spec = VOCABULARY.get(name)
    if spec is None:
        near = get_close_matches(name, VOCABULARY, 1)
        meant = f"; did you mean '{near[0]}'?" if near else ""
        raise _PlacedError(f"there is no fact '{name}'{meant}", token.at)
    if spec.reviewer:
        raise _PlacedError(f"'{name}' comes from a reviewer only; name it under 'attest'", token.at)
    if spec.lower_bound:
        raise _PlacedError(f"'{name}' is a list that only grows; name it under 'breaks'", token.at)


def _check_values(tokens: list[Token]) -> None:
    """A fact with a closed set of values stands only in ==, != and in [...], with values of that set."""
    for place, token in enumerate(tokens):
        spec = VOCABULARY.get(token.text) if token.kind == "name" else None
        dotted = VOCABULARY.get(token.text.rpartition(".")[0]) if token.kind == "name" else None
        if dotted is not None and dotted.values:
            raise _PlacedError(f"compare '{dotted.name}' with ==, != or in [...]", token.at)
        if spec is not None and spec.values:
            _check_literals(spec, token, _compared(tokens, place))


def _compared(tokens: list[Token], place: int) -> list[Token]:
    after, before = tokens[place + 1 :], tokens[:place][::-1]
    for side in (after, before):
        if len(side) > 1 and side[0].text in ("==", "!=") and side[1].kind == "string":
            return [side[1]]
    if len(after) > 1 and (after[0].text, after[1].text) == ("in", "["):
        closing = next((at for at, token in enumerate(after) if token.text == "]"), len(after))
        return [token for token in after[2:closing] if token.text != ","]
    return []


def _check_literals(spec: FactSpec, token: Token, compared: list[Token]) -> None:
    if not compared:
        raise _PlacedError(f"compare '{spec.name}' with ==, != or in [...]", token.at)
    for literal in compared:
        if literal.kind != "string" or literal.text[1:-1] not in spec.values:
            allowed = ", ".join(spec.values)
            raise _PlacedError(f"'{spec.name}' cannot be {literal.text}; it is one of {allowed}", literal.at)

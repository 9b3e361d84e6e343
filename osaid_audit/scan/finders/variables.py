"""Variables of command lines: what they are set to, and words with what they hold put in."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from osaid_audit.scan.finders.keys import sort_of_variable
from osaid_audit.scan.finders.position import Position
from osaid_audit.scan.finders.words import Word
from osaid_audit.scan.hits import Doubt, Hit
from osaid_audit.scan.ids import VARIABLE, is_variable

_ASSIGNED = re.compile(
    r"(?:\$env:)?([A-Za-z_]\w{0,99})(?:\[[^\]=]{0,60}\])?(?:\+|\?|:|::)?=(?:\[[^\]=]{0,60}\]=)?(.*)\Z",
    re.DOTALL,
)
_DEFAULT = re.compile(r"\$\{(\w{1,100}):?[-=]([^{}$]{1,300})\}", re.ASCII)
_WHOLE = re.compile(r"\$\{?(\w{1,100})(?:\[[@*]\])?\}?\Z", re.ASCII)
_USED = re.compile(r"\$(?:\{(\w+)(?::?[-=]([^{}]*))?\}|env:(\w+)|(\w+)|\((\w+)\))|%(\w+)%", re.ASCII)
_LONGEST = 1_000
"""Characters of a word with variables, and of what a variable holds."""
_MOST_USED = 8
_MOST_LISTED = 64
"""Values of one variable."""


class Value(NamedTuple):
    """What a variable was set to, and where."""

    text: str
    line: int
    column: int | None = None
    others: tuple["Value", ...] = ()
    """What stands before it in the same list."""


Variables = dict[str, Value]


def texts(variables: Variables) -> dict[str, str]:
    """What the variables hold."""
    return {name: value.text for name, value in variables.items()}


def is_assignment(word: Word) -> bool:
    """Whether a word in front of a command sets a variable."""
    return _ASSIGNED.match(word.text) is not None


def behind(word: Word, variables: Variables) -> Value | None:
    """What a word holds that is a variable and nothing else: `$NAME`, `${NAME[@]}`."""
    whole = None if word.fixed else _WHOLE.match(word.text)
    return variables.get(whole[1]) if whole else None


def expanded(word: Word, variables: Variables) -> tuple[str, Value, bool]:
    """The word with variables put in, the place of the literal that holds it, whether a variable did."""
    place = Value(word.text, word.line, word.column)
    if "%" not in word.text and (word.fixed or "$" not in word.text):
        return word.text, place, False
    used = False

    def put_in(hit: re.Match[str]) -> str:
        nonlocal place, used
        name = next((each for each in (hit[1], hit[3], hit[4], hit[5], hit[6]) if each), "")
        known = variables.get(name)
        if known is not None and not is_variable(known.text):
            used = True
            place = known if hit[0] == word.text else place
            return known.text
        return hit[0] if hit[2] is None else hit[2].strip("\"'")

    return _USED.sub(put_in, word.text[:_LONGEST], count=_MOST_USED), place, used


def assigned(
    name: str,
    value: str,
    line: int,
    column: int | None,
    variables: Variables,
    *,
    others: tuple[Value, ...] = (),
) -> Iterator[Hit | Doubt]:
    """What a variable is set to, when its name says that it holds a model."""
    text, place, _ = expanded(Word(value, line, column or 1), variables)
    variables[name] = Value(text[:_LONGEST], place.line, column, others)
    sort = sort_of_variable(name)
    if sort is None or place.line != line:
        return
    position = Position(name, sure=True, kind="dataset" if sort == "dataset" else "model", tag=True)
    for found in position.tell(text, line, column):
        if isinstance(found, Hit) or sort == "sure" or (found.why != VARIABLE and ":" in text):
            yield found


def set_by(said: Sequence[Word], variables: Variables) -> Iterator[Hit | Doubt]:
    """What the words of a command set: in front of it, after `export`, `-e NAME=value` of docker run."""
    for word in said:
        yield from _defaults(word, variables)
        hit = _ASSIGNED.match(word.text)
        if hit is None:
            continue
        name, at, value = hit[1], word.column + hit.start(2), hit[2].strip("\"'")
        before = every(variables[name])[-_MOST_LISTED:] if word.listed and name in variables else ()
        yield from assigned(name, value, word.line, at, variables, others=before)
    if len(said) > 3 and said[0].text == "for" and said[2].text == "in":  # noqa: PLR2004 - for NAME in WORD
        yield from _loop(said, variables)
    yield from _set_apart(said, variables)


def _loop(said: Sequence[Word], variables: Variables) -> Iterator[Hit | Doubt]:
    """`for NAME in WORD ...`: the variable can be each of the words."""
    name = said[1].text
    values: tuple[Value, ...] = ()
    for word in said[3:]:
        known = behind(word, variables)
        if known is not None:
            values = (*values, *every(known))[:_MOST_LISTED]
            variables[name] = known._replace(others=values)
            continue
        yield from assigned(name, word.text, word.line, word.column, variables, others=values)
        values = every(variables[name])[:_MOST_LISTED]


def every(value: Value) -> tuple[Value, ...]:
    """All that a variable can hold."""
    return (*value.others, value._replace(others=()))


def _defaults(word: Word, variables: Variables) -> Iterator[Hit | Doubt]:
    """`${MODEL:=org/name}`, `${MODEL-org/name}` anywhere in a word."""
    if word.fixed or "${" not in word.text:
        return
    for hit in _DEFAULT.finditer(word.text[:_LONGEST]):
        line = word.line + word.text.count("\n", 0, hit.start())
        known = variables.get(hit[1])
        yield from assigned(hit[1], hit[2].strip("\"'"), line, None, variables)
        if known is not None:
            variables[hit[1]] = known


def _set_apart(said: Sequence[Word], variables: Variables) -> Iterator[Hit | Doubt]:
    """`NAME = value` and `NAME := value` of a Makefile, `$env:NAME = value`."""
    if len(said) == 3 and said[1].text in {"=", ":=", "?=", "::="}:  # noqa: PLR2004 - name, sign, value
        name = said[0].text.removeprefix("$env:").removeprefix("$")
        if name.isidentifier():
            yield from assigned(name, said[2].text, said[2].line, said[2].column, variables)

"""Which models were asked for: arguments, lists in files, standard input."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.messages import Message

_MAX_MODELS = 100_000
_COMMENT = re.compile(r"(?:^|\s)#")
_PLAIN = Message("Save it as UTF-8, one model a line.")


class Place(NamedTuple):
    """A line of a list, counted from 1."""

    where: str | Message
    line: int


class Asked(NamedTuple):
    """The models in order; `many` when a list was given, so that the answer is a list whatever its length.

    places  where each stands; None for an argument
    """

    models: list[str]
    many: bool
    places: list[Place | None]


def asked(arguments: Sequence[str], lists: Sequence[Path]) -> Asked:
    """The models of the command line. Raises UsageError when none is named."""
    found = [model for argument in arguments for model in _expand(argument)]
    found += [model for path in lists for model in _from_file(path)]
    if not found:
        raise UsageError("No model was named.", "Example: osaid-audit google-bert/bert-base-uncased")
    many = bool(lists) or "-" in arguments or len(found) > 1
    return Asked([model for model, _ in found], many, [place for _, place in found])


def _expand(argument: str) -> Iterator[tuple[str, Place | None]]:
    if argument == "-":
        yield from _lines(_read_stdin(), Message("standard input"))
    else:
        yield argument, None


def _read_stdin() -> str:
    try:
        return sys.stdin.read()
    except ValueError as error:
        raise UnreadableInput("Standard input is not UTF-8 text.", "Give one model a line.") from error


def _from_file(path: Path) -> Iterator[tuple[str, Place]]:
    """The models of a list; '-' is standard input here too, as whoever pipes a list writes it."""
    from osaid_audit.pipeline import read_text

    if str(path) == "-":
        yield from _lines(_read_stdin(), Message("standard input"))
    else:
        yield from _lines(read_text(path, Message("list"), _PLAIN), str(path))


def _lines(text: str, where: str | Message) -> list[tuple[str, Place]]:
    """One model a line; '#' at the start or after a blank begins a comment."""
    lines = [
        (_COMMENT.split(line, maxsplit=1)[0].strip(), at) for at, line in enumerate(text.splitlines(), 1)
    ]
    models = [(line, Place(where, at)) for line, at in lines if line]
    if "\x00" in text:
        raise UnreadableInput("This is not a list of models: {where}.", _PLAIN, where=where)
    if len(models) > _MAX_MODELS:
        raise UnreadableInput(
            "{where} names {n} models, and {most} are read at most.",
            "Give it in parts: they may share one --run.",
            where=where,
            n=len(models),
            most=_MAX_MODELS,
        )
    return models

"""Which models were asked for: arguments, lists in files, standard input."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.messages import Message

_MAX_LINES = 100_000


class Asked(NamedTuple):
    """The models in order; `many` when a list was given, so that the answer is a list whatever its length."""

    models: list[str]
    many: bool


def asked(arguments: Sequence[str], lists: Sequence[Path]) -> Asked:
    """The models of the command line. Raises UsageError when none is named."""
    models = [model for argument in arguments for model in _expand(argument)]
    models += [model for path in lists for model in _from_file(path)]
    if not models:
        raise UsageError("No model was named.", "Example: osaid-audit google-bert/bert-base-uncased")
    return Asked(models, many=bool(lists) or "-" in arguments or len(models) > 1)


def _expand(argument: str) -> Iterator[str]:
    if argument == "-":
        yield from _lines(_read_stdin(), Message("standard input"))
    else:
        yield argument


def _read_stdin() -> str:
    try:
        return sys.stdin.read()
    except ValueError as error:
        raise UnreadableInput("Standard input is not UTF-8 text.", "Give one model a line.") from error


def _from_file(path: Path) -> Iterator[str]:
    from osaid_audit.pipeline import read_text

    yield from _lines(read_text(path, Message("list")), str(path))


def _lines(text: str, where: str | Message) -> list[str]:
    """One model a line; '#' at the start or after a blank begins a comment."""
    lines = [line.split(" #")[0].strip() for line in text.splitlines()]
    models = [line for line in lines if line and not line.startswith("#")]
    if any("\x00" in line for line in models) or len(models) > _MAX_LINES:
        raise UnreadableInput("This is not a list of models: {where}.", "Give one model a line.", where=where)
    return models

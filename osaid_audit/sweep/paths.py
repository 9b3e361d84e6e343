"""Which paths the database can be told of, and how a path is shown to people."""

import os
from pathlib import Path

from osaid_audit.messages import Message

_LONGEST = 300
_MARKS = "*?["


def unfit(path: Path) -> Message | None:
    r"""Why the database cannot be told of a path; None when it can.

    It takes `\` for the end of a folder's name wherever it looks for a pattern, so that a path with both
    would lead to another file.
    """
    named = str(path)
    try:
        named.encode()
    except UnicodeEncodeError:
        return Message("its path is not valid Unicode")
    if "\0" in named:
        return Message("the path is not valid")
    if os.sep != "\\" and "\\" in named and any(mark in named for mark in _MARKS):
        return Message("its path has a backslash and one of * ? [ beside it")
    return None


def shown(path: object) -> str:
    """The path as a person may read it: of a long one both ends, and no sign that nobody can print."""
    line = printable(str(path))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]}…{line[-_LONGEST // 2 :]}"


def printable(text: str) -> str:
    """The text with a question mark for every sign that nobody can print."""
    return "".join(char if char.isprintable() else "?" for char in text)

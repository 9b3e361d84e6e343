"""Which files of a code base are its own: no vendored folder, nothing that git ignores, no symbolic link.

files(root, ...)   the files below a folder, in the same order in every run
content(path)      the bytes of one file
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from osaid_audit.scan.ignored import Ignored
from osaid_audit.scan.tables import words
from osaid_audit.schema.scan import Skipped

_OPENING = sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


NOTHING = Ignored()


class Found(NamedTuple):
    """A file: its name for people, relative and with /, and where it is."""

    name: str
    path: str


class Unread(Exception):  # noqa: N818 - a statement about a file
    """A file that cannot be read; the text says why, in the words of `Skipped.why`."""


def _is_vendored(name: str, inside: frozenset[str]) -> bool:
    """Whether a folder holds other people's code, or what a program made (rules/references/folders.yaml)."""
    low = name.lower()
    return (
        low in words("folders", "names")
        or low.endswith(tuple(words("folders", "endings")))
        or not inside.isdisjoint(words("folders", "markers"))
    )


def shown(name: str) -> str:
    r"""A name as it can be written anywhere: with /, bytes that are no UTF-8 as `\xff`."""
    posix = name.replace(os.sep, "/")
    return posix.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def files(root: Path, prefix: str = "", exclude: Ignored = NOTHING) -> Iterator[Found | Skipped]:
    """The files below a folder, by name, and a note for each folder that cannot be read.

    `prefix` stands before the names. `exclude` holds over these names; the folder itself is never left out.
    Symbolic links are not followed: what they point to inside the folder is met in its own place.
    """
    top = os.path.abspath(root)  # noqa: PTH100 - resolve() would follow the link that was given
    waiting: list[tuple[str, str, Ignored]] = [(top, prefix, Ignored.around(top))]
    while waiting:
        folder, name, rules = waiting.pop()
        try:
            entries = _entries(folder)
        except OSError:
            yield Skipped(file=shown(name) or ".", why="unreadable")
            continue
        inside = frozenset(entry.name for entry in entries)
        if folder != top and _is_vendored(os.path.basename(folder), inside):  # noqa: PTH119 - 10,000 times
            continue
        if ".gitignore" in inside:
            rules = rules.below(folder)
        below = []
        for entry in entries:
            place = f"{name}/{entry.name}" if name else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if not is_folder and not entry.is_file(follow_symlinks=False):
                continue
            if rules.has(entry.path, is_folder=is_folder) or exclude.has(place, is_folder=is_folder):
                continue
            if is_folder:
                below.append((entry.path, place, rules))
            else:
                yield Found(shown(place), entry.path)
        waiting += reversed(below)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def content(path: str, most: int, *, follow: bool = False, start: bool = False) -> bytes:
    """The bytes of a regular file of at most `most` bytes. Raises Unread with the reason.

    A symbolic link is opened only with `follow`: when the user named it. A pipe or a device never is.
    `start`: the first `most` bytes of a file of any size.
    """
    flags = os.O_RDONLY | _OPENING | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise Unread("unreadable") from error
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise Unread("unreadable")
        if state.st_size > most and not start:
            raise Unread("too large")
        try:
            found = file.read(most if start else most + 1)
        except OSError as error:
            raise Unread("unreadable") from error
    if len(found) > most:
        raise Unread("too large")
    return found

"""Which files of a code base are its own: no vendored folder, nothing that git ignores, no symbolic link.

files(root, ...)   the files below a folder, in the same order in every run; what is left out is told

What git manages is never ignored, as with git itself, and is the project's own in a folder such as `build`.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from osaid_audit.scan import kinds
from osaid_audit.scan.ignored import Ignored
from osaid_audit.scan.tables import words
from osaid_audit.scan.tracked import Tracked
from osaid_audit.schema.scan import LeftOut, Skipped

NOTHING = Ignored()
_MOST_LOOKED_AT = 2_000
"""Entries of one folder that is left out, while looking for a file that would be read; then it is told."""
_MOST_IN_ALL = 40_000
Why = Literal["ignored", "excluded", "vendored", "link"]


class Found(NamedTuple):
    """A file: its name for people, relative and with /, and where it is."""

    name: str
    path: str


class _Folder(NamedTuple):
    """A folder that waits: its path, its name, the rules and the index that hold in it.

    `managed`: only what git manages is read here.
    """

    path: str
    name: str
    rules: Ignored
    tracked: Tracked | None
    managed: bool = False

    def has(self, entry: os.DirEntry[str]) -> bool:
        """Whether git manages an entry of it."""
        return self.tracked is not None and self.tracked.has(entry.path)


def shown(name: str) -> str:
    r"""A name as it can be written anywhere: with /, bytes that are no UTF-8 as `\xff`."""
    posix = name.replace(os.sep, "/")
    return posix.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def files(
    root: Path, prefix: str = "", exclude: Ignored = NOTHING, *, markdown: bool = False
) -> Iterator[Found | Skipped | LeftOut]:
    """The files below a folder, by name, and a note for each folder that cannot be read or is left out.

    `prefix` stands before the names. `exclude` holds over these names; the folder itself is never left out.
    Symbolic links are not followed: what they point to inside the folder is met in its own place.
    Of what is left out only that is told which holds a file that would be read; `markdown`: prose is.
    """
    top = os.path.abspath(root)  # noqa: PTH100 - resolve() would follow the link that was given
    yield from _Walk(top, exclude, markdown=markdown).files(prefix)


class _Walk:
    """One pass over a folder."""

    def __init__(self, top: str, exclude: Ignored, *, markdown: bool) -> None:
        self._top, self._exclude, self._markdown = top, exclude, markdown
        self._left = _MOST_IN_ALL

    def files(self, prefix: str) -> Iterator[Found | Skipped | LeftOut]:
        waiting = [_Folder(self._top, prefix, Ignored.around(self._top), Tracked.around(self._top))]
        while waiting:
            folder = waiting.pop()
            try:
                entries = _entries(folder.path)
            except OSError:
                yield Skipped(file=shown(folder.name) or ".", why="unreadable")
                continue
            inside = frozenset(entry.name for entry in entries)
            if folder.path != self._top:
                if not inside.isdisjoint(words("folders", "markers")):
                    yield from self._left_out(folder.name, "vendored", entries)
                    continue
                if ".git" in inside:
                    folder = folder._replace(tracked=Tracked.around(folder.path))
            if ".gitignore" in inside:
                folder = folder._replace(rules=folder.rules.below(folder.path))
            below: list[_Folder] = []
            for entry in entries:
                yield from self._entry(entry, folder, below)
            waiting += reversed(below)

    def _entry(
        self, entry: os.DirEntry[str], folder: _Folder, below: list[_Folder]
    ) -> Iterator[Found | LeftOut]:
        """One entry: a file is told, a folder that is the project's own is put to those that wait."""
        place = f"{folder.name}/{entry.name}" if folder.name else entry.name
        if entry.is_symlink():
            if self._leads_elsewhere(entry):
                yield LeftOut(path=shown(place), why="link")
            return
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and not entry.is_file(follow_symlinks=False):
            return
        if is_folder and entry.name.lower() in words("folders", "untold") and not folder.has(entry):
            return
        why = self._why(entry, place, folder, is_folder=is_folder)
        if why is not None:
            yield from self._left_out(place, why, [entry])
        elif is_folder:
            managed = folder.managed or _is_built(entry.name)
            below.append(folder._replace(path=entry.path, name=place, managed=managed))
        else:
            yield Found(shown(place), entry.path)

    def _why(self, entry: os.DirEntry[str], place: str, folder: _Folder, *, is_folder: bool) -> Why | None:
        """Why an entry is left out; None when it is the project's own."""
        if self._exclude.has(place, is_folder=is_folder):
            return "excluded"
        if is_folder and _is_of_others(entry.name):
            return "vendored"
        if folder.rules.has(entry.path, is_folder=is_folder) and not folder.has(entry):
            return "ignored"
        if (folder.managed or (is_folder and _is_built(entry.name))) and not folder.has(entry):
            return "vendored"
        return None

    def _left_out(self, place: str, why: Why, entries: list[os.DirEntry[str]]) -> Iterator[LeftOut]:
        """A file, or a folder with these entries, that is left out, if any of them would be read."""
        if any(self._would_be_read(entry) for entry in entries):
            yield LeftOut(path=shown(place), why=why)

    def _would_be_read(self, entry: os.DirEntry[str]) -> bool:
        """Whether it is a file that has a finder, or a folder with one; one too large to tell is said to."""
        if not entry.is_dir(follow_symlinks=False):
            return entry.is_file(follow_symlinks=False) and self._has_finder(entry.name)
        waiting, looked = [entry.path], 0
        while waiting:
            try:
                inside = _entries(waiting.pop())
            except OSError:
                return True
            looked += len(inside) + 1
            self._left -= len(inside) + 1
            if any(self._has_finder(each.name) and each.is_file(follow_symlinks=False) for each in inside):
                return True
            if looked > _MOST_LOOKED_AT or self._left < 0:
                return True
            waiting += [each.path for each in inside if each.is_dir(follow_symlinks=False)]
        return False

    def _has_finder(self, name: str) -> bool:
        return kinds.by_name(name, markdown=self._markdown) is not None

    def _leads_elsewhere(self, entry: os.DirEntry[str]) -> bool:
        """Whether a link shows what is not met in its own place: outside, or read as something else there."""
        try:
            target = os.path.realpath(entry.path)
            is_folder = os.path.isdir(target)  # noqa: PTH112 - as fast as can be
        except (OSError, ValueError):
            return self._has_finder(entry.name)
        if not is_folder and not self._has_finder(entry.name):
            return False
        top = os.path.realpath(self._top)
        if target != top and not target.startswith(top.rstrip(os.sep) + os.sep):
            return True
        own = kinds.by_name(os.path.basename(target), markdown=self._markdown)  # noqa: PTH119 - as above
        return not is_folder and own != kinds.by_name(entry.name, markdown=self._markdown)


@cache
def _is_of_others(name: str) -> bool:
    """Whether a folder holds other people's code by its name (rules/references/folders.yaml)."""
    low = name.lower()
    kept = low in words("folders", "names") or low in words("folders", "untold")
    return kept or low.endswith(tuple(words("folders", "endings")))


@cache
def _is_built(name: str) -> bool:
    """Whether a program puts what it builds into folders of this name."""
    return name.lower() in words("folders", "built")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)

"""Which files git manages: read from its index, without running git.

A repository can be hostile, and git runs what its configuration says (`core.fsmonitor`). The index is a table
of names: https://git-scm.com/docs/index-format, read 2026-11-22.
"""

import os
import struct
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from osaid_audit.scan.reading import Unread, content

_MOST_BYTES = 64_000_000
"""A tree of 400,000 files has an index of this size."""
_MOST_ENTRIES = 1_000_000
_MOST_PARENTS = 40
_LONGEST = 4_096
"""Bytes of a name."""
_HEAD = 12
_BEFORE_HASH = 40
"""Bytes of an entry before its hash: times, device, number, mode, owner, size."""
_HASHES = (20, 32)
"""Bytes of a hash: SHA-1, SHA-256. The index does not say which."""
_MODES = frozenset({0o040000, 0o100000, 0o120000, 0o160000})
_EXTENDED, _LENGTH = 0x4000, 0x0FFF
"""Parts of an entry's flags: more of them follow; how long its name is, at most this."""
_VERSIONS = frozenset({2, 3, 4})
_COMPRESSED = 4


class Tracked:
    """The files below one folder that its git index names; none when there is no index to read."""

    def __init__(self, top: str, index: str) -> None:
        self._top, self._index = top, index

    @classmethod
    def around(cls, folder: str) -> "Tracked | None":
        """The index that manages a folder, its own or that of one above; None outside of git."""
        for each in [Path(folder), *Path(folder).parents][:_MOST_PARENTS]:
            if os.path.lexists(each / ".git"):
                return cls(str(each), _index_of(each / ".git"))
        return None

    def has(self, place: str) -> bool:
        """Whether git manages this file, or a file below this folder. `place`: absolute."""
        below = os.fsencode(place[len(self._top) :].strip(os.sep).replace(os.sep, "/"))
        at = bisect_left(self._names, below)
        if at < len(self._names) and self._names[at] == below:
            return True
        at = bisect_left(self._names, below + b"/")
        return at < len(self._names) and self._names[at].startswith(below + b"/")

    @cached_property
    def _names(self) -> list[bytes]:
        """The files, with /, in order."""
        try:
            return sorted(entries(content(self._index, _MOST_BYTES))) if self._index else []
        except Unread:
            return []


def entries(index: bytes) -> list[bytes]:
    """The names in a git index; none when it is no index, or one of a form that is not known."""
    if len(index) < _HEAD or index[:4] != b"DIRC":
        return []
    version, count = struct.unpack(">LL", index[4:_HEAD])
    if version not in _VERSIONS or count > _MOST_ENTRIES:
        return []
    for size in _HASHES:
        try:
            return list(_entries(index, version, count, size))
        except (ValueError, struct.error):
            continue
    return []


def _entries(index: bytes, version: int, count: int, size: int) -> Iterator[bytes]:
    """Raises ValueError or struct.error when the bytes are no entries with hashes of this size."""
    at, before, taken = _HEAD, b"", 0
    for _ in range(count):
        start = at
        (mode,) = struct.unpack_from(">L", index, at + 24)
        (flags,) = struct.unpack_from(">H", index, at + _BEFORE_HASH + size)
        if mode & 0o170000 not in _MODES:
            raise ValueError("no mode of a file")
        at += _BEFORE_HASH + size + 2 + (2 if flags & _EXTENDED else 0)
        kept = 0
        if version == _COMPRESSED:
            cut, at = _number(index, at)
            kept = len(before) - cut
            if kept < 0:
                raise ValueError("cuts more than there is")
        end = index.index(b"\0", at)
        before = before[:kept] + index[at:end]
        taken += len(before)
        if flags & _LENGTH != min(len(before), _LENGTH) or not 0 < len(before) <= _LONGEST:
            raise ValueError("no name of the length that is said")
        if taken > _MOST_BYTES:
            raise ValueError("names that swell")
        yield before
        at = end + 1 if version == _COMPRESSED else start + (end - start + 8) // 8 * 8


def _number(index: bytes, at: int) -> tuple[int, int]:
    """A number of variable width, and the place behind it."""
    value = 0
    for step in range(5):
        byte = index[at + step : at + step + 1]
        if not byte:
            break
        value = (value << 7) + (byte[0] & 127)
        if byte[0] < 128:  # noqa: PLR2004 - the highest bit says that more follows
            return value, at + step + 1
        value += 1
    raise ValueError("no number")


def _index_of(git: Path) -> str:
    """The index behind a `.git`: a folder, or a file that says where it is (worktrees, submodules)."""
    if git.is_dir():
        return str(git / "index")
    try:
        said = content(str(git), _LONGEST).decode("utf-8", "surrogateescape")
    except Unread:
        return ""
    place = said.strip().removeprefix("gitdir:").strip()
    return os.path.normpath(git.parent / place / "index") if place and "\0" not in place else ""

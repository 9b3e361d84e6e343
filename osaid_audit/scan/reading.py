"""The bytes of one file, when it is a regular one and not too large."""

import os
import stat

_OPENING = sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


class Unread(Exception):  # noqa: N818 - a statement about a file
    """A file that cannot be read; the text says why, in the words of `Skipped.why`."""


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

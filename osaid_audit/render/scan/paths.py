"""Where a file of a scanned folder lies in its repository, and how that is written as an address."""

import posixpath
import re
from urllib.parse import quote

NOWHERE = "osaid-audit.toml"
"""Stands for the place of an alert that has none: the policy is what holds it against the code base."""


_DRIVE = re.compile("[A-Za-z]:")


def in_repository(root: str, file: str) -> str:
    """The path of a file as seen from where the scan was started, with `/`: never absolute, never upwards.

    `root` is the scanned folder as it was given. One that is absolute, or lies above, says nothing about the
    repository: the path is then relative to the scanned folder.
    """
    folder = root.replace("\\", "/")
    joined = posixpath.normpath(posixpath.join("/" if _DRIVE.match(folder) else folder, file.lstrip("/")))
    if _inside(joined):
        return joined
    parts = posixpath.normpath(file.lstrip("/")).split("/")
    return "/".join(part for part in parts if part not in {"..", "."}) or NOWHERE


def _inside(path: str) -> bool:
    return path != "." and not path.startswith("/") and path.split("/", 1)[0] != ".."


def uri(path: str) -> str:
    """A relative path as a URI reference: everything that is not a plain character percent-encoded."""
    return quote(path, safe="/", errors="replace")

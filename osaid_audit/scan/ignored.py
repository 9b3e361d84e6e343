"""What `.gitignore` files and globs of the same form leave out."""

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_LONGEST_FILE = 200_000
_LONGEST_LINE = 300
_MOST_LINES = 2_000
_MOST_STARS = 3
"""In one step of a pattern: each more multiplies the time that a hostile one can take."""
_MOST_ANY_DEPTH = 2
_MOST_PARENTS = 40


class Ignored(NamedTuple):
    """The rules that hold in a folder, the nearest folder's last."""

    rules: "tuple[tuple[str, GitIgnoreSpec], ...]" = ()

    @classmethod
    def around(cls, folder: str) -> "Ignored":
        """The rules that the folders above lay down, up to the one that git manages; none outside of git.

        A folder that they leave out, and that was named all the same, is scanned by its own rules alone.
        """
        parents = list(Path(folder).parents)[:_MOST_PARENTS]
        managed = next(
            (at for at, path in enumerate([Path(folder), *parents]) if (path / ".git").exists()), 0
        )
        found = cls()
        for parent in reversed(parents[:managed]):
            if found.has(str(parent), is_folder=True):
                return cls()
            found = found.below(str(parent))
        return cls() if found.has(folder, is_folder=True) else found

    @classmethod
    def of(cls, globs: Iterable[str]) -> "Ignored":
        """Globs in the form of a `.gitignore`, over names relative to the scanned folder."""
        spec = _spec(tuple(globs))
        return cls((("", spec),)) if spec else cls()

    def below(self, folder: str) -> "Ignored":
        """These rules and those of the `.gitignore` in a folder."""
        spec = _spec(_lines(folder))
        return Ignored((*self.rules, (folder, spec))) if spec else self

    def has(self, place: str, *, is_folder: bool) -> bool:
        """Whether the nearest rule that speaks of this place leaves it out."""
        for folder, spec in reversed(self.rules):
            relative = place[len(folder) :].replace(os.sep, "/").lstrip("/") + "/" * is_folder
            decided = spec.check_file(relative).include if relative.strip("/") else None
            if decided is not None:
                return decided
        return False


def _lines(folder: str) -> tuple[str, ...]:
    """The rules of one folder; none when they cannot be read: then more is scanned, not less."""
    try:
        path = Path(folder) / ".gitignore"
        if not path.is_file() or path.is_symlink() or path.stat().st_size > _LONGEST_FILE:
            return ()
        return tuple(path.read_text(encoding="utf-8-sig", errors="surrogateescape").splitlines())
    except OSError:
        return ()


@lru_cache(maxsize=256)
def _spec(lines: tuple[str, ...]) -> "GitIgnoreSpec | None":
    """Compiled rules; what cannot be read, or takes long to match, is left out: more is scanned."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - half the commands never need it

    good = [line for line in lines[:_MOST_LINES] if _is_cheap(line) and _is_rule(line)]
    return GitIgnoreSpec.from_lines(good) if good else None


@lru_cache(maxsize=4096)
def _is_rule(line: str) -> bool:
    """Whether it can be read: `!` alone and `[z-a]` cannot, and must not take the other rules away."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - half the commands never need it

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True


def _is_cheap(line: str) -> bool:
    text = line.strip()
    if not text or text.startswith("#") or len(text) > _LONGEST_LINE:
        return False
    steps = text.split("/")
    inside = [step for step in steps if step != "**"]
    return len(steps) - len(inside) <= _MOST_ANY_DEPTH and all(
        step.count("*") <= _MOST_STARS for step in inside
    )

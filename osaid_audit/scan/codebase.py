"""Every file of a code base, read by its finder; what was found, in order."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from osaid_audit.errors import UsageError
from osaid_audit.scan import kinds
from osaid_audit.scan.decode import text_of
from osaid_audit.scan.hits import SHOWN, Doubt, Finder, Hit, Malformed, Own
from osaid_audit.scan.ignored import Ignored
from osaid_audit.scan.reading import Unread, content
from osaid_audit.scan.walk import Found, files, shown
from osaid_audit.schema.scan import FAILED, LeftOut, Reference, Scanned, Skipped, Unresolved

_MOST_PER_FILE = 5_000
"""Places; more are the work of a machine, and the rest is left out with a note."""

_SECRET = re.compile(r"//[^\s/@]{1,200}@")
"""A name and a token in an address: they are told nobody."""
_NEIGHBOUR = re.compile(r"(?:\.\./){0,20}(?:\w{1,100}/){0,10}\w[\w.-]{0,200}")
"""A file beside another one, or in a folder of the code base: no hidden ones."""
_MOST_TOLD = 200
"""Paths that are told of those that were left out."""
_MOST_LEFT_OUT = 10_000

StrPath = str | os.PathLike[str]


def scan(
    paths: StrPath | Sequence[StrPath], *, exclude: Iterable[str] = (), markdown: bool = False
) -> Scanned:
    """What the files below `paths` name, sorted by file, line and id; the same in every run.

    `paths`: folders or single files. With one folder, files are named relative to it. Otherwise they are
    named relative to the current folder when it holds them all, else to the nearest folder that does.
    `exclude`: globs as in a `.gitignore`, over these names; they hold for single files too.
    `markdown`: read prose as well. A file that breaks its finder is skipped as "failed": a fault of ours,
    which hides what the file names and must not pass for a file without models.
    Raises UsageError when a path does not exist.
    """
    given = [Path(paths)] if isinstance(paths, str | os.PathLike) else [Path(path) for path in paths]
    places = _Places()
    for found, explicit in _all_files(given, Ignored.of(tuple(exclude)), markdown=markdown):
        if isinstance(found, Skipped):
            places.skipped.add(found)
        elif isinstance(found, LeftOut):
            places.leave_out(found)
        else:
            _Reading(found, places, follow=explicit).read(markdown=markdown)
    return places.scanned()


def _all_files(
    given: list[Path], exclude: Ignored, *, markdown: bool
) -> Iterator[tuple[Found | Skipped | LeftOut, bool]]:
    """Each file once, and whether the user named it."""
    for path in given:
        if not os.path.lexists(path):
            raise UsageError(
                "There is no file or folder '{path}'.", "Give a path that exists.", path=shown(str(path))
            )
    base = _base(given)
    seen: set[str] = set()
    for path in sorted(given, key=os.path.abspath):
        absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow the link that was given
        name = os.path.relpath(absolute, base).replace(os.sep, "/")
        prefix = "" if name == "." else name
        one: list[Found | LeftOut] = [Found(shown(prefix), absolute)]
        if exclude.has(prefix, is_folder=False):
            one = [LeftOut(path=shown(prefix), why="excluded")]
        below = files(path, prefix, exclude, markdown=markdown) if path.is_dir() else one
        for found in below:
            place = found.file if isinstance(found, Skipped) else found.path
            if place not in seen:
                seen.add(place)
                yield found, below is one


def _base(given: list[Path]) -> str:
    """The folder that names are relative to."""
    absolute = [os.path.abspath(path) for path in given]  # noqa: PTH100 - as above
    if len(given) == 1 and given[0].is_dir():
        return absolute[0]
    here = str(Path.cwd())
    try:
        if os.path.commonpath([here, *absolute]) == here:
            return here
        return os.path.commonpath(
            [place if Path(place).is_dir() else str(Path(place).parent) for place in absolute]
        )
    except ValueError:  # on different drives
        return here


class _Places:
    """What was found so far."""

    def __init__(self) -> None:
        self.files = 0
        self._found: dict[tuple[str, int, str, str, str, bool], Reference] = {}
        self._taken: set[tuple[str, int, str]] = set()
        self.unresolved: set[Unresolved] = set()
        self.skipped: set[Skipped] = set()
        self._left_out: set[LeftOut] = set()
        self._left_out_more = 0

    def leave_out(self, found: LeftOut) -> None:
        """Keep what was left out; of very many the rest is counted only."""
        if len(self._left_out) < _MOST_LEFT_OUT:
            self._left_out.add(found)
        else:
            self._left_out_more += 1

    def add(self, file: str, place: Hit | Doubt) -> None:
        """Keep a place; of two that name the same there, the surer one."""
        if isinstance(place, Doubt):
            text = place.text and _SECRET.sub("//", " ".join(place.text.split()))[:SHOWN]
            self.unresolved.add(Unresolved(file=file, line=place.line, why=place.why, text=text or None))
            return
        if place.beside:
            file = posixpath.normpath(f"{file.rpartition('/')[0]}/{place.beside}".lstrip("/"))
        values = place._asdict()
        held = values.pop("held")
        del values["beside"]
        where = (file, place.line, place.id)
        if not held:
            self._taken.add(where)
        known = self._found.setdefault(
            (*where, place.kind, place.revision or "", held), Reference(file=file, **values)
        )
        if _worse(known) > _worse(reference := Reference(file=file, **values)):
            self._found[(*where, place.kind, place.revision or "", held)] = reference

    def scanned(self) -> Scanned:
        """The record, in order."""
        found = [self._found[key] for key in sorted(self._found) if not (key[-1] and key[:3] in self._taken)]
        unresolved = sorted(
            self.unresolved, key=lambda each: (each.file, each.line, each.why, each.text or "")
        )
        return Scanned(
            files=self.files,
            references=tuple(found),
            unresolved=tuple(unresolved),
            skipped=tuple(sorted(self.skipped, key=lambda each: (each.file, each.why))),
            left_out=tuple(sorted(self._left_out, key=lambda each: (each.path, each.why))[:_MOST_TOLD]),
            left_out_count=len(self._left_out) + self._left_out_more,
        )


def _worse(reference: Reference) -> tuple[bool, int, str]:
    """Order of two references to the same at the same line: the surer, the nearer, the first."""
    return reference.confidence == "low", reference.column or 0, reference.how


class _Reading:
    """One file, and what lies beside it."""

    def __init__(self, found: Found, places: _Places, *, follow: bool) -> None:
        self._found, self._places, self._follow = found, places, follow

    def read(self, *, markdown: bool) -> None:
        """Put what the file names to the places."""
        name = self._found.name.rpartition("/")[2]
        try:
            kind = kinds.by_name(name, markdown=markdown)
            if kind is None and "." not in name:
                start = content(self._found.path, kinds.SHEBANG_BYTES, follow=self._follow, start=True)
                kind = kinds.by_first_line(start)
        except Unread:
            return
        if kind is None:
            return
        find = kinds.finder(kind.finder)
        if kind.finder in kinds.WITH_NEIGHBOURS:
            find = partial(find, neighbours=self)
        try:
            self._find(kind, find)
        except Unread as error:
            self._skip(str(error))
        except Malformed:
            self._skip("malformed")
        except Own:
            self._places.leave_out(LeftOut(path=self._found.name, why="own"))
        except Exception:  # noqa: BLE001 - a finder must not take the others' findings away, MemoryError included
            self._skip(FAILED)

    def _find(self, kind: kinds.Kind, find: Finder) -> None:
        text = text_of(content(self._found.path, kind.most, follow=self._follow))
        if text is None:
            raise Unread("binary")
        for count, place in enumerate(find(text)):
            if count >= _MOST_PER_FILE:
                raise Unread("too large")
            self._places.add(self._found.name, place)
        self._places.files += 1

    def _skip(self, why: str) -> None:
        self._places.skipped.add(Skipped(file=self._found.name, why=why))

    def text(self, name: str) -> str | None:
        """The text of a file of the code base, by its place from here (`hits.Neighbours`)."""
        up, folder = name.count("../"), os.path.dirname(self._found.path)  # noqa: PTH120 - asked often
        if not _NEIGHBOUR.fullmatch(name) or up > self._found.name.count("/"):
            return None
        path = os.path.normpath(f"{folder}/{name}")
        if not os.path.isfile(path) or not self._is_inside(path, up):  # noqa: PTH113 - as above
            return None
        try:
            return text_of(content(path, kinds.MOST_BYTES))
        except (Unread, ValueError):
            return None

    def _is_inside(self, path: str, up: int) -> bool:
        """Whether no link leads from the folder above to this place."""
        base = os.path.normpath(f"{os.path.dirname(self._found.path)}/{'../' * up}")  # noqa: PTH120 - as above
        return os.path.realpath(path) == os.path.realpath(base) + path[len(base.rstrip(os.sep)) :]

    def is_folder(self, name: str) -> bool:
        """Whether the folder of the file, or one of those above it in the code base, has this folder."""
        if name.startswith(("/", "~")) or ".." in name:
            return False
        folder = Path(self._found.path).parent
        above = [folder, *folder.parents][: self._found.name.count("/") + 1]
        return any((place / name).is_dir() for place in above)

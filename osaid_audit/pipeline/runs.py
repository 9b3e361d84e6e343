"""A run directory: the dossier of each model that was gathered, so that a batch can be taken up again.

    DIR/manifest.json                 which models are there; written anew at the begin and at the end
    DIR/dossiers/KEY.DIGEST.json      one dossier, as `gather` writes it

KEY is a hash of what was asked (id, revision, endpoint, tokens and what limits gathering), DIGEST one of the
content. So a file speaks for itself: a half or an altered one does not fit its name, one of another model
not the question, and both count as not there; two processes that gather the same model write two whole
files. The manifest decides nothing. No token is in any of them, and a hash of one only within that of the
question: what one token has read is shown to no other.
"""

import hashlib
import json
import os
import re
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.gather.reading.records import dossier_json, read_dossier
from osaid_audit.messages import reason
from osaid_audit.pipeline.reach import Asked, Reach
from osaid_audit.schema.dossier import Dossier
from osaid_audit.version import __version__

MANIFEST, DOSSIERS = "manifest.json", "dossiers"
REPORTS, START = "reports", "index.html"
"""What the command line writes there too: the page of each model, and the one that leads to them."""
_MARK = "osaid-audit run"
_NAME = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{16})\.json")
_TEMPORARY = ".new-"
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 120
_LEFT_BEHIND = 3600
"""Seconds after which a temporary file is nobody's any more."""


class UnkeptError(UsageError):
    """The directory cannot be written: whatever is gathered after it would not be kept."""


class Damaged(NamedTuple):
    """A file that does not fit its name, or is no dossier of this model: it is gathered anew."""

    model: str
    file: str


class Run:
    """One run directory; usable from many threads, and by several processes at once.

    damaged  what was found and not used
    kept     models that were gathered and kept by this process
    partial  models of which something did not answer, or not any more; they are not kept
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damaged: list[Damaged] = []
        self.kept: list[str] = []
        self.partial: list[str] = []
        self._lock = Lock()
        self._files: dict[str, list[str]] = defaultdict(list)
        _prepare(folder)
        for name in _names(folder):
            self._files[name.partition(".")[0]].append(name)
        self.describe()

    @property
    def count(self) -> int:
        """How many models are there."""
        return len(self._files)

    def has(self, model: str, revision: str | None, reach: Reach) -> bool:
        """Whether there is an answer for this model; a file of its own may yet turn out to be damaged."""
        return any(self._serves(each, reach) for each in Asked(model, revision, reach).as_good())

    def _serves(self, asked: Asked, reach: Reach) -> bool:
        """Whether something answers this question; what another reader was told is looked at."""
        names = self._files.get(asked.key, ())
        if (asked.reach.reader, asked.reach.code_reader) == (reach.reader, reach.code_reader):
            return bool(names)
        found = (_dossier(self.folder / DOSSIERS / name) for name in names)
        return any(dossier is not None and asked.says_all(dossier, reach) for dossier in found)

    def get(self, model: str, revision: str | None, reach: Reach) -> Dossier | None:
        """The dossier that was gathered for this, if it is there and whole."""
        wanted, damaged = Asked(model, revision, reach), []
        for asked in wanted.as_good():
            for name in sorted(self._files.get(asked.key, ())):
                dossier = _dossier(self.folder / DOSSIERS / name)
                if dossier is None or not wanted.is_answered(dossier):
                    damaged.append(Damaged(model, name))
                elif asked.says_all(dossier, reach):
                    return dossier
        with self._lock:
            self.damaged += [each for each in damaged if each not in self.damaged]
        return None

    def keep(self, model: str, revision: str | None, reach: Reach, dossier: Dossier) -> None:
        """Write the dossier in one step. Raises UnkeptError."""
        text = dossier_json(dossier)
        key = Asked(model, revision, reach).needed(dossier).key
        name = f"{key}.{_digest(text)}.json"
        write_whole(self.folder / DOSSIERS / name, text)
        with self._lock:
            worthless = [
                each.file for each in self.damaged if each.file.startswith(key) and each.file != name
            ]
            self._files[key] = [name]
            self.kept.append(model)
        for each in worthless:
            with suppress(OSError):  # what is no file was put there by somebody else
                (self.folder / DOSSIERS / each).unlink()

    def leave(self, model: str) -> None:
        """Take note of a model that was read in part and is to be gathered again."""
        with self._lock:
            self.partial.append(model)

    def describe(self) -> None:
        """Write the manifest: what lies there now, of other processes too. Raises UnkeptError."""
        known = _described(self.folder)
        models = [known.get(name) or _row(self.folder, name) for name in _names(self.folder)]
        listed = sorted(filter(None, models), key=lambda row: (str(row["model"]), str(row["file"])))
        content = {"what": _MARK, "version": "1", "tool": __version__, "models": listed}
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_whole(self.folder / MANIFEST, text)


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step: there is the old one or the new one, never half of it. Raises UnkeptError."""
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unkept(path, error) from error


def page_name(model: str, name: str) -> str:
    """The file name of a model's page: its name as far as every system takes it, and what tells it apart."""
    safe = _ODD.sub("--", name).strip(".-")[:_LONGEST_NAME] or "model"
    return f"{safe}.{hashlib.sha256(model.encode('utf-8', 'replace')).hexdigest()[:8]}.html"


def _prepare(folder: Path) -> None:
    """Make the directory, and refuse one that holds other things."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        foreign = not _is_ours(folder) and any(folder.iterdir())
        if not foreign:
            (folder / DOSSIERS).mkdir(mode=0o700, exist_ok=True)
            _sweep(folder)
    except (OSError, ValueError) as error:  # also a path with a NUL
        raise UsageError(
            "'{path}' cannot be used: {why}.", "Choose another --run.", path=folder, why=reason(error)
        ) from error
    if foreign:
        raise UsageError(
            "'{path}' is not empty, and no run directory.", "Name a new folder with --run.", path=folder
        )


def _is_ours(folder: Path) -> bool:
    """By the manifest; a damaged one is written anew where there are dossiers beside it."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return (folder / DOSSIERS).is_dir()
    return isinstance(content, dict) and content.get("what") == _MARK


def _sweep(folder: Path) -> None:
    """Remove what a process that was killed left half written."""
    for place in (folder, folder / DOSSIERS):
        for path in place.glob(f"{_TEMPORARY}*"):
            if time.time() - path.stat().st_mtime > _LEFT_BEHIND:
                path.unlink(missing_ok=True)


def _unkept(path: Path, error: OSError) -> UnkeptError:
    return UnkeptError(
        "'{path}' cannot be written: {why}.", "Choose another --run.", path=path, why=reason(error)
    )


def _names(folder: Path) -> list[str]:
    """The files of dossiers. Raises UnkeptError when somebody has taken the folder away."""
    try:
        with os.scandir(folder / DOSSIERS) as found:
            return sorted(entry.name for entry in found if _NAME.fullmatch(entry.name))
    except OSError as error:
        raise _unkept(folder, error) from error


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _text(path: Path) -> str | None:
    """The content, if the file is there and fits its name."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None
    return text if path.name.split(".")[1] == _digest(text) else None


def _dossier(path: Path) -> Dossier | None:
    """The dossier, if the file is whole and one that this version reads."""
    text = _text(path)
    try:
        return read_dossier(text) if text is not None else None
    except UnreadableInput:
        return None


def _described(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows of the manifest by file; none of one that is damaged."""
    try:
        rows = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["models"]
        return {row["file"]: row for row in rows if isinstance(row["model"], str)}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return {}


def _row(folder: Path, name: str) -> dict[str, Any] | None:
    text = _text(folder / DOSSIERS / name)
    try:
        dossier = json.loads(text or "")
        subject = dossier["subject"]
        row = {"file": name, "model": subject["id"], "endpoint": dossier["endpoint"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return row | ({"commit": subject["revision"]} if "revision" in subject else {})

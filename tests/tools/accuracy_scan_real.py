"""What a scan finds in three real repositories: source archives of PyPI, every hit read by hand.

The judgements stand in scan_real_notes.csv: of each hit whether a model or a dataset is referred to there, and of calls
drawn at random (60 or more per repository, seed 20261122; settings likewise) what is to be found. The archives are
fetched from PyPI by name and compared with the sha256 of the notes; nothing in them is run or installed.
"""

import csv
import hashlib
import os
import tarfile
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import requests

from osaid_audit.scan import scan
from osaid_audit.schema.scan import Reference

NOTES = Path(__file__).with_name("scan_real_notes.csv")
INDEX = "https://pypi.org/simple/"
KEPT = "OSAID_AUDIT_ARCHIVES"
"""A folder of archives that are there already, instead of PyPI."""
_LARGEST = 50_000_000
_SECONDS = 30
HEAD = (
    "| repository | references, high | right | wrong | not judged | low, right / wrong | drawn | to be found | found |",
    "|---|---|---|---|---|---|---|---|---|",
)


class Note(NamedTuple):
    """One judgement. `method`: hit or sample; `verdict`: right or wrong of a hit, due or nothing of a sample."""

    sdist: str
    version: str
    sha256: str
    method: str
    file: str
    line: str
    id: str
    kind: str
    verdict: str
    why: str

    @property
    def key(self) -> tuple[str, int, str, str]:
        return self.file, int(self.line), self.id, self.kind


class Unavailable(Exception):  # noqa: N818 - a statement, not a failure
    """The archive cannot be had, and why."""


def notes() -> dict[tuple[str, str, str], list[Note]]:
    """The judgements by archive: name, version, sha256."""
    found: dict[tuple[str, str, str], list[Note]] = defaultdict(list)
    with NOTES.open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            note = Note(**row)
            found[note.sdist, note.version, note.sha256].append(note)
    return dict(found)


def archive(name: str, version: str, sha256: str) -> bytes:
    """The archive. Raises Unavailable when it cannot be had or is not the one that was read."""
    kept = Path(os.environ[KEPT]) / f"{name}-{version}.tar.gz" if KEPT in os.environ else None
    body = kept.read_bytes() if kept and kept.is_file() else _fetch(name, version)
    if hashlib.sha256(body).hexdigest() != sha256:
        raise Unavailable(f"{name} {version} is not the archive that was read: its sha256 differs")
    return body


def _fetch(name: str, version: str) -> bytes:
    try:
        page = requests.get(
            f"{INDEX}{name}/", headers={"Accept": "application/vnd.pypi.simple.v1+json"}, timeout=_SECONDS
        )
        page.raise_for_status()
        wanted = f"{name.replace('-', '_')}-{version}.tar.gz"
        url = next(one["url"] for one in page.json()["files"] if one["filename"] == wanted)
        with requests.get(url, timeout=_SECONDS, stream=True) as reply:
            reply.raise_for_status()
            return reply.raw.read(_LARGEST)
    except (requests.RequestException, StopIteration, ValueError) as error:
        raise Unavailable(f"{name} {version} cannot be fetched from PyPI ({type(error).__name__})") from error


def references(body: bytes) -> tuple[Reference, ...]:
    """What a scan of the unpacked archive finds."""
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(folder) / "archive.tar.gz"
        packed.write_bytes(body)
        with tarfile.open(packed) as tar:
            tar.extractall(folder, filter="data")
        packed.unlink()
        return scan(next(path for path in Path(folder).iterdir() if path.is_dir())).references


class Judged(NamedTuple):
    """One repository: hits by confidence and verdict, the sample, and the places behind the figures."""

    count: Counter[tuple[str, str]]
    drawn: int
    due: int
    missed: list[str]
    wrong: list[str]
    new: list[str]


def judged(given: list[Note], found: tuple[Reference, ...]) -> Judged:
    """The hits against the judgements."""
    verdicts = {note.key: note.verdict for note in given if note.method == "hit"}
    verdicts |= {note.key: "right" for note in given if note.verdict == "due"}
    told = [(one, verdicts.get((one.file, one.line, one.id, one.kind), "not judged")) for one in found]
    drawn = [note for note in given if note.method == "sample"]
    due = [note for note in drawn if note.verdict == "due"]
    keys = {(one.file, one.line, one.id, one.kind) for one in found}
    return Judged(
        count=Counter((one.confidence, verdict) for one, verdict in told),
        drawn=len(drawn),
        due=len(due),
        missed=[f"{note.file}:{note.line} {note.kind} {note.id}" for note in due if note.key not in keys],
        wrong=[_place(one) for one, verdict in told if verdict == "wrong"],
        new=[_place(one) for one, verdict in told if verdict == "not judged"],
    )


def _place(one: Reference) -> str:
    return f"{one.file}:{one.line} {one.confidence} {one.kind} {one.id} ({one.how})"


def row(name: str, version: str, one: Judged) -> str:
    """The counts of one repository."""
    high = {verdict: one.count["high", verdict] for verdict in ("right", "wrong", "not judged")}
    cells = (
        f"{name} {version}",
        sum(high.values()),
        *high.values(),
        f"{one.count['low', 'right']} / {one.count['low', 'wrong']}",
        one.drawn,
        one.due,
        one.due - len(one.missed),
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def measured() -> dict[tuple[str, str], Judged]:
    """Every repository whose archive can be had; says why of the others."""
    found = {}
    for (name, version, sha256), given in notes().items():
        try:
            found[name, version] = judged(given, references(archive(name, version, sha256)))
        except Unavailable as reason:
            print(f"accuracy_scan: skipped, {reason}")
    return found


def real() -> list[str]:
    """The lines of the page on real repositories; none when no archive can be had."""
    found = measured()
    if not found:
        return []
    given = notes()
    read = ", ".join(f"{name} {version} (sha256 {sha256[:12]})" for name, version, sha256 in given)
    return [
        "### Three real repositories",
        "",
        f"Source archives of PyPI, all Apache-2.0: {read}. Every place found was read in its source; no"
        " id was looked up on the Hub. Recall is measured on calls drawn at random with a seed among the lines that"
        " call a loader, in one repository also on settings, each read before any finder was run: what is to be found"
        " there, and what is a variable, a folder, a docstring. The judgements are in"
        " `tests/tools/scan_real_notes.csv`.",
        "",
        *HEAD,
        *(row(name, version, one) for (name, version), one in found.items()),
        "",
    ]


if __name__ == "__main__":
    for repository, figures in measured().items():
        print(*repository, dict(figures.count), f"drawn {figures.drawn}, due {figures.due}")
        for what in ("missed", "wrong", "new"):
            print(*(f"  {what:7} {one}" for one in getattr(figures, what)), sep="\n")

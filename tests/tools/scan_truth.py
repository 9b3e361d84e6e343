"""The reference projects of tests/references, and how a scan of them is scored.

Precision: of what was found with high confidence, how much is a reference. Recall: of the references that are to be
found, how many were; one that must gate counts only when it was found with high confidence.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from osaid_audit.scan import scan
from osaid_audit.schema.scan import Reference, Scanned

REFERENCES = Path(__file__).resolve().parents[1] / "references"
_FIRST = ("seen", "held_back")
PARTS = (
    *_FIRST,
    *sorted(
        place.name
        for place in REFERENCES.iterdir()
        if place.is_dir() and place.name not in _FIRST and any(place.glob("*.csv"))
    ),
)
"""Every folder of projects with their tables: the first two, then those that were added later."""
FLOATING = frozenset({"main", ""})
"""A scan may give the branch everybody floats on or leave it out."""
_BY_SUFFIX = {
    **dict.fromkeys((".py",), "Python"),
    **dict.fromkeys((".ipynb",), "notebooks"),
    **dict.fromkeys((".yaml", ".yml"), "YAML"),
    **dict.fromkeys((".toml", ".cfg"), "TOML, cfg"),
    **dict.fromkeys((".json",), "JSON"),
    **dict.fromkeys((".ts", ".tsx", ".js", ".mjs"), "JavaScript, TypeScript"),
    **dict.fromkeys((".sh",), "shell"),
    **dict.fromkeys((".txt",), "requirements"),
    **dict.fromkeys((".md",), "Markdown"),
}
_BY_NAME = {
    "Dockerfile": "Dockerfile",
    "Containerfile": "Dockerfile",
    "Makefile": "Makefile",
    "Modelfile": "Modelfile",
    ".env": "env",
}


class Key(NamedTuple):
    """What must be equal for a place to be the one that was meant."""

    file: str
    line: int
    id: str
    kind: str


@dataclass(frozen=True)
class Truth:
    """One row of a table: what stands at a place."""

    file: str
    line: int
    expect: str
    id: str
    kind: str
    revision: str
    confidence: str
    note: str

    @property
    def key(self) -> Key:
        return Key(self.file, self.line, self.id, self.kind)

    @property
    def place(self) -> tuple[str, int]:
        return self.file, self.line


@dataclass
class Score:
    """Counts, and the places behind those that should be zero."""

    high: int = 0
    wrong: list[str] = field(default_factory=list)
    friends: list[str] = field(default_factory=list)
    """The part of `wrong` that stands at a listed false friend."""
    low: int = 0
    notes: list[str] = field(default_factory=list)
    """Of low confidence, where nothing is named."""
    due: int = 0
    missed: list[str] = field(default_factory=list)
    placed: int = 0
    off: list[str] = field(default_factory=list)
    """Found, at another line."""
    matched: int = 0
    revisions: list[str] = field(default_factory=list)
    """Found, with another revision."""
    unclear: int = 0
    unnamed: list[str] = field(default_factory=list)
    """Places without an id that were not told, or told for another reason."""
    idle: list[str] = field(default_factory=list)
    """Places told to be without an id where no model is named."""

    def __iadd__(self, other: "Score") -> Self:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        return self

    @property
    def precision(self) -> float:
        return 1 - len(self.wrong) / self.high if self.high else 1.0

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.due if self.due else 1.0


def sort_of(file: str) -> str:
    """The kind of file, in the words of the page."""
    path = Path(file)
    stem = path.name.split(".")[0] or f".{path.name.split('.')[1]}"
    if stem in _BY_NAME:
        return _BY_NAME[stem]
    return _BY_SUFFIX.get(path.suffix, path.suffix or path.name)


def truths(project: Path) -> list[Truth]:
    """The table beside a project."""
    with project.with_suffix(".csv").open(newline="", encoding="utf-8") as rows:
        return [Truth(**{**row, "line": int(row["line"])}) for row in csv.DictReader(rows)]


def projects(part: str) -> list[Path]:
    """The folders of a part, `seen` or `held_back`."""
    return sorted(path for path in (REFERENCES / part).iterdir() if path.is_dir())


def unmanaged(project: Path) -> Scanned:
    """A scan of a copy: in place, what a project ignores is managed by the git of this repository."""
    with TemporaryDirectory() as folder:
        return scan(copytree(project, Path(folder) / project.name, symlinks=True))


def score_part(part: str, scanner: Callable[[Path], Scanned] = unmanaged) -> dict[str, Score]:
    """Every project of a part, by kind of file."""
    total: dict[str, Score] = defaultdict(Score)
    for project in projects(part):
        for sort, score in score_project(truths(project), scanner(project)).items():
            total[sort] += score
    return dict(total)


def score_project(rows: Iterable[Truth], found: Scanned) -> dict[str, Score]:
    """One scan against its table, by kind of file."""
    total: dict[str, Score] = defaultdict(Score)
    listed: dict[str, list[Truth]] = defaultdict(list)
    for row in rows:
        listed[row.file].append(row)
    names = {*listed, *(one.file for one in (*found.references, *found.unresolved))}
    for name in sorted(names):
        total[sort_of(name)] += _score_file(listed[name], *_of(found, name))
    return total


def _of(found: Scanned, name: str) -> tuple[list[Reference], dict[int, str]]:
    references = [one for one in found.references if one.file == name]
    return references, {one.line: one.why for one in found.unresolved if one.file == name}


def _score_file(rows: list[Truth], hits: list[Reference], doubts: dict[int, str]) -> Score:
    score = Score()
    due = {row.key: row for row in rows if row.expect == "reference"}
    by_line: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        by_line[row.line].add(row.expect)
    free = {line for line, expected in by_line.items() if "debatable" in expected}
    for hit in hits:
        _score_hit(score, hit, due, by_line, free)
    given: dict[Key, list[Reference]] = defaultdict(list)
    for hit in hits:
        given[_key(hit)].append(hit)
    for row in due.values():
        _score_due(score, row, given[row.key])
    _score_lines(score, set(due), {_key(hit) for hit in hits})
    _score_unresolved(score, rows, doubts, by_line, free)
    return score


def _key(hit: Reference) -> Key:
    return Key(hit.file, hit.line, hit.id, hit.kind)


def _told(hit: Reference) -> str:
    return f"{hit.file}:{hit.line} {hit.kind} {hit.id} ({hit.how})"


def _score_hit(
    score: Score, hit: Reference, due: dict[Key, Truth], by_line: dict[int, set[str]], free: set[int]
) -> None:
    row = due.get(_key(hit))
    if row is None and hit.line in free:
        return
    if hit.confidence == "low":
        score.low += 1
        if row is None:
            score.notes.append(_told(hit))
        return
    score.high += 1
    if row is None or row.confidence == "low":
        score.wrong.append(_told(hit))
        if "false friend" in by_line.get(hit.line, set()):
            score.friends.append(_told(hit))


def _score_due(score: Score, row: Truth, here: list[Reference]) -> None:
    told = f"{row.file}:{row.line} {row.kind} {row.id}"
    if row.confidence != "low":
        score.due += 1
        if not [hit for hit in here if row.confidence == "any" or hit.confidence == "high"]:
            score.missed.append(f"{told}{' (only with low confidence)' if here else ''}")
    if here:
        score.matched += 1
        if {hit.revision or "" for hit in here} - _revisions(row):
            score.revisions.append(f"{told}: {row.revision or 'none'}, not {[hit.revision for hit in here]}")


def _score_lines(score: Score, due: set[Key], given: set[Key]) -> None:
    """A reference not found at its line, while its id is found at a line that names nothing: off by some lines."""
    score.placed += len(due & given)
    stray: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key in sorted(given - due):
        stray[key.id, key.kind].append(key.line)
    for key in sorted(due - given):
        if lines := stray[key.id, key.kind]:
            score.placed += 1
            score.off.append(f"{key.file}:{key.line} {key.id}: at {lines.pop(0)}")


def _revisions(row: Truth) -> frozenset[str]:
    return FLOATING if row.revision == "main" else frozenset({row.revision})


def _score_unresolved(
    score: Score, rows: list[Truth], doubts: dict[int, str], by_line: dict[int, set[str]], free: set[int]
) -> None:
    for row in rows:
        if row.expect == "unresolved":
            score.unclear += 1
            why = doubts.get(row.line)
            if why is None or row.confidence not in why:
                score.unnamed.append(f"{row.file}:{row.line} {row.confidence}, not {why}")
    for line, why in doubts.items():
        if line not in free and "unresolved" not in by_line.get(line, set()):
            score.idle.append(f"{line} {why}")


def everything(part: dict[str, Score]) -> Score:
    """The sum over the kinds of file."""
    total = Score()
    for score in part.values():
        total += score
    return total


def rows_of(part: str) -> Iterator[Truth]:
    """Every row of a part."""
    for project in projects(part):
        yield from truths(project)

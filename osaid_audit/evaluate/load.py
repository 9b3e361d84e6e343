"""Rule and framework files -> a RuleSet; an invalid file is refused with its place, never skipped.

Shipped rules lie in folders named after their element (`general/` for those of none), frameworks in
`frameworks/`. A user's folder holds
rules anywhere and frameworks in `frameworks/`; it may reuse no shipped id, and its cases run at load.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from osaid_audit import resources
from osaid_audit.errors import RuleFileError, UsageError
from osaid_audit.evaluate.cases import run_cases
from osaid_audit.evaluate.lint import lint_framework, lint_rule
from osaid_audit.evaluate.ruleset import SHIPPED, RuleSet
from osaid_audit.evaluate.yamlfile import MAX_BYTES, Written, read
from osaid_audit.messages import Message
from osaid_audit.schema.base import ELEMENTS
from osaid_audit.schema.rules import Framework, Rule
from osaid_audit.schema.wrong import wrong

NO_ELEMENT = "general"
_MAX_FILES = 500
_MAX_DEPTH = 4
_DATA = (".yaml", ".json")
_FRAMEWORKS_FOLDER = Message("a framework lies in a folder named 'frameworks'")

R = TypeVar("R", bound=BaseModel)
Found = tuple[str, Traversable]


def load(extra: Path | None = None) -> RuleSet:
    """The shipped rules, with those of a user's folder.

    Raises RuleFileError for the first file that is wrong, UsageError when the folder is not there.
    """
    if extra is None:
        return _shipped()
    ruleset, problems = _with_users(_shipped(), extra)
    if problems:
        raise problems[0]
    return ruleset


def check(extra: Path | None = None) -> list[RuleFileError]:
    """Everything wrong with a user's folder, or with the shipped rules, cases included."""
    if extra is not None:
        return _with_users(_shipped(), extra)[1]
    shipped, problems = _read_shipped()
    for name, rule in shipped.rules.items():
        problems += lint_rule(rule, shipped.written[name])
        if not shipped.frameworks_of(name):
            problems.append(RuleFileError(shipped.written[name].place(), "no framework asks this rule"))
    for name, framework in shipped.frameworks.items():
        problems += lint_framework(framework, shipped.written[name], shipped.rules)
    return problems + _failed_cases(shipped, list(shipped.rules))


@cache
def _shipped() -> RuleSet:
    ruleset, problems = _read_shipped()
    if problems:
        raise problems[0]
    return ruleset


def _read_shipped() -> tuple[RuleSet, list[RuleFileError]]:
    root = resources.data("rules")
    reader = _Reader(shipped=True)
    reader.frameworks(sorted(_files(root / "frameworks", "rules/frameworks")))
    for folder in (*ELEMENTS, NO_ELEMENT):
        reader.rules(sorted(_files(root / folder, f"rules/{folder}")), folder)
    version = (root / "VERSION").read_text(encoding="utf-8").strip()
    return reader.ruleset(version, _digest(root)), reader.problems


def _with_users(shipped: RuleSet, folder: Path) -> tuple[RuleSet, list[RuleFileError]]:
    if not folder.is_dir():
        raise UsageError(
            "'{folder}' is not a folder." if folder.exists() else "There is no folder '{folder}'.",
            "Name a folder of rule files.",
            folder=folder,
        )
    reader = _Reader(shipped=False, base=shipped)
    files = sorted(_files(folder, str(folder)))
    inside = [found for found in files if Path(found[0]).parent.name == "frameworks"]
    reader.frameworks(inside)
    reader.rules([found for found in files if found not in inside], None)
    if not files:
        raise UsageError(
            "The folder '{folder}' holds no rule file (*.yaml).", "Rule files end in .yaml.", folder=folder
        )
    ruleset = reader.ruleset(shipped.version, _digest_with(shipped.sha256, reader.digests, folder))
    return ruleset, reader.problems + reader.lint(ruleset)


class _Reader:
    """Collects rules and frameworks file by file, and what is wrong with them."""

    def __init__(self, *, shipped: bool, base: RuleSet | None = None) -> None:
        self.shipped = shipped
        self.problems: list[RuleFileError] = []
        self.base = base
        self.own_rules: dict[str, Rule] = {}
        self.own_frameworks: dict[str, Framework] = {}
        self.origins: dict[str, str] = dict(base.origins) if base else {}
        self.written: dict[str, Written] = {}
        self.digests: dict[str, str] = {}

    def rules(self, files: Sequence[Found], folder: str | None) -> None:
        for shown, file in files:
            rule = self._one(shown, file, Rule)
            if rule is not None and folder is not None and (rule.element or NO_ELEMENT) != folder:
                place = self.written[rule.id].place(("element",))
                self.problems.append(RuleFileError(place, f"the folder says '{folder}'"))
            if rule is not None:
                self.own_rules[rule.id] = rule

    def frameworks(self, files: Sequence[Found]) -> None:
        for shown, file in files:
            framework = self._one(shown, file, Framework)
            if framework is not None:
                self.own_frameworks[framework.id] = framework

    def ruleset(self, version: str, sha256: str) -> RuleSet:
        base = self.base
        return RuleSet(
            rules={**(base.rules if base else {}), **self.own_rules},
            frameworks={**(base.frameworks if base else {}), **self.own_frameworks},
            origins=self.origins,
            version=version,
            sha256=sha256,
            written={**(base.written if base else {}), **self.written},
        )

    def lint(self, ruleset: RuleSet) -> list[RuleFileError]:
        """What is wrong with the files that could be read."""
        problems = []
        for name, rule in self.own_rules.items():
            problems += lint_rule(rule, self.written[name])
        for name, framework in self.own_frameworks.items():
            problems += lint_framework(framework, self.written[name], ruleset.rules)
        return problems or _failed_cases(ruleset, list(self.own_rules))

    def _one(self, shown: str, file: Traversable, record: type[R]) -> R | None:
        try:
            raw = _bytes(shown, file)
            self.digests[shown] = hashlib.sha256(raw).hexdigest()
            written = read(raw, shown)
            if record is Rule and "kind" in written.data:
                place = written.place(("kind",))
                raise RuleFileError(place, _FRAMEWORKS_FOLDER)  # noqa: TRY301
            parsed = _parse(written, record)
            self._claim(str(written.data["id"]), written)
        except RuleFileError as problem:
            self.problems.append(problem)
            return None
        return parsed

    def _claim(self, name: str, written: Written) -> None:
        if name != Path(written.shown).stem:
            raise RuleFileError(
                written.place(("id",)), Message("the id '{name}' must be the name of the file", name=name)
            )
        if name in self.origins:
            taken = "a shipped file" if self.origins[name] == SHIPPED else self.origins[name]
            raise RuleFileError(written.place(("id",)), f"the id '{name}' is taken by {taken}")
        self.origins[name] = SHIPPED if self.shipped else written.shown
        self.written[name] = written


def _parse(written: Written, record: type[R]) -> R:
    """Strictly: a quoted "true" is text. JSON mode, since YAML knows lists but no tuples."""
    try:
        return record.model_validate_json(json.dumps(written.data), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = tuple(first["loc"])
        named = ".".join(str(part) for part in path)
        problem = Message("{place}: {why}", place=named, why=wrong(first))
        raise RuleFileError(written.place(path), problem) from None


def _failed_cases(ruleset: RuleSet, rules: Sequence[str]) -> list[RuleFileError]:
    return [RuleFileError(failure.place, failure.words) for failure in run_cases(ruleset, rules)]


def _bytes(shown: str, file: Traversable) -> bytes:
    if shown.endswith(".yml"):
        raise RuleFileError(shown, "rule files end in .yaml")
    if not file.is_file():
        raise RuleFileError(shown, "this is not a regular file")
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RuleFileError(shown, f"the file cannot be read ({error.strerror})") from None


def _files(folder: Traversable, shown: str, depth: int = 0) -> Iterator[Found]:
    """Every YAML file below a folder. Raises RuleFileError when there are too many or too deep."""
    if depth > _MAX_DEPTH:
        raise RuleFileError(shown, "the folders are nested too deeply")
    for count, entry in enumerate(folder.iterdir()):
        if count > _MAX_FILES:
            raise RuleFileError(shown, f"there are more than {_MAX_FILES} files in this folder")
        name = f"{shown}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(entry, name, depth + 1)
        elif entry.name.endswith((".yaml", ".yml")):
            yield name, entry


def _digest_with(shipped: str, files: Mapping[str, str], folder: Path) -> str:
    """The shipped digest together with the files of a user's folder, wherever that folder lies."""
    lines = sorted(f"{name.removeprefix(str(folder))} {sha256}" for name, sha256 in files.items())
    return hashlib.sha256("\n".join((shipped, *lines)).encode()).hexdigest()


def _digest(folder: Traversable, prefix: str = "") -> str:
    """One digest over names and contents of the shipped data files, in order of their names."""
    digest = hashlib.sha256()
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        name = prefix + entry.name
        if entry.is_dir() and not entry.name.startswith("."):
            digest.update(f"{name}/ {_digest(entry, f'{name}/')}\n".encode())
        elif entry.name == "VERSION" or entry.name.endswith(_DATA):
            digest.update(f"{name} {hashlib.sha256(entry.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()

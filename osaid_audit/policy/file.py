"""Policy files: TOML written by people -> a Policy, or one sentence with the place and the next step."""

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from osaid_audit.errors import UsageError
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.messages import Message, either, reason
from osaid_audit.policy.demands import NO_LABEL, globs, rungs
from osaid_audit.schema.licenses import LicenseClass
from osaid_audit.schema.names import is_address, is_visible, name_fault
from osaid_audit.schema.policy import (
    Demands,
    LockDemands,
    Override,
    Policy,
    ScanDemands,
    Waiver,
    Written,
)
from osaid_audit.schema.wrong import wrong

NAME, PYPROJECT, TABLE = "osaid-audit.toml", "pyproject.toml", "osaid-audit"
MAX_BYTES = 256 * 1024
"""A policy with a hundred waivers has a tenth of this."""
CHECKS = ("label", "verdict", "license-class", "pinned-revision", "gating", "not-audited")
"""What a waiver can accept beside the findings of rules."""

_HINT = Message("Mend the file; 'osaid-audit schema policy' says what it may hold.")
_TABLES: Mapping[str, type[Written]] = {
    "policy": Demands,
    "overrides": Override,
    "waivers": Waiver,
    "lock": LockDemands,
    "scan": ScanDemands,
}
_COMMIT = re.compile(r"[0-9a-f]{7,40}")
_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]#]{1,200}?)\s*\]{1,2}\s*(?:#.*)?")
_KEY = re.compile(r"""\s*["']?([\w.-]{1,100})["']?\s*=""")

Place = tuple[str | int, ...]
"""Where something stands: table, number in a list of tables, key."""
Wrong = tuple[Place, Message, Message]
"""Where something is wrong, what, and what to write."""


def find_policy(folder: Path) -> Path | None:
    """The policy of a folder: its osaid-audit.toml, else its pyproject.toml if that has [tool.osaid-audit].

    A pyproject.toml that names the tool and cannot be read as TOML is found too: `read_policy` says why.
    """
    own, project = folder / NAME, folder / PYPROJECT
    if own.exists() or own.is_symlink():
        return own  # also a folder or a link that leads nowhere: `read_policy` says so
    if not project.is_file():
        return None
    text = _text(project)
    try:
        tool = tomllib.loads(text).get("tool")
    except (ValueError, RecursionError):
        return project if TABLE in text else None
    return project if isinstance(tool, dict) and TABLE in tool else None


def nearest_policy(folder: Path) -> Path | None:
    """The policy of a folder, or of the nearest one above it that has one.

    It is looked for up to the root of the git repository; without one up to the current folder, and a folder
    outside that is looked at alone: nobody's policy lies in wait above.
    """
    above = (folder.resolve(), *folder.resolve().parents)
    last = next((n for n, each in enumerate(above) if (each / ".git").exists()), None)
    if last is None:
        last = above.index(Path.cwd()) if Path.cwd() in above else 0
    return next(filter(None, map(find_policy, above[: last + 1])), None)


def read_policy(path: Path, ruleset: RuleSet) -> Policy:
    """The policy in a file. Raises UsageError with the file, the place in it and what to write instead."""
    text = _text(path)
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            "{path} is not TOML (the parser says '{said}').", _HINT, path=path, said=error
        ) from None
    except (RecursionError, ValueError):  # ValueError: a number of thousands of digits
        raise UsageError(
            "{path} is nested too deeply, or a number in it is too long.", _HINT, path=path
        ) from None
    root: Place = ()
    if path.name == PYPROJECT:
        root = ("tool", TABLE)
        tool = data.get("tool")
        data = tool.get(TABLE) if isinstance(tool, dict) else None
        if data is None:
            raise UsageError(
                "{path} has no table [tool.{table}].",
                "Add it, or name a {file}.",
                path=path,
                table=TABLE,
                file=NAME,
            )
    try:
        return _File(path, text, root).policy(data, ruleset)
    except RecursionError:
        raise UsageError("{path} is nested too deeply.", _HINT, path=path) from None


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise UsageError("There is no policy file '{path}'.", "Check the path after --policy.", path=path)
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise UsageError(
                "The policy '{path}' is larger than {most} bytes.",
                "Check the file.",
                path=path,
                most=MAX_BYTES,
            )
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UsageError("The policy '{path}' is not UTF-8 text.", "Check the file.", path=path) from None
    except (OSError, ValueError) as error:
        raise UsageError(
            "The policy '{path}' cannot be read: {why}.", "Check the path.", path=path, why=reason(error)
        ) from None


class _File(NamedTuple):
    """One file, to say where in it something is wrong."""

    path: Path
    text: str
    root: Place

    def policy(self, data: Any, ruleset: RuleSet) -> Policy:
        """The record, every name in it checked."""
        if not isinstance(data, dict):
            raise self.wrong((), Message("must be a table"))
        for place, key, known in _unknown(data):
            raise self.wrong((*place, key), Message("there is no key '{key}'", key=key), _near(key, known))
        try:
            policy = Policy.model_validate_json(json.dumps(self._plain(data, ())), strict=True)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise self.wrong(_place(first["loc"]), wrong(first)) from None
        for place, problem, hint in _faults(policy, ruleset):
            raise self.wrong(place, problem, hint)
        return policy

    def wrong(self, place: Place, problem: Message, hint: Message = _HINT) -> UsageError:
        """The error with the file, the line if it can be told, and the keys that lead there."""
        line = _line(self.text, (*self.root, *place))
        where = f"{self.path}:{line}" if line else str(self.path)
        keys = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
        if not keys:
            return UsageError("{where}: {problem}.", hint, where=where, problem=problem)
        return UsageError("{where}: {keys}: {problem}.", hint, where=where, keys=keys, problem=problem)

    def _plain(self, value: Any, place: Place) -> Any:
        """TOML as JSON: a day as text; a moment is no day."""
        if isinstance(value, dict):
            return {key: self._plain(each, (*place, key)) for key, each in value.items()}
        if isinstance(value, list):
            return [self._plain(each, (*place, n)) for n, each in enumerate(value)]
        if isinstance(value, (dt.datetime, dt.time)):
            raise self.wrong(
                place,
                Message("a moment stands where a day is meant"),
                Message("Write the day: 2027-01-31."),
            )
        return value.isoformat() if isinstance(value, dt.date) else value


def _unknown(data: Mapping[str, Any]) -> Iterator[tuple[Place, str, list[str]]]:
    """Every key that is none: where it stands, and those that may stand there."""
    for key, value in data.items():
        if key not in _TABLES:
            yield (), key, list(_TABLES)
            continue
        known = [field.alias or name for name, field in _TABLES[key].model_fields.items()]
        listed = enumerate(value) if isinstance(value, list) else [(None, value)]
        for number, table in listed:
            place: Place = (key,) if number is None else (key, number)
            if isinstance(table, dict):
                yield from ((place, each, known) for each in table if each not in known)


def _faults(policy: Policy, ruleset: RuleSet) -> Iterator[Wrong]:
    """What the form of the file cannot forbid: where, what is wrong, what to write."""
    yield from _of_demands(policy.policy, ("policy",), ruleset)
    for number, override in enumerate(policy.overrides):
        place: Place = ("overrides", number)
        if override.paths is None and override.kind is None:
            yield (
                place,
                Message("an override needs 'paths' or 'kind'"),
                Message("What holds everywhere stands in [policy]."),
            )
        yield from _of_demands(override, place, ruleset)
        yield from _of_globs(override.paths or (), (*place, "paths"))
    for number, waiver in enumerate(policy.waivers):
        yield from _of_waiver(waiver, ("waivers", number), ruleset)
    yield from _of_globs(policy.scan.exclude, ("scan", "exclude"))


def _of_demands(demands: Demands, place: Place, ruleset: RuleSet) -> Iterator[Wrong]:
    if demands.frameworks == ():
        yield (
            (*place, "frameworks"),
            Message("names no framework"),
            Message("Name one, or leave the key out."),
        )
    for key, what, named, known in (
        ("frameworks", Message("framework"), demands.frameworks, ruleset.frameworks),
        (
            "require",
            Message("label"),
            [demands.require] if demands.require else [],
            [*rungs(ruleset), NO_LABEL],
        ),
        ("verdicts", Message("binary framework"), demands.verdicts, _binary(ruleset)),
        ("findings", Message("rule"), demands.findings, ruleset.rules),
        ("licenses", Message("license class"), demands.licenses, get_args(LicenseClass)),
    ):
        for each in named or ():
            if each not in known:
                inside = (key, each) if key in {"verdicts", "findings"} else (key,)
                yield (
                    (*place, *inside),
                    Message("there is no {what} '{name}'", what=what, name=each),
                    _near(each, known),
                )
    for rule in demands.findings or {}:
        if not ruleset.frameworks_of(rule):
            yield (*place, "findings", rule), Message("no framework asks this rule"), Message("Leave it out.")


def _binary(ruleset: RuleSet) -> list[str]:
    return [name for name, framework in ruleset.frameworks.items() if framework.kind == "binary"]


def _of_globs(patterns: Iterable[str], place: Place) -> Iterator[Wrong]:
    for pattern in patterns:
        try:
            globs((pattern,))
        except ValueError:
            yield (
                place,
                Message("'{pattern}' is not a glob", pattern=pattern),
                Message("Write it as in a .gitignore: src/**, *.ipynb."),
            )


def _of_waiver(waiver: Waiver, place: Place, ruleset: RuleSet) -> Iterator[Wrong]:
    known = [*ruleset.rules, *CHECKS]
    if waiver.rule not in known:
        yield (
            (*place, "rule"),
            Message("there is no rule or check '{rule}'", rule=waiver.rule),
            _near(waiver.rule, known),
        )
    if not is_visible(waiver.model.replace("*", "x").replace("?", "x")):
        yield (*place, "model"), Message("names no model"), Message("Write an id or a glob: org/name, org/*.")
    if waiver.revision is not None and not _COMMIT.fullmatch(waiver.revision.lower()):
        yield (
            (*place, "revision"),
            Message("must be a commit, 7 to 40 hex digits"),
            Message("A branch moves; leave it out for any."),
        )
    if not is_visible(waiver.statement):
        yield (*place, "statement"), Message("says nothing"), Message("Say in a sentence why it is accepted.")
    if name_fault(waiver.reviewer):
        yield (
            (*place, "reviewer"),
            Message("names nobody"),
            Message("Write the plain name of who accepts it."),
        )
    if waiver.evidence is not None and not is_address(waiver.evidence):
        yield (
            (*place, "evidence"),
            Message("must be an http(s) address"),
            Message("Leave it out when there is none."),
        )


def _near(wrong: str, known: Iterable[str]) -> Message:
    listed = list(known)
    near = get_close_matches(wrong.replace("_", "-"), listed, 1)
    return either(near) or Message("Known: {known}.", known=", ".join(sorted(listed)))


def _place(loc: tuple[str | int, ...]) -> Place:
    """The keys as they stand in the file; pydantic adds the types it tried."""
    return tuple(step for step in loc if isinstance(step, int) or "[" not in step)


def _line(text: str, place: Place) -> int | None:
    """The line of a key, or of the table it is missing in; None when it cannot be told."""
    steps = [step for step in place if isinstance(step, str)]
    number = next((step for step in place if isinstance(step, int)), 0)
    best: tuple[int, int] | None = None
    table: list[str] = []
    seen: dict[str, int] = {}
    for count, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.fullmatch(line):
            table = [part.strip(" \"'") for part in header[1].split(".")]
            if line.lstrip().startswith("[["):
                seen[header[1]] = seen.get(header[1], -1) + 1
        here = list(table)
        if key := None if header else _KEY.match(line):
            here += key[1].split(".")
        in_turn = max(seen.values(), default=0) == number or not any(
            name.split(".")[-1].strip() in steps for name in seen
        )
        depth = len(here)
        if here and steps[:depth] == here and in_turn and (best is None or depth > best[0]):
            best = (depth, count)
    return best[1] if best else None


__all__ = ["CHECKS", "MAX_BYTES", "NAME", "find_policy", "read_policy"]

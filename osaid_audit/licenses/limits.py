"""What the terms limit, one question at a time, and whether the Model Openness Framework calls them open.

Unknown stays unknown: a limit is true as soon as an identified license holds it, and false only when every
license is known from its text and none does.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, get_args

from osaid_audit import resources
from osaid_audit.errors import RuleFileError
from osaid_audit.licenses import spdx, table, yamlfile
from osaid_audit.licenses.resolve import resolve
from osaid_audit.licenses.voices import Voice
from osaid_audit.schema.base import Record
from osaid_audit.schema.licenses import ClauseId, LicenseClass
from osaid_audit.schema.vocabulary import VOCABULARY

_LIMITS = "limits.yaml"
_MOF = "mof-licenses.yaml"


class _MofList(Record):
    source: str
    date: Any
    open: frozenset[str]
    unsure: frozenset[str]


@cache
def limit_clauses() -> Mapping[str, frozenset[ClauseId]]:
    """The facts about limits, and the clauses that make each true. Raises RuleFileError for a wrong file."""
    rows = resources.document((resources.data("rules") / _LIMITS).read_text(encoding="utf-8"), _LIMITS)
    known = set(get_args(ClauseId))
    if not isinstance(rows, dict) or not all(isinstance(row, list) for row in rows.values()):
        raise RuleFileError(_LIMITS, "must map facts to lists of clauses")
    for name, row in rows.items():
        if name not in VOCABULARY or not set(row) <= known:
            raise RuleFileError(_LIMITS, f"'{name}' is no fact, or names a clause that there is not")
    return {name: frozenset(row) for name, row in rows.items()}


@cache
def _mof() -> _MofList:
    document = resources.document((resources.data("rules") / _MOF).read_text(encoding="utf-8"), _MOF)
    return yamlfile.record(_MofList, document, _MOF)


def mof_open(license_id: str) -> bool | None:
    """Whether the Model Openness Framework counts a license as open; None where its list is unclear."""
    if license_id in _mof().unsure:
        return None
    row = table.entry(license_id)
    ids = row.stands_for if row and row.stands_for else (license_id,)
    return license_id in _mof().open or all(spdx.osi_approved(each) or spdx.fsf_libre(each) for each in ids)


def all_mof_open(ids: Iterable[str], cls: LicenseClass) -> bool | None:
    """Whether licenses of that class are open there, all of them; None when some are and some are not."""
    answers = {mof_open(each) for each in ids}
    if cls == "custom-unknown" or len(answers) != 1:
        return None
    return answers.pop()


def held(voices: Iterable[Voice]) -> dict[str, tuple[Voice, ...]]:
    """The limits that identified terms hold, each with who says so."""
    speaking = [voice for voice in voices if voice.kind == "identified"]
    found = {
        name: tuple(voice for voice in speaking if clauses & set(voice.clauses))
        for name, clauses in limit_clauses().items()
    }
    return {name: saying for name, saying in found.items() if saying}


def ruled_out(voices: Sequence[Voice]) -> frozenset[str]:
    """The limits that no license holds, when every one is known from its text; conditional clauses count."""
    rows = [table.entry(each) for voice in voices for each in voice.ids]
    known = [row for row in rows if row is not None and row.source.kind == "text" and not row.family]
    certain = all(voice.kind in {"identified", "hint"} for voice in voices)
    if not voices or not certain or len(known) < len(rows):
        return frozenset()
    mentioned = {clause.id for row in known for clause in row.clauses}
    return frozenset(name for name, clauses in limit_clauses().items() if not clauses & mentioned)


def limits_of(license_name: str) -> frozenset[str]:
    """The limits that a license of this id or expression holds; none when nobody knows it."""
    clauses = set(resolve(license_name).clauses)
    return frozenset(name for name, wanted in limit_clauses().items() if wanted & clauses)

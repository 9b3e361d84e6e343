"""What others published about the very same id: shown beside a report, never part of the judgement."""

import csv
from collections.abc import Iterator
from functools import cache

from pydantic import ValidationError

from osaid_audit.errors import RuleFileError
from osaid_audit.resources import data
from osaid_audit.schema.base import Record
from osaid_audit.schema.dossier import Subject
from osaid_audit.schema.report import Opinion

_SOURCES = "sources.yaml"


class OpinionSource(Record):
    """Who judged, under which terms their table may be used, when it was read, and where it stands."""

    by: str
    license: str
    read: str
    source: str


def opinions(subject: Subject) -> tuple[Opinion, ...]:
    """The judgements whose id is the subject's, as asked or as the Hub writes it; oldest first.

    A canonical id differs from the asked one by case or by a redirect of the Hub, never by what a reply
    claims, so both ids are exact. Raises RuleFileError for a wrong table.
    """
    names = dict.fromkeys((subject.id, subject.canonical_id))
    found = {opinion for name in names for opinion in _by_id().get(name, ())}
    return tuple(sorted(found, key=lambda each: (each.date, each.by)))


@cache
def _by_id() -> dict[str, tuple[Opinion, ...]]:
    found: dict[str, tuple[Opinion, ...]] = {}
    for name, opinion in _all():
        found[name] = (*found.get(name, ()), opinion)
    return found


def _all() -> Iterator[tuple[str, Opinion]]:
    import yaml  # noqa: PLC0415 - only an audit needs it

    folder = data("rules") / "opinions"
    try:
        listed = yaml.safe_load((folder / _SOURCES).read_text(encoding="utf-8"))
        for name, entry in listed.items():
            source = OpinionSource.model_validate(entry)
            for row in csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()):
                yield (
                    row["id"],
                    Opinion(by=source.by, date=row["date"], judgement=row["judgement"], url=row["url"]),
                )
    except (OSError, yaml.YAMLError, ValidationError, KeyError) as error:
        raise RuleFileError("opinions", "the tables of published judgements cannot be read") from error

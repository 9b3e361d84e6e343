"""What a declared string turned out to mean."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from osaid_audit.licenses import classes, table
from osaid_audit.licenses.entry import KnownEntry
from osaid_audit.schema.base import FREEDOMS, Freedom, Record
from osaid_audit.schema.licenses import RESTRICTED, ClauseId, LicenseClass


class Resolution(Record):
    """A declared string and the license or licenses it means.

    `ids` is empty when nobody bears the name, and then `cls` is absent; `id` is one label for all of
    them: the id, the expression, or a LicenseRef- made of an alias that several entries bear. `vague`
    marks a family without a version and the bare words `other` and `unknown`.
    """

    value: str
    id: str | None = None
    ids: tuple[str, ...] = ()
    name: str | None = None
    cls: LicenseClass | None = Field(default=None, alias="class")
    osi_approved: bool | None = None
    clauses: tuple[ClauseId, ...] = ()
    breaks: tuple[Freedom, ...] = ()
    vague: bool = False

    @property
    def known(self) -> bool:
        """Whether the string was recognised at all."""
        return bool(self.ids)

    @property
    def restricted(self) -> bool:
        """Whether it establishes a restriction."""
        return self.cls in RESTRICTED


def ordered(freedoms: Iterable[Freedom]) -> tuple[Freedom, ...]:
    """Freedoms once each, in the order of the definition."""
    found = set(freedoms)
    return tuple(freedom for freedom in FREEDOMS if freedom in found)


def of_entries(value: str, found: Sequence[KnownEntry]) -> Resolution:
    """What a name borne by these entries means; of several only what all of them share."""
    if not found:
        return Resolution(value=value)
    if len(found) == 1:
        return _of_one(value, found[0])
    restricted = all(entry.cls in RESTRICTED for entry in found)
    shared = set.intersection(*(set(entry.breaks) for entry in found)) if restricted else set()
    return Resolution(
        value=value,
        id=f"LicenseRef-{table.fold(value).removeprefix('licenseref-')}",
        ids=tuple(sorted(entry.id for entry in found)),
        cls=(classes.best(entry.cls for entry in found) if restricted else None) or "custom-unknown",
        clauses=tuple(
            clause for clause in found[0].clause_ids if all(clause in each.clause_ids for each in found)
        ),
        breaks=ordered(shared),
        vague=all(entry.family for entry in found),
    )


def _of_one(value: str, entry: KnownEntry) -> Resolution:
    return Resolution(
        value=value,
        id=entry.id,
        ids=(entry.id,),
        name=entry.title,
        cls=entry.cls,
        osi_approved=entry.osi_approved,
        clauses=entry.clause_ids,
        breaks=entry.breaks,
        vague=entry.family,
    )

"""The clauses that are known to bind whoever uses a model: those of its own terms and of its bases."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from osaid_audit import licenses
from osaid_audit.render.terms import takes
from osaid_audit.schema.base import Freedom, Text
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import RESTRICTED, ClauseId, LicenseBlock
from osaid_audit.schema.report import Report

LATER: tuple[ClauseId, ...] = (
    "mutable_policy",
    "revocable",
    "unilateral_change",
    "must_update",
    "remote_restriction",
)
"""Clauses by which the publisher can change the rules: they are told apart from what there is to respect."""


class Bound(NamedTuple):
    """What is known to bind.

    own    clauses of the model's own terms, its components' too
    bases  ids of the bases whose terms restrict, and `of_bases` their clauses
    ungranted  ids of the bases for which no license was found
    later  ids of the bases whose publisher can change the rules
    some   clauses that bind in some cases only, each with the case
    hints  clauses seen by pattern in texts that nobody identified; they establish nothing
    """

    own: tuple[ClauseId, ...]
    bases: tuple[str, ...]
    of_bases: tuple[ClauseId, ...]
    ungranted: tuple[str, ...]
    later: tuple[str, ...]
    some: tuple[tuple[ClauseId, Text], ...]
    hints: tuple[ClauseId, ...]

    @property
    def licensed(self) -> tuple[str, ...]:
        """The bases whose terms restrict, without those that have none."""
        return tuple(base for base in self.bases if base not in self.ungranted)

    @property
    def clauses(self) -> tuple[ClauseId, ...]:
        """Every clause once, the model's own first."""
        return tuple(dict.fromkeys((*self.own, *self.of_bases)))

    def taking(self, freedom: Freedom) -> tuple[ClauseId, ...]:
        """The clauses that usually take this freedom."""
        return tuple(clause for clause in self.clauses if freedom in takes(clause))


def bound(report: Report) -> Bound:
    """What binds, from the report and, for bases and components, from our table of licenses."""
    restricting = tuple({hop.id: hop for hop in report.lineage if _restricts(hop)}.values())
    own = (*_concluded(report.license), *_components(report.license))
    of_bases = tuple(clause for hop in restricting for clause in _clauses(hop.license))
    known = {*own, *of_bases}
    return Bound(
        own=tuple(dict.fromkeys(own)),
        bases=tuple(hop.id for hop in restricting),
        of_bases=tuple(dict.fromkeys(of_bases)),
        ungranted=tuple(hop.id for hop in restricting if hop.cls == "none"),
        later=tuple(hop.id for hop in restricting if {*_clauses(hop.license)} & {*LATER}),
        some=tuple(dict.fromkeys(_some([_id(report.license), *(hop.license for hop in restricting)]))),
        hints=tuple(
            dict.fromkeys(lead for file in report.license.files for lead in file.leads if lead not in known)
        ),
    )


def _restricts(hop: Hop) -> bool:
    return hop.cls in RESTRICTED or bool(hop.breaks)


def _concluded(block: LicenseBlock) -> tuple[ClauseId, ...]:
    return block.concluded.clauses if block.concluded else ()


def _id(block: LicenseBlock) -> str | None:
    return block.concluded.id if block.concluded else None


def _components(block: LicenseBlock) -> Iterator[ClauseId]:
    for component in block.components:
        if component.cls in RESTRICTED:
            yield from _clauses(component.id)


def _clauses(license_id: str | None) -> tuple[ClauseId, ...]:
    return licenses.resolve(license_id).clauses if license_id else ()


def _some(ids: Iterable[str | None]) -> Iterator[tuple[ClauseId, Text]]:
    """The cases in which a clause that does not bind everyone does."""
    for name in ids:
        entry = licenses.entry(name) if name else None
        yield from ((use.id, use.when) for use in (entry.clauses if entry else ()) if use.when is not None)

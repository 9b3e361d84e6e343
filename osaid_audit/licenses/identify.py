"""Which license is this text? Exact means every word on both sides is explained; the rest is shown."""

import hashlib
from collections.abc import Iterable

from osaid_audit.licenses import classes, table
from osaid_audit.licenses.clauses import find_clauses
from osaid_audit.licenses.entry import KnownEntry
from osaid_audit.licenses.mentions import find_mentions
from osaid_audit.licenses.texts import leftover, recognise
from osaid_audit.licenses.texts.recognise import Modified
from osaid_audit.schema.base import FREEDOMS
from osaid_audit.schema.licenses import RESTRICTED, ClauseId, Identification

_HASH = 12


def identify(text: str) -> Identification:
    """What a license text is, with the id, what differs, and leads.

    `exact` has the id, `near` and `modified` a base and what differs from it, `mention` a name only.
    Only the first 300 kB are read, and a longer text is never exact.
    """
    found = recognise.recognise(text)
    if found.parts:
        return _exact([part.known.same for part in found.parts])
    if found.modified is not None:
        return _modified(found.modified)
    leads = _ids(hit.id for hit in find_clauses(text))
    named = next(iter(find_mentions(text)), None)
    if named is None:
        return Identification(match="unknown", leads=leads)
    row = table.entry(named.id)
    return Identification(match="mention", id=named.id, name=row.title if row else None, leads=leads)


def _exact(groups: list[tuple[str, ...]]) -> Identification:
    """The license or licenses whose words these are.

    Words that several ids share are approved only when every one of those ids is.
    """
    rows = [row for row in dict.fromkeys(map(_row, groups)) if row is not None]
    if not rows or len(rows) < len(set(groups)):
        return Identification(match="unknown")
    if len(rows) > 1:
        return _several(rows)
    row = rows[0]
    shared = [table.entry(each) for group in groups for each in group]
    approved = row.osi_approved and all(each is not None and each.osi_approved for each in shared)
    return Identification(
        match="exact",
        id=row.id,
        name=row.title,
        similarity=1.0,
        osi_approved=approved if row.osi_approved is not None else None,
        cls=row.cls,
        clauses=row.clause_ids,
        breaks=row.breaks,
    )


def _row(ids: tuple[str, ...]) -> KnownEntry | None:
    """The entry of the first id; of the most restrictive one when the ids differ in class."""
    rows = [row for row in map(table.entry, ids) if row is not None]
    return min(rows, key=lambda row: classes.rank(row.cls), default=None)


def _several(rows: list[KnownEntry]) -> Identification:
    """Several licenses in one file: restrictive when one of them is, else for a human to say.

    Whether all of them hold or one may be chosen is not known, so such a file is never called approved.
    """
    worst = min((row.cls for row in rows), key=classes.rank)
    taken = {freedom for row in rows for freedom in row.breaks}
    return Identification(
        match="exact",
        id=" AND ".join(row.id for row in rows),
        ids=tuple(row.id for row in rows),
        name="; ".join(row.title for row in rows),
        similarity=1.0,
        osi_approved=False if worst in RESTRICTED else None,
        cls=worst if worst in RESTRICTED else "custom-unknown",
        clauses=_ids(clause for row in rows for clause in row.clause_ids),
        breaks=tuple(freedom for freedom in FREEDOMS if freedom in taken),
    )


def _modified(found: Modified) -> Identification:
    """A known text with changes: never that text's id, never approved."""
    residual = leftover.describe(found)
    base = found.comparison.known.id
    row = table.entry(base)
    return Identification(
        match=found.match,
        id=f"LicenseRef-{base.removeprefix('LicenseRef-')}-modified-{_mark(found)}",
        name=f"{row.title if row else base} (modified)",
        base=base,
        similarity=round(found.comparison.similarity, 3),
        leads=_ids(clause for each in residual for clause in each.clauses),
        residual=residual,
        alike=tuple(dict.fromkeys(one.known.id for one in found.alike)),
    )


def _mark(found: Modified) -> str:
    """The first digits of the digest of the normalised words, by which the changed text is known again."""
    words = found.text.normal(0, len(found.text))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]


def _ids(found: Iterable[ClauseId]) -> tuple[ClauseId, ...]:
    return tuple(dict.fromkeys(found))

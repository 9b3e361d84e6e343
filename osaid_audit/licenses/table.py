"""The license table: loaded once, strictly, and indexed by every name a license goes by."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from osaid_audit import resources
from osaid_audit.errors import RuleFileError
from osaid_audit.licenses import classes, spdx, yamlfile
from osaid_audit.licenses.entry import Clause, Entry, KnownEntry
from osaid_audit.schema.base import FREEDOMS, Freedom

_DROPPED = str.maketrans("", "", ",;()[]{}\"\u201c\u201d'`\u2018\u2019")
_JOINED = str.maketrans(dict.fromkeys(" _\t\n\r\u00a0/", "-"))
_UNLISTED = "not in the license table"
_SPDX_LIST = "https://spdx.org/licenses"
MAX_NAME = 300
"""Longer strings are no names; characters."""


def fold(name: str) -> str:
    """A name without case, quotes, commas and brackets, its spaces and underscores as single hyphens."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_DROPPED)
    return "-".join(part for part in plain.translate(_JOINED).split("-") if part)


@cache
def clauses() -> Mapping[str, Clause]:
    """The clauses by id. Raises RuleFileError when `clauses.yaml` is wrong."""
    file = resources.data("rules") / "clauses.yaml"
    rows = resources.document(file.read_text(encoding="utf-8"), file.name)
    if not isinstance(rows, dict):
        raise RuleFileError(file.name, "must map clause ids to clauses")
    return {key: _clause(key, row, f"{file.name}: {key}") for key, row in rows.items()}


def _clause(key: Any, row: Any, place: str) -> Clause:
    if not isinstance(row, dict):
        raise RuleFileError(place, "must be a mapping")
    return yamlfile.record(Clause, {"id": key, **row}, place)


@cache
def entries() -> tuple[KnownEntry, ...]:
    """Every entry of the table, by id. Raises RuleFileError when a file is wrong or two clash."""
    folder = resources.data("rules") / "licenses"
    found = [
        known(entry, place)
        for file in sorted(folder.iterdir(), key=lambda each: each.name)
        if file.name.endswith(".yaml")
        for entry, place in parse(file.read_text(encoding="utf-8"), file.name)
    ]
    _refuse_clashes(found)
    return tuple(sorted(found, key=lambda each: each.id))


def parse(text: str, place: str) -> Iterator[tuple[Entry, str]]:
    """The entries of one file: either one entry, or `entries` with a `source` they share."""
    document = resources.document(text, place)
    if not isinstance(document, dict):
        raise RuleFileError(place, "must be a mapping")
    if "entries" not in document:
        yield yamlfile.record(Entry, document, place), place
        return
    if set(document) - {"entries", "source"} or not isinstance(document["entries"], list):
        raise RuleFileError(place, "a list file has 'entries' and 'source', nothing else")
    for row in document["entries"]:
        shared: dict[str, Any] = {"source": document.get("source"), **row} if isinstance(row, dict) else {}
        where = f"{place}: {shared.get('id', '?')}"
        yield yamlfile.record(Entry, shared, where), place


def known(entry: Entry, origin: str) -> KnownEntry:
    """The entry with its derived class, breaks and flags. Raises RuleFileError for an id nobody has."""
    custom = entry.id.startswith("LicenseRef-")
    if not custom and not spdx.is_id(entry.id):
        raise RuleFileError(origin, f"'{entry.id}' is neither in the SPDX list nor a LicenseRef-")
    if custom and entry.name is None:
        raise RuleFileError(origin, f"'{entry.id}' needs a name")
    listed = () if custom else entry.stands_for or (entry.id,)
    approved = bool(listed) and all(spdx.osi_approved(each) for each in listed)
    binding = [clause.id for clause in entry.clauses if clause.when is None]
    conditional = [clause.id for clause in entry.clauses if clause.when is not None]
    cls = classes.from_clauses(binding, conditional, approved)
    unsure = entry.family or entry.source.kind == "unverified"
    return KnownEntry(
        **entry.model_dump(exclude_none=True),
        title=entry.name or spdx.name(entry.id),
        cls="custom-unknown" if unsure else cls,
        breaks=() if unsure else _taken(entry),
        osi_approved=None if unsure else approved and cls == "osi",
        fsf_libre=all(spdx.fsf_libre(each) for each in listed) if listed and not unsure else None,
        origin=origin,
    )


def _taken(entry: Entry) -> tuple[Freedom, ...]:
    taken: set[Freedom] = set()
    for clause in entry.clauses:
        if clause.when is None:
            own = clause.freedoms
            taken.update(clauses()[clause.id].freedoms if own is None else own)
    return tuple(freedom for freedom in FREEDOMS if freedom in taken)


def _refuse_clashes(found: Iterable[KnownEntry]) -> None:
    owner: dict[str, str] = {}
    for entry in found:
        for name in {fold(each) for each in (entry.id, *entry.hub_ids)}:
            if owner.setdefault(name, entry.id) != entry.id:
                raise RuleFileError(entry.origin, f"'{name}' already belongs to {owner[name]}")


@cache
def by_name() -> Mapping[str, tuple[KnownEntry, ...]]:
    """Entries by folded name: ids and Hub ids belong to one entry, aliases may belong to several."""
    own: dict[str, tuple[KnownEntry, ...]] = {}
    aliases: dict[str, tuple[KnownEntry, ...]] = {}
    for entry in entries():
        for name in (entry.id, entry.id.removeprefix("LicenseRef-"), *entry.hub_ids):
            own[fold(name)] = (entry,)
        for name in {fold(each) for each in (entry.title, *entry.aliases)}:
            aliases[name] = (*aliases.get(name, ()), entry)
    shared = {f"licenseref-{name}": bearers for name, bearers in aliases.items() if len(bearers) > 1}
    return {**shared, **aliases, **own}


@lru_cache(maxsize=4096)
def lookup(name: str) -> tuple[KnownEntry, ...]:
    """The entries that bear the name, none when nobody does.

    An SPDX id without a row of its own is taken from the SPDX list: open when OSI approved it, else
    unknown to us.
    """
    if len(name) > MAX_NAME:
        return ()
    folded = fold(name)
    found = by_name().get(folded)
    if found is not None:
        return found
    listed = spdx.by_folded_id().get(folded)
    return (_from_list(listed),) if listed else ()


def _from_list(spdx_id: str) -> KnownEntry:
    approved = spdx.osi_approved(spdx_id)
    kind = "text" if approved else "unverified"
    source = {"kind": kind, "name": "SPDX License List", "url": _SPDX_LIST, "date": "2026-09-16"}
    entry = yamlfile.record(Entry, {"id": spdx_id, "source": source}, _UNLISTED)
    return known(entry, _UNLISTED)


def entry(name: str) -> KnownEntry | None:
    """The license that goes by this id, Hub id or alias; None when none or several do."""
    found = lookup(name)
    return found[0] if len(found) == 1 else None

"""The limits that hold for a subject: those of its own terms, and those of the models it was made from."""

from collections.abc import Mapping, Sequence

from osaid_audit import licenses
from osaid_audit.gather.raw import Missed, Repository
from osaid_audit.gather.reading.plan import CONFIGS, read_recipes
from osaid_audit.gather.reading.problems import is_plain_absence
from osaid_audit.schema.base import Fact, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import RESTRICTED


def limits_that_hold(subject: Repository, facts: Mapping[str, Fact], hops: Sequence[Hop]) -> dict[str, Fact]:
    """The facts, with the limits of a read base added, and no limit denied while a base may hold it."""
    found = dict(facts)
    if not _stands_alone(subject, facts):
        for name in licenses.limit_clauses():
            if name in found and found[name].value is False:
                del found[name]
    for hop in hops:
        if hop.cls in RESTRICTED and hop.license:
            said = Source(url=subject.page_url, quote=f"{hop.id} ({hop.license})")
            for name in sorted(licenses.limits_of(hop.license)):
                known = found.get(name)
                sources = (*(known.sources if known else ()), said)
                found[name] = Fact(value=True, basis="stated", sources=sources)
    return found


def _stands_alone(subject: Repository, facts: Mapping[str, Fact]) -> bool:
    """Whether nothing that was, or is still to be, read can show a base whose terms are not known."""
    complete = facts.get("lineage.complete"), facts.get("lineage.restricted")
    if all(complete) and complete[1] is not None and complete[1].value is False:
        return True
    if "lineage.declared_base" in facts or "lineage.undecided" in facts:
        return False
    unread = [
        path
        for path, fetched in subject.files.items()
        if isinstance(fetched, Missed) and not is_plain_absence(subject, fetched)
    ]
    small = {*CONFIGS, *read_recipes(subject.listing)}
    waiting = {file.path for file in subject.listing} & small - set(subject.files)
    return not unread and not waiting

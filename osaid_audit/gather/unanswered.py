"""Whether everything that was asked for has been answered: what was not may be another time."""

from collections.abc import Iterator

from osaid_audit.gather.raw import CodeHost, Fetched, Gathered, Missed, Repository
from osaid_audit.gather.reading.repository.details import in_both_languages
from osaid_audit.schema.unread import stays_so


def unanswered(gathered: Gathered) -> bool:
    """Whether the network, a server or a quota kept something of this back, for now.

    What an option of the call kept back does not count, nor what a server answered that is no file.
    """
    return any(isinstance(each, Missed) and _may_answer(each) for each in _parts(gathered))


def _may_answer(missed: Missed) -> bool:
    known = in_both_languages(missed.detail)
    return missed.state == "unreachable" and not (known is not None and stays_so(known.words))


def _parts(gathered: Gathered) -> Iterator[Fetched | Repository | CodeHost | None]:
    for each in (gathered.subject, *gathered.bases.values(), *gathered.datasets.values()):
        yield each
        if isinstance(each, Repository):
            yield from (each.listing_missed, *each.files.values(), *each.links.values())
    for host in gathered.repositories.values():
        yield host
        if isinstance(host, CodeHost):
            yield from (host.tree, *host.files.values())

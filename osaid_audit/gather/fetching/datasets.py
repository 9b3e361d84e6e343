"""Datasets asked for by themselves: one info reply each, none of their files."""

from collections.abc import Iterable

from osaid_audit.errors import CannotAudit
from osaid_audit.gather.fetching import addresses
from osaid_audit.gather.fetching.failures import Failure, error_for
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.replies import Info
from osaid_audit.gather.fetching.visits import canonical_id
from osaid_audit.gather.raw import Missed, Repository
from osaid_audit.gather.reading.data.datasets import dataset_row
from osaid_audit.gather.reading.files.plan import listing_of
from osaid_audit.schema.dossier import Dataset


def look_up(asked: Iterable[tuple[str, str | None]], hub: Hub) -> list[Dataset | CannotAudit]:
    """What the Hub says of each dataset, given as id and revision; the error in its place where it says none.

    All are asked at once, in one round.
    """
    futures = [
        (name, revision, hub.start(hub.info, "datasets", name, revision, 1)) for name, revision in asked
    ]
    return [_row(hub, name, revision, future.result()) for name, revision, future in futures]


def repository(hub: Hub, name: str, info: Info | Failure) -> Repository | Missed:
    """A dataset as its info reply shows it; none of its files is read."""
    if isinstance(info, Failure):
        page = addresses.page_url(hub.endpoint, "datasets", name)
        return Missed(name, page, info.state, info.detail)
    canonical = canonical_id(info, name)
    listing, complete = listing_of(info.data)
    return Repository(
        kind="datasets",
        asked=name,
        canonical=canonical,
        page_url=addresses.page_url(hub.endpoint, "datasets", canonical),
        revision=info.commit,
        info=info.data,
        info_raw=info.raw,
        listing=listing,
        listing_complete=complete,
    )


def _row(hub: Hub, name: str, revision: str | None, info: Info | Failure) -> Dataset | CannotAudit:
    if isinstance(info, Failure):
        return error_for(info, name, hub.endpoint, token_used=hub.token_used, revision=revision)
    return dataset_row(name, "unknown", None, repository(hub, name, info))

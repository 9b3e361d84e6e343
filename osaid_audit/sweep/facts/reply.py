"""A repository of which nothing was read but the Hub's reply: what a row of a dump is to the readers."""

import json
from collections.abc import Mapping
from typing import Any

from osaid_audit.gather.raw import Fetched, Gathered, Listed, Missed, Raw, Repository
from osaid_audit.gather.reading.plan import listing_of, wanted_files
from osaid_audit.gather.reading.sources import README
from osaid_audit.schema.base import Fact

URL = "https://huggingface.co"
Facts = dict[str, Fact]


def repository_of(info: Mapping[str, Any], name: str) -> Repository:
    """The repository of a reply; its card and every file worth reading were not read."""
    listing, whole = listing_of(info)
    return with_listing(info, name, listing, whole=whole)


def with_listing(
    info: Mapping[str, Any], name: str, listing: tuple[Listed, ...], *, whole: bool
) -> Repository:
    """The same with a listing that the reply need not hold."""
    page = f"{URL}/{name}"
    place = f"{URL}/api/models/{name}"
    files: dict[str, Fetched] = {path: _unread(page, path) for path in wanted_files(listing, "models")}
    none = whole and all(file.path != README for file in listing)
    files[README] = Missed(README, page, "absent") if none else _unread(page, README)
    raw = Raw(place, place, b"", None)
    return Repository("models", name, name, page, None, info, raw, listing, whole, files=files)


def gathered(subject: Repository) -> Gathered:
    """What an audit would have fetched: the reply alone."""
    return Gathered(subject, URL, token_used=False, gathered_at="1970-01-01T00:00:00Z")


def value_of(text: str | None) -> Any:
    """What a text of JSON holds; None for none and for what is no JSON, or nested too deep to be read."""
    if text is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _unread(page: str, path: str) -> Missed:
    return Missed(path, f"{page}/{path}", "unreachable")

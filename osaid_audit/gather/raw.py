"""What the network part hands to the reading part: bytes with their place, or why there are none.

Fetching (hub, pages, rounds) fills these; reading (card, listing, statements, facts, assemble) is pure
and never opens a socket, so that a recorded or corpus copy is read by the very same code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from osaid_audit.schema.base import ProblemState, Text

Kind = Literal["models", "datasets"]
Relation = Literal["finetune", "adapter", "merge", "quantized", "unknown"]


@dataclass(frozen=True)
class Raw:
    """One thing read.

    `revision` is the commit it was read at, `sha256` that of the body where `url` serves just these bytes;
    `stands_in` marks a recorded copy from elsewhere.
    """

    what: str
    url: str
    body: bytes
    sha256: str | None
    revision: str | None = None
    stands_in: bool = False


@dataclass(frozen=True)
class Missed:
    """One thing not read: `what` is a path, an id or a URL; `detail` a short technical reason in English."""

    what: str
    url: str
    state: ProblemState
    detail: str = ""


Fetched = Raw | Missed


@dataclass(frozen=True)
class Listed:
    """One file of a repository; `size` in bytes and `lfs_sha256` only where the Hub said so."""

    path: str
    size: int | None = None
    lfs_sha256: str | None = None


@dataclass(frozen=True)
class Repository:
    """One model or dataset repository at one commit.

    asked, canonical  the id as asked and as the Hub answers (a redirect or a renamed repository)
    info, info_raw    the reply as parsed JSON, untouched, and as read, with its place and hash
    files             every other file that was asked for, by path: card, license-like, policy, small configs
    links             license_link pages that were asked for, by URL as written in the card
    listing_complete  False when the listing was cut, malformed or could not be read
    listing_pages     what the listing was read from where the info reply did not hold it whole
    listing_missed    the page of it that could not be read, if so
    """

    kind: Kind
    asked: str
    canonical: str
    page_url: str
    revision: str | None
    info: Mapping[str, Any]
    info_raw: Raw
    listing: tuple[Listed, ...] = ()
    listing_complete: bool = False
    listing_pages: tuple[Raw, ...] = ()
    listing_missed: Missed | None = None
    files: Mapping[str, Fetched] = field(default_factory=dict)
    links: Mapping[str, Fetched] = field(default_factory=dict)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where the reply itself lists a path: the first index in its `siblings`.

        Made once: a list may have tens of thousands of files, and each of them may be a source.
        """
        siblings = self.info.get("siblings")
        found: dict[str, int] = {}
        for at, row in enumerate(siblings if isinstance(siblings, list) else ()):
            path = row.get("rfilename") if isinstance(row, dict) else None
            if isinstance(path, str):
                found.setdefault(path, at)
        return found


@dataclass(frozen=True)
class CodeHost:
    """One code repository at one commit, as its host answered.

    url        its page as linked
    page_url   its page as the host names it now (a renamed repository)
    revision   the commit of its default branch; None: a repository without a commit
    tree       the file list as read, or why it was not
    complete   False when the list was cut, or a submodule keeps files elsewhere
    files      the license files that were asked for, by path
    """

    url: str
    page_url: str
    revision: str | None = None
    tree: Fetched | None = None
    listing: tuple[Listed, ...] = ()
    complete: bool = True
    files: Mapping[str, Fetched] = field(default_factory=dict)


@dataclass(frozen=True)
class Gathered:
    """Everything fetched for one audit.

    `bases` and `datasets` are keyed by the id as declared, `repositories` by the address as linked.
    """

    subject: Repository
    endpoint: str
    token_used: bool
    gathered_at: str
    source: Literal["hub", "recorded"] = "hub"
    bases: Mapping[str, Repository | Missed] = field(default_factory=dict)
    datasets: Mapping[str, Repository | Missed] = field(default_factory=dict)
    repositories: Mapping[str, CodeHost | Missed] = field(default_factory=dict)
    limits: tuple[Text, ...] = ()

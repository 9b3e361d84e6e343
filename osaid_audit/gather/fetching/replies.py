"""What a reply of the Hub is worth: kept, parsed, or refused with its reason. Pure."""

import hashlib
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from osaid_audit.gather.fetching.addresses import is_commit
from osaid_audit.gather.fetching.cache import Entry
from osaid_audit.gather.fetching.failures import Failure, FailureError, page_refusal, refusal
from osaid_audit.gather.fetching.transport import Reply, origin
from osaid_audit.gather.raw import Fetched, Listed, Missed, Raw
from osaid_audit.gather.reading.files.plan import listed_file
from osaid_audit.gather.reading.jsontext import read_json

_OK = 200
_NAMES = frozenset({"id", "modelId", "sha"})
_NEXT = re.compile(r'<([^<>]{1,4000})>\s*;\s*rel="?next"?')


@dataclass(frozen=True)
class Info:
    """An info reply as read and as parsed; `commit` is the full commit it names, or None.

    `moved`: where the Hub's own redirects led, "" without any.
    """

    raw: Raw
    data: Mapping[str, Any]
    commit: str | None
    moved: str = ""


def entry_of(url: str, reply: Reply, *, token_used: bool) -> Entry:
    """A reply worth keeping: 200, or a file known to be absent. Raises FailureError for any other."""
    if reply.status != _OK:
        failure = refusal(reply.status, reply.headers, reply.body, token_used=token_used)
        if failure.reason != "entry" or reply.status != 404:  # noqa: PLR2004
            raise FailureError(failure)
    return _kept(url, reply)


def page_of(url: str, reply: Reply) -> Entry:
    """A page off the Hub that is worth keeping: 200, whatever stands there. FailureError for any other."""
    if reply.status != _OK:
        raise FailureError(page_refusal(reply.status))
    return _kept(url, reply)


def _kept(url: str, reply: Reply) -> Entry:
    return Entry(
        url=url,
        status=reply.status,
        body=reply.body if reply.status == _OK else b"",
        stored=time.time(),
        etag=reply.headers.get("etag"),
        commit=reply.commit,
        media=reply.headers.get("content-type", ""),
        link=reply.headers.get("link", ""),
        moved=reply.moved,
    )


def fetched(what: str, url: str, entry: Entry, commit: str | None) -> Fetched:
    """The file as bytes with its hash, or its absence."""
    if entry.status != _OK:
        return Missed(what, url, "absent", "not in the repository")
    return Raw(what, url, entry.body, hashlib.sha256(entry.body).hexdigest(), commit)


def parsed(body: bytes) -> Any:
    """The body as JSON; FailureError for anything else."""
    try:
        return read_json(body)
    except (ValueError, RecursionError):
        kind = "HTML" if body.lstrip()[:1] == b"<" else "something that is not JSON"
        failure = Failure("malformed", "malformed", f"the endpoint answered with {kind}")
        raise FailureError(failure) from None


def check_json(entry: Entry) -> None:
    """Refuse what is not JSON before it is kept."""
    parsed(entry.body)


def check_file(path: str) -> Callable[[Entry], None]:
    """A login page in the place of a card is no card."""

    def check(entry: Entry) -> None:
        asked_html = path.lower().endswith((".html", ".htm"))
        if entry.status == _OK and "text/html" in entry.media.lower() and not asked_html:
            raise FailureError(Failure("malformed", "malformed", "a web page came instead of the file"))

    return check


def accept(_: Entry) -> None:
    """A page may be anything; its reader decides."""


def info_of(what: str, entry: Entry) -> Info:
    """The info reply; FailureError when it is not one."""
    data = parsed(entry.body)
    if entry.status != _OK or not isinstance(data, dict) or not _NAMES & set(data):
        raise FailureError(Failure("malformed", "malformed", "the reply is not a repository's"))
    commit = data.get("sha") if is_commit(data.get("sha")) else None
    digest = hashlib.sha256(entry.body).hexdigest()
    return Info(Raw(what, entry.url, entry.body, digest, commit), data, commit, entry.moved)


def rows(entry: Entry) -> list[Listed]:
    """The files of one page of a listing; FailureError when one of them cannot be read."""
    found = parsed(entry.body)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise FailureError(Failure("malformed", "malformed", "the listing is not a list"))
    files = [listed_file(row) for row in found if row.get("type") != "directory"]
    known = [file for file in files if file is not None]
    if len(known) != len(files):
        raise FailureError(Failure("malformed", "malformed", "a file without a usable path in the listing"))
    return known


def next_page(entry: Entry, endpoint: str) -> str | None:
    """Where the listing goes on, None at its end; FailureError when that is another host."""
    found = _NEXT.search(entry.link)
    if found is None:
        return None
    if origin(found[1]) != origin(endpoint):
        raise FailureError(Failure("malformed", "malformed", "the next page is on another host"))
    return found[1]

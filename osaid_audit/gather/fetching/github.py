"""GitHub: a repository's commit, whole file list and license files, in three requests.

    1  the commit of the default branch     an hour in the cache, then asked again by its ETag
    2  the whole file list at that commit   for ever in the cache
    3  the license files at that commit     for ever in the cache

GITHUB_TOKEN goes to the API and nowhere else. Without it license files come from the host of raw files, which
does not count them.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from osaid_audit.gather.fetching.addresses import is_commit
from osaid_audit.gather.fetching.cache import Entry
from osaid_audit.gather.fetching.codedoor import (
    MISSING,
    NO_COMMIT,
    NO_REPOSITORY,
    OK,
    Door,
    How,
    entry,
    failure_of,
)
from osaid_audit.gather.fetching.failures import Failure, FailureError
from osaid_audit.gather.fetching.replies import parsed
from osaid_audit.gather.fetching.transport import Logged, Reply
from osaid_audit.gather.raw import CodeHost, Listed, Missed, Raw
from osaid_audit.gather.reading.files.codefiles import files_of, license_files
from osaid_audit.gather.settings import GITHUB_PAGES, PUBLIC_GITHUB, Settings

RAW_FILES = "https://raw.githubusercontent.com"
_JSON, _SHA, _CONTENT = (f"application/vnd.github.{form}" for form in ("json", "sha", "raw"))
_NAMED = re.compile(r"/repos/([\w.-]{1,100})/([\w.-]{1,100})/git/trees/", re.ASCII)
_MAX_COMMIT = 64 * 1024
_MAX_LIST_ROWS = 200_000
_EMPTY = frozenset({409, 422})


class GitHub:
    """GitHub's API, or the endpoint in its place."""

    def __init__(self, settings: Settings, log: list[Logged]) -> None:
        self._api = settings.github_endpoint
        self._door = Door(settings, log, settings.github_secret(), chosen=self._api != PUBLIC_GITHUB)

    def read(self, url: str, round_: int) -> CodeHost:
        """The repository at `https://github.com/OWNER/NAME`; FailureError when it was not found or read."""
        name = url.removeprefix(GITHUB_PAGES)
        commit = self._commit(name, round_)
        return self._at(url, name, commit, round_ + 1) if commit else CodeHost(url, url)

    def _commit(self, name: str, round_: int) -> str:
        """The commit of the default branch; "" for a repository without any."""
        how = How(round_, _MAX_COMMIT, "an hour", _judge_commit, _SHA)
        found = self._door.ask(f"{self._api}/repos/{name}/commits/HEAD", how)
        if found.status == MISSING:
            raise FailureError(NO_REPOSITORY)
        commit = found.body.decode("ascii", "replace").strip()
        if commit and not is_commit(commit):
            raise FailureError(NO_COMMIT)
        return commit

    def _at(self, url: str, name: str, commit: str, round_: int) -> CodeHost:
        """The repository at a commit. It was found, so from here on only parts of it can be missed."""
        place = f"{self._api}/repos/{name}/git/trees/{commit}?recursive=1"
        try:
            how = How(round_, self._door.settings.max_info, "forever", _judge_list, _JSON)
            found = self._door.ask(place, how)
            rows = parsed(found.body)
        except FailureError as error:
            missed = Missed(name, place, error.failure.state, error.failure.detail)
            return CodeHost(url, url, commit, missed, complete=False)
        now = _canonical(rows) or name
        listing, complete = _listing(rows)
        read = license_files(listing)
        files = {path: self._door.file(*self._place(now, commit, path, round_ + 1)) for path in read}
        tree = Raw(f"{now} tree", place, found.body, hashlib.sha256(found.body).hexdigest(), commit)
        return CodeHost(url, GITHUB_PAGES + now, commit, tree, listing, complete, files)

    def _place(self, name: str, commit: str, path: str, round_: int) -> tuple[str, str, str, int, str | None]:
        """Where a file is asked for: of the API where there is a token or another endpoint."""
        if self._door.token is None and self._api == PUBLIC_GITHUB:
            return f"{RAW_FILES}/{name}/{commit}/{quote(path)}", path, commit, round_, None
        url = f"{self._api}/repos/{name}/contents/{quote(path)}?ref={commit}"
        return url, path, commit, round_, _CONTENT


def _judge_commit(url: str, reply: Reply) -> Entry:
    """The commit, no such repository, or (an empty body) a repository without a commit."""
    if reply.status in _EMPTY:
        return entry(url, reply, OK, b"")
    if reply.status not in {OK, MISSING}:
        raise FailureError(failure_of(reply))
    return entry(url, reply, reply.status, reply.body if reply.status == OK else b"")


def _judge_list(url: str, reply: Reply) -> Entry:
    if reply.status != OK:
        raise FailureError(failure_of(reply))
    rows = parsed(reply.body)
    if not isinstance(rows, dict) or not isinstance(rows.get("tree"), list):
        raise FailureError(Failure("malformed", "malformed", "the listing is not a list"))
    return entry(url, reply, OK, reply.body)


def _canonical(rows: Mapping[str, Any]) -> str | None:
    """OWNER/NAME as the host calls it now: it differs from the link's for a renamed repository."""
    url = rows.get("url")
    found = _NAMED.search(url) if isinstance(url, str) and len(url) < _MAX_COMMIT else None
    return f"{found[1]}/{found[2]}" if found and set(found[1] + found[2]) != {"."} else None


def _listing(rows: Mapping[str, Any]) -> tuple[tuple[Listed, ...], bool]:
    """The files, and whether these are all: not when the list was cut, and not with a submodule in it."""
    given = rows["tree"][:_MAX_LIST_ROWS]
    whole = rows.get("truncated") is False and len(given) == len(rows["tree"])
    kinds = [row.get("type") if isinstance(row, dict) else None for row in given]
    found, hidden = files_of([row for row, kind in zip(given, kinds, strict=True) if kind == "blob"])
    return found, whole and not hidden and set(kinds) <= {"blob", "tree"}

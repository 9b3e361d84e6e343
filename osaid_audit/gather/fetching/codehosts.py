"""Code repositories as their host shows them: whether they exist, at which commit, with which files.

    1  the commit of the default branch     an hour in the cache, then asked again by its ETag
    2  the whole file list at that commit   for ever in the cache
    3  the license files at that commit     for ever in the cache

Three requests for a usual repository, one behind the other, each repository once in a run. GITHUB_TOKEN goes
to the API of GitHub and nowhere else; the Hub's token goes to neither. Once the API says that its rate limit
is reached or the token wrong, or when it did not answer three times, it is asked no more in this run.
"""

import hashlib
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from osaid_audit.gather.fetching.addresses import is_commit
from osaid_audit.gather.fetching.cache import Cache, Entry
from osaid_audit.gather.fetching.failures import Failure, FailureError
from osaid_audit.gather.fetching.memory import Keep, Memory
from osaid_audit.gather.fetching.replies import fetched, parsed
from osaid_audit.gather.fetching.transport import Logged, Reply
from osaid_audit.gather.raw import CodeHost, Fetched, Listed, Missed, Raw
from osaid_audit.gather.reading.codefiles import license_files
from osaid_audit.gather.reading.plan import listed_file
from osaid_audit.gather.settings import PUBLIC_GITHUB, Settings, default_cache_dir

RAW_FILES = "https://raw.githubusercontent.com"
"""Serves single files of public repositories without counting them; asked only where no token is used."""
_PAGES = "https://github.com/"
_JSON, _SHA, _CONTENT = (f"application/vnd.github.{form}" for form in ("json", "sha", "raw"))
_VERSION = {"X-GitHub-Api-Version": "2022-11-28"}
_NAMED = re.compile(r"/repos/([\w.-]{1,100})/([\w.-]{1,100})/git/trees/", re.ASCII)
_MAX_COMMIT = 64 * 1024
_MAX_LIST_ROWS = 200_000
_OK, _MISSING, _BLOCKED = 200, 404, 451
_NO_COMMIT = frozenset({409, 422})
_FORBIDDEN, _TOO_MANY, _UNAUTHORIZED = 403, 429, 401

_LASTING = frozenset({"rate_limited", "token_rejected"})
_NO_CONNECTION = frozenset({"network", "tls", "timeout"})
_MAX_VAIN = 3
_NO_REPOSITORY = Failure("not_found_or_private", "missing", "no such repository, or a private one")
Judge = Callable[[str, Reply], Entry]


@dataclass(frozen=True)
class _How:
    """How one address is asked; `accept` None: it is not the API's, and sees no header of ours."""

    round: int
    cap: int
    keep: Keep
    judge: Judge
    accept: str | None


class CodeHosts:
    """One run's view of GitHub; share it between audits."""

    def __init__(self, settings: Settings, log: list[Logged]) -> None:
        token = settings.github_secret()
        self._settings = settings
        self._log = log
        self._token = token
        self._memory = Memory(
            Cache(settings.cache_dir or default_cache_dir(), token), offline=settings.offline
        )
        self._closed: Failure | None = None
        self._vain = 0

    def read(self, url: str, round_: int) -> CodeHost | Missed:
        """The repository behind `https://github.com/OWNER/NAME`; up to three rounds, from `round_` on."""
        name = url.removeprefix(_PAGES)
        try:
            commit = self._commit(name, round_)
        except FailureError as error:
            return Missed(url, url, error.failure.state, error.failure.detail)
        return self._at(url, name, commit, round_) if commit else CodeHost(url, url)

    def _commit(self, name: str, round_: int) -> str:
        """The commit of the default branch; "" for a repository without any."""
        how = _How(round_, _MAX_COMMIT, "an hour", _judge_commit, _SHA)
        entry = self._ask(self._address(f"{name}/commits/HEAD"), how)
        if entry.status == _MISSING:
            raise FailureError(_NO_REPOSITORY)
        commit = entry.body.decode("ascii", "replace").strip()
        if commit and not is_commit(commit):
            raise FailureError(Failure("malformed", "malformed", "the code host named no commit"))
        return commit

    def _at(self, url: str, name: str, commit: str, round_: int) -> CodeHost:
        """The repository at a commit. It was found, so from here on only parts of it can be missed."""
        place = self._address(f"{name}/git/trees/{commit}?recursive=1")
        try:
            how = _How(round_ + 1, self._settings.max_info, "forever", _judge_list, _JSON)
            entry = self._ask(place, how)
            rows = parsed(entry.body)
        except FailureError as error:
            missed = Missed(name, place, error.failure.state, error.failure.detail)
            return CodeHost(url, url, commit, missed, complete=False)
        now = _canonical(rows) or name
        listing, complete = _listing(rows)
        files = {file: self._file(now, commit, file, round_ + 2) for file in license_files(listing)}
        tree = Raw(f"{now} tree", place, entry.body, hashlib.sha256(entry.body).hexdigest(), commit)
        return CodeHost(url, _PAGES + now, commit, tree, listing, complete, files)

    def _file(self, name: str, commit: str, path: str, round_: int) -> Fetched:
        """A license file at the commit, from the API where there is a token or another endpoint."""
        steps, cap = quote(path), self._settings.max_file
        if self._token is None and self._settings.github_endpoint == PUBLIC_GITHUB:
            url, accept = f"{RAW_FILES}/{name}/{commit}/{steps}", None
        else:
            url, accept = self._address(f"{name}/contents/{steps}?ref={commit}"), _CONTENT
        try:
            entry = self._ask(url, _How(round_, cap, "forever", _judge_file, accept))
        except FailureError as error:
            return Missed(path, url, error.failure.state, error.failure.detail)
        return fetched(path, url, entry, commit)

    def _address(self, path: str) -> str:
        return f"{self._settings.github_endpoint}/repos/{path}"

    def _headers(self, accept: str | None) -> dict[str, str]:
        """Those of the API, the token with them; none for any other host."""
        if accept is None:
            return {}
        bearer = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        return {"Accept": accept, **_VERSION, **bearer}

    def _ask(self, url: str, how: _How) -> Entry:
        from osaid_audit.gather.fetching.pages import Asking, get_page  # noqa: PLC0415 - requests is heavy

        def note(at: str, status: int, hop: bool) -> None:
            self._log.append(Logged("GET", at, status, how.round, hop))

        def send(etag: str | None) -> Reply:
            if self._closed is not None:
                raise FailureError(self._closed)
            headers = self._headers(how.accept) | ({"If-None-Match": etag} if etag else {})
            chosen = self._settings.github_endpoint != PUBLIC_GITHUB
            return get_page(url, self._settings, note, Asking(headers, how.cap, chosen))

        try:
            return self._memory.ask(url, how.keep, send, lambda reply: how.judge(url, reply))
        except FailureError as error:
            self._take_note(error.failure)
            raise

    def _take_note(self, failure: Failure) -> None:
        """Whether to ask on: not after a refusal that stays, nor after several vain attempts to connect."""
        self._vain += failure.reason in _NO_CONNECTION
        if failure.reason in _LASTING or self._vain >= _MAX_VAIN:
            self._closed = failure


def _judge_commit(url: str, reply: Reply) -> Entry:
    """The commit, no such repository, or (an empty body) a repository without a commit."""
    if reply.status in _NO_COMMIT:
        return _entry(url, reply, _OK, b"")
    if reply.status not in {_OK, _MISSING}:
        raise FailureError(_failure(reply))
    return _entry(url, reply, reply.status, reply.body if reply.status == _OK else b"")


def _judge_list(url: str, reply: Reply) -> Entry:
    if reply.status != _OK:
        raise FailureError(_failure(reply))
    rows = parsed(reply.body)
    if not isinstance(rows, dict) or not isinstance(rows.get("tree"), list):
        raise FailureError(Failure("malformed", "malformed", "the listing is not a list"))
    return _entry(url, reply, _OK, reply.body)


def _judge_file(url: str, reply: Reply) -> Entry:
    if reply.status != _OK:
        raise FailureError(_failure(reply))
    if "text/html" in reply.headers.get("content-type", "").lower():
        raise FailureError(Failure("malformed", "malformed", "a web page came instead of the file"))
    return _entry(url, reply, _OK, reply.body)


def _entry(url: str, reply: Reply, status: int, body: bytes) -> Entry:
    media = reply.headers.get("content-type", "")
    return Entry(url, status, body, time.time(), etag=reply.headers.get("etag"), media=media)


def _failure(reply: Reply) -> Failure:
    """What an error status of a code host says."""
    headers, status = reply.headers, reply.status
    spent = headers.get("x-ratelimit-remaining", "").strip() == "0" or "retry-after" in headers
    if status == _TOO_MANY or (status == _FORBIDDEN and spent):
        return Failure("unreachable", "rate_limited", f"GitHub's rate limit is reached{_until(headers)}")
    if status == _UNAUTHORIZED:
        return Failure("unreachable", "token_rejected", "GITHUB_TOKEN was rejected")
    if status == _BLOCKED:
        return Failure("not_found_or_private", "disabled", "blocked by its host for legal reasons")
    return Failure("unreachable", "server", f"the code host answered {status}")


def _until(headers: Mapping[str, str]) -> str:
    """The moment the host says, in UTC and to the minute above it; nothing when it does not say."""
    after, reset = headers.get("retry-after", "").strip(), headers.get("x-ratelimit-reset", "").strip()
    if re.fullmatch(r"\d{1,6}", after, re.ASCII):
        seconds = time.time() + int(after)
    elif re.fullmatch(r"\d{1,11}", reset, re.ASCII):
        seconds = int(reset)
    else:
        return ""
    return f" until {datetime.fromtimestamp(seconds + 59, UTC):%Y-%m-%d %H:%M} UTC"


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
    found = [listed_file(row) for row, kind in zip(given, kinds, strict=True) if kind == "blob"]
    known = [file for file in found if file is not None]
    return tuple(known), whole and len(known) == len(found) and set(kinds) <= {"blob", "tree"}

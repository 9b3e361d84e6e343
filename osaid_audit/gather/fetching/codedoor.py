"""The door of one code host: asked once for each thing, within its limits, its token for its API alone."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from osaid_audit.gather.fetching.cache import Cache, Entry
from osaid_audit.gather.fetching.failures import Failure, FailureError
from osaid_audit.gather.fetching.memory import Keep, Memory
from osaid_audit.gather.fetching.replies import fetched
from osaid_audit.gather.fetching.transport import Logged, Reply
from osaid_audit.gather.raw import Fetched, Missed
from osaid_audit.gather.settings import Settings, default_cache_dir

NO_REPOSITORY = Failure("not_found_or_private", "missing", "no such repository, or a private one")
NO_COMMIT = Failure("malformed", "malformed", "the code host named no commit")
OK, MISSING = 200, 404
_LASTING = frozenset({"rate_limited", "token_rejected"})
_NO_CONNECTION = frozenset({"network", "tls", "timeout"})
_MAX_VAIN = 3
_FORBIDDEN, _TOO_MANY, _UNAUTHORIZED, _BLOCKED = 403, 429, 401, 451

Judge = Callable[[str, Reply], Entry]
"""Makes an entry of the reply to a URL, or raises FailureError."""


@dataclass(frozen=True)
class How:
    """How one address is asked; `accept` None: it is not the API's, and sees no header of ours."""

    round: int
    cap: int
    keep: Keep
    judge: Judge
    accept: str | None


class Door:
    """One host during one run. `chosen`: the user named it, so it may have a private address.

    Once the host says that its rate limit is reached or the token wrong, or when it did not answer three
    times, it is asked no more: waiting could take an hour, and each model of a long list would wait again.
    """

    def __init__(
        self, settings: Settings, log: list[Logged], token: str | None = None, *, chosen: bool = False
    ) -> None:
        self.settings = settings
        self.token = token
        self._log = log
        self._chosen = chosen
        folder = settings.cache_dir or default_cache_dir()
        self._memory = Memory(Cache(folder, token), offline=settings.offline)
        self._closed: Failure | None = None
        self._vain = 0

    def ask(self, url: str, how: How) -> Entry:
        """What stands there; FailureError when it could not be read."""
        from osaid_audit.gather.fetching.pages import Asking, get_page  # noqa: PLC0415 - requests is heavy

        def note(at: str, status: int, hop: bool) -> None:
            self._log.append(Logged("GET", at, status, how.round, hop))

        def send(etag: str | None) -> Reply:
            if self._closed is not None:
                raise FailureError(self._closed)
            headers = self._headers(how.accept) | ({"If-None-Match": etag} if etag else {})
            with self._noting():
                return get_page(url, self.settings, note, Asking(headers, how.cap, self._chosen))

        def judge(reply: Reply) -> Entry:
            with self._noting():
                if reply.status == _UNAUTHORIZED and "Authorization" not in self._headers(how.accept):
                    raise FailureError(_answered(reply.status))  # no token was shown that could be wrong
                return how.judge(url, reply)

        return self._memory.ask(url, how.keep, send, judge)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """A failure that is met now, and not one remembered from before, may close the door."""
        try:
            yield
        except FailureError as error:
            self._take_note(error.failure)
            raise

    def file(self, url: str, path: str, commit: str, round_: int, accept: str | None) -> Fetched:
        """One file at a commit, or why it was not read."""
        try:
            entry = self.ask(url, How(round_, self.settings.max_file, "forever", _judge_file, accept))
        except FailureError as error:
            return Missed(path, url, error.failure.state, error.failure.detail)
        return fetched(path, url, entry, commit)

    def _headers(self, accept: str | None) -> dict[str, str]:
        """Those of the API, the token with them; none for any other host."""
        if accept is None:
            return {}
        return {"Accept": accept} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    def _take_note(self, failure: Failure) -> None:
        """Whether to ask on: not after a refusal that stays, nor after several vain attempts to connect."""
        self._vain += failure.reason in _NO_CONNECTION
        if failure.reason in _LASTING or self._vain >= _MAX_VAIN:
            self._closed = failure


def _judge_file(url: str, reply: Reply) -> Entry:
    if reply.status != OK:
        raise FailureError(failure_of(reply))
    if "text/html" in reply.headers.get("content-type", "").lower():
        raise FailureError(Failure("malformed", "malformed", "a web page came instead of the file"))
    return entry(url, reply, OK, reply.body)


def entry(url: str, reply: Reply, status: int, body: bytes) -> Entry:
    """What the cache keeps of a reply."""
    media = reply.headers.get("content-type", "")
    return Entry(url, status, body, time.time(), etag=reply.headers.get("etag"), media=media)


def failure_of(reply: Reply) -> Failure:
    """What an error status of a code host says."""
    headers, status = reply.headers, reply.status
    spent = headers.get("x-ratelimit-remaining", "").strip() == "0" or "retry-after" in headers
    if status == _TOO_MANY or (status == _FORBIDDEN and spent):
        return Failure(
            "unreachable", "rate_limited", f"the code host's rate limit is reached{_until(headers)}"
        )
    if status == _UNAUTHORIZED:
        return Failure("unreachable", "token_rejected", "GITHUB_TOKEN was rejected")
    if status == _BLOCKED:
        return Failure("not_found_or_private", "disabled", "blocked by its host for legal reasons")
    return _answered(status)


def _answered(status: int) -> Failure:
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

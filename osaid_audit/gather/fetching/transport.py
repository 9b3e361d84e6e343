"""One GET on the Hub: hop by hop, within time and size, the token to the endpoint alone.

The connection pool is huggingface_hub's; the loop around it is ours, because that package retries a
refused connection for 20 seconds, waits as long as a server asks, reads any number of bytes and logs on the
way (shared facts A2). Nothing of an exception's own text is kept: it may name a proxy's password.
"""

import logging
import ssl
import time
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from osaid_audit.gather.fetching.failures import Failure, FailureError
from osaid_audit.gather.fetching.quota import Note, Quotas, Waiting
from osaid_audit.gather.fetching.tls import own_context
from osaid_audit.gather.settings import Settings
from osaid_audit.version import __version__

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import httpx2

_LOGGER = logging.getLogger("osaid_audit")
_MAX_HOPS = 5
_LOGGED = 10_000
_TRIES = 3
_CONNECT = 4.0
_TOTAL_FACTOR = 3
_ERROR_BODY = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_PORTS = {"http": 80, "https": 443}


class Logged(NamedTuple):
    """One exchange: `hop` marks the further steps of a redirect, `status` 0 a connection that failed."""

    method: str
    url: str
    status: int
    round: int
    hop: bool


class Log(list[Logged]):
    """The last exchanges of a run, also told to the logger `osaid_audit`, where `osaid-audit -v` listens."""

    def append(self, entry: Logged) -> None:
        """Keep the entry and tell it, without the query, which may be a key."""
        super().append(entry)
        if len(self) > 2 * _LOGGED:
            del self[:_LOGGED]
        _LOGGER.info("%s %s %s", entry.method, entry.url.partition("?")[0], entry.status or "no answer")


@dataclass(frozen=True)
class Reply:
    """Status, headers (lower-case names) and body of the last hop; `commit` as the first hop named it.

    `moved`: where redirects led that never left the Hub; "" without any.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    commit: str | None = None
    moved: str = ""


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: a token given for one origin goes to no other."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)


class Transport:
    """Sends GET requests for one run; usable from many threads."""

    def __init__(self, settings: Settings, token: str | None, waiting: Waiting | None = None) -> None:
        self._settings = settings
        self._token = token
        self._quotas = Quotas(settings.max_wait, waiting)
        self._home = origin(settings.endpoint)
        self._own = _own_client()
        self.log: list[Logged] = Log()

    def close(self) -> None:
        """Close what is ours; huggingface_hub's pool is its own."""
        if self._own is not None:
            self._own.close()

    def abandon(self) -> None:
        """Nobody wants the answers any more: requests that wait for a quota end at once."""
        self._quotas.abandon()

    def get(self, url: str, cap: int, round_: int, etag: str | None = None) -> Reply:
        """The reply, whatever its status; FailureError when there is none within time and `cap` bytes."""
        pause, tries = 0.5, 0
        while True:
            tries += 1
            last = tries == _TRIES
            try:
                reply = self._follow(url, cap, round_, etag)
            except FailureError as error:
                if last or not error.failure.passing:
                    raise
            else:
                if last or reply.status not in _PASSING:
                    return reply
                if self._quotas.pause(url):
                    continue  # all threads wait for that before they send
                asked = _asked_pause(reply)
                if asked is not None and asked > self._settings.max_wait:
                    return reply
                pause = pause if asked is None else asked
            time.sleep(pause)
            pause = min(pause * 2, 4.0)

    def _follow(self, url: str, cap: int, round_: int, etag: str | None) -> Reply:
        commit, stayed = None, True
        for hop in range(_MAX_HOPS + 1):
            try:
                with self.turn(url) as note, self._send(url, etag) as response:
                    deadline = time.monotonic() + self._settings.timeout * _TOTAL_FACTOR
                    headers = {key.lower(): value for key, value in response.headers.items()}
                    note(response.status_code, headers)
                    self._note(url, response.status_code, round_, hop)
                    commit = commit or headers.get("x-repo-commit")
                    if response.status_code not in _REDIRECTS:
                        body = _read(response, cap, deadline)
                        moved = url if hop and stayed else ""
                        return Reply(response.status_code, headers, body, commit, moved)
                    url = _next(url, headers.get("location", ""))
                    stayed = stayed and origin(url) == self._home
            except _errors() as error:
                self._note(url, 0, round_, hop)
                raise FailureError(_failure(error)) from None
        raise FailureError(Failure("unreachable", "server", "too many redirects"))

    def turn(self, url: str) -> "AbstractContextManager[Note]":
        """Wait for the quota of the endpoint, and give the reply to the note; no other host's is known."""
        return self._quotas.turn(url) if origin(url) == self._home else nullcontext(_no_note)

    def _send(self, url: str, etag: str | None) -> "AbstractContextManager[httpx2.Response]":
        import httpx2  # noqa: PLC0415 - heavy
        from huggingface_hub import get_session  # noqa: PLC0415 - heavy

        headers = {"User-Agent": f"osaid-audit/{__version__}"}
        if self._token and origin(url) == self._home:
            headers["Authorization"] = f"Bearer {self._token}"
        if etag:
            headers["If-None-Match"] = etag
        timeout = httpx2.Timeout(self._settings.timeout, connect=min(_CONNECT, self._settings.timeout))
        client = self._own or get_session()
        return client.stream("GET", url, headers=headers, timeout=timeout, follow_redirects=False)

    def _note(self, url: str, status: int, round_: int, hop: int) -> None:
        """A storage host's address is signed: its query is a key for a day, so it is not kept."""
        shown = url if origin(url) == self._home else url.partition("?")[0]
        self.log.append(Logged("GET", shown, status, round_, hop > 0))


def _no_note(_status: int, _headers: Mapping[str, str]) -> None:
    """The quota of another host is nobody's."""


def _next(url: str, location: str) -> str:
    try:
        target = urljoin(url, location)
        parts = urlsplit(target)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    secure_lost = urlsplit(url).scheme == "https" and parts.scheme == "http"
    if not location or parts.scheme not in {"http", "https"} or not parts.hostname or secure_lost:
        raise FailureError(Failure("unreachable", "server", "a redirect to nowhere"))
    return target


def _read(response: "httpx2.Response", cap: int, deadline: float) -> bytes:
    """The body within `cap` bytes and the deadline; of an error reply only enough to see what it says."""
    error = response.status_code >= 400  # noqa: PLR2004
    declared = response.headers.get("content-length", "")
    if not error and declared.isdigit() and int(declared) > cap:
        raise FailureError(
            Failure("too_large", "too_large", f"{int(declared)} bytes; at most {cap} are read")
        )
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if error and len(body) >= _ERROR_BODY:
            break
        if len(body) > cap:
            raise FailureError(Failure("too_large", "too_large", f"more than {cap} bytes"))
        if time.monotonic() > deadline:
            raise FailureError(Failure("unreachable", "timeout", "the reply took too long"))
    return bytes(body)


def _asked_pause(reply: Reply) -> float | None:
    """Seconds the server asks us to wait, from `Retry-After`; None when it does not say."""
    after = reply.headers.get("retry-after", "").strip()
    return int(after) + 0.2 if after.isdigit() and len(after) < 10 else None  # noqa: PLR2004


def _own_client() -> "httpx2.Client | None":
    context = own_context()
    if context is None:
        return None
    import httpx2  # noqa: PLC0415 - heavy

    return httpx2.Client(verify=context)


def _errors() -> tuple[type[Exception], ...]:
    """All that httpx2 raises; its InvalidURL stands outside its own tree, and offline mode is an OSError."""
    import httpx2  # noqa: PLC0415 - heavy

    return httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError


def _failure(error: Exception) -> Failure:
    """What went wrong, in words of our own, the narrower kind first."""
    import httpx2  # noqa: PLC0415 - heavy
    from huggingface_hub.errors import OfflineModeIsEnabled  # noqa: PLC0415 - heavy

    if _has_cause(error, ssl.SSLError):
        return Failure("unreachable", "tls", "the certificate or the TLS handshake was refused")
    kinds: tuple[tuple[type[Exception], Failure], ...] = (
        (OfflineModeIsEnabled, Failure("unreachable", "offline", "HF_HUB_OFFLINE is set")),
        (httpx2.ProxyError, Failure("unreachable", "network", "the proxy refused")),
        (httpx2.ConnectTimeout, Failure("unreachable", "network", "no connection")),
        (httpx2.ConnectError, Failure("unreachable", "network", "no connection")),
        (httpx2.TimeoutException, Failure("unreachable", "timeout", "no answer in time", passing=True)),
        (httpx2.DecodingError, Failure("malformed", "malformed", "the reply cannot be decompressed")),
        (httpx2.TransportError, Failure("unreachable", "network", "the reply broke off", passing=True)),
        (OSError, Failure("unreachable", "network", "no connection")),
    )
    unusable = Failure("malformed", "malformed", "the address cannot be used")
    return next((failure for kind, failure in kinds if isinstance(error, kind)), unusable)


def _has_cause(error: BaseException, kind: type[BaseException]) -> bool:
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None or isinstance(seen, kind):
            break
        seen = seen.__cause__ or seen.__context__
    return isinstance(seen, kind)

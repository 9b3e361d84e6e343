"""Pages outside the Hub that a card names: from public addresses only, and without any token of the Hub.

A card is written by strangers, so its link may name a machine inside the user's network. Each hop's host is
resolved and refused unless every address is public; the address really connected to is checked again,
because a name may resolve differently the second time. The endpoint's own host, the hosts of
`--allow-host` and a configured proxy are trusted. The API of a code host is asked the same way (`Asking`).
"""

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from osaid_audit.gather.fetching.failures import Failure, FailureError
from osaid_audit.gather.fetching.publicnet import is_public
from osaid_audit.gather.fetching.tls import ca_bundle
from osaid_audit.gather.fetching.transport import Reply, origin
from osaid_audit.gather.settings import Settings
from osaid_audit.version import __version__

if TYPE_CHECKING:
    import requests

_MAX_HOPS = 5
_TOTAL = 10.0
_CONNECT = 4.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_NO_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_HEADERS = {"User-Agent": f"osaid-audit/{__version__}", "Accept-Encoding": "identity"}

Note = Callable[[str, int, bool], None]


@dataclass(frozen=True)
class Asking:
    """How an address of an API is asked: it is never left for another origin.

    headers  sent to that origin alone, a token among them
    cap      bytes read at most
    trusted  it may have a private address: the user chose it
    """

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cap: int = 0
    trusted: bool = False


def get_page(url: str, settings: Settings, note: Note, asking: Asking | None = None) -> Reply:
    """The bytes there, at most `max_page` of a page, within 10 seconds; FailureError says why there are none.

    `note(url, status, hop)` is called for each exchange.
    """
    guard = _Guard(settings, _host_port(url) if asking and asking.trusted else None)
    timer = threading.Timer(min(_TOTAL, settings.timeout), guard.expire)
    timer.daemon = True
    timer.start()
    try:
        return _follow(url, _Fetch(settings, guard, note, asking))
    finally:
        timer.cancel()
        guard.close()


class _Guard:
    """Who may be spoken to, and the sockets to cut when time is up."""

    def __init__(self, settings: Settings, chosen: str | None = None) -> None:
        self._trusted = {name.lower() for name in settings.allow_hosts} | {_host_port(settings.endpoint)}
        self._trusted |= {chosen} if chosen else set()
        self._sockets: list[socket.socket] = []
        self.expired = False

    def trusts(self, url: str) -> bool:
        named = _host_port(url)
        return named in self._trusted or named.rsplit(":", 1)[0] in self._trusted

    def check_name(self, url: str, *, proxied: bool) -> None:
        """Resolve and refuse; behind a proxy a name unknown here is left to the proxy."""
        if self.trusts(url):
            return
        parts = urlsplit(url)
        host = parts.hostname or ""
        try:
            found = socket.getaddrinfo(host, parts.port or _PORTS[parts.scheme], type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            if proxied and not host.lower().endswith("localhost"):
                return
            raise FailureError(_unknown(error)) from None
        if not all(is_public(str(row[4][0])) for row in found):
            raise _not_public()

    def check_peer(self, url: str, sock: socket.socket) -> None:
        """The address connected to, which a second look-up may have changed."""
        self._sockets.append(sock)
        if not self.trusts(url) and not is_public(str(sock.getpeername()[0])):
            raise _not_public()

    def expire(self) -> None:
        self.expired = True
        for sock in self._sockets:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._sockets.clear()


def _unknown(error: Exception) -> Failure:
    """There is no such name, or nobody could be asked for it, which passes."""
    passing = isinstance(error, OSError) and error.errno not in _NO_NAME
    words = "the host name could not be looked up" if passing else "the host name is not known"
    return Failure("unreachable", "network", words)


def _not_public() -> FailureError:
    words = "refused: not a public address (--allow-host permits one)"
    return FailureError(Failure("unreachable", "refused", words))


def _host_port(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').lower()}:{parts.port or _PORTS.get(parts.scheme, 0)}"


@dataclass(frozen=True)
class _Fetch:
    """One address on its way: what may be read, who watches, who takes note."""

    settings: Settings
    guard: _Guard
    note: Note
    asking: Asking | None

    @property
    def headers(self) -> dict[str, str]:
        return _HEADERS | (dict(self.asking.headers) if self.asking else {})

    @property
    def cap(self) -> int:
        return self.asking.cap if self.asking else self.settings.max_page


def _follow(url: str, fetch: _Fetch) -> Reply:
    home = origin(url) if fetch.asking else None
    for hop in range(_MAX_HOPS + 1):
        _check_url(url)
        try:
            reply, location = _exchange(url, fetch)
        except FailureError:
            fetch.note(url, 0, hop > 0)
            raise
        fetch.note(url, reply.status, hop > 0)
        if reply.status not in _REDIRECTS:
            return reply
        if not location:
            break
        url = _next(url, location, home)
    raise FailureError(Failure("unreachable", "server", "too many redirects"))


def _next(url: str, location: str, home: tuple[str, str, int] | None) -> str:
    """Where a redirect leads; FailureError when it leaves the origin it may not leave."""
    try:
        target = urljoin(url, location)
    except ValueError:
        raise FailureError(Failure("unreachable", "server", "a redirect to nowhere")) from None
    _check_url(target)
    if home is not None and origin(target) != home:
        raise FailureError(Failure("unreachable", "refused", "a redirect to another host was not followed"))
    return target


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise FailureError(Failure("malformed", "malformed", "not a URL")) from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FailureError(Failure("unsupported", "malformed", "only http and https addresses are read"))


def _exchange(url: str, fetch: _Fetch) -> tuple[Reply, str]:
    import requests  # noqa: PLC0415 - heavy
    import urllib3  # noqa: PLC0415 - heavy

    proxies = requests.utils.get_environ_proxies(url)
    proxied = requests.utils.select_proxy(url, proxies) is not None
    settings, guard = fetch.settings, fetch.guard
    guard.check_name(url, proxied=proxied)
    timeout = (min(_CONNECT, settings.timeout), settings.timeout)
    try:
        with (
            _session(url, guard, proxied=proxied) as session,
            session.get(
                url,
                headers=fetch.headers,
                timeout=timeout,
                stream=True,
                allow_redirects=False,
                proxies=proxies,
                verify=ca_bundle() or True,
            ) as response,
        ):
            headers = {key.lower(): value for key, value in response.headers.items()}
            body = b"" if response.status_code in _REDIRECTS else _read(response, fetch.cap, guard)
            return Reply(response.status_code, headers, body), headers.get("location", "")
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise FailureError(_failure(error, guard)) from None


def _session(url: str, guard: _Guard, *, proxied: bool) -> "requests.Session":
    """A session that reads no netrc file, keeps no cookie and, without a proxy, checks whom it speaks to."""
    import requests  # noqa: PLC0415 - heavy

    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    if not proxied:
        adapter = requests.adapters.HTTPAdapter()
        adapter.poolmanager.pool_classes_by_scheme = _checked_pools(url, guard)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
    return session


def _checked_pools(url: str, guard: _Guard) -> dict[str, Any]:
    """urllib3's pools with connections that look at the peer before a byte of the request is sent."""
    from urllib3.connection import HTTPConnection, HTTPSConnection  # noqa: PLC0415 - heavy
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool  # noqa: PLC0415 - heavy

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            guard.check_peer(url, self.sock)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            guard.check_peer(url, self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _read(response: "requests.Response", cap: int, guard: _Guard) -> bytes:
    """What arrives until the end, the cap or the time; each step takes what is there instead of waiting."""
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > cap:
        raise FailureError(
            Failure("too_large", "too_large", f"{int(declared)} bytes; at most {cap} are read")
        )
    body = bytearray()
    while chunk := response.raw.read1(65536, decode_content=True):
        body += chunk
        if len(body) > cap:
            raise FailureError(Failure("too_large", "too_large", f"more than {cap} bytes"))
    if guard.expired:
        raise FailureError(Failure("unreachable", "timeout", "the page took too long"))
    if declared.isdigit() and len(body) < int(declared) and "content-encoding" not in response.headers:
        raise FailureError(Failure("unreachable", "network", "the page broke off"))
    return bytes(body)


def _failure(error: Exception, guard: _Guard) -> Failure:
    """What went wrong, in words of our own: the exception's may hold a proxy's password."""
    import requests  # noqa: PLC0415 - heavy

    kinds: tuple[tuple[type[Exception], Failure], ...] = (
        (requests.exceptions.SSLError, Failure("unreachable", "tls", "the certificate was refused")),
        (ssl.SSLError, Failure("unreachable", "tls", "the certificate was refused")),
        (requests.exceptions.Timeout, Failure("unreachable", "timeout", "no answer in time")),
        (requests.exceptions.ProxyError, Failure("unreachable", "network", "the proxy refused")),
        (requests.exceptions.InvalidURL, Failure("malformed", "malformed", "not a URL")),
    )
    if guard.expired:
        return Failure("unreachable", "timeout", "the page took too long")
    no_page = Failure("unreachable", "network", "no connection, or it broke off")
    return next((failure for kind, failure in kinds if isinstance(error, kind)), no_page)

"""What a run may reach, and within which limits."""

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from osaid_audit.errors import UsageError
from osaid_audit.messages import Message

PUBLIC_ENDPOINT = "https://huggingface.co"
PUBLIC_GITHUB = "https://api.github.com"
GITHUB_PAGES = "https://github.com/"
"""Where GitHub shows its repositories to people, and where cards link them."""
_MB = 1024 * 1024
_TOKEN_PLACES = Message("--token or HF_TOKEN")
_TOKEN = re.compile(r"[\x21-\x7e]{1,4096}")


@dataclass(frozen=True)
class Settings:
    """Where to look and how far to go; nothing in it changes how facts are judged.

    endpoint     http(s) address of the Hub, its mirror or an enterprise Hub; may be a private address
    token        None: none at all, not even the environment's; True: the environment's; a text: as is
    offline      open no socket, answer from the cache
    links        follow license links and ask for code repositories that lie outside the Hub
    github_endpoint  http(s) address of GitHub's API or of a mirror of it; may be a private address
    github_token     like `token`, for that address alone; the environment's is GITHUB_TOKEN
    cache_dir    None: the platform's place for caches
    timeout      seconds without a byte before a request is given up; a connection gets at most 4
    max_wait     longest pause in seconds that a rate limit may ask for
    allow_hosts  hosts ("name" or "name:port") that may have private addresses
    connections  requests in flight at once
    max_file, max_info, max_page   bytes kept of a file, of a reply of the API, of a page off the Hub
    """

    endpoint: str = PUBLIC_ENDPOINT
    token: str | bool | None = field(default=None, repr=False)
    offline: bool = False
    links: bool = True
    github_endpoint: str = PUBLIC_GITHUB
    github_token: str | bool | None = field(default=None, repr=False)
    cache_dir: Path | None = None
    timeout: float = 10.0
    max_wait: float = 60.0
    allow_hosts: tuple[str, ...] = ()
    connections: int = 8
    max_file: int = 2 * _MB
    max_info: int = 16 * _MB
    max_page: int = 1 * _MB

    def __post_init__(self) -> None:
        """Refuse an endpoint that is not one (UsageError) and drop its trailing slash."""
        object.__setattr__(self, "endpoint", checked_endpoint(self.endpoint))
        github = checked_endpoint(self.github_endpoint, "--github-endpoint", PUBLIC_GITHUB, "GITHUB_TOKEN")
        object.__setattr__(self, "github_endpoint", github)

    def secret(self) -> str | None:
        """The token itself, or None. Raises UsageError, without the token, when it cannot be a token."""
        given = _environment_token(self.offline) if self.token is True else self.token
        return _checked_token(given, Message("Check --token and HF_TOKEN."))

    def github_secret(self) -> str | None:
        """The token for GitHub's API, or None; raises like `secret`."""
        told = self.github_token
        given = os.environ.get("GITHUB_TOKEN") if told is True else told
        return _checked_token(given, Message("Check GITHUB_TOKEN."))

    def secrets(self) -> tuple[str, ...]:
        """Every token of this run, none of which may be written anywhere."""
        return tuple(filter(None, (self.secret(), self.github_secret())))


def checked_endpoint(
    endpoint: str,
    option: str = "--endpoint",
    example: str = PUBLIC_ENDPOINT,
    instead: str | Message = _TOKEN_PLACES,
) -> str:
    """The endpoint without trailing slash; UsageError when it is no http(s) address or holds a password.

    `option`, `example` and `instead` (where a token belongs) are for the words of the error.
    """
    parts = _split(endpoint.strip())
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(
            "The endpoint is not an http(s) address.",
            "Example: {option} {example}",
            option=option,
            example=example,
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(
            "The endpoint carries a password or a query, which reports would show.",
            "Give the bare address, and the token with {instead}.",
            instead=instead,
        )
    return endpoint.strip().rstrip("/")


def _checked_token(given: str | bool | None, hint: Message) -> str | None:
    token = given.strip() if isinstance(given, str) else ""
    if token and not _TOKEN.fullmatch(token):
        raise UsageError("The token has characters that no token has.", hint)
    return token or None


def default_cache_dir() -> Path | None:
    """The platform's place for caches with our name, or None when this user has no home."""
    try:
        return _cache_root() / "osaid-audit"
    except RuntimeError:
        return None


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _cache_root() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    given = os.environ.get("XDG_CACHE_HOME", "")
    return Path(given) if Path(given).is_absolute() else Path.home() / ".cache"


def _environment_token(offline: bool) -> str | None:
    """Offline the token only picks the cache entries, and `get_token` might renew it over the network."""
    given = os.environ.get("HF_TOKEN") or os.environ.get("HUGGING_FACE_HUB_TOKEN")
    if given or offline:
        return given or _stored_token()
    from huggingface_hub import get_token  # noqa: PLC0415 - heavy

    return get_token()


def _stored_token() -> str | None:
    from huggingface_hub import constants  # noqa: PLC0415 - heavy

    try:
        return Path(constants.HF_TOKEN_PATH).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None

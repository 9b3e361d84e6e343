"""Why something could not be read: from a status and a code to a problem, and for the subject to an error.

Without a token the Hub answers 401 both for what is missing and for what is private; the two are never told
apart here either. A gated file is neither absent nor missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from osaid_audit.errors import CannotAudit, NotFound, OfflineMiss, Unreachable
from osaid_audit.gather.reading.repository.details import in_both_languages
from osaid_audit.messages import Message
from osaid_audit.schema.base import ProblemState, Text

Reason = Literal[
    "missing",
    "revision",
    "entry",
    "gated",
    "token_rejected",
    "disabled",
    "refused",
    "offline",
    "network",
    "tls",
    "timeout",
    "rate_limited",
    "server",
    "too_large",
    "malformed",
]
Token = Literal["none", "rejected", "insufficient"]

_DISABLED = "Access to this resource is disabled."
_REJECTED = ("invalid credentials", "invalid user token", "invalid token")
_TOKEN_WORDS: dict[Token, str] = {
    "none": "no token was given",
    "rejected": "the token was rejected",
    "insufficient": "this token has no access",
}


@dataclass(frozen=True)
class Failure:
    """One thing not read: the state, the finer reason, a few words; what is `passing` may be tried again."""

    state: ProblemState
    reason: Reason
    detail: str
    passing: bool = False


_BY_CODE = {
    "EntryNotFound": Failure("absent", "entry", "not in the repository"),
    "RevisionNotFound": Failure("not_found_or_private", "revision", "no such revision"),
}


class FailureError(Exception):
    """Carries a Failure to where it becomes a problem or an error; never leaves this wing."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


def gated(token: Token) -> Failure:
    """Access is asked for first, and how the token stands to that."""
    return Failure("gated", "gated", f"gated; {_TOKEN_WORDS[token]}")


def refusal(status: int, headers: Mapping[str, str], body: bytes, *, token_used: bool) -> Failure:
    """What an error status (>= 400) says. Header names are lower case."""
    code, message = headers.get("x-error-code", ""), headers.get("x-error-message", "")
    if code == "GatedRepo":
        return gated(_token_state(status, token_used))
    if message == _DISABLED:
        return Failure("not_found_or_private", "disabled", "the Hub has disabled this repository")
    if code in _BY_CODE:
        return _BY_CODE[code]
    if status == 401 and token_used and _says_rejected(message, body):  # noqa: PLR2004
        return Failure("not_found_or_private", "token_rejected", _TOKEN_WORDS["rejected"])
    if code == "RepoNotFound" or status in {401, 404, 410}:
        words = "with this token" if token_used else "without a token"
        return Failure("not_found_or_private", "missing", f"missing, or private and not readable {words}")
    return _by_status(status, headers)


def page_refusal(status: int) -> Failure:
    """What an error status of a page off the Hub says; the Hub's own headers mean nothing there."""
    if status in {404, 410}:
        return Failure("not_found_or_private", "missing", "there is no page at this address")
    if status in {401, 403}:
        return Failure("not_found_or_private", "refused", "its site refuses to show it")
    return Failure("unreachable", "server", f"its site answered {status}")


def rate_limited(seconds: int | None) -> Failure:
    """The Hub's quota is used up, and returns in so many seconds, if that is known."""
    wait = "" if seconds is None else f"; the quota returns in {seconds} s"
    return Failure("unreachable", "rate_limited", f"the rate limit is reached{wait}")


def error_for(
    failure: Failure, name: str, endpoint: str, *, token_used: bool, revision: str | None
) -> CannotAudit:
    """The error that ends the audit of `name` when its own info reply could not be read."""
    host = endpoint.split("://", 1)[-1]
    if failure.reason in _MISSING:
        return _missing(failure, name, host, token_used, revision)
    if failure.reason == "offline":
        return OfflineMiss(
            "{name} is not on this machine, and offline nothing is asked for.",
            "Run once without --offline and HF_HUB_OFFLINE, or audit a saved dossier.",
            name=name,
        )
    return Unreachable(
        "{name} could not be read from {host}: {why}.",
        _HINTS.get(failure.reason, Message("Check --endpoint, or try again later.")),
        name=name,
        host=host,
        why=_words(failure),
    )


_MISSING = frozenset({"missing", "entry", "revision", "gated", "token_rejected", "disabled", "refused"})
_HINTS: dict[Reason, Message] = {
    "network": Message("Check the connection, --endpoint, HTTPS_PROXY and NO_PROXY."),
    "tls": Message("Behind a company proxy, point SSL_CERT_FILE to the company's CA file."),
    "timeout": Message("Try again later."),
    "rate_limited": Message("Wait some minutes; a token (HF_TOKEN) has a larger quota."),
    "malformed": Message(
        "Check that --endpoint is a Hugging Face Hub, and that no login page stands in between."
    ),
}


def _missing(failure: Failure, name: str, host: str, token_used: bool, revision: str | None) -> NotFound:
    if failure.reason == "token_rejected":
        return NotFound("{host} rejected the token.", "Make a new token, or run without one.", host=host)
    if failure.reason == "revision":
        return NotFound(
            "{name} has no revision '{revision}'.",
            "Name a branch, a tag or a full commit.",
            name=name,
            revision=revision or "main",
        )
    if failure.reason == "disabled":
        return NotFound(
            "{name} has been disabled on {host}.",
            "There is nothing left to download or to audit.",
            name=name,
            host=host,
        )
    if failure.reason in {"refused", "gated"}:
        return NotFound(
            "{host} refused access to {name}: {why}.",
            "Ask its owner for access for this token.",
            host=host,
            name=name,
            why=_words(failure),
        )
    return _not_found(name, host, token_used)


def _not_found(name: str, host: str, token_used: bool) -> NotFound:
    if token_used:
        return NotFound(
            "{name} was not found on {host}, or this token may not read it.",
            "Check the spelling; if it is private, give a token of somebody who can read it.",
            name=name,
            host=host,
        )
    return NotFound(
        "{name} was not found on {host}, or it is private.",
        "Check the spelling; if it is private, give a token with --token or HF_TOKEN.",
        name=name,
        host=host,
    )


def _words(failure: Failure) -> Text | str:
    """The reason in both languages where it has been translated."""
    known = in_both_languages(failure.detail)
    if known is None or not known.alone:
        return failure.detail if known is None else known.words
    french = known.words.fr  # a sentence of its own, here the end of another
    return Text(en=failure.detail, fr=french[:1].lower() + french[1:].removesuffix("."))


def _token_state(status: int, token_used: bool) -> Token:
    if not token_used:
        return "none"
    return "rejected" if status == 401 else "insufficient"  # noqa: PLR2004


def _says_rejected(message: str, body: bytes) -> bool:
    said = (message + body[:500].decode("utf-8", "replace")).lower()
    return any(words in said for words in _REJECTED)


def _by_status(status: int, headers: Mapping[str, str]) -> Failure:
    if status == 403:  # noqa: PLR2004
        return Failure("not_found_or_private", "refused", "the Hub answered 403")
    if status == 429:  # noqa: PLR2004
        when = headers.get("retry-after") or headers.get("ratelimit", "").rpartition("t=")[2]
        return rate_limited(int(when) if when.isdigit() and len(when) < 7 else None)  # noqa: PLR2004
    return Failure("unreachable", "server", f"the Hub answered {status}")

"""Untrusted text made harmless: whatever a card or a reply says, it stays text and stays in its place."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

LONGEST_NAME = 300
"""Characters of an id, a path or a quotation that are shown; the JSON report keeps all of them."""
LONGEST_PROSE = 4000
_LONGEST_URL = 2000
_BLANKS = re.compile(r"[ \t\r\n\x0b\x0c]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_URL_CHARACTERS = "%/:?#[]@!$&'()*+,;=~-._"


def plain(value: str, limit: int = LONGEST_NAME) -> str:
    """One line of at most `limit` characters and an ellipsis, with every unseen character shown as its code.

    Control characters would drive a terminal; direction marks and zero-width characters would make a text
    read otherwise than it is written.
    """
    shown = _BLANKS.sub(" ", value[: limit + 1]).strip()
    if not shown.replace("\u00a0", " ").isprintable():  # most texts are, and a scan shows thousands
        shown = "".join(map(_seen, shown))
    return shown if len(shown) <= limit else shown[:limit] + "…"


def prose(value: str) -> str:
    """`plain` for a sentence, which may be longer than a name."""
    return plain(value, LONGEST_PROSE)


def escape_unseen(value: str) -> str:
    """JSON text with every unseen character beyond ASCII written as its number: the same value, harmless."""
    return _BEYOND_ASCII.sub(lambda m: _json_escape(m[0]) if _unseen(m[0]) else m[0], value)


def http_url(value: str | None) -> str | None:
    """The address if a link may lead there: http or https, an ASCII host, no user name; else None."""
    if not value or len(value) > _LONGEST_URL or "\\" in value or any(c <= " " or c == "\x7f" for c in value):
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname if parts.port is None or parts.port else None
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or not host.isascii() or "@" in parts.netloc:
        return None
    try:
        return quote(value, safe=_URL_CHARACTERS)
    except UnicodeEncodeError:
        return None


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN


def _seen(character: str) -> str:
    return f"\\u{{{ord(character):X}}}" if _unseen(character) else character


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))

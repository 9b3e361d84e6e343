"""Addresses beside a holder's name: of mail and of pages. Words strung together in one are no address."""

import re

from osaid_audit.licenses.texts.names import fold, names, ordinary, says

PATTERN = (
    r"<(?:[\w.+-]{1,20} ){0,2}[\w.+-]{1,60}(?:@|\s?\(at\)\s?)[\w.-]{1,80}>[.]?"
    r"|<?[\w.+-]{1,60}(?:@|\s?\(at\)\s?)[\w.-]{1,80}>?"
    r"|[<(]?(?:https?://|www\.)[\w.-]{1,80}(?:/[\w-]{0,40}/?)?[>)]?[.]?"
    r"|[A-Za-z0-9]{2,24}\.(?:[Cc]om|[Oo]rg|[Nn]et|ai|AI|io)\b"
)
"""What looks like an address, as a part of a regular expression."""
_ADDRESS = re.compile(PATTERN)
_MAIL = re.compile(r"<?(?P<box>[\w.+ -]+?)\s?(?:@|\(at\))\s?(?P<host>[\w.-]+)>?\.?")
_PAGE = re.compile(r"[<(]?(?:https?://)?(?P<host>[\w.-]+?)(?:/(?P<path>[\w-]*)/?)?[>)]?\.?")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,24}[a-z0-9])?")
_MAX_BOX, _MAX_LABELS, _MAX_HYPHENS, _TOP = 3, 5, 2, 3
_USUAL = frozenset(
    {"www", "users", "people", "in", "us", "it", "de", "uk", "free", "no", "is", "at", "to", "research"}
)
"""Labels of hosts that say nothing there: countries and the like."""


def looks_like(part: str) -> bool:
    """Whether a part of a line has the shape of an address."""
    return _ADDRESS.fullmatch(part) is not None


def plain(part: str, holder: str) -> bool:
    """Whether an address is a mere name: a mailbox, a plain host, or a page of one on a known host.

    A host below another ("jane.example.com") must begin like a word of the line that names the holder.
    """
    mail = _MAIL.fullmatch(part)
    if mail is not None:
        pieces = re.split(r"[.+ -]", fold(mail["box"]))
        return _box(pieces) and _host(mail["host"].rstrip("."), mail=True)
    page = _PAGE.fullmatch(part)
    if page is None or not _host(page["host"].rstrip("."), mail=False):
        return False
    if not _belongs(page["host"], holder.replace(part, " ")):
        return False
    if not page["path"]:
        return True
    host = page["host"].lower().removeprefix("www.")
    return host in names().hosts and _label(fold(page["path"]), mail=False)


def words(part: str) -> list[str]:
    """The words of the mailbox of an address of mail; none of a page."""
    mail = _MAIL.fullmatch(part)
    return re.findall(r"[^\W\d_]+", fold(part)) if mail is not None else []


def _belongs(host: str, holder: str) -> bool:
    labels = [label for label in fold(host).split(".") if label not in _USUAL]
    words = re.findall(r"[^\W_]{2,}", fold(holder))
    below = len([label for label in labels if len(label) > _TOP]) > 1
    return not below or any(labels[0][:_TOP] == word[:_TOP] for word in words)


def _box(pieces: list[str]) -> bool:
    """One word may be anything a mailbox is called (`info`, `contact`); of several none says something."""
    if len(pieces) == 1:
        return not _strung(pieces[0])
    return len(pieces) <= _MAX_BOX and not any(says(piece) for piece in pieces if len(piece) > 1)


def _strung(word: str) -> bool:
    """Whether something stands inside a word of an address, or several words stand in it without a gap."""
    return says(word) and not names().says.has(word)


def _host(host: str, *, mail: bool) -> bool:
    labels = fold(host).split(".")
    if not 1 < len(labels) <= _MAX_LABELS:
        return False
    while len(labels) > 1 and len(labels[-1]) <= _TOP:
        labels.pop()
    return all(_label(label, mail=mail) for label in labels)


def _label(label: str, *, mail: bool) -> bool:
    """A label of a host: a word or a few, none of which says something; ordinary words only alone."""
    if not _LABEL.fullmatch(label) or label.count("-") > _MAX_HYPHENS:
        return False
    pieces = [piece.strip("0123456789") for piece in label.split("-")]
    if len(pieces) == 1:
        return label in _USUAL or not (_strung(pieces[0]) if mail else says(pieces[0]))
    return not any(says(piece) for piece in pieces) and not all(
        ordinary(piece) or not piece for piece in pieces
    )

"""What one statement says about the terms, taken by itself.

A voice is `identified` when a known license stands behind it, `unknown` when something binding is said
that nobody has identified, `vague` when it names no license (`other`, a family), and a `hint` when it
names an open license from a place that can restrict but never open (license_name, link, header, prose).
A statement that says nothing about the terms gives no voice.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from osaid_audit.licenses import table
from osaid_audit.licenses.resolution import Resolution
from osaid_audit.licenses.resolve import resolve, resolve_link
from osaid_audit.schema.base import Freedom
from osaid_audit.schema.licenses import OPEN, UNIDENTIFIED, ClauseId, LicenseClass, Role, Statement

_NOTICE = re.compile(
    r"(?:^|/)(?:notices?|third[-_ ]?party[^/]*|attributions?|credits)(?:\.[a-z]{2,4})?$", re.IGNORECASE
)
_BARE = frozenset({"license", "licence", "licenses", "licences", "none", "null", "n", "a", "na", "tbd"})
Kind = Literal["identified", "unknown", "vague", "hint"]


@dataclass(frozen=True)
class Voice:
    """One statement and what it says: ids (`id` labels them all), their class and what they take."""

    statement: Statement
    kind: Kind
    id: str
    ids: tuple[str, ...]
    cls: LicenseClass
    name: str | None = None
    osi_approved: bool | None = None
    clauses: tuple[ClauseId, ...] = ()
    breaks: tuple[Freedom, ...] = ()
    exact: bool = False

    @property
    def role(self) -> Role:
        """Who speaks."""
        return self.statement.role


def hear(statement: Statement) -> tuple[Voice, ...]:
    """What the statement says; nothing when it is about code or says nothing about the terms.

    A link speaks twice: by its URL, read or not, and by the text behind it.
    """
    if statement.covers != "weights":
        return ()
    listen = _LISTEN.get(statement.role)
    by_url = _url(statement) if statement.role == "link" else None
    by_text = listen(statement) if listen is not None and statement.read else None
    return tuple(voice for voice in (by_url, by_text) if voice is not None)


def is_notice(path: str) -> bool:
    """Whether a file by this name holds attributions, which are no terms unless a text is found in it."""
    return _NOTICE.search(path) is not None


def _spoken(statement: Statement, found: Resolution) -> Voice | None:
    """A voice for a recognised name, as strong as its role lets it be."""
    if found.cls is None:
        return _unknown(statement)
    weak = statement.role in _WEAK or statement.unconfirmed
    if found.vague:
        return (
            None
            if statement.role in _WEAK
            else Voice(statement, "vague", _label(found), found.ids, "custom-unknown", found.name)
        )
    return Voice(
        statement,
        "identified" if found.restricted or not weak else "hint",
        _label(found),
        found.ids,
        found.cls,
        found.name,
        found.osi_approved,
        found.clauses,
        found.breaks,
    )


def _label(found: Resolution) -> str:
    return found.id or UNIDENTIFIED


def _unknown(statement: Statement, license_id: str = UNIDENTIFIED) -> Voice:
    return Voice(statement, "unknown", license_id, (license_id,), "custom-unknown")


def _named(statement: Statement) -> Voice | None:
    """A declared value, tag or license_name: known, a family, or something nobody has heard of."""
    return _spoken(statement, resolve(statement.value)) if statement.value.strip() else None


def _url(statement: Statement) -> Voice | None:
    """The address of a link by itself, when it is that of a known text."""
    found = resolve_link(statement.value)
    return _spoken(statement, found) if found.known else None


def _linked(statement: Statement) -> Voice | None:
    """The text behind a link; a page at a known address need not be recognised as well."""
    known = resolve_link(statement.value).known
    return _text(statement) if _exact(statement) or not known else None


def _exact(statement: Statement) -> bool:
    return statement.text is not None and statement.text.match == "exact" and statement.text.id is not None


def _text(statement: Statement) -> Voice | None:
    """A text: identified only word for word."""
    text = statement.text
    if text is None:
        return None
    if text.match != "exact" or text.id is None:
        return _unknown(statement, (text.id if text.match == "modified" else None) or UNIDENTIFIED)
    row = table.entry(text.id)
    cls = row.cls if row is not None else text.cls
    if cls is None:
        return _unknown(statement, text.id)
    return Voice(
        statement,
        "identified",
        text.id,
        (text.id,),
        cls,
        text.name or (row.title if row else None),
        text.osi_approved,
        row.clause_ids if row else text.clauses,
        row.breaks if row else text.breaks,
        exact=True,
    )


def _file(statement: Statement) -> Voice | None:
    """A license file; a notice without a license in it and without a hint at a clause says nothing."""
    if is_notice(statement.value) and not _exact(statement) and not (statement.text and statement.text.leads):
        return None
    return _text(statement)


def names_unknown(statement: Statement) -> bool:
    """Whether a sentence, or a gate, says in so many words what no license of the table explains."""
    text = statement.text
    return (
        statement.role in {"prose", "gate"}
        and text is not None
        and text.match == "mention"
        and text.id is None
    )


def _prompt(statement: Statement) -> Voice | None:
    """A gate text: terms when recognised, hinting at a clause, or unlike any form; else a form to fill in."""
    if _exact(statement):
        return _text(statement)
    hints = statement.text is not None and statement.text.leads
    return _unknown(statement) if hints or names_unknown(statement) else None


def _prose(statement: Statement) -> Voice | None:
    """A sentence of the card that hints at a clause or names a license, be it one that nobody knows."""
    if (statement.text is not None and statement.text.leads) or names_unknown(statement):
        return _unknown(statement)
    found = resolve(statement.value)
    return _spoken(statement, found) if found.known else None


def names_something(statement: Statement) -> bool:
    """Whether a value is more than the word license, which templates leave where a name should stand."""
    return bool(set(re.findall(r"\w+", statement.value.lower())) - _BARE)


def _misspelt(statement: Statement) -> Voice | None:
    """A value under a key that the Hub does not know: unless it is an open license, somebody must look."""
    opens = resolve(statement.value).cls in OPEN
    return None if opens or not names_something(statement) else _unknown(statement)


_WEAK: frozenset[Role] = frozenset({"name", "link", "header", "prose"})
_LISTEN: dict[Role, Callable[[Statement], Voice | None]] = {
    "declared": _named,
    "tag": _named,
    "name": _named,
    "header": _named,
    "link": _linked,
    "file": _file,
    "gate": _prompt,
    "prose": _prose,
    "misspelt": _misspelt,
}

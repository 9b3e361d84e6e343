"""What may stand where a template leaves room for a name: a closed phrase or a name, never free words."""

import re

from osaid_audit.licenses.texts import holders
from osaid_audit.licenses.texts.words import Words

MAX_WORDS = 16
_ONE = (
    r"(?:the )?(?:(?:above )?(?:listed )?(?:named )?(?:copyright |license )?"
    r"(?:holders?|owners?|authors?|contributors?|licensors?)"
    r"|(?:copyright )?(?:holders?|owners?)|regents|university|foundation|trustees|developers?"
    r"|company|organization|project|team)"
)
_CLOSED = re.compile(
    rf"(?:by )?(?:any |its |their |all |individual )?{_ONE}"
    rf"(?:(?: and or| and| or| nor)(?: (?:any|its|their|all|the|individual|other))*"
    rf"(?: {_ONE}))*"
    r"|(?:the )?(?:name of (?:the )?)?(?:copyright holders?|owners?|authors?|organizations?"
    r"|companies|company|university)"
    r"(?: and contributors)?"
    r"|(?:the )?(?:authors?|contributors?|copyright holders?|regents|foundation)"
    r" (?:and|or|and or) (?:the )?contributors"
    r"|(?:full )?name(?: of (?:the )?(?:copyright )?(?:holders?|owners?|authors?))?|year|holders?"
    r"|author|insert name here"
    r"|(?:the )?(?:author|authors) and (?:copyright )?(?:holders?|owners?)"
    r"|his(?: her)? (?:employers?|organization)|this project"
)
_WORDS = re.compile(r"[^\W_]+")
_BY = re.compile(r"^(?:by|of)\s+", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,]*(?:(?:and|or|nor|and/or)\s+(?:its|their|the|any|other|all|individual|\s)*\s*contributors?)$",
    re.IGNORECASE,
)


def fits(text: Words, start: int, end: int) -> bool:
    """Whether the words between two places are a name.

    A name counts when the text's own copyright notice bears it, or when it shows an organization.
    """
    said = " ".join(text.words[start:end])
    if _CLOSED.fullmatch(said):
        return True
    raw = _TAIL.sub("", _BY.sub("", text.raw(start, end)))
    if not holders.is_holder(raw):
        return False
    return holders.confirmed(raw) or _known(raw, text.notices)


def _known(raw: str, found: tuple[str, ...]) -> bool:
    """Whether a copyright notice of this text bears the name."""
    wanted = _plain(raw)
    return bool(wanted.strip()) and any(wanted in _plain(notice) for notice in found)


def _plain(name: str) -> str:
    return f" {' '.join(_WORDS.findall(name.lower()))} "

"""Which words may stand above a license as its title: those of its own names and a short closed list.

The lists are data (`rules/prose/titles.yaml`), read when a text is first looked at.
"""

import re
from functools import lru_cache

from osaid_audit.licenses import table
from osaid_audit.licenses.texts.words import Words, same
from osaid_audit.resources import Pattern, WordList

MAX_WORDS = 24
_ANY_TITLE = WordList("titles", "any_title")
_MONTHS = WordList("titles", "months")
_NEVER = WordList("titles", "never")
_LEAD = Pattern("titles", "lead", 0)
"""How people lead in to a license; what comes next must be its name or its text."""


def longest(text: Words, start: int, license_id: str) -> int:
    """How far the words from `start` on could be a title of this license; the place behind the last."""
    allowed = _vocabulary(license_id)
    last = min(len(text), start + MAX_WORDS)
    lead = _LEAD.match(" ".join(text.words[start:last]))
    at = start + (len(lead[0].split()) if lead else 0)
    while at < last and (same(text.words[at]) in allowed or _of_date(text.words, at)):
        at += 1
    return at


def _of_date(words: list[str], at: int) -> bool:
    """Whether a number is the year after a month or the day before one; no version is."""
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if before in _MONTHS:
        return re.fullmatch(r"(?:19|20)\d\d", words[at]) is not None
    return (
        after in _MONTHS
        and before not in {"version", "v"}
        and re.fullmatch(r"\d{1,2}", words[at]) is not None
    )


@lru_cache(maxsize=1024)
def _vocabulary(license_id: str) -> frozenset[str]:
    row = table.entry(license_id)
    if row is None:
        return frozenset()
    own = f"{row.id} {' '.join(row.stands_for)} {row.title}".removeprefix("LicenseRef-").lower()
    names = set(re.findall(r"[^\W_]+", own))
    more = set(re.findall(r"[^\W_]+", " ".join((*row.hub_ids, *row.aliases, *row.links)).lower()))
    allowed = _ANY_TITLE.all | names | {word for word in more - _NEVER.all if not any(map(str.isdigit, word))}
    allowed |= {f"v{word}" for word in names if word.isdigit()}
    if "bsd" in names:
        allowed |= {"new", "simplified", "revised"}
    if "mit" in names:
        allowed |= {"expat"}
    return frozenset(map(same, allowed))

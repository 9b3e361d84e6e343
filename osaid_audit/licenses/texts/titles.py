"""Which words may stand above a license as its title: those of its own names and a short closed list."""

import re
from functools import lru_cache

from osaid_audit.licenses import table
from osaid_audit.licenses.texts.words import Words, same

MAX_WORDS = 24
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_CLOSED = frozenset(
    {
        "the",
        "a",
        "of",
        "license",
        "licenses",
        "version",
        "v",
        "terms",
        "agreement",
        "text",
        "full",
        "public",
        "general",
    }
    | {
        "copyright",
        "notice",
        "file",
        "software",
        "source",
        "open",
        "http",
        "www",
        "com",
        "org",
        "spdx",
        "identifier",
    }
    | {"january", "february", "march", "april", "june", "july", "august", "september", "october", "november"}
    | {"december", "begin", "end", "s"}
)
_NEVER = frozenset(
    {
        "only",
        "no",
        "not",
        "non",
        "research",
        "academic",
        "commercial",
        "noncommercial",
        "use",
        "users",
        "modified",
    }
    | {
        "without",
        "with",
        "restricted",
        "limited",
        "personal",
        "internal",
        "evaluation",
        "any",
        "other",
        "for",
        "may",
    }
    | {"exception", "custom", "proprietary", "see", "style", "new", "simplified", "revised"}
)


_LEAD = re.compile(
    r"(?:this (?:software|project|work|package|repository|model) is |is )?"
    r"(?:licensed|released|distributed|provided|made available|available) under "
    r"(?:the (?:terms of )?)?(?:the |following )*"
    r"|this is (?:the|a copy of the) |the following (?:license|terms) appl(?:y|ies)(?: |$)"
)
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
    allowed = _CLOSED | names | {word for word in more - _NEVER if not any(map(str.isdigit, word))}
    allowed |= {f"v{word}" for word in names if word.isdigit()}
    if "bsd" in names:
        allowed |= {"new", "simplified", "revised"}
    if "mit" in names:
        allowed |= {"expat"}
    return frozenset(map(same, allowed))

"""Which words may stand above a license as its title: a few shapes made of its own names, in their order.

A word counts in its place only: "no", "research" or "EU" may be part of a name, and by itself limits something.
"""

import re
from functools import lru_cache

from osaid_audit.licenses import table
from osaid_audit.licenses.entry import KnownEntry
from osaid_audit.licenses.texts.words import Words, same

MAX_WORDS = 24
_MAX_UNIT = 14
"""Words of a title, and of one of the shapes that it is made of."""
_LIMITING = frozenset(
    "only no not non nc nd na research academic educational education commercial noncommercial profit nonprofit use"
    " users modified without with restricted limited personal internal evaluation test trial any other for may"
    " exception custom proprietary eu us uk government community university student private temporary free".split()
)
"""Words that count inside a full name only."""
_GENERIC = frozenset("license public general software source open agreement version the of and".split())
"""Words that are no name by themselves."""
_LEAD = re.compile(
    r"(?:this (?:software|project|work|package|repository|model) is |is )?"
    r"(?:licensed|released|distributed|provided|made available|available) under "
    r"(?:the (?:terms of )?)?(?:the |following )*"
    r"|this is (?:the|a copy of the) |the following (?:license|terms) appl(?:y|ies)(?: |$)"
)
"""How people lead in to a license; what comes next must be its name or its text."""
_HEADINGS = (
    r"the|(?:the )?(?:full )?text of the license"
    r"|(?:the )?(?:full )?(?:software |open source |source code )?licenses?"
    r"(?: (?:agreement|file|text|notice|information|terms))?"
    r"|copyright(?: (?:notices?|(?:notice )?and license(?: information| notice)?))?|license and copyright"
    r"|spdx license identifier"
)
"""Headings that name no license."""
_KIND = r"(?: (?:public |software |open source )?license)?(?: agreement)?"
_DOTTED = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+[a-z]?)(?![\w.])")
_BSD = (
    ("BSD License", "Simplified BSD License", "FreeBSD License", "2-Clause BSD License"),
    (
        "BSD License",
        "New BSD License",
        "Revised BSD License",
        "3-Clause BSD License",
    ),
)
_ALSO = {"BSD-2-Clause": _BSD[0], "BSD-3-Clause": _BSD[1], "MIT": ("Expat",)}
"""Usual names of texts whose rows do not bear them, since they name several texts."""


def longest(text: Words, start: int, license_id: str) -> int:
    """How far the words from `start` on could be a title of this license; the place behind the last."""
    return max(ends(text, start, license_id))


def ends(text: Words, start: int, license_id: str) -> set[int]:
    """Every place where a title of this license that begins at `start` may end; `start` itself is one."""
    last = min(len(text), start + MAX_WORDS)
    words = text.words[start:last]
    found = {0}
    todo = [0]
    lead = _LEAD.match(" ".join(words))
    if lead:
        todo.append(len(lead[0].split()))
        found.add(todo[-1])
    while todo:
        begin = todo.pop()
        new = {begin + size for size in _units(words[begin : begin + _MAX_UNIT], license_id)} - found
        found |= new
        todo += new
    return {start + end for end in found}


def _units(words: list[str], license_id: str) -> list[int]:
    """How many words the shapes at the beginning have, each way they can be read."""
    shape = _shapes(license_id)
    plain = list(map(same, words))
    if shape is None or not shape.match(" ".join(plain)):
        return []
    return [end for end in range(1, len(plain) + 1) if shape.fullmatch(" ".join(plain[:end]))]


@lru_cache(maxsize=1024)
def _shapes(license_id: str) -> "re.Pattern[str] | None":
    row = table.entry(license_id)
    if row is None:
        return None
    version = _version(row)
    names = {row.id.removeprefix("LicenseRef-"), row.title, *row.stands_for, *row.aliases, *row.hub_ids}
    names |= set(_ALSO.get(row.id, ()))
    phrases = {_name(_words(each), version) for each in names}
    phrases |= {_page(_words(link)) for link in (*row.links, *_pages(row))}
    return re.compile(rf"(?:{_HEADINGS}|{'|'.join(sorted(phrases, key=len, reverse=True))})(?= |$)")


def _words(name: str) -> list[str]:
    return list(map(same, re.findall(r"[^\W_]+", name.lower())))


def _version(row: KnownEntry) -> list[str]:
    """The words of its own version, such as 2 and 0; none of a text without one."""
    hit = _DOTTED.search(row.id.replace("-", " ")) or _DOTTED.search(row.title.replace("-", " "))
    return hit[1].split(".") if hit else []


def _name(words: list[str], version: list[str]) -> str:
    """One name as a pattern: "the", "license" and the version may stand there or not."""
    said = " ".join(words).removeprefix("the ").removesuffix(" license")
    if words[-1] == "license" and (set(words) & _LIMITING or set(words) <= _GENERIC):
        said += " license"
    if not version:
        return _kind(said)
    first, *more = version
    while more and not more[-1].strip("0"):
        more.pop()
    zeros = "".join(f"(?: {each}" for each in version[1 + len(more) :]) + ")?" * (
        len(version) - 1 - len(more)
    )
    number = f" (?:version )?v? ?{' '.join([first, *more])}{zeros}"
    hit = re.search(rf"{number}(?= |$)|(?<=[a-z])v?{first}(?: {' '.join(version[1:])})?$", said)
    if hit is None:
        return f"{_kind(said)}(?:{number})?"
    before, tail = said[: hit.start()], said[hit.end() :]
    if set(tail.split()) & _LIMITING:
        return f"{_kind(before)}{number}{re.escape(tail)}"
    joined = "" if hit[0].startswith(" ") else rf"|{re.escape(hit[0])}"
    return f"{_kind(before)}(?:{number}{joined})?{re.escape(tail)}(?: license)?"


def _kind(said: str) -> str:
    """A name with or without "license" at its end, as long as what is left is a name."""
    core = said.removesuffix(" agreement").removesuffix(" license")
    named = set(core.split())
    if named & _LIMITING or named <= _GENERIC:
        return f"(?:the )?{re.escape(said)}(?: license)?"
    gnu = "(?:gnu )?" if core in {"gpl", "lgpl", "agpl"} else ""
    return f"(?:the )?{gnu}{re.escape(core)}{_KIND}"


def _pages(row: KnownEntry) -> tuple[str, ...]:
    own = row.id.removeprefix("LicenseRef-")
    return tuple(
        f"https://{host}/{own}"
        for host in ("opensource.org/licenses", "opensource.org/license", "spdx.org/licenses")
    )


def _page(words: list[str]) -> str:
    """An address of the license, to its end."""
    plain = [each for each in words if each != "www"]
    return rf"http (?:www )?{re.escape(' '.join(plain[1:]))}(?: (?:txt|html|php|md))?"

"""Which words may stand above a license as its title: a few shapes made of its own names, in their order.

A word counts in its place only: "no", "research" or "EU" may be in a name; by itself it limits something.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from osaid_audit.licenses import table
from osaid_audit.licenses.entry import KnownEntry
from osaid_audit.licenses.texts.words import Words, same
from osaid_audit.resources import Pattern, WordList

MAX_WORDS = 24
_MAX_UNIT = 14
"""Words of a title, and of one of the shapes that it is made of."""
_LIMITING = WordList("titles", "limiting")
_GENERIC = WordList("titles", "generic")
_BEGINNINGS = WordList("titles", "beginnings")
_LEAD = Pattern("titles", "lead", 0)
"""How people lead in to a license; what comes next must be its name or its text."""
_HEADINGS = Pattern("titles", "headings", 0)
"""Headings that name no license."""
_DOTTED = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+[a-z]?)(?![\w.])")
_ALSO = {
    "BSD-2-Clause": ("BSD License", "Simplified BSD License", "FreeBSD License", "2-Clause BSD License"),
    "BSD-3-Clause": ("BSD License", "New BSD License", "Revised BSD License", "3-Clause BSD License"),
    "MIT": ("Expat",),
    "GPL-2.0": ("GNU GPL",),
    "GPL-3.0": ("GNU GPL",),
    "LGPL-2.1": ("GNU LGPL",),
    "LGPL-3.0": ("GNU LGPL",),
    "AGPL-3.0": ("GNU AGPL",),
}
"""Usual names of texts whose rows do not bear them, since they name several texts."""
_KINDS = (("license",), ("public", "license"), ("software", "license"), ("open", "source", "license"))
_PAGES = ("opensource.org/licenses", "opensource.org/license", "spdx.org/licenses")

Phrase = tuple[str, ...]


class _Name(NamedTuple):
    """A name in pieces: its words, every way to write its version, the words behind that.

    full     no word may be left out, and only "license" be added: there are limiting words in it
    version  must be there: there are limiting words behind it
    """

    core: Phrase
    full: bool
    versions: tuple[Phrase, ...] = ()
    tail: Phrase = ()
    versioned: bool = False


def longest(text: Words, start: int, license_id: str) -> int:
    """How far the words from `start` on could be a title of this license; the place behind the last."""
    return max(ends(text, start, license_id))


def ends(text: Words, start: int, license_id: str) -> set[int]:
    """Every place where a title of this license that begins at `start` may end; `start` itself is one."""
    words = tuple(map(same, text.words[start : start + MAX_WORDS]))
    found = _begins(words)
    todo = list(found)
    while todo:
        rest = words[todo[-1] : todo[-1] + _MAX_UNIT]
        begin = todo.pop()
        new = {begin + size for size in (*_headings(rest), *_named(rest, license_id))} - found
        found |= new
        todo += new
    return {start + end for end in found}


def names(text: Words, license_id: str) -> bool:
    """Whether a text begins with a title that names this license, under a heading or not."""
    words = tuple(map(same, text.words[:MAX_WORDS]))
    heads = {0, *_headings(words[:_MAX_UNIT])}
    return any(_named(words[begin:], license_id) for begin in heads)


def _begins(words: Phrase) -> set[int]:
    lead = _LEAD.match(" ".join(words))
    return {0, len(lead[0].split())} if lead else {0}


def _headings(words: Phrase) -> list[int]:
    """How many words a heading at the beginning has, each way it can be read."""
    if not words or words[0] not in _BEGINNINGS:
        return []
    return [end for end in range(1, len(words) + 1) if _HEADINGS.fullmatch(" ".join(words[:end]))]


def _named(words: Phrase, license_id: str) -> set[int]:
    """How many words a name of the license at the beginning has, each way it can be read."""
    found: set[int] = set()
    first = next((word for word in words[:2] if word != "the"), "")
    for name in _forms(license_id).get(first, ()):
        places = _then({0}, words, [("the",)], needed=False)
        places = _then(places, words, [name.core])
        if not places:
            continue
        places = _then(places, words, _KINDS[:1] if name.full else _KINDS, needed=False)
        places = _then(places, words, [("agreement",)], needed=False)
        places = _then(places, words, name.versions, needed=name.versioned)
        places = _then(places, words, [name.tail])
        found |= _then(places, words, [("license",)], needed=False)
    return found


def _then(places: set[int], words: Phrase, phrases: Iterable[Phrase], *, needed: bool = True) -> set[int]:
    """The places behind one of the phrases, and those before it unless it is needed."""
    behind = {at + len(each) for each in phrases for at in places if words[at : at + len(each)] == each}
    return behind if needed else places | behind


@lru_cache(maxsize=1024)
def _forms(license_id: str) -> dict[str, list[_Name]]:
    """The names of a license in pieces, by their first word."""
    row = table.entry(license_id)
    if row is None:
        return {}
    version = _version(row)
    own = row.id.removeprefix("LicenseRef-")
    said = (own, row.title, *row.stands_for, *row.aliases, *row.hub_ids, *_ALSO.get(row.id, ()))
    found = [_name(_words(each), version) for each in said]
    for page in (*row.links, *(f"https://{host}/{own}" for host in _PAGES)):
        found += _page(page)
    listed: dict[str, list[_Name]] = {}
    for name in dict.fromkeys(each for each in found if each.core):
        listed.setdefault(name.core[0], []).append(name)
    return listed


def _words(name: str) -> Phrase:
    return tuple(map(same, re.findall(r"[^\W_]+", name.lower())))


def _version(row: KnownEntry) -> Phrase:
    """The words of its own version, such as 2 and 0; none of a text without one."""
    hit = _DOTTED.search(row.id.replace("-", " ")) or _DOTTED.search(row.title.replace("-", " "))
    return tuple(hit[1].split(".")) if hit else ()


def _name(words: Phrase, version: Phrase) -> _Name:
    """One name in pieces; "the" in front and "license" behind go, unless nothing else is a name."""
    said = words[1:] if words[:1] == ("the",) else words
    versions = _spelt(version)
    place = next(
        (
            (at, at + len(each))
            for each in versions
            for at in range(1, len(said))
            if said[at : at + len(each)] == each
        ),
        None,
    )
    if place is None:
        return _core(said, versions)
    tail = said[place[1] :]
    tail = tail[:-1] if tail[-1:] == ("license",) and not _LIMITING.all & set(tail) else tail
    return _core(said[: place[0]], versions)._replace(tail=tail, versioned=bool(_LIMITING.all & set(tail)))


def _spelt(version: Phrase) -> tuple[Phrase, ...]:
    """Every way to write a version, the longest first: "version 2 0", "v2 0", "2"."""
    if not version:
        return ()
    numbers = [version]
    while len(numbers[-1]) > 1 and not numbers[-1][-1].strip("0"):
        numbers.append(numbers[-1][:-1])
    plain = [(*before, *each) for before in ((), ("v",)) for each in numbers]
    plain += [(f"v{each[0]}", *each[1:]) for each in numbers]
    every = [*plain, *(("version", *each) for each in plain)]
    return tuple(sorted(every, key=lambda each: (-len(each), each)))


def _core(said: Phrase, versions: tuple[Phrase, ...]) -> _Name:
    core = said
    for word in ("agreement", "license"):
        core = core[:-1] if core[-1:] == (word,) else core
    full = bool(_LIMITING.all & set(core)) or set(core) <= _GENERIC.all
    return _Name(said if full else core, full, versions)


def _page(link: str) -> list[_Name]:
    """An address of the license, to its end."""
    first, *rest = (each for each in _words(link) if each != "www")
    return [
        _Name((first, *more, *rest, *end), full=True)
        for more in ((), ("www",))
        for end in ((), ("txt",), ("html",), ("php",))
    ]

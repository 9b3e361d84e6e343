"""The words of holders' names: which of them belong to names, and which say something and so belong to none.

The lists are data (`rules/holders.yaml`), read when the first copyright notice is looked at.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

from osaid_audit import resources
from osaid_audit.errors import RuleFileError

FILE = "holders.yaml"
_LETTERS = str.maketrans(
    {
        "\u0131": "i",
        "\u0142": "l",
        "\u00f8": "o",
        "\u0111": "d",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u0127": "h",
        "\u0167": "t",
        "\u014b": "n",
        "\u0138": "k",
        "\u00f0": "d",
        "\u0259": "e",
    }
)
_HUMP = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])|[a-z]+")
_MAX_HUMPS, _LONG_HUMP = 2, 5
_JOINED, _MAX_JOINED, _PART = 7, 40, 3
"""Letters of words that may be several without a gap, and of the shortest part that says something there."""
_MAX_SPELT = 16
_INSIDE_MORE = 2
"""Letters a word needs beside one that it contains."""


class Words(NamedTuple):
    """Whole words, and beginnings of words (`word*` in the file)."""

    whole: frozenset[str]
    begins: frozenset[str]
    shortest: int

    def has(self, word: str) -> bool:
        """Whether a folded word is one of them."""
        return word in self.whole or any(
            word[:end] in self.begins for end in range(self.shortest, len(word) + 1)
        )


class Names(NamedTuple):
    """The lists of `holders.yaml`, folded; each is explained there."""

    small: frozenset[str]
    bodies: frozenset[str]
    forms: frozenset[str]
    before_for: frozenset[str]
    crowds: frozenset[str]
    titles: frozenset[str]
    hosts: frozenset[str]
    given: frozenset[str]
    families: frozenset[str]
    plain: frozenset[str]
    inside: re.Pattern[str]
    known: re.Pattern[str]
    fields: Words
    says: Words
    operative: Words


@cache
def names() -> Names:
    """The shipped lists. Raises RuleFileError when the file is wrong."""
    file = resources.data("rules") / FILE
    return parse(resources.document(file.read_text(encoding="utf-8"), FILE))


def parse(rows: Any) -> Names:
    """The lists of a document. Raises RuleFileError when one is missing or no text."""
    try:
        says = [_words(each) for each in rows["says"].values()]
        plain = [key for key, kind in Names.__annotations__.items() if kind == frozenset[str]]
        sets = {key: frozenset(fold(rows[key]).split()) for key in plain}
        known = "|".join(map(re.escape, rows["known"]))
        return Names(
            **sets,
            inside=re.compile("|".join(map(re.escape, fold(rows["inside"]).split()))),
            known=re.compile(rf"\b(?:{known})\b", re.IGNORECASE),
            fields=_words(rows["fields"]),
            says=_joined(says),
            operative=_joined([_words(text) for key, text in rows["says"].items() if key != "grammar"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise RuleFileError(FILE, f"a list is missing or is not text: {error}") from error


def _words(text: str) -> Words:
    words = fold(text).split()
    begins = frozenset(word[:-1] for word in words if word.endswith("*"))
    whole = frozenset(word for word in words if not word.endswith("*"))
    return Words(whole, begins, min(map(len, begins), default=1))


def _joined(lists: list[Words]) -> Words:
    begins = frozenset[str]().union(*(each.begins for each in lists))
    whole = frozenset[str]().union(*(each.whole for each in lists))
    return Words(whole, begins, min(map(len, begins), default=1))


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """A word without case and accents."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(_LETTERS)


@lru_cache(maxsize=8192)
def says(word: str) -> bool:
    """Whether a word, as written, says something: by itself, by its humps, or by what stands inside it."""
    listed, plain = names(), fold(word)
    if listed.says.has(plain):
        return True
    hit = listed.inside.search(plain)
    if hit is not None and len(plain) >= len(hit[0]) + _INSIDE_MORE:
        return True
    return _humps(word) or (_JOINED <= len(plain) <= _MAX_JOINED and _spelt(plain))


def ordinary(word: str) -> bool:
    """Whether a word is no name by itself."""
    return fold(word) in names().plain


def _humps(word: str) -> bool:
    """`ForResearchUseOnly`: words joined by capitals, one of which says something."""
    humps = _HUMP.findall(word)
    listed = names()
    said = [hump for hump in humps if len(hump) >= _PART and listed.says.has(hump.lower())]
    if len(humps) < _MAX_HUMPS or not said:
        return False
    if len(humps) > _MAX_HUMPS:
        return True
    return all(hump in said or ordinary(hump) for hump in humps) or any(
        len(hump) >= _LONG_HUMP and listed.operative.has(hump.lower()) for hump in said
    )


def _spelt(plain: str) -> bool:
    """`kidsalone`: a word that is several words without a gap, one of which says something.

    A first name counts in front only: "cameron" is not "came" and "ron".
    """
    listed = names()
    if plain in listed.given:
        return False
    size = len(plain)
    ways: list[set[bool]] = [{False}, *(set[bool]() for _ in range(size))]
    for start in range(size - _PART + 1):
        if not ways[start]:
            continue
        for end in range(start + _PART, min(size, start + _MAX_SPELT) + 1):
            part = plain[start:end]
            last = end == size and listed.operative.has(part)
            said = end - start > _PART and (last or part in listed.operative.whole)
            if (
                said
                or part in listed.plain
                or part in listed.says.whole
                or (not start and part in listed.given)
            ):
                ways[end] |= {before or said for before in ways[start]}
    return True in ways[-1]

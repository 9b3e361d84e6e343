"""Licenses that a page names in so many words and that the table does not know: "License: Foo License".

Such a name only ever asks for a reader, so it must be explicit: a capitalised name that ends in "license",
that is no phrase anybody uses for an ordinary open license, and that no known license goes by.
"""

import re
from functools import cache

from osaid_audit import licenses
from osaid_audit.gather.reading.words import NEGATION, word_set

_NAME = (
    r"([A-Z][\w.+&/'\u2019-]{0,40}(?:\s[\w.+&/'\u2019-]{1,40}){0,6}?"
    r"\s[Ll](?:icen[cs]e|ICEN[CS]E)(?:\s(?:[Aa]greement|AGREEMENT))?)"
)
_LABELLED = re.compile(
    r"\A\W{0,4}(?:(?:[Tt]he )?(?:[Mm]odel |[Ww]eights? )?[Ll]icen[cs]es?|LICEN[CS]E)(?: of the model)?"
    rf"\s{{0,3}}[:|\u2013-]\W{{0,4}}(?:[Tt]he )?{_NAME}[\W]{{0,6}}(?:\Z|\()"
)
_UNDER = re.compile(
    r"\b(?:[Ll]icen[cs]ed|[Rr]eleased|[Dd]istributed|[Aa]vailable|[Pp]rovided|[Pp]ublished|[Gg]overned)"
    rf"\s(?:under|by)\s(?:the|an?|our)\s{_NAME}(?=\W|\Z)"
)
_ALTERNATIVE = re.compile(r"\b(?:or|and/or|except|unless|if|whether)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\A\W{0,4}(?:(?:it|this|which) )?(?:is |are |was )?\w{0,12}\Z", re.IGNORECASE)
_ORDINARY = word_set(
    "the a an of for and same this that our its these those model models base original parent respective "
    "following above below attached included own open source opensource free software permissive public "
    "domain copyleft dual standard commercial see file link license licence agreement terms version v full "
    "type name data dataset code any no none other unknown various multiple style like modified compatible"
)
_WORD = re.compile(r"[a-z]+")
_TITLE_WORD = re.compile(r"[a-z]{4,}")
_TOO_COMMON = word_set("model base card chat instruct large small tiny medium open text language this gguf")


def unknown_license(sentence: str, title: str, *, in_section: bool, about_model: bool) -> str | None:
    """The name of the license that a sentence gives this model, when nobody knows a license by that name.

    `title` is that of the card: a sentence of a license section may speak of the model by its name.
    """
    if NEGATION.search(sentence) or _ALTERNATIVE.search(sentence):
        return None
    found = _LABELLED.search(sentence)
    if found is None:
        found = _UNDER.search(sentence)
        head = sentence[: found.start()] if found else ""
        own = about_model or _PRONOUN.match(head) or _shares_a_word(head, title)
        if found is None or not (own and (in_section or about_model)):
            return None
    return None if _may_be_known(found[1]) else found[1]


def _shares_a_word(head: str, title: str) -> bool:
    return bool((_title_words(head) & _title_words(title)) - _TOO_COMMON)


def _title_words(text: str) -> set[str]:
    return set(_TITLE_WORD.findall(text.lower()))


def _may_be_known(name: str) -> bool:
    """Whether the table knows the name, or its words are those of an approved license or of none at all."""
    bare = re.sub(r"(?i)\s(?:licen[cs]e)(?:\sagreement)?\Z", "", name)
    known = any(licenses.resolve(each).known for each in (name, bare)) or licenses.find_mentions(name)
    words = set(_WORD.findall(name.lower())) - _ORDINARY
    return bool(known) or not words or any(words <= each for each in _approved_names())


@cache
def _approved_names() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(_WORD.findall(each.lower())) for each in licenses.approved_names())

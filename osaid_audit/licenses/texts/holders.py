"""Which phrases are the name of a copyright holder, or of several: each word has the shape of a name.

What says something, in the languages people write restrictions in, is no name. What follows a first name
on the same line is held to a stricter form: no sentence may hide behind one.
"""

import re
import unicodedata
from functools import lru_cache

from osaid_audit.licenses.texts import contacts
from osaid_audit.licenses.texts.names import Names, fold, names, ordinary, says

MAX_HOLDER_WORDS = 14
_MAX_UNCONFIRMED, _MAX_CONFIRMED = 4, 8
"""A longer name must contain a word that only organizations bear."""
_MAX_ALL, _MAX_CAMEL, _MAX_PIECES, _MAX_PERSON, _MAX_SMALL = 6, 12, 3, 4, 3
"""Words of names without an organization, letters of one with inner capitals, parts of one with hyphens,
words of a person after a comma, and of one in small letters."""
_ORDINARY_END = 2
"""So many ordinary words at its end make a name two things: "Jane Doe Class Room"."""
_PART = re.compile(contacts.PATTERN + r"|[^\W_](?:[\w&'\u2019/+*!-]*[\w+*!])?\.?|[,&();]|\S")
_NAME = re.compile(
    r"[^\W\d_](?:[\w&'\u2019/+*!-]*[\w+*!])?\.?|(?:19|20)\d\d\.?|\d(?=[\w-]*[^\W\d_])[\w-]{0,7}\.?"
)
_DOTTED = re.compile(
    r"(?:[a-z]|inc|ltd|llc|corp|co|jr|sr|dr|st|mr|ms|prof|gmbh|bv|nv|sa|srl|plc|et|al|univ|inst|dept|bros|ph\.?d|mfg|intl|pte|pty)\.",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"^(?!.*(?:fred|fried|eed|[hm]med|hmed|amed|aled|haled|jed|waled)$).{4,}ed$")
"""A word such as "embargoed" at the end of a name, and no name such as Alfred or Mohammed."""
_AFTER_SLASH = re.compile(r"[A-Z]{2,5}")
"""What may stand behind a slash: a short form such as SUSE, beside bodies."""
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:(?:19|20)\d\d|\d\d))?")
_STRICT = frozenset({",", ";", "(", "contact"})
"""Behind these a name has the stricter form."""
_JOINING = frozenset({"and", "et", "und", "&"})


def is_holder(raw: str) -> bool:
    """Whether the phrase is a name, or several of them, each short or that of an organization."""
    parts = _PART.findall(names().known.sub("Acme Foundation", raw.strip()))
    if not parts or sum(_is_word(part) for part in parts) > MAX_HOLDER_WORDS + 2 * raw.count("@"):
        return False
    if parts[-1] in {"(", "&"} or parts[0] in {",", ";", ")"}:
        return False
    return (
        _plain_words(raw, parts)
        and not any(_says(parts, at, raw) for at in range(len(parts)))
        and (all(_fits(parts, at) for at in range(len(parts))) or _small_name(parts))
        and _inner_dots(parts)
        and _segments(parts)
    )


def confirmed(raw: str) -> bool:
    """Whether a name contains a word that only organizations bear."""
    return any(fold(word) in names().bodies for word in re.findall(r"[^\W\d_]+", raw))


def certain(raw: str) -> bool:
    """Whether a holder is one even where no year and no sign stand before it: an organization, or a person.

    A person has a first name that is known as one, or an address.
    """
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", raw)]
    person = 1 < len(words) <= _MAX_PERSON and words[0] in names().given
    return is_holder(raw) and (person or confirmed(raw) or "@" in raw)


def _plain_words(raw: str, parts: list[str]) -> bool:
    """Whether a name is in Latin letters, in words of ordinary length and number."""
    if not all(_latin(letter) for letter in raw if not letter.isascii() and letter.isalpha()):
        return False
    words = [part for part in parts if _is_word(part) and not contacts.looks_like(part)]
    pieces = [re.findall(r"[^\W_]+", word) for word in words]
    if any(len(each) > _MAX_PIECES or any(map(ordinary, each[1:])) for each in pieces):
        return False
    if not all(_slashed(word) for word in words):
        return False
    if any(len(word) > _MAX_CAMEL and re.search(r"[a-z][A-Z]", word) for word in words):
        return False
    named = [piece for each in pieces for piece in each if fold(piece) not in names().small]
    return len(named) <= _MAX_ALL or confirmed(raw)


def _slashed(word: str) -> bool:
    """Whether what stands behind a slash is a short form or a body, or stands behind one ("GNU/Linux")."""
    first, *more = word.rstrip(".").split("/")
    return _AFTER_SLASH.fullmatch(first) is not None or all(
        _AFTER_SLASH.fullmatch(each) or confirmed(each) for each in more
    )


@lru_cache(maxsize=4096)
def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")


def _is_word(part: str) -> bool:
    return part[0].isalnum()


def _says(parts: list[str], at: int, raw: str) -> bool:
    """Whether a part says something; "for" after "Center" and its like, a body and an initial do not."""
    part = parts[at]
    if contacts.looks_like(part):
        return not contacts.plain(part, raw)
    listed, plain = names(), fold(part.rstrip("."))
    if plain in listed.bodies or re.fullmatch(r"[A-Z]\.", part):
        return False
    if plain == "for" and at and fold(parts[at - 1].rstrip(".")) in listed.before_for:
        return False
    return any(map(says, re.findall(r"[^\W\d_]+", part)))


def _fits(parts: list[str], at: int) -> bool:
    """Whether a part has the shape of a part of a name, in capitals unless it is a small word."""
    part, listed = parts[at], names()
    if part in {",", "&", "(", ")", ";", "for"} or contacts.looks_like(part):
        return True
    if not _NAME.fullmatch(part):
        return False
    return (
        not part[0].islower()
        or fold(part.rstrip(".")) in listed.small
        or _inner(part)
        or _of_crowd(parts, at)
    )


def _of_crowd(parts: list[str], at: int) -> bool:
    """The name of a project before "contributors", "developers" and the like may be in small letters."""
    named = re.fullmatch(r"[a-z][a-z0-9+-]{1,30}", parts[at]) is not None
    return named and at + 1 < len(parts) and fold(parts[at + 1].rstrip(".")) in names().crowds


def _inner(part: str) -> bool:
    """`mpi4py`, `iRobot`: a single small-letter name is a name when it has a digit or capital inside."""
    return any(each.isupper() or each.isdigit() for each in part[1:])


def _small_name(parts: list[str]) -> bool:
    """One person in small letters: with a known first name and another, or with a mailbox of that name."""
    words = [part for part in parts if not contacts.looks_like(part)]
    boxes = [word for part in parts if contacts.looks_like(part) for word in contacts.words(part)]
    if not 1 <= len(words) <= _MAX_SMALL or not all(re.fullmatch(r"[^\W\d_]{2,20}", each) for each in words):
        return False
    if any(map(ordinary, words)) or len(parts) > len(words) + 1:
        return False
    return (len(words) > 1 and fold(words[0]) in names().given) or any(fold(each) in boxes for each in words)


def _inner_dots(parts: list[str]) -> bool:
    """A full stop inside a name only after an abbreviation or an initial."""
    return all(
        not part.endswith(".") or _DOTTED.fullmatch(part) is not None
        for part in parts[:-1]
        if _is_word(part) and not contacts.looks_like(part)
    )


def _segments(parts: list[str]) -> bool:
    """Between commas, "and", brackets and addresses: four words at most, or an organization."""
    segment: list[str] = []
    before, listed = "", names()
    for part in [*parts, ","]:
        contact = contacts.looks_like(part)
        if not contact and part not in {",", "&", "(", ")", ";"} and fold(part) not in _JOINING:
            segment.append(fold(part.rstrip(".")))
            continue
        if not _one_name(segment, listed):
            return False
        if segment and before in _STRICT and not _may_follow(segment, listed):
            return False
        mark = "contact" if contact else part
        segment, before = [], mark if segment or before not in _STRICT else before
    return True


def _may_follow(segment: list[str], listed: Names) -> bool:
    """What may stand in brackets, after a comma or an address.

    A form of company, an organization, a crowd, a person with a known first name, or a holder with a year.
    """
    if _YEAR.fullmatch(segment[0]):
        return True
    if all(word in listed.titles | listed.bodies | listed.small for word in segment):
        return True
    if segment[0] in listed.given and 1 < len(segment) <= _MAX_PERSON:
        return not any(map(ordinary, segment))
    first = next((word for word in segment if word != "the"), "")
    return first in listed.heads or segment[-1] in listed.bodies


def _one_name(segment: list[str], listed: Names) -> bool:
    """Whether the words are one name: not too many, and not all of them ordinary ones."""
    named = [word for word in segment if word not in listed.small or word in listed.bodies]
    for at, word in enumerate(segment[:-1]):
        if word in listed.forms and at and segment[at + 1] not in listed.bodies | listed.small:
            return False
    body = any(word in listed.bodies for word in segment)
    if named and not body and _PARTICIPLE.match(named[-1]):
        return False
    fields = [word for word in named if listed.fields.has(word)]
    if len(fields) > 1 or (fields and len(named) == 1):
        return False
    if named and all(word in listed.plain for word in named):
        return False
    if (
        len(named) > _ORDINARY_END
        and named[0] in listed.given
        and all(word in listed.plain for word in named[-_ORDINARY_END:])
    ):
        return False
    return len(named) <= (_MAX_CONFIRMED if body else _MAX_UNCONFIRMED)

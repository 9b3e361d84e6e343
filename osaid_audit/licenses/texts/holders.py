"""Which phrases are the name of a copyright holder, or of several: each word has the shape of a name.

What says something, in the languages people write restrictions in, is no name. What follows a first name
on the same line is held to a stricter form: no sentence may hide behind one.
"""

import re

from osaid_audit.licenses.texts import contacts, segments
from osaid_audit.licenses.texts.names import fold, names, ordinary, says

MAX_HOLDER_WORDS = 14
_MAX_ALL, _MAX_CAMEL, _MAX_PIECES, _MAX_SMALL = 6, 12, 3, 2
"""Words of names without an organization, letters of one with inner capitals, parts of one with hyphens,
words of a person in small letters."""
_PART = re.compile(contacts.PATTERN + r"|[^\W_](?:[\w&'\u2019/+*!-]*[\w+*!])?(?:\.js\b|\.?)|[,&();]|\S")
_NAME = re.compile(
    r"[^\W\d_](?:[\w&'\u2019/+*!-]*[\w+*!])?(?:\.js|\.?)|(?:19|20)\d\d\.?|\d(?=[\w-]*[^\W\d_])[\w-]{0,7}\.?"
)
_AS_LETTERS = tuple(str.maketrans("01345678@", f"o{one}eas{six}tba") for one in "il" for six in "gb")
"""What digits are written for."""
_NICKNAME = re.compile(r"(?<=[^\W\d_]) \(([^\W\d_]{2,14})\)(?= [^\W\d_])")
"""Another first name in brackets inside a name."""
_MORE_LATIN = frozenset(
    "\u01a0\u01a1\u01af\u01b0\u01cd\u01ce\u01cf\u01d0\u01d1\u01d2\u01d3\u01d4\u01e6\u01e7\u0218\u0219\u021a\u021b\u0259\u018f"
)
_DOTTED = re.compile(
    r"(?:[a-z]|inc|ltd|llc|corp|co|jr|sr|dr|st|mr|ms|prof|gmbh|bv|nv|sa|srl|plc|et|al|univ|inst|dept|bros|ph\.?d|mfg|intl|pte|pty)\.",
    re.IGNORECASE,
)
_AFTER_SLASH = re.compile(r"[A-Z]{2,5}")
"""What may stand behind a slash: a short form such as SUSE, beside bodies."""


def is_holder(raw: str) -> bool:
    """Whether the phrase is a name, or several of them, each short or that of an organization."""
    plain = _NICKNAME.sub(_without_given, names().known.sub("Acme Foundation", raw.strip()))
    parts = _PART.findall(plain)
    if not parts or sum(_is_word(part) for part in parts) > MAX_HOLDER_WORDS + 2 * raw.count("@"):
        return False
    if parts[-1] in {"(", "&"} or parts[0] in {",", ";", ")"}:
        return False
    return (
        _plain_words(raw, parts)
        and not any(_says(parts, at, raw) for at in range(len(parts)))
        and (all(_fits(parts, at) for at in range(len(parts))) or _small_name(parts))
        and _inner_dots(parts)
        and _digits(parts)
        and segments.are_names(segments.split(parts, list(map(contacts.looks_like, parts))))
    )


def _without_given(hit: "re.Match[str]") -> str:
    return "" if fold(hit[1]) in names().given else hit[0]


def _digits(parts: list[str]) -> bool:
    """At most one word with a digit beside years, and none in which digits stand for letters."""
    odd = [
        part
        for part in parts
        if re.search(r"[^\W\d_]", part) and re.search(r"\d", part) and not contacts.looks_like(part)
    ]
    return len(odd) <= 1 and not any(_hides(part) for part in odd)


def _hides(part: str) -> bool:
    """`R3search`: whether a word says something once its digits are letters, or without them."""
    listed = names()
    spelt = {part.lower().translate(table) for table in _AS_LETTERS} | {re.sub(r"\d", "", part)}
    return any(
        says(word) or listed.fields.has(fold(word)) or ordinary(word)
        for each in spelt
        for word in re.findall(r"[^\W\d_]{2,}", each)
    )


def confirmed(raw: str) -> bool:
    """Whether a name contains a word that only organizations bear."""
    return any(fold(word) in names().bodies for word in re.findall(r"[^\W\d_]+", raw))


def certain(raw: str) -> bool:
    """Whether a holder is one even where no year and no sign stand before it: an organization, or a person.

    The first person named has a first name that is known as one, or an address.
    """
    front = re.split(r"[,&;(]|\band\b", re.sub(contacts.PATTERN, " ", raw).strip(" ,."))[0]
    words = [fold(each.rstrip(".")) for each in front.split() if not re.fullmatch(r"[\d-]+", each)]
    first = words[0].split("-", maxsplit=1)[0] if words else ""
    person = len(words) > 1 and first in names().given and segments.is_person(words)
    return is_holder(raw) and (person or confirmed(raw) or "@" in raw)


def _plain_words(raw: str, parts: list[str]) -> bool:
    """Whether a name is in letters of a Latin alphabet of today, in words of ordinary length and number."""
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


def _latin(letter: str) -> bool:
    """Whether a letter is one of a spelling of today: no small capital, no turned or phonetic letter."""
    return letter <= "\u017e" or "\u1ea0" <= letter <= "\u1ef9" or letter in _MORE_LATIN


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
    if plain in listed.given and plain not in listed.says.whole:
        return False
    if plain in listed.families and _ends_person(parts, at):
        return False
    if plain == "for" and at and fold(parts[at - 1].rstrip(".")) in listed.before_for:
        return False
    return any(map(says, re.findall(r"[^\W\d_]+", part)))


def _ends_person(parts: list[str], at: int) -> bool:
    """Whether a part is the last word of a name and stands behind a known first name."""
    last = at + 1 == len(parts) or not _is_word(parts[at + 1]) or contacts.looks_like(parts[at + 1])
    return last and at > 0 and fold(parts[at - 1]) in names().given


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
        or _of_company(parts, at)
        or fold(part.rstrip(".")) in listed.forms
    )


def _of_crowd(parts: list[str], at: int) -> bool:
    """The name of a project before "contributors", "developers" and the like may be in small letters."""
    return (
        re.fullmatch(r"[a-z][a-z0-9+-]{1,30}(?:\.js)?", parts[at]) is not None
        and at + 1 < len(parts)
        and fold(parts[at + 1].rstrip(".")) in names().crowds
        and _begins(parts, at)
    )


def _of_company(parts: list[str], at: int) -> bool:
    """The one word before a form of company may be in small letters: "npm, Inc."."""
    after = parts[at + 1 :] if parts[at + 1 : at + 2] != [","] else parts[at + 2 :]
    return (
        re.fullmatch(r"[a-z][a-z0-9-]{1,30}", parts[at]) is not None
        and bool(after)
        and fold(after[0].rstrip(".")) in names().forms
        and _begins(parts, at)
    )


def _begins(parts: list[str], at: int) -> bool:
    """Whether nothing but "the" or "other" stands before a part in its name."""
    before = [part for part in parts[:at] if fold(part) not in {"the", "other"}]
    return (
        not before
        or before[-1] in {",", ";", "(", "&"}
        or fold(before[-1]) == "and"
        or contacts.looks_like(before[-1])
    )


def _inner(part: str) -> bool:
    """`mpi4py`, `iRobot`: a single small-letter name is a name when it has a digit or capital inside."""
    return any(each.isupper() or each.isdigit() for each in part[1:])


def _small_name(parts: list[str]) -> bool:
    """One person in small letters: with a known first name and another, or with a mailbox of that name."""
    words = [part for part in parts if not contacts.looks_like(part)]
    boxes = [word for part in parts if contacts.looks_like(part) for word in contacts.words(part)]
    if not all(re.fullmatch(r"[^\W\d_]{1,20}", each) for each in words) or len(parts) > len(words) + 1:
        return False
    if not 1 <= sum(len(each) > 1 for each in words) <= _MAX_SMALL or any(map(ordinary, words)):
        return False
    lower = [fold(each) for each in words if each[0].islower() and len(each) > 1]
    known = len(words) > 1 and all(each.islower() for each in words) and fold(words[0]) in names().given
    return known or any(each in boxes for each in lower)


def _inner_dots(parts: list[str]) -> bool:
    """A full stop inside a name only after an abbreviation or an initial."""
    return all(
        not part.endswith(".") or _DOTTED.fullmatch(part) is not None
        for part in parts[:-1]
        if _is_word(part) and not contacts.looks_like(part)
    )

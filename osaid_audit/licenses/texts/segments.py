"""Which of the names on one line are names by their shape: persons, and bodies of people.

One name of at most four words may be any. What is longer, or stands beside another name, must be a person
with a known first name or have the shape of a body: else a sentence could pass for a list of holders.
"""

import re

from osaid_audit.licenses.texts.names import Names, fold, names, ordinary

_JOINING = frozenset({"and", "et", "und", "y", "e", "i"})
_SEPARATORS = frozenset({",", "&", "(", ")", ";"})
_MAX_ANY = 4
"""Words of a single name that nothing confirms."""
_MAX_FIRST, _MAX_AFTER, _MAX_ALONE, _MAX_BESIDE = 3, 2, 4, 2
"""Words of a body's own name: before its first body word, after "of", in all, and in all beside others."""
_MAX_PERSON = 5
_ORDINARY_END = 2
"""So many ordinary words at its end make a name two things: "Jane Doe Class Room"."""
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:(?:19|20)\d\d|\d\d))?")
_PARTICIPLE = re.compile(r"^(?!.*(?:fred|fried|eed|[hm]med|hmed|amed|aled|haled|jed|waled)$).{4,}ed$")
"""A word such as "embargoed" at the end of a name, and no name such as Alfred or Mohammed."""
_INNER = re.compile(r"[A-Z][a-z]{2,9}[A-Z][A-Za-z]{1,9}")
INNER = "+"
"""Stands behind the only word of a name that has a capital inside."""
_INITIAL = re.compile(r"[a-z](?:-[a-z])?|(?:[a-z]\.)+[a-z]?")


def are_names(segments: list[list[str]]) -> bool:
    """Whether the segments of a line, folded words each, are one name, or several that have the shape."""
    listed = names()
    left = [[word for word in each if not _YEAR.fullmatch(word)] for each in segments]
    inner = [each for each in left if INNER in each]
    if len(left) > len(inner) == 1:
        left.remove(inner[0])
    named = [each for each in left if not _adds_nothing(each, listed)]
    if not all(_one_name(each, listed) for each in named):
        return False
    if len(named) == 1 and named[0] is next(filter(None, left), None):
        return _single(named[0], listed)
    return all(
        is_body(each, beside=True) or (is_person(each) and (len(each) > 1 or not at))
        for at, each in enumerate(named)
    )


def split(parts: list[str], contacts: list[bool]) -> list[list[str]]:
    """The words between commas, "and" and addresses, folded; a form of company stays with its name.

    A single word with a capital inside ("GitHub") is followed by INNER.
    """
    segments: list[list[str]] = [[]]
    for at, (part, contact) in enumerate(zip(parts, contacts, strict=True)):
        if part == "," and fold("".join(parts[at + 1 : at + 2]).rstrip(".")) in names().forms:
            continue
        if contact or part in _SEPARATORS or fold(part) in _JOINING:
            segments.append([])
        else:
            segments[-1].append(fold(part.rstrip(".")))
    inner = {fold(part) for part in parts if _INNER.fullmatch(part)}
    return [[*each, INNER] if len(each) == 1 and each[0] in inner else each for each in segments if each]


def is_person(words: list[str]) -> bool:
    """A known first name or an initial, perhaps more of them and particles, and one family name."""
    listed = names()
    if not 1 <= len(words) <= _MAX_PERSON or any(word in listed.bodies for word in words):
        return False
    first = re.sub(r"^(?:[a-z]\.)+(?=[a-z]{2})", "", words[0]).split("-")[0]
    if first not in listed.given and not (_INITIAL.fullmatch(words[0]) and len(words) > 1):
        return False
    rest = [word for word in words[1:] if not _lesser(word, listed)]
    return len(rest) <= 1 and not any(map(ordinary, rest))


def is_body(words: list[str], *, beside: bool = False) -> bool:
    """The shape of a body of people: own words, a body word; behind it the end, or "of" and more words."""
    listed = names()
    kinds = "".join(_kind(word, listed) for word in words).lstrip("s")
    if "b" not in kinds:
        return False
    if words[-1] in listed.forms:
        kinds = re.sub(r"(?<=o)b(?=b*o)", "o", kinds)
    first = rf"o{{0,{_MAX_FIRST}}}b+"
    after = rf"s+(?:o{{1,{_MAX_AFTER}}}b*|o{{0,{_MAX_FIRST}}}b+)"
    shape = re.compile(rf"(?:{first}|(?<=s)o)(?:{after})*")
    limit = _MAX_BESIDE if beside else _MAX_ALONE
    return shape.fullmatch(kinds) is not None and kinds.count("o") <= limit


def _kind(word: str, listed: Names) -> str:
    """The kind of a word, as a letter: of a body, small, or own."""
    if word in listed.bodies:
        return "b"
    return "s" if word in listed.small or word == "for" else "o"


def _lesser(word: str, listed: Names) -> bool:
    """Whether a word of a person is no family name: an initial, a particle, another first name, "jr"."""
    return (
        _INITIAL.fullmatch(word) is not None
        or word in listed.small
        or word in listed.titles
        or word.split("-", maxsplit=1)[0] in listed.given
    )


def _adds_nothing(words: list[str], listed: Names) -> bool:
    """Whether nobody is named: a form of company, "others", "individual contributors"."""
    return all(word in listed.titles | listed.bodies | listed.small for word in words)


def _single(words: list[str], listed: Names) -> bool:
    """Whether one name is short, or a body; a body word in it must stand where it does in a body."""
    if is_person(words):
        return True
    body = any(word in listed.bodies for word in words)
    if body and is_body(words):
        return True
    return sum(word not in listed.small or word in listed.bodies for word in words) <= _MAX_ANY - body


def _one_name(segment: list[str], listed: Names) -> bool:
    """Whether the words say nothing together: no form of company inside, not all of them ordinary ones."""
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
    return not (
        len(named) > _ORDINARY_END
        and named[0] in listed.given
        and all(word in listed.plain for word in named[-_ORDINARY_END:])
    )

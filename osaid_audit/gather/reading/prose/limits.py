"""Words that limit the use of a model, and whether they are plainly about something else.

A limit that no license explains asks for a reader: it never makes a conclusion and is never passed over.
Only what is plainly said of another thing (the data, the code, a base, a past version) is left out.
"""

import re

from osaid_audit import licenses
from osaid_audit.gather.reading.prose.about import Subject, names_model, parts, subject
from osaid_audit.resources import Pattern
from osaid_audit.schema.licenses import OPEN, RESTRICTED

_LIMITS = Pattern("limits", "limits")
_COMPARISON = Pattern("limits", "comparison")
_PAST = Pattern("limits", "past")
_CHANGE = Pattern("limits", "change")
_ALLOWED = Pattern("limits", "allowed")
_RELATIVE = Pattern("limits", "relative", 0)
_OUTPUTS = Pattern("limits", "outputs")
_DATA = Pattern("limits", "data")
_CHOICE = Pattern("limits", "choice")
_ROW_LABEL = Pattern("limits", "row_label")
_ROW = re.compile(r"\A\s{0,3}\|([^|]{1,120})\|")
_WORD = re.compile(r"[a-z]{2,}|\d+")
_LONGEST = 2000
_OVERLAP = 200


def present(text: str) -> str:
    """The text without what it says of other models by comparison, of the past, or of both kinds of use."""
    text = _CHANGE.sub(r"\g<head> ", text[:_LONGEST])
    return _ALLOWED.sub(" ", _PAST.sub(" ", _COMPARISON.sub(" ", text)))


def is_dated(text: str) -> bool:
    """Whether the text compares, or speaks of the past."""
    return any(pattern.search(text[:_LONGEST]) for pattern in (_COMPARISON, _PAST, _CHANGE))


def limits(text: str, headings: tuple[str, ...], title: str) -> bool:
    """Whether a sentence limits use by a word or names a restricted license, and nothing explains it."""
    about = _of_headings(headings)
    pieces = (text[at : at + _LONGEST] for at in range(0, max(len(text), 1), _LONGEST - _OVERLAP))
    return any(_limits(piece, about, title) for piece in pieces)


def _limits(text: str, about: Subject | None, title: str) -> bool:
    if not _limit_at(text) or _is_row_of_another(text, title):
        return False
    for part in parts(present(text)):
        about = subject(part) or about
        found = _limit_at(part)
        if found and not _is_explained(part, found.start(), about):
            return True
    return False


def restricted_names(text: str) -> tuple[str, ...]:
    """Ids of the restricted licenses that a text names."""
    named = (mention.id for mention in licenses.find_mentions(text))
    return tuple(dict.fromkeys(each for each in named if _restricts(each)))


def _limit_at(text: str) -> re.Match[str] | None:
    """The place of the first word or name that limits; names beside open terms to choose are left out."""
    named = [mention.quote for mention in licenses.find_mentions(text) if _restricts(mention.id)]
    if _is_choice(text):
        text, named = _blanked(text, named), []
    found = _LIMITS.search(text)
    return found or (re.search(re.escape(named[0]), text) if named else None)


def _restricts(license_id: str) -> bool:
    return licenses.resolve(license_id).cls in RESTRICTED


def _blanked(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, " " * len(name))
    return text


def _is_choice(text: str) -> bool:
    """Whether open terms are offered beside the restricted ones."""
    if not _CHOICE.search(text):
        return False
    named = {licenses.resolve(mention.id).cls for mention in licenses.find_mentions(text)}
    return bool(named & OPEN) and bool(named & set(RESTRICTED))


def _is_explained(part: str, at: int, about: Subject | None) -> bool:
    """Whether the limit at this place of a part is that of the data, the code or another model."""
    if _OUTPUTS.search(part) and not _DATA.search(part):
        return False
    if about in {"other", "code"} and subject(part) != "model":
        return True
    tied = _RELATIVE.search(part[:at])
    if tied is None or names_model(part[tied.start() : at]):
        return False
    return subject(" ".join(part[: tied.start()].split()[-3:])) in {"other", "code"}


def _of_headings(headings: tuple[str, ...]) -> Subject | None:
    return next((kind for title in reversed(headings) if (kind := subject(title))), None)


def _is_row_of_another(text: str, title: str) -> bool:
    """Whether a table row begins with the name of something that is neither a label nor this model."""
    row = _ROW.match(text)
    if row is None or _ROW_LABEL.search(row[1]):
        return False
    return not set(_WORD.findall(row[1].lower())) & set(_WORD.findall(title.lower()))

"""What people sign with, read as an eye reads it: unseen characters gone, look-alike letters made Latin.

A name stands beside a verdict. So it must be there to be seen, holds no word of approval, and is marked
where it sounds like a body. Every check reads the folded text; what is shown stays as it was written.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from osaid_audit.messages import Message

LEAST_LETTERS = 2
"""Letters that a name has at least: initials are the shortest by which somebody can be asked."""

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_MARKS = frozenset({"Mn", "Me"})
_BLANKS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs without ink: Hangul and Khmer fillers and the empty Braille cell (Unicode 15,
Default_Ignorable_Code_Point, and U+2800); their joiners and selectors are hidden by category."""

_LOOK_ALIKES = {
    "a": "\u0430\u03b1\u0251\u1d00\ua4ee",
    "b": "\u0432\u03b2\u0299\ua4d0",
    "c": "\u0441\u03f2\u1d04\ua4da",
    "d": "\u0501\u1d05\ua4d3",
    "e": "\u0435\u03b5\u1d07\ua4f0",
    "f": "\u0493\u03dd\ua730\ua4dd",
    "g": "\u050d\u0261\u0262\ua4d6",
    "h": "\u04bb\u043d\u03b7\u0570\u029c\ua4e7",
    "i": "\u0456\u04cf\u03b9\u0131\u026a\u01c0\ua4f2|",
    "j": "\u0458\u1d0a\ua4d9",
    "k": "\u043a\u03ba\u1d0b\ua4d7",
    "l": "\u029f\ua4e1",
    "m": "\u043c\u03bc\u1d0d\ua4df",
    "n": "\u0578\u03bd\u0274\ua4e0",
    "o": "\u043e\u03bf\u03c3\u0585\u1d0f\ua4f3",
    "p": "\u0440\u03c1\u1d18\ua4d1",
    "q": "\u051b\u0566",
    "r": "\u0433\u0280\ua4e3",
    "s": "\u0455\ua731\ua4e2",
    "t": "\u0442\u03c4\u1d1b\ua4d4",
    "u": "\u057d\u03c5\u1d1c\ua4f4",
    "v": "\u0475\u1d20\ua4e6",
    "w": "\u051d\u1d21\ua4ea",
    "x": "\u0445\u03c7\ua4eb",
    "y": "\u0443\u04af\u028f\ua4ec",
    "z": "\u03b6\u1d22\ua4dc",
}
"""Cyrillic, Greek, Armenian, Lisu and small capital letters that look like a Latin one, in either case
(from Unicode's confusables.txt): enough to read the words below, no attempt at all scripts."""
_TO_LATIN = str.maketrans({odd: letter for letter, odds in _LOOK_ALIKES.items() for odd in odds})
_DIGITS = str.maketrans("01345", "oieas")

_SEAL = re.compile(r"certif|approv|approuv|homologu")
"""Words of a seal: nobody's name lends them to a verdict."""
_BODY = re.compile(
    r"\bos[il]\b|open\s*source\s*initiative|opensource\s*org|\bg7\b|hugging\s*face|approved|official|officiel"
    r"|linux\s+foundation|free\s+software\s+foundation|european\s+commission|commission\s+europeenne"
)
"""Names that would lend a person's word the weight of a body or a seal."""

SEALED = Message("write the plain name, without any word of approval")
"""What is wrong with a name that sounds like a seal."""

_LETTER_RUN = re.compile(r"\b\w(?: \w\b)+")


def folded(text: str) -> str:
    """The text as an eye reads it, in lower case: no compatibility forms, accents, unseen characters."""
    return _inked(text).casefold().translate(_TO_LATIN)


def is_visible(text: str) -> bool:
    """Whether there is a letter or a digit to be read."""
    return any(character.isalnum() for character in _inked(text))


def is_address(url: str) -> bool:
    """Whether an http(s) address names a host, and no character of it is unseen."""
    if any(_unseen(character) for character in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and is_visible(parts.hostname or "")
    except ValueError:
        return False


def is_seal(name: str) -> bool:
    """Whether a word of approval is in the name."""
    return any(_SEAL.search(reading) for reading in _readings(name))


def is_body(name: str) -> bool:
    """Whether the name sounds like a body or a seal, and not like a person."""
    return is_seal(name) or any(_BODY.search(reading) for reading in _readings(name))


def name_fault(name: str) -> Message | None:
    """What is wrong with the name of somebody who signs; None when it can stand beside a verdict."""
    if sum(character.isalpha() for character in _inked(name)) < LEAST_LETTERS:
        return Message(
            "a signed attestation needs the reviewer's name, in at least {n} visible letters", n=LEAST_LETTERS
        )
    return SEALED if is_seal(name) else None


def _readings(name: str) -> tuple[str, ...]:
    """The ways to read a name: with its marks as spaces or as nothing, its digits as letters or not."""
    plain = folded(name)
    spaced = " ".join(re.sub(r"[\W_]+", " ", plain).split())
    closed = " ".join(re.sub(r"[^\w\s]|_", "", plain).split())
    run = _LETTER_RUN.sub(lambda letters: letters.group().replace(" ", ""), spaced)
    own = (spaced, closed, run)
    return (*own, *(each.translate(_DIGITS) for each in own))


def _inked(text: str) -> str:
    return "".join(filter(_ink, unicodedata.normalize("NFKD", text)))


def _ink(character: str) -> bool:
    return not _unseen(character) and unicodedata.category(character) not in _MARKS


def _unseen(character: str) -> bool:
    return character in _BLANKS or unicodedata.category(character) in _UNSEEN

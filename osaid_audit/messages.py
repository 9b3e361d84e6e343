"""What the tool says of its own work, in English and in the language that is spoken.

    say("wrote {path}", path=path)                  a text, now
    Message("There is no label '{label}'.", ...)    the same, said later and in any language

The English sentence in the source is the key of the catalogue, `locale/fr/LC_MESSAGES/osaid_audit.po`
(`make messages`). The texts of rules and reports are not here: they are data and carry both languages
(docs/decisions/0010-languages.md).

The language is English until `speaking` says otherwise, and the command line alone does: nothing here reads
the environment. It holds for the whole process, since an audit has threads.
"""

import errno
import gettext as _gettext
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Final, Literal

Lang = Literal["en", "fr"]
LANGUAGES: Final[tuple[Lang, ...]] = ("en", "fr")
DOMAIN: Final = "osaid_audit"

_PLACE = re.compile(r"\{(\w+)\}")
_SPACED_BEFORE = re.compile(" (?=[:;!?»])")
_SPACED_AFTER = re.compile("(?<=«) ")


class _Spoken:
    """The language of this process."""

    lang: Lang = "en"


def spoken() -> Lang:
    """The language that is spoken now."""
    return _Spoken.lang


@contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Speak this language meanwhile; for the command line, which owns its process."""
    before, _Spoken.lang = _Spoken.lang, lang
    try:
        yield
    finally:
        _Spoken.lang = before


class Message:
    """A sentence with its values, to be said when the language is known.

    A value may be a message itself, or a text with `en` and `fr`: it is said in the same language.
    """

    def __init__(self, text: str, /, **values: object) -> None:
        self._text = text
        self._values: Mapping[str, object] = values

    def __str__(self) -> str:
        return self.said(spoken())

    def said(self, lang: Lang) -> str:
        """The sentence in that language."""
        return _filled(_catalogue_text(self._text, lang), self._values, lang)

    def filled(self, /, **values: object) -> "Message":
        """The same with values for those that it has none for."""
        return Message(self._text, **{**values, **self._values})


class Counted(Message):
    """A sentence in the singular or the plural, as `n` asks for in each language."""

    def __init__(self, one: str, many: str, n: int, /, **values: object) -> None:
        super().__init__(one, n=n, **values)
        self._many, self._n = many, n

    def said(self, lang: Lang) -> str:
        """The sentence in that language."""
        text = _typeset(_translations(lang).ngettext(self._text, self._many, self._n), lang)
        return _filled(text, self._values, lang)


def either(names: Sequence[str]) -> Message | None:
    """A question that offers these names; None when there are none."""
    if not names:
        return None
    offered = Message("'{name}'", name=names[0])
    for name in names[1:]:
        offered = Message("{some} or '{name}'", some=offered, name=name)
    return Message("Did you mean {offered}?", offered=offered)


def reason(error: Exception) -> Message:
    """Why a file cannot be read or written; whatever is no OSError is a path that no system takes."""
    if not isinstance(error, OSError):
        return Message("the path is not valid")
    known = _REASONS.get(error.errno or 0)
    return known or Message("{said}", said=error.strerror or type(error).__name__)


def say(text: str, /, **values: object) -> str:
    """The sentence in the language that is spoken."""
    return Message(text, **values).said(spoken())


def told(text: object) -> str:
    """A text that has `en` and `fr`, or anything else, in the language that is spoken."""
    return _value(text, spoken())


def translate(text: str) -> str:
    """A text without values in the language that is spoken: one that is declared elsewhere."""
    return _catalogue_text(text, spoken())


def translate_counted(one: str, many: str, n: int) -> str:
    """Singular or plural in the language that is spoken, its places not yet filled."""
    return _typeset(_translations(spoken()).ngettext(one, many, n), spoken())


def typography(text: str) -> str:
    """French text with the spaces before `: ; ! ?` and inside « » made unbreakable."""
    return _SPACED_AFTER.sub("\u00a0", _SPACED_BEFORE.sub("\u00a0", text))


def _catalogue_text(text: str, lang: Lang) -> str:
    # The empty key of a catalogue is its header.
    return _typeset(_translations(lang).gettext(text), lang) if text else text


def _typeset(text: str, lang: Lang) -> str:
    return typography(text) if lang == "fr" else text


def _filled(text: str, values: Mapping[str, object], lang: Lang) -> str:
    """Values stand where their names are; a brace in a value, or one that names no value, stays as it is."""
    return _PLACE.sub(lambda place: _value(values.get(place[1], place[0]), lang), text)


def _value(value: object, lang: Lang) -> str:
    if isinstance(value, Message):
        return value.said(lang)
    own = getattr(value, lang, None)
    return _typeset(own, lang) if isinstance(own, str) else str(value)


_REASONS = {
    errno.EACCES: Message("Permission denied"),
    errno.EPERM: Message("Operation not permitted"),
    errno.ENOENT: Message("No such file or directory"),
    errno.EISDIR: Message("Is a directory"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.ENOSPC: Message("No space left on device"),
    errno.EROFS: Message("Read-only file system"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.ELOOP: Message("Too many levels of symbolic links"),
    errno.EIO: Message("Input/output error"),
}
"""The system speaks English to a program that sets no locale, so its words are ours to translate."""


@cache
def _translations(lang: Lang) -> _gettext.NullTranslations:
    """The catalogue of a language; English is what the source says. Read also from a zipped wheel."""
    if lang == "en":
        return _gettext.NullTranslations()
    from importlib.resources import files  # noqa: PLC0415 - `--help` in English does not need it

    place = files("osaid_audit") / "locale" / lang / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with place.open("rb") as stream:
            return _gettext.GNUTranslations(stream)
    except OSError:  # an install without it can still say everything in English
        return _gettext.NullTranslations()

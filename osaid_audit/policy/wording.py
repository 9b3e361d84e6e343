"""Sentences of a judgement in both languages, from the catalogue of interface texts."""

from collections.abc import Callable, Iterable

from osaid_audit.render.words import Words
from osaid_audit.schema.base import Text


def text(key: str, **values: object) -> Text:
    """The text of `key` with its placeholders filled; a bilingual value is filled in its own language."""
    return _both(lambda words: words(key, **{name: _in(words, value) for name, value in values.items()}))


def counted(key: str, n: int, **values: object) -> Text:
    """The singular or plural of `key`."""
    return _both(
        lambda words: words.count(key, n, **{name: _in(words, value) for name, value in values.items()})
    )


def name(family: str, value: str) -> Text:
    """The word for a value of a closed vocabulary, or the value itself."""
    return _both(lambda words: words.name(family, value))


def joined(texts: Iterable[Text], between: str = " ") -> Text:
    """Several texts as one."""
    listed = list(texts)
    return Text(
        en=between.join(each.en for each in listed), fr=_in_french(between).join(each.fr for each in listed)
    )


def _in_french(between: str) -> str:
    return between.replace(";", " ;")


def _both(say: Callable[[Words], str]) -> Text:
    return Text(en=say(Words("en")), fr=say(Words("fr")))


def _in(words: Words, value: object) -> object:
    return words.say(value) if isinstance(value, Text) else value

"""Which language a text that nobody recognizes is in, when that is beyond doubt and it is not English."""

import re
import unicodedata
from collections import Counter

_LOOKED_AT = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "CYRILLIC": "cyrillic",
    "ARABIC": "arabic",
    "GREEK": "el",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "THAI": "th",
}
"""The first word of a letter's name in Unicode, and the language or script it stands for."""
_KANA_SHARE = 0.05
"""Japanese mixes its own letters with Chinese ones."""
_SMALL_WORDS = {
    "en": "the of and to in or any this is for that not by with be you are as on may use",
    "fr": "le la les des du et est une dans pour par sur que qui au aux vous ne pas ou à ce cette sont avec",
    "de": "der die das und ist nicht ein eine für von mit auf den dem zu werden oder nur im sich des",
    "es": "el la los las y es una para por del que con no en se o su este esta uso al como",
    "it": "il lo gli di e è una per con non che del della dei le in o è nel sono questo",
    "pt": "o os as e é uma para por com não que do da dos das em ou se este esta uso",
}
_BY_LANGUAGE = {name: frozenset(words.split()) for name, words in _SMALL_WORDS.items()}
_ENOUGH, _SHARE, _AHEAD = 6, 0.15, 1.5
"""Small words there must be, their share of all words, and how many times those of any other language."""


def of(text: str) -> str | None:
    """The language (`fr`, `de`, `zh` ...) or script of a text; None for English and when it is not sure."""
    part = text[:_LOOKED_AT]
    letters = Counter(map(_script, filter(str.isalpha, part)))
    total = sum(letters.values())
    known = {name: count for name, count in letters.items() if name is not None}
    if known and sum(known.values()) * 2 > total:
        return "ja" if letters["ja"] > _KANA_SHARE * total else max(known, key=lambda name: known[name])
    return _by_words(_WORD.findall(part.lower()))


def _script(letter: str) -> str | None:
    if letter < "\u0370":
        return None
    return _SCRIPTS.get(unicodedata.name(letter, "?").split()[0].split("-")[0])


def _by_words(words: list[str]) -> str | None:
    counts = {name: sum(word in own for word in words) for name, own in _BY_LANGUAGE.items()}
    (best, most), (_, second) = Counter(counts).most_common(2)
    sure = most >= _ENOUGH and most > _SHARE * len(words) and most >= _AHEAD * second
    return best if sure and best != "en" else None

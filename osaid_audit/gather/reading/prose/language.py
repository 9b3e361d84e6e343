"""Is the prose in a language that is read (English, French)? Function words decide, block by block."""

import re
from collections.abc import Sequence

from osaid_audit.gather.reading.again import CARDS
from osaid_audit.gather.reading.prose.card import Block, Card
from osaid_audit.gather.reading.words import FOREIGN_TERMS, FUNCTION_WORDS, LOAN_WORDS, MORE_FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ODD = re.compile(r"[^\Wa-z\d_àâæçéèêëîïôœùûüÿ'\u2019]")
"""A letter that neither English nor French has."""
_ADDRESS = re.compile(r"https?://[\x21-\x7e]{1,600}")
_ENOUGH_WORDS = 8
_ENOUGH_LETTERS = 24
_TOLERATED = 0.15
_FUNCTION_WORDS = 0.06
_OURS_AT_LEAST = 0.12
"""Of 2,695 blocks of running text in 207 real cards, prose of 20 English or French words has more."""
_ODD_WORDS = 2
_ODD_SHARE = 0.08
_SENTENCE_WORDS = 20
_RUNNING_TEXT = 0.7
_FEW_WORDS = 3
_RUNNING_WORDS = 2
_CODE_MARK = re.compile(r"[_={}|\\<>]")
_CODE_SHARE = 0.1
_READ = frozenset({"en", "fr"})
_OURS = frozenset({"en", "eng", "english", "fr", "fra", "fre", "french", "multilingual", "code"})


def is_read(card: Card) -> bool:
    """Whether nearly all prose is English or French, and no other part looks like terms.

    A card of a few words counts as read: names and numbers have no language.
    """
    return CARDS.once(card, "is_read", lambda: _is_read(card))


def _is_read(card: Card) -> bool:
    total = unread = 0
    for block in card.blocks:
        letters = sum(map(str.isalpha, block.text))
        total += letters
        if _is_foreign(block):
            if FOREIGN_TERMS.search(block.text):
                return False
            unread += letters
    return unread <= _TOLERATED * total


def is_surely_read(card: Card, languages: Sequence[str]) -> bool:
    """Whether no block is too short to tell its language: an absence is observed only in words we read.

    `languages` are those the publisher declares; where neither English nor French is among them, any block
    of running words without one of ours counts as unread, and so does a whole card without any.
    """
    elsewhere = _is_elsewhere(languages)
    texts = [_without_addresses(block.text) for block in card.blocks]
    return not any(_may_be_foreign(text, elsewhere=elsewhere) for text in texts) and not _may_be_foreign(
        " ".join(texts), elsewhere=True
    )


def is_foreign(card: Card, languages: Sequence[str]) -> bool:
    """Whether the card as a whole is in a language that is not read, so that its silence says nothing.

    A few words without any of ours count where the publisher declares other languages alone.
    """
    text = " ".join(_without_addresses(block.text) for block in card.blocks)
    return not is_read(card) or (_is_elsewhere(languages) and _may_be_foreign(text, elsewhere=True))


def _is_elsewhere(languages: Sequence[str]) -> bool:
    """Whether languages are declared, and neither English nor French is among them."""
    named = {each.lower().split("-")[0].split("_")[0] for each in languages}
    return bool(named) and not named & _OURS


def _without_addresses(text: str) -> str:
    return " ".join(word for word in text.split() if "/" not in word and "@" not in word)


def _ours() -> list[frozenset[str]]:
    return [words for language, words in FUNCTION_WORDS.by_language.items() if language in _READ]


def _others() -> list[frozenset[str]]:
    return [words for language, words in FUNCTION_WORDS.by_language.items() if language not in _READ]


def _may_be_foreign(text: str, *, elsewhere: bool) -> bool:
    words = _WORD.findall(text)
    if len(words) < _FEW_WORDS or sum(word.islower() for word in words) < _RUNNING_WORDS:
        return False
    lower = [word.lower() for word in words]
    known, others = (*_ours(), LOAN_WORDS.all), (*_others(), MORE_FUNCTION_WORDS.all)
    ours = sum(any(word in each for each in known) for word in lower)
    theirs = max(sum(word in each for word in lower) for each in others)
    return theirs > ours or (elsewhere and not ours)


def _told_by(function_words: frozenset[str], words: Sequence[str]) -> int:
    """How many of the words are of a language; one word alone, however often, may be a name."""
    found = [word for word in words if word in function_words]
    return len(found) if len(set(found)) > 1 else 0


def _is_foreign(block: Block) -> bool:
    """Another script, another language's function words, or running text without ours; not names.

    An address is in no language, and its parts are no running text.
    """
    text = _ADDRESS.sub(" ", block.text)
    letters = sum(map(str.isalpha, text))
    latin = len(_LATIN.findall(text))
    if letters - latin > max(letters // 2, 3):
        return True
    words = _WORD.findall(text)
    if len(words) < _ENOUGH_WORDS or letters < _ENOUGH_LETTERS:
        return False
    lower = [word.lower() for word in words]
    ours = max(sum(word in each for word in lower) for each in _ours())
    theirs = max(_told_by(each, lower) for each in _others())
    few = _FUNCTION_WORDS * len(words)
    plain = [word for word in words if word.islower()]
    prose = len(_CODE_MARK.findall(text)) <= _CODE_SHARE * len(words)
    running = prose and len(plain) >= _RUNNING_TEXT * len(words)
    odd = sum(bool(_ODD.search(word)) for word in plain)
    return (
        (theirs > ours and theirs >= few)
        or (running and odd >= _ODD_WORDS and odd >= _ODD_SHARE * len(words))
        or (len(words) >= _SENTENCE_WORDS and running and ours < _OURS_AT_LEAST * len(words))
    )

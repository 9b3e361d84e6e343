"""Is the prose in a language that is read (English, French)? Function words decide, block by block."""

import re

from osaid_audit.gather.reading.card import Block, Card
from osaid_audit.gather.reading.words import ENGLISH, FOREIGN_TERMS, FRENCH, OTHERS

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ENOUGH_WORDS = 8
_ENOUGH_LETTERS = 24
_TOLERATED = 0.15
_FUNCTION_WORDS = 0.06
_SENTENCE_WORDS = 20
_RUNNING_TEXT = 0.7


def is_read(card: Card) -> bool:
    """Whether nearly all prose is English or French, and no other part looks like terms.

    A card of a few words counts as read: names and numbers have no language.
    """
    total = unread = 0
    for block in card.blocks:
        letters = sum(map(str.isalpha, block.text))
        total += letters
        if _is_foreign(block):
            if FOREIGN_TERMS.search(block.text):
                return False
            unread += letters
    return unread <= _TOLERATED * total


def _is_foreign(block: Block) -> bool:
    """Another script, another language's function words, or running text without ours; not names."""
    text = block.text
    letters = sum(map(str.isalpha, text))
    latin = len(_LATIN.findall(text))
    if letters - latin > max(letters // 2, 3):
        return True
    words = _WORD.findall(text)
    if len(words) < _ENOUGH_WORDS or letters < _ENOUGH_LETTERS:
        return False
    lower = [word.lower() for word in words]
    ours = max(sum(word in ENGLISH for word in lower), sum(word in FRENCH for word in lower))
    theirs = max(sum(word in others for word in lower) for others in OTHERS.values())
    few = _FUNCTION_WORDS * len(words)
    running = sum(word.islower() for word in words) >= _RUNNING_TEXT * len(words)
    return (theirs > ours and theirs >= few) or (len(words) >= _SENTENCE_WORDS and running and ours < few)

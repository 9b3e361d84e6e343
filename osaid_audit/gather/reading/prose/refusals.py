"""Refusals to describe the data or to publish the training code, bound only where no doubt is left.

A refusal can fail a rule, so it must be complete in itself and about this model: nothing that limits it to
a place, a person or a time, no quotation, and nothing behind it that gives what it seems to refuse.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from osaid_audit.gather.reading.prose.card import Block, Card, Sentence
from osaid_audit.resources import Pattern

_WITHHELD = {
    "data.withheld": Pattern("refusals", "data_withheld"),
    "code.training_withheld": Pattern("refusals", "code_withheld"),
}
_TURNS = Pattern("refusals", "turns")
_SAID = Pattern("refusals", "said")
_OTHERS = Pattern("refusals", "others")
_QUOTED = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]")


def refusals(card: Card) -> Iterator[tuple[str, Sentence]]:
    """The refusals of a card: the fact each one states, and its sentence."""
    told = [(block, sentence) for block in card.blocks for sentence in block.sentences()]
    end = (Block(((0, ""),), ()), Sentence("", 0, ()))
    before = end[1]
    for (block, sentence), (after, following) in pairwise([*told, end]):
        linked = block.links or (after.headings == block.headings and after.links)
        plain = not linked and not is_about_others(sentence, card.title)
        for fact, pattern in _WITHHELD.items() if plain else ():
            if pattern.match(sentence.text) and stands_alone(sentence, before, following):
                yield fact, sentence
        before = sentence


def is_about_others(sentence: Sentence, title: str) -> bool:
    """Whether a sentence stands under a heading about another model."""
    return any(heading != title and _OTHERS.search(heading) for heading in sentence.headings)


def stands_alone(sentence: Sentence, before: Sentence, after: Sentence) -> bool:
    """Whether nothing around a sentence quotes it or takes it back."""
    if _QUOTED.search(sentence.text) or _SAID.search(before.text):
        return False
    return after.headings != sentence.headings or not _TURNS.search(after.text)


def takes_back(text: str) -> bool:
    """Whether words behind a refusal may give what it seems to refuse."""
    return _TURNS.search(text) is not None

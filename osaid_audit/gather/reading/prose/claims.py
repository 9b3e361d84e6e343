"""What the prose says about data, code and origin: few patterns, each wary of saying too much.

A statement counts only when it is about this model. Support never comes from a negated sentence; refusals
have a module of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osaid_audit.gather.reading.prose.card import Block, Card, Sentence
from osaid_audit.gather.reading.prose.handed_out import handed_out
from osaid_audit.gather.reading.prose.refusals import refusals
from osaid_audit.gather.reading.words import NEGATION, PLACEHOLDER
from osaid_audit.resources import Pattern

_ABOUT_DATA = Pattern("data", "about_data")
_IN_HEADING = Pattern("data", "in_heading")
_NEVER = Pattern("data", "never")
_NOT_TRAINING = Pattern("data", "not_training")
_TRAINING = Pattern("data", "training")
_PROCESSING = Pattern("data", "processing")
_TRAINING_SECTION = Pattern("data", "training_section")
_SPEAKS_OF_DATA = Pattern("data", "speaks_of_data")
_FROM_SCRATCH = Pattern("data", "from_scratch")
_TRAINER_TEXT = Pattern("data", "trainer_text")
_HEDGE = Pattern("data", "hedge")
_NUMBER_WORD = re.compile(r"[^\W\d_]{2,}")
_DESCRIBED = 12
_PROCESSED = 6


@dataclass(frozen=True)
class Said:
    """One fact the publisher states, and the place."""

    fact: str
    line: int
    quote: str


def statements(card: Card) -> tuple[Said, ...]:
    """Every fact the prose of a card states, each at its first place. Order is that of the page."""
    found: dict[str, Said] = {}
    for said in (*_sections(card), *_sentences(card), *_told(card)):
        found.setdefault(said.fact, said)
    return tuple(sorted(found.values(), key=lambda said: (said.line, said.fact)))


def phrase(text: str) -> str:
    """At most a phrase of a text, for quoting."""
    return text if len(text) <= 120 else f"{text[:119].rstrip()}…"  # noqa: PLR2004 - a phrase


def word_count(text: str) -> int:
    """Real words of a text: placeholders, numbers and marks do not count."""
    return len(_NUMBER_WORD.findall(PLACEHOLDER.sub(" ", text)))


def _sections(card: Card) -> Iterator[Said]:
    words = {"data.described": 0, "data.processing_described": 0}
    first: dict[str, Said] = {}
    for block in card.blocks:
        fact = _section_fact(block)
        if fact is None:
            continue
        real = _supporting_words(block, only_data=_TRAINING_SECTION.match(block.headings[-1]) is not None)
        words[fact] += real
        if real:
            first.setdefault(fact, Said(fact, block.line, phrase(block.headings[-1])))
    if words["data.described"] >= _DESCRIBED:
        yield first["data.described"]
    if words["data.processing_described"] >= _PROCESSED:
        yield first["data.processing_described"]


def _section_fact(block: Block) -> str | None:
    """Which fact a block supports by its place: the innermost heading that speaks of data decides."""
    for depth in range(len(block.headings) - 1, -1, -1):
        title = block.headings[depth]
        if _PROCESSING.search(title):
            return "data.processing_described"
        about = _ABOUT_DATA.match(title) or _IN_HEADING.search(title)
        if _NEVER.search(title) or (_NOT_TRAINING.search(title) and not _TRAINING.search(title)):
            return None
        innermost = depth == len(block.headings) - 1
        if about or (innermost and _TRAINING_SECTION.match(title)):
            return "data.described"
    return None


def _supporting_words(block: Block, *, only_data: bool) -> int:
    """Words of the sentences that say something: a negated sentence is no support.

    Of a section on training in general only sentences that speak of data count.
    """
    return sum(
        word_count(sentence.text)
        for sentence in block.sentences()
        if not NEGATION.search(sentence.text) and (not only_data or _SPEAKS_OF_DATA.search(sentence.text))
    )


def _sentences(card: Card) -> Iterator[Said]:
    for sentence in card.sentences():
        for fact in _facts_of(sentence):
            yield Said(fact, sentence.line, phrase(sentence.text))


def _told(card: Card) -> Iterator[Said]:
    for name, sentence in (*refusals(card), *handed_out(card)):
        yield Said(name, sentence.line, phrase(sentence.text))


def _facts_of(sentence: Sentence) -> Iterator[str]:
    text = sentence.text
    if _HEDGE.search(text):
        return
    if _FROM_SCRATCH.search(text) and not NEGATION.search(text) and not _TRAINER_TEXT.search(text):
        yield "lineage.stated_from_scratch"

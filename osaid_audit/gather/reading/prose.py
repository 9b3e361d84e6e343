"""What the prose says about data, code and origin: few patterns, each wary of saying too much.

A statement counts only when it is about this model. Support never comes from a negated sentence; refusals
have a module of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osaid_audit.gather.reading.card import Block, Card, Sentence
from osaid_audit.gather.reading.refusals import refusals
from osaid_audit.gather.reading.words import NEGATION, PLACEHOLDER

_DATA = (
    r"(?:(?:pre-?)?training|fine-?tuning|training and (?:evaluation|test(?:ing)?|validation)|instruction)"
    r"(?: (?:data(?:set)?s?|corpus|corpora|mixture|sources?|material)){1,2}"
)
_ABOUT_DATA = re.compile(
    rf"^(?:\W|\d)*(?:the |our )?(?:{_DATA}|data(?:set)?s?|corpus|corpora|data mixture|dataset (?:used"
    rf"|details|composition)"
    r"|data (?:sources?|overview|composition|used(?: for training)?)|(?:data|datasets?) used (?:for|to"
    r"|in) \w+"
    r"|training (?:corpus|set)|jeux? de données(?: d['\u2019]entra[iî]nement)?|(?:données"
    r"|corpus) d['\u2019]entra[iî]nement)"
    r"(?: ?(?:\([^()]{0,60}\)|[&/:-]|and|for|of|the|used|details|overview|sources?|composition|description"
    r"|information"
    r"|pre-?training|fine-?tuning|training|evaluation|validation|testing|preparation|procedure|summary|mix"
    r"|splits?))*\Z",
    re.IGNORECASE,
)
_IN_HEADING = re.compile(
    rf"\b{_DATA}\b|\btrained on\b|données d['\u2019]entra[iî]nement|corpus d['\u2019]entra[iî]nement",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"\b(?:limitations?|contamination|bias\w*|licen[cs]e|format|privacy|leaderboard|how to|limites)\b",
    re.IGNORECASE,
)
_NOT_TRAINING = re.compile(
    r"\b(?:eval\w*|test(?:ing)? (?:data|set)|benchmark\w*|statement|usage|input|évaluation)\b",
    re.IGNORECASE,
)
_TRAINING = re.compile(r"\btraining\b|\bentra[iî]nement\b", re.IGNORECASE)
_PROCESSING = re.compile(
    r"\bpre-?processing\b|\bdata (?:processing|cleaning|filtering|preparation|curation|selection|collection"
    r"|labell?ing)\b"
    r"|\bde-?duplication\b|\bprétraitements?\b|\b(?:nettoyage|filtrage|préparation|sélection) des données\b",
    re.IGNORECASE,
)
_TRAINING_SECTION = re.compile(
    r"^\W*(?:model )?(?:pre-?)?training(?: (?:details|procedure|process|setup))?\W*\Z"
    r"|^\W*entra[iî]nement\W*\Z",
    re.IGNORECASE,
)
_SPEAKS_OF_DATA = re.compile(
    rf"\b{_DATA}\b|\b(?:pre-?|fine-?)?(?:trained|tuned) on\b|\bentra[iî]née? sur\b|\b(?:data ?sets?|corpus"
    rf"|corpora)\b",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(r"[^\W\d_]{2,}")
_DESCRIBED = 12
_PROCESSED = 6

_FROM_SCRATCH = re.compile(
    r"\b(?:(?:this|the|our) (?:\w+ ){0,3}models?|we (?:have )?(?:pre-?)?train(?:ed)? (?:the|this"
    r"|our) (?:\w+ ){0,2}model"
    r"|it|ce modèle|le modèle)\b"
    r"(?: (?:is|was|are|were|has|have|been|entirely|completely|fully|a|an|est|a été|ont été|[\w-]+ model"
    r"|that|which|,)){0,6}"
    r"(?: (?:(?:pre-?)?trained|built|entraîné|appris))?(?: (?:entirely|completely|fully|entièrement))?"
    r"(?: (?:on|in|with) [\w ,.-]{1,60})? (?:from scratch|à partir de zéro|de zéro)\b",
    re.IGNORECASE,
)
_TRAINER_TEXT = re.compile(r"trained from scratch on (?:the|an?|\[?\w+\]?).{0,80}dataset", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:if|whether|unlike|instead of|rather than|compared|si|contrairement)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Said:
    """One fact the publisher states, and the place."""

    fact: str
    line: int
    quote: str


def statements(card: Card) -> tuple[Said, ...]:
    """Every fact the prose of a card states, each at its first place. Order is that of the page."""
    found: dict[str, Said] = {}
    for said in (*_sections(card), *_sentences(card), *_refused(card)):
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


def _refused(card: Card) -> Iterator[Said]:
    for name, sentence in refusals(card):
        yield Said(name, sentence.line, phrase(sentence.text))


def _facts_of(sentence: Sentence) -> Iterator[str]:
    text = sentence.text
    if _HEDGE.search(text):
        return
    if _FROM_SCRATCH.search(text) and not NEGATION.search(text) and not _TRAINER_TEXT.search(text):
        yield "lineage.stated_from_scratch"

"""What the prose says in plain words: that the model was made from another one, or that it costs money.

Neither concludes anything. A model named without an id cannot be read, so no limit of its terms can be
denied; and where a page sells a license, nobody may be told that the use is free of charge.
"""

import re
from collections.abc import Iterable, Iterator

from osaid_audit.gather.raw import Repository
from osaid_audit.gather.reading.origins import Origin, own_names
from osaid_audit.gather.reading.page import Page
from osaid_audit.gather.reading.plan import own_ids
from osaid_audit.gather.reading.prose import phrase
from osaid_audit.gather.reading.sources import fact, of_file, of_reply
from osaid_audit.resources import Pattern
from osaid_audit.schema.base import Fact

_PHRASE = Pattern("origins", "phrase")
_NOUN = Pattern("origins", "noun")
_DENIED = Pattern("origins", "denied")
_OTHER_THING = Pattern("origins", "other_thing")
_OTHER_USE = Pattern("origins", "other_use")
_BREAK = Pattern("origins", "break")
_OF_ANOTHER = Pattern("origins", "of_another")
_DATA_OBJECT = Pattern("origins", "data_object")
_MERE_COPY = Pattern("origins", "mere_copy")
_NO_MODEL = Pattern("origins", "no_model")
_A_DATASET = Pattern("origins", "a_dataset")
_LABEL = Pattern("origins", "label")
_NAME = re.compile(
    r"\W{0,3}(?:[a-zà-ÿ][\w''\u2019-]{0,20} ){0,4}\W{0,3}"
    r"(?P<name>[A-ZÀ-Þ][\w.+-]{1,40}|[a-z]{2,20}[\w.-]{0,30}\d[\w.-]{0,30}"
    r"|[a-z]{2,20}(?:-[a-z0-9.]{1,20}){0,4}-(?:base|large|small|tiny|medium|uncased|cased|chat|instruct|xl)\b)"
)
_TURN = re.compile(r"[,;:()]|\.(?:\s|\Z)|\s(?:on|for|with|using|to|in|by|via|sur|pour|avec|par|en|à)\s")
_ASKS = Pattern("prices", "asks")
_OTHER_MONEY = Pattern("prices", "other_money")
_NONE = Pattern("prices", "none")
_BEFORE, _AFTER, _LONGEST, _SHOWN = 90, 80, 2000, 3


def spoken_facts(repository: Repository, page: Page) -> Iterator[tuple[str, Fact]]:
    """`lineage.origin_spoken` and `access.price_named`, from the card alone."""
    raw = page.raw
    if raw is not None:
        own = {repository.asked.lower(), repository.canonical.lower(), *own_ids(repository.info)}
        spoken = list(spoken_origins(page, own))[:_SHOWN]
        if spoken:
            places = (of_file(raw, each.line, phrase(each.text)) for each in spoken)
            yield fact("lineage.origin_spoken", True, "stated", *places)
    prices = list(_prices(page))[:_SHOWN]
    if prices and raw is not None:
        yield fact("access.price_named", True, "stated", *(of_file(raw, line, text) for line, text in prices))
    elif page.known and page.language:
        place = of_file(raw) if raw is not None else of_reply(repository, "/siblings")
        yield fact("access.price_named", False, "stated", place)


def spoken_origins(page: Page, own: Iterable[str]) -> Iterator[Origin]:
    """Sentences, labels and the title that say from which model this one was made; `own` are its own ids."""
    mine = own_names(own)
    if page.parent and page.raw is not None:
        yield Origin("", page.card.blocks[0].line if page.card.blocks else 1, page.card.title)
    for line, text in _texts(page):
        hits = (hit for words in (_PHRASE, _OF_ANOTHER) for hit in words.finditer(text[:_LONGEST]))
        if any(_is_origin(text, hit, mine) for hit in hits) or _is_label(text, mine):
            yield Origin("", line, text)


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    if page.card.title:
        yield 1, page.card.title
    for block in page.card.blocks:
        yield from ((sentence.line, sentence.text) for sentence in block.sentences())


def _is_origin(text: str, hit: re.Match[str], mine: re.Pattern[str]) -> bool:
    """Whether words of origin are followed by the name of another model."""
    before, said = text[max(0, hit.start() - _BEFORE) : hit.start()], hit[0]
    if _NOUN.fullmatch(said) or _DATA_OBJECT.search(said) or _MERE_COPY.match(said):
        return False
    if (
        _DENIED.search(before)
        or _OTHER_THING.search(before)
        or _OTHER_USE.search(said)
        or _NO_MODEL.search(said)
    ):
        return False
    after = text[hit.end() : hit.end() + _AFTER]
    name = _NAME.match(after)
    if name is None or mine.search(after[: name.end()]) or _BREAK.search(after[: name.start("name")]):
        return False
    follows = _TURN.split(after[name.end() :], maxsplit=1)[0]
    about = after[: name.end()] + " ".join(follows.split(" ")[:5])
    return not _NO_MODEL.search(about) and not _A_DATASET.match(after[name.end() :])


def _is_label(text: str, mine: re.Pattern[str]) -> bool:
    """Whether a line says "Base model:" and a name."""
    label = _LABEL.match(text[:_LONGEST])
    name = _NAME.match(text[label.end() : label.end() + _AFTER]) if label else None
    return name is not None and not mine.search(name[0]) and not _NO_MODEL.search(name[0])


def _prices(page: Page) -> Iterator[tuple[int, str]]:
    for sentence in page.card.sentences():
        text = sentence.text[:_LONGEST]
        if _ASKS.search(text) and not _OTHER_MONEY.search(text) and not _NONE.search(text):
            yield sentence.line, phrase(text)

"""What the prose says in plain words: that the model was made from another one, or that it costs money.

Neither concludes anything. A model named without an id cannot be read, so no limit of its terms can be
denied; and where a page sells a license, nobody may be told that the use is free of charge.
"""

import re
from collections.abc import Iterable, Iterator

from osaid_audit.gather.raw import Repository
from osaid_audit.gather.reading.files.plan import own_ids
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.prose.origins import Origin, own_names
from osaid_audit.gather.reading.repository.page import Page
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
_DESCENT = Pattern("origins", "descent")
_FROM = Pattern("origins", "from")
_A_DATASET = Pattern("origins", "a_dataset")
_LABEL = Pattern("origins", "label")
_TECHNIQUE = Pattern("origins", "technique")
_BY_TREATING = Pattern("origins", "by_treating")
_CALLED = Pattern("origins", "called")
_TREATED_NAME = Pattern("origins", "treated_name")
_BASE_IS = Pattern("origins", "base_is")
_AN_ARTICLE = Pattern("origins", "an_article")
_TUNED_ON = Pattern("origins", "tuned_on")
_AS_MODEL = Pattern("origins", "as_model")
_PLAIN_MODEL = Pattern("origins", "plain_model")
_NAME = re.compile(
    r"\W{0,3}(?:[a-zà-ÿ][\w''\u2019-]{0,20} ){0,4}\W{0,3}"
    r"(?P<name>[A-ZÀ-Þ][\w.+-]{1,40}|[a-z]{2,20}[\w.-]{0,30}\d[\w.-]{0,30}|[a-z]{1,20}[A-Z][\w.+-]{1,40}"
    r"|[a-z]{2,20}(?:-[a-z0-9.]{1,20}){0,4}-(?:base|large|small|tiny|medium|uncased|cased|chat|instruct|xl)\b)"
)
_RUN = re.compile(r"[\w+-]+(?:\.[\w+-]+){0,4}(?: (?:[A-ZÀ-Þ]|\d)[\w+-]{0,40}(?:\.[\w+-]+){0,4}){0,4}")
_MODEL_NAMED = re.compile(r" (?:model|checkpoint) (?=[A-Za-z][\w.+]{0,30}[-\d])")
_NUMBERED = re.compile(r"(?: v?\d[\w.+-]{0,20}){1,4}\Z")
_SIZED = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,2})?[BM](?![\w.])", re.IGNORECASE)
_STAGE = re.compile(r"(?:v|stage|phase|step|part|round|version|generation|level|top)[ -]?\d", re.IGNORECASE)
_TABLE_HEAD = re.compile(r"\|\s*\|")
_ASIDE = re.compile(r",|\s(?:on|for|with|using|to|in|by|via|through|at|and|sur|pour|avec|par|en|et)\s")
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
        if _has_origin(text, mine) or _is_label(text, mine):
            yield Origin("", line, text)


def _has_origin(text: str, mine: re.Pattern[str]) -> bool:
    """Whether some words of a sentence say it, with a name behind them, before them, or with none."""
    said = text[:_LONGEST]
    hits = (hit for each in (_PHRASE, _OF_ANOTHER) for hit in each.finditer(said))
    objects = (hit for hit in _BY_TREATING.finditer(said) if _has_object(said[hit.end() :][:_AFTER]))
    return (
        any(_is_origin(text, hit, mine) for hit in (*hits, *objects))
        or any(_is_treated(text, hit, mine) for hit in _CALLED.finditer(said))
        or any(_is_called_base(text, hit, mine) for hit in _BASE_IS.finditer(said))
        or any(_is_about_this(text, hit) and not mine.search(hit[0]) for hit in _PLAIN_MODEL.finditer(said))
    )


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    if page.card.title:
        yield 1, page.card.title
    for block in page.card.blocks:
        yield from ((sentence.line, sentence.text) for sentence in block.sentences())


def _is_origin(text: str, hit: re.Match[str], mine: re.Pattern[str]) -> bool:
    """Whether words of origin are followed by the name of another model."""
    said = hit[0]
    if _NOUN.fullmatch(said) or _OTHER_USE.search(said) or _NO_MODEL.search(said):
        return False
    if (_MERE_COPY.match(said) and not _tells_descent(said)) or not _is_about_this(text, hit):
        return False
    after = text[hit.end() : hit.end() + _AFTER]
    name = _NAME.match(after)
    if name is None or mine.search(after[: name.end()]) or _BREAK.search(after[: name.start("name")]):
        return False
    run, follows = _run(after, name.start("name"))
    if _DATA_OBJECT.search(said) and not _is_tuned_on(said, run, follows):
        return False
    things = _NO_MODEL.search(after[: name.start("name")]) or _A_DATASET.match(after[name.end() :])
    return not things and not _is_no_model(run, follows)


def _tells_descent(said: str) -> bool:
    """Whether a copy is said to be more than one: "weights initialized from"."""
    return _DESCENT.search(said) is not None and _FROM.search(said) is not None


def _has_object(after: str) -> bool:
    """Whether the name that follows is the thing treated, not a means: "the models with Adam"."""
    name = _NAME.match(after)
    return name is not None and not _ASIDE.search(after[: name.start("name")])


def _is_about_this(text: str, hit: re.Match[str]) -> bool:
    """Whether the words before neither deny it nor speak of another thing than the model."""
    before = text[max(0, hit.start() - _BEFORE) : hit.start()]
    return not _DENIED.search(before) and not _OTHER_THING.search(before)


def _run(after: str, at: int) -> tuple[str, str]:
    """All the words of the name that begins there, and what follows it; of "SFT model Name-7B" the latter."""
    run = _RUN.match(after, at)
    end = run.end() if run else at
    named = _MODEL_NAMED.match(after, end) if _TECHNIQUE.fullmatch(after[at:end]) else None
    return _run(after, named.end()) if named else (after[at:end], after[end:])


def _is_no_model(run: str, follows: str) -> bool:
    """Whether a name is that of a thing, or of a method, or belongs to one: its last word counts.

    "Speech Data 2" is data, and so is "the Speech 7B data"; "Data Speech 7B" may be a model.
    """
    name = _NUMBERED.sub("", run)
    if _NO_MODEL.search(" ".join(_TURN.split(follows, maxsplit=1)[0].split(" ")[:5])):
        return True
    return bool(_TECHNIQUE.fullmatch(name)) or any(hit.end() == len(name) for hit in _NO_MODEL.finditer(name))


def _is_tuned_on(said: str, run: str, follows: str) -> bool:
    """Whether a model was tuned on what is named, not on data: by its size, or the word that follows."""
    return bool(_TUNED_ON.search(said)) and bool(_SIZED.search(run) or _AS_MODEL.match(follows))


def _is_treated(text: str, hit: re.Match[str], mine: re.Pattern[str]) -> bool:
    """Whether the model is called another one that was tuned: "is a Name-7B model fine-tuned on"."""
    after = text[hit.end() : hit.end() + _AFTER]
    name = _NAME.match(after)
    if name is None or not _is_about_this(text, hit) or mine.search(after[: name.end()]):
        return False
    run, follows = _run(after, name.start("name"))
    numbered = re.search(r"\d", run) is not None and not _STAGE.match(run)
    return numbered and _TREATED_NAME.match(follows) is not None and not _is_no_model(run, "")


def _is_called_base(text: str, hit: re.Match[str], mine: re.Pattern[str]) -> bool:
    """Whether a name with a number follows at once: "The base model is Name-7B", and not what it is like."""
    after = text[hit.end() : hit.end() + _AFTER]
    name = _NAME.match(after)
    if name is None or not _is_about_this(text, hit) or mine.search(after[: name.end()]):
        return False
    run, follows = _run(after, name.start("name"))
    between = after[: name.start("name")]
    at_once = not re.search(r"\w", between) or _AN_ARTICLE.match(between) is not None
    numbered = re.search(r"\d", run) is not None and not re.match(r"[- ]licen[cs]", follows)
    return at_once and numbered and not _is_no_model(run, follows)


def _is_label(text: str, mine: re.Pattern[str]) -> bool:
    """Whether a line says "Base model:" and a name."""
    if _TABLE_HEAD.match(text):
        return False
    label = _LABEL.match(text[:_LONGEST])
    name = _NAME.match(text[label.end() : label.end() + _AFTER]) if label else None
    if label is None or name is None or mine.search(name[0]):
        return False
    run, _ = _run(name.string, name.start("name"))
    return not _NO_MODEL.search(name.string[: name.start("name")]) and not _is_no_model(run, "")


def _prices(page: Page) -> Iterator[tuple[int, str]]:
    for sentence in page.card.sentences():
        text = sentence.text[:_LONGEST]
        if _ASKS.search(text) and not _OTHER_MONEY.search(text) and not _NONE.search(text):
            yield sentence.line, phrase(text)

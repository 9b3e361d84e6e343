"""Which datasets a page names: declared in the metadata, linked in the prose, or a well-known corpus by name.

What a dataset was used for is told by its sentence, else by the headings above it. A sentence that denies,
compares, plans or speaks of something else tells nothing; a name alone is a name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from osaid_audit.gather.raw import Fetched, Raw
from osaid_audit.gather.reading.again import CARDS
from osaid_audit.gather.reading.data.corpora import corpora_in
from osaid_audit.gather.reading.files.plan import MAX_DATASETS, dataset_names, front_matter_of
from osaid_audit.gather.reading.prose.card import Block, Card, Link, Sentence, read_card
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.subject import is_model_id
from osaid_audit.gather.reading.words import NEGATION
from osaid_audit.resources import Pattern, WordList

Role = Literal["training", "evaluation", "unknown"]
How = Literal["declared", "linked", "named", "results"]
_TRAINING, _EVALUATION = Pattern("datasets", "training"), Pattern("datasets", "evaluation")
_ASIDE, _OURS = Pattern("datasets", "aside"), Pattern("datasets", "ours")
_NOTHING = WordList("datasets", "nothing")
_ON_HUB = re.compile(
    r"(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co))?/?datasets/([\w.-]{1,96}(?:/[\w.-]{1,96})?)",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)(?:[?#]|\Z)", re.IGNORECASE)
_REVISION = re.compile(r"@[\w./-]{1,100}\Z")
_PLACES = frozenset({"tree", "blob", "resolve", "raw", "viewer", "discussions"})
_MAX_LINKS, _MAX_SENTENCE, _AHEAD = 400, 2000, 20
"""Links of a block, letters of a sentence, and links not met yet that are looked at: far above real ones."""
_Placed = tuple[Link, str]
_TITLE_WORD = 4


@dataclass(frozen=True)
class Named:
    """A dataset of the prose: its id or name, its role, and how and where it is named."""

    id: str
    role: Role
    how: How
    line: int
    quote: str
    on_hub: bool


def wanted_datasets(info: Mapping[str, object], card: Fetched | None) -> tuple[str, ...]:
    """The dataset ids that the Hub is asked about: the first MAX_DATASETS."""
    return all_wanted(info, card)[:MAX_DATASETS]


def all_wanted(info: Mapping[str, object], card: Fetched | None) -> tuple[str, ...]:
    """Every dataset id worth asking about, declared ones first, each once: case makes no other dataset."""
    declared = declared_datasets(info, card)
    told = beside(declared, in_prose(_card_of(card)))
    ids = (*declared, *(each.id for each in told if each.on_hub and each.role != "evaluation"))
    return tuple(dict.fromkeys(filter(is_model_id, ids)))


def declared_datasets(info: Mapping[str, object], card: Fetched | None) -> tuple[str, ...]:
    """The datasets of the metadata, each once in its first spelling; an address is the id in it."""
    found: dict[str, str] = {}
    for value in dataset_names(info, card):
        name = _REVISION.sub("", hub_dataset(value) or value)
        if name.lower() not in _NOTHING:
            found.setdefault(name.lower(), name)
    return tuple(found.values())


def in_prose(card: Card) -> tuple[Named, ...]:
    """The datasets that the prose links or names, each at its first place; a role that is told wins."""
    return CARDS.once(card, "datasets", lambda: _in_prose(card))


def _in_prose(card: Card) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    title = _title_words(card.title)
    for block in card.blocks:
        for each in _of_block(block, title):
            known = found.get(each.id.lower())
            if known is None or (known.role == "unknown" and each.role != "unknown"):
                found[each.id.lower()] = each
    return tuple(found.values())


def beside(declared: tuple[str, ...], told: tuple[Named, ...]) -> Iterator[Named]:
    """What the prose adds to the declared datasets: "the_pile" in the metadata is The Pile in a sentence."""
    known = {squashed for name in declared for squashed in (_squashed(name), _squashed(_last(name)))}
    for each in told:
        written = {each.quote} if each.how == "named" else set()
        if not {_squashed(name) for name in {each.id, _last(each.id), *written}} & known:
            yield each


def hub_dataset(url: str) -> str | None:
    """The id in the address of a dataset's page, or None; a picture kept in a dataset is none."""
    hit = _ON_HUB.match(url)
    if hit is None or _PICTURE.search(url):
        return None
    owner, _, rest = hit[1].rstrip(".").partition("/")
    name = f"{owner}/{rest}" if rest and rest.lower() not in _PLACES else owner
    return name if is_model_id(name) else None


def _card_of(card: Fetched | None) -> Card:
    if not isinstance(card, Raw):
        return Card()
    front = front_matter_of(card)
    return read_card(front.body, front.body_line)


def _of_block(block: Block, title: frozenset[str]) -> Iterator[Named]:
    links = tuple((link, name) for link in block.links[:_MAX_LINKS] if (name := hub_dataset(link.url)))
    for sentence in block.sentences():
        text = sentence.text[:_MAX_SENTENCE]
        here, links = _split(links, text)
        if not here and not corpora_in(text):
            continue
        role, own = _role(block, text), _is_ours(text, title)
        yield from (_linked(link, name, role) for link, name in here)
        if role == "training" and (own or _about_training(block)):
            yield from _corpora(text, sentence)
    yield from (_linked(link, name, _role(block, "")) for link, name in links)


def _split(links: tuple[_Placed, ...], text: str) -> tuple[tuple[_Placed, ...], tuple[_Placed, ...]]:
    """The next links that stand in this sentence, and the rest; both are in the order of the page."""
    ahead, later = links[:_AHEAD], links[_AHEAD:]
    here = tuple(each for each in ahead if (each[0].text or each[0].url) in text)
    return here, tuple(each for each in ahead if each not in here) + later


def _linked(link: Link, name: str, role: Role) -> Named:
    return Named(name, role, "linked", link.line, phrase(link.text or link.url), on_hub=True)


def _corpora(text: str, sentence: Sentence) -> Iterator[Named]:
    for written, corpus in corpora_in(text).items():
        yield Named(corpus.id, "training", "named", sentence.line, written, on_hub=corpus.hub is not None)


def _role(block: Block, sentence: str) -> Role:
    """What data was used for: the sentence says it, else the innermost heading that does."""
    if NEGATION.search(sentence) or _ASIDE.search(sentence):
        return "unknown"
    if _TRAINING.search(sentence) or _EVALUATION.search(sentence):
        return _role_of(sentence)
    told = (_role_of(title) for title in reversed(block.headings[1:] or block.headings))
    return next((role for role in told if role != "unknown"), "unknown")


def _role_of(text: str) -> Role:
    """The one role that words speak of; a text that speaks of both tells neither."""
    training, evaluation = _TRAINING.search(text), _EVALUATION.search(text)
    if bool(training) is bool(evaluation):
        return "unknown"
    return "training" if training else "evaluation"


def _about_training(block: Block) -> bool:
    return any(_role_of(title) == "training" for title in block.headings[1:])


def _is_ours(sentence: str, title: frozenset[str]) -> bool:
    """Whether a sentence says that it is about this model: in so many words, or by its name in the title."""
    return bool(_OURS.search(sentence) or title & set(re.findall(r"\w+", sentence.lower())))


def _title_words(title: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]\w*", title.lower())
    return frozenset(word for word in words if len(word) >= _TITLE_WORD and word not in {"model", "card"})


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _squashed(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()

"""Which datasets a page names, what each was used for, and how each can be had.

Four ways to name one: declared in the metadata, linked in the prose, a well-known corpus by its name, or in
published results. What serves evaluation never counts as information about training data (OSAID 1.0, Data
Information); a name alone is a name, and only a place that was asked and answered is found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from osaid_audit import licenses
from osaid_audit.gather.raw import Fetched, Gathered, Missed, Raw, Repository
from osaid_audit.gather.reading.card import Block, Card, read_card
from osaid_audit.gather.reading.corpora import corpora_in, words_of
from osaid_audit.gather.reading.page import Page
from osaid_audit.gather.reading.plan import (
    MAX_DATASETS,
    card_values,
    dataset_names,
    front_matter_of,
    tags_of,
    texts,
)
from osaid_audit.gather.reading.prose import phrase
from osaid_audit.gather.reading.sources import README, fact, of_file, of_reply
from osaid_audit.gather.reading.subject import is_model_id
from osaid_audit.gather.reading.things import evaluation_results
from osaid_audit.gather.reading.words import NEGATION
from osaid_audit.schema.base import Fact, Source
from osaid_audit.schema.dossier import Dataset

Role = Literal["training", "evaluation", "unknown"]
How = Literal["declared", "linked", "named", "results"]
Facts = Iterator[tuple[str, Fact]]
_ON_HUB = re.compile(
    r"(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co))?/datasets/([\w.-]{1,96}(?:/[\w.-]{1,96})?)",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)(?:[?#]|\Z)", re.IGNORECASE)
_PLACES = frozenset({"tree", "blob", "resolve", "raw", "viewer", "discussions"})
_HEDGE = re.compile(r"\b(?:unlike|instead of|rather than|compared|contrairement|plutôt que)\b", re.IGNORECASE)
_OPEN = frozenset({"osi", "open-not-osi"})


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
    declared = dataset_names(info, card)
    told = _beside(declared, in_prose(_card_of(card)))
    ids = (*declared, *(each.id for each in told if each.on_hub and each.role != "evaluation"))
    found: dict[str, str] = {}
    for name in filter(is_model_id, ids):
        found.setdefault(name.lower(), name)
    return tuple(found.values())


def in_prose(card: Card) -> tuple[Named, ...]:
    """The datasets that the prose links or names, each at its first place; a role that is told wins."""
    found: dict[str, Named] = {}
    for block in card.blocks:
        for each in (*_linked(block), *_corpora(block)):
            known = found.get(each.id)
            if known is None or (known.role == "unknown" and each.role != "unknown"):
                found[each.id] = each
    return tuple(found.values())


def datasets_of(gathered: Gathered, page: Page) -> tuple[Dataset, ...]:
    """Every dataset that the page names, with what the Hub said of it."""
    subject = gathered.subject
    declared = dataset_names(subject.info, subject.files.get(README))
    told = () if page.parent else _beside(declared, in_prose(page.card))
    rows = {name: _dataset(name, "training", "declared", gathered.datasets.get(name)) for name in declared}
    for each in told:
        asked = gathered.datasets.get(each.id) if each.on_hub else None
        rows.setdefault(each.id, _dataset(each.id, each.role, each.how, asked))
    for name in _evaluation_sets(subject.info):
        rows.setdefault(name, Dataset(id=name, role="evaluation", how="results"))
    return tuple(rows.values())


def dataset_facts(gathered: Gathered, page: Page) -> Facts:
    """What the datasets tell about the training data: those found, and those that are only named."""
    if page.parent:
        return
    rows = [each for each in datasets_of(gathered, page) if each.role == "training"]
    places = {each.id: each for each in in_prose(page.card)}
    declared = tuple(_declared_places(gathered.subject, page))
    found = [each for each in rows if each.found]
    if found:
        where = declared if any(each.how == "declared" for each in found) else ()
        where = (*where, *_places_of(page, places, (each.id for each in found)))
        if all(each.found is not None for each in rows if each.how == "declared"):
            yield fact("data.linked_datasets", len(found), "verified", *where[:8])
        yield fact("data.sources_listed", True, "stated", *where[:8])
    yield from named_corpora(page)


def named_corpora(page: Page) -> Facts:
    """That the prose names well-known corpora as training data."""
    named = [each for each in in_prose(page.card) if each.how == "named"]
    if named and page.raw is not None:
        places = (of_file(page.raw, each.line, each.quote) for each in named[:8])
        yield fact("data.corpora_named", True, "stated", *places)


def only_looked_for(info: Mapping[str, object], page: Page) -> frozenset[str]:
    """Ids that only our table of corpora gives: if the Hub has none, that is no dead link of the page."""
    named = {each.id for each in in_prose(page.card) if each.how == "named"}
    return frozenset(named - set(dataset_names(info, page.raw)))


def declares_datasets(repository: Repository, page: Page) -> tuple[Source, ...]:
    """Where a repository declares datasets in its metadata; empty when it declares none."""
    named = dataset_names(repository.info, repository.files.get(README))
    return tuple(_declared_places(repository, page)) if named else ()


def _card_of(card: Fetched | None) -> Card:
    if not isinstance(card, Raw):
        return Card()
    front = front_matter_of(card)
    return read_card(front.body, front.body_line)


def _beside(declared: tuple[str, ...], told: tuple[Named, ...]) -> Iterator[Named]:
    """What the prose adds to the declared datasets: "the_pile" in the metadata is The Pile in a sentence."""
    known = {squashed for name in declared for squashed in (_squashed(name), _squashed(_last(name)))}
    for each in told:
        written = {each.quote} if each.how == "named" else set()
        if not {_squashed(name) for name in {each.id, _last(each.id), *written}} & known:
            yield each


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _squashed(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _linked(block: Block) -> Iterator[Named]:
    for link in block.links:
        name = _hub_dataset(link.url)
        if name is not None:
            sentence = next(
                (each for each in block.sentences() if (link.text or link.url) in each.text), None
            )
            role = _role(block, sentence.text if sentence else block.text)
            yield Named(name, role, "linked", link.line, phrase(link.text or link.url), on_hub=True)


def _hub_dataset(url: str) -> str | None:
    hit = _ON_HUB.match(url)
    if hit is None:
        return None
    if _PICTURE.search(url):
        return None
    owner, _, rest = hit[1].rstrip(".").partition("/")
    name = f"{owner}/{rest}" if rest and rest.lower() not in _PLACES else owner
    return name if is_model_id(name) else None


def _corpora(block: Block) -> Iterator[Named]:
    for sentence in block.sentences():
        if NEGATION.search(sentence.text) or _HEDGE.search(sentence.text):
            continue
        role = _role(block, sentence.text)
        for written, corpus in corpora_in(sentence.text).items() if role == "training" else ():
            yield Named(corpus.id, role, "named", sentence.line, written, on_hub=corpus.hub is not None)


def _role(block: Block, sentence: str) -> Role:
    """What data was used for: the sentence says it, else the innermost heading that does."""
    said = _role_in(sentence)
    if said != "unknown":
        return said
    told = (_role_in(title) for title in reversed(block.headings[1:] or block.headings))
    return next((role for role in told if role != "unknown"), "unknown")


def _role_in(text: str) -> Role:
    training, evaluation = words_of("training").search(text), words_of("evaluation").search(text)
    if training and not evaluation:
        return "training"
    return "evaluation" if evaluation and not training else "unknown"


def _evaluation_sets(info: Mapping[str, object]) -> Iterator[str]:
    for result in evaluation_results(info):
        dataset = result.get("dataset")
        if isinstance(dataset, Mapping):
            yield from texts(dataset.get("type"))[:1]


def _declared_places(subject: Repository, page: Page) -> Iterator[Source]:
    if card_values(subject.info).get("datasets"):
        yield of_reply(subject, "/cardData/datasets")
    for entry in page.front.values("datasets") if page.raw else ():
        yield of_file(page.raw, entry.line, "datasets") if page.raw else Source()
    for at, tag in enumerate(tags_of(subject.info)):
        if tag.startswith("dataset:"):
            yield of_reply(subject, f"/tags/{at}", tag[:120])


def _places_of(page: Page, named: Mapping[str, Named], ids: Iterable[str]) -> tuple[Source, ...]:
    raw = page.raw
    if raw is None:
        return ()
    return tuple(of_file(raw, named[name].line, named[name].quote) for name in ids if name in named)


def _dataset(name: str, role: Role, how: How, answer: Repository | Missed | None) -> Dataset:
    if not isinstance(answer, Repository):
        gone = answer is not None and answer.state in {"absent", "not_found_or_private"} and how != "named"
        return Dataset(id=name, role=role, how=how, found=False if gone else None)
    named = texts(card_values(answer.info).get("license")) or tuple(
        tag.removeprefix("license:") for tag in tags_of(answer.info) if tag.startswith("license:")
    )
    classes = [each.cls for each in map(licenses.resolve, named) if each.cls is not None]
    cls = licenses.worst(classes)
    gated = answer.info.get("gated")
    shown = "no" if gated is False else gated if isinstance(gated, str) else None
    return Dataset(
        id=name,
        role=role,
        how=how,
        found=True,
        license=" AND ".join(dict.fromkeys(named)) or None,
        cls=cls,
        gated=shown,
        availability=_availability(shown, cls, everything_known=len(classes) == len(named)),
        described=_described(answer),
    )


def _availability(
    gated: str | None, cls: str | None, *, everything_known: bool
) -> Literal["open", "public", "obtainable"] | None:
    """The kinds of the OSAID FAQ: behind a gate it can be obtained, without one it is public, or open."""
    if gated is None:
        return None
    if gated != "no":
        return "obtainable"
    return "open" if cls in _OPEN and everything_known else "public"


def _described(answer: Repository) -> bool | None:
    """Whether a dataset has a card; unknown where its listing was not read whole."""
    if any(file.path == README for file in answer.listing):
        return True
    return False if answer.listing_complete else None

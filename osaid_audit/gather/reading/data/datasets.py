"""What the Hub says of the datasets that a page names, and what that tells about the training data.

What serves evaluation never counts as information about training data (OSAID 1.0, Data Information); only a
place that was asked and answered is found.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from osaid_audit import licenses
from osaid_audit.gather.raw import Gathered, Missed, Repository
from osaid_audit.gather.reading.data.datasetnames import How, Named, Role, beside, declared_datasets, in_prose
from osaid_audit.gather.reading.files.plan import card_values, tags_of, texts
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.repository.things import evaluation_results
from osaid_audit.gather.reading.sources import README, fact, of_file, of_reply
from osaid_audit.schema.base import Fact, Source
from osaid_audit.schema.dossier import Dataset

Facts = Iterator[tuple[str, Fact]]
_OPEN = frozenset({"osi", "open-not-osi"})


def datasets_of(gathered: Gathered, page: Page) -> tuple[Dataset, ...]:
    """Every dataset that the page names, with what the Hub said of it."""
    subject = gathered.subject
    declared = declared_datasets(subject.info, subject.files.get(README))
    told = () if page.parent else beside(declared, in_prose(page.card))
    answers = {name.lower(): answer for name, answer in gathered.datasets.items()}
    rows = {
        name.lower(): dataset_row(name, "training", "declared", answers.get(name.lower()))
        for name in declared
    }
    for each in told:
        asked = answers.get(each.id.lower()) if each.on_hub else None
        rows.setdefault(each.id.lower(), dataset_row(each.id, each.role, each.how, asked))
    for name in _evaluation_sets(subject.info):
        rows.setdefault(name.lower(), Dataset(id=name, role="evaluation", how="results"))
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
    yield from named_datasets(gathered.subject, page)


def named_datasets(repository: Repository, page: Page) -> Facts:
    """That a page names training datasets: declared, linked or as known corpora, found or not."""
    told = [each for each in in_prose(page.card) if each.role == "training"] if page.raw else []
    places = [of_file(page.raw, each.line, each.quote) for each in told if page.raw]
    places = [*declares_datasets(repository, page), *places]
    if places:
        yield fact("data.datasets_named", True, "stated", *places[:8])


def only_looked_for(info: Mapping[str, object], page: Page) -> frozenset[str]:
    """Ids that only our table of corpora gives: if the Hub has none, that is no dead link of the page."""
    named = {each.id for each in in_prose(page.card) if each.how == "named"}
    return frozenset(named - set(declared_datasets(info, page.raw)))


def declares_datasets(repository: Repository, page: Page) -> tuple[Source, ...]:
    """Where a repository declares datasets in its metadata; empty when it declares none."""
    named = declared_datasets(repository.info, repository.files.get(README))
    return tuple(_declared_places(repository, page)) if named else ()


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


def dataset_row(name: str, role: Role, how: How | None, answer: Repository | Missed | None) -> Dataset:
    """One dataset with what its info reply says; without a reply it is neither found nor missing."""
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

"""Facts from what is told: the prose of the card, its links, and the datasets it declares."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from osaid_audit import licenses
from osaid_audit.gather.raw import Gathered, Missed, Repository
from osaid_audit.gather.reading.page import Page, read_page
from osaid_audit.gather.reading.plan import card_values, dataset_names, tags_of, texts
from osaid_audit.gather.reading.prose import statements, word_count
from osaid_audit.gather.reading.sources import README, fact, of_file, of_reply
from osaid_audit.gather.reading.things import evaluation_results
from osaid_audit.schema.base import Fact, Source
from osaid_audit.schema.dossier import Dataset

Facts = Iterator[tuple[str, Fact]]
_PAPER = re.compile(
    r"arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/\d|hf\.co/papers/\d|doi\.org/10\.\d"
    r"|aclanthology\.org/"
    r"|aclweb\.org/anthology|openreview\.net/(?:forum|pdf)|papers\.nips\.cc|proceedings\.(?:mlr|neurips)"
    r"|biorxiv\.org/content",
    re.IGNORECASE,
)
_REPORT = re.compile(r"\b(?:technical|tech) report\b|\brapport technique\b", re.IGNORECASE)
_DATA_CARD = re.compile(r"\b(?:data(?:set)? ?cards?|data ?sheets?|fiche de données)\b", re.IGNORECASE)
_PROSE_WORDS = 20
_LINE_END = re.compile(r"\r\n|\r|\n")
_REFUSED = frozenset({"data.withheld", "code.training_withheld"})
INHERITED = (
    "data.described",
    "data.sources_listed",
    "data.processing_described",
    "data.withheld",
    "code.training_withheld",
)


def told_facts(gathered: Gathered, page: Page) -> Facts:
    """What the publisher says. Text copied from the parent's card speaks of the parent and gives nothing."""
    subject = gathered.subject
    if page.raw is not None:
        yield from _documents(subject, page)
        if not page.parent:
            yield from _own_prose(page)
            yield from _links(page)
    yield from _datasets(gathered, page)


def layer_of(base: Repository) -> dict[str, Fact]:
    """What a base tells about itself; nothing from an unread language or a copied card."""
    page = read_page(base)
    told = dict(_own_prose(page)) if not page.parent else {}
    if dataset_names(base.info, base.files.get(README)):
        told.update([fact("data.sources_listed", True, "stated", *_dataset_places(base, page))])
    return told


def _own_prose(page: Page) -> Facts:
    if page.raw is None or not page.language:
        return
    lines = _LINE_END.split(page.raw.body.decode("utf-8", errors="replace"))
    for said in statements(page.card):
        quoted = "".join(lines[said.line - 1 : said.line]).lstrip().startswith(">")
        if not (quoted and said.fact in _REFUSED):
            yield fact(said.fact, True, "stated", of_file(page.raw, said.line, said.quote))


def _documents(subject: Repository, page: Page) -> Facts:
    if page.raw is None:
        return
    words = 0
    for block in page.card.blocks:
        words += word_count(block.text)
        if words >= _PROSE_WORDS:
            yield fact("documents.model_card", True, "verified", of_file(page.raw, page.card.blocks[0].line))
            break
    papers = [tag for tag in tags_of(subject.info) if tag.startswith(("arxiv:", "doi:"))]
    if papers and not page.parent:
        yield fact("documents.paper", True, "stated", of_reply(subject, "/tags", papers[0]))


def _links(page: Page) -> Facts:
    if page.raw is None:
        return
    seen: set[str] = set()
    for link in page.card.links():
        for name, hit in (
            ("documents.paper", _PAPER.search(link.url)),
            ("documents.report", _REPORT.search(link.text)),
            ("documents.data_card", _DATA_CARD.search(link.text)),
        ):
            if hit and "://" in link.url and name not in seen:
                seen.add(name)
                yield fact(name, True, "stated", of_file(page.raw, link.line, (link.text or link.url)[:120]))


def _datasets(gathered: Gathered, page: Page) -> Facts:
    subject = gathered.subject
    listed = [each for each in datasets_of(gathered) if each.role == "training"]
    found = [each for each in listed if each.found]
    if not found or page.parent:
        return
    places = tuple(_dataset_places(subject, page))
    if all(each.found is not None for each in listed):
        yield fact("data.linked_datasets", len(found), "verified", *places)
    yield fact("data.sources_listed", True, "stated", *places)


def _dataset_places(subject: Repository, page: Page) -> Iterator[Source]:
    if card_values(subject.info).get("datasets"):
        yield of_reply(subject, "/cardData/datasets")
    for entry in page.front.values("datasets") if page.raw else ():
        yield of_file(page.raw, entry.line, "datasets") if page.raw else Source()
    for at, tag in enumerate(tags_of(subject.info)):
        if tag.startswith("dataset:"):
            yield of_reply(subject, f"/tags/{at}", tag[:120])


def datasets_of(gathered: Gathered) -> tuple[Dataset, ...]:
    """Every dataset the page names: declared ones (training), and those of the model index (evaluation)."""
    subject = gathered.subject
    declared = dataset_names(subject.info, subject.files.get(README))
    evaluated = dict.fromkeys(_evaluation_sets(subject.info))
    return (
        *(_dataset(name, "training", gathered.datasets.get(name)) for name in declared),
        *(Dataset(id=name, role="evaluation") for name in evaluated if name not in declared),
    )


def _evaluation_sets(info: Mapping[str, object]) -> Iterator[str]:
    for result in evaluation_results(info):
        dataset = result.get("dataset")
        if isinstance(dataset, Mapping):
            yield from texts(dataset.get("type"))[:1]


def _dataset(name: str, role: Literal["training"], answer: Repository | Missed | None) -> Dataset:
    if not isinstance(answer, Repository):
        gone = answer is not None and answer.state in {"absent", "not_found_or_private"}
        return Dataset(id=name, role=role, found=False if gone else None)
    tagged = [tag.removeprefix("license:") for tag in tags_of(answer.info) if tag.startswith("license:")]
    named = texts(card_values(answer.info).get("license")) or tuple(tagged)
    resolved = [licenses.resolve(value) for value in named]
    gated = answer.info.get("gated")
    return Dataset(
        id=name,
        role=role,
        found=True,
        license=" AND ".join(dict.fromkeys(named)) or None,
        cls=licenses.worst([each.cls for each in resolved if each.cls is not None]),
        gated="no" if gated is False else gated if isinstance(gated, str) else None,
    )

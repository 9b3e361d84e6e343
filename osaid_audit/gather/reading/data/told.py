"""Facts from what is told: the prose of the card, its links, and the datasets it declares."""

import re
from collections.abc import Iterator
from dataclasses import replace

from osaid_audit.gather.raw import Gathered, Repository
from osaid_audit.gather.reading.data.datasets import dataset_facts, declares_datasets, named_datasets
from osaid_audit.gather.reading.files.plan import tags_of
from osaid_audit.gather.reading.prose.claims import statements, word_count
from osaid_audit.gather.reading.prose.handed_out import FOUND
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import fact, of_file, of_reply
from osaid_audit.resources import Pattern
from osaid_audit.schema.base import Fact

Facts = Iterator[tuple[str, Fact]]
_PAPER = re.compile(
    r"arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/\d|hf\.co/papers/\d|doi\.org/10\.\d"
    r"|aclanthology\.org/"
    r"|aclweb\.org/anthology|openreview\.net/(?:forum|pdf)|papers\.nips\.cc|proceedings\.(?:mlr|neurips)"
    r"|biorxiv\.org/content",
    re.IGNORECASE,
)
_REPORT = Pattern("data", "report")
_DATA_CARD = Pattern("data", "data_card")
_PROSE_WORDS = 20
_LINE_END = re.compile(r"\r\n|\r|\n")
REFUSED = frozenset(
    {"data.withheld", "code.training_withheld", "data.not_released", "data.unshareable_reason"}
)
"""What is kept back, wherever it is said: a refusal of any layer holds for the whole."""
_UNQUOTED = REFUSED | frozenset(FOUND.values())
INHERITED = (
    "data.described",
    "data.sources_listed",
    "data.datasets_named",
    "data.processing_described",
    "data.released",
    *sorted(REFUSED),
)


def told_facts(gathered: Gathered, page: Page, others: frozenset[str] = frozenset()) -> Facts:
    """What the publisher says. Text copied from the parent's card speaks of the parent and gives nothing.

    `others` are the blocks of text on the pages of the models behind this one.
    """
    subject = gathered.subject
    if page.raw is not None:
        yield from _documents(subject, page)
        yield from _own_prose(page, others)
        if not page.parent:
            yield from _links(page)
    yield from dataset_facts(gathered, _in_own_words(page, others))


def layer_of(base: Repository, page: Page, others: frozenset[str]) -> dict[str, Fact]:
    """What a base tells about itself; nothing from an unread language or a copied card."""
    own = _in_own_words(page, others)
    told = dict(_own_prose(page, others))
    declared = declares_datasets(base, page)
    if declared:
        told.update([fact("data.sources_listed", True, "stated", *declared)])
    if not page.parent:
        told.update(named_datasets(base, own))
    return told


def _in_own_words(page: Page, others: frozenset[str]) -> Page:
    """The page without the blocks that stand word for word on another model's page."""
    blocks = tuple(each for each in page.card.blocks if each.text not in others)
    same = blocks == page.card.blocks
    return page if same else replace(page, card=replace(page.card, blocks=blocks))


def _own_prose(page: Page, others: frozenset[str]) -> Facts:
    """What the prose states: a refusal wherever it stands, anything else in blocks of its own words.

    A page that speaks of the parent, whose card it copies, states nothing else of its own.
    """
    if page.raw is None or not page.language:
        return
    lines = _LINE_END.split(page.raw.body.decode("utf-8", errors="replace"))
    whole = statements(page.card)
    card = _in_own_words(page, others).card
    own = () if page.parent else whole if card is page.card else statements(card)
    refused = [said for said in whole if said.fact in REFUSED]
    for said in (*refused, *(said for said in own if said.fact not in REFUSED)):
        quoted = "".join(lines[said.line - 1 : said.line]).lstrip().startswith(">")
        if not (quoted and said.fact in _UNQUOTED):
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

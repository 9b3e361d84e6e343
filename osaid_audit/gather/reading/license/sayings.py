"""What prose says about the license, as statements: sentences of the card and of notices."""

from collections.abc import Iterator

from osaid_audit import licenses
from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.files.termsfiles import covers_of, terms_files, terms_role, weight_folders
from osaid_audit.gather.reading.prose.card import Card, read_card
from osaid_audit.gather.reading.prose.licensetexts import readable_text
from osaid_audit.gather.reading.prose.terms import Term, read_terms
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import of_file
from osaid_audit.schema.licenses import RESTRICTED, Identification, Statement


def notices(repository: Repository) -> Iterator[tuple[Raw, str]]:
    """The notices of a repository as text, those that govern other things than the weights left out."""
    holding = weight_folders(repository.listing)
    for file in terms_files(repository.listing):
        fetched = repository.files.get(file.path)
        about_weights = covers_of(file.path, holding) == "weights"
        if terms_role(file.path) == "notice" and isinstance(fetched, Raw) and about_weights:
            text = readable_text(fetched.body)
            if text is not None:
                yield fetched, text


def prose_statements(repository: Repository, page: Page) -> Iterator[Statement]:
    """Prose of the card and of notices. A copied card may restrict, as its terms pass on, never open."""
    if page.raw is not None and page.language:
        for term in read_terms(page.card).stated:
            if not page.parent or _restricts(term):
                yield _term(term, page.raw)
    for raw, text in notices(repository):
        yield from (_term(term, raw) for term in read_terms(read_card(text), all_terms=True).stated)


def card_statements(card: Card, raw: Raw) -> Iterator[Statement]:
    """Prose of a card that is not the README."""
    yield from (_term(term, raw) for term in read_terms(card).stated)


def _restricts(term: Term) -> bool:
    return bool(term.leads or term.name) or (
        term.license_id is not None and licenses.resolve(term.license_id).cls in RESTRICTED
    )


def _term(term: Term, raw: Raw) -> Statement:
    text = Identification(match="unknown", leads=term.leads) if term.leads else None
    if term.name:
        text = Identification(match="mention", name=term.name)
    return Statement(
        role="prose",
        value=term.license_id or term.name or term.quote,
        source=of_file(raw, term.line, term.quote),
        text=text,
        covers=term.covers,
        stands_in=raw.stands_in,
    )

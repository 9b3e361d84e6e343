"""What cards beside README.md say about the license: a translation, another spelling, a component's own.

The Hub reads README.md alone, so these declare nothing: they may restrict, and never open.
"""

from collections.abc import Iterator

from osaid_audit import licenses
from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.files.listing import component_of, components
from osaid_audit.gather.reading.files.plan import texts
from osaid_audit.gather.reading.files.termsfiles import side_cards, speaks_for_model
from osaid_audit.gather.reading.license.sayings import card_statements
from osaid_audit.gather.reading.prose.card import read_card
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.prose.frontmatter import Entry, FrontMatter, read_front_matter
from osaid_audit.gather.reading.prose.language import is_read
from osaid_audit.gather.reading.prose.terms import read_terms
from osaid_audit.gather.reading.repository.keys import KEYS, key_meant, not_understood, said_in
from osaid_audit.gather.reading.sources import of_file, of_listed
from osaid_audit.schema.base import Source
from osaid_audit.schema.licenses import Identification, Statement

_SAYING = frozenset({"license", "license_name"})


def side_statements(repository: Repository, main: FrontMatter) -> Iterator[Statement]:
    """What every side card adds to the README's front matter (`main`); one that was not read is told too."""
    known = frozenset(components(repository.listing))
    said = said_in(main)
    for file in side_cards(repository.listing):
        fetched = repository.files.get(file.path)
        part = component_of(file.path, known)
        if not isinstance(fetched, Raw):
            yield _unread(file.path, of_listed(repository, file), part)
            continue
        for statement in _of_card(fetched, said):
            yield statement.model_copy(update={"component": part, "stands_in": fetched.stands_in})


def _of_card(raw: Raw, said: frozenset[str]) -> Iterator[Statement]:
    front = read_front_matter(raw.body)
    card = read_card(front.body, front.body_line)
    language = is_read(card)
    if not front.readable or not_understood(raw):
        yield _unread(raw.what, of_file(raw), "")
    for entry in (*front.entries, *front.misplaced):
        if entry.key in _SAYING or key_meant(entry.key):
            values = (value for value in texts(entry.value) if value not in said)
            yield from (_keyed(raw, entry, value) for value in values)
    if not language or read_terms(card).unread:
        # It says nothing that is understood, and is enough to rule out that nothing is said.
        yield Statement(role="prose", value=raw.what, source=of_file(raw))
    if language:
        yield from card_statements(card, raw)


def _keyed(raw: Raw, entry: Entry, value: str) -> Statement:
    """A license key. One that nobody knows, or of a card that may be an old one, only asks for a reader."""
    found = licenses.resolve(value)
    plain = found.known and not found.vague and speaks_for_model(raw.what) and entry.key in KEYS
    return Statement(
        role="prose",
        value=value[:500],
        source=of_file(raw, entry.line, phrase(f"{entry.key}: {value}")),
        text=None if plain else Identification(match="mention", name=phrase(value)),
    )


def _unread(path: str, source: Source, part: str) -> Statement:
    return Statement(role="prose", value=path, source=source, read=False, component=part)

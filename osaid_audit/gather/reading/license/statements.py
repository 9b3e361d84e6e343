"""Everything that is said about the license of one repository, side by side, and how far was searched."""

from collections.abc import Iterator, Mapping
from typing import Any

from osaid_audit import licenses
from osaid_audit.gather.raw import Fetched, Raw, Repository
from osaid_audit.gather.reading.files.listing import component_of, components
from osaid_audit.gather.reading.files.plan import (
    MAX_LINKS,
    base_names,
    card_values,
    license_links,
    tags_of,
)
from osaid_audit.gather.reading.files.termsfiles import (
    covers_of,
    terms_files,
    terms_role,
    unread_terms,
    weight_folders,
)
from osaid_audit.gather.reading.license.gates import gate_statements
from osaid_audit.gather.reading.license.sayings import notices, prose_statements
from osaid_audit.gather.reading.license.sidecards import side_statements
from osaid_audit.gather.reading.license.weightnotes import weight_statements
from osaid_audit.gather.reading.prose.card import read_card
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.prose.grants import may_grant
from osaid_audit.gather.reading.prose.licensetexts import identified
from osaid_audit.gather.reading.prose.terms import read_terms
from osaid_audit.gather.reading.repository.keys import key_meant
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import README, escape, of_file, of_listed, of_reply
from osaid_audit.schema.base import Source
from osaid_audit.schema.licenses import Conclusion, Covers, Role, Search, Statement

_KEYS: tuple[tuple[str, Role], ...] = (
    ("license", "declared"),
    ("license_name", "name"),
    ("license_link", "link"),
)
_DEEP = 6
"""Lists within lists that are looked into; what lies deeper is somebody's to read."""
_GRANTS: frozenset[Role] = frozenset({"declared", "name", "link", "tag", "header", "file", "gate", "prose"})


def conclusion_of(repository: Repository, page: Page) -> Conclusion:
    """What all that is said about the license of a repository adds up to."""
    statements = statements_of(repository, page)
    return licenses.conclude(statements, _search(repository, page, statements))


def statements_of(repository: Repository, page: Page) -> tuple[Statement, ...]:
    """Every statement with its place: reply, front matter, files, links, gate prompt, prose."""
    found = (
        *_declared(repository, page),
        *_tags(repository, page),
        *weight_statements(repository),
        *_files(repository),
        *gate_statements(repository, page),
        *_misplaced(page),
        *prose_statements(repository, page),
        *side_statements(repository, page.front),
    )
    return tuple(dict.fromkeys(found))


def _search(repository: Repository, page: Page, statements: tuple[Statement, ...]) -> Search:
    granting = any(each.role in _GRANTS and each.covers == "weights" for each in statements)
    searched = page.known and page.language and (granting or not _unread_words(repository, page))
    return Search(
        card_parsed=page.parsed,
        card_language_read=page.language,
        prose_searched=searched,
        listing_complete=repository.listing_complete,
        problem_pending=not card_is_known(repository),
        base_declared=bool(base_names(repository.info, repository.files.get(README))),
        sources=_places(repository, page),
    )


def card_is_known(repository: Repository) -> bool:
    """Whether gate and declared values were shown: a reply without any card data hides them."""
    return (
        "cardData" in repository.info
        or isinstance(repository.files.get(README), Raw)
        or not _has_card(repository)
    )


def _has_card(repository: Repository) -> bool:
    return not repository.listing_complete or any(file.path == README for file in repository.listing)


def _places(repository: Repository, page: Page) -> tuple[Source, ...]:
    places = [of_reply(repository, "/siblings")]
    if page.raw is not None:
        places.append(of_file(page.raw))
    return tuple(places)


def _unread_words(repository: Repository, page: Page) -> bool:
    """Words that may carry terms, or a base named where the Hub does not look: nothing is ruled out then."""
    if any(entry.key == "base_model" for entry in page.front.misplaced):
        return True
    if may_grant(page.card) or not page.is_surely_read():
        return True
    if read_terms(page.card).unread or (page.parent and read_terms(page.card).stated):
        return True
    return any(read_terms(read_card(text), all_terms=True).unread for _, text in notices(repository))


def _declared(repository: Repository, page: Page) -> Iterator[Statement]:
    """Keys of the reply's card data and of the front matter, the reply first."""
    data = card_values(repository.info)
    for key, role in _KEYS:
        for step, value in _members(data.get(key)):
            source = of_reply(repository, f"/cardData/{key}{step}", phrase(value))
            said = _said(repository, role, value, source)
            yield said.model_copy(update={"unconfirmed": not _stands_in_card(page, key)})
        for entry in page.front.values(key) if page.raw else ():
            for _, value in _members(entry.value):
                said = _said(repository, role, value, _front(page, entry.line, f"{key}: {value}"))
                yield _as_read_in(page.raw, said)
    for key in sorted(key for key in data if key_meant(key)):
        for step, value in _members(data[key]):
            source = of_reply(repository, f"/cardData/{escape(key)}{step}", phrase(f"{key}: {value}"))
            yield Statement(role="misspelt", value=value, source=source)
    for entry in page.front.entries if page.raw else ():
        if key_meant(entry.key):
            for _, value in _members(entry.value):
                source = _front(page, entry.line, f"{entry.key}: {value}")
                yield Statement(role="misspelt", value=value, source=source)


def _stands_in_card(page: Page, key: str) -> bool:
    """Whether the card bears out what the reply says of it, or was not read: then all waits for it anyway."""
    return not page.known or bool(page.front.values(key))


def _as_read_in(raw: Raw | None, said: Statement) -> Statement:
    """What stands in a copy from elsewhere is no more than a copy itself."""
    return said.model_copy(update={"stands_in": True}) if _is_copy(raw) else said


def _front(page: Page, line: int, quote: str) -> Source:
    return of_file(page.raw, line, phrase(quote)) if page.raw else Source()


def _members(value: Any, deep: int = _DEEP) -> Iterator[tuple[str, str]]:
    """The texts of a value with their JSON pointer steps; what is no text is shown as it is."""
    if isinstance(value, list) and not deep:
        yield "", "[…]"
    elif isinstance(value, list):
        for at, member in enumerate(value[:50]):
            yield from ((f"/{at}{step}", text) for step, text in _members(member, deep - 1))
    elif isinstance(value, Mapping):
        yield "", f"{{{', '.join(sorted(map(str, value)))}}}"[:200]
    elif value is not None and str(value).strip():
        yield "", str(value).strip()[:500]


def _said(repository: Repository, role: Role, value: str, source: Source) -> Statement:
    if role != "link":
        return Statement(role=role, value=value, source=source)
    fetched = _behind(repository, value)
    text = identified(fetched)
    return Statement(
        role="link",
        value=value,
        source=source,
        read=text is not None,
        text=text,
        stands_in=_is_copy(fetched),
    )


def _is_copy(fetched: Fetched | None) -> bool:
    return isinstance(fetched, Raw) and fetched.stands_in


def _behind(repository: Repository, link: str) -> Fetched | None:
    """What was read behind a link; a path of the repository is that file."""
    path = link.removeprefix("./")
    if (
        link in license_links(repository.info, repository.files.get(README))[:MAX_LINKS]
        and link in repository.links
    ):
        return repository.links[link]
    return repository.files.get(path)


def _tags(repository: Repository, page: Page) -> Iterator[Statement]:
    alone = not _stands_in_card(page, "license")
    for at, tag in enumerate(tags_of(repository.info)):
        value = tag.removeprefix("license:")
        if value != tag and value:
            source = of_reply(repository, f"/tags/{at}", phrase(tag))
            yield Statement(role="tag", value=value, source=source, unconfirmed=alone)


def code_statements(repository: Repository) -> tuple[Statement, ...]:
    """The license files of the repository that are about its code alone, read or not."""
    return tuple(each for each in _files(repository, "code") if each.role == "file")


def _files(repository: Repository, only: Covers | None = None) -> Iterator[Statement]:
    known, holding = frozenset(components(repository.listing)), weight_folders(repository.listing)
    refused = {file.path for file, _ in unread_terms(repository.listing)}
    for file in terms_files(repository.listing):
        covers = covers_of(file.path, holding)
        if only not in {None, covers}:
            continue
        fetched = None if file.path in refused else repository.files.get(file.path)
        role: Role = "policy" if terms_role(file.path) == "policy" else "file"
        text = identified(fetched)
        empty = isinstance(fetched, Raw) and not fetched.body.strip()
        if empty:
            continue
        yield Statement(
            role=role,
            value=file.path,
            source=of_file(fetched) if isinstance(fetched, Raw) else of_listed(repository, file),
            read=text is not None,
            text=text,
            component=component_of(file.path, known),
            covers=covers,
            stands_in=_is_copy(fetched),
        )


def _misplaced(page: Page) -> Iterator[Statement]:
    """License keys of a block the Hub ignores: words on the page, which restrict but open nothing.

    Where the page speaks of a parent only a restriction passes on; the rest stays a lead.
    """
    for entry in page.front.misplaced if page.raw else ():
        named = key_meant(entry.key) or entry.key in {key for key, _ in _KEYS}
        for _, value in _members(entry.value) if named and page.raw else ():
            speaks = not page.parent or licenses.resolve(value).restricted
            yield Statement(
                role="prose" if speaks else "misspelt",
                value=value,
                source=_front(page, entry.line, f"{entry.key}: {value}"),
                stands_in=_is_copy(page.raw),
            )

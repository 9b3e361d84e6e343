"""The card's keys about the license, and what somebody meant who spelt one of them otherwise."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.files.plan import front_matter_of, texts
from osaid_audit.gather.reading.files.termsfiles import side_cards
from osaid_audit.gather.reading.prose.card import read_card
from osaid_audit.gather.reading.prose.frontmatter import Entry, FrontMatter, read_front_matter
from osaid_audit.gather.reading.prose.language import is_read
from osaid_audit.gather.reading.sources import README
from osaid_audit.gather.reading.words import FOREIGN_TERMS, LICENSE_KEY, word_set

LicenseKey = Literal["license", "license_name", "license_link"]
KEYS: frozenset[LicenseKey] = frozenset({"license", "license_name", "license_link"})
_SECOND: dict[str, LicenseKey] = {
    "name": "license_name",
    "link": "license_link",
    "url": "license_link",
    "file": "license_link",
}
_OWNER = word_set("model weights weight the repo card")
_SILENT = word_set("id type s spdx identifier info")
_SPLIT = re.compile(r"[\s_./:+-]+")


def key_meant(key: str) -> LicenseKey | None:
    """The license key that was meant by another spelling; None for a right key and for any other one."""
    if key in KEYS or len(key) > 40:  # noqa: PLR2004 - longer is no key
        return None
    words = [word for word in _SPLIT.split(unicodedata.normalize("NFKC", key).strip().lower()) if word]
    while words and words[0] in _OWNER:
        del words[0]
    if not words:
        return None
    head, *rest = words
    joined = next(
        (name for name in _SECOND if head.endswith(name) and head.removesuffix(name) in LICENSE_KEY), None
    )
    if joined is not None:
        head, rest = head.removesuffix(joined), [joined, *rest]
    if head not in LICENSE_KEY:
        return None
    if not rest or rest[0] in _SILENT:
        return "license"
    return _SECOND.get(rest[0])


def said_in(front: FrontMatter) -> frozenset[str]:
    """Every value that a card gives under one of the keys."""
    return frozenset(text for key in KEYS for entry in front.values(key) for text in texts(entry.value))


def misspelt(repository: Repository) -> Iterator[tuple[Entry, LicenseKey]]:
    """The keys of the README that are another spelling, with the key that was meant."""
    for entry in front_matter_of(repository.files.get(README)).entries:
        meant = key_meant(entry.key)
        if meant is not None:
            yield entry, meant


def said_elsewhere(repository: Repository) -> Iterator[tuple[Raw, Entry]]:
    """Licenses named in the front matter of a card that the Hub does not read, and not in the README's."""
    said = said_in(front_matter_of(repository.files.get(README)))
    for file in side_cards(repository.listing):
        fetched = repository.files.get(file.path)
        for entry in read_front_matter(fetched.body).entries if isinstance(fetched, Raw) else ():
            named = entry.key in KEYS or key_meant(entry.key)
            if named and isinstance(fetched, Raw) and not said.issuperset(texts(entry.value)):
                yield fetched, entry


def not_understood(raw: Raw) -> bool:
    """Whether a card speaks of terms in a language that is not read."""
    front = read_front_matter(raw.body)
    card = read_card(front.body, front.body_line)
    return not is_read(card) and any(FOREIGN_TERMS.search(block.text) for block in card.blocks)

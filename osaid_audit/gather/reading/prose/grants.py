"""Words that might grant something: while one stands on a page, nobody can say that nothing is granted.

The list errs on the long side on purpose: a hit never makes a conclusion, it only keeps an absence open.
"""

import re
from collections.abc import Iterator

from osaid_audit import licenses
from osaid_audit.gather.reading.prose.about import folded
from osaid_audit.gather.reading.prose.card import Card
from osaid_audit.gather.reading.words import GRANTS, TERMS_WORD, word_set

_ID = re.compile(
    r"(?<![\w./-])(?:[A-Z][A-Z0-9]{2,11}|[A-Za-z0-9]{2,20}(?:-[A-Za-z0-9.]{1,20}){1,4})(?![\w/-])"
)
_ORDINARY = word_set("json tcl ntp w3c mit-press xpp icu ijg")
_MAX_TOKENS = 400


def may_grant(card: Card) -> bool:
    """Whether any word, name, badge or address of a page may be a grant."""
    return any(_grants(folded(text)) for text in _texts(card)) or any(
        licenses.resolve_link(link.url).known for link in card.links()
    )


def _texts(card: Card) -> Iterator[str]:
    for block in card.blocks:
        yield block.text
        yield from (image.text for image in block.images)
    yield from (title for _, title in card.headings)


def _grants(text: str) -> bool:
    if GRANTS.search(text) or TERMS_WORD.search(text):
        return True
    tokens = list(dict.fromkeys(_ID.findall(text)))[:_MAX_TOKENS]
    return any(token.lower() not in _ORDINARY and licenses.lookup(token) for token in tokens)

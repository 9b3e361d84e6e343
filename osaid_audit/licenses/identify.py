"""Which license is this text? Exact means word for word; everything else is unknown or a mere mention."""

import re
from collections.abc import Iterator

from osaid_audit.licenses import fingerprint, table
from osaid_audit.licenses.clauses import MAX_TEXT, find_clauses
from osaid_audit.licenses.mentions import find_mentions
from osaid_audit.licenses.normalise import Words, lines
from osaid_audit.schema.licenses import Identification

_MAX_TITLE_LINES = 4
_MAX_TITLE_WORDS = 12
_TITLE_WORDS = frozenset(
    {"the", "a", "of", "license", "licenses", "version", "v", "terms", "agreement", "text", "full", "public"}
    | {"general", "copyright", "notice", "file", "software", "model", "community", "open", "source", "http"}
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)


def identify(text: str) -> Identification:
    """What a license text is: `exact` with its id, `mention` of one, or `unknown`, with leads.

    Only the first 300 kB are searched for leads, and a longer text is never exact.
    """
    exact = _exact(text) if len(text) <= MAX_TEXT else None
    if exact is not None:
        return _known(exact)
    leads = tuple(dict.fromkeys(hit.id for hit in find_clauses(text)))
    named = next(iter(find_mentions(text)), None)
    if named is None:
        return Identification(match="unknown", leads=leads)
    row = table.entry(named.id)
    return Identification(match="mention", id=named.id, name=row.title if row else None, leads=leads)


def _known(license_id: str) -> Identification:
    row = table.entry(license_id)
    if row is None:
        return Identification(match="unknown")
    return Identification(
        match="exact",
        id=row.id,
        name=row.title,
        similarity=1.0,
        osi_approved=row.osi_approved,
        cls=row.cls,
        clauses=row.clause_ids,
        breaks=row.breaks,
    )


def _exact(text: str) -> str | None:
    """The id of the license whose words these are, title lines at the front apart."""
    own = lines(text)
    for body, title in _bodies(own):
        if len(body) not in fingerprint.lengths():
            continue
        found = fingerprint.variants().get(fingerprint.digest(body), ())
        ids = {variant.id for variant in found if is_title_of(title, variant.id)}
        if len(ids) == 1:
            return ids.pop()
    return None


def _bodies(own: tuple[Words, ...]) -> Iterator[tuple[Words, tuple[Words, ...]]]:
    """The text without its first lines, none to four of them, and the lines left out."""
    for count in range(min(_MAX_TITLE_LINES, len(own)) + 1):
        title = own[:count]
        if any(len(line) > _MAX_TITLE_WORDS for line in title):
            return
        yield tuple(word for line in own[count:] for word in line), title


def is_title_of(title: tuple[Words, ...], license_id: str) -> bool:
    """Whether every word above the text belongs to the license's own names.

    "Modified MIT" or "Academic MIT" is no title of MIT.
    """
    row = table.entry(license_id)
    if row is None or not title:
        return row is not None
    named = " ".join((row.id, row.title, *row.hub_ids, *row.aliases, *row.stands_for, *row.links)).lower()
    allowed = _TITLE_WORDS | set(re.findall(r"[^\W_]+", named))
    return all(word in allowed or word.isdigit() for line in title for word in line)

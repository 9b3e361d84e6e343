"""What is said about sources and facts: where, the words quoted there, and where a link may lead."""

import re

from osaid_audit.render.safe import LONGEST_NAME, http_url, plain
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FactValue, Source

_ENGLISH = frozenset(
    {"the", "of", "and", "to", "in", "is", "for", "not", "you", "or", "any", "this", "that", "with"}
)
_FRENCH = frozenset(
    {"le", "la", "les", "des", "du", "de", "et", "pour", "ne", "pas", "vous", "une", "est", "dans"}
)
_BLOB = "/blob/"
_FILES = "file list"
_RAW = re.compile(r"(?P<before>[^?#]+)/resolve/(?P<after>[0-9a-f]{40}/[^?#]+)")


def place(words: Words, source: Source) -> str:
    """Where a source is, as short as it can be said."""
    path = plain(source.path or _page(words, source))
    if source.line is not None:
        return words("place.line", path=path, line=source.line)
    if source.pointer:
        return words("place.pointer", path=path, pointer=plain(source.pointer))
    return path


def _page(words: Words, source: Source) -> str:
    if source.pointer:
        return words("place.reply")
    return (source.url or words("place.unknown")).removeprefix("https://")


def link(source: Source) -> str | None:
    """The address of a source, at its line where the page can show one; None when no link may lead there.

    A file read from a Hub through `/resolve/` is shown by it, at the same commit, under `/blob/`.
    """
    url = http_url(source.url)
    if not url or source.line is None or "#" in url:
        return url
    raw = _RAW.fullmatch(url)
    if raw:
        shown = "?code=true" if url.lower().endswith(".md") else ""
        return f"{raw['before']}{_BLOB}{raw['after']}{shown}#L{source.line}"
    return f"{url}#L{source.line}" if _BLOB in url else url


def called(words: Words, what: str) -> str:
    """The name of what could not be read; "file list" is no file but the repository's own list."""
    return words("file.list") if what == _FILES else plain(what)


def quote(words: Words, text: str) -> str:
    """A quotation in the marks of the reader's language."""
    return words("quote", quote=plain(text))


def language(text: str) -> str:
    """`en` or `fr` when the small words of a quotation tell; else empty, which means unknown in HTML."""
    found = set(text[:LONGEST_NAME].lower().split())
    english, french = len(found & _ENGLISH), len(found & _FRENCH)
    if english == french:
        return ""
    return "en" if english > french else "fr"


def value(words: Words, fact: FactValue) -> str:
    """The value of a fact."""
    if isinstance(fact, bool):
        return words("value.true" if fact else "value.false")
    if isinstance(fact, tuple):
        return plain(", ".join(fact)) or words("value.none")
    return plain(str(fact))

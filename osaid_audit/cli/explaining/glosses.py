"""Words that are neither rules nor licenses nor facts: outcomes, checks, reasons ..."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from osaid_audit import resources
from osaid_audit.cli.explaining.page import Page
from osaid_audit.errors import InternalError
from osaid_audit.messages import typography
from osaid_audit.render.words import Words, catalogue
from osaid_audit.schema.base import Lang


@lru_cache(maxsize=1)
def facts_in_french() -> Mapping[str, str]:
    """What each fact means, in French: its English stands with its definition."""
    return {name: typography(text) for name, text in _read("facts-fr.yaml").items()}


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Mapping[str, dict[Lang, str]]]:
    """The shipped texts by kind and name. Raises InternalError for a slip in the file."""
    return {str(kind): catalogue(texts) for kind, texts in _read("glosses.yaml").items()}


def _read(name: str) -> Mapping[str, Any]:
    """A file of texts. It is ours: a slip in it is loud."""
    text = (resources.data("templates") / name).read_text(encoding="utf-8")
    document = resources.document(text, name)
    if not isinstance(document, Mapping):
        raise InternalError("The file of explanations is not a table.")
    return document


class Glosses:
    """The glosses in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def names(self) -> Iterator[tuple[str, str]]:
        """Every word with its kind in words."""
        for kind, texts in shipped().items():
            for name in texts:
                yield self._kind(kind), name

    def pages(self, key: str) -> Iterator[Page]:
        """One page for each meaning of the word."""
        for kind, texts in shipped().items():
            for name, text in texts.items():
                if spelt(name) == spelt(key):
                    yield self._page(kind, name, text[self._words.lang])

    def _page(self, kind: str, name: str, text: str) -> Page:
        """The first line is the title; a second one heads the lines after it."""
        title, *rest = text.splitlines()
        parts = ((rest[0], "\n".join(rest[1:])),) if rest else ()
        return Page(self._kind(kind), name, title, parts)

    def _kind(self, kind: str) -> str:
        return self._words(f"explain.kind.{kind}")


def spelt(name: str) -> str:
    """The name with its separators alike: people write needs-review and "on the word of"."""
    return name.replace("_", "-").replace(" ", "-")

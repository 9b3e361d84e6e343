"""Words that are neither rules nor licenses nor facts: outcomes, checks, reasons ..."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from osaid_audit import resources
from osaid_audit.cli.explaining.page import Page
from osaid_audit.errors import InternalError
from osaid_audit.render.words import Words, catalogue
from osaid_audit.schema.base import Lang


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Mapping[str, dict[Lang, str]]]:
    """The shipped texts by kind and name. Raises InternalError for a slip in the file."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (resources.data("templates") / "glosses.yaml").read_text(encoding="utf-8")
    document = yaml.load(text, Loader=loader)  # noqa: S506 - both loaders are the safe ones
    if not isinstance(document, Mapping):
        raise InternalError("The file of explanations is not a table.")
    return {str(kind): catalogue(texts) for kind, texts in document.items()}


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

"""Finds the page of a name."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from osaid_audit.cli.explaining.glosses import Glosses
from osaid_audit.cli.explaining.norms import Norms
from osaid_audit.cli.explaining.page import Page
from osaid_audit.cli.explaining.terms import Terms
from osaid_audit.errors import UsageError
from osaid_audit.messages import Message, either
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang

if TYPE_CHECKING:
    from osaid_audit.evaluate import RuleSet

_NEAR = 3


class Guide:
    """Every page in one language."""

    def __init__(self, ruleset: "RuleSet", lang: Lang) -> None:
        words = Words(lang)
        self._norms = Norms(ruleset, words)
        self._terms = Terms(words)
        self._glosses = Glosses(words)

    def page(self, name: str) -> Page:
        """The page of that name, with its other meanings. Raises UsageError and offers near names."""
        key = name.strip().strip("[]").lower()  # a report prints the names of rules as [name]
        finders: tuple[Callable[[str], Page | None], ...] = (
            self._norms.rule,
            self._norms.framework,
            self._norms.label,
            self._terms.clause,
            self._terms.fact,
        )
        found = [page for finder in finders if (page := finder(key))]
        found += self._glosses.pages(key)
        found += self._terms.licenses(key, alone=not found)
        if not found:
            raise UsageError("Nothing here is called '{name}'.", self._near(key), name=name)
        first, *others = found
        return first._replace(parts=(*first.parts, *(part for page in others for part in _meaning(page))))

    def listed(self) -> dict[str, tuple[str, ...]]:
        """Every name that has a page, by kind in words; of licenses the ids only."""
        names: dict[str, list[str]] = {}
        for kind, name in (*self._norms.names(), *self._glosses.names(), *self._terms.names()):
            names.setdefault(kind, []).append(name)
        return {kind: tuple(dict.fromkeys(each)) for kind, each in names.items()}

    def _near(self, key: str) -> Message:
        known = {name.lower() for name in self._names()}
        near = get_close_matches(key, sorted(known), _NEAR)
        return either(near) or Message(
            "'osaid-audit explain' lists all that can be explained, 'osaid-audit rules list' the rules."
        )

    def _names(self) -> Iterator[str]:
        for names in self.listed().values():
            yield from names
        yield from self._terms.aliases()


def _meaning(page: Page) -> tuple[tuple[str, str], ...]:
    """A further meaning of a word, as parts under the first."""
    return ((f"{page.name} ({page.kind})", page.title), *page.parts)

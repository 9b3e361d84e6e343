"""The pages of licenses, expressions of licenses, clauses and facts."""

from collections.abc import Iterator
from difflib import get_close_matches

from osaid_audit import licenses
from osaid_audit.cli.explaining.glosses import facts_in_french
from osaid_audit.cli.explaining.page import Page, parts
from osaid_audit.errors import UsageError
from osaid_audit.licenses import KnownEntry
from osaid_audit.render.license_terms import terms_of
from osaid_audit.render.words import Words
from osaid_audit.schema.factspec import FactSpec
from osaid_audit.schema.vocabulary import VOCABULARY

_NEAR = 3


class Terms:
    """The license table and the vocabulary in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def names(self) -> Iterator[tuple[str, str]]:
        """Every clause, license and fact with its kind in words."""
        yield from ((self._words("explain.clause"), clause) for clause in licenses.clauses())
        yield from ((self._words("explain.license"), entry.id) for entry in licenses.entries())
        yield from ((self._words("explain.fact"), fact) for fact in VOCABULARY)

    @staticmethod
    def aliases() -> Iterator[str]:
        """The other names of licenses: ids of the Hub, and names as people write them."""
        for entry in licenses.entries():
            yield from (*entry.hub_ids, *entry.aliases)

    def clause(self, key: str) -> Page | None:
        """What it says and which freedoms it takes."""
        clause = licenses.clauses().get(key.replace("-", "_"))
        if clause is None:
            return None
        texts = {
            "note": self._words.say(clause.explanation),
            "breaks": self._words.list("freedom", clause.freedoms),
        }
        kind = self._words("explain.clause")
        return Page(kind, clause.id, self._words.say(clause.title), parts(self._words, texts))

    def licenses(self, key: str, *, alone: bool) -> Iterator[Page]:
        """The license of that name, or an expression of licenses.

        When the name has no other meaning (`alone`) and several licenses bear it, raises UsageError.
        """
        bearers = licenses.lookup(key)
        if len(bearers) > 1 and alone:
            ids = ", ".join(entry.id for entry in bearers)
            raise UsageError(
                "'{key}' is a name that several licenses bear.", "Explain one of: {ids}.", key=key, ids=ids
            )
        if len(bearers) == 1:
            yield self._license(key, bearers[0])
        elif alone and (page := self._expression(key)):
            yield page

    def _license(self, key: str, entry: KnownEntry) -> Page:
        told = tuple((each.heading, "\n".join(each.lines)) for each in terms_of(entry, self._words))
        meant = parts(self._words, {"meant": self._meant(key, entry)})
        return Page(
            self._words("explain.license"), entry.id, self._words.license(entry.id, entry.title), told + meant
        )

    @staticmethod
    def _meant(key: str, entry: KnownEntry) -> str:
        """Of a family, the ids with a version that may be meant, those spelt like the name first."""
        if not entry.members:
            return ""
        own = [each for each in licenses.entries() if each.id.startswith(entry.members)]
        names = [(each.hub_ids or (each.id,))[0] for each in own if not each.family]
        near = get_close_matches(key.replace(" ", "-"), names, _NEAR)
        return ", ".join(dict.fromkeys((*near, *names)))

    def _expression(self, key: str) -> Page | None:
        """An expression: what it adds up to, and each of its licenses."""
        joined = {"or", "and", "with"} & set(key.replace("(", " ").replace(")", " ").split())
        found = licenses.resolve(key)
        if not joined or not found.known or found.cls is None:
            return None
        words = self._words
        rows = [row for row in map(licenses.entry, found.ids) if row is not None]
        texts = {
            "whole": words.name("class", found.cls),
            "breaks": words.list("freedom", found.breaks),
            "members": "\n".join(f"{row.id}: {row.title}, {words.name('class', row.cls)}" for row in rows),
        }
        return Page(words("explain.expression"), found.id or key, "", parts(words, texts))

    def fact(self, key: str) -> Page | None:
        """What a rule may ask for by this name."""
        spec = VOCABULARY.get(key)
        if spec is None:
            return None
        texts = {
            "doc": self._meaning(spec),
            "values": ", ".join(spec.values),
            "reviewer": self._words("explain.human") if spec.reviewer else "",
        }
        return Page(self._words("explain.fact"), spec.name, "", parts(self._words, texts))

    def _meaning(self, spec: FactSpec) -> str:
        if self._words.lang == "en":
            return spec.doc
        return spec.doc_fr or facts_in_french()[spec.name]

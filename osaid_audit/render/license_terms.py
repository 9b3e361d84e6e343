"""What a license of the table allows: the same account for `explain` and for `license`."""

from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit import licenses
from osaid_audit.licenses import ClauseUse, KnownEntry
from osaid_audit.render.places import value
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS, Freedom, Text

_NO_PLACE = "not recorded"


class Section(NamedTuple):
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


def terms_of(entry: KnownEntry, words: Words) -> tuple[Section, ...]:
    """What it is, freedom by freedom what it allows, its clauses, and how all this is known."""
    return _LicenseTerms(entry, words).sections()


class _LicenseTerms:
    def __init__(self, entry: KnownEntry, words: Words) -> None:
        self.entry = entry
        self.words = words
        self.unsure = entry.family or entry.source.kind == "unverified"

    def sections(self) -> tuple[Section, ...]:
        every = (
            self._section("what", self._what()),
            self._section("allows", self._allows()),
            self._section("clauses", (self._clause(use) for use in self.entry.clauses if use.when is None)),
            self._section("some", (self._clause(use) for use in self.entry.clauses if use.when)),
            self._section("hub", filter(None, [", ".join(self.entry.hub_ids)])),
            self._section("links", (link for link in self.entry.links if "*" not in link)),
            self._section("known", self._known()),
        )
        return tuple(section for section in every if section.lines)

    def _section(self, key: str, lines: Iterator[str]) -> Section:
        return Section(self.words(f"terms.{key}"), tuple(lines))

    def _what(self) -> Iterator[str]:
        words, entry = self.words, self.entry
        yield words.pair(words("license.class"), words.name("class", entry.cls))
        if entry.osi_approved is not None:
            yield words.pair(words("license.osi"), value(words, entry.osi_approved))
        if entry.fsf_libre is not None:
            yield words.pair(words("license.fsf"), value(words, entry.fsf_libre))
        if entry.stands_for:
            yield words("terms.stands_for", ids=", ".join(entry.stands_for))
        if entry.note is not None:
            yield words.say(entry.note)

    def _allows(self) -> Iterator[str]:
        if self.unsure:
            yield self.words("terms.unsure_family" if self.entry.family else "terms.unsure")
            if not self.entry.clauses:
                return
        for freedom in FREEDOMS:
            yield self.words.pair(self.words.name("freedom", freedom), self._freedom(freedom))

    def _freedom(self, freedom: Freedom) -> str:
        taking = [use for use in self.entry.clauses if freedom in _taken(use)]
        between = self.words("semicolon")
        always = between.join(self._brief(use) for use in taking if use.when is None)
        for_some = between.join(self._brief(use) for use in taking if use.when is not None)
        said = []
        if always:
            said.append(self.words("terms.maybe" if self.unsure else "terms.taken", clauses=always))
        if for_some:
            said.append(self.words("terms.taken_from_some", clauses=for_some))
        if said:
            return between.join(said)
        if self.unsure:
            return self.words("terms.not_known")
        return self.words("terms.granted" if self.entry.cls == "osi" else "terms.not_taken")

    def _clause(self, use: ClauseUse) -> str:
        clause = licenses.clauses()[use.id]
        taken = tuple(freedom for freedom in FREEDOMS if freedom in _taken(use))
        takes = self.words("finding.takes", freedoms=self.words.list("freedom", taken)) if taken else ""
        when = self.words("terms.when", when=self.words.say(use.when)) if use.when else ""
        told = self.words.pair(self._named(use), self.words.say(clause.explanation))
        return " ".join(filter(None, (told, when, f"{takes}." if takes else self.words("terms.takes_none"))))

    def _brief(self, use: ClauseUse) -> str:
        title = self.words("terms.title", clause=self.words.say(licenses.clauses()[use.id].title))
        return title if use.place == _NO_PLACE else f"{title} ({self._said(use.place)})"

    def _named(self, use: ClauseUse) -> str:
        """The clause in words, its id, and the place where it stands."""
        title = self.words.say(licenses.clauses()[use.id].title)
        if use.place == _NO_PLACE:
            return self.words("terms.clause_nowhere", clause=title, id=use.id)
        return self.words("terms.clause", clause=title, id=use.id, place=self._said(use.place))

    def _said(self, named: str | Text) -> str:
        """A name, number or heading as it stands in the text, or our own words in the reader's language."""
        return named if isinstance(named, str) else self.words.say(named)

    def _known(self) -> Iterator[str]:
        source = self.entry.source
        how = self.words(f"known.{source.kind}")
        yield self.words("terms.source", how=how, name=self._said(source.name), date=source.date)
        if source.url is not None:
            yield source.url


def _taken(use: ClauseUse) -> tuple[Freedom, ...]:
    """The freedoms of one use of a clause; those of the clause when the use has none of its own."""
    return licenses.clauses()[use.id].freedoms if use.freedoms is None else use.freedoms

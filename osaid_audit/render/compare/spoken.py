"""What every format says of a comparison; each escapes it in its own way."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from osaid_audit.render.places import link, place, value
from osaid_audit.render.safe import http_url, plain, prose
from osaid_audit.render.testimony import signer
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FactValue, Outcome, Source, Text
from osaid_audit.schema.compare import Cell, Change, ChangedFact, Compared, Comparison, NotCompared, Row

_MOST_PLACES = 2
_LONGEST = 120
_HEAD = 40
_SHORT = 8
_TONES: dict[str, Outcome] = {
    "conforms": Outcome.MET,
    "does_not_conform": Outcome.NOT_MET,
    "undetermined": Outcome.INSUFFICIENT_EVIDENCE,
}


class Placed(NamedTuple):
    """One place of a changed fact, and where a link may lead."""

    said: str
    url: str | None


class Spoken:
    """A comparison in one language."""

    def __init__(self, found: Comparison, words: Words) -> None:
        self.found = found
        self.words = words

    def say(self, text: Text) -> str:
        """A text of the comparison, harmless."""
        return prose(self.words.say(text))

    @property
    def title(self) -> str:
        """How many models there are."""
        n = len(self.found.models)
        return self.words("compare.title", n=n) if n > 1 else self.words("compare.alone")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the models."""
        return tuple(model.key for model in self.found.models)

    def model(self, model: Compared) -> str:
        """The id of a model."""
        return plain(model.id)

    def short_id(self, model: Compared) -> str:
        """The last part of its id, and of one model twice the beginning of the commit."""
        name = plain(model.id.rpartition("/")[2], _HEAD)
        twice = [each.id for each in self.found.models].count(model.id) > 1
        return f"{name}@{plain(model.revision[:_SHORT], _SHORT)}" if twice and model.revision else name

    def url(self, model: Compared) -> str | None:
        """Its page, when a link may lead there."""
        return http_url(model.url)

    def about(self, model: Compared) -> str:
        """Which commit, read when, on whose word."""
        day = plain(model.gathered_at.partition("T")[0])
        said = (
            self.words("compare.at", revision=plain(model.revision), day=day)
            if model.revision
            else self.words("compare.at_none", day=day)
        )
        if model.on_the_word_of:
            names = signer(self.words, model.on_the_word_of)
            said += self.words("semicolon") + self.words("compare.signed", names=names)
        return said

    def blockers(self, model: Compared) -> list[str]:
        """What blocks a model: title, rule id and the freedoms taken."""
        told = []
        for blocker in model.blockers:
            said = self.words("compare.rule", title=self.say(blocker.title), rule=plain(blocker.rule))
            taken = self.words.list("freedom", blocker.freedoms)
            told.append(f"{said}. {self.words('finding.takes', freedoms=taken)}" if taken else said)
        return told or [self.words("compare.blocks.none")]

    @property
    def differing(self) -> list[Row]:
        """The rows that differ."""
        return [row for row in self.found.rows if row.differs]

    @property
    def same(self) -> list[tuple[str, list[Row]]]:
        """The rows that do not differ, together by what they all say."""
        groups: dict[str, list[Row]] = {}
        for row in self.found.rows:
            if not row.differs and row.cells:
                groups.setdefault(self.say(next(iter(row.cells.values())).text), []).append(row)
        return list(groups.items())

    def name(self, row: Row) -> str:
        """The title of a row; a rule with its id."""
        title = self.say(row.title)
        return self.words("compare.rule", title=title, rule=plain(row.id)) if _is_rule(row) else title

    def alike(self, said: str, rows: Sequence[Row]) -> str:
        """What several rows all say; of one row its name first."""
        if len(rows) == 1:
            return self.words.pair(self._short(rows[0]), said)
        return self.words.pair(said, ", ".join(map(self._short, rows)))

    def _short(self, row: Row) -> str:
        """A row in a word or two."""
        return plain(row.id) if _is_rule(row) else self.say(row.title)

    def cell(self, cell: Cell) -> str:
        """What stands in a cell."""
        return self.say(cell.text)

    def tone(self, cell: Cell) -> Outcome:
        """The outcome whose shape and colour a cell bears; of what is no outcome none in particular."""
        if cell.value in _TONES:
            return _TONES[cell.value]
        known = {str(outcome): outcome for outcome in Outcome}
        return known.get(cell.value, Outcome.NOT_APPLICABLE)

    def changed(self, change: Change) -> str:
        """From which to which audit of which model."""
        return self.words(
            "compare.changed", before=change.before, after=change.after, id=self.changed_id(change)
        )

    def changed_id(self, change: Change) -> str:
        """The id of the model that changed, as its heading has it."""
        return plain(change.id, _LONGEST)

    def fact(self, fact: ChangedFact) -> str:
        """A fact with its value before and after."""
        said = self.words(
            "compare.changed.from", before=self._value(fact.before), after=self._value(fact.after)
        )
        return self.words.pair(plain(fact.fact), said)

    def failed(self, each: NotCompared) -> str:
        """Why a model is not there, and what to do."""
        return " ".join(self.say(text) for text in (each.why, each.next) if text)

    def _value(self, known: FactValue | None) -> str:
        if known is None:
            return self.words("compare.changed.unknown")
        return plain(value(self.words, known), _LONGEST)

    def sources(self, change: Change, fact: ChangedFact) -> Iterator[tuple[str, list[Placed]]]:
        """Where both sides were read, by the keys of the audits."""
        for key, found in ((change.before, fact.before_sources), (change.after, fact.after_sources)):
            if found:
                yield key, [self._placed(source) for source in found[:_MOST_PLACES]]

    def _placed(self, source: Source) -> Placed:
        return Placed(plain(place(self.words, source), _LONGEST), link(source))


def _is_rule(row: Row) -> bool:
    return row.kind == "requirement"

"""May I use it here, and the four freedoms: never more positive than the verdict, never a guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from osaid_audit.render.fiche.case import LONGEST, Case, cut
from osaid_audit.render.safe import plain
from osaid_audit.render.testimony import signer
from osaid_audit.schema.base import Freedom, Outcome
from osaid_audit.schema.licenses import ClauseId
from osaid_audit.schema.unread import shut_card, unread_bases, unread_card

Kind = Literal["yes", "allowed", "conditions", "no", "unknown"]
"""`allowed` is no yes: the published terms permit it, and that nothing older forbids it is not shown."""

_TONES: dict[Kind, Outcome] = {
    "yes": Outcome.MET,
    "allowed": Outcome.INSUFFICIENT_EVIDENCE,
    "conditions": Outcome.NEEDS_REVIEW,
    "no": Outcome.NOT_MET,
    "unknown": Outcome.INSUFFICIENT_EVIDENCE,
}
_WHY: dict[ClauseId, str] = {
    "personal": "personal",
    "research_only": "research_only",
    "noncommercial": "noncommercial",
    "field_of_use": "field",
    "acceptable_use_policy": "field",
    "output_training_ban": "field",
    "geography": "geography",
    "revenue_threshold": "threshold",
    "user_threshold": "threshold",
}
"""Why a use is bound, the most telling clause first."""
_REASONS = 2
_LONGEST_QUOTE = 140
_COMMERCE: tuple[ClauseId, ...] = ("research_only", "noncommercial")
_FORBIDS: dict[Freedom, ClauseId] = {"modify": "no_derivatives", "share": "no_redistribution"}
"""The clause that leaves nothing of a freedom; every other one leaves it on conditions."""
_KEPT_BACK = ("data.withheld", "code.training_withheld")
_SAID_OF_DATA = (
    "data.described",
    "data.sources_listed",
    "data.datasets_named",
    "data.released",
    "data.obtainable_listed",
    "documents.data_card",
)


@dataclass(frozen=True)
class Answer:
    """One answer: its word and the sentences under it."""

    kind: Kind
    said: tuple[str, ...]

    @property
    def tone(self) -> Outcome:
        """The outcome whose shape and colour stand for it."""
        return _TONES[self.kind]


class Freedoms:
    """The answers about one model."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.words = case.words

    def answer(self, freedom: Freedom) -> Answer:
        """Yes, no, on conditions or not established, with what is known either way."""
        case = self.case
        if case.absent:
            return self._told("no", "row.absent")
        if case.unlicensed and freedom != "study":
            return self._told("no", "row.none")
        if freedom in case.taken:
            return self._taken(freedom)
        if any(freedom in finding.freedoms for finding in case.breaches):
            return self._kept(freedom)
        return self._not_taken(freedom)

    def _not_taken(self, freedom: Freedom) -> Answer:
        """A freedom that nothing takes: shown to be given, or not established."""
        if self.case.status(freedom) is Outcome.MET:
            return Answer("yes", (self._signed(),))
        if freedom == "study":
            return Answer("unknown", tuple(self._study()))
        return self._by_terms(freedom)

    def _by_terms(self, freedom: Freedom) -> Answer:
        """What the published terms say of a freedom that is neither taken nor shown to be given."""
        case = self.case
        if case.limited:
            return Answer("conditions", tuple(self._within()))
        if case.opens:
            return Answer("unknown", (self.words("fiche.row.allowed"), *self._doubts(freedom)))
        return self._told("unknown", f"row.{case.doubtful}")

    def _within(self) -> Iterator[str]:
        """Limits are known, and none of them takes this freedom."""
        case = self.case
        if case.bound.bases:
            if case.opens:
                yield self.words("fiche.row.allowed")
            yield from self._binding()
        else:
            yield self.words("fiche.row.within" if case.bound.own else "fiche.row.limits")
            yield from self._older()

    def _binding(self) -> Iterator[str]:
        """The bases whose terms bind, and those that have none."""
        bound = self.case.bound
        for key, bases in (("why.base", bound.licensed), ("row.no_license", bound.ungranted)):
            if bases:
                yield self.words(f"fiche.{key}", bases=self.case.names(bases))

    def _doubts(self, freedom: Freedom) -> Iterator[str]:
        """Why terms that allow it do not settle it; there is always one reason at least."""
        case = self.case
        told = [*self._older()]
        if case.off_list:
            told.append(self.words("fiche.list"))
        if case.fact("license.usage_policy") is True:
            told.append(self.words("fiche.beside"))
        if not told or (case.main is not None and not case.open("inherited-license") and case.waits(freedom)):
            told.append(self.words("fiche.rest"))
        yield from told[:_REASONS]

    def _older(self) -> Iterator[str]:
        case = self.case
        if case.open("inherited-license"):
            bases = case.bases()
            yield self.words("fiche.bases", bases=case.names(bases)) if bases else self.words("fiche.older")

    def _taken(self, freedom: Freedom) -> Answer:
        """A freedom that terms take: which clauses, and whose."""
        case = self.case
        if case.bound.ungranted and freedom not in _own(case):
            bases = case.names(case.bound.ungranted)
            return Answer("no", (self.words("fiche.row.no_grant", bases=bases),))
        forbids = _FORBIDS.get(freedom)
        clauses = sorted(case.bound.taking(freedom), key=lambda clause: clause != forbids)
        kind: Kind = "no" if forbids in clauses else "conditions"
        said = list(dict.fromkeys(self._clauses(freedom, clauses)))[:_REASONS]
        if not said:
            said = [self.words("fiche.why.limits" if freedom == "use" else "fiche.row.limits")]
        if case.bound.bases and freedom not in _own(case):
            said = [*said[:1], self.words("fiche.why.base", bases=case.names(case.bound.bases))]
        return Answer(kind, tuple(said))

    def _clauses(self, freedom: Freedom, clauses: Sequence[ClauseId]) -> Iterator[str]:
        if freedom == "use":
            yield from self._why(clauses)
        else:
            keys = (f"fiche.take.{freedom}.{clause}" for clause in clauses)
            yield from (self.words(key) for key in keys if self.words.has(key))

    def _why(self, clauses: Sequence[ClauseId]) -> Iterator[str]:
        reasons = dict.fromkeys(reason for clause, reason in _WHY.items() if clause in clauses)
        yield from (self.words(f"fiche.why.{reason}") for reason in reasons)

    def _kept(self, freedom: Freedom) -> Answer:
        """A breach that is not about the license: what the publisher keeps back, or a reviewer missed."""
        case = self.case
        if any(case.fact(name) is True for name in _KEPT_BACK):
            if freedom == "study":
                return Answer("no", tuple(self._study()))
            allowed = freedom == "modify" and case.opens and not case.limited
            return self._told("no", "row.kept_back_allowed" if allowed else "row.kept_back")
        finding = next(each for each in case.breaches if freedom in each.freedoms)
        title = plain(case.say.say(finding.title), 2 * LONGEST)
        return Answer("no", (self.words("fiche.row.fails", title=title),))

    def _study(self) -> Iterator[str]:
        """What is known of the data and of the programs that made the model."""
        case = self.case
        yield from self._study_data()
        if case.fact("code.training_withheld") is True:
            yield self.words("fiche.study.code.withheld")
        else:
            found = case.fact("code.training_found") is True
            yield self.words("fiche.study.code.some") if found else self._nothing("code")

    def _study_data(self) -> Iterator[str]:
        """What is known of the data; a refusal is an answer, so nothing is said to be missing beside it."""
        case = self.case
        if case.fact("data.withheld") is True:
            yield self.words("fiche.study.data.withheld")
            return
        kept = case.fact("data.not_released") is True
        if kept:
            yield self.words("fiche.study.data.not_released")
        if case.outcome("data-described") is Outcome.MET:
            yield self.words("fiche.study.data.met")
        elif any(case.fact(name) is True for name in _SAID_OF_DATA):
            yield self.words("fiche.study.data.some")
        elif not kept:
            yield self._nothing("data")

    def _nothing(self, about: str) -> str:
        """Nothing was found, or what may say it was not read: the page, its language, a model behind it."""
        report = self.case.report
        if unread_card(report.problems) is not None:
            return self.words(f"fiche.study.{about}.foreign")
        if shut_card(report.problems) is not None:
            return self.words(f"fiche.study.{about}.shut")
        return self.words(f"fiche.study.{about}.{'behind' if unread_bases(report.lineage) else 'nothing'}")

    def _signed(self) -> str:
        names = self.case.main.on_the_word_of if self.case.main else None
        if not names:
            return self.words("fiche.why.unsigned")
        return self.words("fiche.why.signed", names=signer(self.words, plain(names, LONGEST)))

    def _told(self, kind: Kind, key: str) -> Answer:
        return Answer(kind, (self.words(f"fiche.{key}"),))

    @property
    def here(self) -> Answer:
        """May I use it here: the freedom to use, said for somebody who has to decide."""
        case = self.case
        if case.absent:
            return self._told("no", "why.absent")
        if case.unlicensed:
            return self._told("no", "why.none")
        use = self.answer("use")
        if use.kind == "conditions" and "personal" in case.bound.clauses:
            return self._told("no", "why.personal")
        if use.kind != "unknown":
            return use
        if case.opens:
            return Answer("allowed", tuple(self._doubts("use")))
        return Answer("unknown", (*self._quoted(), self.words(f"fiche.why.{case.doubtful}")))

    def _quoted(self) -> Iterator[str]:
        """The sentence of the page behind a doubt about its terms."""
        for quote in self.case.quotes[:1]:
            yield self.words("fiche.why.quote", quote=cut(quote, _LONGEST_QUOTE))

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """What the limits mean for one kind of place and another; none when they make no difference."""
        clauses = self.case.bound.clauses
        if self.here.kind != "conditions":
            return ()
        limit = next((each for each in _COMMERCE if each in clauses), None)
        return tuple(
            (self.words(f"fiche.place.{kind}"), self.words(f"fiche.{kind}.{limit}"))
            for kind in ("public", "firm")
            if limit
        )


def _own(case: Case) -> frozenset[Freedom]:
    """The freedoms that the model's own terms take."""
    concluded = case.report.license.concluded
    return frozenset(concluded.breaks if concluded else ())

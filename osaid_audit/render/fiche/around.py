"""Where the data goes, what it takes to begin, what to respect, what is unknown, who can change the rules."""

import re
from collections.abc import Iterator

from osaid_audit.render.fiche.bound import LATER
from osaid_audit.render.fiche.case import LONGEST, Case, cut
from osaid_audit.render.places import called
from osaid_audit.schema.base import Outcome
from osaid_audit.schema.licenses import ClauseId

_MOST = 6
"""Clauses told in a sentence each; further ones are named only."""
_MOST_CASES = 2
_LONGEST_CASE = 160
_LATER_FACTS: dict[str, ClauseId] = {
    "license.mutable_policy": "mutable_policy",
    "license.revocable": "revocable",
    "license.unilateral_change": "unilateral_change",
}
_OPEN_QUESTIONS = {
    "data": ("data-described", "data-sources-listed", "data-obtainable-listed", "skilled-person"),
    "training": ("training-code", "data-processing-code", "evaluation-code", "data-processing-described"),
    "programs": ("code-license", "inference-code"),
}
_UNSETTLED = Outcome.INSUFFICIENT_EVIDENCE


class Around:
    """What the fiche says beside the freedoms, each part as a list of sentences."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.words = case.words

    def _say(self, key: str, **values: object) -> str:
        return self.words(f"fiche.{key}", **values)

    @property
    def data(self) -> list[str]:
        """Where the data goes."""
        case = self.case
        told = [self._say(f"data.{self._running()}")]
        if case.absent or case.unlicensed:
            return told
        if case.fact("weights.needs_base") is True:
            told.append(self._say("data.needs_base"))
        if case.fact("code.remote") is True:
            told.append(self._say("data.remote"))
        elif case.fact("code.remote") is None:
            told.append(self._say("data.unproven"))
        if case.fact("weights.pickled") is True:
            told.append(self._say("data.unsafe"))
        return [*told, self._say("data.online")]

    def _running(self) -> str:
        case = self.case
        if case.absent:
            return "absent"
        nobody = case.unlicensed or (case.bound.ungranted and "use" in case.taken)
        if nobody and case.fact("weights.present") is True:
            return "nobody"
        if case.answer("own-machine") is Outcome.MET:
            return "local"
        if case.fact("weights.present") is True:
            return "download"
        return "elsewhere" if case.fact("weights.external") is True else "unknown"

    @property
    def start(self) -> list[str]:
        """What it takes to begin: access, price, computer; what is unknown of them stands elsewhere."""
        case = self.case
        if case.absent:
            return []
        keys = [f"access.{case.fact('access.gated')}"] if case.fact("weights.present") is True else []
        keys += [] if case.unlicensed else [f"price.{case.answer('price')}"]
        keys.append(f"size.{case.answer('machine-size')}")
        return [self._say(f"start.{key}") for key in keys if self.words.has(f"fiche.start.{key}")]

    @property
    def respect(self) -> list[str]:
        """What to respect: every clause that is known, then what goes with any license."""
        case = self.case
        if case.unlicensed:
            return [self._say("respect.nobody")]
        told = [*self._clauses(), *self._cases()]
        for key, bases in (("of_base", case.bound.licensed), ("no_license", case.bound.ungranted)):
            if bases:
                told.append(self._say(f"respect.{key}", bases=case.names(bases)))
        if case.fact("license.usage_policy") is True:
            told.append(self._say("respect.beside"))
        if case.fact("access.price_named") is True:
            told.append(self._say("respect.price"))
        if case.bound.hints:
            clauses = self.words.list("clause", case.bound.hints[:_MOST])
            told.append(self._say("respect.hints", clauses=clauses))
        if not case.opens and not case.bound.own:
            told.insert(0, self._say("respect.unknown"))
        if case.absent:
            return [*told, self._say("respect.absent")]
        kept = "respect.text_kept" if "no_redistribution" in case.bound.clauses else "respect.text"
        return [*told, self._say(kept)] if case.opens or case.bound.own else told

    def _clauses(self) -> Iterator[str]:
        known = [clause for clause in self.case.bound.clauses if clause not in LATER]
        yield from (self._say(f"clause.{clause}") for clause in known[:_MOST])
        if rest := tuple(known[_MOST:]):
            yield self._say("respect.more", clauses=self.words.list("clause", rest))

    def _cases(self) -> Iterator[str]:
        for clause, when in self.case.bound.some[:_MOST_CASES]:
            name, case = self.words.name("clause", clause), cut(self.words.say(when), _LONGEST_CASE)
            yield self._say("respect.some", clause=name[:1].upper() + name[1:], when=case)

    @property
    def license(self) -> str:
        """The name of the license that was concluded; empty when it has none that anybody would know."""
        concluded = self.case.report.license.concluded
        if concluded is None or self.case.unlicensed:
            return ""
        own = "" if concluded.id.startswith("LicenseRef-") else concluded.id
        name = self.words.license(concluded.id, concluded.name)
        long = own and len(name) > LONGEST
        named = cut(own if long else name or own, LONGEST)
        said = self._say("respect.named", license=named) if named else ""
        return said.removesuffix(".") if named.endswith("…") else said

    @property
    def later(self) -> tuple[str, list[str]]:
        """Who can change the rules: a sentence, and what exactly they can do."""
        case = self.case
        if case.unlicensed:
            return self._say("later.none"), []
        changing = self._changing()
        if changing:
            return self._who(changing), [self._say(f"later.{clause}") for clause in changing]
        if case.absent:
            return self._say("later.absent"), []
        if case.bound.ungranted:
            return self._say("later.no_license", bases=case.names(case.bound.ungranted)), []
        if case.answer("lasting-rights") is not Outcome.MET:
            return self._say("later.unknown"), []
        return self._say("later.met" if case.fact("weights.present") is True else "later.elsewhere"), []

    def _who(self, changing: list[ClauseId]) -> str:
        """Whose terms let them change the rules: the model's own, those of a base that is named, or both."""
        bound = self.case.bound
        own = any(clause in bound.own for clause in changing)
        if not bound.later:
            return self._say("later.publisher" if bound.own else "later.publishers")
        return self._say("later.both" if own else "later.of_base", bases=self.case.names(bound.later))

    def _changing(self) -> list[ClauseId]:
        case = self.case
        known = {*case.bound.clauses, *(c for name, c in _LATER_FACTS.items() if case.fact(name) is True)}
        return [clause for clause in LATER if clause in known]

    @property
    def keeping(self) -> str:
        """The advice that holds whatever the rules are; none where nobody may keep anything."""
        case = self.case
        return "" if case.unlicensed or case.absent else self._say("later.keep")

    @property
    def unknown(self) -> list[str]:
        """What nobody could establish, in the order in which it weighs."""
        return [*self._open(), *self._unread()] or [self._say("unknown.nothing")]

    def _open(self) -> Iterator[str]:
        case = self.case
        settled = case.opens or case.limited or case.unlicensed or case.absent
        if not settled:
            yield self._say("unknown.terms")
        if case.open("inherited-license"):
            yield self._say("unknown.older")
        for key, rules in _OPEN_QUESTIONS.items():
            if case.open(*rules):
                yield self._say(f"unknown.{key}")
        if settled and case.answer("place-and-scale") is _UNSETTLED:
            yield self._say("unknown.place")
        if not case.absent and not (case.fact("weights.present") and case.fact("access.gated")):
            yield self._say("unknown.access")
        for key, rule in (("price", "price"), ("size", "machine-size")):
            if case.answer(rule) is _UNSETTLED and not case.absent and not case.unlicensed:
                yield self._say(f"unknown.{key}")

    def _unread(self) -> Iterator[str]:
        missed = (problem.what for problem in self.case.report.problems if problem.state != "absent")
        unread = [called(self.words, what) for what in missed]
        if unread:
            shown = dict.fromkeys(re.sub("^https?://(www[.])?", "", what) for what in unread)
            yield self._say("unknown.files", files=self.case.names(shown))

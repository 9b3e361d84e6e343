"""What a report says, as far as the fiche asks: facts, answers, breaches; and names cut to fit the page."""

from collections.abc import Iterable, Sequence

from osaid_audit.render.fiche.bound import Bound, bound
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.safe import plain
from osaid_audit.render.view import view
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FINE, FREEDOMS, FactValue, Freedom, Outcome
from osaid_audit.schema.licenses import OPEN, RESTRICTED
from osaid_audit.schema.report import Finding, FrameworkResult, Report

QUESTIONS = "practical"
"""The framework that a fiche is made from."""
DEFINITION = "osaid-1.0"
"""The framework whose freedoms it shows."""
LONGEST = 60
"""Characters of a name: what is longer would push the page over its one sheet."""
_NAMED = 2
_LISTS = ("license.breaks", "lineage.broken_freedoms")


def cut(name: str, most: int) -> str:
    """A text of so many letters at most, cut after a word and with an ellipsis if there is more of it."""
    whole = plain(name)
    if len(whole) <= most:
        return whole
    shown = whole[:most]
    return f"{(shown.rpartition(' ')[0] or shown).rstrip(' .,;:')}…"


class Case:
    """One report, asked for its fiche in one language; it must hold the practical questions."""

    def __init__(self, report: Report, words: Words) -> None:
        self.report = report
        self.words = words
        self.say = Phrases(view(report), words)
        self.main: FrameworkResult | None = next(
            (result for result in report.frameworks if result.id == DEFINITION), None
        )
        self.bound: Bound = bound(report)
        self._answers = {finding.rule: finding.outcome for finding in report.framework(QUESTIONS).findings}

    def fact(self, name: str) -> FactValue | None:
        """The value of a fact, None when nobody knows it."""
        known = self.report.facts.get(name)
        return known.value if known else None

    def answer(self, rule: str) -> Outcome:
        """The answer to a practical question; a question that was not asked is not established."""
        return self._answers.get(rule, Outcome.INSUFFICIENT_EVIDENCE)

    @property
    def absent(self) -> bool:
        """Whether it was seen that there are no weights."""
        return self.fact("weights.present") is False

    @property
    def unlicensed(self) -> bool:
        """Whether it was seen that nobody grants anything."""
        return self.fact("license.class") == "none"

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """The required breaches that are not about the license."""
        return tuple(finding for finding in self._blockers if finding.topic != "license")

    @property
    def _blockers(self) -> tuple[Finding, ...]:
        findings = self.main.findings if self.main else ()
        return tuple(f for f in findings if f.required and f.outcome is Outcome.NOT_MET)

    @property
    def taken(self) -> frozenset[Freedom]:
        """The freedoms that the terms take, the model's own or those of a base."""
        told = {freedom for f in self._blockers if f.topic == "license" for freedom in f.freedoms}
        for name in _LISTS:
            value = self.fact(name)
            told |= {each for each in FREEDOMS if isinstance(value, tuple) and each in value}
        return frozenset(told)

    @property
    def limited(self) -> bool:
        """Whether any limit is known, of whichever freedom."""
        return bool(self.bound.clauses or self.bound.bases or self.taken) or self._class in RESTRICTED

    @property
    def _class(self) -> FactValue | None:
        return self.fact("license.class")

    @property
    def off_list(self) -> bool:
        """Whether the license is open by its clauses and not on OSI's list."""
        return self._class == "open-not-osi" and not self.signed_terms

    @property
    def signed_terms(self) -> bool:
        """Whether a reviewer accepts the terms: then the rule about them is met."""
        return self.outcome("weights-license") is Outcome.MET

    @property
    def opens(self) -> bool:
        """Whether the model's own published terms are read and known to take nothing."""
        known = self._class in OPEN and self.fact("license.read_all") is True
        return known and (self.outcome("weights-license") in {None, Outcome.MET} or self._off_list_only)

    @property
    def _off_list_only(self) -> bool:
        """Whether a person must look for no other reason than that the license is not on OSI's list."""
        review = self.outcome("weights-license") is Outcome.NEEDS_REVIEW
        return review and self._class == "open-not-osi" and not self.bound.hints

    @property
    def doubtful(self) -> str:
        """Why the terms settle nothing: unread, unknown here, or with a doubt in them."""
        if self._class == "custom-unknown":
            return "custom"
        return "doubt" if self.outcome("weights-license") is Outcome.NEEDS_REVIEW else "unread"

    @property
    def quotes(self) -> tuple[str, ...]:
        """The sentences of the page that limit the use and that no license explains, as they are written."""
        block = self.report.license
        sides = (*block.declared, *(side for pair in block.conflicts for side in (pair.left, pair.right)))
        found = (side.value for side in sides if side.role == "prose" and side.id is None)
        return tuple(dict.fromkeys(found))

    def outcome(self, rule: str) -> Outcome | None:
        """The answer of the definition's rule; None when it was not asked."""
        findings = self.main.findings if self.main else ()
        return next((finding.outcome for finding in findings if finding.rule == rule), None)

    def status(self, freedom: Freedom) -> Outcome | None:
        """How the definition stands on a freedom; None when it was not asked."""
        group = self.main.freedoms.get(freedom) if self.main else None
        return group.status if group else None

    def open(self, *rules: str) -> bool:
        """Whether one of these rules is neither met nor beside the point; one not asked counts as open."""
        return any(self.outcome(rule) not in FINE for rule in rules)

    def waits(self, freedom: Freedom) -> bool:
        """Whether anything of a freedom but the lineage is still open."""
        group = self.main.freedoms.get(freedom) if self.main else None
        return group is None or any(
            rule != "inherited-license" and self.open(rule) for rule in group.findings
        )

    def names(self, names: Iterable[str]) -> str:
        """A few names, cut to fit, and that there are others."""
        shown = [plain(name, LONGEST) for name in names]
        few = ", ".join(shown[:_NAMED])
        return self.words("fiche.others", names=few) if len(shown) > _NAMED else few

    def bases(self) -> Sequence[str]:
        """The bases that the page declares, each once."""
        return tuple(dict.fromkeys(hop.id for hop in self.report.lineage if hop.hint is None))

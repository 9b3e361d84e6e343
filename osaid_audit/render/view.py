"""What every format shows, sorted once: which framework leads, what blocks, what is open, the matrix."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from osaid_audit.render.places import called
from osaid_audit.render.words import Words
from osaid_audit.schema.base import (
    ELEMENTS,
    FREEDOMS,
    WORST_FIRST,
    Element,
    FactValue,
    Freedom,
    Lang,
    Outcome,
    Problem,
    Source,
    Text,
)
from osaid_audit.schema.report import Evidence, Finding, FrameworkResult, Report

_MOST_STEPS = 2
_MOST_NAMED = 3
_LANGUAGES: tuple[Lang, Lang] = ("en", "fr")

Who = Literal["user", "publisher", "problem"]
"""Who can act: whoever uses the model, whoever publishes it, whoever runs the audit again."""
_SLIPS = frozenset({"malformed", "absent"})
"""What only whoever publishes it can mend: no other reader and no token sees more of it."""


@dataclass(frozen=True)
class Cell:
    """The worst required answer of some findings, and how many of them are met."""

    outcome: Outcome
    met: int
    required: int


@dataclass(frozen=True)
class Place:
    """One source of a finding, with every fact read there."""

    source: Source
    facts: tuple[tuple[str, FactValue], ...]


@dataclass(frozen=True)
class File:
    """A file or reply without lines to link to, every place in it, and every fact read there."""

    places: tuple[Source, ...]
    facts: tuple[tuple[str, FactValue], ...]


@dataclass(frozen=True)
class View:
    """A report, sorted for showing.

    main      the first binary framework, if there is one
    others    the remaining norms with the findings that `main` does not have
    informed  the informative frameworks: questions and answers, no verdict
    blockers  required not_met; reviews, unsettled, errors: required too
    remarks   not required, and neither met nor not applicable
    """

    report: Report
    main: FrameworkResult | None
    others: tuple[tuple[FrameworkResult, tuple[Finding, ...]], ...]
    informed: tuple[FrameworkResult, ...]
    blockers: tuple[Finding, ...]
    reviews: tuple[Finding, ...]
    unsettled: tuple[Finding, ...]
    errors: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    passed: tuple[Finding, ...]
    idle: tuple[Finding, ...]

    @property
    def taken(self) -> tuple[Freedom, ...]:
        """The freedoms that a blocker takes away, in their usual order."""
        broken = {freedom for finding in self.blockers for freedom in finding.freedoms}
        return tuple(freedom for freedom in FREEDOMS if freedom in broken)

    @property
    def labelled(self) -> FrameworkResult | None:
        """The ladder behind the label, if it was asked for."""
        label = self.report.label
        return next((r for r in self.report.frameworks if label and r.id == label.framework), None)

    @property
    def waits(self) -> tuple[Finding, ...]:
        """What the next rung of the label waits for."""
        return waiting(self.labelled) if self.labelled else ()

    @property
    def steps(self) -> dict[Who, tuple[Text, ...]]:
        """What each can do, none twice, the most telling few.

        Against a breach; else towards an answer: first of what holds the label back, then of the rest, with
        what was not read.
        """
        if self.blockers:
            return self._remedies(self.blockers, _MOST_STEPS)
        told = self._remedies((*self.waits, *self.errors, *self.reviews, *self.unsettled), 1)
        slips = [_named(group) for group in self.problems if group[0].state in _SLIPS]
        unread = [_named(group) for group in self.problems if group[0].state not in _SLIPS]
        publisher = tuple(dict.fromkeys((*told["publisher"], *slips[:1])))
        return {"problem": tuple(unread[:1]), "user": told["user"], "publisher": publisher}

    @staticmethod
    def _remedies(findings: Iterable[Finding], most: int) -> dict[Who, tuple[Text, ...]]:
        remedies = [finding.remedy for finding in findings]
        said: dict[Who, list[Text | None]] = {
            "user": [remedy.user for remedy in remedies],
            "publisher": [remedy.publisher for remedy in remedies],
        }
        return {who: tuple(dict.fromkeys(filter(None, texts)))[:most] for who, texts in said.items()}

    @property
    def problems(self) -> tuple[tuple[Problem, ...], ...]:
        """The problems, those together that share their state, their reason and their next step."""
        groups: dict[tuple[str, Text, Text], list[Problem]] = {}
        for problem in self.report.problems:
            groups.setdefault((problem.state, problem.why, problem.next), []).append(problem)
        return tuple(map(tuple, groups.values()))


def view(report: Report) -> View:
    """The report, sorted."""
    main = next((result for result in report.frameworks if result.kind == "binary"), None)
    findings = main.findings if main else ()
    known = {finding.rule for finding in findings}
    others = tuple(
        (result, tuple(finding for finding in result.findings if finding.rule not in known))
        for result in report.frameworks
        if result is not main and result.kind != "informative"
    )
    informed = tuple(result for result in report.frameworks if result.kind == "informative")
    return View(
        report,
        main,
        others,
        informed,
        blockers=_pick(findings, Outcome.NOT_MET),
        reviews=_pick(findings, Outcome.NEEDS_REVIEW),
        unsettled=_pick(findings, Outcome.INSUFFICIENT_EVIDENCE),
        errors=_pick(findings, Outcome.ERROR),
        remarks=tuple(f for f in findings if not f.required and f.outcome in WORST_FIRST[:4]),
        passed=tuple(f for f in findings if f.outcome is Outcome.MET),
        idle=tuple(f for f in findings if f.outcome is Outcome.NOT_APPLICABLE),
    )


def _named(group: Sequence[Problem]) -> Text:
    """The next step of like problems, with what it is about: a step without an object helps nobody."""
    more = ", …" if len(group) > _MOST_NAMED else ""
    english, french = (
        ", ".join(called(Words(lang), problem.what) for problem in group[:_MOST_NAMED]) + more
        for lang in _LANGUAGES
    )
    step = group[0].next
    return Text(en=f"{step.en.removesuffix('.')} ({english}).", fr=f"{step.fr.removesuffix('.')} ({french}).")


def _pick(findings: Iterable[Finding], outcome: Outcome) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.required and finding.outcome is outcome)


def questions(result: FrameworkResult) -> tuple[tuple[Text | None, tuple[Finding, ...]], ...]:
    """The findings of an informative framework under the titles of its requirements, in their order."""
    by_rule = {finding.rule: finding for finding in result.findings}
    groups = [
        (each.title, tuple(by_rule[rule] for rule in each.rules if rule in by_rule))
        for each in result.requirements or ()
    ]
    return tuple(groups) or ((None, result.findings),)


def waiting(result: FrameworkResult) -> tuple[Finding, ...]:
    """The findings that hold back the next rung of a ladder."""
    missing = result.next_rung.missing if result.next_rung else ()
    return tuple(finding for rule in missing for finding in result.findings if finding.rule == rule)


def states(findings: Sequence[Finding]) -> list[tuple[Outcome, tuple[Finding, ...]]]:
    """Findings by their outcome, the worst first."""
    there = dict.fromkeys((*WORST_FIRST, Outcome.NOT_APPLICABLE))
    groups = [(outcome, tuple(each for each in findings if each.outcome is outcome)) for outcome in there]
    return [(outcome, group) for outcome, group in groups if group]


def matrix(result: FrameworkResult) -> dict[Freedom, dict[Element, Cell]]:
    """The answer for each freedom and element."""
    return {
        freedom: {element: _cell(_between(result, freedom, element), freedom) for element in ELEMENTS}
        for freedom in FREEDOMS
    }


def _between(result: FrameworkResult, freedom: Freedom, element: Element) -> tuple[Finding, ...]:
    """The findings of the framework that are about both; the groups know which rules those are."""
    if freedom not in result.freedoms or element not in result.elements:
        return ()
    rules = set(result.freedoms[freedom].findings) & set(result.elements[element].findings)
    return tuple(finding for finding in result.findings if finding.rule in rules)


def _cell(findings: Iterable[Finding], freedom: Freedom) -> Cell:
    outcomes = [_answer(finding, freedom) for finding in findings if finding.required]
    counted = [outcome for outcome in outcomes if outcome is not Outcome.NOT_APPLICABLE]
    worst = next((outcome for outcome in WORST_FIRST if outcome in counted), Outcome.NOT_APPLICABLE)
    return Cell(worst, counted.count(Outcome.MET), len(counted))


def _answer(finding: Finding, freedom: Freedom) -> Outcome:
    """A breach counts for the freedoms it breaks; the rule's other freedoms are left to review."""
    if finding.outcome is Outcome.NOT_MET and freedom not in finding.freedoms:
        return Outcome.NEEDS_REVIEW
    return finding.outcome


def places(evidence: Iterable[Evidence]) -> tuple[Place, ...]:
    """The sources of a finding, each once, with all facts read there."""
    found: dict[Source, dict[tuple[str, FactValue], None]] = {}
    for item in evidence:
        source = Source(**item.model_dump(include=set(Source.model_fields)))
        found.setdefault(source, {})[(item.fact, item.value)] = None
    return tuple(Place(source, tuple(facts)) for source, facts in found.items())


def files(evidence: Iterable[Evidence]) -> tuple[File, ...]:
    """The sources of a finding; those in one reply, which has no lines to link to, together."""
    found: dict[object, list[Place]] = {}
    for at, place in enumerate(places(evidence)):
        source = place.source
        alone = source.line is not None or source.url is None
        found.setdefault(at if alone else (source.url, source.path), []).append(place)
    return tuple(
        File(
            tuple(place.source for place in group),
            tuple(dict.fromkeys(fact for place in group for fact in place.facts)),
        )
        for group in found.values()
    )

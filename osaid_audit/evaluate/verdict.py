"""Findings -> the verdict of a binary framework, and the groups by element and freedom (design §5.2)."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from osaid_audit.schema.base import ELEMENTS, FINE, FREEDOMS, WORST_FIRST, Element, Freedom, Outcome, Text
from osaid_audit.schema.report import Finding, Group
from osaid_audit.schema.rules import Framework, Rule

CONFORMS, DOES_NOT_CONFORM, UNDETERMINED = "conforms", "does_not_conform", "undetermined"
VERDICT_TITLES = {
    CONFORMS: Text(en="Conforms", fr="Conforme"),
    DOES_NOT_CONFORM: Text(en="Does not conform", fr="Non conforme"),
    UNDETERMINED: Text(en="Undetermined", fr="Indéterminé"),
}
_LICENSE = "license"
_OPEN = (Outcome.ERROR, Outcome.INSUFFICIENT_EVIDENCE, Outcome.NEEDS_REVIEW)


def asked(framework: Framework) -> dict[str, bool]:
    """The rules a framework asks, in its order, and whether each is required.

    On a ladder the rules that a rung needs are the required ones.
    """
    rules: dict[str, bool] = {}
    for requirement in framework.requirements:
        for rule in requirement.rules:
            rules[rule] = rules.get(rule, False) or requirement.required
    for rung in framework.rungs:
        for rule in (*rung.needs, *rung.excluded, *rung.also, *rung.doubts):
            rules[rule] = rules.get(rule, False) or rule in rung.needs
    return rules


def binary(findings: Sequence[Finding], on_the_word_of: str | None) -> str:
    """The verdict. Never `conforms` without a sign-off that a required finding used, and a name for it."""
    required = [finding for finding in findings if finding.required]
    signed = bool(on_the_word_of) and any(finding.attested for finding in required)
    return of_required((finding.outcome for finding in required), signed=signed)


def of_required(outcomes: Iterable[Outcome], *, signed: bool = False) -> str:
    """The verdict from the outcomes of the required rules; `signed`: one of them rests on a sign-off."""
    given = set(outcomes)
    if Outcome.NOT_MET in given:
        return DOES_NOT_CONFORM
    return CONFORMS if signed and given <= set(FINE) else UNDETERMINED


def only_proven_breach(findings: Sequence[Finding]) -> str | None:
    """The word "license" when every required breach is about it, else None (design §5.2)."""
    topics = {finding.topic for finding in _required(findings, (Outcome.NOT_MET,))}
    return _LICENSE if topics == {_LICENSE} else None


def open_items(findings: Sequence[Finding]) -> int:
    """How many required findings are neither proven nor broken."""
    return len(_required(findings, _OPEN))


def by_element(findings: Sequence[Finding]) -> dict[Element, Group]:
    """The findings of each element of the definition."""
    return {
        element: _group([finding for finding in findings if finding.element == element], _outcome)
        for element in ELEMENTS
    }


def by_freedom(findings: Sequence[Finding], rules: Callable[[str], Rule]) -> dict[Freedom, Group]:
    """The findings that bear on each freedom.

    A breach that names its freedoms counts as not_met for these and as needs_review for the rule's others.
    """
    groups: dict[Freedom, Group] = {}
    for freedom in FREEDOMS:
        bearing = [
            finding
            for finding in findings
            if freedom in finding.freedoms or freedom in rules(finding.rule).freedoms
        ]
        groups[freedom] = _group(bearing, partial(outcome_for, freedom))
    return groups


def outcome_for(freedom: Freedom, finding: Finding) -> Outcome:
    """What a finding says of one freedom."""
    if finding.outcome is Outcome.NOT_MET and freedom not in finding.freedoms:
        return Outcome.NEEDS_REVIEW
    return finding.outcome


def _outcome(finding: Finding) -> Outcome:
    return finding.outcome


def _required(findings: Iterable[Finding], outcomes: tuple[Outcome, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.required and finding.outcome in outcomes]


def _group(findings: Sequence[Finding], outcome: Callable[[Finding], Outcome]) -> Group:
    counting = [outcome(finding) for finding in findings if finding.required]
    counting = [answer for answer in counting if answer is not Outcome.NOT_APPLICABLE]
    worst = next((answer for answer in WORST_FIRST if answer in counting), Outcome.NOT_APPLICABLE)
    return Group(
        status=worst,
        met=counting.count(Outcome.MET),
        required=len(counting),
        findings=tuple(finding.rule for finding in findings),
    )

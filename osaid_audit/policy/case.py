"""One audited model at one place, and what can be held against it there."""

from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.policy.demands import Demanded
from osaid_audit.policy.waivers import Waivers
from osaid_audit.render.places import link
from osaid_audit.render.safe import http_url
from osaid_audit.schema.base import Level, Outcome, Text
from osaid_audit.schema.report import Finding, Report

WEAKEST_FIRST: tuple[Level, ...] = ("note", "warning", "error")


class Trouble(NamedTuple):
    """What does not hold: an alert without its place.

    rules   the rules behind it: itself, or those that hold the label or the verdict back
    waived  every reason for it is accepted
    used    the numbers of the waivers that accept it
    """

    check: str
    level: Level
    title: Text
    message: Text
    next: Text | None = None
    url: str | None = None
    rules: tuple[str, ...] = ()
    waived: bool = False
    used: frozenset[int] = frozenset()


class Case(NamedTuple):
    """What a check looks at."""

    report: Report
    asks: Demanded
    ruleset: RuleSet
    waivers: Waivers

    def findings(self) -> Iterator[Finding]:
        """Every answer once, though several frameworks may ask the same rule; an `error` is not lost."""
        found: dict[str, Finding] = {}
        for each in (each for result in self.report.frameworks for each in result.findings):
            if each.rule not in found or each.outcome is Outcome.ERROR:
                found[each.rule] = each
        yield from found.values()

    def finding(self, rule: str) -> Finding | None:
        """The answer of one rule, if it was asked."""
        return next((each for each in self.findings() if each.rule == rule), None)

    def settled(self, trouble: Trouble, *, by_rules: bool = True) -> Trouble:
        """The trouble with the waivers that accept it: one of its own check, or one for each of its rules."""
        own = self.waivers.accepting(trouble.check)
        if own:
            return trouble._replace(waived=True, used=own)
        behind = [self.finding(rule) for rule in trouble.rules] if by_rules else []
        if behind and all(each is not None and each.waived for each in behind):
            used = frozenset(n for rule in trouble.rules for n in self.waivers.accepting(rule))
            return trouble._replace(waived=True, used=used)
        return trouble


def best_link(finding: Finding | None) -> str | None:
    """The first place among the evidence of a finding that a browser can show."""
    return next(filter(None, map(link, finding.evidence)), None) if finding else None


def page(report: Report) -> str | None:
    """The page of the model."""
    return http_url(report.subject.url)

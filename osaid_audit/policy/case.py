"""One audited model at one place, and what can be held against it there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.policy.demands import Demanded
from osaid_audit.policy.waivers import Waivers
from osaid_audit.render.places import link
from osaid_audit.render.safe import http_url
from osaid_audit.schema.base import Level, Outcome, Text
from osaid_audit.schema.report import Finding, Report

_REPLY = re.compile(r"https?://(?:api\.|[^/?#]+/(?:[^?#]*/)?api/)", re.IGNORECASE)
_HUB_REPLY = re.compile(
    r"(?P<host>https?://[^/?#]+(?:/[^?#]*?)?)/api/(?P<kind>models|datasets)/"
    r"(?P<name>[^/?#]+(?:/(?!revision/|tree/)[^/?#]+)?)(?:/(?:revision|tree)/(?P<revision>[^/?#]+))?"
)

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
    """Where a person can read what a finding rests on: a file or a page, else what stands behind a reply.

    A reply of an interface is for programs: of one about a repository its page is given, at the same commit
    where the reply names one. None when there is only a reply that has no page.
    """
    links = list(filter(None, map(link, finding.evidence))) if finding else []
    shown = [each for each in links if not _is_reply(each)]
    return next(iter(shown), None) or next(filter(None, map(_page_of, links)), None)


def _is_reply(url: str) -> bool:
    return bool(_REPLY.match(url))


def _page_of(url: str) -> str | None:
    """The page of the repository that a reply of a Hub is about."""
    reply = _HUB_REPLY.match(url)
    if reply is None:
        return None
    kind = "datasets/" if reply["kind"] == "datasets" else ""
    at = f"/tree/{reply['revision']}" if reply["revision"] else ""
    return f"{reply['host']}/{kind}{reply['name']}{at}"


def page(report: Report) -> str | None:
    """The page of the model."""
    return http_url(report.subject.url)

"""The license classes a policy allows, held against the model's own terms, each part and each base."""

from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.evaluate.said import said
from osaid_audit.policy.case import Case, Trouble, best_link, page
from osaid_audit.policy.wording import joined, text
from osaid_audit.render.safe import http_url, plain
from osaid_audit.schema.base import Outcome, Text
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.report import Report

_UNKNOWN, _NOT_OSI, _OSI = "custom-unknown", "open-not-osi", "osi"
_WEIGHTS = "weights-license"
"""The rule that says whether an open class can be relied on."""
_MOST_TERMS = 8


class _Terms(NamedTuple):
    """Terms that count for the model: whose they are, their class if it is established, where they stand."""

    whose: Text
    cls: str | None
    problem: str | None = None
    url: str | None = None


def license_class(case: Case) -> Iterator[Trouble]:
    """Terms of a class that is not allowed, or that nobody can tell; the worst of them decides."""
    allowed = case.asks.licenses
    if allowed is None:
        return
    terms = list(_terms(case))
    refused = [each for each in terms if _refused(each, allowed)]
    unclear = [each for each in terms if _unclear(each, allowed)]
    if not refused and not unclear:
        return
    found = (refused + unclear)[:_MOST_TERMS]
    message = text(
        "policy.class.refused" if refused else "policy.class.open",
        found=text("policy.class.found", terms=joined(map(_said, found), "; ")),
        allowed=", ".join(allowed) or text("policy.class.none"),
    )
    trouble = Trouble(
        "license-class",
        "error" if refused else case.asks.undetermined,
        text("check.license-class"),
        message,
        text("policy.next.class"),
        next((each.url for each in found if each.url), None) or page(case.report),
    )
    yield case.settled(trouble)


def _refused(terms: _Terms, allowed: tuple[str, ...]) -> bool:
    return terms.cls not in {None, _UNKNOWN} and terms.cls not in allowed


def _unclear(terms: _Terms, allowed: tuple[str, ...]) -> bool:
    if terms.cls is None or terms.problem:
        return True
    return terms.cls == _UNKNOWN and _UNKNOWN not in allowed


def _terms(case: Case) -> Iterator[_Terms]:
    report = case.report
    yield _own(case)
    for part in report.license.components:
        if part.path:
            yield _Terms(text("policy.class.part", path=plain(part.path)), part.cls, url=page(report))
    for hop in report.lineage:
        url = http_url(f"{report.endpoint.rstrip('/')}/{hop.id}")
        yield _Terms(text("policy.class.base", id=plain(hop.id)), hop.cls, _problem(hop), url)


def _own(case: Case) -> _Terms:
    """The fact, and not the conclusion: it waits until everything relevant is read."""
    report = case.report
    fact, concluded = report.facts.get("license.class"), report.license.concluded
    cls = str(fact.value) if fact is not None and fact.basis != "lead" else None
    rule = case.finding(_WEIGHTS)
    whose = text("policy.class.own_id", id=plain(concluded.id)) if concluded else text("policy.class.own")
    doubted = rule is not None and rule.outcome not in _relied_on(cls, report)
    return _Terms(whose, None if cls in {_OSI, _NOT_OSI} and doubted else cls, url=best_link(rule))


def _relied_on(cls: str | None, report: Report) -> tuple[Outcome, ...]:
    """The answers about the weights' license with which an open class stands."""
    read = report.facts.get("license.read_all")
    lifted = cls == _NOT_OSI and read is not None and read.value is True
    return (Outcome.MET, Outcome.NOT_APPLICABLE, *([Outcome.NEEDS_REVIEW] if lifted else []))


def _problem(hop: Hop) -> str | None:
    """Why a base is not known for sure: what could not be read, or that it is only hinted at."""
    return hop.problem or ("hint" if hop.hint else None)


def _said(terms: _Terms) -> Text:
    if terms.cls is None and not terms.problem:
        return text("policy.class.unknown", whose=terms.whose)
    if terms.problem == "hint":
        return text("policy.class.hint", whose=terms.whose)
    if terms.cls is None:
        return text("policy.class.problem", whose=terms.whose, problem=plain(terms.problem or ""))
    words = Text(en=said("license.class", terms.cls, "en"), fr=said("license.class", terms.cls, "fr"))
    told = text("policy.class.is", whose=terms.whose, said=words, cls=terms.cls)
    return (
        joined([told, Text(en=f"({plain(terms.problem)})", fr=f"({plain(terms.problem)})")])
        if terms.problem
        else told
    )

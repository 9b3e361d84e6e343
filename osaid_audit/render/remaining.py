"""What it would take: from the findings alone, part by part, what is broken and what is still to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from osaid_audit.schema.base import ELEMENTS, FINE, Element, Outcome
from osaid_audit.schema.report import Finding, FrameworkResult

Terms = Literal["own", "none", "base", "code", "some"]
"""Whose terms a breach stands on: the subject's own, none at all, a base's, its code's; or it is not told."""
_CHANGEABLE = {"own", "none"}
"""Terms that whoever publishes the subject can change."""
_UNLICENSED = ("license.class", "none")
_WHOSE: dict[str, Terms] = {"license": "own", "lineage": "base", "code": "code"}


@dataclass(frozen=True)
class Part:
    """One element of the definition with its required findings: the breaches, and what is open."""

    element: Element
    broken: tuple[Finding, ...]
    open: tuple[Finding, ...]


@dataclass(frozen=True)
class Remaining:
    """What stands between a subject and `conforms`.

    parts         the elements with something left to do
    only_license  every proven breach is about the license
    open_items    required findings that are neither met nor broken
    other_terms   every breach is of the subject's own terms, and everything else is met on a reviewer's
                  word: with other terms it would pass (design §8). A base's terms are not the publisher's
    """

    parts: tuple[Part, ...]
    only_license: bool
    open_items: int
    other_terms: bool


def remaining(main: FrameworkResult | None) -> Remaining | None:
    """What the leading norm still asks; None without a binary norm, or when nothing is left."""
    if main is None or main.kind != "binary":
        return None
    required = [finding for finding in main.findings if finding.required]
    parts = tuple(part for element in ELEMENTS if (part := _part(element, required)) is not None)
    if not parts:
        return None
    rest = [finding for finding in required if finding.outcome is not Outcome.NOT_MET]
    signed = any(finding.attested for finding in rest)
    only_license = main.only_proven_breach == "license"
    fine = all(finding.outcome in FINE for finding in rest)
    whose = broken_terms(finding for finding in required if finding not in rest)
    own_terms = only_license and set(whose) <= _CHANGEABLE
    return Remaining(parts, only_license, main.open_items, own_terms and signed and fine)


def broken_terms(breaches: Iterable[Finding]) -> tuple[Terms, ...]:
    """Whose terms the breaches stand on, each once, in the order of the breaches."""
    return tuple(dict.fromkeys(map(_whose, breaches)))


def _whose(breach: Finding) -> Terms:
    """Told by the facts that the breach stands on; with none, or facts of several, it is not told."""
    whose = {_WHOSE.get(item.fact.partition(".")[0], "some") for item in breach.evidence}
    if whose == {"own"} and any((item.fact, item.value) == _UNLICENSED for item in breach.evidence):
        return "none"
    return whose.pop() if len(whose) == 1 else "some"


def _part(element: Element, required: list[Finding]) -> Part | None:
    own = [finding for finding in required if finding.element == element and finding.outcome not in FINE]
    if not own:
        return None
    broken = tuple(finding for finding in own if finding.outcome is Outcome.NOT_MET)
    return Part(element, broken, tuple(finding for finding in own if finding not in broken))

"""What it would take: from the findings alone, part by part, what is broken and what is still to be shown."""

from dataclasses import dataclass

from osaid_audit.schema.base import ELEMENTS, Element, Outcome
from osaid_audit.schema.report import Finding, FrameworkResult

_OWN = "license."
_FINE = (Outcome.MET, Outcome.NOT_APPLICABLE)


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
    fine = all(finding.outcome in _FINE for finding in rest)
    own_terms = only_license and all(_of_own_terms(finding) for finding in required if finding not in rest)
    return Remaining(parts, only_license, main.open_items, own_terms and signed and fine)


def _of_own_terms(finding: Finding) -> bool:
    """Whether a breach stands on the subject's own license, which its publisher can change."""
    return bool(finding.evidence) and all(item.fact.startswith(_OWN) for item in finding.evidence)


def _part(element: Element, required: list[Finding]) -> Part | None:
    own = [finding for finding in required if finding.element == element and finding.outcome not in _FINE]
    if not own:
        return None
    broken = tuple(finding for finding in own if finding.outcome is Outcome.NOT_MET)
    return Part(element, broken, tuple(finding for finding in own if finding not in broken))

"""From clauses to a class, by the precedence of design §7."""

from collections.abc import Iterable

from osaid_audit.schema.licenses import PRECEDENCE, ClauseId, LicenseClass

_RANK = {cls: rank for rank, cls in enumerate((*PRECEDENCE, "none"))}
_BY_CLAUSE: dict[ClauseId, LicenseClass] = {
    "noncommercial": "noncommercial",
    "research_only": "noncommercial",
    "personal": "noncommercial",
    "no_derivatives": "no-derivatives",
    "field_of_use": "use-restricted",
    "acceptable_use_policy": "use-restricted",
    "geography": "use-restricted",
    "output_training_ban": "use-restricted",
    "guardrail_lock": "use-restricted",
    "no_redistribution": "use-restricted",
    "revenue_threshold": "threshold-restricted",
    "user_threshold": "threshold-restricted",
    "naming": "open-not-osi",
    "branding": "open-not-osi",
    "flow_down": "open-not-osi",
}


def rank(cls: LicenseClass) -> int:
    """The place in the precedence, 0 being the most restrictive."""
    return _RANK[cls]


def worst(classes: Iterable[LicenseClass]) -> LicenseClass | None:
    """The most restrictive of the classes; None when there is none."""
    return min(classes, key=rank, default=None)


def best(classes: Iterable[LicenseClass]) -> LicenseClass | None:
    """The least restrictive of the classes; None when there is none."""
    return max(classes, key=rank, default=None)


def from_clauses(
    binding: Iterable[ClauseId], conditional: Iterable[ClauseId], osi_approved: bool
) -> LicenseClass:
    """The class that clauses give.

    A conditional clause that would restrict leaves an otherwise open license `custom-unknown`: whom it
    binds is for a human to say. An OSI-approved license with any clause that takes something is a fault
    of the table and comes out as the clause says.
    """
    found = worst(_BY_CLAUSE.get(clause, "custom-unknown") for clause in binding)
    maybe = worst(_BY_CLAUSE.get(clause, "custom-unknown") for clause in conditional)
    cls: LicenseClass = found or ("osi" if osi_approved else "open-not-osi")
    if maybe is not None and rank(maybe) < rank("open-not-osi") and rank(cls) >= rank("open-not-osi"):
        return "custom-unknown"
    return cls

"""A card in a language that is not read says something all the same: its silence is no finding."""

from collections.abc import Iterable

from osaid_audit.schema.base import Outcome, Problem
from osaid_audit.schema.report import Finding

_CARD = "README.md"


def unread_card(problems: Iterable[Problem]) -> Problem | None:
    """The problem of a card that is there and is in no language that is read, if it is one."""
    return next((each for each in problems if each.what == _CARD and each.state == "unsupported"), None)


def not_read(finding: Finding, card: Problem | None) -> Finding:
    """The finding, which says so where nothing decides and the unread card may hold the answer."""
    if card is None or finding.outcome is not Outcome.INSUFFICIENT_EVIDENCE:
        return finding
    held = set(finding.missing) & set(card.blocks)
    return finding.model_copy(update={"message": card.why}) if held else finding

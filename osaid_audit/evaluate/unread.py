"""What a finding says where the card is in a language that is not read."""

from osaid_audit.schema.base import Outcome, Problem
from osaid_audit.schema.report import Finding


def not_read(finding: Finding, card: Problem | None) -> Finding:
    """The finding, which says so where nothing decides and the unread card may hold the answer."""
    if card is None or finding.outcome is not Outcome.INSUFFICIENT_EVIDENCE:
        return finding
    held = set(finding.missing) & set(card.blocks)
    return finding.model_copy(update={"message": card.why}) if held else finding

"""How an outcome is marked: a sign for each, so that none is told by its colour alone."""

from osaid_audit.render.layout import Style
from osaid_audit.schema.base import Outcome

IN_TEXT: dict[Outcome, tuple[str, Style]] = {
    Outcome.MET: ("✓", "green"),
    Outcome.NOT_MET: ("✗", "red"),
    Outcome.NEEDS_REVIEW: ("!", "yellow"),
    Outcome.INSUFFICIENT_EVIDENCE: ("?", "cyan"),
    Outcome.NOT_APPLICABLE: ("-", "dim"),
    Outcome.ERROR: ("#", "red"),
}
IN_MARKDOWN: dict[Outcome, str] = {
    Outcome.MET: "✅",
    Outcome.NOT_MET: "❌",
    Outcome.NEEDS_REVIEW: "🔎",
    Outcome.INSUFFICIENT_EVIDENCE: "❔",
    Outcome.NOT_APPLICABLE: "⚪",
    Outcome.ERROR: "⚠️",
}

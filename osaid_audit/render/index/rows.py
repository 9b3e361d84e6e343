"""Report -> Row: what is said of a model among many, in the words of its own report."""

from osaid_audit.errors import OsaidError
from osaid_audit.render.compare.rows import both
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.safe import plain
from osaid_audit.render.view import View, view, waiting
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Text
from osaid_audit.schema.index import Row
from osaid_audit.schema.licenses import LicenseBlock
from osaid_audit.schema.report import Finding, Report
from osaid_audit.schema.unread import read_in_part
from osaid_audit.schema.wrong import said

_BRIEF = 2
"""Breaches that a row names; the rest is counted."""
_LONGEST = 400


def row_of(report: Report) -> Row:
    """The row of a report."""
    seen, label = view(report), report.label
    leading = Phrases(seen, Words("en")).leading
    return Row(
        id=report.subject.canonical_id,
        revision=report.subject.revision,
        label=label.value if label else None,
        label_title=label.title if label else None,
        label_at_most=label.at_most if label else None,
        verdict=leading.verdict if leading else None,
        verdict_title=both(lambda words: Phrases(seen, words).verdict_of(leading)) if leading else None,
        license=_license(report.license),
        blocking=_blocking(seen),
        inherited=report.inherited_from,
        unread=read_in_part(report.problems),
    )


def row_of_error(model: str, error: OsaidError) -> Row:
    """The row of a model that could not be audited: why, and what to do."""
    why, step = said(error)
    if step is not None:
        why = Text(en=f"{why.en} {step.en}", fr=f"{why.fr} {step.fr}")
    return Row(id=model, problem=why)


def _license(block: LicenseBlock) -> str | None:
    """What is concluded, else what is declared: by its name, where the license itself is only `other`."""
    if block.concluded:
        return block.concluded.id
    first = block.said("name", "declared", "tag") or next(iter(block.declared), None)
    return (first.id or first.value) if first else None


def _blocking(seen: View) -> Text | None:
    """The breaches, else what is still open; None when nothing is, or nothing with a verdict was asked."""
    waits = () if seen.main else tuple(f for result, _ in seen.others for f in waiting(result))
    conforms = seen.main is not None and seen.main.verdict == "conforms"
    if conforms or (seen.main is None and not waits):
        return None
    return both(lambda words: plain(_told(Phrases(seen, words), waits), _LONGEST))


def _told(say: Phrases, waits: tuple[Finding, ...]) -> str:
    words = say.words
    if say.view.blockers:
        titles = [say.say(finding.title) for finding in say.view.blockers[:_BRIEF]]
        more = len(say.view.blockers) - _BRIEF
        titles += [words.count("page.more", more)] if more > 0 else []
        taken = words("finding.takes", freedoms=say.freedoms(say.view.taken)) if say.view.taken else ""
        return ". ".join(
            filter(None, [taken, words("index.not_met", titles=words("semicolon").join(titles))])
        )
    if main := say.view.main:
        return words.count("reason.open", main.open_items) if main.open_items else say.grounds
    return words.pair(words("label.holding"), say.say(waits[0].title))

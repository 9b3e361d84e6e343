"""Attestations that were given and not used: one line each, with the reason."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from osaid_audit.messages import say, told

if TYPE_CHECKING:
    from osaid_audit.policy import Given
    from osaid_audit.schema.report import Report


def warnings(given: "Sequence[Given]", reports: "Sequence[Report]") -> Iterator[str]:
    """What each ignored attestation was ignored for, and which were about none of the models."""
    names = {each.sha256: each.shown for each in given}
    shown = {record.sha256 for report in reports for record in report.attestations}
    for report in reports:
        for record in report.attestations:
            if record.ignored is not None:
                said = [told(record.why)] if record.why and record.ignored != "contradicts" else []
                said += [told(each.why) for each in record.statements if each.why]
                name = names.get(record.sha256, record.sha256)
                why = " ".join(filter(None, said))
                yield say(
                    "warning: {name}: ignored for {model}: {ignored}. {why}",
                    name=name,
                    model=report.subject.canonical_id,
                    ignored=record.ignored,
                    why=why,
                )
    for each in given:
        if reports and each.sha256 not in shown:
            yield say("warning: {name}: not used: it speaks of none of these models.", name=each.shown)

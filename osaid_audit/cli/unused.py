"""Attestations that were given and not used: one line each, with the reason."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from osaid_audit.policy import Given
    from osaid_audit.schema.base import Text
    from osaid_audit.schema.report import Report


def warnings(given: "Sequence[Given]", reports: "Sequence[Report]", lang: str) -> Iterator[str]:
    """What each ignored attestation was ignored for, and which were about none of the models."""
    names = {each.sha256: each.shown for each in given}
    shown = {record.sha256 for report in reports for record in report.attestations}
    for report in reports:
        for record in report.attestations:
            if record.ignored is not None:
                told = [_said(record.why, lang)] if record.ignored != "contradicts" else []
                told += [_said(each.why, lang) for each in record.statements if each.why]
                name = names.get(record.sha256, record.sha256)
                why = " ".join(filter(None, told))
                yield f"warning: {name}: ignored for {report.subject.canonical_id}: {record.ignored}. {why}"
    for each in given:
        if reports and each.sha256 not in shown:
            yield f"warning: {each.shown}: not used: it speaks of none of these models."


def _said(text: "Text | None", lang: str) -> str:
    return "" if text is None else text.fr if lang == "fr" else text.en

"""Report -> JSON, the contract; everything else is a view of it."""

import json
from collections.abc import Sequence

from osaid_audit.render.safe import escape_unseen
from osaid_audit.schema.report import Report


def report_json(report: Report) -> str:
    """The report as JSON: sorted keys, unknown values left out, both languages; always the same bytes."""
    return _dump(_plain(report))


def reports_json(reports: Sequence[Report]) -> str:
    """Several reports as a JSON array in their order."""
    return _dump([_plain(report) for report in reports])


def _plain(report: Report) -> object:
    return report.model_dump(mode="json", by_alias=True, exclude_none=True)


def _dump(document: object) -> str:
    written = json.dumps(document, sort_keys=True, ensure_ascii=False, indent=2)
    return escape_unseen(written) + "\n"

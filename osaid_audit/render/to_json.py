"""Report -> JSON, the contract; everything else is a view of it."""

import json
from collections.abc import Sequence
from typing import Any

from osaid_audit.render.safe import escape_unseen
from osaid_audit.schema.report import Report


def report_json(report: Report) -> str:
    """The report as JSON: sorted keys, unknown values left out, both languages; always the same bytes."""
    return _dump(document(report))


def reports_json(reports: Sequence[Report]) -> str:
    """Several reports as a JSON array in their order."""
    return _dump([document(report) for report in reports])


def report_line(report: Report) -> str:
    """The report as one line of JSON lines."""
    return escape_unseen(json.dumps(document(report), sort_keys=True, ensure_ascii=False)) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The report as tables, lists and texts; unknown values left out."""
    return report.model_dump(mode="json", by_alias=True, exclude_none=True)


def _dump(value: object) -> str:
    written = json.dumps(value, sort_keys=True, ensure_ascii=False, indent=2)
    return escape_unseen(written) + "\n"

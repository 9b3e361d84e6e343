"""A saved report -> Report: JSON, JSON lines, or an HTML page of ours with the JSON inside."""

import json

from pydantic import TypeAdapter, ValidationError

from osaid_audit.errors import UnreadableInput
from osaid_audit.messages import Counted, Message
from osaid_audit.render.embed import unpack
from osaid_audit.schema.report import Report
from osaid_audit.schema.wrong import wrong_in

MARK = '<script type="application/json" id="osaid-audit-report">'
_END = "</script>"
_LARGEST = 64_000_000
_HINT = Message("Give a report that osaid-audit wrote as JSON or HTML, of this schema version.")
_REPORTS: TypeAdapter[tuple[Report, ...]] = TypeAdapter(tuple[Report, ...])


def read_report(text: str) -> Report:
    """The one report in a JSON or HTML text. Raises UnreadableInput when there is none, or several."""
    reports = read_reports(text)
    if len(reports) != 1:
        held = Counted("{n} report", "{n} reports", len(reports))
        raise UnreadableInput("This file holds {held} where one was expected.", _HINT, held=held)
    return reports[0]


def read_reports(text: str) -> tuple[Report, ...]:
    """The reports in a JSON or HTML text, or one a line, in their order. Raises UnreadableInput."""
    if len(text) > _LARGEST:
        raise UnreadableInput("This report is larger than {most} MB.", _HINT, most=_LARGEST // 1_000_000)
    try:
        document = _embedded(text) if text.lstrip().startswith("<") else text.strip()
        if document.startswith("["):
            return _REPORTS.validate_json(document)
        lines = document.split("\n")
        if len(lines) > 1 and lines[0].rstrip().endswith("}"):
            return tuple(Report.model_validate_json(line) for line in lines if line.strip())
        return (Report.model_validate_json(document),)
    except ValidationError as error:
        raise UnreadableInput("This is not a report: {why}.", _HINT, why=_first(error)) from None
    except RecursionError:
        raise UnreadableInput("This is not a report: it is nested too deeply.", _HINT) from None


def _embedded(page: str) -> str:
    _, mark, after = page.partition(MARK)
    document, end, _ = after.partition(_END)
    if not mark or not end:
        raise UnreadableInput("This page holds no report of osaid-audit.", _HINT)
    return json.dumps(unpack(document))


def _first(error: ValidationError) -> Message:
    """The first thing that is wrong, with its place, in one line."""
    return wrong_in(error.errors(include_url=False, include_input=False)[0])

"""`osaid-audit render REPORT`: a saved report in another format or language."""

from collections.abc import Sequence
from pathlib import Path

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.outputs import check_count, plan, write
from osaid_audit.cli.streams import Console
from osaid_audit.errors import UnreadableInput
from osaid_audit.messages import Message

EPILOG = """\
Examples:
  osaid-audit render report.json -o report.html
  osaid-audit render report.html --format text
  osaid-audit render report.json --format markdown --lang fr

Exit codes: 0 rendered, 2 wrong usage, 3 the report cannot be read, 4 internal error.
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("report", metavar="REPORT", type=click.Path(path_type=Path))
@options.writing
@options.language
@options.talk
@click.pass_obj
def render(console: Console, /, report: Path, formats: Sequence[str], paths: Sequence[str], lang: str) -> int:
    """Show a saved report (.json, .jsonl, .html) in another format or language."""
    wanted = plan(formats, paths)

    from osaid_audit.pipeline import read_text
    from osaid_audit.render import read_reports

    text = read_text(report, Message("report"))
    reports = read_reports(text)
    if not reports:
        raise UnreadableInput(
            "The report '{report}' is an empty list.", "There is nothing to render.", report=report
        )
    check_count(wanted, len(reports))
    many = len(reports) > 1 or text.lstrip().startswith("[")
    write(reports, wanted, lang, console, many=many)
    return 0

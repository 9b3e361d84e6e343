"""`osaid-audit explain NAME`: what a word in a report means, offline."""

import shutil
import sys
from pathlib import Path

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.streams import emit

EPILOG = """\
Examples:
  osaid-audit explain weights-license
  osaid-audit explain llama3.1 --lang fr
  osaid-audit explain needs_review

Exit codes: 0 explained, 2 nothing bears that name, 4 internal error.
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("name", metavar="NAME")
@options.own_rules
@options.language
@options.talk
def explain(name: str, rules_dir: Path | None, lang: str) -> int:
    """Explain a rule, framework, label, license, clause, outcome, fact or another word of a report."""
    from osaid_audit.cli.explanations import Guide
    from osaid_audit.evaluate import load

    page = Guide(load(rules_dir), lang).page(name)
    width = min(max(shutil.get_terminal_size().columns, 60), 100) if sys.stdout.isatty() else 80
    emit("\n".join(page.lines(width)))
    return 0

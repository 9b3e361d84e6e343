"""`osaid-audit scan PATH...`: which models does this code base use, and are they what the policy demands?"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.outputs import Output, manner_of, plan, write_each
from osaid_audit.cli.streams import Console
from osaid_audit.errors import UsageError

if TYPE_CHECKING:
    from osaid_audit.pipeline.scanning import Checked, Held
    from osaid_audit.schema.scan import ScanReport

FORMATS = ("text", "json", "markdown", "sarif", "github", "junit", "gitlab", "badge")
"""Spelled out here because --help must not import the renderers; a test holds both lists together."""
SUFFIXES = {".txt": "text", ".json": "json", ".md": "markdown", ".sarif": "sarif", ".xml": "junit"}

EPILOG = """\
Examples:
  osaid-audit scan .
  osaid-audit scan src notebooks --require open-source-ai -o models.sarif
  osaid-audit scan . --no-audit --format json

Without a policy file every model must reach the label open-weights.

Exit codes:
  0    nothing gates
  1    findings: a model is not what the policy demands, or not what the lock file says
  2    wrong usage or configuration
  3    a model that is surely named could not be audited (see --allow-unaudited)
  4    internal error
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--no-audit", is_flag=True, help="List the references only: open no socket, exit 0.")
@click.option("--datasets", is_flag=True, help="Ask for the datasets that are named, too.")
@click.option("--markdown", is_flag=True, help="Read Markdown, too.")
@click.option("--exclude", metavar="GLOB", multiple=True, help="Leave these paths out. Repeatable.")
@options.demanding
@options.norms
@options.locking
@options.growing
@click.option("--allow-unaudited", is_flag=True, help="Let models pass that could not be audited.")
@options.format_of(FORMATS)
@options.placing
@options.asking
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=8, show_default=True, help="Models audited at once."
)
@options.own_rules
@options.attesting
@click.option("--as-of", metavar="DATE", help="The day by which waivers expire, YYYY-MM-DD; today.")
@options.language
@options.talk
@click.pass_obj
def scan(
    console: Console,
    /,
    paths: Sequence[Path],
    formats: Sequence[str],
    outputs: Sequence[str],
    lang: str,
    **how: Any,
) -> int:
    """Find the models that a code base uses and audit each.

    PATH is a folder, or files and folders; '.' if not said. Nothing in them is run.
    """

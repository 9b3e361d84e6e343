"""`osaid-audit explain [NAME]`: what a word in a report means, offline."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.streams import columns, emit

if TYPE_CHECKING:
    from osaid_audit.schema.base import Lang

EPILOG = """\
Examples:
  osaid-audit explain
  osaid-audit explain weights-license
  osaid-audit explain llama3.1 --lang fr

Exit codes: 0 explained, 2 nothing bears that name, 4 internal error.
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("name", metavar="NAME", required=False)
@options.own_rules
@options.language
@options.talk
def explain(name: str | None, rules_dir: Path | None, lang: "Lang") -> int:
    """Explain a rule, framework, label, license, clause, outcome, check, fact or another word of a report.

    Without NAME: list all that can be explained.
    """
    from osaid_audit.cli.explaining import Guide
    from osaid_audit.evaluate import load

    guide = Guide(load(rules_dir), lang)
    width = columns(100) or 80
    emit("\n".join(guide.page(name).lines(width) if name else _listing(guide.listed(), width)))
    return 0


def _listing(names: Mapping[str, Sequence[str]], width: int) -> Iterator[str]:
    """The names under their kinds."""
    from osaid_audit.cli.explaining.page import wrapped

    for number, (kind, each) in enumerate(names.items()):
        yield from ([""] if number else [])
        yield kind
        yield from wrapped(", ".join(each), width, hanging=False)

"""`osaid-audit gather MODEL`: the facts alone."""

from pathlib import Path
from typing import Any

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.outputs import STDOUT, check_place, put
from osaid_audit.cli.streams import Console

EPILOG = """\
Examples:
  osaid-audit gather google-bert/bert-base-uncased -o bert.json
  osaid-audit bert.json --offline            (judge it later, without network)
  osaid-audit gather org/name@v1.0 -o name.json --evidence copies

Exit codes: 0 gathered, 2 wrong usage, 3 could not be gathered, 4 internal error.
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("model", metavar="MODEL")
@options.saving
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep a copy of everything read, under its sha256, with an index.json; never the token.",
)
@options.reaching
@options.spoken
@options.talk
@click.pass_obj
def gather(console: Console, /, model: str, output: str, evidence: Path | None, **reach: Any) -> int:
    """Gather the facts about a model, without judging them.

    They make a dossier, one JSON file: facts, where each was read, and what could not be read. The sha256 of
    a place is the name of its copy in the folder of --evidence; copies that are there are kept.
    """
    if output != STDOUT:
        check_place(Path(output))

    from osaid_audit.gather.reading.records import dossier_json
    from osaid_audit.pipeline import gather as gather_one

    with console.requests():
        text = dossier_json(gather_one(model, evidence=evidence, **options.gather_options(**reach)))
    put(output, text, console)
    return 0

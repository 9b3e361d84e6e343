"""`osaid-audit attest MODEL`: the questions that only a person can answer, as a file to fill in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.outputs import STDOUT, check_place, put
from osaid_audit.cli.streams import Console

if TYPE_CHECKING:
    from osaid_audit.schema.base import Lang

EPILOG = """\
Examples:
  osaid-audit attest google-bert/bert-base-uncased -o bert.yaml
  (read the evidence, answer, sign)
  osaid-audit google-bert/bert-base-uncased --attestation bert.yaml

Exit codes: 0 drafted, 2 wrong usage, 3 could not audit, 4 internal error.
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("model", metavar="MODEL")
@options.saving
@options.norms
@options.reaching
@options.own_rules
@options.attesting
@options.language
@options.talk
@click.pass_obj
def attest(  # noqa: PLR0917 - click passes them by name
    console: Console,
    /,
    model: str,
    output: str,
    frameworks: Sequence[str],
    rules_dir: Path | None,
    attestations: Sequence[Path],
    lang: str,
    **reach: Any,
) -> int:
    """Draft an attestation: every open point of an audit, for a reviewer to answer.

    The file (YAML) names the commit and holds each question with the evidence found. It is ignored until a
    person has answered, named evidence and signed; docs/attestations.md goes through it step by step.
    With --attestation what others have already signed is left out.
    """
    if output != STDOUT:
        check_place(Path(output))

    from osaid_audit.evaluate import load
    from osaid_audit.pipeline import audit
    from osaid_audit.policy.draft import draft

    ruleset = load(rules_dir)
    asked: dict[str, Any] = {"rules": ruleset, "frameworks": frameworks or None, "attestations": attestations}
    with console.requests():
        report = audit(model, **asked, **options.gather_options(**reach))
    text = draft(report, ruleset, cast("Lang", lang))
    put(output, text, console)
    return 0

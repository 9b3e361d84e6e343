"""`osaid-audit audit MODEL...`: the main command."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_audit.cli import options
from osaid_audit.cli.gate import LABELS, make_gate, worst
from osaid_audit.cli.group import Command
from osaid_audit.cli.models import asked
from osaid_audit.cli.outputs import check_count, plan, write
from osaid_audit.cli.streams import Console
from osaid_audit.cli.unused import warnings
from osaid_audit.errors import OsaidError

if TYPE_CHECKING:
    from osaid_audit.schema.report import Report

EPILOG = """\
Examples:
  osaid-audit google-bert/bert-base-uncased
  osaid-audit meta-llama/Llama-3.2-3B --format json --fail-on undetermined
  osaid-audit -r models.txt --require open-weights -o report.html -o report.json

Exit codes:
  0    nothing gates
  1    findings: a required rule is not met (see --fail-on), or the label is below --require
  2    wrong usage or configuration, also an address that is not a model's
  3    could not audit: not found, not readable with this token, network, offline and not stored
  4    internal error
  Of several models the worst code wins (4, 3, 1, 0); the others are still reported.
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("names", metavar="MODEL...", nargs=-1)
@options.listing
@options.writing
@options.norms
@click.option(
    "--fail-on",
    type=click.Choice(["not-met", "undetermined", "never"]),
    default="not-met",
    show_default=True,
    help="Which required findings make the exit code 1.",
)
@click.option(
    "--require", metavar="LABEL", help="Also exit 1 when the G7 label is below this one or undetermined."
)
@options.reaching
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=8, show_default=True, help="Models audited at once."
)
@options.own_rules
@options.attesting
@click.option("--as-of", metavar="DATE", help="The day the report speaks of, YYYY-MM-DD; that of gathering.")
@options.language
@options.talk
@click.pass_obj
def audit(  # noqa: PLR0917 - click passes them by name
    console: Console,
    /,
    names: Sequence[str],
    lists: Sequence[Path],
    formats: Sequence[str],
    paths: Sequence[str],
    frameworks: Sequence[str],
    fail_on: str,
    require: str | None,
    jobs: int,
    rules_dir: Path | None,
    attestations: Sequence[Path],
    as_of: str | None,
    lang: str,
    **reach: Any,
) -> int:
    """Tell whether models are open source, and what is missing.

    MODEL is a Hub id (org/name, org/name@revision), the address of its page, a dossier file (.json),
    or '-' for a list on standard input.
    """
    wanted = plan(formats, paths)
    models, many = asked(names, lists)
    check_count(wanted, len(models))

    from osaid_audit.evaluate import load
    from osaid_audit.pipeline import DEFAULT_FRAMEWORKS, audit_many, given

    ruleset = load(rules_dir)
    signed = [given(path) for path in attestations]
    gate = make_gate(ruleset, fail_on, require)
    norms = [*(frameworks or DEFAULT_FRAMEWORKS), *([LABELS] if require else [])]
    where = options.gather_options(**reach)
    with console.requests(), console.counting(len(models)) as done:
        answers = audit_many(
            models,
            jobs=jobs,
            done=done,
            rules=ruleset,
            frameworks=norms,
            as_of=as_of,
            attestations=signed,
            **where,
        )
    reports = [answer for answer in answers if not isinstance(answer, OsaidError)]
    if reports:
        write(reports, wanted, lang, console, many=many)
    for warning in warnings(signed, reports, lang):
        console.note(warning)
    for report in reports:
        if reason := gate.why(report):
            console.note(reason)
    return worst([*(gate.code(report) for report in reports), *_failures(console, models, answers)])


def _failures(
    console: Console, models: Sequence[str], answers: "Sequence[Report | OsaidError]"
) -> Iterator[int]:
    """Say each error with its model and give its exit code."""
    for model, answer in zip(models, answers, strict=True):
        if isinstance(answer, OsaidError):
            console.failure(answer, about=model if len(models) > 1 else "")
            yield answer.exit_code

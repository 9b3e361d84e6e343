"""`osaid-audit audit MODEL...`: the main command."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_audit.cli import locking, options
from osaid_audit.cli.gate import asked_for, reasons
from osaid_audit.cli.group import Command
from osaid_audit.cli.models import asked
from osaid_audit.cli.outputs import check_count, needs, plan, write
from osaid_audit.cli.streams import Console
from osaid_audit.cli.unused import warnings
from osaid_audit.errors import OsaidError

if TYPE_CHECKING:
    from osaid_audit.schema.policy import FailOn
    from osaid_audit.schema.report import Report

EPILOG = """\
Examples:
  osaid-audit google-bert/bert-base-uncased
  osaid-audit meta-llama/Llama-3.2-3B --format json --fail-on undetermined
  osaid-audit -r models.txt --require open-weights -o report.html -o report.json

Exit codes:
  0    nothing gates
  1    findings: a required rule not met (see --fail-on), the label below --require, the policy
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
@options.demanding
@options.locking
@options.reaching
@options.auditing("The day the report speaks of, YYYY-MM-DD; that of gathering.")
@click.pass_obj
def audit(  # noqa: PLR0917 - click passes them by name
    console: Console,
    /,
    names: Sequence[str],
    lists: Sequence[Path],
    formats: Sequence[str],
    paths: Sequence[str],
    frameworks: Sequence[str],
    policy_file: Path | None,
    fail_on: "FailOn | None",
    require: str | None,
    locked: bool,
    update_lock: bool,
    lock_file: Path | None,
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
    from osaid_audit.pipeline import audit_many, given
    from osaid_audit.policy.demands import frameworks as norms_of
    from osaid_audit.policy.judge import Answer, judge

    ruleset = load(rules_dir)
    signed = [given(path) for path in attestations]
    policy = asked_for(policy_file, ruleset, fail_on=fail_on, require=require, frameworks=frameworks)
    lock = locking.asked_for(
        policy, policy_file.parent if policy_file else Path(), lock_file, locked=locked, update=update_lock
    )
    where = options.gather_options(**reach)
    with console.requests(), console.counting(len(models)) as done:
        answers = audit_many(
            models,
            jobs=jobs,
            done=done,
            rules=ruleset,
            frameworks=[*norms_of(policy, ruleset), *needs(wanted)],
            as_of=as_of,
            attestations=signed,
            **where,
        )
    held = [Answer(name, None, (), answer) for name, answer in zip(models, answers, strict=True)]
    judgement = judge(policy, ruleset, held, _day(answers, as_of))
    if judgement.reports:
        write(judgement.reports, wanted, lang, console, many=many)
    for warning in warnings(signed, judgement.reports):
        console.note(warning)
    for reason in reasons(held, judgement, policy):
        console.note(reason)
    _say_failures(console, models, answers)
    return max(judgement.code(), lock.settle(locking.named(models, answers, where), policy, console))


def _day(answers: "Sequence[Report | OsaidError]", as_of: str | None) -> str | None:
    """The day by which waivers expire: that of each report; without any, the one asked for or today."""
    if not all(isinstance(answer, OsaidError) for answer in answers):
        return None
    return (dt.date.fromisoformat(as_of) if as_of else dt.datetime.now(dt.UTC).date()).isoformat()


def _say_failures(console: Console, models: Sequence[str], answers: "Sequence[Report | OsaidError]") -> None:
    """Say each error with its model."""
    for model, answer in zip(models, answers, strict=True):
        if isinstance(answer, OsaidError):
            console.failure(answer, about=model if len(models) > 1 else "")

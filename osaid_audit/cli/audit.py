"""`osaid-audit audit MODEL...`: the main command."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_audit.cli import locking, options
from osaid_audit.cli.batch import Batch
from osaid_audit.cli.gate import asked_for
from osaid_audit.cli.group import Command
from osaid_audit.cli.models import asked
from osaid_audit.cli.outputs import SUFFIXES, check_count, check_not_in, check_not_read, needs, plan
from osaid_audit.cli.sinks import MANY_SUFFIXES, audited_as, check_many, sinks
from osaid_audit.cli.streams import Console

if TYPE_CHECKING:
    from osaid_audit.schema.policy import FailOn

EPILOG = """\
Examples:
  osaid-audit google-bert/bert-base-uncased
  osaid-audit meta-llama/Llama-3.2-3B --format json --fail-on undetermined
  osaid-audit -r models.txt --require open-weights --run models-run -o models.csv -o index.html

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
@options.running
@options.writing_many
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
    run_dir: Path | None,
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
    or '-' for a list on standard input. Very many: docs/batches.md.
    """
    wanted = plan(formats, paths, {**SUFFIXES, **MANY_SUFFIXES})
    models, many, places = asked(names, lists)
    wanted = audited_as(wanted, many=many, said=formats)
    check_count(wanted, len(models))
    check_many(wanted)
    check_not_read(wanted, [*lists, *_dossiers(models), *filter(None, [policy_file]), *attestations])
    if run_dir is not None:
        check_not_in(run_dir, wanted)

    from osaid_audit.evaluate import load
    from osaid_audit.pipeline import choose_frameworks, given
    from osaid_audit.pipeline.table import Table
    from osaid_audit.policy.demands import frameworks as norms_of

    ruleset = load(rules_dir)
    signed = [given(path) for path in attestations]
    policy = asked_for(policy_file, ruleset, fail_on=fail_on, require=require, frameworks=frameworks)
    lock = locking.asked_for(
        policy, policy_file.parent if policy_file else Path(), lock_file, locked=locked, update=update_lock
    )
    norms = choose_frameworks(ruleset, (*norms_of(policy, ruleset), *needs(wanted)))
    tabular = any(output.format in {"csv", "parquet"} for output in wanted)
    table = Table(ruleset, norms) if tabular else None
    batch = Batch(console, models, policy, ruleset, lock, signed, as_of, places)
    return batch.run(
        sinks(wanted, lang, console, table=table, run=run_dir, many=many),
        run_dir,
        options.gather_options(**reach),
        jobs=jobs,
        frameworks=norms,
    )


def _dossiers(models: Sequence[str]) -> list[Path]:
    from osaid_audit.pipeline.models import dossier_file

    return list(filter(None, map(dossier_file, models)))

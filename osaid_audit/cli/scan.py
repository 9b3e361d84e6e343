"""`osaid-audit scan PATH...`: which models a code base uses, and whether they are as the policy demands."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.holding import Holding, folder_of
from osaid_audit.cli.outputs import Output, manner_of, plan, write_each
from osaid_audit.cli.streams import Console

if TYPE_CHECKING:
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
@click.argument("places", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--no-audit",
    is_flag=True,
    allow_from_autoenv=False,
    help="List the references only: open no socket, exit 0.",
)
@click.option("--datasets", is_flag=True, help="Ask for the datasets that are named, too.")
@click.option("--markdown", is_flag=True, help="Read Markdown, too.")
@click.option("--exclude", metavar="GLOB", multiple=True, help="Leave these paths out. Repeatable.")
@options.demanding
@click.option("--no-policy", is_flag=True, help="Do not look for a policy file in the folder.")
@options.norms
@options.locking
@options.growing
@click.option(
    "--allow-unaudited",
    is_flag=True,
    allow_from_autoenv=False,
    help="Let models pass that could not be audited.",
)
@options.format_of(FORMATS)
@options.placing
@options.asking
@options.auditing("The day by which waivers expire, YYYY-MM-DD; today.")
@click.pass_obj
def scan(console: Console, /, places: tuple[Path, ...], lang: str, **asked: Any) -> int:
    """Find the models that a code base uses, and audit each.

    PATH is a folder, or files and folders; '.' if not said. Nothing in them is run.
    """
    from osaid_audit.evaluate import load
    from osaid_audit.pipeline import given
    from osaid_audit.pipeline.scanning import Progress, Wanted, check

    wanted = plan(asked.pop("formats"), asked.pop("paths"), SUFFIXES)
    ruleset = load(asked.pop("rules_dir"))
    holding = Holding(folder_of(places), **{name: asked.pop(name) for name in Holding._fields[1:]})
    held, lock = holding.held(
        ruleset, **{name: asked.pop(name) for name in ("fail_on", "require", "frameworks")}
    )
    signed = [given(path) for path in asked.pop("attestations")]
    looked = Wanted(not asked.pop("no_audit"), *(asked.pop(name) for name in Wanted._fields[1:]))
    given_day, jobs = asked.pop("as_of"), asked.pop("jobs")
    with console.requests(), _counting(console) as progress:
        found = check(
            places or (Path(),),
            wanted=looked,
            held=held,
            jobs=jobs,
            progress=Progress(*progress, console.waiting),
            rules=ruleset,
            as_of=given_day,
            attestations=signed,
            **options.gather_options(**asked),
        )
    if looked.audit:
        holding.keep(found, held, lock, console)
    write_each(wanted, console, lambda output: _rendered(found.report, output, lang))
    return found.report.exit_code or 0


def _rendered(report: "ScanReport", output: Output, lang: str) -> str:
    from osaid_audit.render.scan import render_scan

    return render_scan(report, output.format, lang, **manner_of(output))


@contextmanager
def _counting(console: Console) -> Iterator[tuple[Callable[[int], None], Callable[[Any], None]]]:
    """A count of finished models, which begins when it is known how many there are."""
    with ExitStack() as stack:
        counters: list[Callable[[Any], None]] = []

        def begin(total: int) -> None:
            counter = stack.enter_context(console.counting(total)) if total else None
            counters.extend([counter] if counter else [])

        def done(model: Any) -> None:
            for counter in counters:
                counter(model)

        yield begin, done

"""`osaid-audit sweep FILE.parquet...`: a table of outcomes from a dump of the Hub."""

import sys
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from time import monotonic
from typing import TYPE_CHECKING

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.streams import Console, emit
from osaid_audit.errors import UsageError
from osaid_audit.messages import Counted, Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from osaid_audit.schema.sweep import Summary
    from osaid_audit.sweep import Progress

EPILOG = """\
Examples:
  osaid-audit sweep models.parquet -o out
  osaid-audit sweep dump/*.parquet -o out --columns columns.toml --framework practical
  osaid-audit sweep models.parquet -o out --format json --lang fr

The same command again goes on where the last run ended, whatever ended it.

Exit codes:
  0    the table is written, whatever it says
  2    wrong usage or configuration, or another sweep writes to the folder
  3    a file is broken, the disk is full, or the memory is not enough
  4    internal error
"""
_STAGES = {
    "digest": Message("checking the input"),
    "facts": Message("reading the facts"),
    "judge": Message("judging"),
}


def _folder(_context: click.Context, _parameter: click.Parameter, value: str) -> Path:
    """The folder; an empty name, often that of a variable never set, is not the folder one is in."""
    if not value:
        raise UsageError("--output is empty.", "Name a folder.")
    return Path(value)


@click.command(cls=Command, epilog=EPILOG)
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=str),
    callback=_folder,
    required=True,
    metavar="DIR",
    help="The folder for the table, the summary and what makes a run resumable.",
)
@click.option(
    "--columns",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Which column is which, as TOML; see docs/sweep.md.",
)
@options.norms
@options.own_rules
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day of judgement, YYYY-MM-DD; the last day on which a model of the dump changed.",
)
@click.option(
    "--memory",
    type=click.IntRange(100, 10_000_000),
    metavar="MB",
    help="What the database may use; 800 if not said.",
)
@click.option(
    "--threads", type=click.IntRange(1, 256), metavar="N", help="As many as the machine has, if not said."
)
@options.data_format("Format of the summary on standard output.")
@options.language
@options.talk
@click.pass_obj
def sweep(  # noqa: PLR0917 - click passes them by name
    console: Console,
    /,
    files: tuple[Path, ...],
    out: Path,
    columns: Path | None,
    frameworks: tuple[str, ...],
    rules_dir: Path | None,
    as_of: str | None,
    memory: int | None,
    threads: int | None,
    form: str,
    lang: str,
) -> int:
    """Judge every model of a dump of the Hub from its metadata alone: no network, no card, no license text.

    FILE is parquet with one row per model. A sweep finds restrictions among millions of models; it never
    finds that one is open, since that takes an audit.
    """
    from osaid_audit.sweep import sweep as swept

    with _watched(console) as progress:
        found = swept(
            files,
            out,
            columns=columns,
            frameworks=frameworks or None,
            rules=rules_dir,
            as_of=as_of,
            memory=memory,
            threads=threads,
            progress=progress,
            lang="fr" if lang == "fr" else "en",
        )
    emit(_rendered(found, form, lang))
    _remark(console, found, out)
    return 0


def _rendered(found: "Summary", form: str, lang: str) -> str:
    if form == "json":
        return found.model_dump_json(exclude_none=True, indent=1)
    from osaid_audit.render.sweep import summary_text

    return summary_text(found, lang)


def _remark(console: Console, found: "Summary", out: Path) -> None:
    """What is worth knowing of the input, and where the results are."""
    if unread := sum(each.n for each in found.unread):
        rows = Counted("{n} row names no model", "{n} rows name no model", unread)
        console.note(say("note: {rows}: in the table, without outcomes.", rows=rows))
    if found.repeated:
        rows = Counted("{n} row has", "{n} rows have", found.repeated)
        console.note(say("note: {rows} an id that stands further up, too: all are judged.", rows=rows))
    console.note(say("wrote {path}", path=out / "outcomes"))
    console.note(say("wrote {path}", path=out / "summary.html"))


@contextmanager
def _watched(console: Console) -> "Iterator[Callable[[Progress], None] | None]":
    """One line that says how far it is, only where somebody is watching."""
    if console.quiet or console.verbose or not sys.stderr.isatty():
        yield None
        return
    began: dict[str, float] = {}

    def tell(progress: "Progress") -> None:
        seconds = monotonic() - began.setdefault(progress.stage, monotonic())
        line = _line(progress, seconds)[: get_terminal_size().columns - 1]
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    try:
        yield tell
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def _line(progress: "Progress", seconds: float) -> str:
    """The stage, how much of it is done, and when it will end if it goes on like this."""
    share = say(
        "{stage}: {percent}%",
        stage=_STAGES[progress.stage],
        percent=100 * progress.done // max(progress.total, 1),
    )
    made, left = progress.done - progress.began, progress.total - progress.done
    if progress.stage == "digest" or seconds <= 0 or made <= 0:
        return share
    rate = made / seconds
    said = say("{rate} models a second, about {seconds} s left", rate=round(rate), seconds=round(left / rate))
    return f"{share}  {said}"

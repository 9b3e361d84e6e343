"""`osaid-audit compare A B ...`: several models side by side."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.outputs import READABLE, Output, manner_of, plan, write_each
from osaid_audit.cli.streams import Console
from osaid_audit.cli.unused import warnings
from osaid_audit.errors import OsaidError, UnreadableInput, UsageError
from osaid_audit.messages import Message

if TYPE_CHECKING:
    from osaid_audit.schema.compare import Comparison
    from osaid_audit.schema.report import Report

FORMATS = ("text", "json", "markdown", "html")
"""Spelled out here because --help must not import the renderers; a test holds both lists together."""
FEWEST, MOST = 2, 12
_PAGES = (".html", ".htm")

EPILOG = """\
Examples:
  osaid-audit compare google-bert/bert-base-uncased meta-llama/Llama-3.2-3B
  osaid-audit compare org/name@v1 org/name@v2        (what a new commit changed)
  osaid-audit compare old-report.json org/name dossier.json -o side-by-side.html

Exit codes:
  0    compared, whatever the verdicts are
  2    wrong usage: fewer than 2 models, or more than 12
  3    a model could not be audited; the others are compared all the same
  4    internal error
"""


@click.command(cls=Command, epilog=EPILOG)
@click.argument("names", metavar="MODEL MODEL...", nargs=-1)
@options.format_of(FORMATS)
@options.placing
@options.norms
@options.reaching
@options.auditing("The day the audits speak of, YYYY-MM-DD; that of gathering.")
@click.pass_obj
def compare(  # noqa: PLR0917 - click passes them by name
    console: Console,
    /,
    names: Sequence[str],
    formats: Sequence[str],
    paths: Sequence[str],
    attestations: Sequence[Path],
    lang: str,
    **asked: Any,
) -> int:
    """Show models side by side: what differs first, and who is better placed for which freedom.

    MODEL is what 'audit' takes (a Hub id, org/name@revision, the address of a page, a dossier file), or a
    saved report (.json, .html), which stays as it was judged. Of one model twice, the facts that changed are
    shown with their places.
    """
    wanted = plan(formats, paths, READABLE)
    if len(names) < FEWEST:
        raise UsageError("A comparison takes two models at least.", "Name them one after the other.")

    from osaid_audit.pipeline import given
    from osaid_audit.render.compare import comparison

    signed = [given(path) for path in attestations]
    models = _named(names)
    if len(models) > MOST:
        raise UsageError(
            "A comparison takes {most} models at most, not {n}.", "Name fewer.", most=MOST, n=len(models)
        )
    answers = _answers(console, models, signed, asked)
    found = comparison([name for name, _ in models], answers)
    for name, answer in zip(models, answers, strict=True):
        if isinstance(answer, OsaidError):
            console.failure(answer, about=name[0])
    if found.models:
        write_each(wanted, console, lambda output: _rendered(found, output, lang))
    judged = [answer for (_, saved), answer in zip(models, answers, strict=True) if saved is None]
    for warning in warnings(signed, [each for each in judged if not isinstance(each, OsaidError)]):
        console.note(warning)
    return max((each.exit_code for each in answers if isinstance(each, OsaidError)), default=0)


def _named(names: Sequence[str]) -> "list[tuple[str, Report | OsaidError | None]]":
    """Every model as it was named, with its report when it is a saved one; a file may hold several."""
    found: list[tuple[str, Report | OsaidError | None]] = []
    for name in names:
        try:
            saved = _saved(name)
        except UnreadableInput as error:
            found.append((name, error))
            continue
        found += [(name, report) for report in saved] if saved is not None else [(name, None)]
    return found


def _saved(name: str) -> "Sequence[Report] | None":
    """The reports in a file; None for a dossier and for whatever is no file."""
    from osaid_audit.pipeline import dossier_file, read_text
    from osaid_audit.render import read_reports

    page = name.lower().endswith(_PAGES) and "://" not in name
    path = Path(name).expanduser() if page else dossier_file(name)
    if path is None:
        return None
    text = read_text(path, Message("report or dossier"))
    return read_reports(text) if page or _is_report(text) else None


def _is_report(text: str) -> bool:
    """Whether a file holds reports: a page, a list, or an object with frameworks; a dossier has none."""
    import json

    if text.lstrip()[:1] in {"<", "["}:
        return True
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and "frameworks" in document


def _answers(
    console: Console,
    models: "list[tuple[str, Report | OsaidError | None]]",
    signed: Any,
    asked: dict[str, Any],
) -> "list[Report | OsaidError]":
    """The report of each, audited where there is none yet."""
    from osaid_audit.evaluate import load
    from osaid_audit.pipeline import audit_many

    rules = load(asked.pop("rules_dir"))
    frameworks, as_of, jobs = asked.pop("frameworks") or None, asked.pop("as_of"), asked.pop("jobs")
    where = options.gather_options(**asked)
    waiting = [name for name, report in models if report is None]
    with console.requests(), console.counting(len(waiting)) as done:
        made = audit_many(
            waiting,
            jobs=jobs,
            done=done,
            waiting=console.waiting,
            rules=rules,
            frameworks=frameworks,
            as_of=as_of,
            attestations=signed,
            **where,
        )
    audited = iter(made)
    return [next(audited) if report is None else report for _, report in models]


def _rendered(found: "Comparison", output: Output, lang: str) -> str:
    from osaid_audit.render.compare import render_comparison

    manner = manner_of(output)
    return render_comparison(found, output.format, lang, width=manner["width"], color=manner["color"])

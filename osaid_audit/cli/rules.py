"""`osaid-audit rules list|check|test`: the rule set."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import MANNERS, Commands
from osaid_audit.cli.streams import Console, emit
from osaid_audit.errors import UsageError
from osaid_audit.messages import Counted, say, typography

if TYPE_CHECKING:
    from osaid_audit.evaluate import RuleSet
    from osaid_audit.schema.rules import Rule

LIST = """\
Examples:
  osaid-audit rules list
  osaid-audit rules list --format json
  osaid-audit rules list --rules house-rules --lang fr
"""
CHECK = """\
Examples:
  osaid-audit rules check                (the shipped rules)
  osaid-audit rules check house-rules
  osaid-audit rules check house-rules -q && echo good

Exit codes: 0 all files are right, 2 a file is wrong (its place is said), 4 internal error.
"""
TEST = """\
Examples:
  osaid-audit rules test                 (the cases in the shipped rules)
  osaid-audit rules test house-rules
  osaid-audit rules test house-rules -v

Exit codes: 0 every case gives what it expects, 2 a file is wrong or a case fails, 4 internal error.
"""
_NO_ELEMENT = "general"
_FOLDER = click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))


@click.group(cls=Commands, context_settings=MANNERS)
@options.spoken
def rules() -> None:
    """List, check and test rules."""


@rules.command("list", epilog=LIST)
@options.data_format("Format.")
@options.own_rules
@options.language
@options.talk
def list_(form: str, rules_dir: Path | None, lang: str) -> int:
    """List the rules: id, element, frameworks, title."""
    from osaid_audit.evaluate import load

    rows = list(_rows(load(rules_dir)))
    if form == "json":
        emit(json.dumps(rows, indent=2, sort_keys=True, ensure_ascii=False))
    else:
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        shown = "\n".join(_table(rows, lang, columns))
        emit(typography(shown) if lang == "fr" else shown)
    return 0


@rules.command("check", epilog=CHECK)
@_FOLDER
@options.spoken
@options.talk
@click.pass_obj
def check(console: Console, /, folder: Path | None) -> int:
    """Check rule files: names, types, conditions, texts, cases. DIR holds yours; else the shipped ones."""
    if _faults(console, folder):
        return UsageError.exit_code
    rules_, frameworks = _counted(folder)
    counted = Counted("{n} rule", "{n} rules", rules_), Counted("{n} framework", "{n} frameworks", frameworks)
    emit(say("All is right: {rules}, {frameworks}.", rules=counted[0], frameworks=counted[1]))
    return 0


@rules.command("test", epilog=TEST)
@_FOLDER
@options.spoken
@options.talk
@click.pass_obj
def test(console: Console, /, folder: Path | None) -> int:
    """Run the cases inside rule files. DIR holds yours; else the shipped ones."""
    if _faults(console, folder):
        return UsageError.exit_code
    total = 0
    for rule in _own(folder):
        total += len(rule.cases)
        if console.verbose:
            cases = Counted("{n} case", "{n} cases", len(rule.cases))
            console.note(say("{name}: {what}", name=rule.id, what=cases))
    emit(str(Counted("{n} case gives what it expects.", "{n} cases give what they expect.", total)))
    return 0


def _faults(console: Console, folder: Path | None) -> bool:
    """Whether anything is wrong; every fault is said with its place."""
    from osaid_audit.evaluate import check as check_files

    found = check_files(folder)
    for fault in found:
        console.error(str(fault))
    if found:
        console.note(say("next: {hint}", hint=found[0].hint))
    return bool(found)


def _own(folder: Path | None) -> list["Rule"]:
    """The rules of the folder, or the shipped ones."""
    from osaid_audit.evaluate import load

    ruleset = load(folder)
    shipped = set(load().rules) if folder else set()
    return [rule for name, rule in sorted(ruleset.rules.items()) if name not in shipped]


def _counted(folder: Path | None) -> tuple[int, int]:
    from osaid_audit.evaluate import load

    base = load() if folder else None
    return len(_own(folder)), len(load(folder).frameworks) - (len(base.frameworks) if base else 0)


def _rows(ruleset: "RuleSet") -> Iterator[dict[str, Any]]:
    for name, rule in sorted(ruleset.rules.items(), key=lambda item: (_group(item[1]), item[0])):
        yield {
            "id": name,
            **({"element": rule.element} if rule.element else {}),
            "frameworks": list(ruleset.frameworks_of(name)),
            "origin": ruleset.origins[name],
            "title": rule.title.model_dump(),
        }


def _group(rule: "Rule") -> tuple[bool, str]:
    """The elements first, then the rules of none."""
    return rule.element is None, rule.element or ""


def _table(rows: list[dict[str, Any]], lang: str, columns: int | None) -> Iterator[str]:
    """Rows under their element, columns aligned; on a narrow terminal the title has a line of its own."""
    width = max(len(row["id"]) for row in rows)
    norms = max(len(", ".join(row["frameworks"])) for row in rows)
    narrow = (
        columns is not None and width + norms + 6 + max(len(row["title"][lang]) for row in rows) > columns
    )
    element = None
    for row in rows:
        group = row.get("element", _NO_ELEMENT)
        if group != element:
            yield from ([""] if element else [])
            element = group
            yield str(element)
        asked_by = ", ".join(row["frameworks"])
        if narrow:
            yield f"  {row['id']} ({asked_by})" if asked_by else f"  {row['id']}"
            yield from wrap(row["title"][lang], columns or 0, initial_indent="    ", subsequent_indent="    ")
        else:
            yield f"  {row['id']:<{width}}  {asked_by:<{norms}}  {row['title'][lang]}".rstrip()

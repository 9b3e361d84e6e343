"""`make messages`: what the program says, as catalogues for translators.

    python -m tools.messages write      the template (.pot), each language's texts (.po) and their binary (.mo)

Strings come from three places: calls in the source (`say`, `Message`, `Counted` and the errors), the
declarations of the command line (help pages, as they are shown), and click's own sentences.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from osaid_audit.cli.group import paragraphs
from osaid_audit.cli.main import cli
from osaid_audit.messages import DOMAIN, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "osaid_audit"
LOCALE = PACKAGE / "locale"
TEMPLATE = LOCALE / f"{DOMAIN}.pot"
TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]

ERRORS = {"UsageError", "CannotAudit", "NotFound", "Unreachable", "OfflineMiss", "UnreadableInput"}
# Which arguments of a call are texts. A fault of the tool itself is told in English; its next step is not.
SAID = {
    "say": (0,),
    "Message": (0,),
    "Counted": (0, 1),
    "InternalError": (1,),
    **dict.fromkeys(ERRORS, (0, 1)),
}
# What click says to a user. The other modules speak to the programmer, or of prompts and pagers we do not have.
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
# Of these modules, what only a programmer meets: wrong declarations, deprecations, prompts, types we do not use.
CLICK_TO_PROGRAMMERS = (
    "Name '",
    "Boolean option",
    "Could not determine",
    "No options defined",
    "Arguments take",
    "Do you want",
    "Confirm the",
    "Choice(",
    "DeprecationWarning",
    "deprecated",
    "(Deprecated",
    "{value!r} does not match the format",
    "{value!r} is not a valid UUID",
)
_WHEN = datetime(2026, 11, 22, tzinfo=UTC)
_HEADER = "# What osaid-audit says of its own work."


class Found(NamedTuple):
    """One string: what to look up (a pair where there is a plural), and where it is said."""

    id: str | tuple[str, str]
    place: str


def texts(node: ast.expr) -> Iterator[str]:
    """The literal texts an argument may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call that says something, with its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID:
            yield node.func.id, node


def of_source() -> Iterator[Found]:
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        found = sorted(calls(ast.parse(path.read_text(encoding="utf-8"))), key=lambda each: each[1].lineno)
        for name, call in found:
            said = [list(texts(call.args[at])) for at in SAID[name] if at < len(call.args)]
            if name == "Counted":
                yield Found((said[0][0], said[1][0]), place)
            else:
                yield from (Found(text, place) for each in said for text in each if text)


def commands(command: click.Command, path: str = "osaid-audit") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    for name, each in sorted(getattr(command, "commands", {}).items()):
        yield from commands(each, f"{path} {name}")


def of_help() -> Iterator[Found]:
    for path, command in commands(cli):
        shown = [*paragraphs(command.help or ""), *(command.epilog or "").strip("\n").split("\n\n")]
        if isinstance(command, click.Group):
            shown.append(command.subcommand_metavar)
        for parameter in command.params:
            shown.append(parameter.metavar or "")
            if isinstance(parameter, click.Option):
                shown.append(parameter.help or "")
                shown += [parameter.show_default] if isinstance(parameter.show_default, str) else []
        yield from (Found(text, f"{path} --help") for text in shown if text)


def of_click() -> Iterator[Found]:
    folder = Path(click.__file__).parent
    for name in CLICK:
        for _, text, _, _ in extract_from_file("python", folder / f"{name}.py"):
            first = text[0] if isinstance(text, tuple) else text
            if not first.startswith(CLICK_TO_PROGRAMMERS):
                yield Found(text[:2] if isinstance(text, tuple) else text, f"click/{name}.py")


def template() -> Catalog:
    """Everything that is said, in the order of its places."""
    catalog = _catalog(None)
    for found in (*of_help(), *of_source(), *of_click()):
        catalog.add(found.id, locations=[(found.place.replace(" ", "_"), 0)])
    return catalog


def read(lang: str) -> Catalog:
    """The catalogue of a language as it lies in the tree."""
    path = po(lang)
    if not path.is_file():
        return _catalog(lang)
    with path.open("rb") as stream:
        return read_po(stream, locale=lang, domain=DOMAIN)


def po(lang: str) -> Path:
    return LOCALE / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def updated(lang: str) -> Catalog:
    """The catalogue with what is said now, in the order of the template; what is no longer said is gone."""
    old, new = read(lang), _catalog(lang)
    for message in template():
        if message.id:
            known = old.get(message.id)
            new.add(
                message.id,
                known.string if known else None,
                locations=message.locations,
                flags=known.flags if known else (),
                user_comments=known.user_comments if known else (),
            )
    return new


def as_text(catalog: Catalog) -> bytes:
    stream = BytesIO()
    write_po(stream, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue()


def as_binary(catalog: Catalog) -> bytes:
    stream = BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def _catalog(lang: str | None) -> Catalog:
    return Catalog(
        lang,
        DOMAIN,
        header_comment=_HEADER,
        project="osaid-audit",
        version="1",
        copyright_holder="The osaid-audit maintainers",
        creation_date=_WHEN,
        revision_date=_WHEN,
        last_translator="The osaid-audit maintainers",
        language_team=lang or "",
        fuzzy=False,
    )


def write() -> None:
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(as_text(template()))
    for lang in TRANSLATED:
        catalog = updated(lang)
        po(lang).parent.mkdir(parents=True, exist_ok=True)
        po(lang).write_bytes(as_text(catalog))
        po(lang).with_suffix(".mo").write_bytes(as_binary(catalog))
        missing = [message.id for message in catalog if message.id and not _is_done(message.string)]
        print(f"{lang}: {len(catalog)} messages, {len(missing)} to translate")
        for text in missing:
            print(f"  {text!r}")


def _is_done(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    if sys.argv[1:] != ["write"]:
        raise SystemExit(__doc__)
    write()

"""`osaid-audit license FILE`: which license a text is, and what it allows."""

import sys
from pathlib import Path

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.outputs import STDOUT
from osaid_audit.cli.streams import columns, emit
from osaid_audit.errors import UnreadableInput
from osaid_audit.messages import reason

EPILOG = """\
Examples:
  osaid-audit license LICENSE
  osaid-audit license LICENSE.txt --format json
  osaid-audit license - --lang fr < terms.txt

Exit codes: 0 answered, whatever the answer; 2 wrong usage; 3 the file cannot be read; 4 internal error.
"""


@click.command("license", cls=Command, epilog=EPILOG)
@click.argument("file", metavar="FILE")
@options.data_format("Format of the answer.")
@options.language
@options.talk
def license_(file: str, form: str, lang: str) -> int:
    """Tell which license a text is, what it allows, and what was changed in it.

    FILE is a plain text, '-' for standard input. Only a text that is a known one word for word is called
    by its name; of a changed one the differences are shown.
    """
    data = _read(file)

    from osaid_audit.licenses import read_license
    from osaid_audit.render.license import license_json, license_text

    reading = read_license(data)
    if form == "json":
        emit(license_json(reading))
    else:
        emit(license_text(reading, "fr" if lang == "fr" else "en", columns(100) or 80, _rules_version()))
    return 0


def _read(file: str) -> bytes:
    """The first bytes of the file, as many as a license can have. Raises UnreadableInput."""
    from osaid_audit.licenses import MAX_BYTES

    if file == STDOUT:
        return sys.stdin.buffer.read(MAX_BYTES)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES)
    except FileNotFoundError as error:
        raise UnreadableInput("There is no file '{file}'.", "Check the path.", file=file) from error
    except IsADirectoryError as error:
        raise UnreadableInput("'{file}' is a folder.", "Name the license file in it.", file=file) from error
    except OSError as error:
        raise UnreadableInput(
            "'{file}' cannot be read: {why}.", "Check the path.", file=file, why=reason(error)
        ) from error
    except ValueError as error:  # a path with a NUL
        raise UnreadableInput("'{file}' is no path.", "Check the path.", file=file) from error


def _rules_version() -> str:
    from osaid_audit.resources import data

    return (data("rules") / "VERSION").read_text(encoding="utf-8").strip()

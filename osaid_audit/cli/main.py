"""The door: the commands, and every error as one sentence with its next step."""

import os
import sys
from collections.abc import Sequence

import click

from osaid_audit.cli.attest import attest
from osaid_audit.cli.audit import audit
from osaid_audit.cli.compare import compare
from osaid_audit.cli.explain import explain
from osaid_audit.cli.gather import gather
from osaid_audit.cli.group import MANNERS, Door, parameter
from osaid_audit.cli.language import chosen, teach_click
from osaid_audit.cli.license import license_
from osaid_audit.cli.render import render
from osaid_audit.cli.rules import rules
from osaid_audit.cli.scan import scan
from osaid_audit.cli.schema import schema
from osaid_audit.cli.streams import Console, prepare
from osaid_audit.cli.sweep import sweep
from osaid_audit.errors import InternalError, OsaidError
from osaid_audit.messages import say, speaking
from osaid_audit.version import __version__

INTERRUPTED = 130
EPILOG = """\
Examples:
  osaid-audit google-bert/bert-base-uncased
  osaid-audit license LICENSE
  osaid-audit explain weights-license
"""


@click.group(
    cls=Door,
    default="audit",
    no_args_is_help=True,
    context_settings=MANNERS,
    epilog=EPILOG,
)
@click.version_option(__version__, prog_name="osaid-audit", help="Show the version and exit.")
def cli() -> None:
    """Tell whether an AI model is open source, freedom by freedom, and what is missing.

    `osaid-audit MODEL` is short for `osaid-audit audit MODEL`: see `osaid-audit audit --help` for its
    options and exit codes.
    """


for _command in (audit, compare, scan, attest, gather, license_, explain, rules, render, schema, sweep):
    cli.add_command(_command)


def main() -> None:
    """Run the command line and exit with its code."""
    code = run(sys.argv[1:])
    if code == INTERRUPTED:
        # Threads that still wait for an answer would hold the exit back.
        sys.stdout.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """The exit code; everything that can go wrong is said in one sentence, never as a traceback."""
    prepare()
    teach_click()
    with speaking(chosen(arguments)):
        return _run(arguments, Console())


def _run(arguments: Sequence[str], console: Console) -> int:  # noqa: PLR0911 - one return for each way to end
    try:
        code = cli.main(list(arguments), prog_name="osaid-audit", standalone_mode=False, obj=console)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "osaid-audit"
        if isinstance(error, click.BadParameter) and error.param is not None:
            error.param = parameter(error.param)
        console.error(error.format_message(), say("Run '{path} --help'.", path=path))
        return 2
    except (click.Abort, KeyboardInterrupt):
        console.error(say("Interrupted."))
        return INTERRUPTED
    except OsaidError as error:
        console.failure(error)
        return error.exit_code
    except SystemExit:  # click leaves so when the reader of its help has gone
        return 0
    except Exception as error:  # noqa: BLE001 - a crash must never be read as "findings", which is exit 1
        fault = InternalError(f"{type(error).__name__}: {error}")
        fault.__cause__ = error
        console.failure(fault)
        return fault.exit_code
    return code if isinstance(code, int) else 0

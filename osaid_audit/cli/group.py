"""The group of commands: `audit` when none is named, and a word for those who mistyped one."""

from copy import copy
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from click_default_group import DefaultGroup

from osaid_audit.errors import UsageError
from osaid_audit.messages import say, spoken, translate, typography

MANNERS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

_CLOSE = 0.74
"""How alike a word and a command must be to be called a slip: `scna` and `scan` are 0.75 alike."""


class _Formatter(click.HelpFormatter):
    """Headings with the colon of the language."""

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{say('{heading}:', heading=heading)}\n")


class _Context(click.Context):
    formatter_class = _Formatter


class _Spoken(click.Command):
    """Shows its help in the language that is spoken, and the lines of the examples as they are written."""

    context_class = _Context

    def get_help(self, ctx: click.Context) -> str:
        """The help page."""
        return click.Command.get_help(in_language(self), ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line of the list of commands."""
        line = click.Command.get_short_help_str(in_language(self), limit)
        return typography(line) if spoken() == "fr" else line  # click splits at unbreakable spaces too

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The library keeps its help option in the language of the first help page."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = translate("Show this message and exit.")
        return option

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the epilog unwrapped."""
        if self.epilog:
            formatter.write_paragraph()
            for line in self.epilog.strip("\n").splitlines():
                formatter.write(f"{line}\n" if line else "\n")


class Command(_Spoken):
    """A command whose options are also read from OSAID_AUDIT_NAME, whatever the command."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["context_settings"] = {"auto_envvar_prefix": "OSAID_AUDIT", **MANNERS}
        super().__init__(*args, **kwargs)


class Commands(_Spoken, click.Group):
    """A group of commands with the same manners."""

    command_class = Command


class Door(_Spoken, DefaultGroup):
    """`osaid-audit MODEL` is `osaid-audit audit MODEL`."""

    command_class = Command
    group_class = Commands

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, else the default one with the word as its first argument."""
        if cmd_name not in self.commands:
            _refuse_slip(cmd_name, sorted(self.commands))
        return super().get_command(ctx, cmd_name)


def in_language(command: click.Command) -> click.Command:
    """The command as it is shown: itself in English, else a copy with its texts translated.

    Declarations stay English, and a copy leaves them so: two runs of one process may speak two languages.
    """
    if spoken() == "en":
        return command
    shown = copy(command)
    shown.help = "\n\n".join(map(translate, paragraphs(command.help or "")))
    shown.epilog = "\n\n".join(map(translate, (command.epilog or "").strip("\n").split("\n\n")))
    shown.params = [parameter(each) for each in command.params]
    if isinstance(shown, click.Group):
        shown.subcommand_metavar = translate(shown.subcommand_metavar)
    return shown


def parameter(declared: click.Parameter) -> click.Parameter:
    """An option or argument as it is shown."""
    shown = copy(declared)
    shown.metavar = translate(declared.metavar) if declared.metavar else declared.metavar
    if isinstance(shown, click.Option):
        shown.help = translate(shown.help or "")
        if isinstance(shown.show_default, str):
            shown.show_default = translate(shown.show_default)
    return shown


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a help text, each as one line: where the source breaks its lines says nothing."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def _refuse_slip(word: str, commands: list[str]) -> None:
    """A model id could be any word, so a mistyped command must be caught before it is taken for one."""
    if word.startswith("-") or "/" in word or "@" in word or Path(word).exists():
        return
    if word in {"help", "version"}:
        raise UsageError(
            "There is no command '{word}'; did you mean '--{word}'?",
            "'osaid-audit --help' lists the commands there are.",
            word=word,
        )
    near = get_close_matches(word, commands, 1, _CLOSE)
    if near:
        raise UsageError(
            "There is no command '{word}'; did you mean '{near}'?",
            "For a model of that name: osaid-audit audit {word}",
            word=word,
            near=near[0],
        )

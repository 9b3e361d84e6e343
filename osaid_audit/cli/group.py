"""The group of commands: `audit` when none is named, and a word for those who mistyped one."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from click_default_group import DefaultGroup

from osaid_audit.errors import UsageError

LATER = ("sweep",)
"""Words kept free for commands to come; none of them can be the name of a model on the command line."""

MANNERS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

_CLOSE = 0.74
"""How alike a word and a command must be to be called a slip: `scna` and `scan` are 0.75 alike."""


class _Examples(click.Command):
    """Keeps the lines of the examples as they are written."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the epilog unwrapped."""
        if self.epilog:
            formatter.write_paragraph()
            for line in self.epilog.strip("\n").splitlines():
                formatter.write(f"{line}\n" if line else "\n")


class Command(_Examples):
    """A command whose options are also read from OSAID_AUDIT_NAME, whatever the command."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["context_settings"] = {"auto_envvar_prefix": "OSAID_AUDIT", **MANNERS}
        super().__init__(*args, **kwargs)


class Commands(_Examples, click.Group):
    """A group of commands with the same manners."""

    command_class = Command


class Door(_Examples, DefaultGroup):
    """`osaid-audit MODEL` is `osaid-audit audit MODEL`."""

    command_class = Command
    group_class = Commands

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, else the default one with the word as its first argument."""
        if cmd_name not in self.commands:
            _refuse_slip(cmd_name, sorted(self.commands))
        return super().get_command(ctx, cmd_name)


def _refuse_slip(word: str, commands: list[str]) -> None:
    """A model id could be any word, so a mistyped command must be caught before it is taken for one."""
    if word.startswith("-") or "/" in word or "@" in word or Path(word).exists():
        return
    if word in {"help", "version"}:
        raise UsageError(f"There is no command '{word}'; did you mean '--{word}'?", _LIST)
    if word in LATER:
        raise UsageError(f"'{word}' is not part of this version of osaid-audit.", _LIST)
    near = get_close_matches(word, [*commands, *LATER], 1, _CLOSE)
    if near and near[0] in LATER:
        raise UsageError(f"'{word}' looks like '{near[0]}', which is not part of this version.", _LIST)
    if near:
        hint = f"For a model of that name: osaid-audit audit {word}"
        raise UsageError(f"There is no command '{word}'; did you mean '{near[0]}'?", hint)


_LIST = "'osaid-audit --help' lists the commands there are."

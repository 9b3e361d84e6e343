"""The table that says which column of a dump is which."""

from pathlib import Path

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.messages import Message, reason
from osaid_audit.sweep.kinds import NAMES, near, phrase
from osaid_audit.sweep.paths import shown

_TABLE = "columns"


def mapping_of(path: Path) -> dict[str, str]:
    """The table `[columns]` of a TOML file: our name = the name in the dump.

    Raises UnreadableInput when it cannot be read, and UsageError for another table, or a name of ours that
    there is not.
    """
    import tomllib  # noqa: PLC0415 - only asked for with --columns

    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else Message("it is not TOML")
        raise UnreadableInput(
            "'{file}' cannot be read: {why}.", "Check the path.", file=shown(path), why=why
        ) from error
    other = next((name for name in rows if name != _TABLE), None)
    if other is not None:
        raise UsageError(
            "'{file}': '{name}' is not known there.",
            "The only table is [columns].",
            file=shown(path),
            name=phrase(other),
        )
    table = rows.get(_TABLE)
    if not isinstance(table, dict) or not all(isinstance(each, str) and each for each in table.values()):
        raise UsageError(
            "'{file}' has no table [columns] of our names and theirs.",
            'Write a line such as id = "model_id" below [columns].',
            file=shown(path),
        )
    wrong = next((name for name in table if name not in NAMES), None)
    if wrong is not None:
        raise UsageError(
            "'{file}': there is no column '{column}'.",
            near(wrong, NAMES),
            file=shown(path),
            column=phrase(wrong),
        )
    return dict(table)

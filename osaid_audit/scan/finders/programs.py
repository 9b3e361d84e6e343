"""Programs whose first argument is a model (rules/references/flags.yaml)."""

import re
from functools import cache

from osaid_audit.scan.tables import table


@cache
def known_commands() -> dict[str, list[tuple[str, list[str]]]]:
    """Commands that take a model, by their first word; longer ones first."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for place in ("hub", "registry"):
        for line in str(table("flags")[place]).splitlines():
            steps = line.split()
            found.setdefault(steps[0], []).append((place, steps))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[1]))
    return found


def is_called(text: str) -> bool:
    """Whether any of the programs is named: a cheap first look at a whole file."""
    return _names().search(text) is not None


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(known_commands())))})(?![\w-])")

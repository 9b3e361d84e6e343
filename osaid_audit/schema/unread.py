"""A card in a language that is not read says something all the same: its silence is no finding."""

from collections.abc import Iterable

from osaid_audit.schema.base import Problem

_CARD = "README.md"


def unread_card(problems: Iterable[Problem]) -> Problem | None:
    """The problem of a card that is there and is in no language that is read, if it is one."""
    return next((each for each in problems if each.what == _CARD and each.state == "unsupported"), None)

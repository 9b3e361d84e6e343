"""What was not read says something all the same: its silence is no finding."""

from collections.abc import Iterable, Sequence

from osaid_audit.schema.base import Problem
from osaid_audit.schema.dossier import Hop

_CARD = "README.md"


def unread_card(problems: Iterable[Problem]) -> Problem | None:
    """The problem of a card that is there and is in no language that is read, if it is one."""
    return next((each for each in problems if each.what == _CARD and each.state == "unsupported"), None)


def shut_card(problems: Iterable[Problem]) -> Problem | None:
    """The problem of a card that is there and could not be read at all, behind a gate or a dead line."""
    shut = ("gated", "unreachable", "too_large", "not_found_or_private")
    return next((each for each in problems if each.what == _CARD and each.state in shut), None)


def unread_bases(lineage: Iterable[Hop]) -> Sequence[str]:
    """The declared bases that could not be read: what holds of the whole model holds of them too."""
    return tuple(dict.fromkeys(hop.id for hop in lineage if hop.problem and not hop.hint))

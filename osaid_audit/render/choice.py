"""What a caller chooses of an answer, format and language; a wrong name is told which there are."""

from collections.abc import Sequence

from osaid_audit.errors import UsageError
from osaid_audit.messages import LANGUAGES, Lang, Message


def language(name: str) -> Lang:
    """The language of that name. Raises UsageError when there is none."""
    for known in LANGUAGES:
        if name == known:
            return known
    raise UsageError("There is no language '{name}'.", one_of(LANGUAGES), name=name)


def one_of(known: Sequence[str]) -> Message:
    """The next step after a name that is none of these."""
    return Message("Choose one of: {known}.", known=", ".join(known))

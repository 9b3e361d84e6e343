"""A day as everybody gives it and every record holds it: YYYY-MM-DD."""

from datetime import date

from osaid_audit.errors import UsageError

_SHOWN = 40


def day_of(text: str) -> str:
    """The day, in the one form of it. Raises UsageError for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except (TypeError, ValueError) as error:  # a program may give anything
        shown = str(text)[:_SHOWN]
        raise UsageError("'{text}' is not a day.", "Write it as YYYY-MM-DD.", text=shown) from error

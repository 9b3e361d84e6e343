"""What went wrong, in words of both languages: errors, and what pydantic finds in a file."""

from typing import Any

from osaid_audit.errors import OsaidError
from osaid_audit.messages import Message
from osaid_audit.schema.base import Text

_WORDS = {
    "missing": Message("is missing"),
    "extra_forbidden": Message("there is no such key"),
    "string_type": Message("must be a text"),
    "int_type": Message("must be a whole number"),
    "float_type": Message("must be a number"),
    "bool_type": Message("must be true or false"),
    "list_type": Message("must be a list"),
    "tuple_type": Message("must be a list"),
    "dict_type": Message("must be a table"),
    "model_type": Message("must be a table"),
    "date_type": Message("must be a day, YYYY-MM-DD"),
    "date_parsing": Message("must be a day, YYYY-MM-DD"),
    "date_from_datetime_parsing": Message("must be a day, YYYY-MM-DD"),
    "literal_error": Message("must be {expected}"),
    "enum": Message("must be {expected}"),
    "string_too_short": Message("must have at least {min_length} characters"),
    "string_too_long": Message("must have at most {max_length} characters"),
    "too_short": Message("must have at least {min_length} entries"),
    "too_long": Message("must have at most {max_length} entries"),
    "string_pattern_mismatch": Message("must match the pattern {pattern}"),
    "greater_than_equal": Message("must be at least {ge}"),
    "less_than_equal": Message("must be at most {le}"),
    "json_invalid": Message("is not valid JSON"),
}
"""By pydantic's name for the error; the names in braces are those of its context."""


def said(error: OsaidError) -> tuple[Text, Text | None]:
    """The sentence of an error and its next step, for records that hold both languages."""
    (why, step), (pourquoi, suite) = error.in_language("en"), error.in_language("fr")
    return Text(en=why, fr=pourquoi), Text(en=step, fr=suite) if step else None


def wrong(error: Any) -> Message:
    """What is wrong, of one of `ValidationError.errors()`: an end of a sentence, without a stop.

    An error that has no word here is said in pydantic's, which are English.
    """
    known = _WORDS.get(error["type"])
    if known is None:
        return Message("{said}", said=_line(str(error["msg"])))
    context = {name: _value(name, value) for name, value in error.get("ctx", {}).items()}
    return known.filled(**context)


def wrong_in(error: Any) -> Message:
    """The same behind its place in the file, or of the file as a whole: a clause, without a stop."""
    place = ".".join(str(part)[:60] for part in error["loc"])[:200]
    why = wrong(error)
    return Message("{place}: {why}", place=place, why=why) if place else Message("the file {why}", why=why)


def _line(text: str) -> str:
    return " ".join(text.split())[:200].rstrip(".")


def _value(name: str, value: object) -> object:
    """The choices of a list are joined in English: `'a', 'b' or 'c'`."""
    said = _line(str(value))
    return Text(en=said, fr=said.replace("' or '", "' ou '")) if name == "expected" else said

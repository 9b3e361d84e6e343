"""The libraries that run models, by the name the Hub uses, with the license of each. A table, no guessing."""

from functools import cache

from pydantic import ValidationError

from osaid_audit.errors import RuleFileError
from osaid_audit.resources import data
from osaid_audit.schema.base import Record

_FILE = "libraries.yaml"


class Library(Record):
    """One library: its license as an SPDX id, its repository, and where the license was read."""

    license: str
    repository: str
    source: str


class _Table(Record):
    date: str
    libraries: dict[str, Library]


@cache
def libraries() -> dict[str, Library]:
    """Every library of the table by its lower-case Hub name. Raises RuleFileError when the table is wrong."""
    import yaml  # noqa: PLC0415 - only an audit needs it

    try:
        table = _Table.model_validate(yaml.safe_load((data("rules") / _FILE).read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, OSError) as error:
        raise RuleFileError(_FILE, "the table of libraries cannot be read") from error
    return {name.lower(): library for name, library in table.libraries.items()}

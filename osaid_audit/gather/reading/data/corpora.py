"""Well-known corpora by the names cards write: a table of where each can be asked about."""

import re
from functools import cache

from pydantic import ValidationError

from osaid_audit.errors import RuleFileError
from osaid_audit.resources import data
from osaid_audit.schema.base import Record

_FILE = "corpora.yaml"


class Corpus(Record):
    """One corpus: its names, and the Hub id or the address where it can be asked about."""

    names: tuple[str, ...]
    hub: str | None = None
    url: str | None = None

    @property
    def id(self) -> str:
        """How a report calls it: the Hub id, else its first name."""
        return self.hub or self.names[0]


class Table(Record):
    """All corpora."""

    corpora: tuple[Corpus, ...]


@cache
def table() -> Table:
    """The table in rules/corpora.yaml. Raises RuleFileError when it is wrong."""
    import yaml  # noqa: PLC0415 - only an audit needs it

    try:
        return Table.model_validate(yaml.safe_load((data("rules") / _FILE).read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, OSError) as error:
        raise RuleFileError(_FILE, "the table of corpora cannot be read") from error


@cache
def _by_name() -> dict[str, Corpus]:
    return {name: corpus for corpus in table().corpora for name in corpus.names}


@cache
def _names() -> re.Pattern[str]:
    """Every name as a word of its own, the longer one first: "The Stack v2" is not "The Stack"."""
    longest_first = sorted(_by_name(), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/-]|\.\w)")


def corpora_in(text: str) -> dict[str, Corpus]:
    """The corpora that a text names, in its order, by the name it uses."""
    return {hit[0]: _by_name()[hit[0]] for hit in _names().finditer(text)}

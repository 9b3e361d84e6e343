"""What every record shares, and the small closed vocabularies."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from osaid_audit.messages import Lang as Lang  # noqa: PLC0414 - a word of every record, too

Freedom = Literal["use", "study", "modify", "share"]
Element = Literal["data_information", "code", "parameters"]

FREEDOMS: tuple[Freedom, ...] = ("use", "study", "modify", "share")
ELEMENTS: tuple[Element, ...] = ("data_information", "code", "parameters")

Basis = Literal["verified", "stated", "lead"]
"""How a fact is known: read in the thing itself, said by the publisher, or a hint that decides nothing."""

Kind = Literal["model", "dataset"]
"""What a reference names."""

Level = Literal["error", "warning", "note"]
"""Of an alert: an error gates, a warning or a note is shown only."""

FactValue = bool | int | str | tuple[str, ...]


class Record(BaseModel):
    """A frozen record that refuses unknown keys; absent values are omitted when written."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Text(Record):
    """A text for people, in both languages."""

    en: str
    fr: str


class Outcome(StrEnum):
    """A rule's answer."""

    MET = "met"
    NOT_MET = "not_met"
    NEEDS_REVIEW = "needs_review"
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"


FINE = (Outcome.MET, Outcome.NOT_APPLICABLE)
"""What stands in nobody's way."""
WORST_FIRST = (
    Outcome.NOT_MET,
    Outcome.ERROR,
    Outcome.INSUFFICIENT_EVIDENCE,
    Outcome.NEEDS_REVIEW,
    Outcome.MET,
)
"""The status of a group is the first of these among its required findings (design §5.2)."""


class Source(Record):
    """Where a fact was read.

    `url` carries the full commit when the place has one, `line` counts from 1, `pointer` is a JSON
    pointer into the reply, `sha256` is that of the whole file or reply, `quote` at most a phrase.
    """

    url: str | None = None
    revision: str | None = None
    path: str | None = None
    line: int | None = None
    pointer: str | None = None
    sha256: str | None = None
    quote: str | None = None


class Fact(Record):
    """One named, typed value and where it was read. No evidence means no Fact."""

    value: FactValue
    basis: Basis
    sources: tuple[Source, ...] = ()


ProblemState = Literal[
    "absent", "gated", "not_found_or_private", "unreachable", "malformed", "too_large", "unsupported"
]


class Problem(Record):
    """Something that could not be read, why, what to do, and the facts it may hold back."""

    what: str
    state: ProblemState
    why: Text
    next: Text
    blocks: tuple[str, ...] = ()
    line: int | None = None

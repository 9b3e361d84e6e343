"""Rules and frameworks as they stand in their files (design §4)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from osaid_audit.schema.base import Element, FactValue, Freedom, Outcome, Record, Text

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*[a-z]$", max_length=60)]
FrameworkId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]*$", max_length=60)]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Reference(Record):
    """A place in the norm."""

    text: str
    url: str


class Says(Record):
    """The message for each outcome a rule can give by itself; may cite `{fact}`."""

    met: Text | None = None
    not_met: Text | None = None
    needs_review: Text | None = None
    insufficient_evidence: Text | None = None
    not_applicable: Text | None = None


class Remedy(Record):
    """What to do: the publisher of the model, and the person who wants to use it."""

    publisher: Text | None = None
    user: Text | None = None


class Case(Record):
    """Facts in, outcome out; `attested` are facts a reviewer supplies."""

    facts: dict[str, bool | int | str | list[str]] = Field(default_factory=dict)
    attested: dict[str, bool] = Field(default_factory=dict)
    expect: Outcome


class Rule(Record):
    """One question about the facts.

    A rule without an element asks for something that the definition does not; no binary framework asks it.
    """

    id: RuleId
    element: Element | None = None
    freedoms: tuple[Freedom, ...] = ()
    title: Text
    why: Text
    references: tuple[Reference, ...] = Field(min_length=1)
    applies: tuple[Condition, ...] = ()
    not_met: tuple[Condition, ...] = ()
    met: tuple[Condition, ...] = ()
    review: tuple[Condition, ...] = ()
    breaks: str | None = None
    attest: dict[str, Literal["met", "not_applicable"]] = Field(default_factory=dict)
    topic: str | None = None
    says: Says
    remedy: Remedy = Remedy()
    unlicensed: Remedy | None = Field(
        default=None,
        description="what to do instead where nobody grants anything: there are no terms to read",
    )
    cases: tuple[Case, ...] = Field(min_length=2)


class Requirement(Record):
    """A sentence of the norm and the rules that answer it (AND).

    `words` are shown for these rules instead of the framework's own, in an informative framework.
    """

    id: RuleId
    title: Text | None = None
    rules: tuple[RuleId, ...] = Field(min_length=1)
    required: bool = True
    words: dict[Outcome, Text] | None = None


class Rung(Record):
    """One step of a ladder: `needs` lists accepted outcomes; of the other conditions only TRUE counts."""

    id: RuleId
    title: Text
    ours: bool = False
    needs: dict[RuleId, tuple[Outcome, ...]] = Field(default_factory=dict)
    excluded: dict[RuleId, Condition] = Field(default_factory=dict)
    also: dict[RuleId, Condition] = Field(default_factory=dict)
    doubts: dict[RuleId, Condition] = Field(default_factory=dict)
    if_unknown: Literal["undetermined"] | None = None


class Framework(Record):
    """A norm. `version` is that of the tool's reading of it.

    Without a `url` it is nobody's norm but a set of questions. `words` are shown instead of the usual
    words for the outcomes; a binary framework has none of its own.
    """

    id: FrameworkId
    kind: Literal["binary", "ladder", "informative"]
    version: str
    title: Text
    url: str | None = None
    note: Text
    words: dict[Outcome, Text] = Field(default_factory=dict)
    requirements: tuple[Requirement, ...] = ()
    floor: RuleId | None = None
    floor_title: Text | None = None
    rungs: tuple[Rung, ...] = ()


__all__ = [
    "Case",
    "FactValue",
    "Framework",
    "Reference",
    "Remedy",
    "Requirement",
    "Rule",
    "Rung",
    "Says",
]

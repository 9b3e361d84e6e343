"""Several audits side by side: the form of `compare --format json`."""

from typing import Literal

from pydantic import Field

from osaid_audit.schema.base import FactValue, Freedom, Record, Source, Text
from osaid_audit.schema.dossier import Tool
from osaid_audit.schema.licenses import LicenseClass
from osaid_audit.schema.report import RulesVersion

Standing = Literal["met", "unknown", "not_met", "not_asked"]
"""Where a model stands on a freedom, as far as it is established: met above unknown above not met."""

RowKind = Literal[
    "verdict", "label", "at_most", "license", "lineage", "gating", "data", "freedom", "requirement"
]


class RuleName(Record):
    """A rule that is named in a comparison."""

    rule: str = Field(description="the rule id")
    title: Text = Field(description="what it asks")


class Blocker(RuleName):
    """A required rule that is not met."""

    framework: str = Field(description="the framework that requires it")
    freedoms: tuple[Freedom, ...] = Field(description="the freedoms it takes away")


class Compared(Record):
    """One of the models; `key` is how the rest of the comparison names it."""

    key: str = Field(description="A, B, C ... in the order asked")
    asked: str = Field(description="the model as it was named on the command line")
    id: str = Field(description="the id that the Hub answers to")
    url: str = Field(description="its page")
    revision: str | None = Field(default=None, description="the commit that was audited")
    source: Literal["hub", "recorded", "file"] = Field(description="where it was read")
    gathered_at: str = Field(description="when it was read, ISO 8601, UTC")
    as_of: str = Field(description="the day its report speaks of")
    tool: Tool = Field(description="the program that judged")
    rules: RulesVersion = Field(description="the rules that judged")
    dossier_sha256: str = Field(description="of the dossier that was judged")
    frameworks: tuple[str, ...] = Field(description="the frameworks that were asked")
    license: str | None = Field(default=None, description="the id that was concluded for its own terms")
    license_class: LicenseClass | None = Field(default=None, description="what these terms allow")
    on_the_word_of: str | None = Field(
        default=None, description="the reviewers whose statements its verdict rests on"
    )
    blockers: tuple[Blocker, ...] = Field(default=(), description="its required rules that are not met")


class Cell(Record):
    """What one model has in one row."""

    value: str = Field(description="the outcome or value, for programs; empty when nothing is known")
    text: Text = Field(description="the same for people")


class Row(Record):
    """One thing that is compared."""

    kind: RowKind = Field(description="what sort of thing")
    id: str = Field(description="the rule id, freedom, framework or name of the row")
    title: Text = Field(description="the rule's title, or what the row is about")
    framework: str | None = Field(default=None, description="the framework that gives the answers")
    differs: bool = Field(description="whether the models have different values")
    cells: dict[str, Cell] = Field(description="by the models' keys")


class Group(Record):
    """The models that stand alike on a freedom."""

    standing: Standing = Field(description="where they stand")
    models: tuple[str, ...] = Field(description="their keys")


class Better(Record):
    """Who is better placed for one freedom, by what is established alone: an order, never a score."""

    freedom: Freedom = Field(description="the freedom")
    better: tuple[str, ...] = Field(description="the keys of the best placed; empty when all stand alike")
    groups: tuple[Group, ...] = Field(description="who stands where, the best placed first")
    because: dict[str, tuple[RuleName, ...]] = Field(
        description="by key: the rules that take the freedom away, or those that are still open"
    )
    said: Text = Field(description="the same in a sentence or two")


class ChangedFact(Record):
    """A fact that is not the same in two audits of one model; a side without a value does not know it."""

    fact: str = Field(description="the name of the fact")
    before: FactValue | None = Field(default=None, description="its value in the first")
    after: FactValue | None = Field(default=None, description="its value in the second")
    before_sources: tuple[Source, ...] = Field(default=(), description="where the first was read")
    after_sources: tuple[Source, ...] = Field(default=(), description="where the second was read")


class Change(Record):
    """What changed from one audit of a model to the next."""

    id: str = Field(description="the model")
    before: str = Field(description="the key of the first")
    after: str = Field(description="the key of the second")
    facts: tuple[ChangedFact, ...] = Field(description="the facts that changed, by name")


class NotCompared(Record):
    """A model that could not be audited."""

    asked: str = Field(description="as it was named")
    why: Text = Field(description="the reason")
    next: Text | None = Field(default=None, description="the next step")


class Comparison(Record):
    """Several models side by side."""

    schema_version: Literal["1"] = Field(default="1", description="of this form")
    tool: Tool = Field(description="the program that compares")
    models: tuple[Compared, ...] = Field(description="the models, in the order asked")
    cautions: tuple[Text, ...] = Field(
        default=(), description="what makes them hard to compare: other rules, days or frameworks"
    )
    better: tuple[Better, ...] = Field(description="the four freedoms")
    rows: tuple[Row, ...] = Field(description="what is compared: first the rows that differ")
    changes: tuple[Change, ...] = Field(default=(), description="what changed in audits of one model")
    failed: tuple[NotCompared, ...] = Field(default=(), description="models that could not be audited")
    notice: Text = Field(description="whose reading this is")

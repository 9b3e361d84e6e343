"""What a sweep found, in figures: the form of its summary, as JSON and as a page."""

from typing import Literal, Self

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt, model_validator

from osaid_audit.schema.base import Record, Text
from osaid_audit.schema.dossier import Tool
from osaid_audit.schema.report import RulesVersion

Counts = dict[str, NonNegativeInt]
"""How many models, by the id of a label, a verdict or an outcome."""


class InputFile(Record):
    """A file of the dump."""

    name: str = Field(description="the name of the file, without its folder")
    sha256: str = Field(description="of the whole file")
    rows: NonNegativeInt = Field(description="how many rows it has")


class MissingColumn(Record):
    """A column that the dump does not have, and what is therefore not known of any model."""

    column: str = Field(description="the column, as the Hub's reply calls it")
    facts: tuple[str, ...] = Field(default=(), description="the facts that are absent for want of it")


class Norm(Record):
    """A framework that was asked, and its answers."""

    id: str = Field(description="the framework")
    version: str = Field(description="version of this reading of the norm")
    title: Text = Field(description="name of the norm")
    verdicts: Counts = Field(
        default={}, description="models by verdict or rung; empty for one that gives none"
    )


class RuleCount(Record):
    """How many models have some outcome of a rule."""

    rule: str = Field(description="the rule id")
    title: Text = Field(description="what it asks")
    n: NonNegativeInt = Field(description="models")


class FactCount(Record):
    """How many models a fact is not known of."""

    fact: str = Field(description="the name of the fact")
    n: NonNegativeInt = Field(description="models")


class Share(Record):
    """The models that have a year, a library or a declared license in common.

    `name` is left out for those of which it is not known, and for the rest of a list, `others` then being
    the number of the names that stand together here.
    """

    name: str | None = Field(default=None, max_length=200, description="as written in the dump")
    others: NonNegativeInt = Field(
        default=0, description="names that stand together here; 0 for a single one"
    )

    @model_validator(mode="after")
    def _one_name_or_the_rest(self) -> Self:
        if self.name is not None and self.others:
            raise ValueError("the rest of a list has no name")
        return self


class LabelShare(Share):
    """Such models by label."""

    labels: Counts = Field(description="models by the id of their label; an absent label is none")

    @property
    def n(self) -> int:
        """How many models these are."""
        return sum(self.labels.values())


class LicenseShare(Share):
    """Models that declare one license, each counted once: at the first of the four that holds of it."""

    own: NonNegativeInt = Field(default=0, description="known restricted by terms of its own")
    inherited: NonNegativeInt = Field(default=0, description="else restricted by a base, as far as is known")
    undetermined: NonNegativeInt = Field(default=0, description="else those whose label is undetermined")
    rest: NonNegativeInt = Field(default=0, description="else: any other label")

    @property
    def n(self) -> int:
        """How many models these are."""
        return self.own + self.inherited + self.undetermined + self.rest


class Unread(Record):
    """Rows that could not be read, with one reason."""

    why: Text = Field(description="the reason")
    n: PositiveInt = Field(description="rows")
    rows: tuple[NonNegativeInt, ...] = Field(
        default=(), max_length=10, description="the first of them, by their position in the input, from 0"
    )


class Summary(Record):
    """A sweep in figures. Raises ValueError when they do not add up: every row is judged or named unread."""

    schema_version: Literal["1"] = Field(default="1", description="of this form")
    tool: Tool = Field(description="the program")
    inputs: tuple[InputFile, ...] = Field(description="the files of the dump")
    day: str | None = Field(default=None, description="the day of the dump, YYYY-MM-DD, when it is known")
    as_of: str = Field(description="the day of judgement, YYYY-MM-DD")
    rules: RulesVersion = Field(description="the rule set that judged")
    frameworks: tuple[Norm, ...] = Field(description="the norms that were asked")
    columns: tuple[str, ...] = Field(description="columns of the dump that were read")
    missing: tuple[MissingColumn, ...] = Field(
        default=(), description="columns that could have told something and are not there"
    )
    labels: Counts = Field(description="models by the id of their label")
    at_most: Counts = Field(
        default={}, description="models whose label is undetermined by the highest rung not excluded"
    )
    inherited: NonNegativeInt = Field(default=0, description="models from which a base takes a freedom away")
    years: tuple[LabelShare, ...] = Field(default=(), description="by year of creation, in order")
    libraries: tuple[LabelShare, ...] = Field(default=(), description="the most frequent libraries, the rest")
    licenses: tuple[LicenseShare, ...] = Field(
        default=(), description="the most frequent licenses as declared, the rest"
    )
    open_rules: tuple[RuleCount, ...] = Field(
        default=(), description="rules that the undetermined wait for, the most frequent first"
    )
    open_facts: tuple[FactCount, ...] = Field(
        default=(), description="facts that are not known of the undetermined, the most frequent first"
    )
    not_met: tuple[RuleCount, ...] = Field(default=(), description="rules that are not met, likewise")
    seconds: NonNegativeFloat = Field(description="how long it took")
    shards: NonNegativeInt = Field(description="in how many pieces the rows were judged")
    unread: tuple[Unread, ...] = Field(default=(), description="rows that could not be read")
    repeated: NonNegativeInt = Field(
        default=0, description="models whose id stands further up in the input, too; each row is counted"
    )

    @property
    def rows(self) -> int:
        """Rows of the input."""
        return sum(each.rows for each in self.inputs)

    @property
    def models(self) -> int:
        """Rows that were judged."""
        return sum(self.labels.values())

    @property
    def undetermined(self) -> int:
        """Models whose label nobody can tell from what the dump holds."""
        return self.labels.get("undetermined", 0)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        unread = sum(each.n for each in self.unread)
        if self.models + unread != self.rows:
            raise ValueError(f"{self.models} judged and {unread} unread are not {self.rows} rows")
        for name in ("years", "libraries", "licenses"):
            shares = getattr(self, name)
            told = sum(each.n for each in shares)
            if shares and told != self.models:
                raise ValueError(f"{name} count {told} of {self.models} models")
        if sum(self.at_most.values()) > self.undetermined:
            raise ValueError("more models have a highest rung than are undetermined")
        return self

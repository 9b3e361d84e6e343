"""The lock file: what was audited, of which commit, under which terms, and with which verdict.

It holds no date, no name of a reviewer and no text for people, so that it moves only when something does.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from osaid_audit.schema.base import Outcome, Record, Text
from osaid_audit.schema.dossier import Sha256
from osaid_audit.schema.licenses import LicenseClass
from osaid_audit.schema.policy import Change

MAX_WORD = 2000
"""Characters of one value: twice the longest path that git tools create."""

Short = Annotated[str, StringConstraints(min_length=1, max_length=MAX_WORD)]


class LockedFile(Record):
    """One license, notice or policy file."""

    path: Short = Field(description="in the repository")
    sha256: Sha256 | None = Field(default=None, description="of its content; left out when it was not read")


class LockedPart(Record):
    """One component with a license of its own."""

    path: Short = Field(description="its folder")
    license: Short | None = Field(default=None, description="the license it was taken for")
    cls: LicenseClass | None = Field(default=None, alias="class", description="what that allows")


class LockedTerms(Record):
    """The terms of the model itself: what its publisher wrote, and what it was read as."""

    files: tuple[LockedFile, ...] = Field(default=(), description="license, notice and policy files, by path")
    declared: tuple[Short, ...] = Field(default=(), description="license keys as written, sorted")
    said: tuple[Short, ...] = Field(default=(), description="licenses that prose or the gate prompt grants")
    license: Short | None = Field(default=None, description="the concluded license; left out when undecided")
    cls: LicenseClass | None = Field(default=None, alias="class", description="what that allows")
    attested: Literal[True] | None = Field(
        default=None, description="a reviewer says what the license is; left out when nobody does"
    )
    components: tuple[LockedPart, ...] = Field(default=(), description="parts with a license of their own")


class LockedBase(Record):
    """One base model as one model declares it, and its terms."""

    id: Short = Field(description="as declared")
    via: Short | None = Field(default=None, description="the base that declares it; left out for the model")
    relation: Short = Field(description="finetune, adapter, merge, quantized or unknown")
    commit: Short | None = Field(default=None, description="at which it was read")
    terms: Sha256 | None = Field(
        default=None, description="of its license files and license keys; left out when not all was read"
    )
    license: Short | None = Field(default=None, description="the license it was taken for")
    cls: LicenseClass | None = Field(default=None, alias="class", description="what that allows")
    problem: Short | None = Field(default=None, description="why its terms are not known")


class LockedLicense(Record):
    """Everything that the model's terms hang on, and one digest over it."""

    sha256: Sha256 = Field(description="over the terms and the lineage, as canonical JSON")
    terms: LockedTerms = Field(description="of the model itself")
    lineage: tuple[LockedBase, ...] = Field(default=(), description="of the models it was made from")


class LockedVerdict(Record):
    """What was found, in words of the machine, and one digest over it."""

    sha256: Sha256 = Field(description="over the rest of this record, as canonical JSON")
    label: Short | None = Field(default=None, description="the G7 rung; left out when it was not asked")
    at_most: Short | None = Field(default=None, description="the highest rung not excluded")
    frameworks: dict[Short, Short] = Field(default_factory=dict, description="the verdict of each norm")
    findings: dict[Short, Outcome] = Field(default_factory=dict, description="of each required rule")


class LockedRules(Record):
    """What judged."""

    sha256: Sha256 = Field(description="over every rule file in force")
    version: Short = Field(description="of the shipped rules")
    tool: Short = Field(description="version of the program")


class LockedModel(Record):
    """One model at one revision, as it is referred to."""

    id: Short = Field(description="as it is referred to")
    revision: Short | None = Field(default=None, description="as written there; left out when floating")
    canonical_id: Short = Field(description="as the Hub answers")
    commit: Short | None = Field(default=None, description="that was audited")
    card_sha256: Sha256 | None = Field(default=None, description="of README.md; left out when not read")
    license: LockedLicense = Field(description="the terms")
    rules: LockedRules = Field(description="what judged")
    verdict: LockedVerdict = Field(description="what was found")


class Lock(Record):
    """The whole file; models sorted by id and revision, each once."""

    schema_version: Literal["1"] = Field(default="1", description="of this form")
    models: tuple[LockedModel, ...] = Field(default=(), description="what was audited")


class Changed(Record):
    """One thing that is not as the lock says."""

    id: str = Field(description="the model, as it is referred to")
    revision: str | None = Field(default=None, description="as written there; left out when floating")
    commit: str | None = Field(default=None, description="that is audited now")
    kind: Change = Field(description="what changed")
    message: Text = Field(description="the same in a sentence or two")
    unsure: bool = Field(
        default=False, description="what could not be read cannot be compared: it may be the same"
    )
    follows: bool = Field(default=False, description="another change of the same model says it already")
    was: str | None = Field(default=None, description="what the lock says")
    now: str | None = Field(default=None, description="what is found now")

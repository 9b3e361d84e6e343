"""What a scan asked of the models: without it nobody can tell what "passes" means."""

from typing import Literal

from pydantic import Field

from osaid_audit.schema.base import Level, Record, Text
from osaid_audit.schema.policy import FailOn, Pins


class Asked(Record):
    """The demands in force, the command line taken in. Overrides are counted: the file has what they say."""

    require: str = Field(description='the G7 label that must be reached at least; "none" asks for no label')
    label: Text | None = Field(default=None, description="its title; left out when no label is asked for")
    fail_on: FailOn = Field(description="which required findings gate")
    frameworks: tuple[str, ...] = Field(description="the norms to judge by")
    norms: tuple[str, ...] = Field(
        default=(), description="those of them whose required findings can gate: the binary ones"
    )
    verdicts: dict[str, str] = Field(default={}, description="the verdict asked for, per binary framework")
    findings: dict[str, FailOn] = Field(default={}, description="what gates of single rules")
    licenses: tuple[str, ...] | None = Field(
        default=None, description="license classes allowed; left out when all are that the label allows"
    )
    pins: Pins = Field(description="what a reference must name")
    gating: Level | Literal["allow"] = Field(description="what a gated model is")
    undetermined: Level = Field(description="what an undetermined label or license class is")
    overrides: int = Field(default=0, description="how many overrides ask for something else in some places")
    policy: str | None = Field(default=None, description="the policy file; left out when there is none")
    allow_unaudited: bool = Field(default=False, description="models that could not be audited pass")
    lock: bool = Field(default=False, description="compared with the lock file")
    baseline: bool = Field(default=False, description="findings in the baseline do not gate")
    unasked: int = Field(
        default=0, description="places that surely name a model and where nothing is asked that could fail"
    )
    nothing: bool = Field(default=False, description="nothing is asked that could fail, of no model named")

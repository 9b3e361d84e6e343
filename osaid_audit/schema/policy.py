"""What a team demands of the models it uses: the policy file, its waivers, and how both are shown.

The file is `osaid-audit.toml`, or `[tool.osaid-audit]` of a pyproject.toml. Keys are written with hyphens.
"""

import datetime as dt
from typing import Literal

from pydantic import ConfigDict, Field

from osaid_audit.schema.base import Kind, Level, Record
from osaid_audit.schema.waivers import Reason

FailOn = Literal["not-met", "undetermined", "never"]
"""Which answers of a rule gate: not_met; anything but met and not_applicable; none."""

Pins = Literal["none", "revision", "commit"]
"""What a reference must name: nothing, a revision other than the default branch, or a full commit."""

Change = Literal["license", "verdict", "card", "commit", "rules", "new", "gone"]
"""What may differ from the lock."""


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class Written(Record):
    """A record of a file that people write: keys with hyphens."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, alias_generator=_hyphens)


class Demands(Written):
    """What must hold. Left out in an override: what stands above holds."""

    frameworks: tuple[str, ...] | None = Field(default=None, description="norms to judge by")
    require: str | None = Field(
        default=None, description='the G7 label that must be reached at least; "none" asks for no label'
    )
    verdicts: dict[str, Literal["conforms", "undetermined", "any"]] | None = Field(
        default=None,
        description="per binary framework: conforms (needs a sign-off), undetermined (a breach fails), any",
    )
    fail_on: FailOn | None = Field(default=None, description="which required findings gate")
    findings: dict[str, FailOn] | None = Field(
        default=None, description="per rule id, also of a rule that no framework requires: what gates"
    )
    licenses: tuple[str, ...] | None = Field(
        default=None,
        description="license classes allowed for the model's own license, each component and each base",
    )
    pins: Pins | None = Field(default=None, description="what a reference must name")
    gating: Level | Literal["allow"] | None = Field(
        default=None, description="what a gated model is: allow, note, warning, error"
    )
    undetermined: Level | None = Field(
        default=None,
        description="what an undetermined label, or a license class that is not established, is: "
        "error (it gates), warning, note",
    )


class Override(Demands):
    """Other demands for some paths, or for one kind of reference; a later one wins over an earlier one."""

    paths: tuple[str, ...] | None = Field(default=None, description="globs of files, ** crosses folders")
    kind: Kind | None = Field(default=None, description="model or dataset")


class Waiver(Written):
    """One finding of one model, accepted until a date. It changes the exit code and nothing else."""

    rule: str = Field(description="the rule id, or the policy's own check: label, pinned-revision ...")
    model: str = Field(
        description="the id as referred to, or the one the Hub answers with; * and ? stand for any characters"
    )
    revision: str | None = Field(
        default=None, description="the commit it speaks of, or its first 7 digits or more; left out: any"
    )
    reason: Reason = Field(description="why it is accepted")
    statement: str = Field(min_length=1, description="the reason in a sentence")
    reviewer: str = Field(min_length=1, description="who accepts it")
    evidence: str | None = Field(default=None, description="an http(s) address: a contract, a ticket")
    expires: dt.date = Field(description="the last day it holds")


class LockDemands(Written):
    """The lock file, and which changes fail with --locked."""

    file: str = Field(default="osaid-audit.lock", description="beside the policy file")
    fails: tuple[Change, ...] = Field(
        default=("license", "verdict", "new"), description="the changes that gate; the others are notes"
    )


class ScanDemands(Written):
    """What is scanned."""

    exclude: tuple[str, ...] = Field(default=(), description="globs of paths that are not scanned")
    markdown: bool = Field(default=False, description="read Markdown too")
    confirm: bool = Field(
        default=True, description="ask the Hub whether what only looks like a model is one; then it counts"
    )
    datasets: bool = Field(default=False, description="audit the datasets that are named, too")
    unread: Literal["note", "error"] = Field(
        default="note", description="what a file is that could not be read, or only in part: note, error"
    )


class Policy(Written):
    """The whole file."""

    policy: Demands = Field(default=Demands(), description="what must hold everywhere")
    overrides: tuple[Override, ...] = Field(default=(), description="and where something else must")
    waivers: tuple[Waiver, ...] = Field(default=(), description="what is accepted, and until when")
    lock: LockDemands = Field(default=LockDemands(), description="the lock file")
    scan: ScanDemands = Field(default=ScanDemands(), description="what is scanned")

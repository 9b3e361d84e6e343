"""What a scan of a code base finds, and what a policy holds against it (design §5.2)."""

from typing import Literal

from pydantic import Field

from osaid_audit.schema.asked import Asked
from osaid_audit.schema.base import Kind, Level, Record, Text
from osaid_audit.schema.dossier import Dataset, Tool
from osaid_audit.schema.report import Report, RulesVersion
from osaid_audit.schema.waivers import ReportedWaiver

Confidence = Literal["high", "low"]

FAILED = "failed"
"""Why a file was not read when the finder is to blame, not the file: what it names is not known."""


class Reference(Record):
    """One place of a code base where a model or a dataset is named."""

    id: str = Field(description="the Hub id as written, quantization and provider prefix taken off")
    kind: Kind = Field(description="what is named")
    file: str = Field(description="the file, relative to the scanned folder, with /")
    line: int = Field(description="the line of the literal that holds the id, from 1")
    column: int | None = Field(default=None, description="its first column, from 1")
    revision: str | None = Field(default=None, description="the revision as written; left out when floating")
    how: str = Field(
        description="the call, key, flag or address, then how the value was come by: "
        "from_pretrained, from_pretrained:constant, storageUri, FROM, url ..."
    )
    confidence: Confidence = Field(
        description="high: surely a reference, or a name that the Hub knows as a model: it gates; low: a note"
    )


class Unresolved(Record):
    """A place where a model is named and no Hub id can be told."""

    file: str = Field(description="the file, relative to the scanned folder, with /")
    line: int = Field(description="the line, from 1")
    why: str = Field(
        description="variable, hosted service, other registry: why there is no id; local folder: the code "
        "base has a folder of the name, which the program may read instead of the Hub's"
    )
    text: str | None = Field(default=None, description="what stands there, at most 120 characters")


class Skipped(Record):
    """A file that was not read, or not to its end."""

    file: str = Field(description="the file, relative to the scanned folder, with /")
    why: str = Field(
        description="unreadable, too large, binary, malformed (what can be read of it was): the file's "
        "fault; failed: a fault of the tool"
    )


class LeftOut(Record):
    """A file or folder that was left out on purpose, and that holds a kind of file which is read."""

    path: str = Field(description="the file or folder, relative to the scanned folder, with /")
    why: str = Field(
        description="ignored: by git, which does not manage it; excluded: by the user or the policy; "
        "vendored: other people's code, or what a program built; link: it leads elsewhere; own: this tool "
        "wrote it"
    )


class Scanned(Record):
    """What was found in a code base, sorted by file, line and id; the same in every run."""

    files: int = Field(default=0, description="files that were read")
    references: tuple[Reference, ...] = Field(default=(), description="models and datasets that are named")
    unresolved: tuple[Unresolved, ...] = Field(default=(), description="names no Hub id can be told of")
    skipped: tuple[Skipped, ...] = Field(default=(), description="files that were not read")
    left_out: tuple[LeftOut, ...] = Field(
        default=(), description="what was left out on purpose, by path; at most 200"
    )
    left_out_count: int = Field(default=0, description="how many paths were left out, also beyond these")


class Alert(Record):
    """What the policy holds against one model at one place."""

    check: str = Field(
        description="the rule id of a finding, or label, verdict, license-class, pinned-revision, gating, "
        "not-audited, expired-waiver, lock-changed, not-read"
    )
    level: Level = Field(description="error gates; warning and note are shown only")
    model: str = Field(description="the id as it was referred to; of not-read the file")
    revision: str | None = Field(default=None, description="the commit that was audited")
    file: str | None = Field(default=None, description="where it is referred to; left out by `audit`")
    line: int | None = Field(default=None, description="the line there, from 1")
    column: int | None = Field(default=None, description="the column there, from 1")
    title: Text = Field(description="the check in words")
    message: Text = Field(description="what is wrong, in a sentence")
    next: Text | None = Field(default=None, description="what to do")
    url: str | None = Field(default=None, description="where the clause, the page or the card can be read")
    waived: bool = Field(default=False, description="accepted until a date: it does not gate")
    accepted_by: tuple[int, ...] = Field(
        default=(), description="the waivers that accept it: their places in `waivers` of the scan, from 0"
    )
    known: bool = Field(default=False, description="in the baseline: it does not gate")
    fingerprint: str = Field(
        description="sha256 over check, model and file: it stays when lines move, and tells findings apart"
    )

    @property
    def accepted(self) -> bool:
        """Whether somebody accepted it: by a waiver, or by the baseline."""
        return self.waived or self.known

    @property
    def gates(self) -> bool:
        """Whether it makes the exit code 1: an error that nobody accepted."""
        return self.level == "error" and not self.accepted


class Unaudited(Record):
    """A model that could not be audited: nothing is known of it, which is no pass."""

    id: str = Field(description="as it was referred to")
    revision: str | None = Field(default=None, description="as it was asked for")
    why: Text | None = Field(default=None, description="the error, in a sentence; absent: nothing is said")
    next: Text | None = Field(default=None, description="what to do")
    file: str | None = Field(default=None, description="where it is referred to first")
    line: int | None = Field(default=None, description="the line there, from 1")


class ScanReport(Scanned):
    """A scan, and what an audit of what it found says."""

    schema_version: Literal["1"] = Field(default="1", description="of this form")
    tool: Tool = Field(description="the program")
    root: str = Field(default=".", description="the scanned folder as it was given; files are relative to it")
    rules: RulesVersion | None = Field(default=None, description="the rule set; left out without an audit")
    as_of: str | None = Field(default=None, description="the day it speaks of; left out without an audit")
    policy: str | None = Field(default=None, description="the policy file, or left out for the defaults")
    demanded: Asked | None = Field(
        default=None, description="what was asked of the models; left out without an audit"
    )
    audited: bool = Field(default=True, description="false with --no-audit: references only")
    allow_unaudited: bool = Field(default=False, description="models not audited were let pass, explicitly")
    reports: tuple[Report, ...] = Field(default=(), description="one audit per model and revision, by id")
    datasets: tuple[Dataset, ...] = Field(default=(), description="datasets that were asked for, by id")
    unaudited: tuple[Unaudited, ...] = Field(default=(), description="models that could not be audited")
    alerts: tuple[Alert, ...] = Field(default=(), description="what the policy holds against them")
    notes: tuple[Text, ...] = Field(default=(), description="what else is to be known of this check")
    exit_code: int | None = Field(
        default=None,
        description="0 nothing gates, 1 findings, 3 not audited, 4 ours: a file that a finder failed on, too",
    )
    waivers: tuple[ReportedWaiver, ...] = Field(default=(), description="accepted findings, also expired")

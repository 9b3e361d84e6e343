"""The report: the contract of design §5.2. Unknown values are omitted when written, never null."""

from typing import Literal

from pydantic import Field

from osaid_audit.errors import UsageError
from osaid_audit.schema.attestation import AttestedStatement, Reviewer
from osaid_audit.schema.base import (
    Basis,
    Element,
    FactValue,
    Freedom,
    Outcome,
    Problem,
    Record,
    Source,
    Text,
)
from osaid_audit.schema.dossier import CodeRepository, Dataset, Hop, Subject, Tool
from osaid_audit.schema.licenses import LicenseBlock
from osaid_audit.schema.rules import Reference, Remedy, Requirement
from osaid_audit.schema.waivers import ReportedWaiver


class Evidence(Source):
    """A source with the fact it carries."""

    fact: str = Field(description="the name of the fact")
    value: FactValue = Field(description="the value that was judged")


class ReportedFact(Record):
    """A fact as the report shows it."""

    value: FactValue = Field(description="what was judged")
    basis: Basis = Field(description="how it is known")
    on_the_word_of: str | None = Field(
        default=None, description="the reviewers who supply or correct it; it is not what was read then"
    )
    evidence: tuple[Evidence, ...] = Field(default=(), description="where it was read, or can be checked")


class Finding(Record):
    """A rule's answer. For a `not_met` with broken freedoms, `freedoms` are the broken ones."""

    rule: str = Field(description="the rule id")
    origin: str = Field(description='"shipped", or the path of the user\'s rule file')
    title: Text = Field(description="the question")
    why: Text = Field(description="why it is asked")
    references: tuple[Reference, ...] = Field(description="places in the norm")
    element: Element | None = Field(
        default=None,
        description="the part of the system it asks about; left out when it is none of them",
    )
    freedoms: tuple[Freedom, ...] = Field(
        description="the freedoms it stands for; of a partial breach, the broken ones"
    )
    required: bool = Field(description="whether the framework requires it")
    outcome: Outcome = Field(description="the answer")
    message: Text = Field(description="the answer in a sentence")
    evidence: tuple[Evidence, ...] = Field(default=(), description="the sources the answer stands on")
    missing: tuple[str, ...] = Field(default=(), description="facts that would have decided and are absent")
    remedy: Remedy = Field(default=Remedy(), description="what to do")
    topic: str | None = Field(default=None, description="what a breach is about, for `only_proven_breach`")
    waived: bool = Field(default=False, description="accepted until a date; changes the exit code only")
    attested: bool = Field(default=False, description="a reviewer's fact was used")


class Group(Record):
    """The findings of one element or one freedom, and the worst required outcome among them."""

    status: Outcome = Field(description="the worst required outcome")
    met: int = Field(description="required findings that are met")
    required: int = Field(description="required findings that apply")
    findings: tuple[str, ...] = Field(description="rule ids")


class NextRung(Record):
    """The lowest rung of a ladder that is not established, and what it waits for."""

    id: str = Field(description="the rung")
    title: Text = Field(description="the rung in words")
    missing: tuple[str, ...] = Field(description="ids of the rules that hold it back")


class FrameworkResult(Record):
    """What one norm says about the subject. A ladder's verdict is its rung; an informative one has none."""

    id: str = Field(description="the framework")
    version: str = Field(description="version of this reading of the norm")
    kind: Literal["binary", "ladder", "informative"] = Field(
        description="binary has a verdict, ladder a rung, informative neither"
    )
    title: Text = Field(description="name of the norm")
    note: Text = Field(description="what to know about this reading")
    url: str | None = Field(default=None, description="the norm; left out for questions that are no norm")
    verdict: str | None = Field(
        default=None, description="conforms, does_not_conform or undetermined; of a ladder the rung"
    )
    verdict_title: Text | None = Field(default=None, description="the verdict in words")
    at_most: str | None = Field(default=None, description="of a ladder: the highest rung not excluded")
    at_most_title: Text | None = Field(default=None, description="that rung in words")
    next_rung: NextRung | None = Field(
        default=None, description="of a ladder: the next rung and what it waits for; left out at the top"
    )
    words: dict[Outcome, Text] | None = Field(
        default=None, description="the framework's own words for the outcomes, if it has any"
    )
    requirements: tuple[Requirement, ...] | None = Field(
        default=None, description="of an informative framework: its questions in order, and their rules"
    )
    on_the_word_of: str | None = Field(
        default=None, description="the reviewers on whose statements a required finding rests"
    )
    elements: dict[Element, Group] = Field(default_factory=dict, description="findings by element")
    freedoms: dict[Freedom, Group] = Field(default_factory=dict, description="findings by freedom")
    findings: tuple[Finding, ...] = Field(default=(), description="every answer")
    only_proven_breach: str | None = Field(
        default=None, description='"license" when every required not_met is about it'
    )
    open_items: int = Field(default=0, description="required findings that are neither met nor breached")


class Label(Record):
    """The G7 rung: the highest whose requirements are met, and the highest not excluded."""

    framework: Literal["g7-2026"] = Field(default="g7-2026", description="the ladder")
    value: str = Field(description="the highest rung whose requirements are met, or undetermined")
    at_most: str = Field(description="the highest rung not excluded")
    title: Text = Field(description="`value` in words")
    at_most_title: Text = Field(description="`at_most` in words")


class RulesVersion(Record):
    """Which rule set judged."""

    version: str = Field(description="of the shipped rules")
    sha256: str = Field(description="over every rule file in force, the user's own too")


class Opinion(Record):
    """Somebody else's published judgement, shown beside ours."""

    by: str = Field(description="who judged")
    date: str = Field(description="when")
    judgement: str = Field(description="in their words")
    url: str = Field(description="where")


Ignored = Literal["unsigned", "not-yet", "expired", "other-model", "other-revision", "contradicts"]


class ReportedStatement(AttestedStatement):
    """A reviewer's statement; `why` says what it contradicts, when it was ignored for that."""

    why: Text | None = Field(default=None, description="what stands against it")


class ReportedAttestation(Record):
    """What a reviewer states, and whether it was used. A file used in part stands here twice."""

    reviewer: Reviewer = Field(description="who says so; as written in the file, not checked")
    date: str | None = Field(default=None, description="the day of signing")
    expires: str | None = Field(default=None, description="the last day it holds")
    subject: str = Field(description="the model it speaks of")
    revisions: tuple[str, ...] = Field(default=(), description="the commits it speaks of")
    sha256: str = Field(description="of the file")
    statements: tuple[ReportedStatement, ...] = Field(default=(), description="the answered ones")
    ignored: Ignored | None = Field(default=None, description="why it was not used; left out when it was")
    why: Text | None = Field(default=None, description="the same in a sentence")


class Report(Record):
    """One audit."""

    schema_version: Literal["1"] = Field(default="1", description="of this form")
    tool: Tool = Field(description="the program")
    rules: RulesVersion = Field(description="the rule set that judged")
    spdx_list_version: str = Field(description="of the license list that says what the OSI approved")
    as_of: str = Field(description="the day the report speaks of")
    gathered_at: str = Field(description="ISO 8601, UTC")
    endpoint: str = Field(description="the Hub that was asked")
    token_used: bool = Field(description="whether a token was sent; the token itself is nowhere")
    dossier_sha256: str = Field(description="of the canonical dossier: same dossier, same verdict")
    notice: Text = Field(description="whose reading this is, and how to contest it")
    limits: tuple[Text, ...] = Field(default=(), description="what was not gathered, and why")
    subject: Subject = Field(description="what was audited")
    label: Label | None = Field(default=None, description="the rung of the G7 ladder, when it was asked")
    frameworks: tuple[FrameworkResult, ...] = Field(description="one result per norm")
    license: LicenseBlock = Field(description="the subject's own terms")
    lineage: tuple[Hop, ...] = Field(default=(), description="base models and their terms")
    datasets: tuple[Dataset, ...] = Field(default=(), description="datasets the page names")
    code: tuple[CodeRepository, ...] = Field(default=(), description="code repositories the page links")
    facts: dict[str, ReportedFact] = Field(description="every fact by name")
    opinions: tuple[Opinion, ...] = Field(
        default=(), description="published judgements of others; never counted"
    )
    problems: tuple[Problem, ...] = Field(default=(), description="what could not be read")
    waivers: tuple[ReportedWaiver, ...] = Field(default=(), description="accepted findings, also expired")
    attestations: tuple[ReportedAttestation, ...] = Field(
        default=(), description="reviewers' statements, also ignored ones"
    )

    @property
    def inherited_from(self) -> str | None:
        """The first declared base whose terms take a freedom; one that is only hinted at decides nothing."""
        known = self.facts.get("lineage.restricted")
        if known is None or known.value is not True:
            return None
        return next((hop.id for hop in self.lineage if hop.breaks and hop.hint is None), None)

    def framework(self, framework_id: str) -> FrameworkResult:
        """The result of one framework. Raises UsageError when it was not evaluated."""
        for result in self.frameworks:
            if result.id == framework_id:
                return result
        raise UsageError(
            "This report has no framework '{framework_id}'.",
            "Ask for it with --framework.",
            framework_id=framework_id,
        )

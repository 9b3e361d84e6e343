"""The report: the contract of design §5.2. Unknown values are omitted when written, never null."""

from typing import Literal

from pydantic import Field

from osaid_audit.errors import UsageError
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
from osaid_audit.schema.rules import Reference, Remedy


class Evidence(Source):
    """A source with the fact it carries."""

    fact: str
    value: FactValue


class ReportedFact(Record):
    """A fact as the report shows it."""

    value: FactValue
    basis: Basis
    evidence: tuple[Evidence, ...] = ()


class Finding(Record):
    """A rule's answer. For a `not_met` with broken freedoms, `freedoms` are the broken ones."""

    rule: str
    origin: str
    title: Text
    why: Text
    references: tuple[Reference, ...]
    element: Element
    freedoms: tuple[Freedom, ...]
    required: bool
    outcome: Outcome
    message: Text
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    remedy: Remedy = Remedy()
    topic: str | None = None
    waived: bool = False
    attested: bool = False


class Group(Record):
    """The findings of one element or one freedom, and the worst required outcome among them."""

    status: Outcome
    met: int
    required: int
    findings: tuple[str, ...]


class FrameworkResult(Record):
    """What one norm says about the subject. A ladder's verdict is its rung; an informative one has none."""

    id: str
    version: str
    kind: Literal["binary", "ladder", "informative"]
    title: Text
    note: Text
    url: str
    verdict: str | None = None
    verdict_title: Text | None = None
    at_most: str | None = None
    at_most_title: Text | None = None
    on_the_word_of: str | None = None
    elements: dict[Element, Group] = Field(default_factory=dict)
    freedoms: dict[Freedom, Group] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    only_proven_breach: str | None = None
    open_items: int = 0


class Label(Record):
    """The G7 rung: the highest whose requirements are met, and the highest not excluded."""

    framework: Literal["g7-2026"] = "g7-2026"
    value: str
    at_most: str
    title: Text
    at_most_title: Text


class RulesVersion(Record):
    """Which rule set judged."""

    version: str
    sha256: str


class Opinion(Record):
    """Somebody else's published judgement, shown beside ours."""

    by: str
    date: str
    judgement: str
    url: str


class Report(Record):
    """One audit."""

    schema_version: Literal["1"] = "1"
    tool: Tool
    rules: RulesVersion
    spdx_list_version: str
    as_of: str
    gathered_at: str
    endpoint: str
    token_used: bool
    dossier_sha256: str
    notice: Text
    limits: tuple[Text, ...] = ()
    subject: Subject
    label: Label | None = None
    frameworks: tuple[FrameworkResult, ...]
    license: LicenseBlock
    lineage: tuple[Hop, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    code: tuple[CodeRepository, ...] = ()
    facts: dict[str, ReportedFact]
    opinions: tuple[Opinion, ...] = ()
    problems: tuple[Problem, ...] = ()
    waivers: tuple[dict[str, str], ...] = ()
    attestations: tuple[dict[str, str], ...] = ()

    def framework(self, framework_id: str) -> FrameworkResult:
        """The result of one framework. Raises UsageError when it was not evaluated."""
        for result in self.frameworks:
            if result.id == framework_id:
                return result
        raise UsageError(f"This report has no framework '{framework_id}'.", "Ask for it with --framework.")

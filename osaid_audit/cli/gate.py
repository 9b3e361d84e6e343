"""Reports and errors -> exit code."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from osaid_audit.errors import UsageError

if TYPE_CHECKING:
    from osaid_audit.evaluate import RuleSet
    from osaid_audit.schema.report import Finding, Report

OK, FINDINGS, NOT_AUDITED = 0, 1, 3
LABELS = "g7-2026"
"""The ladder whose rungs --require names."""


class Gate(NamedTuple):
    """What makes the exit code 1.

    fail_on  not-met: a required `not_met`; undetermined: anything but met or not applicable; never: neither
    require  the label must stand at this rung at least; in force whatever `fail_on` says
    rungs    every label, low to high
    """

    fail_on: str
    require: str | None
    rungs: Sequence[str]

    def code(self, report: "Report") -> int:
        """3 when a required rule could not be judged, 1 when something gates, else 0."""
        required = [
            finding
            for framework in report.frameworks
            if framework.kind == "binary"
            for finding in framework.findings
            if finding.required
        ]
        if any(finding.outcome == "error" for finding in required):
            return NOT_AUDITED
        gates = any(self._gates(finding) for finding in required) or self._too_low(report)
        return FINDINGS if gates else OK

    def why(self, report: "Report") -> str | None:
        """What an option beyond the default holds against this report; the report itself says the rest."""
        rules = dict.fromkeys(
            finding.rule
            for framework in report.frameworks
            if framework.kind == "binary"
            for finding in framework.findings
            if finding.required and finding.outcome != "not_met" and self._gates(finding)
        )
        parts = [f"--fail-on {self.fail_on}: {', '.join(rules)}"] if rules else []
        if self._too_low(report):
            value = report.label.value if report.label else "unknown"
            parts.append(f"--require {self.require}: the label is {value}")
        return f"{report.subject.canonical_id}: exit 1, {'; '.join(parts)}" if parts else None

    def _gates(self, finding: "Finding") -> bool:
        if finding.waived or self.fail_on == "never":
            return False
        if self.fail_on == "undetermined":
            return finding.outcome not in {"met", "not_applicable"}
        return finding.outcome == "not_met"

    def _too_low(self, report: "Report") -> bool:
        """An undetermined label is on no rung, so it is below every one."""
        if self.require is None:
            return False
        value = report.label.value if report.label else None
        return value not in self.rungs or self.rungs.index(value) < self.rungs.index(self.require)


def make_gate(ruleset: "RuleSet", fail_on: str, require: str | None) -> Gate:
    """The gate of one run. Raises UsageError for a label that is no rung."""
    ladder = ruleset.frameworks[LABELS]
    rungs = [ladder.floor or "", *(rung.id for rung in ladder.rungs)]
    if require is not None and require not in rungs:
        raise UsageError(f"There is no label '{require}'.", f"Labels, low to high: {', '.join(rungs)}.")
    return Gate(fail_on, require, rungs)


def worst(codes: Iterable[int]) -> int:
    """Of several models the worst code wins: 4, 3, 1, 0."""
    return max(codes, default=OK)

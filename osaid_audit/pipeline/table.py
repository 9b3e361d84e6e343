"""Reports as rows of a table: the columns of a sweep, as far as a report has them, and why there is none."""

from collections.abc import Mapping, Sequence
from typing import Final

from osaid_audit.errors import OsaidError
from osaid_audit.evaluate.outcomes import Judge, column_of, verdict_column
from osaid_audit.evaluate.report import DEFAULT_FRAMEWORKS
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.messages import told
from osaid_audit.schema.report import FrameworkResult, Report
from osaid_audit.schema.unread import read_in_part

Cells = Mapping[str, str | bool | None]
BEFORE: Final = ("id", "revision")
BEHIND: Final = ("named_license", "license", "inherited", "inherited_from", "problem")
BOOLEANS: Final = frozenset({"inherited"})
_LONGEST = 80
"""Characters of a declared license, as in a sweep."""


class Table:
    """One row a model. Raises UsageError like `evaluate.outcomes.Judge`.

    columns  `id`, `revision`, the label, a column for each verdict and each rule, then what explains them
    """

    def __init__(self, ruleset: RuleSet, frameworks: Sequence[str] = DEFAULT_FRAMEWORKS) -> None:
        self.columns = (*BEFORE, *Judge(ruleset, frameworks).columns, *BEHIND)

    def row(self, report: Report) -> Cells:
        """The cells of a report by column; what is not known is None.

        A `problem` beside answers is what did not answer: they rest on the rest.
        """
        cells: dict[str, str | bool | None] = dict.fromkeys(self.columns)
        for result in report.frameworks:
            cells |= {name: value for name, value in _answers(result).items() if name in cells}
        cells |= {"id": report.subject.id, "revision": report.subject.revision}
        part = read_in_part(report.problems)
        return cells | _explained(report) | {"problem": told(part) if part else None}

    def failed(self, model: str, error: OsaidError) -> Cells:
        """The cells of a model that could not be audited: no answer, and why."""
        return {**dict.fromkeys(self.columns), "id": model, "problem": str(error)}


def _answers(result: FrameworkResult) -> dict[str, str | bool | None]:
    column = verdict_column(result.id)
    verdicts = {column: result.verdict, f"{column}_at_most": result.at_most}
    return {**verdicts, **{column_of(each.rule): each.outcome.value for each in result.findings}}


def _explained(report: Report) -> dict[str, str | bool | None]:
    restricted = report.facts.get("lineage.restricted")
    inherited = restricted.value is True if restricted else None
    block = report.license
    named = block.said("declared", "tag")
    return {
        "named_license": named.value.lower()[:_LONGEST] if named else None,
        "license": block.concluded.id if block.concluded else None,
        "inherited": inherited,
        "inherited_from": report.inherited_from,
    }

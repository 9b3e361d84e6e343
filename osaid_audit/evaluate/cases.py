"""The cases inside a rule file: facts in, outcome out."""

from collections.abc import Iterable
from dataclasses import dataclass

from osaid_audit.errors import OsaidError
from osaid_audit.evaluate.cel import ConditionError, EvaluationError
from osaid_audit.evaluate.findings import Decision, decide
from osaid_audit.evaluate.ruleset import SHIPPED, RuleSet
from osaid_audit.schema.base import FactValue, Outcome
from osaid_audit.schema.rules import Case, Rule


@dataclass(frozen=True)
class CaseFailure:
    """A case that did not come out as written; `number` counts from 1, `place` is file:line:column."""

    rule: str
    number: int
    expected: Outcome
    got: Outcome
    place: str

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"

    @property
    def words(self) -> str:
        """What failed, without the place."""
        return f"case {self.number} of '{self.rule}' expects {self.expected}, the rule says {self.got}"


def run_case(rule: Rule, case: Case) -> Decision:
    """What the rule says about the facts of a case; a rule that throws says `error`."""
    try:
        return decide(rule, values_of(case), case.attested)
    except (ConditionError, EvaluationError, OsaidError):
        return Decision(Outcome.ERROR)


def values_of(case: Case) -> dict[str, FactValue]:
    """The facts of a case as conditions see them."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in case.facts.items()}


def run_cases(ruleset: RuleSet, rules: Iterable[str] | None = None) -> list[CaseFailure]:
    """The cases that fail, of all rules or of those named."""
    failures = []
    for name in ruleset.rules if rules is None else rules:
        rule = ruleset.rule(name)
        for place, case in enumerate(rule.cases):
            got = run_case(rule, case).outcome
            if got != case.expect:
                where = _place(ruleset, name, place)
                failures.append(CaseFailure(name, place + 1, case.expect, got, where))
    return failures


def _place(ruleset: RuleSet, rule: str, case: int) -> str:
    written = ruleset.written.get(rule)
    return written.place(("cases", case)) if written else ruleset.origins.get(rule, SHIPPED)

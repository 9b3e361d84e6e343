"""Facts -> a row of outcomes: what `evaluate` answers, without texts and sources, for very many models.

A rule is asked once for every combination of the facts that it names: among millions of models these are
few, so that the same rules and the same engine suffice (measured: docs/scale.md).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from osaid_audit.errors import UsageError
from osaid_audit.evaluate import cel, ladder, verdict
from osaid_audit.evaluate.findings import answer, bound
from osaid_audit.evaluate.report import DEFAULT_FRAMEWORKS, LABEL_FRAMEWORK, derived
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.schema.base import FactValue, Outcome
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.rules import Framework, Rule

Values = Mapping[str, FactValue]
K = TypeVar("K")
V = TypeVar("V")
_RESERVED = frozenset(
    {"id", "row", "key", "revision", "named_license", "license", "created", "library", "downloads"}
    | {"inherited", "inherited_from", "problem"}
)
_REMEMBERED = 200_000
"""Combinations of facts that one rule is remembered for; real dumps have some hundred."""


class Judge:
    """The rules and frameworks of one run, asked about many models.

    columns  the names of the answers, in order: `label`, `label_at_most`, then one for each other framework
             with a verdict (`osaid_1_0`, and `mof` with `mof_at_most`), then one for each rule
    verdicts the column of each framework's verdict, by the id of the framework
    rules    the column of each rule, by its id
    facts    every fact that an answer depends on; what else is known of a model changes none
    Raises UsageError for a framework that does not exist, or a rule of one's own named like another column.
    """

    def __init__(self, ruleset: RuleSet, frameworks: Sequence[str] | None = None) -> None:
        wanted = dict.fromkeys((LABEL_FRAMEWORK, *(frameworks or DEFAULT_FRAMEWORKS)))
        self._frameworks = tuple(ruleset.framework(name) for name in wanted)
        asked = dict.fromkeys(rule for each in self._frameworks for rule in verdict.asked(each))
        self._rules = tuple(_Remembered(ruleset.rule(rule)) for rule in asked)
        self._verdicts = tuple(_Verdict(each) for each in self._frameworks if each.kind != "informative")
        self.columns = tuple(_checked([*self._verdict_columns(), *map(column_of, asked)]))
        self.verdicts = {each.framework.id: each.column for each in self._verdicts}
        self.rules = {rule: column_of(rule) for rule in asked}
        named = [*(each.names for each in self._rules), *(each.names for each in self._verdicts)]
        self.facts = tuple(dict.fromkeys(name for names in named for name in names))
        self._given: dict[tuple[object, ...], tuple[str, ...]] = {}

    def __call__(self, values: Values, hints: Values | None = None) -> tuple[str, ...]:
        """The answers for one model, in the order of `columns`.

        values  the facts by name, absent ones left out; `strings` as tuples
        hints   the same with leads, which only a doubt of a ladder sees; `values` when there are none
        """
        if hints is not None:
            return self._answers(values, hints)
        seen = tuple(values.get(name) for name in self.facts)
        known = self._given.get(seen)
        if known is None:
            known = _keep(self._given, seen, self._answers(values, values))
        return known

    def of(self, dossier: Dossier, as_of: str | None = None) -> tuple[str, ...]:
        """The answers about a dossier, as `evaluate` gives them; `as_of` is the ISO date of the judgement."""
        facts = derived(dossier, as_of or dossier.gathered_at[:10])
        values = bound(facts)
        hints = {name: fact.value for name, fact in facts.items()}
        return self(values, hints if len(hints) > len(values) else None)

    def _answers(self, values: Values, hints: Values) -> tuple[str, ...]:
        outcomes = {each.rule.id: each(values) for each in self._rules}
        verdicts = (word for each in self._verdicts for word in each(outcomes, values, hints))
        return (*verdicts, *(outcome.value for outcome in outcomes.values()))

    def _verdict_columns(self) -> Iterator[str]:
        for each in self._verdicts:
            yield each.column
            if each.framework.kind == "ladder":
                yield f"{each.column}_at_most"


class _Remembered:
    """One rule, asked once for every combination of the facts it names."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        conditions = (*rule.applies, *rule.not_met, *rule.met, *rule.review)
        self.names = _names(conditions)
        self._given: dict[tuple[object, ...], Outcome] = {}

    def __call__(self, values: Values) -> Outcome:
        seen = tuple(values.get(name) for name in self.names)
        known = self._given.get(seen)
        return known or _keep(self._given, seen, answer(self.rule, values).outcome)


class _Verdict(NamedTuple):
    """The verdict of one framework from the outcomes of its rules."""

    framework: Framework

    @property
    def column(self) -> str:
        return verdict_column(self.framework.id)

    @property
    def names(self) -> tuple[str, ...]:
        rungs = self.framework.rungs
        return _names(
            [
                each
                for rung in rungs
                for part in (rung.excluded, rung.also, rung.doubts)
                for each in part.values()
            ]
        )

    def __call__(self, outcomes: Mapping[str, Outcome], values: Values, hints: Values) -> tuple[str, ...]:
        if self.framework.kind == "binary":
            required = (rule for rule, needed in verdict.asked(self.framework).items() if needed)
            return (verdict.of_required(outcomes[rule] for rule in required),)
        standing = ladder.climb(self.framework, outcomes, values, hints)
        return standing.value, standing.at_most


def _names(conditions: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in conditions for name in cel.compile(each).names))


def _keep(memory: dict[K, V], key: K, value: V) -> V:
    """Remember it, within bounds: whoever writes a dump chooses how many combinations there are."""
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[key] = value
    return value


def column_of(name: str) -> str:
    """The name of a rule or framework as that of a column: `osaid-1.0` is `osaid_1_0`."""
    return re.sub(r"[^a-z0-9]", "_", name.lower())


def verdict_column(framework: str) -> str:
    """The name of the column that holds the verdict of this framework."""
    return "label" if framework == LABEL_FRAMEWORK else column_of(framework)


def _checked(columns: list[str]) -> list[str]:
    for at, name in enumerate(columns):
        if name in columns[:at] or name in _RESERVED:
            raise UsageError(
                "Two columns of the table would be called '{name}'.",
                "Rename the rule or framework of your own.",
                name=name,
            )
    return columns

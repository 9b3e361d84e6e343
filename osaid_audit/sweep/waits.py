"""What an undetermined label waits for, counted: rules, and facts that their answers want."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from osaid_audit.evaluate import Judge, RuleSet, cel, ladder
from osaid_audit.evaluate.report import LABEL_FRAMEWORK
from osaid_audit.schema.base import FactValue, Outcome
from osaid_audit.schema.rules import Condition

_Waiting = tuple[tuple[str, ...], tuple[str, ...]]
_REMEMBERED = 200_000


class Waits:
    """The count of one shard: `rules` and `facts`, each with the number of models that wait for it."""

    def __init__(self, ruleset: RuleSet, judge: Judge) -> None:
        self._ruleset, self._ladder = ruleset, ruleset.framework(LABEL_FRAMEWORK)
        self._label = judge.columns.index("label")
        self._at = {rule: judge.columns.index(column) for rule, column in judge.rules.items()}
        self._asked = tuple(
            dict.fromkeys(
                name
                for rung in self._ladder.rungs
                for part in (rung.excluded, rung.also, rung.doubts)
                for name in _names(part.values())
            )
        )
        needed = dict.fromkeys(rule for rung in self._ladder.rungs for rule in rung.needs)
        self._wants = {rule: _names(ruleset.rule(rule).met) for rule in needed}
        self._remembered: dict[tuple[object, ...], _Waiting] = {}
        self.rules: Counter[str] = Counter()
        self.facts: Counter[str] = Counter()

    def clear(self) -> None:
        """Begin to count anew."""
        self.rules.clear()
        self.facts.clear()

    def count(self, row: Sequence[str], values: Mapping[str, FactValue], models: int) -> None:
        """Take note of so many models with these answers, which rest on these facts."""
        if row[self._label] != ladder.UNDETERMINED:
            return
        rules, wanted = self._waiting(row, values)
        for rule in rules:
            self.rules[rule] += models
        for fact in wanted:
            if fact not in values:
                self.facts[fact] += models

    def _waiting(self, row: Sequence[str], values: Mapping[str, FactValue]) -> _Waiting:
        """The rules that the lowest rung not reached waits for, and the facts that they want."""
        seen = (*row, *(values.get(name) for name in self._asked))
        known = self._remembered.get(seen)
        if known is None:
            outcomes = {rule: Outcome(row[at]) for rule, at in self._at.items()}
            rung = ladder.next_rung(self._ladder, outcomes, values)
            rules = rung.missing if rung else ()
            facts = dict.fromkeys(fact for rule in rules for fact in self._wants.get(rule, ()))
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            known = self._remembered[seen] = (tuple(rules), tuple(facts))
        return known


def _names(conditions: Iterable[Condition]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in conditions for name in cel.compile(each).names))

"""The rung of a ladder (design §4, §8): `value` is the highest proven, `at_most` the highest not excluded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from osaid_audit.evaluate import cel
from osaid_audit.schema.base import FactValue, Outcome, Text
from osaid_audit.schema.report import NextRung
from osaid_audit.schema.rules import Condition, Framework, Rung

UNDETERMINED = "undetermined"
UNDETERMINED_TITLE = Text(en="Undetermined", fr="Indéterminé")
_DECIDED_WELL = (Outcome.MET, Outcome.NOT_APPLICABLE)

State = Literal["met", "failed", "unknown"]
Outcomes = Mapping[str, Outcome]
Values = Mapping[str, FactValue]


@dataclass(frozen=True)
class Standing:
    """Where a subject stands on a ladder."""

    value: str
    at_most: str


def climb(framework: Framework, outcomes: Outcomes, values: Values, hints: Values | None = None) -> Standing:
    """The standing on a ladder, from the outcomes by rule id and the facts that its conditions see.

    `hints` are the facts that `doubts` see, leads too: a lead decides nothing, but it is a doubt.
    """
    value = at_most = framework.floor or UNDETERMINED
    walking = True
    for rung in framework.rungs:
        state = stands(rung, outcomes, values, values if hints is None else hints)
        if state == "failed":
            break
        at_most = rung.id
        if walking and state == "met":
            value = rung.id
        elif walking:
            value = UNDETERMINED if rung.if_unknown == UNDETERMINED else value
            walking = False
    return Standing(value, at_most)


def next_rung(
    framework: Framework, outcomes: Outcomes, values: Values, hints: Values | None = None
) -> NextRung | None:
    """The lowest rung that does not hold, with the rules it waits for; None when all of them hold."""
    doubting = values if hints is None else hints
    for rung in framework.rungs:
        if stands(rung, outcomes, values, doubting) != "met":
            return NextRung(id=rung.id, title=rung.title, missing=_held_by(rung, outcomes, values, doubting))
    return None


def held_by(
    framework: Framework, wanted: str, outcomes: Outcomes, values: Values, hints: Values
) -> tuple[str, ...]:
    """The rules that every rung up to the wanted one waits for; none when it is reached, or is the floor."""
    ids = [rung.id for rung in framework.rungs]
    upto = framework.rungs[: ids.index(wanted) + 1] if wanted in ids else ()
    held = (rule for rung in upto for rule in _held_by(rung, outcomes, values, hints))
    return tuple(dict.fromkeys(held))


def _held_by(rung: Rung, outcomes: Outcomes, values: Values, hints: Values) -> tuple[str, ...]:
    """The rules that shut this rung or whose answer it does not accept."""
    shut = (rule for rule, condition in rung.excluded.items() if _true(condition, values))
    waiting = (rule for rule in rung.needs if not _accepts(rung, rule, outcomes[rule], values, hints))
    return tuple(dict.fromkeys((*shut, *waiting)))


def title(framework: Framework, value: str) -> Text:
    """The words for a rung, the floor, or `undetermined`."""
    titles = {rung.id: rung.title for rung in framework.rungs}
    if framework.floor and framework.floor_title:
        titles[framework.floor] = framework.floor_title
    return titles.get(value, UNDETERMINED_TITLE)


def stands(rung: Rung, outcomes: Outcomes, values: Values, hints: Values) -> State:
    """Whether one rung holds; only a not_met, or an exclusion that is true, fails it."""
    if any(_true(condition, values) for condition in rung.excluded.values()):
        return "failed"
    if any(outcomes[rule] is Outcome.NOT_MET for rule in rung.needs):
        return "failed"
    accepted = all(_accepts(rung, rule, outcomes[rule], values, hints) for rule in rung.needs)
    return "met" if accepted else "unknown"


def _accepts(rung: Rung, rule: str, outcome: Outcome, values: Values, hints: Values) -> bool:
    if outcome in _DECIDED_WELL:  # an answer leaves no room for a doubt
        return outcome is Outcome.NOT_APPLICABLE or outcome in rung.needs[rule]
    if rule in rung.doubts and _true(rung.doubts[rule], hints):
        return False
    lifted = outcome is Outcome.NEEDS_REVIEW and rule in rung.also and _true(rung.also[rule], values)
    return lifted or outcome in rung.needs[rule]


def _true(condition: Condition, values: Values) -> bool:
    """Only TRUE counts; a condition that fails counts for nothing."""
    try:
        return cel.evaluate(cel.compile(condition), values) is True
    except cel.EvaluationError:
        return False

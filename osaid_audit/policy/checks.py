"""What is checked of an audited model: its findings, label, verdicts and gating. License classes: classes.py.

Messages do not name the model: an alert has a field for it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from osaid_audit.evaluate import ladder
from osaid_audit.evaluate.report import LABEL_FRAMEWORK
from osaid_audit.evaluate.said import said
from osaid_audit.policy.case import WEAKEST_FIRST, Case, Trouble, best_link, page
from osaid_audit.policy.demands import NO_LABEL, rungs
from osaid_audit.policy.wording import joined, name, text
from osaid_audit.schema.base import FINE, Level, Outcome, Text
from osaid_audit.schema.policy import FailOn
from osaid_audit.schema.report import Finding, FrameworkResult, Label

_CONFORMS, _BROKEN = "conforms", "does_not_conform"
_MOST_MESSAGES = 3


def asked_of(case: Case) -> dict[str, FailOn]:
    """Which answers gate, by rule: those that a chosen binary norm requires, and those named by id."""
    asks = case.asks
    required = (
        each.rule
        for result in case.report.frameworks
        if result.kind == "binary" and result.id in asks.frameworks
        for each in result.findings
        if each.required
    )
    return {**dict.fromkeys(required, asks.fail_on), **asks.findings}


def unjudged(case: Case) -> tuple[str, ...]:
    """The rules in `error` that the policy asks for: of these nothing is known."""
    off = {rule for rule, fail_on in case.asks.findings.items() if fail_on == "never"}
    failed = (each.rule for each in case.findings() if each.outcome is Outcome.ERROR)
    return tuple(rule for rule in failed if rule in asked_of(case).keys() - off)


def findings(case: Case) -> Iterator[Trouble]:
    """Each finding that gates, in its own words."""
    asked = asked_of(case)
    for each in case.findings():
        if each.rule in asked and _gates(asked[each.rule], each.outcome):
            yield case.settled(
                Trouble(
                    each.rule,
                    "error",
                    each.title,
                    each.message,
                    each.remedy.user,
                    best_link(each) or page(case.report),
                    rules=(each.rule,),
                )
            )


def label(case: Case, told: frozenset[str] = frozenset()) -> Iterator[Trouble]:
    """The label stands below the one asked for, or on no rung.

    told  rules whose findings are held against the model at this very place: they are named, not repeated
    """
    wanted, found = case.asks.require, case.report.label
    known = rungs(case.ruleset)
    if wanted == NO_LABEL or (found and found.value in known[known.index(wanted) :]):
        return
    held = _held(case, wanted)
    title = ladder.title(case.ruleset.framework(LABEL_FRAMEWORK), wanted)
    named = [each.rule for each in held if each.rule in told]
    unsaid = [each for each in held if each.rule not in told]
    behind = [text("policy.label.held", rules=", ".join(f"[{rule}]" for rule in named))] if named else []
    message = joined([_label_message(found, title, known), *behind, *_messages(unsaid)])
    trouble = Trouble(
        "label",
        _label_level(case, found, known),
        text("check.label"),
        message,
        next((each.remedy.user for each in unsaid if each.remedy.user), None) or text("policy.next.label"),
        best_link(held[0] if held else None) or page(case.report),
        rules=tuple(each.rule for each in held),
    )
    yield case.settled(trouble)


def verdicts(case: Case) -> Iterator[Trouble]:
    """The verdict of one norm or of several is not the one asked for."""
    failed = [
        _Failed(case.ruleset.framework(framework_id).title, wanted, _result(case, framework_id))
        for framework_id, wanted in sorted(case.asks.verdicts.items())
    ]
    failed = [each for each in failed if each.fails]
    if not failed:
        return
    trouble = Trouble(
        "verdict",
        "error",
        text("check.verdict"),
        joined(each.message for each in failed),
        text("policy.next.verdict"),
        page(case.report),
        rules=tuple(dict.fromkeys(rule for each in failed for rule in each.behind)),
    )
    # A sign-off is no finding: accepting findings does not stand in for it.
    yield case.settled(trouble, by_rules=all(each.result and each.wanted != _CONFORMS for each in failed))


def gating(case: Case) -> Iterator[Trouble]:
    """The files are handed out on a condition, or nobody knows."""
    if case.asks.gating == "allow":
        return
    fact = case.report.facts.get("access.gated")
    if fact is not None and fact.basis != "lead":
        if fact.value == "no":
            return
        how = Text(
            en=said("access.gated", fact.value, "en"),
            fr=said("access.gated", fact.value, "fr"),
        )
        message, level = text("policy.gated", how=how), case.asks.gating
    else:
        message = text("policy.gated.unknown")
        level = min(case.asks.gating, case.asks.undetermined, key=WEAKEST_FIRST.index)
    yield case.settled(
        Trouble("gating", level, text("check.gating"), message, text("policy.next.gating"), page(case.report))
    )


def _gates(fail_on: FailOn, outcome: Outcome) -> bool:
    if fail_on == "never" or outcome is Outcome.ERROR:  # an error is `unjudged`, and weighs more
        return False
    return outcome not in FINE if fail_on == "undetermined" else outcome is Outcome.NOT_MET


def _held(case: Case, wanted: str) -> list[Finding]:
    """The findings that hold the label below the rung."""
    result = _result(case, LABEL_FRAMEWORK)
    if result is None:
        return []
    outcomes = {each.rule: each.outcome for each in result.findings}
    hints = {key: fact.value for key, fact in case.report.facts.items()}
    values = {key: fact.value for key, fact in case.report.facts.items() if fact.basis != "lead"}
    rules = ladder.held_by(case.ruleset.framework(LABEL_FRAMEWORK), wanted, outcomes, values, hints)
    return [each for rule in rules for each in result.findings if each.rule == rule]


def _label_level(case: Case, found: Label | None, known: tuple[str, ...]) -> Level:
    """An undetermined label is as bad as the policy says, unless the rung is excluded."""
    if found is None or found.value in known:
        return "error"
    below = known[: known.index(case.asks.require)]
    return "error" if found.at_most in below else case.asks.undetermined


def _label_message(found: Label | None, wanted: Text, known: tuple[str, ...]) -> Text:
    if found is None:
        return text("policy.label.missing", wanted=wanted)
    key = "policy.label.low" if found.value in known else "policy.label.undetermined"
    return text(key, wanted=wanted, **({"value": found.title} if found.value in known else {}))


def _messages(held: list[Finding]) -> list[Text]:
    return [each.message for each in held[:_MOST_MESSAGES]]


class _Failed(NamedTuple):
    """A norm, the verdict asked for, and the result if the norm was judged."""

    norm: Text
    wanted: str
    result: FrameworkResult | None

    @property
    def fails(self) -> bool:
        """Whether the verdict is not the one asked for."""
        if self.wanted == "any":
            return False
        verdict = self.result.verdict if self.result else None
        return verdict != _CONFORMS if self.wanted == _CONFORMS else verdict in {None, _BROKEN}

    @property
    def behind(self) -> list[str]:
        """The rules that break the verdict or, when none does, those that leave it open."""
        required = [each for each in self.result.findings if each.required] if self.result else []
        broken = [each.rule for each in required if each.outcome is Outcome.NOT_MET]
        return broken or [each.rule for each in required if each.outcome not in FINE]

    @property
    def message(self) -> Text:
        """What was found and what is asked for."""
        wants = text(f"policy.wants.{self.wanted}")
        if self.result is None or self.result.verdict is None:
            return text("policy.verdict.missing", norm=self.norm, wanted=wants)
        value = name("verdict", self.result.verdict)
        return text("policy.verdict", norm=self.norm, value=value, wanted=wants)


def _result(case: Case, framework_id: str) -> FrameworkResult | None:
    return next((each for each in case.report.frameworks if each.id == framework_id), None)

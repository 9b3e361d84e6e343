"""What is wrong with a rule or a framework that parsed: names, types, reach, texts (design §4)."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product
from math import prod
from typing import NamedTuple

from osaid_audit.errors import RuleFileError
from osaid_audit.evaluate import cel
from osaid_audit.evaluate.cases import run_case, values_of
from osaid_audit.evaluate.condition import ConditionError, literals
from osaid_audit.evaluate.verdict import asked
from osaid_audit.evaluate.yamlfile import KeyPath, Written
from osaid_audit.schema.base import FREEDOMS, FactValue, Outcome
from osaid_audit.schema.factspec import FactSpec
from osaid_audit.schema.rules import Framework, Rule
from osaid_audit.schema.vocabulary import VOCABULARY, check

PARTS = ("applies", "not_met", "met", "review")
_OPEN = (Outcome.NEEDS_REVIEW, Outcome.INSUFFICIENT_EVIDENCE)
_BRACES = re.compile(r"\{([^{}]*)\}")
_MAX_WORLDS = 4096


class Fault(NamedTuple):
    """Something wrong, and where; `column` counts from 1 inside a condition on one line, 0 elsewhere."""

    path: KeyPath
    message: str
    column: int = 0


def lint_rule(rule: Rule, written: Written) -> list[RuleFileError]:
    """Everything wrong with a rule; conditions first, since the rest is asked of conditions that hold."""
    faults = list(_conditions(rule)) or list(_case_facts(rule)) or [*_reach(rule), *_texts(rule)]
    if rule.element is not None and not rule.freedoms:
        faults.append(Fault(("element",), "a rule about an element names the freedoms it bears on"))
    return [RuleFileError(_place(written, fault), fault.message) for fault in faults]


def lint_framework(framework: Framework, written: Written, rules: Mapping[str, Rule]) -> list[RuleFileError]:
    """Everything wrong with a framework, given all rules there are."""
    faults = [
        Fault(_where_named(framework, name), f"there is no rule '{name}'")
        for name in asked(framework)
        if name not in rules
    ]
    faults += [
        Fault(_where_named(framework, name), f"'{name}' is about no element: no binary framework asks it")
        for name in asked(framework)
        if framework.kind == "binary" and name in rules and rules[name].element is None
    ]
    faults += _rungs(framework)
    faults += _kind(framework)
    faults += _words(framework)
    return [RuleFileError(_place(written, fault), fault.message) for fault in faults]


def _conditions(rule: Rule) -> Iterator[Fault]:
    for part in PARTS:
        for number, condition in enumerate(getattr(rule, part)):
            yield from _condition((part, number), condition)
    if rule.breaks is not None:
        spec = VOCABULARY.get(rule.breaks)
        if spec is None or not spec.lower_bound or spec.values != FREEDOMS:
            yield Fault(("breaks",), f"'{rule.breaks}' is not a list of broken freedoms")
    for name in rule.attest:
        spec = VOCABULARY.get(name)
        if spec is None or not spec.reviewer:
            yield Fault(("attest", name), f"'{name}' is not a fact that a reviewer supplies")


def _condition(path: KeyPath, condition: str) -> Iterator[Fault]:
    """One condition: it compiles, it fails on no facts it can meet, and it can be true."""
    try:
        leaf = cel.compile(condition)
        if cel.evaluate(leaf, {}) is not None:
            yield Fault(path, "the condition decides without any fact")
            return
        answers = {cel.evaluate(leaf, world) for world in worlds(leaf)}
    except ConditionError as error:
        yield Fault(path, str(error), error.column if error.line == 1 else 0)
        return
    except cel.EvaluationError as error:
        yield Fault(path, str(error))
        return
    if True not in answers and exhaustive(leaf):
        yield Fault(path, "the condition can never be true")


def worlds(leaf: cel.Leaf) -> Iterator[dict[str, FactValue]]:
    """Facts a condition can meet: every value of every fact it names, absent ones included, up to a bound."""
    domains = [[None, *_domain(VOCABULARY[name], leaf.text)] for name in leaf.names]
    for values in islice(product(*domains), _MAX_WORLDS):
        yield {name: value for name, value in zip(leaf.names, values, strict=True) if value is not None}


def exhaustive(leaf: cel.Leaf) -> bool:
    """Whether `worlds` holds every case that can matter; lists of free words have no end."""
    specs = [VOCABULARY[name] for name in leaf.names]
    free = any(spec.type in ("string", "strings") and not spec.values for spec in specs)
    return not free and prod(1 + len(_domain(spec, leaf.text)) for spec in specs) <= _MAX_WORLDS


def _domain(spec: FactSpec, condition: str) -> list[FactValue]:
    if spec.type == "bool":
        return [True] if spec.only_true else [True, False]
    if spec.type == "int":
        numbers = {int(number) for number in re.findall(r"\d{1,17}", condition)} | {0, 1}
        return [*sorted({number + step for number in numbers for step in (-1, 0, 1)})]
    words = list(spec.values) or [*literals(condition), "another"]
    return list(words) if spec.type == "string" else [(), *((word,) for word in words), tuple(words)]


def _case_facts(rule: Rule) -> Iterator[Fault]:
    for number, case in enumerate(rule.cases):
        for name, value in values_of(case).items():
            problem = _wrong_fact(name, value)
            if problem:
                yield Fault(("cases", number, "facts", name), problem)
        for name in case.attested:
            if name not in rule.attest:
                yield Fault(
                    ("cases", number, "attested", name), f"this rule does not ask a reviewer for '{name}'"
                )


def _wrong_fact(name: str, value: FactValue) -> str | None:
    spec = VOCABULARY.get(name)
    if spec is None:
        return f"there is no fact '{name}'"
    if spec.reviewer:
        return f"'{name}' comes from a reviewer only; put it under 'attested'"
    try:
        check(name, value)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the value, the file is refused with it
        return str(error)
    return None


def _reach(rule: Rule) -> Iterator[Fault]:
    """The rule can be met at all, and every part decides some case."""
    yield from _unreachable_met(rule)
    decided = [(case, run_case(rule, case)) for case in rule.cases]
    alone = {decision.outcome for case, decision in decided if not case.attested}
    expected = {
        "applies": Outcome.NOT_APPLICABLE,
        "not_met": Outcome.NOT_MET,
        "met": Outcome.MET,
        "review": Outcome.NEEDS_REVIEW,
    }
    for part, outcome in expected.items():
        if getattr(rule, part) and outcome not in alone:
            yield Fault((part,), f"no case reaches '{part}'")
    if len({case.expect for case in rule.cases}) < 2:  # noqa: PLR2004 - one outcome shows nothing
        yield Fault(("cases",), "the cases must show at least two different outcomes")
    for name, given in rule.attest.items():
        if not any(case.attested.get(name) is True and case.expect.value == given for case in rule.cases):
            yield Fault(("attest", name), f"no case reaches '{name}'")
        yield from _on_open_cases(rule, name, given)


def _on_open_cases(rule: Rule, name: str, outcome: str) -> Iterator[Fault]:
    opened = [case for case in rule.cases if not case.attested and case.expect in _OPEN]
    if not opened:
        yield Fault(("cases",), f"no case is open for a reviewer to supply '{name}'")
    for case in opened:
        signed = case.model_copy(update={"attested": {name: True}})
        if run_case(rule, signed).outcome.value != outcome:
            yield Fault(("attest", name), f"'{name}' does not give {outcome} on an open case")
            return


def _unreachable_met(rule: Rule) -> Iterator[Fault]:
    """`met` stands only when `not_met` is known to be false."""
    for number, condition in enumerate(rule.not_met if rule.met else ()):
        leaf = cel.compile(condition)
        if exhaustive(leaf) and not any(cel.evaluate(leaf, world) is False for world in worlds(leaf)):
            never = "the condition can never become false, so the rule can never be met"
            yield Fault(("not_met", number), never)


def _texts(rule: Rule) -> Iterator[Fault]:
    for outcome in reachable(rule):
        if getattr(rule.says, outcome.value) is None:
            yield Fault(("says",), f"there is no text for the outcome '{outcome.value}'")
    for outcome in Outcome:
        text = getattr(rule.says, outcome.value, None)
        for lang in ("en", "fr") if text else ():
            yield from _placeholders(("says", outcome.value, lang), getattr(text, lang))


def reachable(rule: Rule) -> tuple[Outcome, ...]:
    """The outcomes a rule can give, `error` aside."""
    given = set(rule.attest.values())
    reached = {
        Outcome.MET: bool(rule.met) or "met" in given,
        Outcome.NOT_MET: bool(rule.not_met) or "met" in given,
        Outcome.NEEDS_REVIEW: bool(rule.review),
        Outcome.INSUFFICIENT_EVIDENCE: True,
        Outcome.NOT_APPLICABLE: bool(rule.applies) or "not_applicable" in given,
    }
    return tuple(outcome for outcome, can in reached.items() if can)


def _placeholders(path: KeyPath, text: str) -> Iterator[Fault]:
    for name in _BRACES.findall(text):
        if name not in VOCABULARY:
            yield Fault(path, f"'{{{name}}}' is not a fact")
    if "{" in _BRACES.sub("", text) or "}" in _BRACES.sub("", text):
        yield Fault(path, "a brace stands alone")


def _rungs(framework: Framework) -> Iterator[Fault]:
    for number, rung in enumerate(framework.rungs):
        for kind in ("excluded", "also", "doubts"):
            for rule, condition in getattr(rung, kind).items():
                path = ("rungs", number, kind, rule)
                yield from _condition(path, condition)
                if kind != "excluded" and rule not in rung.needs:
                    yield Fault(path, f"'{kind}' speaks of a rule that this rung does not need")
        for rule, accepted in rung.needs.items():
            if not accepted or {Outcome.NOT_MET, Outcome.ERROR} & set(accepted):
                yield Fault(("rungs", number, "needs", rule), "a rung accepts neither not_met nor error")


def _kind(framework: Framework) -> Iterator[Fault]:
    ids = [each.id for each in framework.requirements] + [each.id for each in framework.rungs]
    for name in {name for name in ids if ids.count(name) > 1}:
        yield Fault((), f"the id '{name}' stands here twice")
    if framework.kind == "ladder":
        if not framework.rungs or framework.floor is None or framework.floor_title is None:
            yield Fault((), "a ladder has rungs, a floor and a title of the floor")
        if framework.requirements:
            yield Fault(("requirements",), "a ladder has rungs, no requirements")
    elif framework.rungs or framework.floor or not framework.requirements:
        yield Fault(
            (), f"a framework of kind '{framework.kind}' has requirements, and neither rungs nor floor"
        )


def _words(framework: Framework) -> Iterator[Fault]:
    """Own words replace the usual ones, so the four answers a rule can give by itself must all be there."""
    for number, requirement in enumerate(framework.requirements):
        if requirement.words and framework.kind != "informative":
            yield Fault(
                ("requirements", number, "words"), "only an informative framework has words of its own"
            )
    if not framework.words:
        return
    if framework.kind == "binary":
        yield Fault(("words",), "a binary framework answers in the usual words")
    for outcome in (*_OPEN, Outcome.MET, Outcome.NOT_MET):
        if outcome not in framework.words:
            yield Fault(("words",), f"there is no word for the outcome '{outcome.value}'")


def _where_named(framework: Framework, rule: str) -> KeyPath:
    for number, requirement in enumerate(framework.requirements):
        if rule in requirement.rules:
            return ("requirements", number, "rules", requirement.rules.index(rule))
    for number, rung in enumerate(framework.rungs):
        for kind in ("needs", "excluded", "also", "doubts"):
            if rule in getattr(rung, kind):
                return ("rungs", number, kind, rule)
    return ()


def _place(written: Written, fault: Fault) -> str:
    place = written.place(fault.path)
    if not fault.column:
        return place
    shown, line, column = place.rsplit(":", 2)
    return f"{shown}:{line}:{int(column) + fault.column - 1}"

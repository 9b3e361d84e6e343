"""The shipped rules and frameworks: their cases, and what is promised of them as a whole."""

import itertools

import pytest

from osaid_audit.evaluate import cel, check, load, run_cases
from osaid_audit.evaluate.cases import run_case
from osaid_audit.evaluate.lint import reachable
from osaid_audit.evaluate.verdict import asked
from osaid_audit.schema.base import FREEDOMS, Outcome
from osaid_audit.schema.vocabulary import VOCABULARY

RULES = load().rules
CASES = [
    pytest.param(rule, case, id=f"{rule.id}-{number + 1}")
    for rule in RULES.values()
    for number, case in enumerate(rule.cases)
]
HUMAN_ONLY = {
    rule.id
    for rule in RULES.values()
    if rule.element == "data_information" or rule.id in {"training-code", "data-processing-code"}
}


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule, case):
    assert run_case(rule, case).outcome == case.expect


def test_nothing_is_wrong_with_them():
    assert check() == []
    assert run_cases(load()) == []


def test_a_case_that_fails_is_reported_with_its_place():
    ruleset = load()
    wrong = RULES["weights-present"].cases[0].model_copy(update={"expect": Outcome.NOT_MET})
    rule = RULES["weights-present"].model_copy(update={"cases": (wrong,)})
    failures = run_cases(type(ruleset)(**{**vars(ruleset), "rules": {rule.id: rule}}))
    assert [(failure.rule, failure.number, failure.got) for failure in failures] == [
        ("weights-present", 1, Outcome.MET)
    ]
    assert failures[0].place.startswith("rules/parameters/weights-present.yaml:")


def test_data_information_and_training_code_are_never_met_without_a_person():
    assert HUMAN_ONLY
    assert [name for name in HUMAN_ONLY if RULES[name].met] == []


def test_only_observed_facts_break_automatically():
    """Absence is not evidence: the facts that a `not_met` may stand on are few and named."""
    judging = {name for norm in ("osaid-1.0", "g7-2026") for name in asked(load().framework(norm))}
    breaking = {condition for name in judging for condition in RULES[name].not_met}
    assert len(breaking) == 7
    assert {"!weights.present", "data.withheld", "code.training_withheld", "lineage.restricted"} <= breaking
    assert RULES["data-all-released"].not_met == ("data.not_released",)


def test_elsewhere_too_a_no_stands_on_facts_that_are_observed():
    """What the other frameworks say no to: no fact whose absence alone could make the condition true."""
    facts = {
        name
        for rule in RULES.values()
        if rule.element is None
        for condition in rule.not_met
        for name in cel.compile(condition).names
    }
    assert facts == {
        "access.gated",
        "data.withheld",
        "license.class",
        "license.mutable_policy",
        "license.read_all",
        "license.revocable",
        "license.unilateral_change",
        "subject.days_since_change",
        "weights.present",
        "weights.set_bytes",
    }


def test_gating_never_breaks_by_itself_and_moves_no_label():
    assert RULES["access-gating"].not_met == ()
    assert asked(load().framework("osaid-1.0"))["access-gating"] is True
    assert "access-gating" not in asked(load().framework("g7-2026"))


def test_recommendations_are_not_required():
    required = asked(load().framework("osaid-1.0"))
    optional = {name for name, needed in required.items() if not needed}
    assert optional == {
        *("license-consistency", "license-text", "usage-policy", "supporting-libraries"),
        "intermediate-checkpoints",
    }


def test_the_osaid_does_not_ask_for_the_data_itself():
    assert not {"data-all-released", "data-shared-or-impossible"} & set(asked(load().framework("osaid-1.0")))
    assert {"data-all-released", "data-shared-or-impossible"} <= set(asked(load().framework("g7-2026")))


def test_every_reviewer_fact_is_asked_for_by_a_rule():
    asked_for = {name for rule in RULES.values() for name in rule.attest}
    assert asked_for == {name for name, spec in VOCABULARY.items() if spec.reviewer}


def test_every_freedom_is_reached_by_a_required_rule():
    required = [RULES[name] for name, needed in asked(load().framework("osaid-1.0")).items() if needed]
    assert set(itertools.chain.from_iterable(rule.freedoms for rule in required)) == set(FREEDOMS)


def texts(rule):
    yield from (rule.title, rule.why, rule.remedy.publisher, rule.remedy.user)
    yield from (getattr(rule.says, outcome.value) for outcome in reachable(rule))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_texts_are_in_both_languages(rule):
    for text in filter(None, texts(rule)):
        assert text.en.strip()
        assert text.fr.strip()
        assert text.en != text.fr
        assert "licence" not in text.en.lower()
        assert "certif" not in f"{text.en}{text.fr}".lower()


def test_every_rule_tells_the_publisher_what_to_do():
    assert [rule.id for rule in RULES.values() if rule.remedy.publisher is None] == []


def test_no_rule_speaks_of_a_model_or_its_maker():
    makers = ("llama", "meta", "google", "gemma", "mistral", "qwen", "deepseek", "openai", "bert", "pythia")
    for rule in RULES.values():
        words = rule.model_dump_json().lower().replace("metadata", "").split()
        assert [maker for maker in makers if maker in words] == []


def test_the_rule_set_has_a_version_and_a_stable_digest():
    assert load().version.count(".") == 2
    assert len(load().sha256) == 64
    assert load() is load()

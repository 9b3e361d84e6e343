"""The short answers for millions are those of a full report, whatever the facts."""

from dataclasses import replace

import pytest
from door import outcomes_of
from hypothesis import given, settings
from test_evaluate_properties import ANY_FACTS

from osaid_audit.errors import UsageError
from osaid_audit.evaluate import Judge, evaluate, load
from osaid_audit.evaluate import outcomes as module
from osaid_audit.schema.base import Fact
from osaid_audit.schema.dossier import Dossier, Subject, Tool
from osaid_audit.schema.rules import Requirement

RULESET = load()
ALL = tuple(RULESET.frameworks)


def dossier(facts, leads=()):
    return Dossier(
        tool=Tool(name="osaid-audit", version="0"),
        subject=Subject(id="a/b", canonical_id="a/b", url="https://hub.invalid/a/b", source="hub"),
        gathered_at="2026-01-02T03:04:05Z",
        endpoint="https://hub.invalid",
        token_used=False,
        facts={
            name: Fact(value=value, basis="lead" if name in leads else "stated")
            for name, value in facts.items()
        },
    )


def full(facts, frameworks, leads=()):
    """What a whole report says, under the names of the columns."""
    return outcomes_of(evaluate(dossier(facts, leads), RULESET, frameworks))


@given(facts=ANY_FACTS)
@settings(max_examples=150, deadline=None)
def test_every_answer_is_that_of_a_report(facts):
    facts.pop("subject.days_since_change", None)  # a report counts the days itself
    judge = Judge(RULESET, ALL)
    assert dict(zip(judge.columns, judge(facts), strict=True)) == full(facts, ALL)


def test_what_was_asked_before_changes_no_answer():
    judge, restricted, silent = Judge(RULESET), {"license.class": "use-restricted"}, {}
    first = judge(restricted)
    assert judge(silent) != first
    assert judge(restricted) == first == Judge(RULESET)(restricted)


def test_memory_that_runs_full_is_emptied_and_no_answer_is_lost(monkeypatch):
    monkeypatch.setattr(module, "_REMEMBERED", 1)
    judge = Judge(RULESET)
    worlds = [{"weights.present": True}, {"weights.present": False}, {"license.class": "noncommercial"}, {}]
    assert [judge(world) for world in worlds * 2] == [Judge(RULESET)(world) for world in worlds * 2]


def test_a_lead_is_a_doubt_and_decides_nothing():
    open_weights = {
        "license.class": "osi",
        "license.read_all": True,
        "license.grant_found": True,
        "weights.present": True,
    }
    judge, doubted = Judge(RULESET), {**open_weights, "lineage.undecided": True}
    label = judge.columns.index("label")
    assert judge(open_weights)[label] == "open-weights"
    assert judge(open_weights, doubted)[label] == "undetermined"
    assert judge(open_weights, doubted)[label] == full(doubted, None, leads={"lineage.undecided"})["label"]


def test_the_facts_named_are_all_that_matter():
    judge = Judge(RULESET)
    assert "license.class" in judge.facts
    assert "subject.task" not in judge.facts
    assert judge({"subject.task": "text-generation"}) == judge({})


def test_a_rule_of_ones_own_that_bears_the_name_of_a_column_is_refused(tmp_path):
    rule = RULESET.rule("weights-license")
    clash = rule.model_copy(update={"id": "label"})
    g7 = RULESET.framework("g7-2026")
    asks = Requirement(id="asks", rules=("label",))
    own = g7.model_copy(update={"id": "own", "kind": "informative", "rungs": (), "requirements": (asks,)})
    ruleset = replace(
        RULESET, rules={**RULESET.rules, "label": clash}, frameworks={**RULESET.frameworks, "own": own}
    )
    with pytest.raises(UsageError, match="'label'"):
        Judge(ruleset, ["own"])
    assert "weights_license" in Judge(ruleset, ["osaid-1.0"]).columns

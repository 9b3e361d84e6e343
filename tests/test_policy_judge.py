"""What a policy holds against a model at a place, each demand beside the case in which it holds."""

import random

import pytest
from door import OPEN, RESTRICTED, SHA
from judged import (
    DAY,
    RULESET,
    answer,
    asking,
    checks,
    data,
    held,
    overriding,
    reference,
    waiver,
    waiving,
)

from osaid_audit.errors import InternalError, NotFound, OfflineMiss, Unreachable, UsageError
from osaid_audit.policy.demands import frameworks, given
from osaid_audit.policy.judge import Judgement, fingerprint
from osaid_audit.schema.base import Fact, Outcome, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import Component
from osaid_audit.schema.policy import Demands, Override, Policy

UNKNOWN = {key: value for key, value in OPEN.items() if not key.startswith("license.")}


def test_a_compliant_model_raises_nothing():
    found = held(Policy(), answer(OPEN))
    assert (found.alerts, found.code()) == ((), 0)
    strict = asking(licenses=("osi",), gating="error", require="open-weights", fail_on="not-met")
    assert held(strict, answer(OPEN)).alerts == ()


def test_a_restricted_model_fails_with_its_own_words_place_and_advice():
    found = held(Policy(), answer(RESTRICTED, reference("src/app.py", 7, column=3)))
    assert (checks(found), found.code()) == (["label", "weights-license"], 1)
    breach = found.alerts[1]
    finding = next(
        each for each in found.reports[0].framework("osaid-1.0").findings if each.rule == "weights-license"
    )
    assert (breach.message, breach.title, breach.next) == (
        finding.message,
        finding.title,
        finding.remedy.user,
    )
    assert (breach.file, breach.line, breach.column, breach.revision) == ("src/app.py", 7, 3, SHA)
    assert breach.url == "https://huggingface.co/org/model"
    assert breach.fingerprint == fingerprint("weights-license", "org/model", "src/app.py")
    assert finding.message.en not in found.alerts[0].message.en
    assert found.alerts[0].message.en.endswith("Held back by [weights-license].")
    assert "Open Weights AI" in found.alerts[0].message.en
    assert "IA à poids ouverts" in found.alerts[0].message.fr


def test_the_best_evidence_is_what_an_alert_links_to():
    from door import dossier
    from judged import Answer

    from osaid_audit.evaluate import evaluate

    here = Source(url=f"https://huggingface.co/org/model/blob/{SHA}/LICENSE", line=4)
    bad = Source(url="javascript:alert(1)")
    found = dossier(RESTRICTED)
    facts = {
        **found.facts,
        "license.class": Fact(value="use-restricted", basis="stated", sources=(bad, here)),
    }
    report = evaluate(found.model_copy(update={"facts": facts}), RULESET)
    judged = held(Policy(), Answer("org/model", None, (reference(),), report))
    assert {each.url for each in judged.alerts} == {f"{here.url}#L4"}


def test_fail_on_says_which_required_findings_gate():
    assert held(asking(), answer(RESTRICTED)).code() == 0
    assert checks(held(asking(fail_on="not-met"), answer(RESTRICTED))) == ["weights-license"]
    assert held(asking(fail_on="not-met"), answer(OPEN)).code() == 0
    assert "data-described" in checks(held(asking(fail_on="undetermined"), answer(OPEN)))


def test_one_rule_may_be_asked_for_more_or_less_than_the_others():
    open_rule = asking(findings={"data-described": "undetermined"})
    assert checks(held(open_rule, answer(OPEN))) == ["data-described"]
    off = asking(fail_on="not-met", findings={"weights-license": "never"})
    assert held(off, answer(RESTRICTED)).code() == 0


def test_a_rule_that_no_framework_requires_gates_when_it_is_named():
    policy = asking(findings={"usage-policy": "undetermined"})
    facts = {**OPEN, "license.policy_only": True}
    asked = answer(facts, policy=policy)
    finding = next(
        each for result in asked.result.frameworks for each in result.findings if each.rule == "usage-policy"
    )
    assert not finding.required
    gates = finding.outcome not in {Outcome.MET, Outcome.NOT_APPLICABLE}
    assert (checks(held(policy, asked)) == ["usage-policy"]) is gates
    assert held(asking(), asked).alerts == ()


def test_a_rule_of_a_norm_that_was_not_chosen_brings_the_norm_with_it():
    rule = next(
        name
        for name in RULESET.rules
        if RULESET.frameworks_of(name) and not {"osaid-1.0", "g7-2026"} & set(RULESET.frameworks_of(name))
    )
    policy = asking(findings={rule: "undetermined"})
    assert RULESET.frameworks_of(rule)[0] in frameworks(policy, RULESET)
    assert checks(held(policy, answer({}, policy=policy))) == [rule]


def test_the_label_must_be_reached():
    for label, code in (("none", 0), ("open-weights", 0), ("open-source-ai", 1)):
        assert held(asking(require=label), answer(OPEN)).code() == code
    assert checks(held(asking(require="open-source-ai"), answer(OPEN))) == ["label"]


def test_an_undetermined_label_is_as_bad_as_the_policy_says():
    for level, code in (("error", 1), ("warning", 0), ("note", 0)):
        found = held(asking(require="open-weights", undetermined=level), answer(UNKNOWN))
        assert [(each.check, each.level) for each in found.alerts] == [("label", level)]
        assert found.code() == code


def test_a_label_that_is_excluded_is_an_error_whatever_is_undetermined():
    """Restricted terms and no word on the weights: undetermined, at most weights-available."""
    facts = {key: value for key, value in RESTRICTED.items() if key != "weights.present"}
    asked = answer(facts)
    assert (asked.result.label.value, asked.result.label.at_most) == ("undetermined", "weights-available")
    assert held(asking(require="open-weights", undetermined="note"), asked).code() == 1
    assert held(asking(require="weights-available", undetermined="note"), asked).code() == 0


def test_a_label_that_was_not_judged_is_not_reached():
    asked = answer(OPEN)
    without = asked.result.model_copy(update={"label": None, "frameworks": asked.result.frameworks[:1]})
    assert held(asking(require="open-weights"), asked._replace(result=without)).code() == 1


def test_a_verdict_is_asked_for():
    for wanted, facts, code in (
        ("any", RESTRICTED, 0),
        ("undetermined", RESTRICTED, 1),
        ("undetermined", OPEN, 0),
        ("conforms", OPEN, 1),
    ):
        found = held(asking(verdicts={"osaid-1.0": wanted}), answer(facts))
        assert (found.code(), checks(found)) == (code, ["verdict"] * code)


def test_accepted_findings_do_not_stand_in_for_a_sign_off():
    policy = asking(verdicts={"osaid-1.0": "conforms"})
    every = [waiver(rule) for rule in RULESET.rules]
    assert held(waiving(policy, *every), answer(OPEN)).code() == 1
    assert held(waiving(policy, waiver("verdict")), answer(OPEN)).code() == 0
    lenient = asking(verdicts={"osaid-1.0": "undetermined"})
    assert held(waiving(lenient, waiver("weights-license")), answer(RESTRICTED)).code() == 0


OSI = Hop(id="org/base", relation="finetune", depth=1, cls="osi")


@pytest.mark.parametrize(
    ("hop", "level", "said"),
    [
        (OSI, None, ""),
        (OSI.model_copy(update={"cls": "noncommercial"}), "error", "org/base"),
        (OSI.model_copy(update={"cls": "noncommercial", "problem": "gated"}), "error", "gated"),
        (OSI.model_copy(update={"cls": "custom-unknown"}), "warning", "org/base"),
        (OSI.model_copy(update={"cls": "none"}), "error", "no license"),
        (OSI.model_copy(update={"cls": None}), "warning", "not established"),
        (OSI.model_copy(update={"cls": None, "problem": "unreachable"}), "warning", "unreachable"),
        (OSI.model_copy(update={"problem": "cycle"}), "warning", "cycle"),
        (OSI.model_copy(update={"hint": Source(path="config.json")}), "warning", "hinted"),
    ],
)
def test_the_class_of_every_base_counts(hop, level, said):
    policy = asking(licenses=("osi",), undetermined="warning")
    found = held(policy, answer(OPEN, hops=(OSI.model_copy(update={"id": "org/first"}), hop)))
    assert [(each.check, each.level) for each in found.alerts] == (
        [("license-class", level)] if level else []
    )
    assert all(said in each.message.en and "org/first" not in each.message.en for each in found.alerts)


def test_the_class_of_the_model_and_of_each_part_counts():
    policy = asking(licenses=("osi",), undetermined="warning")

    def level(facts, *parts):
        return [each.level for each in held(policy, answer(facts, parts=parts)).alerts]

    fine, bad = Component(path="unet", cls="osi"), Component(path="vae", cls="noncommercial")
    assert level(OPEN, fine) == []
    assert level(OPEN, fine, bad) == ["error"]
    assert level(OPEN, Component(path="vae")) == ["warning"]
    assert level(RESTRICTED) == ["error"]
    assert level({**OPEN, "license.class": "custom-unknown"}) == ["warning"]
    assert level(UNKNOWN) == ["warning"]
    assert "vae" in held(policy, answer(OPEN, parts=(fine, bad))).alerts[0].message.en


def test_an_open_class_that_is_not_relied_on_is_not_established():
    """Something relevant is unread: the class is open as far as it was read, the rule does not say met."""
    unread = {key: value for key, value in OPEN.items() if key != "license.read_all"}
    policy = asking(licenses=("osi",))
    met = held(policy, answer(OPEN))
    assert (met.code(), met.alerts) == (0, ())
    asked = answer(unread)
    rule = next(each for each in asked.result.frameworks[0].findings if each.rule == "weights-license")
    assert rule.outcome is not Outcome.MET
    assert held(policy, asked).code() == 1


def test_terms_of_its_own_are_allowed_when_the_policy_says_so():
    custom = {**OPEN, "license.class": "custom-unknown"}
    assert held(asking(licenses=("osi",)), answer(custom)).code() == 1
    assert held(asking(licenses=("osi", "custom-unknown")), answer(custom)).code() == 0
    assert held(asking(licenses=("osi", "custom-unknown")), answer(UNKNOWN)).code() == 1
    assert held(asking(licenses=()), answer(OPEN)).code() == 1


@pytest.mark.parametrize(
    ("revision", "none", "any_revision", "commit"),
    [
        (None, 0, 1, 1),
        ("main", 0, 1, 1),
        ("v1", 0, 0, 1),
        (SHA[:12], 0, 0, 1),
        (SHA, 0, 0, 0),
        (SHA.upper(), 0, 0, 0),
    ],
)
def test_a_reference_names_what_is_asked_for(revision, none, any_revision, commit):
    asked = answer(OPEN, reference(revision=revision))
    for pins, code in (("none", none), ("revision", any_revision), ("commit", commit)):
        found = held(asking(pins=pins), asked)
        assert (found.code(), checks(found)) == (code, ["pinned-revision"] * code)
    assert held(asking(pins="commit"), answer(OPEN, code=False)).code() == 0


def test_the_commit_to_pin_is_named_when_it_is_known():
    policy = asking(pins="commit")
    assert SHA in held(policy, answer(OPEN)).alerts[0].next.en
    offline = held(policy, answer(OfflineMiss("not here"))).alerts
    assert [each.check for each in offline] == ["not-audited", "pinned-revision"]
    assert "full commit" in offline[1].next.en


@pytest.mark.parametrize(
    ("gated", "allow", "warning", "error"), [("no", 0, 0, 0), ("auto", 0, 0, 1), ("manual", 0, 0, 1)]
)
def test_gating_is_what_the_policy_says(gated, allow, warning, error):
    asked = answer({**OPEN, "access.gated": gated})
    codes = {level: held(asking(gating=level), asked).code() for level in ("allow", "warning", "error")}
    assert codes == {"allow": allow, "warning": warning, "error": error}


def test_a_gate_that_nobody_knows_of_is_no_open_door():
    unknown = answer({key: value for key, value in OPEN.items() if key != "access.gated"})
    assert held(asking(gating="error"), unknown).code() == 1
    assert held(asking(gating="error", undetermined="note"), unknown).code() == 0
    assert held(asking(gating="allow"), unknown).alerts == ()


@pytest.mark.parametrize("error", [NotFound("gone", "look"), Unreachable("down"), OfflineMiss("not here")])
def test_what_cannot_be_audited_is_no_pass(error):
    found = held(asking(), answer(error))
    assert (checks(found), found.code(), found.code(allow_unaudited=True)) == (["not-audited"], 3, 0)
    assert (found.unaudited[0].why.en, found.unaudited[0].file, found.unaudited[0].line) == (
        str(error),
        "app.py",
        3,
    )
    passed = found.allowing_unaudited()
    assert (passed.code(), [each.level for each in passed.alerts]) == (0, ["warning"])
    assert passed.unaudited == found.unaudited


def test_what_only_looks_like_a_model_is_a_note():
    low = reference(confidence="low")
    found = held(Policy(), answer(NotFound("gone"), low))
    assert ([each.level for each in found.alerts], found.unaudited, found.code()) == (["note"], (), 0)
    sure = held(Policy(), answer(NotFound("gone"), low, reference("b.py")))
    assert ([each.level for each in sure.alerts], sure.code()) == (["note", "error"], 3)
    assert [each.file for each in sure.unaudited] == ["b.py"]
    broken = held(Policy(), answer(RESTRICTED, low))
    assert (broken.code(), {each.level for each in broken.alerts}) == (0, {"note"})


def test_the_worst_code_wins_and_a_fault_of_ours_is_never_let_pass():
    down, bad, ours = answer(Unreachable("x")), answer(RESTRICTED), answer(InternalError("x"))
    assert held(Policy(), bad, down).code() == 3
    assert held(Policy(), bad, down).code(allow_unaudited=True) == 1
    assert held(Policy(), bad, down, ours).code(allow_unaudited=True) == 4
    assert held(Policy(), answer(UsageError("x"))).code(allow_unaudited=True) == 2
    assert Judgement().code() == 0


def test_a_required_rule_that_failed_is_not_audited():
    asked = answer(OPEN)
    norm = asked.result.frameworks[0]

    def code(policy, required):
        failed = norm.findings[0].model_copy(update={"outcome": Outcome.ERROR, "required": required})
        changed = norm.model_copy(update={"findings": (failed, *norm.findings[1:])})
        report = asked.result.model_copy(update={"frameworks": (changed, asked.result.frameworks[1])})
        return held(policy, asked._replace(result=report)).code()

    rule = norm.findings[0].rule
    assert (code(asking(), True), code(asking(), False)) == (3, 0)
    assert code(asking(findings={rule: "not-met"}), False) == 3
    assert code(asking(findings={rule: "never"}), True) == 0
    assert code(waiving(asking(), waiver(rule)), True) == 3


def test_one_alert_for_each_place_and_check():
    places = [reference("b.py", 9), reference("a.py", 3), reference("a.py", 30)]
    found = held(Policy(), answer(RESTRICTED, *places))
    assert [(each.file, each.line, each.check) for each in found.alerts] == [
        (file, line, check)
        for file, line in (("a.py", 3), ("a.py", 30), ("b.py", 9))
        for check in ("label", "weights-license")
    ]
    prints = {(each.file, each.check): each.fingerprint for each in found.alerts}
    assert len(set(prints.values())) == len(prints) == 4


def test_other_paths_may_have_other_demands():
    lenient = Override(paths=("tests/**", "*.ipynb"), require="none", fail_on="never")
    strict = Override(paths=("tests/prod/**",), require="open-source-ai")
    policy = overriding(Policy(), lenient, strict)

    def code(file, facts=RESTRICTED):
        return held(policy, answer(facts, reference(file))).code()

    assert (code("src/app.py"), code("src/app.py", OPEN)) == (1, 0)
    assert (code("tests/a/b.py"), code("notes/x.ipynb"), code("tests.py")) == (0, 0, 1)
    assert (code("tests/prod/x.py"), code("tests/prod/x.py", OPEN)) == (1, 1)


def test_an_override_of_one_rule_leaves_the_others():
    base = Policy(policy=Demands(require="none", fail_on="never", findings={"weights-license": "not-met"}))
    policy = overriding(base, Override(paths=("*",), findings={"data-described": "undetermined"}))
    assert checks(held(policy, answer(RESTRICTED))) == ["data-described", "weights-license"]


def test_a_kind_may_have_its_own_demands():
    policy = overriding(asking(), Override(kind="model", licenses=("osi",)))
    assert held(policy, answer(RESTRICTED)).code() == 1
    assert (
        held(overriding(asking(), Override(kind="dataset", licenses=("osi",))), answer(RESTRICTED)).code()
        == 0
    )


@pytest.mark.parametrize(
    ("dataset", "demands", "expected"),
    [
        ({"cls": "osi", "gated": "no"}, {"licenses": ("osi",), "gating": "error"}, []),
        ({"cls": "noncommercial"}, {"licenses": ("osi",)}, [("license-class", "error")]),
        ({}, {"licenses": ("osi",)}, [("license-class", "error")]),
        ({}, {"licenses": ("osi",), "undetermined": "note"}, [("license-class", "note")]),
        ({"cls": "osi", "gated": "auto"}, {"gating": "warning"}, [("gating", "warning")]),
        ({"cls": "osi"}, {"gating": "error", "undetermined": "note"}, [("gating", "note")]),
        ({"cls": "noncommercial", "gated": "auto"}, {}, []),
        ({"cls": "osi"}, {"pins": "commit"}, [("pinned-revision", "error")]),
        (NotFound("org/data was not found.", "Check it."), {}, [("not-audited", "error")]),
    ],
)
def test_a_dataset_has_terms_and_a_gate_and_no_label(dataset, demands, expected):
    found = held(asking(require="open-source-ai", fail_on="undetermined", **demands), data(dataset))
    assert [(each.check, each.level) for each in found.alerts] == expected
    assert [each.file for each in found.alerts] == ["app.py"] * len(expected)
    waived = held(waiving(asking(**demands), *(waiver(check) for check, _ in expected)), data(dataset))
    assert waived.code() == 0


def test_audit_has_no_paths():
    policy = overriding(Policy(), Override(paths=("**",), require="none", fail_on="never"))
    assert held(policy, answer(RESTRICTED, code=False)).code() == 1
    found = held(Policy(), answer(RESTRICTED, code=False)).alerts[0]
    assert (found.file, found.line) == (None, None)


def test_the_command_line_beats_the_file_everywhere():
    file = overriding(
        Policy(policy=Demands(require="open-source-ai")), Override(paths=("*",), fail_on="not-met")
    )
    said = given(file, fail_on="never", require="none")
    assert (held(file, answer(RESTRICTED)).code(), held(said, answer(RESTRICTED)).code()) == (1, 0)
    assert frameworks(given(file, frameworks=["mof"]), RULESET) == ("mof", "g7-2026")
    assert given(file) == file


def test_only_what_is_asked_for_is_evaluated():
    assert frameworks(Policy(), RULESET) == ("osaid-1.0", "g7-2026")
    assert frameworks(Policy(policy=Demands(frameworks=("osaid-1.0",), require="none")), RULESET) == (
        "osaid-1.0",
    )
    asked = overriding(
        Policy(policy=Demands(frameworks=("mof",), require="none")),
        Override(paths=("*",), require="no-license"),
    )
    assert frameworks(asked, RULESET) == ("mof", "g7-2026")


def test_the_order_of_answers_and_places_changes_nothing():
    places = [reference(f"{letter}.py", line) for letter in "ab" for line in (1, 2)]
    answers = [
        answer(RESTRICTED, *places, name="org/bad"),
        answer(OPEN, *places, name="org/good"),
        answer(NotFound("gone"), *places, name="org/gone"),
    ]
    policy = waiving(Policy(), waiver("label", "org/b*"), waiver("weights-license", expires="2020-01-01"))
    first = held(policy, *answers)
    for seed in range(6):
        mixed = [each._replace(references=tuple(random.Random(seed).sample(places, 4))) for each in answers]
        random.Random(seed).shuffle(mixed)
        again = held(policy, *mixed)
        assert again._replace(reports=()) == first._replace(reports=())
        assert again.code() == first.code()


def test_one_more_model_never_lowers_the_code():
    every = [OPEN, RESTRICTED, UNKNOWN, NotFound("x"), InternalError("x")]
    for policy in (Policy(), asking(), asking(licenses=("osi",), pins="commit")):
        for one in every:
            alone = held(policy, answer(one)).code()
            assert all(held(policy, answer(one), answer(more)).code() >= alone for more in every)
            twice = answer(one, reference(), reference("other.py", revision=SHA))
            assert held(policy, twice).code() >= held(policy, answer(one, reference())).code()


def test_a_fault_of_ours_counts_wherever_it_happens_and_nobody_can_accept_it():
    low = reference(confidence="low")
    accepted = waiving(Policy(), waiver("not-audited"))
    assert held(accepted, answer(InternalError("x"), low)).code(allow_unaudited=True) == 4
    assert held(accepted, answer(Unreachable("x"), low)).code() == 0


def test_the_day_is_that_of_the_report_where_none_is_given():
    policy = waiving(asking(fail_on="not-met"), waiver("weights-license", expires="2026-11-01"))
    assert held(policy, answer(RESTRICTED), day=None).code() == 0
    assert held(policy, answer(RESTRICTED), day=DAY).code() == 1
    unseen = waiving(asking(), waiver("not-audited", expires="2099-01-01"))
    assert held(unseen, answer(NotFound("x")), day=None).code() == 3
    assert held(unseen, answer(NotFound("x")), day=DAY).code() == 0

"""Waivers: what they accept and until when; they change the exit code alone, and all of it is shown."""

import json
from pathlib import Path

import pytest
from door import OPEN, RESTRICTED, SHA, osaid_audit, saved
from hypothesis import given, settings
from hypothesis import strategies as st
from judged import DAY, RULESET, answer, asking, checks, held, reference, waiver, waiving

from osaid_audit.errors import NotFound
from osaid_audit.policy.file import CHECKS
from osaid_audit.schema.policy import Policy
from osaid_audit.schema.report import Report

STRICT = asking(fail_on="not-met")
UNKNOWN = {key: value for key, value in OPEN.items() if not key.startswith("license.")}


def test_a_waiver_holds_on_its_last_day_and_not_on_the_next():
    accepted = held(waiving(STRICT, waiver("weights-license", expires="2026-11-20")), answer(RESTRICTED))
    assert (accepted.code(), [each.waived for each in accepted.alerts]) == (0, [True])
    over = held(waiving(STRICT, waiver("weights-license", expires="2026-11-19")), answer(RESTRICTED))
    assert (over.code(), checks(over)) == (1, ["expired-waiver", "weights-license"])
    assert [each.level for each in over.alerts] == ["warning", "error"]
    assert "2026-11-19" in over.alerts[0].message.en


def test_an_expired_waiver_of_what_is_mended_is_told_and_raises_nothing():
    found = held(waiving(STRICT, waiver("weights-license", expires="2026-11-19")), answer(OPEN))
    assert (found.alerts, [each.state for each in found.waivers]) == ((), ["expired"])


def test_a_renewed_waiver_needs_no_warning_about_the_old_one():
    old, new = (
        waiver("weights-license", expires="2026-01-01"),
        waiver("weights-license", expires="2027-01-01"),
    )
    found = held(waiving(STRICT, old, new), answer(RESTRICTED))
    assert (found.code(), checks(found)) == (0, ["weights-license"])
    assert [each.state for each in found.waivers] == ["expired", "used"]


@pytest.mark.parametrize(
    ("glob", "accepts"),
    [
        ("org/model", True),
        ("org/*", True),
        ("*", True),
        ("org/mode?", True),
        ("org/mode", False),
        ("Org/model", False),
        ("other/*", False),
        ("model", False),
    ],
)
def test_a_waiver_names_its_model_in_this_very_case(glob, accepts):
    found = held(waiving(STRICT, waiver("weights-license", glob)), answer(RESTRICTED))
    assert (found.code() == 0) is accepts
    assert [each.state for each in found.waivers] == ["used" if accepts else "unused"]
    assert len(found.reports[0].waivers) == accepts


def test_a_model_is_named_as_it_is_referred_to_or_by_the_id_the_hub_answers_with():
    asked = answer(RESTRICTED)
    renamed = asked.result.subject.model_copy(update={"id": "old/name"})
    asked = asked._replace(model="alias/name", result=asked.result.model_copy(update={"subject": renamed}))
    for glob, code in (("alias/name", 0), ("old/name", 0), ("org/model", 0), ("no/name", 1)):
        assert held(waiving(STRICT, waiver("weights-license", glob)), asked).code() == code


@pytest.mark.parametrize(
    ("revision", "accepts"),
    [(None, True), (SHA, True), (SHA[:7], True), ("f" * 40, False), (SHA[1:9], False)],
)
def test_a_waiver_of_one_commit_holds_for_that_commit(revision, accepts):
    found = held(waiving(STRICT, waiver("weights-license", revision=revision)), answer(RESTRICTED))
    assert (found.code() == 0) is accepts


def test_a_waiver_accepts_one_rule_and_not_the_model():
    found = held(waiving(Policy(), waiver("weights-license")), answer(RESTRICTED))
    assert [each.waived for each in found.alerts] == [True, True]
    other = held(waiving(Policy(), waiver("inherited-license")), answer(RESTRICTED))
    assert (other.code(), [each.waived for each in other.alerts]) == (1, [False, False])


def test_a_label_is_accepted_when_every_finding_that_holds_it_is():
    """Neither the weights nor the license is known: both hold the label below the rung."""
    policy = asking(require="open-weights")
    nothing = answer({})
    one = held(waiving(policy, waiver("weights-license")), nothing)
    assert (one.code(), one.waivers[0].state) == (1, "used")
    both = waiving(policy, waiver("weights-license"), waiver("weights-present"))
    assert held(both, nothing).code() == 0
    assert held(waiving(policy, waiver("label")), nothing).code() == 0
    late = waiving(policy, waiver("weights-license"), waiver("weights-present", expires="2026-11-19"))
    assert checks(held(late, nothing)) == ["expired-waiver", "label"]


def test_each_check_can_be_accepted_by_its_name():
    policy = asking(
        require="open-weights",
        verdicts={"osaid-1.0": "undetermined"},
        licenses=("osi",),
        pins="commit",
        gating="error",
    )
    found = held(policy, answer({**RESTRICTED, "access.gated": "auto"}))
    asked = [check for check in CHECKS if check != "not-audited"]
    assert sorted(checks(found)) == sorted(asked)
    accepted = waiving(policy, *map(waiver, asked))
    assert held(accepted, answer({**RESTRICTED, "access.gated": "auto"})).code() == 0
    for left in asked:
        some = waiving(policy, *(waiver(check) for check in asked if check != left))
        assert held(some, answer({**RESTRICTED, "access.gated": "auto"})).code() == 1


def test_a_model_that_cannot_be_audited_may_be_accepted_and_is_still_told():
    found = held(waiving(Policy(), waiver("not-audited")), answer(NotFound("gone")))
    assert (found.code(), len(found.unaudited), found.alerts[0].waived) == (0, 1, True)
    assert held(waiving(Policy(), waiver("label")), answer(NotFound("gone"))).code() == 3


def test_one_waiver_covers_every_place_of_a_model():
    places = [reference(file, line) for file in ("a.py", "b.py") for line in (1, 2)]
    found = held(waiving(STRICT, waiver("weights-license")), answer(RESTRICTED, *places))
    assert (len(found.alerts), found.code()) == (4, 0)
    assert all(each.waived for each in found.alerts)


def judged(report: Report) -> Report:
    """All of a report that a waiver must not touch."""
    results = [
        each.model_copy(
            update={"findings": tuple(found.model_copy(update={"waived": False}) for found in each.findings)}
        )
        for each in report.frameworks
    ]
    return report.model_copy(update={"frameworks": tuple(results), "waivers": ()})


rules = st.sampled_from([*RULESET.rules, *CHECKS])
waivers = st.lists(
    st.builds(
        waiver,
        rules,
        st.sampled_from(["*", "org/*", "org/model", "other/x", "?", ""]),
        expires=st.sampled_from([DAY, "2026-11-19", "2030-01-01"]),
        revision=st.sampled_from([None, SHA, SHA[:8], "a" * 40]),
    ),
    max_size=4,
)
worlds = [answer(OPEN), answer(RESTRICTED), answer(UNKNOWN), answer({}), answer(NotFound("x"))]
policies = [
    Policy(),
    STRICT,
    asking(fail_on="undetermined", licenses=("osi",), pins="commit", gating="error"),
    asking(verdicts={"osaid-1.0": "conforms"}, require="open-source-ai"),
]


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(policies), st.sampled_from(worlds), waivers, waivers)
def test_a_waiver_changes_the_exit_code_only_and_never_for_the_worse(policy, asked, some, more):
    before, after = held(waiving(policy, *some), asked), held(waiving(policy, *some, *more), asked)
    assert after.code() <= before.code()
    assert list(map(judged, after.reports)) == list(map(judged, before.reports))
    assert after.unaudited == before.unaudited
    told = [each.check for each in after.alerts if each.check != "expired-waiver"]
    assert told == [each.check for each in before.alerts if each.check != "expired-waiver"]
    assert len(after.waivers) == len(some) + len(more)


FILE = """
[policy]
require = "none"

[[waivers]]
rule = "weights-license"
model = "org/*"
reason = "commercial-license-acquired"
statement = "We hold a contract."
reviewer = "Ada Exemple"
evidence = "https://example.org/contract"
expires = {day}
"""


def policy_file(folder: Path, day: str, more: str = "") -> Path:
    path = folder / "osaid-audit.toml"
    path.write_text(FILE.format(day=day) + more, encoding="utf-8")
    return path


def test_audit_by_a_policy_passes_until_the_waiver_expires(capsys, tmp_path):
    model, rules_of = saved(tmp_path, RESTRICTED), policy_file(tmp_path, "2026-11-01")
    asks = [model, "--policy", rules_of, "--format", "json"]
    assert osaid_audit(capsys, model, "--format", "json").code == 1
    on_time = osaid_audit(capsys, *asks)
    assert (on_time.code, on_time.err) == (0, "")
    late = osaid_audit(capsys, *asks, "--as-of", "2026-11-02")
    assert late.code == 1
    assert "warning: org/model: The waiver of weights-license has expired" in late.err
    first, second = json.loads(on_time.out), json.loads(late.out)
    assert [each["waivers"][0]["state"] for each in (first, second)] == ["used", "expired"]
    assert "2026-11-01" in second["waivers"][0]["why"]["fr"]
    assert [each["verdict"] for each in first["frameworks"]] == [
        each["verdict"] for each in second["frameworks"]
    ]
    assert [
        each["waived"] for each in first["frameworks"][0]["findings"] if each["rule"] == "weights-license"
    ] == [True]


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "spdx", "spdx-json"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_format_shows_the_waiver_and_what_it_changes(capsys, tmp_path, form, lang):
    model = saved(tmp_path, RESTRICTED)
    asks = [model, "--format", form, "--lang", lang]
    bare = osaid_audit(capsys, *asks)
    ran = osaid_audit(capsys, *asks, "--policy", policy_file(tmp_path, "2030-01-01"))
    assert (bare.code, ran.code) == (1, 0)
    shown = " ".join(ran.out.split())
    for said in ("Ada Exemple", "2030-01-01", "We hold a contract."):
        assert said in shown
        assert said not in bare.out
    if form != "json":
        spoken = "en" if form.startswith("spdx") else lang
        effect = {
            "en": "changes the exit code only, never the verdict",
            "fr": "ne change que le code de sortie",
        }
        assert effect[spoken] in shown


def test_the_command_line_beats_the_file_and_the_file_the_defaults(capsys, tmp_path):
    model, rules_of = saved(tmp_path, OPEN), policy_file(tmp_path, "2026-11-01")
    asks = [model, "--format", "json", "--policy", rules_of]
    assert osaid_audit(capsys, *asks).code == 0
    assert osaid_audit(capsys, *asks, "--require", "open-source-ai").code == 1
    assert osaid_audit(capsys, *asks, "--fail-on", "undetermined").code == 1
    rules_of.write_text("")
    assert osaid_audit(capsys, *asks).code == 0
    unknown = saved(tmp_path, UNKNOWN, "org/unknown")
    assert osaid_audit(capsys, unknown, "--format", "json").code == 0
    by_file = osaid_audit(capsys, unknown, "--format", "json", "--policy", rules_of)
    assert (by_file.code, by_file.err) == (
        1,
        "org/unknown: exit 1, --require open-weights: the label is undetermined\n",
    )
    assert osaid_audit(capsys, unknown, "--policy", rules_of, "--require", "none").code == 0


def test_audit_says_what_a_policy_holds_beyond_the_report(capsys, tmp_path):
    model = saved(tmp_path, {**OPEN, "access.gated": "auto", "license.class": "open-not-osi"})
    more = tmp_path / "p.toml"
    more.write_text('[policy]\nlicenses = ["osi"]\ngating = "warning"\n')
    ran = osaid_audit(capsys, model, "--policy", more, "--format", "json")
    assert ran.code == 1
    held_against, warned = ran.err.splitlines()
    assert held_against.startswith("org/model: exit 1, The policy does not allow these terms.")
    assert warned.startswith("warning: org/model: The files are handed out on a condition")
    french = osaid_audit(capsys, model, "--policy", more, "--format", "json", "--lang", "fr")
    assert "La politique n'admet pas ces conditions." in french.err


def test_audit_says_which_rules_the_policy_names(capsys, tmp_path):
    model, more = saved(tmp_path, OPEN), tmp_path / "p.toml"
    more.write_text('[policy]\nrequire = "none"\n[policy.findings]\ndata-described = "undetermined"\n')
    ran = osaid_audit(capsys, model, "--policy", more, "--format", "json")
    assert (ran.code, ran.err) == (1, "org/model: exit 1, the policy asks for more of: data-described\n")


def test_a_day_without_dashes_is_the_same_day(capsys, tmp_path):
    """Days are compared as text: '2026-12-31' must not stand before '20261122'."""
    (tmp_path / "code").mkdir()
    told = [
        json.loads(osaid_audit(capsys, "scan", tmp_path / "code", "--as-of", day, "--format", "json").out)
        for day in ("2026-11-22", "20261122")
    ]
    assert [each["as_of"] for each in told] == ["2026-11-22", "2026-11-22"]
    assert osaid_audit(capsys, "scan", tmp_path / "code", "--as-of", "yesterday").code == 2


def test_a_wrong_policy_stops_before_any_audit(capsys, tmp_path):
    model = saved(tmp_path, OPEN)
    bad = policy_file(tmp_path, "2026-11-01", "\n[polcy]\n")
    ran = osaid_audit(capsys, model, "--policy", bad)
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean 'policy'?" in ran.err
    assert osaid_audit(capsys, model, "--policy", tmp_path / "gone.toml").code == 2


def test_an_accepted_failure_of_an_audit_is_passed_and_still_said(capsys, tmp_path):
    more = FILE.replace("weights-license", "not-audited").replace("org/*", "*gone.json")
    path = tmp_path / "p.toml"
    for day, code in (("2999-01-01", 0), ("2001-01-01", 3)):
        path.write_text(more.format(day=day))
        ran = osaid_audit(capsys, tmp_path / "gone.json", "--policy", path)
        assert (ran.code, "There is no dossier" in ran.err) == (code, True)

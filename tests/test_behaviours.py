"""What a user gets here and not elsewhere, each behaviour beside its mirror image, through the command line.

1 a restriction is inherited   2 card and file disagree   3 missing is an error   4 a gate fails closed
5 gated is partial             6 negation                 7 odd cards             8 no verdict from a name
9 frugal
"""

import json
import time
from dataclasses import replace

import pytest
from door import osaid_audit
from hub import world
from hub.repos import Repo, Weights
from hub.world import apache_text, card

pytest_plugins = ("hub.fixtures",)

WEIGHTS = (Weights("model.safetensors", 10**9),)


@pytest.fixture
def ask(capsys, local_hub, tmp_path):
    def run(*arguments, endpoint=local_hub.url):
        place = ["--endpoint", endpoint, "--cache-dir", tmp_path / "cache", "--timeout", "3", "-f", "json"]
        return osaid_audit(capsys, *arguments, *place)

    return run


@pytest.fixture
def audited(ask):
    """The exit code and the report of one model."""

    def run(*arguments):
        ran = ask(*arguments)
        return ran.code, json.loads(ran.out)

    return run


def model(name, front="license: apache-2.0", body="# A model\n\nWritten for a test.\n", **more):
    """A repository with an Apache license file unless told otherwise."""
    files = {"README.md": card(front, body), "LICENSE": apache_text()} | more.pop("files", {})
    return Repo(
        name, files={path: text for path, text in files.items() if text is not None}, weights=WEIGHTS, **more
    )


def finding(report, rule, framework="osaid-1.0"):
    norm = next(each for each in report["frameworks"] if each["id"] == framework)
    return next(each for each in norm["findings"] if each["rule"] == rule)


def verdict(report):
    return report["frameworks"][0]["verdict"]


def outcomes(report):
    return {each["rule"]: each["outcome"] for norm in report["frameworks"] for each in norm["findings"]}


# 1


def test_a_retagged_fine_tune_of_a_restricted_base_is_not_open(audited):
    code, report = audited(world.FINETUNE)
    inherited = finding(report, "inherited-license")
    assert (code, verdict(report)) == (1, "does_not_conform")
    assert report["label"]["value"] == report["label"]["at_most"] == "weights-available"
    assert inherited["outcome"] == "not_met"
    assert world.GATED in inherited["message"]["en"]
    assert "llama" in inherited["message"]["en"].lower()
    assert finding(report, "weights-license")["outcome"] == "met"


def test_a_fine_tune_of_an_open_base_is_not_blamed(audited, local_hub):
    local_hub.add(model("tuner/open-tune", f"license: apache-2.0\nbase_model: {world.OPEN}"))
    code, report = audited("tuner/open-tune")
    assert (code, verdict(report), report["label"]["value"]) == (0, "undetermined", "open-weights")
    assert finding(report, "inherited-license")["outcome"] != "not_met"


# 2


@pytest.mark.parametrize("name", [world.CONFLICT, world.SWAPPED])
def test_card_and_license_file_that_disagree_are_both_quoted(audited, shared, name):
    """The noncommercial text is taken from ../shared."""
    code, report = audited(name)
    assert (code, verdict(report)) == (1, "does_not_conform")
    assert finding(report, "license-consistency")["outcome"] == "needs_review"
    sides = json.dumps(report["license"]["conflicts"])
    assert "Apache-2.0" in sides
    assert "CC-BY-NC-4.0" in sides


def test_card_and_license_file_that_agree_are_no_conflict(audited, local_hub):
    local_hub.add(model("agreed/apache"))
    code, report = audited("agreed/apache")
    assert code == 0
    assert report["license"].get("conflicts", []) == []
    assert finding(report, "license-consistency")["outcome"] == "met"


# 3


@pytest.mark.parametrize("name", ["nobody/nothing", world.PRIVATE])
def test_a_missing_model_is_an_error_without_a_report(ask, name):
    ran = ask(name)
    assert (ran.code, ran.out) == (3, "")
    assert "error:" in ran.err
    assert "next:" in ran.err


def test_a_refused_connection_is_an_error_at_once(ask):
    began = time.monotonic()
    ran = ask(world.OPEN, endpoint="http://127.0.0.1:9")
    assert (ran.code, ran.out) == (3, "")
    assert time.monotonic() - began < 5


def test_a_model_that_is_there_gets_a_report(audited):
    assert audited(world.OPEN)[1]["subject"]["canonical_id"] == world.OPEN


# 4


@pytest.mark.parametrize("fail_on", ["not-met", "undetermined", "never"])
def test_a_gate_fails_closed_when_the_network_is_down(ask, fail_on):
    assert ask(world.OPEN, "--fail-on", fail_on, endpoint="http://127.0.0.1:9").code == 3


def test_the_same_gate_opens_when_the_network_is_back(ask):
    assert ask(world.OPEN, "--fail-on", "not-met").code == 0


# 5


def test_a_gated_model_is_judged_by_what_can_be_read(audited):
    code, report = audited(world.GATED)
    assert code == 1
    assert report["facts"]["access.gated"]["value"] == "manual"
    assert finding(report, "weights-license")["outcome"] == "not_met"
    assert finding(report, "access-gating")["outcome"] == "needs_review"
    unread = {problem["what"] for problem in report["problems"] if problem["state"] == "gated"}
    assert {"README.md", "LICENSE", "USE_POLICY.md"} <= unread
    for rule in ("data-described", "data-processing-described", "training-code"):
        assert finding(report, rule)["outcome"] == "insufficient_evidence"


def test_with_access_the_same_model_is_read(audited, local_hub):
    local_hub.tokens = {world.GOOD_TOKEN: {"*"}}
    _, report = audited(world.GATED, "--token", world.GOOD_TOKEN)
    assert [problem for problem in report["problems"] if problem["state"] == "gated"] == []
    assert report["facts"]["access.gated"]["value"] == "manual"


def test_no_token_a_bad_one_and_a_poor_one_are_told_apart(ask, local_hub):
    local_hub.tokens = {world.GOOD_TOKEN: {"*"}, world.POOR_TOKEN: set()}

    def told(*arguments):
        ran = ask(world.GATED, *arguments)
        problems = json.loads(ran.out)["problems"] if ran.out else []
        return ran.err + "".join(each["why"]["en"] for each in problems if each["what"] == "README.md")

    reasons = [told(), told("--token", "hf_bad"), told("--token", world.POOR_TOKEN)]
    assert all(reasons)
    assert len(set(reasons)) == 3


# 6

WITHHOLDING = """# A model

## Training data

We do not release the training dataset. No paper is available.
"""
DESCRIBING = """# A model

## Training data

We trained on 300 billion tokens of web pages from 2019 to 2023, on encyclopedias in twelve languages, and on
source code under permissive licenses, which we list in the appendix with their sizes and languages.
"""


def test_a_sentence_that_denies_is_no_support(audited, local_hub):
    local_hub.add(model("quiet/denies", body=WITHHOLDING))
    _, report = audited("quiet/denies")
    assert finding(report, "data-described")["outcome"] in {"insufficient_evidence", "not_met"}
    said = finding(report, "data-described")
    if said["outcome"] == "insufficient_evidence":
        assert "We do not release" not in json.dumps(said["evidence"])
    assert "documents.paper" not in report["facts"]
    assert "data.released" not in report["facts"]


def test_a_sentence_that_tells_is_evidence_for_a_human(audited, local_hub):
    local_hub.add(model("open/describes", body=DESCRIBING))
    _, report = audited("open/describes")
    said = finding(report, "data-described")
    assert said["outcome"] == "needs_review"
    assert said["evidence"][0]["path"] == "README.md"
    assert said["evidence"][0]["line"]


# 7


def test_a_card_that_cannot_be_parsed_is_a_problem_with_its_line(audited):
    _, report = audited(world.BROKEN)
    problem = next(each for each in report["problems"] if each["state"] == "malformed")
    assert problem["line"] == 3
    assert "concluded" not in report["license"]
    assert finding(report, "weights-license")["outcome"] == "insufficient_evidence"


def test_the_same_card_mended_is_read(audited, local_hub):
    local_hub.add(model("messy/mended", "license: mit\ntags: [a]", files={"LICENSE": None}))
    _, report = audited("messy/mended")
    assert report["license"]["concluded"]["id"] == "MIT"
    assert finding(report, "weights-license")["outcome"] == "met"


def test_of_a_list_of_licenses_every_entry_is_judged(audited, local_hub):
    code, report = audited(world.LISTED)
    assert {each["value"] for each in report["license"]["declared"]} >= {"llama2", "mit"}
    assert (code, finding(report, "weights-license")["outcome"]) == (1, "not_met")
    local_hub.add(model("custom/open-list", "license:\n- apache-2.0\n- mit"))
    assert finding(audited("custom/open-list")[1], "weights-license")["outcome"] == "met"


def test_other_keeps_its_name_and_link(audited):
    code, report = audited(world.NAMED)
    assert {each["value"] for each in report["license"]["declared"]} >= {"other", "acme-terms", "TERMS.md"}
    assert (code, finding(report, "weights-license")["outcome"]) == (0, "needs_review")
    assert report["label"]["value"] == "undetermined"


def test_an_id_that_nobody_knows_is_never_open(audited, local_hub):
    local_hub.add(model("custom/unlisted", "license: acme-license-9", files={"LICENSE": None}))
    _, report = audited("custom/unlisted")
    assert finding(report, "weights-license")["outcome"] in {"needs_review", "insufficient_evidence"}
    assert report["label"]["value"] == "undetermined"


# 8


@pytest.mark.parametrize("name", ["mistralai/Codestral", "meta-llama/Llama-3.2-3B", "notgoogle/t5-nc"])
def test_a_name_decides_nothing(audited, local_hub, name):
    plain = model("plain/one")
    local_hub.add(plain)
    local_hub.add(replace(plain, id=name))
    (code, one), (other_code, other) = audited("plain/one"), audited(name)
    assert (code, outcomes(one)) == (other_code, outcomes(other))
    assert one["label"] == other["label"]


def test_what_is_written_decides(audited, local_hub):
    local_hub.add(model("plain/one"))
    local_hub.add(model("plain/two", "license: cc-by-nc-4.0", files={"LICENSE": None}))
    assert [audited(name)[0] for name in ("plain/one", "plain/two")] == [0, 1]


# 9


def test_one_open_model_costs_few_requests_and_no_weight_byte(ask, local_hub):
    assert ask(world.OPEN).code == 0
    asked = [seen.path for seen in local_hub.seen]
    first_hops = [path for path in asked if "resolve-cache" not in path]
    assert len(asked) == len(set(asked))
    # info, README, LICENSE, one small config and two datasets
    assert len(first_hops) == 6
    assert local_hub.violations == []


def test_a_second_run_asks_once_and_offline_never(ask, local_hub):
    ask(world.OPEN)
    before = len(local_hub.seen)
    assert ask(world.OPEN).code == 0
    assert len(local_hub.seen) - before <= 1
    before = len(local_hub.seen)
    assert ask(world.OPEN, "--offline").code == 0
    assert len(local_hub.seen) == before


def test_a_model_never_read_costs_requests_again(ask, local_hub):
    """The mirror of the second run: another model is not in the cache."""
    ask(world.OPEN)
    before = len(local_hub.seen)
    ask(world.RENAMED)
    assert len(local_hub.seen) - before >= 2

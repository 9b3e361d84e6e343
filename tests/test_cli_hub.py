"""The command line against a Hub on this machine: tokens, revisions, gates, caches, and what -v says."""

import json

import pytest
from door import osaid_audit
from hub import world

pytest_plugins = ("hub.fixtures",)


@pytest.fixture
def ask(capsys, local_hub, tmp_path):
    """Run the command line against the local Hub."""

    def run(*arguments):
        place = ["--endpoint", local_hub.url, "--cache-dir", tmp_path / "cache", "--timeout", "3"]
        return osaid_audit(capsys, *arguments, *place)

    return run


def report(ran):
    return json.loads(ran.out)


def test_an_open_model_is_audited_at_its_commit(ask, local_hub):
    ran = ask(world.OPEN, "-f", "json")
    assert (ran.code, ran.err) == (0, "")
    said = report(ran)
    assert said["subject"]["source"] == "hub"
    assert len(said["subject"]["revision"]) == 40
    assert said["frameworks"][0]["verdict"] == "undetermined"
    assert local_hub.violations == []


@pytest.mark.parametrize("form", ["{id}", "{id}@v1.0", "{url}/{id}", "{url}/{id}/tree/v1.0"])
def test_a_model_is_named_by_id_revision_or_address(ask, local_hub, form):
    ran = ask(form.format(id=world.OPEN, url=local_hub.url), "-f", "json")
    assert report(ran)["subject"]["canonical_id"] == world.OPEN


def test_a_renamed_model_keeps_both_names(ask):
    subject = report(ask(world.OLD_NAME, "-f", "json"))["subject"]
    assert (subject["id"], subject["canonical_id"]) == (world.OLD_NAME, world.RENAMED)


@pytest.mark.parametrize("revision", ["v1.0", "feature/x"])
def test_a_revision_is_read_and_a_missing_one_is_3(ask, revision):
    assert ask(world.OPEN, "--revision", revision).code == 0
    ran = ask(world.OPEN, "--revision", "no-such-branch")
    assert (ran.code, ran.out) == (3, "")
    assert "no-such-branch" in ran.err


@pytest.mark.parametrize("name", ["nobody/nothing", world.PRIVATE, "gpt-4o"])
def test_a_missing_model_is_3_without_any_report(ask, tmp_path, name):
    target = tmp_path / "r.html"
    ran = ask(name, "-o", target)
    assert (ran.code, ran.out) == (3, "")
    assert not target.exists()
    assert len(ran.err.splitlines()) == 2


def test_a_name_that_only_a_service_has_is_told_plainly(ask, local_hub):
    assert "nothing to download, so there is no freedom to audit" in ask("gpt-4o").err
    assert local_hub.seen, "the Hub is asked first"
    assert "nothing to download" not in ask("nobody/nothing").err


def test_ones_own_private_model_is_audited_like_any_other(ask, local_hub, monkeypatch):
    local_hub.tokens = {world.GOOD_TOKEN: {"*"}, world.POOR_TOKEN: set()}
    assert ask(world.PRIVATE).code == 3
    assert ask(world.PRIVATE, "--token", world.POOR_TOKEN).code == 3
    ran = ask(world.PRIVATE, "--token", world.GOOD_TOKEN, "-f", "json")
    assert report(ran)["token_used"] is True
    monkeypatch.setenv("HF_TOKEN", world.GOOD_TOKEN)
    assert report(ask(world.PRIVATE, "-f", "json"))["token_used"] is True
    assert ask(world.PRIVATE, "--token", "").code == 3


def test_a_gated_model_is_judged_by_its_metadata(ask):
    ran = ask(world.GATED, "-f", "json")
    assert ran.code == 1
    said = report(ran)
    assert said["frameworks"][0]["verdict"] == "does_not_conform"
    assert {"gated"} == {problem["state"] for problem in said["problems"]} & {"gated"}


def test_the_variables_of_the_hub_are_honoured(capsys, local_hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", local_hub.url)
    monkeypatch.setenv("OSAID_AUDIT_CACHE_DIR", str(tmp_path / "cache"))
    assert osaid_audit(capsys, world.OPEN).code == 0
    asked = len(local_hub.seen)
    assert asked
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert osaid_audit(capsys, world.OPEN).code == 0
    assert osaid_audit(capsys, world.CONFLICT).code == 3
    assert len(local_hub.seen) == asked


def test_what_limits_gathering_is_said_in_the_report(ask, monkeypatch):
    def limits(*arguments):
        return " ".join(limit["en"] for limit in report(ask(world.OPEN, "-f", "json", *arguments))["limits"])

    assert "links" not in limits().lower()
    assert "links" in limits("--no-links").lower()
    monkeypatch.setenv("OSAID_AUDIT_NO_LINKS", "1")
    assert "links" in limits().lower()


def test_offline_repeats_what_was_read_before(ask, local_hub):
    first = report(ask(world.CONFLICT, "-f", "json"))
    asked = len(local_hub.seen)
    again = report(ask(world.CONFLICT, "-f", "json", "--offline"))
    assert len(local_hub.seen) == asked
    assert again["frameworks"] == first["frameworks"]


def test_several_models_share_what_they_name(ask, local_hub):
    """Two fine-tunes of one base: the base is asked for once."""
    ran = ask(world.FINETUNE, world.FINETUNE, world.OPEN, "nobody/nothing", "-f", "json")
    assert ran.code == 3
    assert [each["subject"]["id"] for each in report(ran)] == [world.FINETUNE, world.FINETUNE, world.OPEN]
    assert "error: nobody/nothing " in ran.err
    asked = [seen.path for seen in local_hub.seen if seen.status == 200]
    assert len([path for path in asked if path.startswith(f"/api/models/{world.GATED}?")]) == 1


def test_gather_and_audit_later_give_the_same_answer(ask, tmp_path):
    file = tmp_path / "dossier.json"
    assert ask("gather", world.OPEN, "-o", file).code == 0
    now, later = report(ask(world.OPEN, "-f", "json")), report(ask(file, "-f", "json"))
    assert later["frameworks"] == now["frameworks"]
    assert later["subject"] == now["subject"]


def test_verbose_says_each_request_and_quiet_none(ask, local_hub):
    local_hub.tokens = {"hf_never_shown_0123456789": {"*"}}
    ran = ask(world.OPEN, "-v", "--token", "hf_never_shown_0123456789")
    told = [line for line in ran.err.splitlines() if line.startswith("GET ")]
    assert len(told) == len(local_hub.seen)
    assert any(f"/api/models/{world.OPEN}" in line and line.endswith(" 200") for line in told)
    assert "hf_never_shown" not in ran.err + ran.out
    assert ask(world.OPEN).err == ""


@pytest.mark.parametrize("kind", ["html", "truncate", "status"])
def test_a_broken_hub_is_3_and_never_a_verdict(ask, local_hub, kind):
    from hub.server import Fault

    assert ask(world.RENAMED, "--timeout", "3").code in {0, 1}
    local_hub.faults.append(Fault("/api/models/", kind, status=500))
    ran = ask(world.OPEN)
    assert (ran.code, ran.out) == (3, "")
    assert len(ran.err.splitlines()) == 2

"""A scan held to the lock: what changed stands at the place that names the model."""

import json
import shutil

import pytest
from hub import world
from hub.repos import Repo, Weights

pytest_plugins = ("hub.fixtures",)

MODEL = "acme/small"


def repo(text: str) -> Repo:
    files = {"README.md": world.card("license: apache-2.0"), "LICENSE": text}
    return Repo(MODEL, files=files, weights=(Weights("model.safetensors", 10**9),))


@pytest.fixture
def scan(ask_at, empty_hub, tmp_path):
    """Scan a code base of one file against the Hub as it is now, no reply reused."""
    code = tmp_path / "code"
    code.mkdir()
    (code / "app.py").write_text(f'import x\n\nx.AutoModel.from_pretrained("{MODEL}")\n', encoding="utf-8")

    def run(*options):
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        return ask_at(empty_hub, "scan", code, *options)

    return run


def test_a_changed_license_fails_at_the_line_that_names_the_model(scan, empty_hub):
    empty_hub.add(repo(world.apache_text()))
    assert scan("--update-lock").code == scan().code
    same = json.loads(scan("--locked", "-f", "json").out)
    assert [each for each in same.get("alerts", []) if each["check"] == "lock-changed"] == []
    empty_hub.add(repo(world.mit_text()))
    ran = scan("--locked", "-f", "json")
    assert ran.code == 1
    found = [each for each in json.loads(ran.out)["alerts"] if each["check"] == "lock-changed"]
    assert {(each["file"], each["line"]) for each in found} == {("app.py", 3)}
    assert any("LICENSE is another text" in each["message"]["en"] for each in found)


def test_a_model_that_came_in_unnoticed_fails(scan, empty_hub, tmp_path):
    empty_hub.add(repo(world.apache_text()))
    scan("--update-lock")
    (tmp_path / "code" / "osaid-audit.lock").write_text('{"models": [], "schema_version": "1"}')
    ran = scan("--locked")
    assert ran.code == 1
    assert "not in the lock" in ran.out


def test_a_policy_cannot_have_a_lock_written_elsewhere(scan, empty_hub, tmp_path):
    empty_hub.add(repo(world.apache_text()))
    policy = tmp_path / "code" / "osaid-audit.toml"
    policy.write_text('[lock]\nfile = "../outside.lock"\n', encoding="utf-8")
    ran = scan("--update-lock")
    assert (ran.code, "does not lie beside the policy" in ran.err) == (2, True)
    assert not (tmp_path / "outside.lock").exists()


def test_a_broken_lock_is_written_anew(scan, empty_hub, tmp_path):
    empty_hub.add(repo(world.apache_text()))
    (tmp_path / "code" / "osaid-audit.lock").write_text("<<<<<<< ours", encoding="utf-8")
    assert scan("--locked").code == 3
    assert scan("--update-lock").code == scan("--locked").code == scan().code

"""`osaid-audit scan` on small code bases against the local Hub: what is asked, what gates, what is told."""

import json
import socket

import pytest
from door import osaid_audit
from hub.repos import Repo, Weights
from hub.world import DATASET_NC, FINETUNE, OLD_NAME, OPEN, RENAMED, apache_text, card

from osaid_audit.scan import kinds

pytest_plugins = ("hub.fixtures",)


@pytest.fixture
def base(tmp_path, monkeypatch):
    """A code base of these files: `base({"app.py": ...})`."""
    folder = tmp_path / "code"

    def make(files):
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return make


def load(name, more=""):
    return f"from transformers import AutoModel\nAutoModel.from_pretrained({name!r}{more})\n"


def told(ran):
    return json.loads(ran.out)


def asked_for(hub, name):
    return [seen for seen in hub.seen if name in seen.path]


def test_without_an_audit_no_socket_is_opened_and_the_contract_is_written(base, capsys, monkeypatch):
    def refuse(*_args, **_options):
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    folder = base(
        {"src/app.py": load(FINETUNE, ", revision='v1'") + "load_dataset = 1\n", "x.toml": "a = 1\n"}
    )
    ran = osaid_audit(capsys, "scan", folder, "--no-audit", "-f", "json")
    assert ran.code == 0
    found = told(ran)
    assert found["references"] == [
        {
            "column": 27,
            "confidence": "high",
            "file": "src/app.py",
            "how": "from_pretrained",
            "id": FINETUNE,
            "kind": "model",
            "line": 2,
            "revision": "v1",
        }
    ]
    assert found["audited"] is False
    assert "exit_code" not in found
    assert found.get("reports", []) == []


def test_an_open_model_passes_and_a_retagged_one_does_not(base, local_hub, ask_at):
    good = ask_at(local_hub, "scan", base({"app.py": load(OPEN)}), "-f", "json")
    assert (good.code, told(good)["alerts"]) == (0, [])
    bad = ask_at(local_hub, "scan", base({"app.py": load(FINETUNE)}), "-f", "json")
    assert bad.code == told(bad)["exit_code"] == 1
    assert {(each["file"], each["line"]) for each in told(bad)["alerts"]} == {("app.py", 2)}


def test_each_model_and_revision_is_audited_once_however_often_it_is_named(base, local_hub, ask_at):
    files = {f"m{n}.py": load(OPEN) for n in range(5)} | {"pinned.py": load(OPEN, ", revision='v1.0'")}
    found = told(ask_at(local_hub, "scan", base(files), "-f", "json"))
    assert len(found["references"]) == 6
    assert len(found["reports"]) == 2
    infos = [seen for seen in local_hub.seen if seen.path.startswith(f"/api/models/{OPEN}")]
    assert len(infos) == 2


def test_an_old_bare_name_is_what_the_hub_says_it_is(base, local_hub, ask_at):
    local_hub.add(
        Repo(
            "openers/bare-name",
            files={"README.md": card("license: apache-2.0"), "LICENSE": apache_text()},
            weights=(Weights("model.safetensors", 10**9),),
            aliases=("bare-name",),
        )
    )
    found = told(ask_at(local_hub, "scan", base({"app.py": load("bare-name")}), "-f", "json"))
    assert [each["subject"]["canonical_id"] for each in found["reports"]] == ["openers/bare-name"]
    renamed = told(ask_at(local_hub, "scan", base({"app.py": load(OLD_NAME)}), "-f", "json"))
    assert [each["subject"]["canonical_id"] for each in renamed["reports"]] == [RENAMED]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("close", {}),
        ("status", {"status": 503}),
        ("status", {"status": 429, "headers": {"Retry-After": "0"}}),
    ],
)
def test_it_fails_closed_when_the_hub_does_not_answer(base, local_hub, ask_at, kind, options):
    local_hub.fault(".*", kind, **options)
    folder = base({"app.py": load(OPEN)})
    ran = ask_at(local_hub, "scan", folder, "-f", "json")
    assert ran.code == 3
    assert [(each["id"], each["file"], each["line"]) for each in told(ran)["unaudited"]] == [
        (OPEN, "app.py", 2)
    ]
    allowed = ask_at(local_hub, "scan", folder, "--allow-unaudited")
    assert allowed.code == 0
    assert OPEN in allowed.out
    assert "let through" in allowed.out


def test_what_is_surely_named_and_does_not_exist_stops(base, local_hub, ask_at):
    assert ask_at(local_hub, "scan", base({"app.py": load("nobody/none")})).code == 3


def test_what_may_be_a_model_counts_where_the_hub_knows_it_and_is_a_note_elsewhere(base, local_hub, ask_at):
    """A key named `model` in a file of no known kind says little; that the Hub has such a model says much."""
    folder = base({"x.yaml": f"model: nobody/none\nother:\n  model: {FINETUNE}\n  third: {{model: plain}}\n"})
    ran = ask_at(local_hub, "scan", folder, "-f", "json")
    assert ran.code == 1
    found = {each["id"]: each for each in told(ran)["references"]}
    assert found["nobody/none"]["confidence"] == "low"
    assert found[FINETUNE]["confidence"] == "high"
    assert found[FINETUNE]["how"].endswith(":on the Hub")
    assert {(each["model"], each["line"]) for each in told(ran)["alerts"]} == {(FINETUNE, 3)}
    assert told(ran).get("unaudited", []) == []
    assert asked_for(local_hub, "plain") == []


def test_nobody_is_asked_about_what_only_may_be_a_model_when_the_policy_says_so(base, local_hub, ask_at):
    folder = base({"x.yaml": f"model: {FINETUNE}\n", "osaid-audit.toml": "[scan]\nconfirm = false\n"})
    ran = ask_at(local_hub, "scan", folder, "-f", "json")
    assert (ran.code, local_hub.seen) == (0, [])
    assert [each["confidence"] for each in told(ran)["references"]] == ["low"]


def test_a_dead_hub_makes_no_guess_into_a_model(base, local_hub, ask_at):
    local_hub.fault(".*", "close")
    ran = ask_at(local_hub, "scan", base({"x.yaml": f"model: {FINETUNE}\n"}), "-f", "json")
    assert ran.code == 0
    assert [each["confidence"] for each in told(ran)["references"]] == ["low"]


def test_no_variable_of_the_environment_lets_models_pass(base, local_hub, ask_at, monkeypatch):
    monkeypatch.setenv("OSAID_AUDIT_NO_AUDIT", "1")
    monkeypatch.setenv("OSAID_AUDIT_ALLOW_UNAUDITED", "1")
    assert ask_at(local_hub, "scan", base({"app.py": load(FINETUNE)})).code == 1
    assert ask_at(local_hub, "scan", base({"app.py": load("nobody/none")})).code == 3


@pytest.mark.parametrize(("revision", "code"), [("main", 1), ("HEAD", 1), ("v1.0", 0), (None, 1)])
def test_the_default_branch_is_no_revision(base, local_hub, ask_at, revision, code):
    more = f", revision={revision!r}" if revision else ""
    folder = base({"app.py": load(OPEN, more), "osaid-audit.toml": '[policy]\npins = "revision"\n'})
    ran = ask_at(local_hub, "scan", folder)
    assert ran.code == (3 if revision == "HEAD" else code)


def test_a_hosted_service_is_told_and_never_asked_for(base, local_hub, ask_at):
    row = "  - model_name: chat\n    litellm_params:\n      model: bedrock/some.model-v1\n"
    files = {"gateway.yaml": f"model_list:\n{row}"}
    ran = ask_at(local_hub, "scan", base(files), "-f", "json")
    assert ran.code == 0
    assert [(each["file"], each["line"], each["why"]) for each in told(ran)["unresolved"]] == [
        ("gateway.yaml", 4, "hosted service")
    ]
    assert local_hub.seen == []


def test_datasets_are_listed_and_asked_for_on_request_only(base, local_hub, ask_at):
    folder = base(
        {
            "app.py": f"from datasets import load_dataset\nload_dataset('{DATASET_NC}')\n",
            "osaid-audit.toml": '[[overrides]]\nkind = "dataset"\nlicenses = ["osi", "open-not-osi"]\n',
        }
    )
    plain = ask_at(local_hub, "scan", folder, "-f", "json")
    assert plain.code == 0
    assert [each["kind"] for each in told(plain)["references"]] == ["dataset"]
    assert local_hub.seen == []
    asked = ask_at(local_hub, "scan", folder, "--datasets", "-f", "json")
    assert asked.code == 1
    assert [each["check"] for each in told(asked)["alerts"]] == ["license-class"]
    assert [each["class"] for each in told(asked)["datasets"]] == ["noncommercial"]
    gone = base({"app.py": "from datasets import load_dataset\nload_dataset('nobody/nothing')\n"})
    assert ask_at(local_hub, "scan", gone, "--datasets").code == 3


def test_a_baseline_lets_what_was_there_pass_and_nothing_new(base, local_hub, ask_at):
    folder = base({"old.py": load(FINETUNE)})
    assert ask_at(local_hub, "scan", folder, "--update-baseline").code == 1
    assert ask_at(local_hub, "scan", folder).code == 0
    base({"new.py": load(FINETUNE)})
    ran = ask_at(local_hub, "scan", folder, "-f", "json")
    assert ran.code == 1
    assert {each["file"] for each in told(ran)["alerts"] if not each["known"]} == {"new.py"}


def test_the_policy_of_the_folder_is_found_and_can_be_left_aside(base, local_hub, ask_at):
    folder = base({"app.py": load(OPEN), "pyproject.toml": '[tool.osaid-audit.policy]\npins = "commit"\n'})
    assert ask_at(local_hub, "scan", folder).code == 1
    assert ask_at(local_hub, "scan", folder, "--no-policy").code == 0
    assert ask_at(local_hub, "scan", folder, "--require", "open-source-ai", "--no-policy").code == 1


def test_the_command_line_says_what_is_wrong_with_it(base, capsys, tmp_path):
    missing = osaid_audit(capsys, "scan", tmp_path / "nowhere")
    assert missing.code == 2
    assert "nowhere" in missing.err
    folder = base({"app.py": load(OPEN)})
    both = osaid_audit(capsys, "scan", folder, "--locked", "--update-lock")
    assert both.code == 2
    no_lock = osaid_audit(capsys, "scan", folder, "--locked")
    assert no_lock.code == 2
    assert "--update-lock" in no_lock.err


def test_several_outputs_come_of_one_audit(base, local_hub, ask_at, tmp_path):
    names = ("a.sarif", "a.xml", "a.json", "a.md", "a.txt")
    places = [option for name in names for option in ("-o", tmp_path / name)]
    ran = ask_at(local_hub, "scan", base({"app.py": load(FINETUNE)}), *places)
    assert ran.code == 1
    assert ran.out == ""
    assert all((tmp_path / name).stat().st_size > 100 for name in names)
    assert json.loads((tmp_path / "a.sarif").read_text())["runs"][0]["results"]


def test_no_line_of_a_file_becomes_a_dossier_or_another_place(base, local_hub, ask_at):
    """An id is asked of the Hub; one that ends as a file would be read from this machine."""
    files = {"app.py": load("org/secret.json") + load("../up") + load("a/b/c") + load("x@../../y")}
    ran = ask_at(local_hub, "scan", base(files), "-f", "json")
    assert ran.code in {0, 3}
    assert told(ran)["references"] == []


def broken(_text, **_more):
    raise KeyError("a fault of the finder")


@pytest.mark.parametrize("options", [(), ("--no-audit",)])
def test_a_finder_that_fails_stops_the_check_and_is_told(base, local_hub, ask_at, monkeypatch, options):
    folder = base({"a.py": load(OPEN), "b.yaml": "model_id: acme/kiwi\n"})
    assert ask_at(local_hub, "scan", folder, *options).code != 4
    real = kinds.finder
    monkeypatch.setattr(kinds, "finder", lambda name: broken if "yaml" in name else real(name))
    ran = ask_at(local_hub, "scan", folder, "-f", "json", *options)
    found = told(ran)
    assert ran.code == found["exit_code"] == 4
    assert found["skipped"] == [{"file": "b.yaml", "why": "failed"}]
    assert [each["file"] for each in found["references"]] == ["a.py"], "the other files are read all the same"
    assert "b.yaml" in found["notes"][0]["en"]
    let_pass = ask_at(local_hub, "scan", folder, "--allow-unaudited", *options)
    assert let_pass.code != 4
    assert "osaid-audit failed on 1 file" in let_pass.out, "let pass, and told all the same"


def test_a_file_that_is_broken_itself_does_not_stop_the_check(base, local_hub, ask_at):
    folder = base({"a.py": load(OPEN), "b.py": load(OPEN) + "def f(:\n"})
    ran = ask_at(local_hub, "scan", folder, "-f", "json")
    assert ran.code == 0
    assert told(ran)["skipped"] == [{"file": "b.py", "why": "malformed"}]
    assert "notes" not in told(ran) or not told(ran)["notes"]


def test_every_format_tells_that_a_finder_failed(base, local_hub, ask_at, monkeypatch):
    folder = base({"a.py": load(OPEN)})
    monkeypatch.setattr(kinds, "finder", lambda _name: broken)
    for form, said in {
        "text": "failed on 1 file",
        "markdown": "failed on 1 file",
        "sarif": '"executionSuccessful": false',
        "badge": "1 file failed",
    }.items():
        assert said in ask_at(local_hub, "scan", folder, "-f", form).out, form

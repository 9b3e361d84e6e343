"""The action on an example repository, against the local Hub: red where it must be, with file and line."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from action import ROOT, action, run_check
from hub.repos import Repo, Weights
from hub.server import LocalHub
from hub.world import FINETUNE, apache_text, card, world

pytest_plugins = ("hub.fixtures",)

READER, READER_COMMIT = "google-bert/bert-base-uncased", "86b5e0934494bd15c9632b12f734a8a67f723594"
WRITER, WRITER_COMMIT = "EleutherAI/pythia-70m", "a39f36b100fe8a5377810d56c3f4789b9c53ac42"
WAIVER = """
[[waivers]]
rule = "{rule}"
model = "tuner/*"
reason = "pending-fix"
statement = "It is taken out in the next release."
reviewer = "Rosa Exemple"
expires = {until}
"""


def pinned(name: str, commit: str) -> Repo:
    """A model under Apache-2.0 whose main branch has moved on since the commit that the code names."""
    files = {"README.md": card("license: apache-2.0").encode(), "LICENSE": apache_text().encode()}
    return Repo(
        name,
        files={**files, "NEWS.md": b"moved on\n"},
        weights=(Weights("model.safetensors", 10_000_000),),
        older={commit: files},
    )


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with LocalHub([*world(), pinned(READER, READER_COMMIT), pinned(WRITER, WRITER_COMMIT)]) as server:
        yield server


@pytest.fixture
def app(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "app", tmp_path / "app"))


def add_finetune(app: Path) -> int:
    """A developer swaps the model in one constant; the line it stands on."""
    code = (app / "answer.py").read_text(encoding="utf-8")
    swapped = re.sub(
        r'READER = ".*"\nREADER_COMMIT = ".*"', f'READER = "{FINETUNE}"\nREADER_COMMIT = "main"', code
    )
    assert swapped != code
    (app / "answer.py").write_text(swapped, encoding="utf-8")
    return next(n for n, line in enumerate(swapped.splitlines(), 1) if FINETUNE in line)


def alerts(outputs: dict[str, str]) -> list[dict]:
    return json.loads(Path(outputs["report"]).read_text(encoding="utf-8"))["alerts"]


def test_the_example_as_it_stands_is_green_and_raises_nothing(
    app: Path, tmp_path: Path, hub: LocalHub
) -> None:
    done = run_check(app, tmp_path / "room", hub.url)
    assert done.code == 0, done.log
    assert "::error" not in done.log
    assert done.outputs["exit-code"] == "0"
    assert done.outputs["models"] == "2"
    assert json.loads(Path(done.outputs["sarif"]).read_text())["runs"][0]["results"] == []
    assert READER in done.summary


def test_a_retagged_finetune_turns_it_red_with_file_and_line(
    app: Path, tmp_path: Path, hub: LocalHub
) -> None:
    line = add_finetune(app)
    done = run_check(app, tmp_path / "room", hub.url)
    assert done.code == 1, done.log
    assert re.search(rf"^::error file=answer\.py,line={line},", done.log, re.MULTILINE), done.log
    assert {"inherited-license", "license-class", "pinned-revision"} <= {
        each["check"] for each in alerts(done.outputs)
    }
    results = json.loads(Path(done.outputs["sarif"]).read_text())["runs"][0]["results"]
    places = {
        (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            result["locations"][0]["physicalLocation"]["region"]["startLine"],
        )
        for result in results
    }
    assert places == {("answer.py", line)}
    assert int(done.outputs["failing"]) == len(
        [each for each in alerts(done.outputs) if each["level"] == "error"]
    )
    assert FINETUNE in done.summary


def test_a_waiver_turns_it_green_until_it_expires(app: Path, tmp_path: Path, hub: LocalHub) -> None:
    add_finetune(app)
    first = run_check(app, tmp_path / "room", hub.url)
    rules = sorted({each["check"] for each in alerts(first.outputs) if each["level"] == "error"})
    policy = app / "osaid-audit.toml"
    before = policy.read_text(encoding="utf-8")
    policy.write_text(before + "".join(WAIVER.format(rule=rule, until="2999-01-01") for rule in rules))
    waived = run_check(app, tmp_path / "room", hub.url)
    assert waived.code == 0, waived.log
    assert "Rosa Exemple" in waived.summary
    assert all(each["waived"] for each in alerts(waived.outputs) if each["level"] == "error")

    policy.write_text(before + "".join(WAIVER.format(rule=rule, until="2026-01-01") for rule in rules))
    expired = run_check(app, tmp_path / "room", hub.url)
    assert expired.code == 1
    assert "expired-waiver" in {each["check"] for each in alerts(expired.outputs)}


@pytest.mark.parametrize("kind", ["close", "status"])
def test_the_network_down_turns_it_red(app: Path, tmp_path: Path, hub: LocalHub, kind: str) -> None:
    hub.fault(".*", kind, status=503)
    done = run_check(app, tmp_path / "room", hub.url)
    assert done.code == 3, done.log
    assert "::error file=answer.py,line=" in done.log
    allowed = run_check(app, tmp_path / "room", hub.url, allow_unaudited="true")
    assert allowed.code == 0, allowed.log
    assert READER in allowed.summary


def test_a_model_that_does_not_exist_turns_it_red(app: Path, tmp_path: Path, hub: LocalHub) -> None:
    code = (app / "answer.py").read_text(encoding="utf-8")
    (app / "answer.py").write_text(code.replace(READER, "nobody/no-such-model"))
    assert run_check(app, tmp_path / "room", hub.url).code == 3


def test_a_token_is_in_no_output(app: Path, tmp_path: Path, hub: LocalHub) -> None:
    token = "hf_" + "a1B2" * 8
    hub.tokens[token] = {"*"}
    done = run_check(app, tmp_path / "room", hub.url, token=token)
    assert done.code == 0, done.log
    written = [path for path in (tmp_path / "room").rglob("*") if path.is_file()]
    assert not [path for path in written if token.encode() in path.read_bytes()]
    assert token not in done.log


def test_a_broken_policy_is_a_mistake_of_ours_to_tell(app: Path, tmp_path: Path, hub: LocalHub) -> None:
    (app / "osaid-audit.toml").write_text('[policy]\nrequired = "open-weights"\n')
    done = run_check(app, tmp_path / "room", hub.url)
    assert done.code == 2
    assert "'require'" in done.log
    assert not hub.seen


def test_no_input_becomes_part_of_a_script() -> None:
    """What a caller writes reaches the shell through the environment only."""
    steps = action()["runs"]["steps"]
    assert steps
    assert not [step for step in steps if "${{" in step.get("run", "")]
    pins = [step["uses"] for step in steps if "uses" in step]
    assert pins
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use.split(" ")[0]) for use in pins)


def test_every_path_of_several_lines_is_scanned_and_a_blank_is_part_of_a_name(
    app: Path, tmp_path: Path, hub: LocalHub
) -> None:
    add_finetune(app)
    (app / "my src").mkdir()
    (app / "answer.py").rename(app / "my src" / "answer.py")
    done = run_check(app, tmp_path / "room", hub.url, path="deploy\n  my src  \n")
    assert done.code == 1, done.log
    assert "file=my src/answer.py,line=" in done.log
    assert run_check(app, tmp_path / "room", hub.url, path="deploy\n").code == 0


@pytest.mark.parametrize("name", ["locked", "allow_unaudited"])
@pytest.mark.parametrize("value", ["True", "yes", "1", "on "])
def test_an_input_that_is_neither_true_nor_false_is_refused(
    app: Path, tmp_path: Path, hub: LocalHub, name: str, value: str
) -> None:
    done = run_check(app, tmp_path / "room", hub.url, **{name: value})
    assert done.code == 2
    assert f"'{name.replace('_', '-')}'" in done.log


def test_no_file_of_the_tree_is_imported(app: Path, tmp_path: Path, hub: LocalHub) -> None:
    """The scripts run in the checkout: what lies there must not stand in for a module of Python's."""
    for name in ("json", "sys", "venv", "pip", "osaid_audit", "sitecustomize", "click"):
        (app / f"{name}.py").write_text("print('models=0')\nraise SystemExit('RAN')\n", encoding="utf-8")
    done = run_check(app, tmp_path / "room", hub.url)
    assert done.code == 0, done.log
    assert done.outputs["models"] == "2"
    assert "RAN" not in done.log
    for step in action()["runs"]["steps"]:
        script = ROOT / step["run"].split("/", 1)[1].strip('"') if "run" in step else None
        calls = (
            re.findall(r'^.*\bpython"? +.*$', script.read_text(encoding="utf-8"), re.MULTILINE)
            if script
            else []
        )
        assert all(" -I " in call for call in calls), calls


def test_the_policy_above_the_scanned_folder_holds_with_its_own_paths(
    app: Path, tmp_path: Path, hub: LocalHub
) -> None:
    (app / "src").mkdir()
    (app / "answer.py").rename(app / "src" / "answer.py")
    (app / "src" / "loose.py").write_text(
        f"import x\nx.AutoModel.from_pretrained('{WRITER}')\n", encoding="utf-8"
    )
    red = run_check(app, tmp_path / "room", hub.url, path="src")
    assert red.code == 1, red.log
    assert {(each["file"], each["check"]) for each in alerts(red.outputs)} == {
        ("loose.py", "pinned-revision")
    }
    policy = app / "osaid-audit.toml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text + '\n[[overrides]]\npaths = ["src/loose.py"]\npins = "none"\n', encoding="utf-8")
    assert run_check(app, tmp_path / "room", hub.url, path="src").code == 0
    assert run_check(app, tmp_path / "room", hub.url, path="src\ndeploy").code == 0

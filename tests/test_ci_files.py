"""What other projects copy or call: the action, our workflow, the hooks and the snippets of docs/ci.md."""

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml
from action import ROOT, action

from osaid_audit.cli.main import cli

BIN = Path(sysconfig.get_path("scripts"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def called(tool: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / tool), *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
    )


def snippets() -> dict[str, str]:
    """The YAML of each part of the page, by its heading."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    return {
        part.splitlines()[0]: found[1]
        for part in parts
        if (found := re.search(r"```yaml\n(.*?)```", part, re.DOTALL))
    }


def filled(name: str, folder: Path, file: str) -> Path:
    """A snippet as a project would write it."""
    text = (
        snippets()[name]
        .replace("COMMIT", COMMIT)
        .replace("OWNER", "owner")
        .replace("HOST", "git.example.org")
    )
    path = folder / file
    path.write_text(text, encoding="utf-8")
    return path


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    snippet = filled("GitHub Actions", tmp_path, "models.yml")
    done = called("zizmor", "--offline", "--no-progress", ROOT / "action.yml", *WORKFLOWS, snippet)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_would_find_something(tmp_path: Path) -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    bad = text.replace(
        'bash "$GITHUB_ACTION_PATH/.github/action/check.sh"', "osaid-audit scan ${{ inputs.path }}"
    )
    assert bad != text
    (tmp_path / "action.yml").write_text(bad, encoding="utf-8")
    assert called("zizmor", "--offline", "--no-progress", tmp_path / "action.yml").returncode != 0


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_fit_their_schema(path: Path) -> None:
    done = called("check-jsonschema", "--builtin-schema", "vendor.github-workflows", path)
    assert done.returncode == 0, done.stdout


def test_the_action_fits_its_schema(tmp_path: Path) -> None:
    schema = ("--builtin-schema", "vendor.github-actions")
    done = called("check-jsonschema", *schema, ROOT / "action.yml")
    assert done.returncode == 0, done.stdout
    bad = tmp_path / "action.yml"
    bad.write_text("name: x\nruns: {using: composite}\n", encoding="utf-8")
    assert called("check-jsonschema", *schema, bad).returncode != 0


@pytest.mark.parametrize(
    ("name", "file", "schema"),
    [
        ("GitHub Actions", "models.yml", "vendor.github-workflows"),
        ("GitLab CI", ".gitlab-ci.yml", "vendor.gitlab-ci"),
    ],
)
def test_the_snippets_fit_their_schema(tmp_path: Path, name: str, file: str, schema: str) -> None:
    options = ("--data-transform", "gitlab-ci") if "gitlab" in schema else ()
    done = called("check-jsonschema", "--builtin-schema", schema, *options, filled(name, tmp_path, file))
    assert done.returncode == 0, done.stdout


def test_the_page_names_each_input_and_output() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    for name in [*action()["inputs"], *action()["outputs"]]:
        assert f"`{name}`" in page, name


def test_the_hooks_call_what_there_is() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["osaid-audit-scan", "osaid-audit"]
    named = yaml.safe_load(snippets()["pre-commit"])["repos"][0]["hooks"]
    assert [hook["id"] for hook in named] == [hook["id"] for hook in hooks]
    for hook in hooks:
        program, command, *arguments = hook["entry"].split()
        assert program == "osaid-audit"
        known = {name for option in cli.commands[command].params for name in option.opts}
        assert {word for word in arguments if word.startswith("-")} <= known


def test_every_option_the_action_and_the_page_use_exists() -> None:
    known = {name for option in cli.commands["scan"].params for name in option.opts}
    script = (ROOT / ".github" / "action" / "check.sh").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    calls = re.findall(r"osaid-audit scan [^`\n]*", page)
    used = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", script + " ".join(calls)))
    assert used
    assert used <= known

"""The check of action.yml, run as GitHub runs a composite action, but here and against a local Hub."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
_INPUT = re.compile(r"\$\{\{\s*inputs\.([a-z-]+)\s*\}\}")


class Done(NamedTuple):
    """What one run of the action gave; `log` is standard output and error as they came."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def action() -> dict:
    """The file, parsed."""
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def run_check(code_base: Path, room: Path, hub: str, **inputs: str) -> Done:
    """Run the step `check` with these inputs (`fail_on` is `fail-on`); what the others do is not run here.

    `osaid-audit` is this checkout; no setting of this machine gets in.
    """
    room.mkdir(exist_ok=True)
    binaries = room / "bin"
    binaries.mkdir(exist_ok=True)
    run = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from osaid_audit.cli.main import main; main()"
    _script(binaries / "osaid-audit", f'exec "{sys.executable}" -I -c "{run}" "$@"')
    _script(binaries / "python", f'exec "{sys.executable}" "$@"')
    step = next(each for each in action()["runs"]["steps"] if each.get("id") == "check")
    output, summary = room / "output", room / "summary"
    output.write_text("")
    summary.write_text("")
    env = {
        "PATH": f"{binaries}:{os.environ['PATH']}",
        "HOME": str(room),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "RUNNER_TEMP": str(room),
        "OSAID_AUDIT_CACHE_DIR": str(room / "cache"),
        "OSAID_AUDIT_TIMEOUT": "3",
        "OSAID_AUDIT_GITHUB_ENDPOINT": f"{hub}/no-github",
        **_given(step["env"], {"endpoint": hub, **{k.replace("_", "-"): v for k, v in inputs.items()}}),
    }
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=code_base,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=120,
    )
    outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
    return Done(done.returncode, done.stdout, outputs, summary.read_text())


def _given(env: dict[str, str], inputs: dict[str, str]) -> dict[str, str]:
    """The environment of the step, each input its value or its default."""
    defaults = {name: each.get("default", "") for name, each in action()["inputs"].items()}
    unknown = inputs.keys() - defaults.keys()
    assert not unknown, f"the action has no input {unknown}"
    values = {**defaults, **inputs}
    return {name: _INPUT.sub(lambda hit: values[hit[1]], text) for name, text in env.items()}


def _script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)

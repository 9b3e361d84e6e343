"""The SARIF validator, which only npm has.

The package of the platform is taken itself: the wrapper around it passes its arguments through a shell,
which cuts `Sarif;Gh` in two.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.npm import installed

VERSION = "5.7.0"
_PLATFORMS = {"linux": "linux", "darwin": "darwin"}


def multitool() -> tuple[Path, Path]:
    """The program that validates SARIF as GitHub takes it in, and its copy of the schema."""
    platform = _PLATFORMS.get(sys.platform)
    if platform is None:
        pytest.skip(f"no SARIF multitool for {sys.platform}")
    name = f"@microsoft/sarif-multitool-{platform}"
    folder = installed(f"{name}@{VERSION}") / "node_modules" / name
    program = folder / "Sarif.Multitool"
    program.chmod(0o755)
    return program, folder / "sarif-2.1.0.json"


def validate_sarif(path: Path) -> dict[str, list[str]]:
    """What the multitool holds against a SARIF file by its rules for SARIF and for GitHub, by level.

    Its exit code is 0 for a file that breaks the schema, so its own report is read.
    """
    program, _ = multitool()
    told = path.with_suffix(".validated.sarif")
    command = [str(program), "validate", str(path), "--rule-kind", "Sarif;Gh;Ghas"]
    command += ["--output", str(told), "--log", "ForceOverwrite", "--level", "Error;Warning;Note"]
    settings = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=settings)
    assert told.is_file(), done.stdout[-1000:] + done.stderr[-1000:]
    run = json.loads(told.read_text(encoding="utf-8-sig"))["runs"][0]
    found: dict[str, list[str]] = {}
    for result in run.get("results", []):
        level = result.get("level", "warning")
        found.setdefault(level, []).append(f"{result['ruleId']} {result['message']}")
    for invocation in run.get("invocations", []):
        for note in invocation.get("toolConfigurationNotifications", []):
            found.setdefault("configuration", []).append(str(note["message"]))
    return found

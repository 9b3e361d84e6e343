"""What the tests of the command line and the library stand on: dossiers made by hand, and one way to run."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from osaid_audit.cli.main import run
from osaid_audit.gather import dossier_json
from osaid_audit.schema.base import Fact
from osaid_audit.schema.dossier import Dossier, Subject, Tool
from osaid_audit.schema.report import Report

SHA = "0123456789abcdef0123456789abcdef01234567"
RESTRICTED: dict[str, Any] = {
    "weights.present": True,
    "license.class": "use-restricted",
    "license.ids": ("LicenseRef-house",),
    "license.breaks": ("use",),
    "license.grant_found": True,
}
OPEN: dict[str, Any] = {
    "weights.present": True,
    "license.class": "osi",
    "license.ids": ("Apache-2.0",),
    "license.grant_found": True,
    "license.read_all": True,
    "license.consistent": True,
    "access.gated": "no",
}


class Ran(NamedTuple):
    """What one run of the command line gave."""

    code: int
    out: str
    err: str


def osaid_audit(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """Run the command line in this process, through the door that the script uses."""
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return Ran(code, said.out, said.err)


def dossier(facts: dict[str, Any], name: str = "org/model", revision: str | None = SHA) -> Dossier:
    return Dossier(
        tool=Tool(name="osaid-audit", version="0"),
        subject=Subject(
            id=name, canonical_id=name, url=f"https://huggingface.co/{name}", source="hub", revision=revision
        ),
        gathered_at="2026-11-01T10:00:00Z",
        endpoint="https://huggingface.co",
        token_used=False,
        facts={key: Fact(value=value, basis="stated") for key, value in facts.items()},
    )


def saved(folder: Path, facts: dict[str, Any], name: str = "org/model") -> Path:
    """A dossier file in the folder, named after the model."""
    path = folder / f"{name.replace('/', '--')}.json"
    path.write_text(dossier_json(dossier(facts, name)), encoding="utf-8")
    return path


def lines(text: str, start: str) -> Sequence[str]:
    return [line for line in text.splitlines() if line.startswith(start)]


def outcomes_of(report: Report) -> dict[str, str]:
    """A whole report under the names that a row of outcomes has, spelt out once more for the tests."""
    found: dict[str, str] = {}
    for result in report.frameworks:
        column = "label" if result.id == "g7-2026" else result.id.replace("-", "_").replace(".", "_")
        if result.verdict:
            found[column] = result.verdict
        if result.at_most:
            found[f"{column}_at_most"] = result.at_most
        found |= {each.rule.replace("-", "_"): each.outcome.value for each in result.findings}
    return found

"""docs/policy.md: its examples are policies, and it says every key, value and check that there is."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from osaid_audit.cli.schema import json_schema
from osaid_audit.evaluate import load
from osaid_audit.policy import demands
from osaid_audit.policy.file import CHECKS, read_policy
from osaid_audit.schema.licenses import LicenseClass
from osaid_audit.schema.policy import (
    Demands,
    FailOn,
    LockDemands,
    Override,
    Pins,
    Policy,
    ScanDemands,
    Waiver,
)
from osaid_audit.schema.waivers import Reason

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "policy.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"<!-- example: (?P<name>[\w.-]+) -->\n```toml\n(?P<text>.*?)```", re.DOTALL)
EXAMPLES = {found["name"]: found["text"] for found in EXAMPLE.finditer(PAGE)}


def keys(record: type[Any]) -> set[str]:
    return {field.alias or name for name, field in record.model_fields.items()}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_a_policy(tmp_path, name):
    path = tmp_path / name
    path.write_text(EXAMPLES[name], encoding="utf-8")
    assert read_policy(path, load()) != Policy()


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_schema_takes_the_examples_and_refuses_a_wrong_key(name):
    checker = jsonschema.Draft202012Validator(json.loads(json_schema("policy")))
    data = tomllib.loads(EXAMPLES[name])
    data = data["tool"]["osaid-audit"] if name == "pyproject.toml" else data
    written = json.loads(json.dumps(data, default=str))
    checker.validate(written)
    assert not checker.is_valid(written | {"polcy": {}})
    assert not checker.is_valid(written | {"policy": {"fail_on": "never"}})


def test_the_complete_example_has_every_key():
    text = EXAMPLES["osaid-audit.toml"]
    records = (Demands, Override, Waiver, LockDemands, ScanDemands)
    for key in set().union(*map(keys, records)) - {"findings"}:
        assert re.search(rf"^{key} = ", text, re.MULTILINE), key
    assert "[policy.findings]" in text
    assert {f"[{table}]" in text or f"[[{table}]]" in text for table in keys(Policy)} == {True}


def test_what_is_called_a_default_is_one(tmp_path):
    """Every line of the example that says 'default' of its own value says it truly."""
    path = tmp_path / "osaid-audit.toml"
    path.write_text(EXAMPLES["osaid-audit.toml"], encoding="utf-8")
    shown = read_policy(path, load())
    assert (shown.policy.frameworks, shown.policy.require) == (demands.SCAN.frameworks, demands.SCAN.require)
    assert (shown.policy.fail_on, shown.policy.undetermined) == (
        demands.SCAN.fail_on,
        demands.SCAN.undetermined,
    )
    assert (demands.SCAN.pins, demands.SCAN.gating, demands.SCAN.licenses) == ("none", "allow", None)
    assert shown.lock == LockDemands()
    assert shown.scan.model_copy(update={"exclude": ()}) == ScanDemands()


@pytest.mark.parametrize(
    "word", [*get_args(FailOn), *get_args(Pins), *get_args(Reason), *get_args(LicenseClass), *CHECKS]
)
def test_the_page_has_every_word(word):
    assert re.search(rf"(?<![\w-]){word}(?![\w-])", PAGE)

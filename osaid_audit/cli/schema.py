"""`osaid-audit schema NAME`: the JSON Schema of a record."""

from typing import TYPE_CHECKING, Any

import click

from osaid_audit.cli import options
from osaid_audit.cli.group import Command
from osaid_audit.cli.streams import emit

if TYPE_CHECKING:
    from pydantic import BaseModel

EPILOG = """\
Examples:
  osaid-audit schema report > report.schema.json
  osaid-audit schema rule            (for an editor that checks YAML)
  osaid-audit schema dossier
"""
NAMES = (
    "report",
    "dossier",
    "rule",
    "framework",
    "attestation",
    "policy",
    "scan",
    "lock",
    "baseline",
    "compare",
)


@click.command(cls=Command, epilog=EPILOG)
@click.argument("name", type=click.Choice(NAMES))
@options.spoken
@options.talk
def schema(name: str) -> int:
    """Print the JSON Schema of one of our records."""
    emit(json_schema(name))
    return 0


def json_schema(name: str) -> str:
    """The schema as JSON text, keys sorted; a value that may be missing is left out, never null."""
    import json

    from osaid_audit.schema.attestation import Attestation
    from osaid_audit.schema.baseline import Baseline
    from osaid_audit.schema.compare import Comparison
    from osaid_audit.schema.dossier import Dossier
    from osaid_audit.schema.lock import Lock
    from osaid_audit.schema.policy import Policy
    from osaid_audit.schema.report import Report
    from osaid_audit.schema.rules import Framework, Rule
    from osaid_audit.schema.scan import ScanReport

    records: dict[str, type[BaseModel]] = {
        "report": Report,
        "dossier": Dossier,
        "rule": Rule,
        "framework": Framework,
        "attestation": Attestation,
        "policy": Policy,
        "scan": ScanReport,
        "lock": Lock,
        "baseline": Baseline,
        "compare": Comparison,
    }
    tree = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_without_null(records[name].model_json_schema(by_alias=True)),
    }
    return json.dumps(tree, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _without_null(node: Any) -> Any:
    """Pydantic says `X or null, null if left out`; our files say X or nothing."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _without_null(value) for key, value in node.items() if key != "default"}
    default = node.get("default")
    if isinstance(default, dict):  # of a record: what it leaves out is left out here, too
        default = {key: value for key, value in default.items() if value is not None}
    if default is not None:
        kept["default"] = default
    choices = [choice for choice in kept.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) != 1:
        return {**kept, "anyOf": choices} if choices else kept
    del kept["anyOf"]
    return {**choices[0], **kept}

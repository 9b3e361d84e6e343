"""Tell whether an AI model is open source, freedom by freedom, and what is missing.

    from osaid_audit import audit, render

    report = audit("org/name")
    report.framework("osaid-1.0").verdict
    print(render(report, "text", lang="fr"))

The library never prints, never sets up logging, and reads neither environment nor configuration unless it
is asked to (`token=True`). Everything is imported when it is first used.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from osaid_audit.errors import (
    CannotAudit,
    InternalError,
    NotFound,
    OfflineMiss,
    OsaidError,
    RuleFileError,
    Unreachable,
    UnreadableInput,
    UsageError,
)
from osaid_audit.version import __version__

if TYPE_CHECKING:
    from osaid_audit.pipeline import audit, audit_many, evaluate, gather
    from osaid_audit.pipeline.scanning import scan
    from osaid_audit.render import render
    from osaid_audit.schema.attestation import Attestation
    from osaid_audit.schema.base import Outcome
    from osaid_audit.schema.dossier import Dossier
    from osaid_audit.schema.report import Report
    from osaid_audit.schema.scan import ScanReport
    from osaid_audit.sweep import sweep

__all__ = [
    "Attestation",
    "CannotAudit",
    "Dossier",
    "InternalError",
    "NotFound",
    "OfflineMiss",
    "OsaidError",
    "Outcome",
    "Report",
    "RuleFileError",
    "ScanReport",
    "Unreachable",
    "UnreadableInput",
    "UsageError",
    "__version__",
    "audit",
    "audit_many",
    "evaluate",
    "gather",
    "render",
    "scan",
    "sweep",
]

_HOMES = {
    "audit": "pipeline",
    "audit_many": "pipeline",
    "Attestation": "schema.attestation",
    "Outcome": "schema.base",
    "Dossier": "schema.dossier",
    "Report": "schema.report",
    "ScanReport": "schema.scan",
}
_WINGS = {
    "gather": "pipeline",
    "evaluate": "pipeline",
    "render": "render",
    "scan": "pipeline.scanning",
    "sweep": "sweep",
}
"""The wings bear the names of the library's verbs: each is a package and, called, that verb."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name in _WINGS:
        return import_module(f"{__name__}.{name}")
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)


class _Wing(ModuleType):
    """A wing that can be called."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        verb = self.__name__.rpartition(".")[2]
        return getattr(import_module(f"osaid_audit.{_WINGS[verb]}"), verb)(*arguments, **options)


class _House(ModuleType):
    """Python binds a wing's package here when anybody first imports it: that is when it becomes callable."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _WINGS and type(value) is ModuleType:
            value.__class__ = _Wing
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _House

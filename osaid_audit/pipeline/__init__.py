"""The hallway: a model, or a code base -> dossiers -> reports.

options   what the verbs are asked with
models    a model as it was named -> its dossier
audits    dossiers -> reports: audit, audit_many, gather, evaluate
"""

from osaid_audit.pipeline.audits import audit, audit_many, choose_frameworks, evaluate, gather, given
from osaid_audit.pipeline.models import bundled, check, dossier_file, read_text
from osaid_audit.pipeline.options import DEFAULT_FRAMEWORKS, AuditOptions, GatherOptions

__all__ = [
    "DEFAULT_FRAMEWORKS",
    "AuditOptions",
    "GatherOptions",
    "audit",
    "audit_many",
    "bundled",
    "check",
    "choose_frameworks",
    "dossier_file",
    "evaluate",
    "gather",
    "given",
    "read_text",
]

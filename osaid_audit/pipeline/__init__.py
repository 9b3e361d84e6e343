"""The hallway: a model, or a code base -> dossiers -> reports.

options   what the verbs are asked with
models    a model as it was named -> its dossier
question  what is asked of every dossier
audits    one model: audit, gather, evaluate
many      several at once: audit_many, audit_each
runs      the directory that a batch can be taken up again from
"""

from osaid_audit.pipeline.audits import audit, evaluate, gather
from osaid_audit.pipeline.many import audit_each, audit_many
from osaid_audit.pipeline.models import bundled, check, dossier_file, read_text
from osaid_audit.pipeline.options import AuditOptions, GatherOptions
from osaid_audit.pipeline.question import choose_frameworks, given

__all__ = [
    "AuditOptions",
    "GatherOptions",
    "audit",
    "audit_each",
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

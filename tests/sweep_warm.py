"""Imported once by the server that forks processes to be killed: what each of them would read first."""

import sweep_dump  # noqa: F401

import osaid_audit.sweep  # noqa: F401
from osaid_audit import licenses
from osaid_audit.evaluate import Judge, load

Judge(load())({})
licenses.limit_clauses()

"""What people decide about an audit: attestations supply or correct facts, with a name and with evidence.

read     an attestation file -> Given; Given.of for a record made in a program
weigh    a dossier and what was given -> the facts that hold, and what is to be shown of every file
draft.draft   a report -> an attestation to be filled in and signed
"""

from osaid_audit.policy.attestations import Given, read
from osaid_audit.policy.weighing import speaks_of, weigh

__all__ = ["Given", "read", "speaks_of", "weigh"]

"""What people decide about an audit: what they supply or correct, what they demand, and what they accept.

read     an attestation file -> Given; Given.of for a record made in a program
weighing.weigh   a dossier and what was given -> the facts that hold, and what is to be shown of each file
draft.draft        a report -> an attestation to be filled in and signed
file.find_policy, file.read_policy      a policy file -> Policy
demands.given, demands.frameworks       what the command line says instead; what must be evaluated for it
unread.unread      files that were not read, and a policy -> alerts
judge.judge        answers of audits and a policy -> alerts, waivers, exit code
"""

from osaid_audit.policy.attestations import Given, read

__all__ = ["Given", "read"]

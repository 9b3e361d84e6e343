"""Rules and facts -> findings -> verdicts. Pure: what is judged is the dossier alone.

load, check, run_cases    the rule set: rules, frameworks, what is wrong with them
evaluate                  a dossier -> a report
Judge                     facts -> a row of outcomes, for very many models
Signed                    what reviewers state, as far as it holds
"""

from osaid_audit.evaluate.cases import CaseFailure, run_cases
from osaid_audit.evaluate.load import check, load
from osaid_audit.evaluate.outcomes import Judge
from osaid_audit.evaluate.report import dossier_sha256, evaluate
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.evaluate.signed import Signed

__all__ = [
    "CaseFailure",
    "Judge",
    "RuleSet",
    "Signed",
    "check",
    "dossier_sha256",
    "evaluate",
    "load",
    "run_cases",
]

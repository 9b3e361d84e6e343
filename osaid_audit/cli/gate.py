"""What `audit` asks for, and why it ends with its code. The judging itself: `policy/judge.py`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from osaid_audit.cli.streams import leveled
from osaid_audit.messages import Message, say, told

if TYPE_CHECKING:
    from osaid_audit.evaluate import RuleSet
    from osaid_audit.policy.demands import Demanded
    from osaid_audit.policy.judge import Answer, Judgement
    from osaid_audit.schema.policy import FailOn, Policy
    from osaid_audit.schema.report import Report
    from osaid_audit.schema.scan import Alert


def asked_for(
    file: Path | None,
    ruleset: "RuleSet",
    *,
    fail_on: "FailOn | None",
    require: str | None,
    frameworks: Sequence[str],
) -> "Policy":
    """The policy of one run: what the command line says, else the file, else that no label is asked for.

    A file is judged by as `scan` judges by it: what it leaves out is as strict there as here.
    Raises UsageError for a label that is no rung, and for a file that is wrong.
    """
    from osaid_audit.policy.demands import AUDIT, check_label, given
    from osaid_audit.schema.policy import Policy

    check_label(require, ruleset)
    policy = _read(file, ruleset) if file is not None else Policy(policy=AUDIT)
    return given(policy, fail_on=fail_on, require=require, frameworks=frameworks)


def _read(file: Path, ruleset: "RuleSet") -> "Policy":
    from osaid_audit.policy.file import read_policy

    return read_policy(file, ruleset)


def reasons(answers: "Sequence[Answer]", judgement: "Judgement", policy: "Policy") -> Iterator[str]:
    """What is held against each report beyond a plain breach, a line each; the report says the rest."""
    from osaid_audit.errors import OsaidError
    from osaid_audit.policy.demands import demanded
    from osaid_audit.policy.judge import NO_AUDIT, NOT_AUDITED

    asks = demanded(policy, None)
    names = [answer.model for answer in answers if not isinstance(answer.result, OsaidError)]
    for name, report in zip(names, judgement.reports, strict=True):
        about = (name, report.subject.revision)
        # A model that is named twice has each alert twice.
        own = {each.check: each for each in judgement.alerts if (each.model, each.revision) == about}
        held = [alert for alert in own.values() if alert.gates]
        if parts := list(_parts(held, report, asks)):
            code = NO_AUDIT if any(alert.check == NOT_AUDITED for alert in held) else 1
            why = "; ".join(parts)
            yield say("{model}: exit {code}, {why}", model=report.subject.canonical_id, code=code, why=why)
        for alert in own.values():
            if alert.level != "error":
                yield leveled(alert.level, report.subject.canonical_id, alert.message)


def _parts(held: "Sequence[Alert]", report: "Report", asks: "Demanded") -> Iterator[str]:
    rules = {each.rule for result in report.frameworks for each in result.findings}
    plain = _plain(report)
    open_ones = [alert.check for alert in held if alert.check in rules and alert.check not in plain]
    named = [rule for rule in open_ones if rule in asks.findings]
    if required := [rule for rule in open_ones if rule not in named]:
        yield f"--fail-on {asks.fail_on}: {', '.join(required)}"
    if named:
        yield f"the policy asks for more of: {', '.join(named)}"
    for alert in held:
        if alert.check == "label":
            value = report.label.value if report.label else Message("unknown")
            yield say("--require {label}: the label is {value}", label=asks.require, value=value)
        elif alert.check not in rules:
            yield told(alert.message)


def _plain(report: "Report") -> set[str]:
    """The breaches that make a verdict: the report says these at its head."""
    return {
        each.rule
        for result in report.frameworks
        if result.kind == "binary"
        for each in result.findings
        if each.required and each.outcome == "not_met"
    }

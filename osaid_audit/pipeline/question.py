"""What is asked of every dossier of one call: rules, norms, a day, attestations."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, cast

from osaid_audit.evaluate import RuleSet, load
from osaid_audit.evaluate import evaluate as judge
from osaid_audit.evaluate.report import DEFAULT_FRAMEWORKS
from osaid_audit.pipeline.options import Attested, AuditOptions, GatherOptions
from osaid_audit.policy.attestations import Given
from osaid_audit.policy.attestations import read as read_attestation
from osaid_audit.schema.attestation import Attestation
from osaid_audit.schema.days import day_of
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.report import Report


def given(attested: Attested) -> Given:
    """An attestation, read if it is a file. Raises UsageError with the place of what is wrong in it."""
    if isinstance(attested, Given):
        return attested
    return Given.of(attested) if isinstance(attested, Attestation) else read_attestation(Path(attested))


def choose_frameworks(ruleset: RuleSet, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """The framework ids, each once; the default ones for None. Raises UsageError and names the near one."""
    return tuple(ruleset.framework(name).id for name in dict.fromkeys(wanted or DEFAULT_FRAMEWORKS))


class Question(NamedTuple):
    """What is asked of every dossier of one call."""

    ruleset: RuleSet
    frameworks: tuple[str, ...]
    as_of: str | None
    attestations: tuple[Given, ...] = ()
    many: bool = False
    """Several models are asked about: each report then shows the attestations about its own model alone."""

    def answer(self, dossier: Dossier) -> Report:
        """The report on one dossier."""
        if not self.attestations:
            return judge(dossier, self.ruleset, self.frameworks, self.as_of)
        from osaid_audit.policy.weighing import speaks_of, weigh  # noqa: PLC0415 - most audits have none

        about = [each for each in self.attestations if not self.many or speaks_of(each, dossier)]
        if not about:
            return judge(dossier, self.ruleset, self.frameworks, self.as_of)
        day = self.as_of or dossier.gathered_at[:10]
        latest = self.as_of or _next_day(day)
        signed, records = weigh(dossier, about, day, self.ruleset, latest)
        report = judge(dossier, self.ruleset, self.frameworks, day, signed=signed)
        return report.model_copy(update={"attestations": records})


def split(options: AuditOptions) -> tuple[Question, GatherOptions]:
    """The question, and where to look; rules, date and attestations are read before anything else.

    Raises TypeError for an option that there is not: one misspelt "offline" must not go out to the network.
    """
    for name in options.keys() - AuditOptions.__annotations__.keys():
        raise TypeError(f"unexpected option '{name}'")
    rules = options.get("rules")
    ruleset = rules if isinstance(rules, RuleSet) else load(rules)
    frameworks = choose_frameworks(ruleset, options.get("frameworks"))
    where = {key: value for key, value in options.items() if key in GatherOptions.__annotations__}
    attestations = tuple(map(given, options.get("attestations", ())))
    as_of = options.get("as_of")
    day = None if as_of is None else day_of(as_of)
    question = Question(ruleset, frameworks, day, attestations)
    return question, cast("GatherOptions", where)


def _next_day(day: str) -> str:
    """The day after: whoever signs in the east is a day ahead of the hour of gathering, which is in UTC."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day

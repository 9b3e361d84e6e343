"""Which waivers speak of a model, and what became of each. A waiver changes the exit code, nothing else."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from osaid_audit.policy.wording import text
from osaid_audit.schema.base import Outcome
from osaid_audit.schema.policy import Waiver
from osaid_audit.schema.report import Finding, FrameworkResult, Report
from osaid_audit.schema.waivers import ReportedWaiver

OPEN = (Outcome.NOT_MET, Outcome.NEEDS_REVIEW, Outcome.INSUFFICIENT_EVIDENCE)
"""What can be accepted. An `error` is no answer: nothing is known that somebody could accept."""


class Waivers(NamedTuple):
    """The waivers about one model.

    about  the numbers of those that name it, in the order of the file
    live   those of them that hold on the day
    """

    every: tuple[Waiver, ...]
    about: frozenset[int]
    live: frozenset[int]

    def accepting(self, rule: str) -> frozenset[int]:
        """The waivers in force for a rule or check; empty: it is not accepted."""
        return frozenset(n for n in self.live if self.every[n].rule == rule)

    def lapsed(self, rules: Iterable[str]) -> tuple[Waiver, ...]:
        """The waivers that would accept one of these, were they not expired."""
        wanted = set(rules)
        return tuple(self.every[n] for n in sorted(self.about - self.live) if self.every[n].rule in wanted)


def about(waivers: Sequence[Waiver], names: Iterable[str | None], commit: str | None, day: str) -> Waivers:
    """The waivers that name the model by one of its ids, in this very case, and its commit if they name one.

    day  YYYY-MM-DD; empty: no day is known, and none of them holds
    """
    known = [name for name in names if name]
    matching = frozenset(n for n, waiver in enumerate(waivers) if _names(waiver, known, commit))
    live = frozenset(n for n in matching if day and waivers[n].expires.isoformat() >= day)
    return Waivers(tuple(waivers), matching, live)


def waived(report: Report, waivers: Waivers) -> tuple[Report, frozenset[int]]:
    """The report with each accepted finding marked, and the waivers that were used for it."""
    used: set[int] = set()

    def marked(finding: Finding) -> Finding:
        accepting = waivers.accepting(finding.rule) if finding.outcome in OPEN else frozenset()
        used.update(accepting)
        return finding.model_copy(update={"waived": True}) if accepting else finding

    def judged(result: FrameworkResult) -> FrameworkResult:
        return result.model_copy(update={"findings": tuple(map(marked, result.findings))})

    changed = report.model_copy(update={"frameworks": tuple(map(judged, report.frameworks))})
    return changed, frozenset(used)


def reported(waivers: Waivers, used: Iterable[int], day: str) -> tuple[ReportedWaiver, ...]:
    """The waivers about one model as its report shows them."""
    hit = set(used)
    return tuple(
        record(waivers.every[n], day, live=n in waivers.live, used=n in hit) for n in sorted(waivers.about)
    )


def record(waiver: Waiver, day: str, *, live: bool, used: bool, key: str = "waiver.why") -> ReportedWaiver:
    """One waiver with what became of it; `key` begins the names of the sentences that say it."""
    state = "used" if used else "unused" if live else "expired"
    fields = waiver.model_dump(exclude={"expires"}, exclude_none=True)
    until = waiver.expires.isoformat()
    why = text(f"{key}.{state}", until=until, day=day) if state != "used" else None
    return ReportedWaiver(**fields, expires=until, state=state, why=why)


def _names(waiver: Waiver, names: Sequence[str], commit: str | None) -> bool:
    if not any(fnmatchcase(name, waiver.model) for name in names):
        return False
    return waiver.revision is None or (commit or "").lower().startswith(waiver.revision.lower())

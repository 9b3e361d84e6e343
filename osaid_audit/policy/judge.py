"""The one place of judging: answers of audits, and a policy -> alerts, waivers, an exit code. Pure."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from osaid_audit.errors import CannotAudit, InternalError, OsaidError
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.policy import checks, classes, datasets
from osaid_audit.policy.case import Case, Trouble, page
from osaid_audit.policy.demands import Demanded, demanded
from osaid_audit.policy.waivers import about, record, reported, waived
from osaid_audit.policy.wording import counted, text
from osaid_audit.render.safe import plain
from osaid_audit.schema.base import Text
from osaid_audit.schema.dossier import Dataset
from osaid_audit.schema.policy import Policy
from osaid_audit.schema.report import Report
from osaid_audit.schema.waivers import ReportedWaiver
from osaid_audit.schema.wrong import said

if TYPE_CHECKING:
    from osaid_audit.schema.scan import Alert, Reference, Unaudited

NOT_AUDITED, EXPIRED = "not-audited", "expired-waiver"
OK, GATES, NO_AUDIT = 0, 1, 3
_COMMIT = re.compile(r"[0-9a-f]{40}")
_FLOATING = frozenset({"main", "master", "head", "refs/heads/main"})
"""Names of the default branch: they say no more than no name at all."""


class Answer(NamedTuple):
    """What came of one model: as it was referred to, where, and its report or why there is none.

    `references` is empty for `audit`, which has no code; a scan gives at least one.
    """

    model: str
    revision: str | None
    references: "tuple[Reference, ...]"
    result: Report | OsaidError


class DatasetAnswer(NamedTuple):
    """What the Hub said of one dataset: as it was referred to, where, and its row or why there is none."""

    model: str
    revision: str | None
    references: "tuple[Reference, ...]"
    result: Dataset | OsaidError


class Judgement(NamedTuple):
    """What a policy holds against the answers.

    alerts     sorted by file, line, column, model and check; at most one per reference and check
    reports    those of the answers, in their order, accepted findings marked and waivers told
    waivers    every waiver of the policy, in its order
    unaudited  what nothing is known of, which is no pass; a low-confidence name that leads nowhere is not
    stops      the exit codes of these, each once
    """

    alerts: "tuple[Alert, ...]" = ()
    reports: tuple[Report, ...] = ()
    waivers: tuple[ReportedWaiver, ...] = ()
    unaudited: "tuple[Unaudited, ...]" = ()
    stops: tuple[int, ...] = ()

    def code(self, allow_unaudited: bool = False) -> int:
        """The exit code: the worst of 4 (ours), 3 (not audited), 1 (something gates) and 0.

        With `allow_unaudited` a model that could not be audited does not count; a fault of the tool does.
        """
        stops = [code for code in self.stops if not (allow_unaudited and code == NO_AUDIT)]
        gating = any(alert.gates for alert in self.alerts if alert.check != NOT_AUDITED)
        return max([*stops, GATES if gating else OK])

    def allowing_unaudited(self) -> "Judgement":
        """The same with models that could not be audited as warnings: let pass, and still told."""
        lowered = tuple(
            alert.model_copy(update={"level": "warning"})
            if alert.check == NOT_AUDITED and alert.level == "error"
            else alert
            for alert in self.alerts
        )
        return self._replace(alerts=lowered, stops=tuple(code for code in self.stops if code != NO_AUDIT))


class _Outcome(NamedTuple):
    """What came of judging one answer; `used` are the numbers of the waivers that accept something."""

    alerts: "tuple[Alert, ...]" = ()
    report: Report | None = None
    used: frozenset[int] = frozenset()
    unaudited: "Unaudited | None" = None
    stop: int = OK


def judge(
    policy: Policy,
    ruleset: RuleSet,
    answers: Sequence[Answer | DatasetAnswer],
    day: str | None = None,
    folder: str = "",
) -> Judgement:
    """Hold a policy against the answers of an audit.

    policy  what it does not say is as in `demands.SCAN`; `demands.frameworks` says what to evaluate for it
    day     the day by which waivers expire, YYYY-MM-DD; None: that of each report
    folder  the folder of the references below that of the policy, with a / at its end: `demands.demanded`
    """
    latest = day or max(
        (each.result.as_of for each in answers if isinstance(each.result, Report)), default=""
    )
    outcomes = [
        _Judge(policy, ruleset, answer, day or _day(answer) or latest, folder).outcome() for answer in answers
    ]
    used = frozenset[int]().union(*(each.used for each in outcomes))
    live = [bool(latest) and each.expires.isoformat() >= latest for each in policy.waivers]
    return Judgement(
        tuple(sorted((alert for each in outcomes for alert in each.alerts), key=place)),
        tuple(each.report for each in outcomes if each.report is not None),
        tuple(
            record(waiver, latest, live=live[n], used=n in used, key="waivers.why")
            for n, waiver in enumerate(policy.waivers)
        ),
        tuple(sorted((each.unaudited for each in outcomes if each.unaudited), key=_by_id)),
        tuple(sorted({each.stop for each in outcomes} - {OK})),
    )


def place(alert: "Alert") -> tuple[str, int, int, str, str, str]:
    """The order in which alerts are told."""
    return (
        alert.file or "",
        alert.line or 0,
        alert.column or 0,
        alert.model,
        alert.revision or "",
        alert.check,
    )


def fingerprint(check: str, model: str, file: str | None) -> str:
    """What tells an alert apart from others, whatever its line: sha256 over check, model and file."""
    return hashlib.sha256("\0".join((check, model, file or "")).encode("utf-8", "replace")).hexdigest()


def _day(answer: Answer | DatasetAnswer) -> str | None:
    return answer.result.as_of if isinstance(answer.result, Report) else None


def _both(error: OsaidError) -> tuple[Text, Text | None]:
    """Why nothing is known, and what to do, in both languages."""
    why, step = said(error)
    return _plain(why), _plain(step) if step else None


def _unknown(message: Text, step: Text | None, url: str | None = None) -> Trouble:
    return Trouble(NOT_AUDITED, "error", text("check.not-audited"), message, step, url)


def _plain(text: Text) -> Text:
    return Text(en=plain(text.en), fr=plain(text.fr))


def _by_id(unaudited: "Unaudited") -> tuple[str, str, str]:
    return unaudited.id, unaudited.revision or "", unaudited.why.en if unaudited.why else ""


class _Judge:
    """The judgement of one answer."""

    def __init__(
        self, policy: Policy, ruleset: RuleSet, answer: Answer | DatasetAnswer, day: str, folder: str
    ) -> None:
        self.policy, self.ruleset, self.answer, self.day = policy, ruleset, answer, day
        self.folder = folder
        self.report = answer.result if isinstance(answer.result, Report) else None
        self.dataset = answer.result if isinstance(answer.result, Dataset) else None
        subject = self.report.subject if self.report else None
        names = (answer.model, subject.id, subject.canonical_id) if subject else (answer.model,)
        self.commit = subject.revision if subject else answer.revision
        self.model = subject.canonical_id if subject else answer.model
        self.waivers = about(policy.waivers, names, self.commit, day)
        self.told: list[tuple[Demanded, Sequence[Trouble]]] = []

    def outcome(self) -> _Outcome:
        report, used = waived(self.report, self.waivers) if self.report else (None, frozenset[int]())
        self.report = report
        found = [(reference, self._at(reference)) for reference in self._references()]
        used = used.union(*(trouble.used for _, troubles in found for trouble in troubles))
        if report is not None:
            shown = reported(self.waivers, used, self.day)
            report = report.model_copy(update={"waivers": (*report.waivers, *shown)})
        alerts = tuple(self._alert(trouble, where) for where, troubles in found for trouble in troubles)
        blind = [(t, where) for where, troubles in found for t in troubles if t.check == NOT_AUDITED]
        sure = [(t, where) for t, where in blind if where is None or where.confidence == "high"]
        counts = self._ours or any(not trouble.waived for trouble, _ in sure)
        stop = self._stop() if counts else OK
        return _Outcome(alerts, report, used, self._unaudited(*sure[0]) if sure else None, stop)

    def _references(self) -> "Sequence[Reference | None]":
        """The places in order; without one, the answer is judged once."""
        listed = sorted(self.answer.references, key=lambda each: (each.file, each.line, each.column or 0))
        return listed or [None]

    def _at(self, reference: "Reference | None") -> list[Trouble]:
        """What does not hold at one place: of each check one."""
        asks = demanded(self.policy, reference, self.folder)
        found = [*self._blind(asks), *self._pinned(asks, reference)]
        if self.report is not None:
            found += self._once(Case(self.report, asks, self.ruleset, self.waivers))
        if self.dataset is not None:
            found += map(self._settled, datasets.checked(self.dataset, asks))
        found += self._lapsed(found)
        if reference is not None and reference.confidence == "low":
            found = [trouble._replace(level="note") for trouble in found]
        return found

    def _once(self, case: Case) -> Sequence[Trouble]:
        """What is checked of the report, once for all places of which the same is asked."""
        told = next((troubles for asks, troubles in self.told if asks == case.asks), None)
        if told is None:
            told = tuple(self._checked(case))
            self.told.append((case.asks, told))
        return told

    def _checked(self, case: Case) -> Iterator[Trouble]:
        """What is checked of an audited model."""
        found = list(checks.findings(case))
        yield from found
        yield from checks.label(case, told=frozenset(each.check for each in found))
        yield from checks.verdicts(case)
        yield from classes.license_class(case)
        yield from checks.gating(case)

    def _blind(self, asks: Demanded) -> Iterator[Trouble]:
        """Nothing is known of the model, or a rule that is asked for failed."""
        result = self.answer.result
        if isinstance(result, OsaidError):
            why, hint = _both(result)
            trouble = _unknown(text("policy.unaudited", why=why), hint)
            yield trouble if self._ours else self._settled(trouble)
        elif self.report:
            rules = checks.unjudged(Case(self.report, asks, self.ruleset, self.waivers))
            if rules:
                message = text("policy.unjudged", rules=", ".join(rules))
                yield self._settled(_unknown(message, text("policy.next.unjudged"), page(self.report)))

    def _pinned(self, asks: Demanded, reference: "Reference | None") -> Iterator[Trouble]:
        """The reference names less than is asked for; `audit` has no references."""
        if reference is None or asks.pins == "none":
            return
        named = reference.revision
        floats = named is None or named.lower() in _FLOATING
        if named and ((asks.pins == "revision" and not floats) or _COMMIT.fullmatch(named.lower())):
            return
        message = text("policy.pin.floating", revision=plain(named)) if named else text("policy.pin.none")
        known = self.report.subject.revision if self.report else None
        advice = text("policy.next.pin_commit", commit=known) if known else text("policy.next.pin")
        yield self._settled(
            Trouble("pinned-revision", "error", text("check.pinned-revision"), message, advice)
        )

    def _settled(self, trouble: Trouble) -> Trouble:
        used = self.waivers.accepting(trouble.check)
        return trouble._replace(waived=bool(used), used=used)

    def _lapsed(self, found: Sequence[Trouble]) -> list[Trouble]:
        """Waivers that no longer accept what came back here."""
        back = {rule for each in found if not each.waived for rule in (each.check, *each.rules)}
        expired = self.waivers.lapsed(back)
        if not expired:
            return []
        last = max(each.expires.isoformat() for each in expired)
        rules = dict.fromkeys(each.rule for each in expired)
        when = text("policy.expired.when", until=last, day=self.day)
        message = counted("policy.expired", len(expired), rules=", ".join(rules), when=when)
        title = text("check.expired-waiver")
        return [Trouble(EXPIRED, "warning", title, message, text("policy.next.expired"))]

    def _alert(self, trouble: Trouble, where: "Reference | None") -> "Alert":
        from osaid_audit.schema.scan import Alert  # noqa: PLC0415 - an audit most often has none

        return Alert(
            check=trouble.check,
            level=trouble.level,
            model=self.answer.model,
            revision=self.report.subject.revision if self.report else None,
            file=where.file if where else None,
            line=where.line if where else None,
            column=where.column if where else None,
            title=trouble.title,
            message=trouble.message,
            next=trouble.next,
            url=trouble.url,
            waived=trouble.waived,
            accepted_by=tuple(sorted(trouble.used)),
            fingerprint=fingerprint(trouble.check, self.model, where.file if where else None),
        )

    @property
    def _ours(self) -> bool:
        """A fault of the tool, which nobody can accept and which counts wherever the model is named."""
        return isinstance(self.answer.result, InternalError)

    def _stop(self) -> int:
        """A rule that failed leaves the audit undone, as a network that is down does."""
        result = self.answer.result
        return result.exit_code if isinstance(result, OsaidError) else CannotAudit.exit_code

    def _unaudited(self, trouble: Trouble, where: "Reference | None") -> "Unaudited":
        from osaid_audit.schema.scan import Unaudited  # noqa: PLC0415 - as above

        result = self.answer.result
        told = _both(result) if isinstance(result, OsaidError) else (trouble.message, trouble.next)
        return Unaudited(
            id=self.answer.model,
            revision=self.answer.revision,
            why=told[0],
            next=told[1],
            file=where.file if where else None,
            line=where.line if where else None,
        )

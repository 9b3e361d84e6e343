"""What every format of a scan shows: the models with their places, audits and alerts, worst first."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from osaid_audit.render.scan.paths import NOWHERE, in_repository
from osaid_audit.render.scan.texts import unaudited_texts
from osaid_audit.schema.base import Level
from osaid_audit.schema.report import Report
from osaid_audit.schema.scan import Alert, Reference, ScanReport, Unaudited

State = Literal["unaudited", "fails", "passes"]
"""Of a model: nothing is known of it; something gates; nothing does."""

NOT_AUDITED = "not-audited"
"""The check of a model that could not be audited."""

_ORDER: tuple[State, ...] = ("fails", "unaudited", "passes")
_LEVELS: tuple[Level, ...] = ("error", "warning", "note")
_COMMIT = 7
"""Characters of a commit that a reference must at least give to be told from a branch."""


def gates(alert: Alert) -> bool:
    """Whether an alert makes the scan fail: an error that is neither waived nor in the baseline."""
    return alert.level == "error" and not accepted(alert)


def accepted(alert: Alert) -> bool:
    """Whether somebody accepted it: by a waiver, or by the baseline."""
    return alert.waived or alert.known


def severity(alert: Alert) -> int:
    """0 for an error, 1 for a warning, 2 for a note; what is accepted comes after these."""
    return _LEVELS.index(alert.level) + (len(_LEVELS) if accepted(alert) else 0)


@dataclass(frozen=True)
class Place:
    """A file as seen from the repository, and a line and a column there, from 1."""

    file: str
    line: int
    column: int | None = None

    @property
    def said(self) -> str:
        """The place as editors and terminals write it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Model:
    """One model or dataset at one commit: where it is named, what was found, what is held against it.

    `report` and `unaudited` are both None for what was not asked: a dataset, a note, a model that is gone.
    """

    id: str
    revision: str | None
    report: Report | None
    unaudited: Unaudited | None
    places: tuple[Place, ...]
    alerts: tuple[Alert, ...]

    @property
    def state(self) -> State:
        """Not being audited outweighs everything: whatever else is known is not all."""
        if self.unaudited:
            return "unaudited"
        return "fails" if any(map(gates, self.alerts)) else "passes"

    @property
    def name(self) -> str:
        """The id as the Hub answers to it; without an audit as it was written."""
        return self.report.subject.canonical_id if self.report else self.id


class Overview:
    """A scan, sorted for showing."""

    def __init__(self, scan: ScanReport) -> None:
        self.scan = scan
        self.unaudited = (*scan.unaudited, *_forgotten(scan)) if scan.audited else ()

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """Everything that was audited, or could not be, or has an alert: the worst first, then by id."""
        alerts = _by_key(self.alerts)
        places = self._places()
        found: dict[tuple[str, str | None], Model] = {}
        for report in self.scan.reports:
            key = (report.subject.id, report.subject.revision)
            held = alerts.pop(key, []) + alerts.pop((key[0], None), [])
            found[key] = Model(*key, report, None, self._seen(places[key], held), tuple(held))
        for each in self.unaudited:
            key = (each.id, each.revision)
            held = alerts.pop(key, []) + alerts.pop((each.id, None), [])
            found.setdefault(key, Model(*key, None, each, self._seen(places[key], held), tuple(held)))
        for key, held in alerts.items():
            found.setdefault(key, Model(*key, None, None, self._seen((), held), tuple(held)))
        return tuple(sorted(found.values(), key=lambda m: (_ORDER.index(m.state), m.id, m.revision or "")))

    @cached_property
    def judged(self) -> tuple[Model, ...]:
        """The models that were to be audited: what the counts are about."""
        return tuple(model for model in self.models if model.report or model.unaudited)

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """Every alert, also one for each model that was not audited and has none: what gates first."""
        told = {alert.model for alert in self.scan.alerts if alert.check == NOT_AUDITED}
        made = [_alert(each, self.scan) for each in self.unaudited if each.id not in told]
        return tuple(
            sorted(
                (*self.scan.alerts, *made),
                key=lambda a: (severity(a), a.file or "", a.line or 0, a.model, a.check),
            )
        )

    @cached_property
    def open_alerts(self) -> tuple[Alert, ...]:
        """The alerts that nobody accepted."""
        return tuple(alert for alert in self.alerts if not accepted(alert))

    @property
    def perhaps(self) -> tuple[Reference, ...]:
        """What only has the form of a reference and was not audited."""
        asked = {model.id for model in self.judged}
        return tuple(r for r in self._models_named() if r.confidence == "low" and r.id not in asked)

    @property
    def datasets(self) -> tuple[Reference, ...]:
        """The datasets that are named."""
        return tuple(r for r in self.scan.references if r.kind == "dataset")

    def how_many(self, state: State) -> int:
        """How many models are in this state."""
        return sum(model.state == state for model in self.judged)

    @property
    def files(self) -> int:
        """In how many files the models stand."""
        return len({place.file for model in self.judged for place in model.places})

    def place(self, alert: Alert) -> Place:
        """Where an alert points; one without a place points at the first mention, else at the policy."""
        if alert.file is not None:
            return self.spot(alert.file, alert.line, alert.column)
        first = self._first_mention.get(alert.model)
        return first or Place(in_repository("", self.scan.policy or NOWHERE), 1)

    def at(self, reference: Reference) -> Place:
        """Where a reference stands."""
        return self.spot(reference.file, reference.line, reference.column)

    def spot(self, file: str, line: int | None = None, column: int | None = None) -> Place:
        """A place in a scanned file."""
        return Place(in_repository(self.scan.root, file), _line(line), column)

    @cached_property
    def _first_mention(self) -> dict[str, Place]:
        return {each.id: self.at(each) for each in reversed(self.scan.references)}

    def _models_named(self) -> tuple[Reference, ...]:
        return tuple(r for r in self.scan.references if r.kind == "model")

    def _places(self) -> dict[tuple[str, str | None], list[Place]]:
        """The references by what was audited for them."""
        asked: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        for report in self.scan.reports:
            asked[report.subject.id].append((report.subject.id, report.subject.revision))
        for each in self.unaudited:
            asked[each.id].append((each.id, each.revision))
        found: dict[tuple[str, str | None], list[Place]] = defaultdict(list)
        for reference in self.scan.references:
            for key in _meant(reference, asked.get(reference.id, [])):
                found[key].append(self.at(reference))
        return found

    def _seen(self, places: Sequence[Place], alerts: Sequence[Alert]) -> tuple[Place, ...]:
        """Where a model is named; without a reference, where its alerts point."""
        shown = places or [self.place(alert) for alert in alerts if alert.file is not None]
        return tuple(sorted(set(shown), key=lambda p: (p.file, p.line, p.column or 0)))


def _line(line: int | None) -> int:
    return max(1, line or 1)


def _meant(reference: Reference, asked: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Which audits of a model a reference is about: the one of its commit, else all that may be."""
    written = reference.revision
    same = [key for key in asked if key[1] == written]
    if written and len(written) >= _COMMIT:
        same = same or [key for key in asked if (key[1] or "").startswith(written)]
    return same or asked


def _by_key(alerts: Iterable[Alert]) -> dict[tuple[str, str | None], list[Alert]]:
    found: dict[tuple[str, str | None], list[Alert]] = defaultdict(list)
    for alert in alerts:
        found[alert.model, alert.revision].append(alert)
    return found


def _forgotten(scan: ScanReport) -> tuple[Unaudited, ...]:
    """Models that are surely named and of which the record says nothing: no pass either."""
    told = {r.subject.id for r in scan.reports} | {r.subject.canonical_id for r in scan.reports}
    told |= {each.id for each in scan.unaudited}
    missing: dict[str, Unaudited] = {}
    for r in scan.references:
        if r.kind == "model" and r.confidence == "high" and r.id not in told:
            each = Unaudited(id=r.id, revision=r.revision, why="", file=r.file, line=r.line)
            missing.setdefault(r.id, each)
    return tuple(missing.values())


def _alert(each: Unaudited, scan: ScanReport) -> Alert:
    """What is held against a model that was not audited, at the place where it is named first."""
    here = (each.file, each.line)
    places = [(r.file, r.line, r.column) for r in scan.references if r.id == each.id]
    nowhere = places[0] if each.file is None and places else (*here, None)
    file, line, column = next((place for place in places if place[:2] == here), nowhere)
    title, message, step = unaudited_texts(each)
    print_of = hashlib.sha256("\n".join((NOT_AUDITED, each.id, file or "")).encode("utf-8", "replace"))
    return Alert(
        check=NOT_AUDITED,
        level="warning" if scan.allow_unaudited else "error",
        model=each.id,
        revision=each.revision,
        file=file,
        line=line,
        column=column,
        title=title,
        message=message,
        next=step,
        fingerprint=print_of.hexdigest(),
    )

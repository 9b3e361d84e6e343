"""What every format of a scan shows: the models with their places, audits and alerts, worst first."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import get_args

from osaid_audit.render.scan.model import NOT_AUDITED, Model, Place, State, severity
from osaid_audit.render.scan.paths import NOWHERE, in_repository
from osaid_audit.render.scan.texts import unaudited_texts
from osaid_audit.schema.scan import FAILED, Alert, Reference, ScanReport, Skipped, Unaudited

_ORDER: tuple[State, ...] = get_args(State)
Key = tuple[str, str | None]
"""An id as it was referred to, and the revision."""

_FULL_COMMIT = re.compile("[0-9a-f]{40}")
_COMMIT = 7
"""Characters of a commit that a reference must at least give to be told from a branch."""


class Overview:
    """A scan, sorted for showing."""

    def __init__(self, scan: ScanReport) -> None:
        self.scan = scan
        self._forgotten = _forgotten(scan) if scan.audited else ()
        self.unaudited = (*scan.unaudited, *self._forgotten)

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """Everything that was audited, or could not be, or has an alert: the worst first, then by id."""
        refused = _by_key(alert for alert in self.alerts if alert.check == NOT_AUDITED)
        alerts = _by_key(alert for alert in self.alerts if alert.check != NOT_AUDITED)
        places = self._places()
        found: dict[Key, Model] = {}
        loose: list[Model] = []
        undone = list(self.unaudited)
        for report in self.scan.reports:
            key = (report.subject.id, report.subject.revision)
            failed = (*refused.pop(key, []),)
            held = failed + _taken(alerts, key)
            part = _of_this(undone, key) if failed else None
            found.setdefault(key, Model(*key, report, part, self._seen(places[key], held), held))
        for each in undone:
            key = (each.id, each.revision)
            held = _taken(refused, key) + _taken(alerts, key)
            set_only = each.id in self._only_datasets
            found.setdefault(key, Model(*key, None, each, self._seen(places[key], held), held, set_only))
        for key in [*refused, *alerts]:
            held = _taken(refused, key) + _taken(alerts, key)
            if held:
                loose.append(Model(*key, None, None, self._seen((), held), held))
        return tuple(sorted((*found.values(), *loose), key=_worst_first))

    @cached_property
    def judged(self) -> tuple[Model, ...]:
        """The models that were to be audited: what the counts are about."""
        return tuple(model for model in self.models if model.judged)

    @property
    def blocked(self) -> bool:
        """Whether something could not be audited or read, and nobody let it pass."""
        refused = any(alert.gates for alert in self.alerts if alert.check == NOT_AUDITED)
        return (refused or bool(self.failed)) and not self.scan.allow_unaudited

    @property
    def failed(self) -> tuple[Skipped, ...]:
        """The files that a finder failed on: a fault of the tool."""
        return tuple(each for each in self.scan.skipped if each.why == FAILED)

    @cached_property
    def loose(self) -> int:
        """How many findings gate that are about no audited model."""
        return sum(alert.gates for model in self.models if not model.judged for alert in model.alerts)

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """Every alert, also one for each model that was not audited and has none: what gates first."""
        told = {alert.model for alert in self.scan.alerts if alert.check == NOT_AUDITED}
        silent = [*(each for each in self.scan.unaudited if each.id not in told), *self._forgotten]
        mentions = self._mentions if silent else {}
        made = [_alert(each, mentions.get(each.id, []), allowed=self.scan.allow_unaudited) for each in silent]
        return tuple(
            sorted(
                (*self.scan.alerts, *made),
                key=lambda a: (severity(a), a.file or "", a.line or 0, a.model, a.check),
            )
        )

    @cached_property
    def open_alerts(self) -> tuple[Alert, ...]:
        """The alerts that nobody accepted."""
        return tuple(alert for alert in self.alerts if not alert.accepted)

    @property
    def perhaps(self) -> tuple[Reference, ...]:
        """What only has the form of a reference and was not audited."""
        asked = {model.id for model in self.judged}
        return tuple(r for r in self._models_named() if r.confidence == "low" and r.id not in asked)

    @property
    def datasets(self) -> tuple[Reference, ...]:
        """The datasets that are named."""
        return tuple(r for r in self.scan.references if r.kind == "dataset")

    @property
    def unasked(self) -> int:
        """Places where nothing is asked that could fail, while elsewhere something is."""
        asked = self.scan.demanded
        return asked.unasked if asked and not asked.nothing else 0

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
        mentions = self._mentions.get(alert.model)
        return self.at(mentions[0]) if mentions else self.policy

    @property
    def policy(self) -> Place:
        """The policy file, or the one that would be it."""
        return Place(in_repository("", self.scan.policy or NOWHERE), 1)

    def at(self, reference: Reference) -> Place:
        """Where a reference stands."""
        return self.spot(reference.file, reference.line, reference.column)

    def spot(self, file: str, line: int | None = None, column: int | None = None) -> Place:
        """A place in a scanned file."""
        return Place(in_repository(self.scan.root, file), _line(line), column)

    @cached_property
    def _only_datasets(self) -> frozenset[str]:
        models = {each.id for each in self.scan.references if each.kind == "model"}
        return frozenset(each.id for each in self.datasets) - models

    @cached_property
    def _mentions(self) -> dict[str, list[Reference]]:
        found: dict[str, list[Reference]] = defaultdict(list)
        for each in self.scan.references:
            found[each.id].append(each)
        return found

    def _models_named(self) -> tuple[Reference, ...]:
        return tuple(r for r in self.scan.references if r.kind == "model")

    def _places(self) -> dict[Key, list[Place]]:
        """The references by what was audited for them."""
        asked: dict[str, list[Key]] = defaultdict(list)
        for report in self.scan.reports:
            subject = report.subject
            for name in {subject.id, subject.canonical_id}:
                asked[name].append((subject.id, subject.revision))
        for each in self.unaudited:
            asked[each.id].append((each.id, each.revision))
        found: dict[Key, list[Place]] = defaultdict(list)
        for reference in self.scan.references:
            for key in _meant(reference, asked.get(reference.id, [])):
                found[key].append(self.at(reference))
        return found

    def _seen(self, places: Sequence[Place], alerts: Sequence[Alert]) -> tuple[Place, ...]:
        """Where a model is named; without a reference, where its alerts point."""
        shown = places or [self.place(alert) for alert in alerts if alert.file is not None]
        return tuple(sorted(set(shown), key=lambda p: (p.file, p.line, p.column or 0)))


def _worst_first(model: Model) -> tuple[int, str, str]:
    return _ORDER.index(model.state), model.id, model.revision or ""


def _line(line: int | None) -> int:
    return max(1, line or 1)


def _meant(reference: Reference, asked: list[Key]) -> list[Key]:
    """Which audits of a model a reference is about: the one of its commit, else all that may be."""
    written = reference.revision
    same = [key for key in asked if key[1] == written]
    if written and len(written) >= _COMMIT:
        same = same or [key for key in asked if (key[1] or "").startswith(written)]
    return same if same or _FULL_COMMIT.fullmatch(written or "") else asked


def _by_key(alerts: Iterable[Alert]) -> dict[Key, list[Alert]]:
    found: dict[Key, list[Alert]] = defaultdict(list)
    for alert in alerts:
        found[alert.model, alert.revision].append(alert)
    return found


def _of_this(undone: list[Unaudited], key: Key) -> Unaudited | None:
    """Why this very audit is not whole: taken off the list, so that the model is not told twice."""
    named = [each for each in undone if each.id == key[0]]
    part = next((each for each in named if each.revision == key[1]), named[0] if named else None)
    if part:
        undone.remove(part)
    return part


def _taken(alerts: dict[Key, list[Alert]], key: Key) -> tuple[Alert, ...]:
    """The alerts about a model at this revision, and those that name no revision; nobody else gets them."""
    return (*alerts.pop(key, []), *alerts.pop((key[0], None), []))


def _forgotten(scan: ScanReport) -> tuple[Unaudited, ...]:
    """Models that are surely named and of which the record says nothing: no pass either."""
    told: dict[str, set[str | None]] = defaultdict(set)
    for subject in (report.subject for report in scan.reports):
        told[subject.id].add(subject.revision)
        told[subject.canonical_id].add(subject.revision)
    for each in scan.unaudited:
        told[each.id].add(each.revision)
    missing: dict[Key, Unaudited] = {}
    for r in scan.references:
        commit = r.revision if _FULL_COMMIT.fullmatch(r.revision or "") else None
        asked = r.id in told and (commit is None or commit in told[r.id])
        if r.kind == "model" and r.confidence == "high" and not asked:
            each = Unaudited(id=r.id, revision=r.revision, file=r.file, line=r.line)
            missing.setdefault((r.id, r.revision), each)
    return tuple(missing.values())


def _alert(each: Unaudited, mentions: Sequence[Reference], *, allowed: bool) -> Alert:
    """What is held against a model that was not audited, at the place where it is named first."""
    here = (each.file, each.line)
    places = [(r.file, r.line, r.column) for r in mentions]
    nowhere = places[0] if each.file is None and places else (*here, None)
    file, line, column = next((place for place in places if place[:2] == here), nowhere)
    title, message, step = unaudited_texts(each)
    print_of = hashlib.sha256("\0".join((NOT_AUDITED, each.id, file or "")).encode("utf-8", "replace"))
    return Alert(
        check=NOT_AUDITED,
        level="warning" if allowed else "error",
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

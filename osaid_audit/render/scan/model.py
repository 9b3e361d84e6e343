"""A model of a scan, where it is named, and how it stands."""

from dataclasses import dataclass
from typing import Literal

from osaid_audit.schema.base import Level
from osaid_audit.schema.report import Report
from osaid_audit.schema.scan import Alert, Unaudited

State = Literal["fails", "unaudited", "accepted", "passes", "remark"]
"""Of a model: something gates; nothing is known of it; something would gate or warn, were it not accepted;
nothing gates. A remark is no model that was to be audited: a dataset, a waiver for several, one that is gone.
"""

NOT_AUDITED = "not-audited"
"""The check of a model that could not be audited."""

_LEVELS: tuple[Level, ...] = ("error", "warning", "note")


def severity(alert: Alert) -> int:
    """0 for an error, 1 for a warning, 2 for a note; what is accepted comes after these."""
    return _LEVELS.index(alert.level) + (len(_LEVELS) if alert.accepted else 0)


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
    Both are there when a rule that is asked for could not be answered.
    """

    id: str
    revision: str | None
    report: Report | None
    unaudited: Unaudited | None
    places: tuple[Place, ...]
    alerts: tuple[Alert, ...]
    dataset: bool = False

    @property
    def state(self) -> State:
        """Not being audited outweighs everything: whatever else is known is not all."""
        if self.unaudited:
            return "unaudited"
        if any(alert.gates for alert in self.alerts):
            return "fails"
        if self.report is None:
            return "remark"
        return "accepted" if any(alert.accepted for alert in self.alerts) else "passes"

    @property
    def judged(self) -> bool:
        """Whether it is a model that was to be audited, so that it counts."""
        return not self.dataset and bool(self.report or self.unaudited)

    @property
    def name(self) -> str:
        """The id as the Hub answers to it; without an audit as it was written."""
        return self.report.subject.canonical_id if self.report else self.id

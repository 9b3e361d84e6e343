"""Changes -> alerts, at every place where the model is named."""

from collections.abc import Iterator, Sequence

from osaid_audit.policy.judge import fingerprint
from osaid_audit.policy.lock import words
from osaid_audit.schema.base import Level
from osaid_audit.schema.lock import Changed
from osaid_audit.schema.policy import Policy
from osaid_audit.schema.scan import Alert, Reference

CHECK = "lock-changed"


def alerts_of(
    changes: Sequence[Changed], policy: Policy, references: Sequence[Reference] = ()
) -> tuple[Alert, ...]:
    """The alerts of a comparison with the lock: an error where the policy says that this change fails.

    Without references, or where no place names the model any more, an alert has no file. The level is that
    of the change alone: it holds wherever the model is named, low confidence apart, which is a note. What
    another change of the model says already is left out, unless the policy fails on just this.
    """
    return tuple(alert for change in changes for alert in _of(change, policy, references))


def _of(change: Changed, policy: Policy, references: Sequence[Reference]) -> Iterator[Alert]:
    level: Level = "error" if change.kind in policy.lock.fails else "note"
    if change.follows and level == "note":
        return
    places = [
        each
        for each in references
        if each.kind == "model" and (each.id, each.revision) == (change.id, change.revision)
    ]
    if not places:
        yield _alert(change, level, None)
    for place in places:
        yield _alert(change, level if place.confidence == "high" else "note", place)


def _alert(change: Changed, level: Level, place: Reference | None) -> Alert:
    file = place.file if place else None
    return Alert(
        check=CHECK,
        level=level,
        model=change.id,
        revision=change.commit,
        file=file,
        line=place.line if place else None,
        column=place.column if place else None,
        title=words.TITLE,
        message=change.message,
        next=words.NEXT_UNREAD if change.unsure else words.NEXT,
        fingerprint=fingerprint(f"{CHECK}:{change.kind}", _name(change), file),
    )


def _name(change: Changed) -> str:
    """The model at its revision: two revisions of one model may stand in one file."""
    return f"{change.id}@{change.revision}" if change.revision else change.id

"""The baseline: alerts that were there when the check was taken into use. They are shown and do not gate."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from osaid_audit.errors import UnreadableInput
from osaid_audit.messages import Message
from osaid_audit.policy.judge import EXPIRED, NOT_AUDITED
from osaid_audit.policy.lock.alerts import CHECK as LOCK_CHANGED
from osaid_audit.policy.lock.files import parsed, read_bytes, replace
from osaid_audit.policy.unread import NOT_READ
from osaid_audit.policy.wording import counted
from osaid_audit.render.safe import escape_unseen
from osaid_audit.schema.base import Text
from osaid_audit.schema.baseline import Baseline, Known
from osaid_audit.schema.lock import MAX_WORD
from osaid_audit.schema.scan import Alert

MAX_BYTES = 16 * 1024 * 1024
"""About fifty thousand alerts at 300 bytes each."""

NEVER = frozenset({NOT_AUDITED, NOT_READ, EXPIRED, LOCK_CHANGED})
"""Checks that no baseline holds: of the first two nothing is known, the third was promised to come back,
and the last would hide every later change of the same model."""

_WHAT = Message("baseline")
_HINT = Message("Write it anew with --update-baseline, and read the difference before you commit it.")


class Applied(NamedTuple):
    """The alerts, those of the baseline marked as known, and what of it matches nothing any more."""

    alerts: tuple[Alert, ...]
    stale: tuple[Known, ...]


def baseline_text(alerts: Iterable[Alert]) -> str:
    """The text of a baseline: every alert that gates, once. Lines and texts are not in it.

    Waived alerts stay out: a waiver has an end, and a baseline has none.
    """
    gating = (
        each for each in alerts if each.level == "error" and not each.waived and each.check not in NEVER
    )
    found = {each.fingerprint: each for each in gating}
    known = sorted((_known(each) for each in found.values()), key=_order)
    data = Baseline(alerts=tuple(known)).model_dump(mode="json", exclude_none=True)
    return escape_unseen(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)) + "\n"


def write_baseline(alerts: Iterable[Alert], path: Path) -> None:
    """Write the file whole or not at all. Raises UsageError when it cannot be written."""
    replace(path, baseline_text(alerts).encode(), _WHAT)


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file.

    Raises UsageError when there is none, UnreadableInput when it is not one: too large, no JSON, a value
    of another kind, or a check that no baseline holds.
    """
    raw = read_bytes(path, MAX_BYTES, _WHAT, Message("Make one with --update-baseline."))
    baseline = parsed(raw, Baseline, path, _HINT)
    for each in baseline.alerts:
        if each.check in NEVER:
            raise UnreadableInput(
                "'{path}': a baseline cannot hold '{check}'.", _HINT, path=path, check=each.check
            )
    return baseline


def apply(alerts: Iterable[Alert], baseline: Baseline) -> Applied:
    """Mark what is known. An alert of another check, model or file is new, so what gets worse gates."""
    held = {each.fingerprint: each for each in baseline.alerts}
    found = tuple(alerts)
    marked = tuple(
        each.model_copy(update={"known": True})
        if each.fingerprint in held and each.check not in NEVER
        else each
        for each in found
    )
    seen = {each.fingerprint for each in marked if each.known}
    return Applied(marked, tuple(each for each in baseline.alerts if each.fingerprint not in seen))


def stale_note(stale: Iterable[Known]) -> Text | None:
    """What to say of entries that match nothing any more: they are mended, or the code is gone."""
    gone = [f"{each.check}, {each.model}{f', {each.file}' if each.file else ''}" for each in stale]
    if not gone:
        return None
    shown = "; ".join(gone[:5]) + ("; ..." if len(gone) > 5 else "")  # noqa: PLR2004 - a line on a terminal
    return counted("baseline.stale", len(gone), shown=shown)


def _known(alert: Alert) -> Known:
    return Known(
        fingerprint=alert.fingerprint,
        check=alert.check[:MAX_WORD],
        model=alert.model[:MAX_WORD],
        file=alert.file[:MAX_WORD] if alert.file else None,
    )


def _order(known: Known) -> tuple[str, str, str]:
    return known.file or "", known.model, known.check

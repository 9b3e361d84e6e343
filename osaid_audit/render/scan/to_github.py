"""ScanReport -> workflow commands, which GitHub shows at the line of the pull request."""

from osaid_audit.render.safe import plain
from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.scan.say import Say
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang, Level
from osaid_audit.schema.scan import Alert, ScanReport

MOST = 10
"""Annotations of one level that GitHub shows per step; what comes after them would be lost unseen."""
_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}
_LONGEST = 1_000
_LONGEST_STAND = 2_000
_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY = (*_MESSAGE, (":", "%3A"), (",", "%2C"))


def github(scan: ScanReport, lang: Lang) -> str:
    """One command a line, errors first; empty when nothing is to be said.

    The notices: how all stands and what was asked, what was waived or known, the waivers without effect, then
    the notes.
    """
    say = Say(Overview(scan), Words(lang))
    alerts = say.overview.alerts
    open_at = {level: [a for a in alerts if a.level == level and not a.accepted] for level in _COMMANDS}
    errors, warnings = ([_command(say, alert) for alert in open_at[level]] for level in ("error", "warning"))
    waived = [_accepted(say, alert) for alert in alerts if alert.waived]
    known = [_accepted(say, alert) for alert in alerts if alert.known and not alert.waived]
    idle = _idle(say)
    notices = [*waived, *idle, *known, *(_command(say, alert) for alert in open_at["note"])]
    most = MOST - 1
    left = len(errors[MOST:]) + len(warnings[MOST:]) + len(notices[most:])
    shown = [*errors[:MOST], *warnings[:MOST], *_stand(say, left), *notices[:most]]
    return "".join(f"{line}\n" for line in shown)


def _stand(say: Say, left: int) -> list[str]:
    """How everything stands, what was asked, and how much is not annotated."""
    if not (left or say.asked):
        return []
    said = [say.verdict, *say.asides, *say.basis]
    said += [say.words.count("scan.more_alerts", left)] if left else []
    return [f"::notice title=osaid-audit::{_message(plain(' '.join(said), _LONGEST_STAND))}"]


def _accepted(say: Say, alert: Alert) -> str:
    """What somebody accepted, at its line."""
    return f"::notice {_at(say, alert)}::{_message(plain(say.told(alert), _LONGEST))}"


def _idle(say: Say) -> list[str]:
    """The waivers that accept nothing, at the policy file."""
    title = _escaped(say.words("scan.idle"), _PROPERTY)
    file = _escaped(plain(say.overview.policy.file), _PROPERTY)
    return [
        f"::notice file={file},line=1,title={title}::{_message(plain(say.waiver(each), _LONGEST))}"
        for each in say.idle
    ]


def _command(say: Say, alert: Alert) -> str:
    said = _message(plain(say.told(alert), _LONGEST))
    return f"::{_COMMANDS[alert.level]} {_at(say, alert)}::{said}"


def _at(say: Say, alert: Alert) -> str:
    """Where an annotation stands, and its title."""
    place = say.overview.place(alert)
    properties = {"file": plain(place.file), "line": str(place.line)}
    if place.column:
        properties["col"] = str(place.column)
    properties["title"] = say.title(alert)
    return ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())


def _message(text: str) -> str:
    return _escaped(text, _MESSAGE)


def _escaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for character, code in table:
        text = text.replace(character, code)
    return text

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
_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY = (*_MESSAGE, (":", "%3A"), (",", "%2C"))


def github(scan: ScanReport, lang: Lang) -> str:
    """One command a line, errors first; empty when nothing is to be said."""
    say = Say(Overview(scan), Words(lang))
    shown: list[str] = []
    left = 0
    for level in _COMMANDS:
        alerts = [alert for alert in say.overview.open_alerts if alert.level == level]
        most = MOST - 1 if level == "note" else MOST
        shown += [_command(say, alert) for alert in alerts[:most]]
        left += len(alerts[most:])
    if left:
        shown.append(f"::notice title=osaid-audit::{_message(_rest(say, left))}")
    return "".join(f"{line}\n" for line in shown)


def _rest(say: Say, left: int) -> str:
    """The line after the last annotation: how everything stands, and how much is not annotated."""
    return f"{say.verdict} {say.words.count('scan.more_alerts', left)}"


def _command(say: Say, alert: Alert) -> str:
    place = say.overview.place(alert)
    properties = {"file": plain(place.file), "line": str(place.line)}
    if place.column:
        properties["col"] = str(place.column)
    properties["title"] = say.title(alert)
    written = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    return f"::{_COMMANDS[alert.level]} {written}::{_message(plain(say.sentence(alert), _LONGEST))}"


def _message(text: str) -> str:
    return _escaped(text, _MESSAGE)


def _escaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for character, code in table:
        text = text.replace(character, code)
    return text

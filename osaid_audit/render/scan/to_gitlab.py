"""ScanReport -> GitLab's Code Quality report: a list of findings with six fields each."""

from collections import Counter

from osaid_audit.render.safe import plain
from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.scan.say import Say
from osaid_audit.render.scan.to_json import dump
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang, Level
from osaid_audit.schema.scan import Alert, ScanReport

_SEVERITIES: dict[Level, str] = {"error": "major", "warning": "minor", "note": "info"}
_LONGEST = 1_000


def gitlab(scan: ScanReport, lang: Lang) -> str:
    """The findings that nobody accepted; an empty list when there are none."""
    say = Say(Overview(scan), Words(lang))
    seen: Counter[str] = Counter()
    items = []
    for alert in say.overview.open_alerts:
        seen[alert.fingerprint] += 1
        items.append(_item(say, alert, seen[alert.fingerprint]))
    return dump(items)


def _item(say: Say, alert: Alert, nth: int) -> dict[str, object]:
    """One finding; the second of the same fingerprint gets a number, since equal ones are dropped."""
    place = say.overview.place(alert)
    said = f"{say.text(alert.title)} · {say.sentence(alert)}"
    return {
        "description": plain(said, _LONGEST),
        "check_name": plain(alert.check),
        "fingerprint": alert.fingerprint if nth == 1 else f"{alert.fingerprint}-{nth}",
        "severity": _SEVERITIES[alert.level],
        "location": {"path": place.file, "lines": {"begin": place.line}},
    }

"""ScanReport -> GitLab's Code Quality report: a list of findings with six fields each."""

import hashlib
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
    """The findings, the accepted ones as information; then what was asked, and waivers without effect."""
    say = Say(Overview(scan), Words(lang))
    seen: Counter[str] = Counter()
    items = []
    for alert in say.overview.alerts:
        seen[alert.fingerprint] += 1
        items.append(_item(say, alert, seen[alert.fingerprint]))
    remarks = {f"asked-for: {say.asked}": say.asked} if say.asked else {}
    remarks |= {f"waiver: {said}": f"{say.words('scan.idle')} · {said}" for said in map(say.waiver, say.idle)}
    return dump([*items, *(_remark(say, key, said) for key, said in remarks.items())])


def _remark(say: Say, key: str, said: str) -> dict[str, object]:
    """What is of no line: at the policy file. A merge request that changes it shows it as new."""
    place = say.overview.policy
    return {
        "description": plain(said, _LONGEST),
        "check_name": key.split(":", 1)[0],
        "fingerprint": hashlib.sha256(key.encode("utf-8", "replace")).hexdigest(),
        "severity": "info",
        "location": {"path": place.file, "lines": {"begin": place.line}},
    }


def _item(say: Say, alert: Alert, nth: int) -> dict[str, object]:
    """One finding; the second of the same fingerprint gets a number, since equal ones are dropped."""
    place = say.overview.place(alert)
    said = f"{say.text(alert.title)} · {say.told(alert)}"
    return {
        "description": plain(said, _LONGEST),
        "check_name": plain(alert.check),
        "fingerprint": alert.fingerprint if nth == 1 else f"{alert.fingerprint}-{nth}",
        "severity": "info" if alert.accepted else _SEVERITIES[alert.level],
        "location": {"path": place.file, "lines": {"begin": place.line}},
    }

"""ScanReport -> SARIF 2.1.0, located where a model is referred to, as GitHub's code scanning reads it.

A model that passes raises nothing. What was accepted (a waiver, the baseline) is no result either: GitHub
ignores `suppressions` and would show it as an open alert, while a result that is gone closes its alert
and opens it again on the day the waiver expires. It stands in the properties of the run, with who accepted
it, why and until when; so do the waivers without effect, and what was asked.
"""

import re
from collections import Counter
from collections.abc import Iterable

from osaid_audit.render.safe import plain
from osaid_audit.render.scan.asked import waivers_of
from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.scan.paths import NOWHERE, in_repository, uri
from osaid_audit.render.scan.sarif_rules import rules
from osaid_audit.render.scan.say import Say
from osaid_audit.render.scan.to_json import dump
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang
from osaid_audit.schema.scan import FAILED, Alert, ScanReport
from osaid_audit.schema.waivers import ReportedWaiver

MOST_RESULTS = 5_000
"""Results of a run that GitHub keeps."""
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LONGEST = 1_000
_MOST_NOTED = 100
_MOST_ACCEPTED = 1_000
_PLACEHOLDER = re.compile(r"\{(?=\d+\})")

Json = dict[str, object]


def sarif(scan: ScanReport, lang: Lang) -> str:
    """The scan as one SARIF run, errors first, at most 5,000 results."""
    say = Say(Overview(scan), Words(lang))
    alerts = say.overview.open_alerts
    kept = alerts[:MOST_RESULTS]
    described = rules(say, kept)
    at = {rule["id"]: index for index, rule in enumerate(described)}
    seen: Counter[str] = Counter()
    results = []
    for alert in kept:
        seen[alert.fingerprint] += 1
        results.append(_result(say, alert, at[plain(alert.check)], seen[alert.fingerprint]))
    driver: Json = {
        "name": "osaid-audit",
        "version": plain(scan.tool.version),
        "rules": described,
    }
    run: Json = {
        "tool": {"driver": driver},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": _category(scan)},
        "invocations": [_invocation(say, len(alerts) - len(kept))],
        "results": results,
        "properties": _properties(say),
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _category(scan: ScanReport) -> str:
    """What GitHub tells two uploads for one commit by: each scanned folder has its own alerts."""
    folder = in_repository(scan.root, ".")
    named = folder != NOWHERE
    return f"osaid-audit/scan/{uri(folder)}/" if named else "osaid-audit/scan/"


def _result(say: Say, alert: Alert, index: int, nth: int) -> Json:
    return {
        "ruleId": plain(alert.check),
        "ruleIndex": index,
        "level": alert.level,
        "message": {"text": message(say.told(alert))},
        "locations": [_location(say, alert)],
        "partialFingerprints": {"primaryLocationLineHash": f"{alert.fingerprint}:{nth}"},
        "properties": {"model": plain(alert.model), **_revision(alert)},
    }


def _revision(alert: Alert) -> Json:
    return {"revision": plain(alert.revision)} if alert.revision else {}


def _location(say: Say, alert: Alert) -> Json:
    """The whole line when the column is not known: the end of a literal is not, so none is claimed."""
    place = say.overview.place(alert)
    region: Json = {"startLine": place.line, "endLine": place.line}
    if place.column:
        region["startColumn"] = place.column
    return {"physicalLocation": {"artifactLocation": {"uri": uri(place.file)}, "region": region}}


def message(text: str) -> str:
    """A message of plain text: no placeholder and no embedded link, which SARIF has in texts too."""
    shown = plain(_PLACEHOLDER.sub("{ ", plain(text, _LONGEST)).replace("](", "] ("), _LONGEST)
    return shown if shown.endswith((".", "…")) else f"{shown}."


def _properties(say: Say) -> Json:
    """What was accepted, and what was not asked: nobody should take it for passed."""
    let_pass = [alert for alert in say.overview.alerts if alert.accepted]
    listed = [_accepted(say, alert) for alert in let_pass[:_MOST_ACCEPTED]]
    scan = say.scan
    counts = {
        "models": len(say.overview.judged),
        "unaudited": say.overview.how_many("unaudited"),
        "unresolved": len(scan.unresolved),
        "skipped": len(scan.skipped),
        "leftOut": scan.left_out_count,
        "waivedOrKnown": len(let_pass),
    }
    told: Json = {"accepted": listed, "counts": counts, "audited": scan.audited, "notice": say.notice}
    if scan.waivers:
        told["waivers"] = [_waiver(each) for each in scan.waivers[:_MOST_ACCEPTED]]
    if scan.demanded:
        told["demanded"] = _harmless(scan.demanded.model_dump(mode="json", exclude_none=True))
        told["askedFor"] = say.asked
    return told


def _accepted(say: Say, alert: Alert) -> Json:
    """What was accepted: what, where, and by whom until when and why."""
    place = say.overview.place(alert)
    return {
        "ruleId": plain(alert.check),
        "model": plain(alert.model),
        "uri": uri(place.file),
        "startLine": place.line,
        "kind": "waived" if alert.waived else "baseline",
        "message": message(say.sentence(alert)),
        "justification": plain(say.acceptance(alert), _LONGEST),
        "waivers": [_waiver(each) for each in waivers_of(say.scan, alert)] if alert.waived else [],
    }


def _waiver(each: ReportedWaiver) -> object:
    return _harmless(each.model_dump(mode="json", exclude_none=True, exclude={"why"}))


def _harmless(value: object) -> object:
    """A part of the record with every text on one line and nothing unseen in it."""
    if isinstance(value, dict):
        return {plain(str(key)): _harmless(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_harmless(each) for each in value]
    return plain(value, _LONGEST) if isinstance(value, str) else value


def _invocation(say: Say, left: int) -> Json:
    """Not successful when a model could not be audited, unless that was let pass explicitly."""
    notes = [*_unaudited(say), *_skipped(say)]
    if left:
        notes.append(_note("left-out", "warning", say.words.count("scan.more_results", left)))
    if not say.scan.audited:
        notes.append(_note("no-audit", "note", say.verdict))
    return {"executionSuccessful": not say.overview.blocked, "toolExecutionNotifications": notes}


def _unaudited(say: Say) -> Iterable[Json]:
    level = "error" if say.overview.blocked else "warning"
    for each in say.overview.unaudited[:_MOST_NOTED]:
        yield _note("not-audited", level, say.words.pair(plain(each.id), " ".join(say.unaudited(each))))


def _skipped(say: Say) -> Iterable[Json]:
    for each in say.scan.skipped[:_MOST_NOTED]:
        path = in_repository(say.scan.root, each.file)
        level = "error" if each.why == FAILED else "note"
        yield _note("not-read", level, say.skipped(each)) | {
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}]
        }


def _note(about: str, level: str, text: str) -> Json:
    return {"descriptor": {"id": about}, "level": level, "message": {"text": message(text)}}

"""The checks of a SARIF run: only those that occur, told once and for every result."""

from collections.abc import Sequence

from osaid_audit.render.safe import http_url, plain
from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.scan.say import Say
from osaid_audit.render.to_markdown import escape
from osaid_audit.schema.base import Level
from osaid_audit.schema.report import Finding
from osaid_audit.schema.scan import Alert

_LONGEST = 1_000
_SEVERITIES: dict[Level, str] = {"error": "error", "warning": "warning", "note": "recommendation"}
_WORST: tuple[Level, ...] = ("error", "warning", "note")

Json = dict[str, object]


def rules(say: Say, alerts: Sequence[Alert]) -> list[Json]:
    """One entry per check that occurs, by id; its level is the worst that occurs."""
    first: dict[str, Alert] = {}
    levels: dict[str, Level] = {}
    for alert in alerts:
        name = plain(alert.check)
        first.setdefault(name, alert)
        levels[name] = min(levels.get(name, alert.level), alert.level, key=_WORST.index)
    findings = _findings(say.overview, {alert.check for alert in first.values()})
    return [_rule(say, first[name], levels[name], findings.get(first[name].check)) for name in sorted(first)]


def _findings(overview: Overview, checks: set[str]) -> dict[str, Finding]:
    """What the rules themselves say about the question behind a check."""
    found: dict[str, Finding] = {}
    for report in overview.scan.reports:
        if len(found) == len(checks):
            break
        for result in report.frameworks:
            found |= {f.rule: f for f in result.findings if f.rule in checks and f.rule not in found}
    return found


def _rule(say: Say, alert: Alert, level: Level, finding: Finding | None) -> Json:
    """A security severity is never given: what a license allows is no vulnerability."""
    name, title = plain(alert.check), say.text(alert.title)
    why = say.text(finding.why) if finding else ""
    more = say.words("scan.help", check=name) if finding else ""
    tags = ["ai", "license", "open-source"]
    tags += [plain(finding.element)] if finding and finding.element else []
    return {
        "id": name,
        **_name(name),
        "shortDescription": {"text": _sentence(title)},
        "fullDescription": {"text": _sentence(why or title)},
        "help": {"text": _help(say, title, why, more), "markdown": _markdown(say, title, why, more, finding)},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": tags,
            "precision": "high",
            "problem.severity": _SEVERITIES[level],
        },
    }


def _name(rule: str) -> Json:
    """The id in PascalCase; left out when it would be the id again."""
    name = "".join(part.capitalize() for part in rule.split("-"))
    return {"name": name} if name.isalnum() and name.lower() != rule.lower() else {}


def _help(say: Say, title: str, why: str, more: str) -> str:
    return " ".join(_sentence(part) for part in (title, why, more, say.notice) if part)


def _markdown(say: Say, title: str, why: str, more: str, finding: Finding | None) -> str:
    parts = [f"**{escape(title)}**", escape(why), escape(more)]
    for reference in finding.references if finding else ():
        address = http_url(reference.url)
        shown = escape(plain(reference.text))
        parts.append(f"- [{shown}](<{address}>)" if address else f"- {shown}")
    return "\n\n".join(part for part in (*parts, f"_{escape(say.notice)}_") if part)


def _sentence(text: str) -> str:
    shown = plain(text, _LONGEST)
    return shown if shown.endswith((".", "?", "!", "…")) else f"{shown}."

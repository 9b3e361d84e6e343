"""ScanReport -> a badge: the JSON that shields.io reads from an address."""

from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.scan.to_json import dump
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang
from osaid_audit.schema.scan import ScanReport

_GREY, _RED, _YELLOW, _GREEN = "lightgrey", "red", "yellow", "brightgreen"


def badge(scan: ScanReport, lang: Lang) -> str:
    """Label, message and color. Green only when something was asked of every model and each passes."""
    words = Words(lang)
    message, color = _message(Overview(scan), words)
    return dump({"schemaVersion": 1, "label": words("scan.badge.label"), "message": message, "color": color})


def _message(overview: Overview, words: Words) -> tuple[str, str]:
    scan, all_of = overview.scan, len(overview.judged)
    if not scan.audited:
        return words("scan.badge.not_audited"), _GREY
    failing, unaudited = overview.how_many("fails"), overview.how_many("unaudited")
    loose = overview.loose
    parts = [words.count("scan.badge.fail", failing, all=all_of)] if failing else []
    parts += [words.count("scan.badge.findings", loose)] if loose else []
    parts += [words("scan.badge.unaudited", n=unaudited, all=all_of)] if unaudited else []
    parts += [words.count("scan.badge.failed", len(overview.failed))] if overview.failed else []
    if parts:
        return ", ".join(parts), _RED if failing or loose or overview.blocked else _YELLOW
    asides = _asides(overview, words)
    if not all_of:
        return ", ".join([words("scan.badge.none"), *asides]), _GREY
    if scan.demanded and scan.demanded.nothing:
        return ", ".join([words("scan.badge.nothing"), *asides]), _GREY
    passing = words.count("scan.badge.pass", all_of)
    return ", ".join([passing, *asides]), _YELLOW if asides else _GREEN


def _asides(overview: Overview, words: Words) -> list[str]:
    """What keeps a badge from being green though nothing fails."""
    unresolved, let_pass = len(overview.scan.unresolved), sum(alert.accepted for alert in overview.alerts)
    said = [words("scan.badge.unresolved", n=unresolved)] if unresolved else []
    said += [words.count("scan.badge.unasked", overview.unasked)] if overview.unasked else []
    return [*said, words("scan.badge.accepted", n=let_pass)] if let_pass else said

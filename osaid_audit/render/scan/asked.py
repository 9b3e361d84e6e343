"""What was asked of the models, and what was left out, in a line each; who accepted what, and until when."""

from collections import Counter
from collections.abc import Iterator

from osaid_audit.render.safe import http_url, plain, prose
from osaid_audit.render.scan.model import NOT_AUDITED
from osaid_audit.render.words import Words
from osaid_audit.schema.asked import Asked
from osaid_audit.schema.scan import Alert, ScanReport
from osaid_audit.schema.waivers import ReportedWaiver

_MOST_RULES = 5


def asked_line(words: Words, asked: Asked | None) -> str:
    """Every demand that is in force, and the policy file or that there is none; empty without an audit."""
    if asked is None:
        return ""
    parts = [*_demands(words, asked), *_beside(words, asked)]
    return words("scan.demanded", what=words("semicolon").join(parts))


def _demands(words: Words, asked: Asked) -> Iterator[str]:
    if asked.nothing:
        yield words("scan.demanded.nothing")
    label = prose(words.say(asked.label)) if asked.label else plain(asked.require)
    yield words("scan.demanded.no_label" if asked.require == "none" else "scan.demanded.label", label=label)
    norms = ", ".join(map(plain, asked.norms))
    yield words(f"scan.demanded.{asked.fail_on if norms else 'never'}", norms=norms)
    for norm, wanted in sorted(asked.verdicts.items()):
        said = words.name("policy.wants", wanted)
        if wanted != "any":
            yield words("scan.demanded.verdict", norm=plain(norm), wanted=said)
    rules = sorted(asked.findings.items())
    for rule, fail_on in rules[:_MOST_RULES]:
        how = words.name("scan.demanded.fail", fail_on)
        yield words("scan.demanded.finding", rule=plain(rule), fail_on=how)
    if len(rules) > _MOST_RULES:
        yield words("scan.demanded.more", n=len(rules) - _MOST_RULES)
    if asked.licenses is not None:
        classes = ", ".join(map(plain, asked.licenses)) or words("policy.class.none")
        yield words("scan.demanded.licenses", classes=classes)
    if asked.pins != "none":
        yield words(f"scan.demanded.pins.{asked.pins}")
    if asked.gating != "allow":
        yield words("scan.demanded.gating", level=words(f"scan.demanded.level.{asked.gating}"))
    if asked.undetermined != "error":
        yield words("scan.demanded.lenient", level=words(f"scan.demanded.level.{asked.undetermined}"))


def _beside(words: Words, asked: Asked) -> Iterator[str]:
    for said, key in (
        (asked.lock, "lock"),
        (asked.baseline, "baseline"),
        (asked.allow_unaudited, "unaudited"),
    ):
        if said:
            yield words(f"scan.demanded.{key}")
    if asked.overrides:
        yield words.count("scan.demanded.overrides", asked.overrides)
    if asked.policy:
        yield words("scan.demanded.policy", file=plain(asked.policy))
    else:
        yield words("scan.demanded.no_policy")


def left_out_line(words: Words, scan: ScanReport) -> str:
    """How many paths were left out, and why; empty when none was. Beyond those listed nothing is counted."""
    if not scan.left_out:
        return ""
    reasons = Counter(each.why for each in scan.left_out).most_common()
    total = max(scan.left_out_count, len(scan.left_out))
    names = {why: words.name("scan.left.why", why) for why, _ in reasons}
    whole = total == len(scan.left_out)
    said = [words("scan.left.counted", n=n, why=names[why]) if whole else names[why] for why, n in reasons]
    return words("scan.left", paths=words.count("scan.left.paths", total), why=", ".join(said))


def waivers_of(scan: ScanReport, alert: Alert) -> list[ReportedWaiver]:
    """The waivers that accept a finding."""
    return [scan.waivers[n] for n in alert.accepted_by if 0 <= n < len(scan.waivers)]


def acceptance(words: Words, scan: ScanReport, alert: Alert) -> str:
    """Who accepted it, until when and why; that it is in the baseline or was let through; else empty."""
    held = [_by(words, each) for each in waivers_of(scan, alert)] if alert.waived else []
    if held:
        return " ".join(held)
    if alert.waived:
        return words("scan.accepted.waived")
    if alert.check == NOT_AUDITED and alert.level != "error" and scan.allow_unaudited:
        return words("scan.accepted.allowed")
    return words("scan.accepted.known") if alert.known else ""


def _by(words: Words, each: ReportedWaiver) -> str:
    said = words(
        "scan.accepted",
        reviewer=plain(each.reviewer),
        expires=plain(each.expires),
        reason=plain(each.reason),
        statement=prose(each.statement),
    )
    return with_evidence(words, said, each)


def with_evidence(words: Words, said: str, each: ReportedWaiver) -> str:
    """A sentence about a waiver, and where its reason can be read."""
    url = http_url(each.evidence)
    return f"{said} {words('scan.accepted.evidence', url=url)}" if url else said

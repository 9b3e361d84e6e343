"""ScanReport -> JUnit XML, which every CI system shows as tests."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from osaid_audit.render.safe import plain
from osaid_audit.render.scan.model import NOT_AUDITED, Model
from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.scan.say import Say
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang, Outcome
from osaid_audit.schema.report import Finding
from osaid_audit.schema.scan import Alert, ScanReport

Ending = Literal["failure", "error", "skipped"]
_LONGEST = 1_000
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


@dataclass(frozen=True)
class _Case:
    """One test: how it ended (None: it passed), and what is said about that."""

    name: str
    ending: Ending | None
    text: str = ""
    kind: str = ""
    file: str = ""
    line: int = 0


def junit(scan: ScanReport, lang: Lang) -> str:
    """One suite per model and commit, one test per check; GitLab reads the text inside the elements."""
    say = Say(Overview(scan), Words(lang))
    suites = ET.Element("testsuites", name="osaid-audit")
    totals: Counter[str] = Counter()
    _about(suites, say)
    for model in say.overview.models:
        totals += _suite(suites, say, model)
    _count(suites, totals)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _about(suites: ET.Element, say: Say) -> None:
    """A suite without tests: what was asked, and the waivers; there may be no model to say it of."""
    if not (say.basis or say.scan.waivers):
        return
    said = [say.verdict, *say.asides, *say.basis, *map(say.waiver, say.scan.waivers)]
    suite = ET.SubElement(suites, "testsuite", name="osaid-audit")
    _count(suite, Counter())
    _properties(suite, say)
    ET.SubElement(suite, "system-out").text = _legal("\n".join(plain(each, _LONGEST) for each in said))


def _properties(suite: ET.Element, say: Say) -> None:
    if say.asked:
        held = ET.SubElement(suite, "properties")
        ET.SubElement(held, "property", name="asked-for", value=_legal(say.asked))


def _suite(suites: ET.Element, say: Say, model: Model) -> Counter[str]:
    commit = say.commit(model)
    name = _legal(f"{plain(model.name)}@{commit}" if commit else plain(model.name))
    suite = ET.SubElement(suites, "testsuite", name=name)
    _properties(suite, say)
    totals: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for case in _cases(say, model):
        seen[case.name] += 1
        nth = f" #{seen[case.name]}" if seen[case.name] > 1 else ""
        _write(suite, name, case, nth)
        totals["tests"] += 1
        totals[f"{case.ending}"] += 1
    _count(suite, totals)
    return totals


def _write(suite: ET.Element, classname: str, case: _Case, nth: str) -> None:
    about = {"classname": classname, "name": _legal(case.name + nth), "time": "0"}
    if case.file:
        about |= {"file": _legal(case.file), "line": str(case.line)}
    element = ET.SubElement(suite, "testcase", about)
    if case.ending:
        ended = ET.SubElement(element, case.ending, message=_legal(plain(case.text)))
        if case.ending != "skipped":
            ended.set("type", _legal(case.kind))
        ended.text = _legal(case.text)
    elif case.text:
        ET.SubElement(element, "system-out").text = _legal(case.text)


def _count(element: ET.Element, totals: Counter[str]) -> None:
    for attribute, key in (("tests", "tests"), ("failures", "failure"), ("errors", "error")):
        element.set(attribute, str(totals[key]))
    element.set("skipped", str(totals["skipped"]))
    element.set("time", "0")


def _cases(say: Say, model: Model) -> list[_Case]:
    """What is held against a model, then whatever else was asked about it."""
    cases = [_case(say, alert) for alert in model.alerts]
    if model.report is None or model.unaudited:
        return cases
    told = " ".join([say.words("scan.audited.at", commit=plain(model.revision or "-")), say.word_of(model)])
    cases.append(_Case(say.words("scan.audited"), None, told.strip()))
    held = {alert.check for alert in model.alerts}
    norms = (result for result in model.report.frameworks if result.kind == "binary")
    asked = {f.rule: f for norm in norms for f in norm.findings if f.required and f.rule not in held}
    return cases + [_asked(say, finding) for finding in asked.values()]


def _case(say: Say, alert: Alert) -> _Case:
    place = say.overview.place(alert)
    name = f"{plain(alert.check)}: {say.text(alert.title)} ({plain(place.file)})"
    standing = say.standing(alert)
    said = plain(f"{place.said} {say.sentence(alert)}", _LONGEST)
    if standing:
        told = [say.words("scan.not_gating", why=standing), say.acceptance(alert), said]
        said = " ".join(filter(None, told))
    return _Case(name, _ending(alert), said, plain(alert.check), plain(place.file), place.line)


def _ending(alert: Alert) -> Ending | None:
    """A note is a test that passed with a remark; what was accepted, or only warns, is one not counted."""
    if alert.level == "note" and not alert.accepted:
        return None
    if alert.level == "warning" or alert.accepted:
        return "skipped"
    return "error" if alert.check == NOT_AUDITED else "failure"


def _asked(say: Say, finding: Finding) -> _Case:
    """A required rule that the policy holds nothing against: only one that is met has passed."""
    name = f"{plain(finding.rule)}: {say.text(finding.title)}"
    if finding.outcome is Outcome.MET:
        return _Case(name, None)
    outcome = say.words(f"outcome.{finding.outcome}")
    return _Case(name, "skipped", say.words.pair(outcome, say.text(finding.message)))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)

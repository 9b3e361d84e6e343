"""A dossier and the rules -> the report (design §5.2). Pure: no clock, no network."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from osaid_audit.evaluate import ladder, verdict
from osaid_audit.evaluate.correct import correct, standing_against, touched_by
from osaid_audit.evaluate.findings import bound, cited, find, on_whose_word
from osaid_audit.evaluate.load import load
from osaid_audit.evaluate.opinions import opinions
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.evaluate.signed import Signed
from osaid_audit.evaluate.unread import Unread, unread
from osaid_audit.resources import spdx_list_version
from osaid_audit.schema.base import Fact, Outcome, Source, Text
from osaid_audit.schema.dossier import Dossier, Hop, Tool
from osaid_audit.schema.licenses import RESTRICTED, Conflict
from osaid_audit.schema.report import Finding, FrameworkResult, Label, Report, ReportedFact, RulesVersion
from osaid_audit.schema.rules import Framework
from osaid_audit.version import __version__

DEFAULT_FRAMEWORKS = ("osaid-1.0", "g7-2026")
LABEL_FRAMEWORK = "g7-2026"
_BREAKING = (*RESTRICTED, "none")
_DECLARING = frozenset({"declared", "tag", "name", "link", "header"})
_NAMED = 80
"""Characters of a declared license that a message names."""

T = TypeVar("T")


def evaluate(
    dossier: Dossier,
    ruleset: RuleSet | None = None,
    frameworks: Sequence[str] | None = None,
    as_of: str | None = None,
    *,
    attested: Mapping[str, bool] | None = None,
    on_the_word_of: str | None = None,
    signed: Signed | None = None,
) -> Report:
    """The report on a dossier.

    frameworks      ids; osaid-1.0 and g7-2026 by default
    as_of           ISO date of the judgement; the day of gathering by default
    attested        facts that a reviewer supplies, by name
    on_the_word_of  the reviewer's name, shown where a sign-off was used; without it nothing conforms
    signed          the same of several reviewers, with evidence and corrections; instead of both
    Raises UsageError for a framework that does not exist.
    """
    rules = ruleset or load()
    chosen = [rules.framework(name) for name in dict.fromkeys(frameworks or DEFAULT_FRAMEWORKS)]
    day = as_of or dossier.gathered_at[:10]
    given = signed or Signed.by(attested or {}, on_the_word_of)
    corrected = correct(dossier, given)
    facts = derived(corrected, day)
    used = replace(given, supplied=usable(given.supplied, facts))
    dark = unread(dossier)
    results = tuple(_result(framework, rules, facts, used, dark) for framework in chosen)
    report = _report(corrected, rules, results, day, dossier_sha256(dossier))
    return report.model_copy(update={"facts": _with_names(report.facts, used)})


def _report(
    dossier: Dossier, rules: RuleSet, results: tuple[FrameworkResult, ...], as_of: str, sha256: str
) -> Report:
    return Report(
        tool=Tool(name="osaid-audit", version=__version__),
        rules=RulesVersion(version=rules.version, sha256=rules.sha256),
        spdx_list_version=spdx_list_version(),
        as_of=as_of,
        gathered_at=dossier.gathered_at,
        endpoint=dossier.endpoint,
        token_used=dossier.token_used,
        dossier_sha256=sha256,
        notice=_notice(rules.version),
        limits=dossier.limits,
        subject=dossier.subject,
        label=_label(results),
        frameworks=results,
        license=dossier.license,
        lineage=dossier.lineage,
        datasets=dossier.datasets,
        code=dossier.code,
        facts={name: _reported(name, fact) for name, fact in sorted(dossier.facts.items())},
        opinions=opinions(dossier.subject),
        problems=dossier.problems,
    )


def dossier_sha256(dossier: Dossier) -> str:
    """The digest of the dossier's canonical JSON: sorted keys, absent values left out, no spaces."""
    data = dossier.model_dump(mode="json", by_alias=True, exclude_none=True)
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def usable(attested: Mapping[str, T], facts: Mapping[str, Fact]) -> dict[str, T]:
    """The reviewer's facts without those that the evidence contradicts: a declared base is a base."""
    return {name: value for name, value in attested.items() if standing_against(name, facts) is None}


def derived(dossier: Dossier, as_of: str) -> dict[str, Fact]:
    """The dossier's facts, those that only name what its records hold, and the age of the last change.

    `as_of` is the ISO date of the judgement, so that the same dossier gives the same age on every machine.
    """
    facts = {**dossier.facts, **_age(dossier.facts.get("subject.last_modified"), as_of)}
    decided_by = _decided_by(dossier)
    if decided_by:
        facts.setdefault("license.decided_by", Fact(value=decided_by, basis="stated"))
    for name, value in _license_names(dossier, decided_by).items():
        facts.setdefault(name, Fact(value=value, basis="stated"))
    restricted = facts.get("lineage.restricted")
    put_aside = restricted is not None and restricted.value is False
    broken_by = () if put_aside else tuple(_broken_by(dossier.lineage))
    if broken_by:
        sources = tuple(Source(quote=hop) for hop in broken_by)
        facts.setdefault("lineage.broken_by", Fact(value=broken_by, basis="stated", sources=sources))
    return facts


def _age(changed: Fact | None, as_of: str) -> dict[str, Fact]:
    """Whole days from the last change to the day of judgement; nothing when the change came after it."""
    try:
        then = date.fromisoformat(str(changed.value)[:10] if changed else "")
        days = (date.fromisoformat(as_of[:10]) - then).days
    except ValueError:
        return {}
    if changed is None or days < 0:
        return {}
    return {"subject.days_since_change": changed.model_copy(update={"value": days})}


def _decided_by(dossier: Dossier) -> tuple[str, ...]:
    concluded = dossier.license.concluded
    if concluded is None:
        return () if "license.class" in dossier.facts else _found_so_far(dossier)
    worst = tuple(
        f"{component.path}: {component.id or component.cls}"
        for component in dossier.license.components
        if component.path and component.cls == concluded.cls
    )
    return worst or (f"{concluded.name} ({concluded.id})" if concluded.name else concluded.id,)


def _license_names(dossier: Dossier, decided_by: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """What the messages name of a dossier that does not name it itself: one written by an earlier version."""
    block = dossier.license
    exact = tuple(f"{each.id} ({each.path})" for each in block.files if each.match == "exact" and each.id)
    named = {
        "license.texts": exact,
        "license.without_text": decided_by if block.concluded else (),
        "license.undecided": () if "license.undecided" in dossier.facts else _pairs(block.conflicts),
    }
    return {name: value for name, value in named.items() if value}


def _pairs(conflicts: Sequence[Conflict]) -> tuple[str, ...]:
    if not conflicts:
        return ()
    from osaid_audit import licenses  # noqa: PLC0415 - what reads license texts takes long to load

    return licenses.pairs(conflicts)


def _found_so_far(dossier: Dossier) -> tuple[str, ...]:
    """What is declared, or read in a file, where nothing could be concluded from it."""
    read = (each.id for each in dossier.license.files if each.match == "exact" and each.covers == "weights")
    said = (each.id or each.value for each in dossier.license.declared if each.role in _DECLARING)
    return tuple(sorted({each[:_NAMED] for each in (*said, *read) if each}))


def _broken_by(lineage: Sequence[Hop]) -> Iterator[str]:
    """Every base that takes a freedom away, each once, with the way to it from the subject's own base on."""
    first: dict[str, Hop] = {}
    for hop in lineage:
        first.setdefault(hop.id, hop)
    for hop in first.values():
        if hop.cls in _BREAKING:
            way = [hop]
            while (nearer := first.get(way[0].via or "")) is not None and nearer.depth < way[0].depth:
                way.insert(0, nearer)
            yield f"{' > '.join(each.id for each in way)} ({hop.license or hop.cls})"


def _result(
    framework: Framework,
    rules: RuleSet,
    facts: Mapping[str, Fact],
    signed: Signed,
    dark: Unread,
) -> FrameworkResult:
    found = (
        find(rules.rule(name), facts, origin=rules.origins[name], required=required, signed=signed)
        for name, required in verdict.asked(framework).items()
    )
    findings = tuple(map(dark.explain, found))
    named = _reviewers(findings, rules, signed)
    return FrameworkResult(
        id=framework.id,
        version=framework.version,
        kind=framework.kind,
        title=framework.title,
        note=framework.note,
        url=framework.url,
        on_the_word_of=named,
        words=framework.words or None,
        requirements=framework.requirements if framework.kind == "informative" else None,
        elements=verdict.by_element(findings),
        freedoms=verdict.by_freedom(findings, rules.rule),
        findings=findings,
        only_proven_breach=verdict.only_proven_breach(findings) if framework.kind == "binary" else None,
        open_items=verdict.open_items(findings),
        **_answer(framework, findings, facts, named),
    )


def _reviewers(findings: Sequence[Finding], rules: RuleSet, signed: Signed) -> str | None:
    """Everybody on whose word a required finding rests."""
    required = [finding for finding in findings if finding.required and finding.attested]
    named = [on_whose_word(rules.rule(finding.rule), finding, signed) for finding in required]
    return ", ".join(dict.fromkeys(name for names in named for name in names)) or None


def _answer(
    framework: Framework, findings: Sequence[Finding], facts: Mapping[str, Fact], named: str | None
) -> dict[str, Any]:
    """The verdict with its words: none for an informative framework."""
    if framework.kind == "binary":
        answer = verdict.binary(findings, named)
        return {"verdict": answer, "verdict_title": verdict.VERDICT_TITLES[answer]}
    if framework.kind == "informative":
        return {}
    outcomes: dict[str, Outcome] = {finding.rule: finding.outcome for finding in findings}
    hints = {name: fact.value for name, fact in facts.items()}
    standing = ladder.climb(framework, outcomes, bound(facts), hints)
    return {
        "next_rung": ladder.next_rung(framework, outcomes, bound(facts), hints),
        "verdict": standing.value,
        "verdict_title": ladder.title(framework, standing.value),
        "at_most": standing.at_most,
        "at_most_title": ladder.title(framework, standing.at_most),
    }


def _label(results: Sequence[FrameworkResult]) -> Label | None:
    for result in results:
        if result.id == LABEL_FRAMEWORK and result.verdict and result.verdict_title:
            return Label(
                value=result.verdict,
                at_most=result.at_most or result.verdict,
                title=result.verdict_title,
                at_most_title=result.at_most_title or result.verdict_title,
            )
    return None


def _with_names(facts: Mapping[str, ReportedFact], signed: Signed) -> dict[str, ReportedFact]:
    """The facts and those that only reviewers supply; what reviewers supply or correct bears their names."""
    named: dict[str, str] = {}
    for name in signed.corrected:
        said = ", ".join(signed.names((name,)))
        named |= dict.fromkeys(touched_by(name), said)
    own = {name: _reported(name, fact) for name, fact in signed.supplied.items()}
    named |= {name: ", ".join(signed.names((name,))) for name in (*signed.corrected, *own)}
    facts = dict(sorted({**facts, **own}.items()))
    return {
        name: fact.model_copy(update={"on_the_word_of": named[name]}) if named.get(name) else fact
        for name, fact in facts.items()
    }


def _reported(name: str, fact: Fact) -> ReportedFact:
    return ReportedFact(value=fact.value, basis=fact.basis, evidence=cited(name, fact))


def _notice(version: str) -> Text:
    return Text(
        en="This is the tool's reading of the norm, not that of the Open Source Initiative, and not legal"
        f" advice. Rules version {version}. To contest a result, open an issue with the makers of the tool,"
        " with this report and the name of the finding; 'osaid-audit explain contest' says what to add.",
        fr="Ceci est la lecture de la norme par l'outil, non celle de l'Open Source Initiative, et non un"
        f" avis juridique. Version des règles : {version}. Pour contester un résultat, ouvrez un ticket"
        " auprès des auteurs de l'outil avec ce rapport et le nom du constat ;"
        " « osaid-audit explain contest » dit quoi y joindre.",
    )

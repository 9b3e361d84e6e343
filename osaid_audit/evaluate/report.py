"""A dossier and the rules -> the report (design §5.2). Pure: no clock, no network."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from osaid_audit.evaluate import ladder, verdict
from osaid_audit.evaluate.findings import bound, cited, find
from osaid_audit.evaluate.load import load
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.schema.base import Fact, Outcome, Source, Text
from osaid_audit.schema.dossier import Dossier, Hop, Tool
from osaid_audit.schema.licenses import RESTRICTED
from osaid_audit.schema.report import Finding, FrameworkResult, Label, Report, ReportedFact, RulesVersion
from osaid_audit.schema.rules import Framework
from osaid_audit.version import __version__

DEFAULT_FRAMEWORKS = ("osaid-1.0", "g7-2026")
LABEL_FRAMEWORK = "g7-2026"
_BREAKING = (*RESTRICTED, "none")


def evaluate(
    dossier: Dossier,
    ruleset: RuleSet | None = None,
    frameworks: Sequence[str] | None = None,
    as_of: str | None = None,
    *,
    attested: Mapping[str, bool] | None = None,
    on_the_word_of: str | None = None,
) -> Report:
    """The report on a dossier.

    frameworks      ids; osaid-1.0 and g7-2026 by default
    as_of           ISO date of the judgement; the day of gathering by default
    attested        facts that a reviewer supplies, by name
    on_the_word_of  the reviewer's name, shown where a sign-off was used
    Raises UsageError for a framework that does not exist.
    """
    rules = ruleset or load()
    chosen = [rules.framework(name) for name in dict.fromkeys(frameworks or DEFAULT_FRAMEWORKS)]
    day = as_of or dossier.gathered_at[:10]
    facts = derived(dossier, day)
    signed = usable(attested or {}, facts)
    results = tuple(_result(framework, rules, facts, signed, on_the_word_of) for framework in chosen)
    return _report(dossier, rules, results, day)


def _report(dossier: Dossier, rules: RuleSet, results: tuple[FrameworkResult, ...], as_of: str) -> Report:
    return Report(
        tool=Tool(name="osaid-audit", version=__version__),
        rules=RulesVersion(version=rules.version, sha256=rules.sha256),
        spdx_list_version=_spdx_list_version(),
        as_of=as_of,
        gathered_at=dossier.gathered_at,
        endpoint=dossier.endpoint,
        token_used=dossier.token_used,
        dossier_sha256=dossier_sha256(dossier),
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
        problems=dossier.problems,
    )


def dossier_sha256(dossier: Dossier) -> str:
    """The digest of the dossier's canonical JSON: sorted keys, absent values left out, no spaces."""
    data = dossier.model_dump(mode="json", by_alias=True, exclude_none=True)
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def usable(attested: Mapping[str, bool], facts: Mapping[str, Fact]) -> dict[str, bool]:
    """The reviewer's facts without those that the evidence contradicts: a declared base is a base."""
    contradicted = {"lineage.from_scratch"} if "lineage.declared_base" in facts else set()
    return {name: value for name, value in attested.items() if name not in contradicted}


def derived(dossier: Dossier, as_of: str) -> dict[str, Fact]:
    """The dossier's facts, those that only name what its records hold, and the age of the last change.

    `as_of` is the ISO date of the judgement, so that the same dossier gives the same age on every machine.
    """
    facts = {**dossier.facts, **_age(dossier.facts.get("subject.last_modified"), as_of)}
    decided_by = _decided_by(dossier)
    if decided_by:
        facts.setdefault("license.decided_by", Fact(value=decided_by, basis="stated"))
    broken_by = tuple(_hop(hop) for hop in dossier.lineage if hop.cls in _BREAKING)
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
        return ()
    worst = tuple(
        f"{component.path}: {component.id or component.cls}"
        for component in dossier.license.components
        if component.path and component.cls == concluded.cls
    )
    return worst or (f"{concluded.name} ({concluded.id})" if concluded.name else concluded.id,)


def _hop(hop: Hop) -> str:
    return f"{hop.id} ({hop.license or hop.cls})"


def _result(
    framework: Framework,
    rules: RuleSet,
    facts: Mapping[str, Fact],
    attested: Mapping[str, bool],
    reviewer: str | None,
) -> FrameworkResult:
    findings = tuple(
        find(rules.rule(name), facts, origin=rules.origins[name], required=required, attested=attested)
        for name, required in verdict.asked(framework).items()
    )
    used = any(finding.attested for finding in findings if finding.required)
    return FrameworkResult(
        id=framework.id,
        version=framework.version,
        kind=framework.kind,
        title=framework.title,
        note=framework.note,
        url=framework.url,
        on_the_word_of=reviewer if used else None,
        words=framework.words or None,
        requirements=framework.requirements if framework.kind == "informative" else None,
        elements=verdict.by_element(findings),
        freedoms=verdict.by_freedom(findings, rules.rule),
        findings=findings,
        only_proven_breach=verdict.only_proven_breach(findings) if framework.kind == "binary" else None,
        open_items=verdict.open_items(findings),
        **_answer(framework, findings, facts),
    )


def _answer(framework: Framework, findings: Sequence[Finding], facts: Mapping[str, Fact]) -> dict[str, Any]:
    """The verdict with its words: none for an informative framework."""
    if framework.kind == "binary":
        answer = verdict.binary(findings)
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


def _spdx_list_version() -> str:
    from osaid_audit import licenses  # noqa: PLC0415 - its table is read only when a report is made

    return licenses.spdx_list_version()

"""Reports -> the comparison, which every format shows."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from string import ascii_uppercase

from osaid_audit.errors import OsaidError
from osaid_audit.render.compare.better import better
from osaid_audit.render.compare.rows import Keyed, both, frameworks, rows
from osaid_audit.render.safe import plain
from osaid_audit.schema.base import Outcome, Source, Text
from osaid_audit.schema.compare import Blocker, Change, ChangedFact, Compared, Comparison, NotCompared
from osaid_audit.schema.dossier import Tool
from osaid_audit.schema.report import FrameworkResult, Report
from osaid_audit.schema.wrong import said
from osaid_audit.version import __version__

MOST = 12
"""Models that stand side by side at most: more would not be read, and the keys are single letters."""


def comparison(asked: Sequence[str], answers: Sequence[Report | OsaidError]) -> Comparison:
    """The models that could be audited side by side, and those that could not."""
    found = [(n, a) for n, a in zip(asked, answers, strict=True) if isinstance(a, Report)]
    names = dict(zip(ascii_uppercase, (name for name, _ in found), strict=False))
    reports = dict(zip(ascii_uppercase, (report for _, report in found), strict=False))
    return Comparison(
        tool=Tool(name="osaid-audit", version=__version__),
        models=tuple(_compared(key, names[key], report) for key, report in reports.items()),
        cautions=tuple(_cautions(reports)),
        better=better(reports),
        rows=rows(reports),
        changes=tuple(_changes(reports)),
        failed=tuple(
            NotCompared(asked=name, why=said(error)[0], next=said(error)[1])
            for name, error in zip(asked, answers, strict=True)
            if isinstance(error, OsaidError)
        ),
        notice=both(lambda words: words("compare.notice", versions=", ".join(_versions(reports)) or "-")),
    )


def _compared(key: str, asked: str, report: Report) -> Compared:
    subject, concluded = report.subject, report.license.concluded
    main = next((result for result in report.frameworks if result.kind == "binary"), None)
    return Compared(
        key=key,
        asked=asked,
        id=subject.canonical_id,
        url=subject.url,
        revision=subject.revision,
        source=subject.source,
        gathered_at=report.gathered_at,
        as_of=report.as_of,
        tool=report.tool,
        rules=report.rules,
        dossier_sha256=report.dossier_sha256,
        frameworks=tuple(result.id for result in report.frameworks),
        license=concluded.id if concluded else None,
        license_class=concluded.cls if concluded else None,
        on_the_word_of=main.on_the_word_of if main else None,
        blockers=tuple(_blockers(main)) if main else (),
    )


def _blockers(result: FrameworkResult) -> Iterator[Blocker]:
    for finding in result.findings:
        if finding.required and finding.outcome is Outcome.NOT_MET:
            yield Blocker(
                rule=finding.rule, title=finding.title, framework=result.id, freedoms=finding.freedoms
            )


def _versions(reports: Keyed) -> list[str]:
    return list(dict.fromkeys(plain(report.rules.version) for report in reports.values()))


def _cautions(reports: Keyed) -> Iterator[Text]:
    """What makes these audits hard to compare."""
    every = list(reports.values())
    versions, days = _versions(reports), list(dict.fromkeys(plain(report.as_of) for report in every))
    if len(versions) > 1:
        yield both(lambda words: words("compare.caution.rules", versions=", ".join(versions)))
    elif len({report.rules.sha256 for report in every}) > 1:
        yield both(lambda words: words("compare.caution.own_rules"))
    yield from _unlike_norms(reports)
    if len(days) > 1:
        yield both(lambda words: words("compare.caution.as_of", days=", ".join(days)))
    stored = [key for key, report in reports.items() if report.subject.source != "hub"]
    if stored:
        yield both(lambda words: words("compare.caution.recorded", models=", ".join(stored)))
    signed = [key for key, report in reports.items() if any(r.on_the_word_of for r in report.frameworks)]
    if 0 < len(signed) < len(reports):
        yield both(lambda words: words("compare.caution.signed", models=", ".join(signed)))


def _unlike_norms(reports: Keyed) -> Iterator[Text]:
    asked = [{result.id for result in report.frameworks} for report in reports.values()]
    if len({frozenset(each) for each in asked}) > 1:
        common = [name for name in frameworks(reports) if all(name in each for each in asked)]
        if common:
            yield both(lambda words: words("compare.caution.frameworks", common=plain(", ".join(common))))
        else:
            yield both(lambda words: words("compare.caution.no_framework"))


def _changes(reports: Keyed) -> Iterator[Change]:
    """From one audit of a model to the next, in the order asked."""
    for name in dict.fromkeys(report.subject.canonical_id for report in reports.values()):
        same = [key for key, report in reports.items() if report.subject.canonical_id == name]
        for before, after in pairwise(same):
            facts = tuple(_facts(reports[before], reports[after]))
            yield Change(id=name, before=before, after=after, facts=facts)


def _facts(before: Report, after: Report) -> Iterator[ChangedFact]:
    for name in sorted({*before.facts, *after.facts}):
        old, new = before.facts.get(name), after.facts.get(name)
        if (old.value if old else None) != (new.value if new else None):
            yield ChangedFact(
                fact=name,
                before=old.value if old else None,
                after=new.value if new else None,
                before_sources=_sources(before, name),
                after_sources=_sources(after, name),
            )


def _sources(report: Report, name: str) -> tuple[Source, ...]:
    fact = report.facts.get(name)
    fields = set(Source.model_fields)
    return tuple(Source(**item.model_dump(include=fields)) for item in fact.evidence) if fact else ()

"""What is compared, row by row: the verdicts, the label, the terms, the freedoms, every rule."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from osaid_audit import licenses
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.safe import plain
from osaid_audit.render.terms import Terms
from osaid_audit.render.view import view
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS, Freedom, Outcome, Text
from osaid_audit.schema.compare import Cell, Row, RowKind
from osaid_audit.schema.licenses import OPEN, Concluded
from osaid_audit.schema.report import Finding, FrameworkResult, Report

Keyed = Mapping[str, Report]
"""The reports by their keys, in the order asked."""

_LONGEST = 80
_DATA = (
    ("data.withheld", "withheld"),
    ("data.not_released", "not_released"),
    ("data.released", "released"),
    ("data.described", "described"),
    ("data.sources_listed", "named"),
    ("data.datasets_named", "named"),
)


def both(speak: Callable[[Words], str]) -> Text:
    """What is said, in both languages, with the plain spaces that a record has."""
    english, french = (speak(Words(lang)) for lang in ("en", "fr"))
    return Text(en=english, fr=french.replace("\u00a0", " "))


def rows(reports: Keyed) -> tuple[Row, ...]:
    """Every row: those that differ first, otherwise in the order in which a report says them."""
    every = [*_verdicts(reports), *_label(reports), *_terms(reports), *_freedoms(reports), *_rules(reports)]
    return (*(row for row in every if row.differs), *(row for row in every if not row.differs))


def _row(kind: RowKind, name: str, title: Text, cells: dict[str, Cell], framework: str | None = None) -> Row:
    differs = len({cell.value for cell in cells.values()}) > 1
    return Row(kind=kind, id=name, title=title, framework=framework, differs=differs, cells=cells)


def _named(key: str) -> Text:
    return both(lambda words: words(f"compare.row.{key}"))


def _unasked() -> Cell:
    return Cell(value="", text=both(lambda words: words("compare.not_asked")))


def _unknown() -> Cell:
    return Cell(value="", text=both(lambda words: words("compare.nothing")))


def frameworks(reports: Keyed) -> dict[str, FrameworkResult]:
    """The frameworks that any of the reports has, by id, binary ones first."""
    found: dict[str, FrameworkResult] = {}
    for report in reports.values():
        for result in report.frameworks:
            found.setdefault(result.id, result)
    order = {"binary": 0, "ladder": 1, "informative": 2}
    return dict(sorted(found.items(), key=lambda item: order[item[1].kind]))


def result_of(report: Report, name: str) -> FrameworkResult | None:
    """A framework's result in a report, None when it was not asked."""
    return next((result for result in report.frameworks if result.id == name), None)


def _verdicts(reports: Keyed) -> Iterator[Row]:
    labels = {report.label.framework for report in reports.values() if report.label}
    for name, example in frameworks(reports).items():
        if example.verdict is not None and name not in labels:
            cells = {key: _verdict(report, name) for key, report in reports.items()}
            yield _row("verdict", name, example.title, cells, name)


def _verdict(report: Report, name: str) -> Cell:
    result = result_of(report, name)
    if result is None or result.verdict is None:
        return _unasked()
    return Cell(value=result.verdict, text=both(lambda words: _say(report, words).verdict_of(result)))


def _say(report: Report, words: Words) -> Phrases:
    return Phrases(view(report), words)


def _label(reports: Keyed) -> Iterator[Row]:
    if any(report.label for report in reports.values()):
        labels = {key: report.label for key, report in reports.items()}
        reached = {
            key: Cell(value=label.value, text=label.title) if label else _unasked()
            for key, label in labels.items()
        }
        most = {
            key: Cell(value=label.at_most, text=label.at_most_title) if label else _unasked()
            for key, label in labels.items()
        }
        yield _row("label", "label", _named("label"), reached)
        yield _row("at_most", "at-most", _named("at_most"), most)


def _terms(reports: Keyed) -> Iterator[Row]:
    parts: tuple[tuple[RowKind, Callable[[Report], Cell]], ...] = (
        ("license", _license),
        ("lineage", _lineage),
        ("gating", _gating),
        ("data", _data),
    )
    for kind, cell in parts:
        yield _row(kind, kind, _named(kind), {key: cell(report) for key, report in reports.items()})


def _license(report: Report) -> Cell:
    concluded = report.license.concluded
    if concluded is None:
        none = report.facts.get("license.class")
        if none is not None and none.value == "none":
            return Cell(value="none", text=both(lambda words: words("class.none")))
        return _unknown()
    said = both(lambda words: _terms_in_words(concluded, words))
    return Cell(value=f"{concluded.id} ({concluded.cls})", text=said)


def _terms_in_words(concluded: Concluded, words: Words) -> str:
    """The license and what it allows; a known one that is only spoken of has no terms of its own."""
    name = plain(Terms(words).named(concluded), _LONGEST)
    if concluded.cls == "custom-unknown" and licenses.resolve(concluded.id).cls in OPEN:
        return words("compare.license.named", name=name)
    return words("compare.license", name=name, cls=words.name("class", concluded.cls))


def _lineage(report: Report) -> Cell:
    declared = [hop for hop in report.lineage if hop.hint is None]
    if not declared:
        return Cell(value="", text=both(lambda words: words("compare.no_base")))
    said = both(
        lambda words: ", ".join(
            words(
                "compare.base",
                id=plain(hop.id, _LONGEST),
                terms=words.name("class", hop.cls) if hop.cls else words("lineage.undecided"),
            )
            for hop in declared
        )
    )
    return Cell(value=", ".join(f"{hop.id} ({hop.cls or 'undecided'})" for hop in declared), text=said)


def _gating(report: Report) -> Cell:
    gated = report.facts.get("access.gated")
    if gated is None:
        return _unknown()
    value = plain(str(gated.value))
    return Cell(value=value, text=both(lambda words: words.name("compare.gate", value)))


def _data(report: Report) -> Cell:
    known = [name for fact, name in _DATA if fact in report.facts and report.facts[fact].value is True]
    if not known:
        return _unknown()
    return Cell(value=known[0], text=both(lambda words: words(f"compare.data.{known[0]}")))


def _freedoms(reports: Keyed) -> Iterator[Row]:
    for name, example in frameworks(reports).items():
        if example.kind == "binary":
            for freedom in FREEDOMS:
                yield _freedom(reports, name, freedom)


def _freedom(reports: Keyed, name: str, freedom: Freedom) -> Row:
    cells = {}
    for key, report in reports.items():
        result = result_of(report, name)
        group = result.freedoms.get(freedom) if result else None
        cells[key] = _outcome(group.status) if group else _unasked()
    title = both(lambda words: words("compare.row.freedom", freedom=words(f"freedom.{freedom}")))
    return _row("freedom", freedom, title, cells, name)


def _outcome(outcome: Outcome) -> Cell:
    return Cell(value=str(outcome), text=both(lambda words: words(f"outcome.{outcome}")))


def _rules(reports: Keyed) -> Iterator[Row]:
    """Every rule once, in the first framework that any report asks it in."""
    told: set[str] = set()
    for name in frameworks(reports):
        found: dict[str, Finding] = {}
        for report in reports.values():
            result = result_of(report, name)
            for finding in result.findings if result else ():
                found.setdefault(finding.rule, finding)
        for rule, finding in found.items():
            if rule not in told:
                told.add(rule)
                cells = {key: _answer(report, name, rule) for key, report in reports.items()}
                yield _row("requirement", rule, finding.title, cells, name)


def _answer(report: Report, framework: str, rule: str) -> Cell:
    result = result_of(report, framework)
    finding = _finding(result.findings if result else (), rule)
    if finding is None or result is None:
        return _unasked()
    said = both(lambda words: _say(report, words).outcome(finding.outcome, result, rule))
    return Cell(value=str(finding.outcome), text=said)


def _finding(findings: Sequence[Finding], rule: str) -> Finding | None:
    return next((finding for finding in findings if finding.rule == rule), None)

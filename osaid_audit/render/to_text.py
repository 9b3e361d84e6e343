"""Report -> plain text for a terminal."""

from collections.abc import Iterable, Sequence

from osaid_audit.render import layout
from osaid_audit.render.layout import Style, Styled
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.places import link, place, quote
from osaid_audit.render.safe import plain
from osaid_audit.render.shapes import IN_TEXT
from osaid_audit.render.view import Cell, matrix, places, questions, view, waiting
from osaid_audit.render.words import Words
from osaid_audit.schema.base import ELEMENTS, FREEDOMS, Lang, Outcome, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import LicenseBlock
from osaid_audit.schema.report import Finding, FrameworkResult, Report

_MOST_PLACES = 4
_FEW_PLACES = 1
_WIDEST_CELL = 20
_EVIDENCE = 8
_VERDICT_STYLES: dict[str | None, Style] = {"conforms": "green", "does_not_conform": "red"}


def text(report: Report, lang: Lang, width: int | None, *, color: bool, hyperlinks: bool = False) -> str:
    """The report as text of at most `width` columns (60 to 200), addresses excepted.

    With `hyperlinks` a place itself leads to its address, which is then not written out.
    """
    phrases = Phrases(view(report), Words(lang))
    page = _Page(phrases, width, color=color, hyperlinks=hyperlinks)
    page.write()
    return "\n".join(page.lines) + "\n"


class _Page(layout.Lines):
    """Collects the lines of one report from top to bottom."""

    def __init__(self, phrases: Phrases, width: int | None, *, color: bool, hyperlinks: bool) -> None:
        super().__init__(width, color=color)
        self.say = phrases
        self.words = phrases.words
        self.view = phrases.view
        self.hyperlinks = hyperlinks

    def write(self) -> None:
        self._head()
        if self.view.main:
            self._matrix(self.view.main)
        else:
            self._others()
            self._informed()
        self._findings("section.blockers", self.view.blockers)
        self._steps()
        self._remaining()
        self._findings("section.errors", self.view.errors)
        self._findings("section.review", self.view.reviews)
        self._unsettled()
        self._findings("section.remarks", self._remarks(found=True))
        self._problems()
        self._license(self.view.report.license)
        self._lists()
        self._titles("section.passed", self.view.passed)
        self._titles("section.idle", self.view.idle)
        if self.view.main:
            self._others()
            self._informed()
        self._records()
        self._foot()

    # Small parts

    def _heading(self, key: str) -> None:
        self._line()
        self._line(self.words(key).upper(), style="bold")

    def _item(self, text: str) -> None:
        self._line(text, "  - ", "    ")

    def _named(self, rows: Sequence[tuple[str, str]], style: Style = "none") -> None:
        """Names in one column, values in the other."""
        names = min(max(layout.columns_of(name) for name, _ in rows), self.width // 3)
        before = ["", *(name for name, _ in rows)]
        cells = [
            (Styled("" if name == last else name, "dim"), Styled(value, style))
            for last, (name, value) in zip(before, rows, strict=False)
        ]
        self.lines += layout.table(cells, (names, self.width - names - 4), indent="  ", color=self.color)

    def _section(self, key: str, items: Iterable[str]) -> None:
        shown = list(items)
        if shown:
            self._heading(key)
            for item in shown:
                self._item(item)

    # Sections

    def _head(self) -> None:
        report, main = self.view.report, self.view.main
        self._line(self.say.sentence, style=_VERDICT_STYLES.get(main.verdict if main else None, "yellow"))
        if self.say.reason:
            self._line(self.say.reason)
        if self.say.provenance:
            self._line()
            self._line(" ".join(self.say.provenance), "! ", "  ", style="yellow")
        self._line()
        rows = []
        if self.say.norm:
            rows.append((self.words("meta.norm"), self.say.norm))
        if report.label:
            rows.append((self.words("label.title"), self.say.label(report.label)))
        rows += self._identity()
        self._named(rows)

    def _identity(self) -> list[tuple[str, str]]:
        subject = self.view.report.subject
        revision = f"@{plain(subject.revision)}" if subject.revision else ""
        rows = [(self.words("meta.subject"), f"{self.say.subject}{revision}")]
        if subject.id != subject.canonical_id:
            rows.append((self.words("meta.asked"), plain(subject.id)))
        source = self.words.name("source", subject.source)
        return [*rows, (self.words("meta.gathered"), f"{self.say.day}, {source}")]

    def _matrix(self, main: FrameworkResult) -> None:
        self._heading("section.matrix")
        label = max(_EVIDENCE, *(layout.columns_of(self.words(f"freedom.{freedom}")) for freedom in FREEDOMS))
        if self.width >= layout.DEFAULT_WIDTH:
            label = max(label, layout.columns_of(self.words("matrix.freedom")))
        cell = min(_WIDEST_CELL, (self.width - label - _EVIDENCE - 10) // 3)
        heads = self.say.elements(short=cell < _WIDEST_CELL)
        rows = [
            [
                Styled(head, "dim")
                for head in (self.words("matrix.freedom"), *heads, self.words("matrix.coverage"))
            ]
        ]
        for freedom, row in matrix(main).items():
            cells = [self._cell(row[element]) for element in ELEMENTS]
            coverage = Styled(self.say.coverage(main.freedoms.get(freedom)))
            rows.append([Styled(self.words(f"freedom.{freedom}")), *cells, coverage])
        totals = [Styled(self.say.coverage(main.elements.get(element))) for element in ELEMENTS]
        rows.append([Styled(self.words("matrix.coverage"), "dim"), *totals, Styled("")])
        widths = (label, cell, cell, cell, _EVIDENCE)
        self.lines += layout.table(rows, widths, indent="  ", color=self.color)
        self._line(self.words("matrix.note"), "  ", style="dim")

    def _cell(self, cell: Cell) -> Styled:
        shape, style = IN_TEXT[cell.outcome]
        return Styled(f"{shape}\u00a0{self.words(f'outcome.{cell.outcome}')}", style)

    def _findings(self, key: str, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        self._heading(key)
        for position, finding in enumerate(findings):
            if position:
                self._line()
            self._finding(finding)

    def _finding(self, finding: Finding) -> None:
        shape, style = IN_TEXT[finding.outcome]
        self._line(f"{self.say.answer(finding)} [{plain(finding.rule)}]", f"  {shape} ", "    ", style=style)
        self._line(self.say.say(finding.message), "    ")
        self._line(" · ".join(self.say.notes(finding)), "    ")
        if clauses := self.say.clauses(finding):
            self._line(
                self.words.pair(self.words("finding.clauses"), self.words("semicolon").join(clauses)), "    "
            )
        shown = places(finding.evidence)
        for item in shown[:_MOST_PLACES]:
            self._source(item.source)
        if len(shown) > _MOST_PLACES:
            self._line(self.words.count("finding.more", len(shown) - _MOST_PLACES), "    - ", "      ")

    def _unsettled(self) -> None:
        """Terms in full, since they decide most; the rest one line each: nothing found is nothing to cite."""
        terms = [finding for finding in self.view.unsettled if finding.topic == "license"]
        others = [finding for finding in self.view.unsettled if finding.topic != "license"]
        self._findings("section.open", terms)
        if terms and others:
            self._line()
        elif others:
            self._heading("section.open")
        self._brief((*others, *self._remarks(found=False)))

    def _brief(self, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        for finding in findings:
            shape, style = IN_TEXT[finding.outcome]
            aside = "" if finding.required else f" · {self.words('finding.optional')}"
            title = f"{self.say.say(finding.title)} [{plain(finding.rule)}]{aside}"
            self._line(title, f"  {shape} ", "    ", style=style)
        self._line(self.words("lead.brief"), "    ", style="dim")

    def _remarks(self, *, found: bool) -> tuple[Finding, ...]:
        """The remarks that stand on something, or those for which nothing was found."""
        nothing = Outcome.INSUFFICIENT_EVIDENCE
        return tuple(finding for finding in self.view.remarks if (finding.outcome is not nothing) == found)

    def _source(self, source: Source) -> None:
        quoted = f" {quote(self.words, source.quote)}" if source.quote else ""
        said, address = f"{place(self.words, source)}{quoted}", link(source)
        if address and self.hyperlinks:
            self.lines += layout.linked(said, self.width, "    - ", "      ", address)
            return
        self._line(said, "    - ", "      ")
        if address:
            self._line(address, "      ", style="dim")

    def _steps(self) -> None:
        steps = self.say.steps
        if not steps:
            return
        self._heading("section.next")
        for who, texts in steps:
            for text in texts:
                self._item(self.words.pair(who, text))

    def _remaining(self) -> None:
        left = self.say.remaining
        if left is None:
            return
        self._heading("section.takes")
        if self.say.remaining_lead:
            self._line(self.say.remaining_lead, "  ")
        for part in left.parts:
            self._item(self.say.remaining_part(part))

    def _problems(self) -> None:
        groups = self.view.problems
        if groups:
            self._heading("section.problems")
        for group in groups:
            self._item(f"{self.say.problem(group)}. {self.say.say(group[0].why)}")
            self._line(self.words("problem.next", next=self.say.say(group[0].next)), "    ")

    def _license(self, block: LicenseBlock) -> None:
        self._heading("section.license")
        self._named(self.say.terms.rows(block))

    def _lists(self) -> None:
        report = self.view.report
        self._lineage(report.lineage)
        self._section("section.datasets", map(self.say.terms.dataset, report.datasets))
        self._section("section.code", map(self.say.terms.code, report.code))

    def _lineage(self, lineage: Sequence[Hop]) -> None:
        """Each base a step further in than what was made from it."""
        if lineage:
            self._heading("section.lineage")
        for level, said in self.say.terms.hops(lineage):
            indent = "  " * min(level, self.width // 6)
            self._line(said, f"{indent}  - ", f"{indent}    ")

    def _titles(self, key: str, findings: Sequence[Finding]) -> None:
        self._section(key, (f"{self.say.say(f.title)} [{plain(f.rule)}]" for f in findings))

    def _others(self) -> None:
        others = self.view.others
        if others:
            self._line()
            self._line(self.say.others.upper(), style="bold")
        for result, findings in others:
            self._item(f"{self.say.other(result)}. {self.say.say(result.note)}")
            held = waiting(result)
            self._answers([finding for finding in findings if finding not in held])
            if held:
                self._line(self.words.pair(self.say.next_rung(result), ""), "    ")
                self._answers(held)

    def _answers(self, findings: Sequence[Finding]) -> None:
        for finding in findings:
            shape, _ = IN_TEXT[finding.outcome]
            self._line(f"{self.say.answer(finding)} [{plain(finding.rule)}]", f"    {shape} ", "      ")

    def _informed(self) -> None:
        """Questions and answers of frameworks without a verdict."""
        for result in self.view.informed:
            self._line()
            self._line(self.say.say(result.title).upper(), style="bold")
            self._line(self.say.say(result.note), "  ", style="dim")
            for title, findings in questions(result):
                self._line()
                if title:
                    self._line(self.say.say(title), "  ", style="bold")
                for finding in findings:
                    self._question(finding, result)

    def _question(self, finding: Finding, result: FrameworkResult) -> None:
        shape, style = IN_TEXT[finding.outcome]
        answer = f"{self.say.answer(finding, result)} [{plain(finding.rule)}]"
        self._line(answer, f"  {shape} ", "    ", style=style)
        self._line(self.say.say(finding.message), "    ")
        if marks := self.say.marks(finding, asked=False):
            self._line(" · ".join(marks), "    ")
        for item in places(finding.evidence)[:_FEW_PLACES]:
            self._source(item.source)
        if finding.remedy.user and finding.outcome in (Outcome.NOT_MET, Outcome.NEEDS_REVIEW):
            told = self.words.pair(self.words("finding.user"), self.say.say(finding.remedy.user))
            self._line(told, "    ", style="dim")

    def _records(self) -> None:
        report = self.view.report
        self._testimonies()
        if report.waivers:
            self._heading("section.waivers")
            self._line(self.words("lead.waivers"), "  ", style="dim")
            for each in report.waivers:
                self._item(self.say.record(each))
        self._section("section.opinions", map(self.say.opinion, report.opinions))

    def _testimonies(self) -> None:
        told = self.say.testimonies
        if told:
            self._heading("section.attestations")
            self._line(self.words("lead.attestations"), "  ", style="dim")
        for each in told:
            self._item(each.head)
            for statement in each.statements:
                self._line(statement.said, "    · ", "      ")
                for proof in statement.proofs:
                    self._line(proof.said, "        ")

    def _foot(self) -> None:
        self._section("section.limits", map(self.say.say, self.view.report.limits))
        self._line()
        if self.view.main:
            self._line(self.say.say(self.view.main.note), style="dim")
        self._line(self.say.notice, style="dim")

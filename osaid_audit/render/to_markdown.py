"""Report -> Markdown for an issue or a pull request comment."""

import re
from collections.abc import Iterable, Sequence

from osaid_audit.render.phrases import Phrases
from osaid_audit.render.places import link, place
from osaid_audit.render.safe import http_url, plain
from osaid_audit.render.shapes import IN_MARKDOWN
from osaid_audit.render.view import Cell, View, matrix, places, questions, view, waiting
from osaid_audit.render.words import Words
from osaid_audit.schema.base import ELEMENTS, Lang, Source
from osaid_audit.schema.report import Finding, FrameworkResult, Report

_MOST_PLACES = 4
_FEW_PLACES = 1
_SPECIAL = re.compile(r"[\\`*_\[\]|~$]")
_MENTION = re.compile(r"([@#])(?=\w)")
_ADDRESS = re.compile(r"(?i)(?:(:)/(?=/)|(www)\.)")
_LIST_START = re.compile(r"^(?:([-+=])|(\d+)([.)]))")
_TICKS = re.compile("`+")


def markdown(report: Report, lang: Lang) -> str:
    """The report as GitHub-flavoured Markdown, every foreign word in it escaped."""
    return "\n".join(_Page(Phrases(view(report), Words(lang))).write()) + "\n"


def escape(text: str) -> str:
    """A text that Markdown shows as it is: no mark, no HTML, no link, no mention, no issue reference."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _SPECIAL.sub(r"\\\g<0>", escaped)
    # A backslash does not stop a mention: it is looked for after rendering. A zero-width space does.
    escaped = _MENTION.sub(r"\1&#8203;", escaped)
    escaped = _ADDRESS.sub(lambda m: ":&#47;" if m[1] else f"{m[2]}&#46;", escaped)
    escaped = _LIST_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", escaped)
    return re.sub("^#", r"\\#", escaped)


def code(text: str) -> str:
    """A text as a code span, whatever backticks it has."""
    shown = plain(text) or "-"
    longest = max((len(run) for run in _TICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def linked(said: str, address: str | None) -> str:
    """A text, escaped, that leads to a checked address; without one the text alone."""
    return f"[{escape(said)}](<{address}>)" if address else escape(said)


def table_head(heads: Sequence[str]) -> list[str]:
    """The lines that begin a table."""
    return [table_row(heads), table_row(["---"] * len(heads))]


def table_row(cells: Sequence[str]) -> str:
    """One line of a table. No code span in a cell: a pipe would end the cell, and the span with it."""
    return f"| {' | '.join(cells)} |"


class _Page:
    """One report from top to bottom."""

    def __init__(self, phrases: Phrases) -> None:
        self.say = phrases
        self.words = phrases.words
        self.view: View = phrases.view
        self.report: Report = phrases.report

    def write(self) -> list[str]:
        report, view = self.report, self.view
        lines = [*self._head(), *(self._matrix(view.main) if view.main else [])]
        lines += [] if view.main else [*self._others(), *self._informed()]
        lines += self._findings("section.blockers", view.blockers)
        lines += self._section("section.next", self._steps())
        lines += self._remaining()
        lines += self._findings("section.errors", view.errors)
        lines += self._findings("section.review", view.reviews)
        lines += self._findings("section.open", view.unsettled)
        lines += self._findings("section.remarks", view.remarks)
        lines += self._section("section.problems", self._problems())
        rows = self.say.terms.rows(report.license)
        lines += self._section("section.license", (self._named(name, escape(said)) for name, said in rows))
        lines += self._lineage()
        lines += self._section("section.datasets", map(escape, map(self.say.terms.dataset, report.datasets)))
        lines += self._section("section.code", map(escape, map(self.say.terms.code, report.code)))
        lines += self._folded("section.passed", view.passed)
        lines += self._folded("section.idle", view.idle)
        lines += [*self._others(), *self._informed()] if view.main else []
        return [*lines, *self._foot()]

    def _head(self) -> list[str]:
        lines = [f"## {escape(self.say.sentence)}", ""]
        if self.say.provenance:
            title, body = self.say.provenance
            lines += [f"> **{escape(title)}** {escape(body)}", ""]
        if self.say.reason:
            lines += [escape(self.say.reason), ""]
        return [*lines, *(f"- {self._named(name, said)}" for name, said in self._identity())]

    def _named(self, name: str, said: str) -> str:
        return f"**{escape(self.words.pair(name, '').strip(' '))}** {said}"

    def _identity(self) -> list[tuple[str, str]]:
        subject, label = self.report.subject, self.report.label
        rows = []
        if self.say.norm:
            rows.append((self.words("meta.norm"), escape(self.say.norm)))
        if label:
            rows.append((self.words("label.title"), escape(self.say.label(label))))
        revision = f" {code(subject.revision)}" if subject.revision else ""
        model = linked(plain(subject.canonical_id), http_url(subject.url))
        rows.append((self.words("meta.subject"), f"{model}{revision}"))
        if subject.id != subject.canonical_id:
            rows.append((self.words("meta.asked"), code(subject.id)))
        read = f"{self.say.day}, {self.words.name('source', subject.source)}"
        return [*rows, (self.words("meta.gathered"), escape(read))]

    def _matrix(self, main: FrameworkResult) -> list[str]:
        heads = [self.words("matrix.freedom"), *self.say.elements(), self.words("matrix.coverage")]
        lines = ["", f"### {self.words('section.matrix')}", "", *table_head(heads)]
        for freedom, row in matrix(main).items():
            cells = [self._cell(row[element]) for element in ELEMENTS]
            coverage = self.say.coverage(main.freedoms.get(freedom))
            lines.append(table_row([f"**{self.words(f'freedom.{freedom}')}**", *cells, coverage]))
        totals = [self.say.coverage(main.elements.get(element)) for element in ELEMENTS]
        lines.append(table_row([self.words("matrix.coverage"), *totals, ""]))
        return [*lines, "", self.words("matrix.note")]

    def _cell(self, cell: Cell) -> str:
        return f"{IN_MARKDOWN[cell.outcome]} {self.words(f'outcome.{cell.outcome}')}"

    def _findings(self, key: str, findings: Sequence[Finding]) -> list[str]:
        lines = ["", f"### {self.words(key)}", ""] if findings else []
        for finding in findings:
            title = escape(self.say.answer(finding))
            lines.append(f"- {IN_MARKDOWN[finding.outcome]} **{title}** {code(finding.rule)}<br>")
            lines.append(f"  {escape(self.say.say(finding.message))}")
            notes = [*self.say.notes(finding), *self._clauses(finding)]
            lines += [f"  - {escape(note)}" for note in notes]
            shown = places(finding.evidence)
            lines += [f"  - {self._source(item.source)}" for item in shown[:_MOST_PLACES]]
            if len(shown) > _MOST_PLACES:
                lines.append(f"  - {escape(self.words.count('finding.more', len(shown) - _MOST_PLACES))}")
        return lines

    def _clauses(self, finding: Finding) -> list[str]:
        clauses = self.say.clauses(finding)
        return (
            [self.words.pair(self.words("finding.clauses"), self.words("semicolon").join(clauses))]
            if clauses
            else []
        )

    def _source(self, source: Source) -> str:
        said = linked(place(self.words, source), link(source))
        return f"{said} {code(source.quote)}" if source.quote else said

    def _section(self, key: str, items: Iterable[str]) -> list[str]:
        lines = [f"- {item}" for item in items]
        return ["", f"### {self.words(key)}", "", *lines] if lines else []

    def _lineage(self) -> list[str]:
        """A nested list: each base a step further in than what was made from it."""
        shown = self.say.terms.hops(self.report.lineage)
        lines = [f"{'  ' * level}- {escape(said)}" for level, said in shown]
        return ["", f"### {self.words('section.lineage')}", "", *lines] if lines else []

    def _steps(self) -> list[str]:
        return [self._named(who, escape(text)) for who, texts in self.say.steps for text in texts]

    def _remaining(self) -> list[str]:
        left, lead = self.say.remaining, self.say.remaining_lead
        if left is None:
            return []
        items = [f"- {escape(self.say.remaining_part(part))}" for part in left.parts]
        return ["", f"### {self.words('section.takes')}", "", *([escape(lead), ""] if lead else []), *items]

    def _testimonies(self) -> list[str]:
        told = self.say.testimonies
        if not told:
            return []
        lines = ["", f"### {self.words('section.attestations')}", "", self.words("lead.attestations"), ""]
        for each in told:
            lines.append(f"- {escape(each.head)}")
            for statement in each.statements:
                lines.append(f"  - {escape(statement.said)}")
                lines += [f"    - {linked(proof.said, proof.url)}" for proof in statement.proofs]
        return lines

    def _problems(self) -> list[str]:
        return [
            f"**{escape(self.say.problem(group))}** {escape(self.say.say(group[0].why))} "
            f"{escape(self.words('problem.next', next=self.say.say(group[0].next)))}"
            for group in self.view.problems
        ]

    def _folded(self, key: str, findings: Sequence[Finding]) -> list[str]:
        if not findings:
            return []
        count = self.words.count("lead.passed", len(findings))
        summary = f"<details><summary>{self.words.pair(self.words(key), count)}</summary>"
        items = [f"- {escape(self.say.say(f.title))} {code(f.rule)}" for f in findings]
        return ["", summary, "", *items, "", "</details>"]

    def _others(self) -> list[str]:
        """The norms beside the leading one, or all of them when none leads."""
        lines = []
        for result, findings in self.view.others:
            lines.append(f"{escape(self.say.other(result))}. {escape(self.say.say(result.note))}")
            found = waiting(result)
            lines += [
                f"{IN_MARKDOWN[f.outcome]} {escape(self.say.answer(f))}" for f in findings if f not in found
            ]
            if found:
                lines.append(escape(self.words.pair(self.say.next_rung(result), "").rstrip()))
                lines += [
                    f"{IN_MARKDOWN[f.outcome]} {escape(self.say.answer(f))} {code(f.rule)}" for f in found
                ]
        return ["", f"### {self.say.others}", "", *(f"- {line}" for line in lines)] if lines else []

    def _informed(self) -> list[str]:
        """Questions and answers of frameworks without a verdict."""
        lines = []
        for result in self.view.informed:
            lines += ["", f"### {escape(self.say.say(result.title))}", "", escape(self.say.say(result.note))]
            for title, findings in questions(result):
                lines += ["", f"#### {escape(self.say.say(title))}"] if title else []
                lines.append("")
                for finding in findings:
                    lines += self._question(finding, result)
        return lines

    def _question(self, finding: Finding, result: FrameworkResult) -> list[str]:
        answer = escape(self.say.answer(finding, result))
        lines = [f"- {IN_MARKDOWN[finding.outcome]} **{answer}** {code(finding.rule)}<br>"]
        lines.append(f"  {escape(self.say.say(finding.message))}")
        lines += [f"  - {escape(mark)}" for mark in self.say.marks(finding, asked=False)]
        lines += [f"  - {self._source(item.source)}" for item in places(finding.evidence)[:_FEW_PLACES]]
        return lines

    def _foot(self) -> list[str]:
        report, say = self.report, self.say
        lines = self._testimonies()
        if report.waivers:
            lines += ["", f"### {self.words('section.waivers')}", "", escape(self.words("lead.waivers")), ""]
            lines += [f"- {escape(say.record(each))}" for each in report.waivers]
        opinions = (
            f"{escape(say.opinion(o))} {linked(plain(o.url), http_url(o.url))}" for o in report.opinions
        )
        lines += self._section("section.opinions", opinions)
        lines += self._section("section.limits", map(escape, map(say.say, report.limits)))
        note = f"{escape(say.say(self.view.main.note))} " if self.view.main else ""
        return [*lines, "", f"_{note}{escape(say.notice)}_"]

"""Comparison -> Markdown for an issue or a pull request comment, every foreign word in it escaped."""

from collections.abc import Iterator

from osaid_audit.render.compare.spoken import Placed, Spoken
from osaid_audit.render.safe import plain
from osaid_audit.render.shapes import IN_MARKDOWN
from osaid_audit.render.to_markdown import code, escape, linked, table_head, table_row
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang, Outcome
from osaid_audit.schema.compare import Cell, Change, Comparison, Row


def markdown(found: Comparison, lang: Lang) -> str:
    """The comparison as GitHub-flavoured Markdown."""
    return "\n".join(_Page(Spoken(found, Words(lang))).write()) + "\n"


class _Page:
    """One comparison from top to bottom."""

    def __init__(self, spoken: Spoken) -> None:
        self.say = spoken
        self.words = spoken.words

    def write(self) -> Iterator[str]:
        found = self.say.found
        yield f"## {self.say.title}"
        yield ""
        for model in found.models:
            name = linked(self.say.model(model), self.say.url(model))
            yield f"- **{model.key}** {name} ({escape(self.say.about(model))})"
        yield from _section("", [f"⚠️ {escape(self.say.say(each))}" for each in found.cautions])
        better = (
            f"**{self.words(f'freedom.{each.freedom}')}** {escape(self.say.say(each.said))}"
            for each in found.better
        )
        yield from _section(self.words("compare.better"), list(better), self.words("compare.better.lead"))
        blocks = [
            f"**{model.key}** {escape(said)}" for model in found.models for said in self.say.blockers(model)
        ]
        yield from _section(self.words("compare.blocks"), blocks)
        yield from self._table()
        for change in found.changes:
            yield from self._change(change)
        yield from self._same()
        failed = [f"{code(each.asked)} {escape(plain(self.say.failed(each)))}" for each in found.failed]
        yield from _section(self.words("compare.failed"), failed)
        yield ""
        yield f"_{escape(self.say.say(found.notice))}_"

    def _table(self) -> Iterator[str]:
        keys = self.say.keys
        if len(keys) > 1:
            yield from ("", f"### {self.words('compare.differ')}", "")
            if self.say.differing:
                yield from table_head([self.words("compare.what"), *keys])
                yield from (self._row(row) for row in self.say.differing)
            else:
                yield self.words("compare.differ.none")

    def _row(self, row: Row) -> str:
        rule = f" {code(row.id)}" if row.kind == "requirement" else ""
        name = f"{escape(self.say.say(row.title))}{rule.replace('|', '&#124;')}"
        return table_row([name, *map(self._cell, row.cells.values())])

    def _cell(self, cell: Cell) -> str:
        said, tone = escape(self.say.cell(cell)), self.say.tone(cell)
        return said if tone is Outcome.NOT_APPLICABLE else f"{IN_MARKDOWN[tone]} {said}"

    def _change(self, change: Change) -> Iterator[str]:
        lines = []
        for fact in change.facts:
            lines.append(escape(self.say.fact(fact)))
            for key, placed in self.say.sources(change, fact):
                lines.append(f"  - {key}: {', '.join(map(_placed, placed))}")
        heading = escape(self.say.changed(change))
        yield from ("", f"### {heading}", "")
        for line in lines or [self.words("compare.changed.none")]:
            yield line if line.startswith("  - ") else f"- {line}"

    def _same(self) -> Iterator[str]:
        if self.say.same and len(self.say.keys) > 1:
            yield from ("", f"<details><summary>{self.words('compare.same')}</summary>", "")
            for said, rows in self.say.same:
                yield f"- {escape(self.say.alike(said, rows))}"
            yield from ("", "</details>")


def _section(heading: str, items: list[str], lead: str = "") -> Iterator[str]:
    if items:
        yield ""
        if heading:
            yield from (f"### {heading}", "")
        if lead:
            yield from (lead, "")
        yield from (f"- {item}" for item in items)


def _placed(placed: Placed) -> str:
    return linked(placed.said, placed.url)

"""Comparison -> plain text for a terminal: a table where there is room, else one line a model."""

from osaid_audit.render import layout
from osaid_audit.render.compare.spoken import Spoken
from osaid_audit.render.layout import Styled
from osaid_audit.render.safe import plain
from osaid_audit.render.shapes import IN_TEXT
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang, Outcome
from osaid_audit.schema.compare import Cell, Change, Comparison, Row

_LEAST_CELL, _MOST_CELL, _LEAST_NAME = 14, 30, 30


def text(found: Comparison, lang: Lang, width: int | None, *, color: bool) -> str:
    """The comparison as text of at most `width` columns (60 to 200), links excepted."""
    page = _Page(Spoken(found, Words(lang)), width, color=color)
    page.write()
    return "\n".join(page.lines) + "\n"


class _Page(layout.Lines):
    """Collects the lines from top to bottom."""

    def __init__(self, spoken: Spoken, width: int | None, *, color: bool) -> None:
        super().__init__(width, color=color)
        self.say = spoken
        self.words = spoken.words

    def write(self) -> None:
        found = self.say.found
        self._line(self.say.title, style="bold")
        for model in found.models:
            self._line(self.say.model(model), f"  {model.key}  ", "     ")
            self._line(self.say.about(model), "     ", style="dim")
        for caution in found.cautions:
            self._line(self.say.say(caution), "! ", "  ", style="yellow")
        self._better()
        self._blocks()
        self._differing()
        for change in found.changes:
            self._change(change)
        self._same()
        self._failed()
        self._line()
        self._line(self.say.say(found.notice), style="dim")

    def _heading(self, said: str, kept: str = "") -> None:
        """A heading in capitals, but for a name in it that somebody may copy."""
        self._line()
        shouted = said.upper()
        self._line(shouted.replace(kept.upper(), kept) if kept else shouted, style="bold")

    def _better(self) -> None:
        if self.say.found.better:
            self._heading(self.words("compare.better"))
            self._line(self.words("compare.better.lead"), "  ", style="dim")
            for each in self.say.found.better:
                name = self.words(f"freedom.{each.freedom}")
                self._line(self.words.pair(name, self.say.say(each.said)), "  - ", "    ")

    def _blocks(self) -> None:
        if any(model.blockers for model in self.say.found.models):
            self._heading(self.words("compare.blocks"))
            for model in self.say.found.models:
                for said in self.say.blockers(model):
                    self._line(said, f"  {model.key}  ", "     ")

    def _differing(self) -> None:
        keys = self.say.keys
        if len(keys) < 2:  # noqa: PLR2004 - one model differs from nothing
            return
        self._heading(self.words("compare.differ"))
        rows = self.say.differing
        if not rows:
            self._line(self.words("compare.differ.none"), "  ")
            return
        cell = (self.width - 2 - _LEAST_NAME) // len(keys) - 2
        if cell >= _LEAST_CELL:
            self._table(rows, keys, min(cell, _MOST_CELL))
        else:
            for row in rows:
                self._stacked(row)

    def _table(self, rows: list[Row], keys: tuple[str, ...], cell: int) -> None:
        name = self.width - 2 - len(keys) * (cell + 2)
        head = [Styled("", "none"), *(Styled(key, "bold") for key in keys)]
        body = [
            [Styled(self.say.name(row)), *(self._cell(row.cells[key]) for key in keys if key in row.cells)]
            for row in rows
        ]
        widths = (name, *(cell for _ in keys))
        self.lines += layout.table([head, *body], widths, indent="  ", color=self.color)

    def _cell(self, cell: Cell) -> Styled:
        """A value in the shape and colour of its outcome; one that is no outcome, as it is."""
        said, tone = self.say.cell(cell), self.say.tone(cell)
        if tone is Outcome.NOT_APPLICABLE:
            return Styled(said)
        shape, style = IN_TEXT[tone]
        return Styled(f"{shape} {said}", style)

    def _stacked(self, row: Row) -> None:
        self._line(self.say.name(row), "  ", "  ", style="bold")
        for key, cell in row.cells.items():
            shown = self._cell(cell)
            self._line(shown.text, f"    {key}  ", "       ", style=shown.style)

    def _change(self, change: Change) -> None:
        self._heading(self.say.changed(change), self.say.changed_id(change))
        if not change.facts:
            self._line(self.words("compare.changed.none"), "  ")
        for fact in change.facts:
            self._line(self.say.fact(fact), "  - ", "    ")
            for key, placed in self.say.sources(change, fact):
                self._line(
                    self.words(
                        "compare.changed.where",
                        model=key,
                        places=self.words("semicolon").join(p.said for p in placed),
                    ),
                    "    ",
                    style="dim",
                )

    def _same(self) -> None:
        same = self.say.same
        if same and len(self.say.keys) > 1:
            self._heading(self.words("compare.same"))
            for said, rows in same:
                self._line(self.say.alike(said, rows), "  - ", "    ")

    def _failed(self) -> None:
        if self.say.found.failed:
            self._heading(self.words("compare.failed"))
            for failed in self.say.found.failed:
                said = self.words.pair(plain(failed.asked), plain(self.say.failed(failed)))
                self._line(said.strip(), "  - ", "    ")

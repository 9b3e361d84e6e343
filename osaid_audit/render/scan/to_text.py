"""ScanReport -> plain text for a terminal."""

from collections.abc import Sequence

from osaid_audit.render import layout
from osaid_audit.render.layout import Style, Styled
from osaid_audit.render.safe import plain
from osaid_audit.render.scan.model import Model, Place
from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.scan.say import Charge, Say
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang
from osaid_audit.schema.scan import Reference, ScanReport

_MOST_PLACES = 6
_MOST_LISTED = 30
_BETWEEN = 6
"""Columns of a row that are no text: the indent, and what stands between its three cells."""
_SHAPES: dict[str, tuple[str, Style]] = {
    "fails": ("✗", "red"),
    "unaudited": ("#", "red"),
    "accepted": ("~", "yellow"),
    "passes": ("✓", "green"),
    "remark": ("-", "none"),
    "error": ("✗", "red"),
    "warning": ("!", "yellow"),
    "note": ("-", "dim"),
}


def scan_text(
    scan: ScanReport, lang: Lang, width: int | None, *, color: bool, hyperlinks: bool = False
) -> str:
    """The scan as text of at most `width` columns (60 to 200), addresses excepted.

    With `hyperlinks` what is held against a model leads to its address, which is then not written out.
    """
    say = Say(Overview(scan), Words(lang))
    page = _Page(say, width, color=color, hyperlinks=hyperlinks)
    page.write()
    return "\n".join(map(_no_command, page.lines)) + "\n"


def _no_command(line: str) -> str:
    """A line that a CI runner does not take for one of its commands: foreign words may stand first in it."""
    if line.lstrip().startswith("::"):
        line = line.replace("::", ": ", 1)
    return line.replace("##[", "# [")


class _Page(layout.Lines):
    """Collects the lines of one scan from top to bottom."""

    def __init__(self, say: Say, width: int | None, *, color: bool, hyperlinks: bool) -> None:
        super().__init__(width, color=color)
        self.say = say
        self.words = say.words
        self.overview = say.overview
        self.scan = say.scan
        self.hyperlinks = hyperlinks

    def write(self) -> None:
        self._head()
        if self.scan.audited:
            self._models()
            self._notes()
        else:
            self._references()
        self._loose_ends()
        self._foot()

    # Small parts

    def _section(self, key: str, items: Sequence[str], most: int | None = _MOST_LISTED) -> None:
        if not items:
            return
        self._line()
        self._line(self.words(key).upper(), style="bold")
        for item in items[:most]:
            self._line(item, "  - ", "    ")
        if more := len(items[most:]) if most else 0:
            self._line(self.words("scan.more.json", n=more), "    ", style="dim")

    # Sections

    def _head(self) -> None:
        self._line(self.say.verdict, style=self._head_style())
        for aside in self.say.asides:
            self._line(aside)
        for line in self.say.basis:
            self._line(line, style="dim")

    def _head_style(self) -> Style:
        if not self.scan.audited:
            return "bold"
        if any(alert.gates for alert in self.overview.alerts):
            return "red"
        sure = self.overview.judged and not self.say.asides and not self.say.nothing_asked
        return "green" if sure else "yellow"

    def _models(self) -> None:
        quiet = []
        for model in self.overview.models:
            if model.state == "passes" and not model.alerts:
                quiet.append(model)
            else:
                self._model(model)
        if quiet:
            self._line()
            key = "unasked" if self.say.nothing_asked else "passes"
            self._line(self.words(f"scan.section.{key}").upper(), style="bold")
            self._passes(quiet)

    def _model(self, model: Model) -> None:
        shape, style = _SHAPES[model.state]
        self._line()
        self._line(self.say.heading(model), f"{shape} ", "  ", style=style)
        for line in self._where(model.places):
            self._line(line, "  ", "    ", style="dim")
        if label := self.say.label_line(model):
            self._line(label, "  ", "    ")
        for charge in self.say.charges(model):
            self._charge(charge, model)

    def _where(self, places: Sequence[Place]) -> list[str]:
        shown = [plain(place.said) for place in places[:_MOST_PLACES]]
        more = len(places) - len(shown)
        return [*shown, self.words("scan.more", n=more)] if more > 0 else shown

    def _charge(self, charge: Charge, model: Model) -> None:
        alert = charge.alert
        standing = self.say.standing(alert)
        shape, style = _SHAPES["accepted" if alert.accepted else alert.level]
        aside = f" · {standing}" if standing else ""
        title, first = f"{self.say.title(alert)}{aside}", f"  {shape} "
        address = self.say.link(alert)
        led = address if address and self.hyperlinks else ""
        for line in layout.linked(title, self.width, first, "    ", led):
            self.lines.append(layout.paint(line, style, color=self.color))
        self._line(self.say.text(alert.message), "    ")
        if accepted := self.say.acceptance(alert):
            self._line(accepted, "    ")
        if charge.places and charge.places != model.places:
            self._line(", ".join(self._where(charge.places)), "    ", style="dim")
        if step := self.say.next(alert):
            self._line(step, "    ")
        if address and not self.hyperlinks:
            self._line(address, "    ", style="dim")

    def _passes(self, models: Sequence[Model]) -> None:
        """One row each: the model, its label, the first place; below each other where a row has no room."""
        shape, style = _SHAPES["remark" if self.say.nothing_asked else "passes"]
        rows = [
            [
                Styled(f"{shape} {self.say.model(model)}", style),
                Styled(self.say.label(model)),
                Styled(self._first_place(model), "dim"),
            ]
            for model in models
        ]
        widths = [max(layout.columns_of(row[n].text) for row in rows) for n in range(3)]
        if sum(widths) + _BETWEEN <= self.width:
            self.lines += layout.table(rows, widths, indent="  ", color=self.color)
            return
        for name, label, where in rows:
            self._stacked(name, label.text, where.text)

    def _stacked(self, name: Styled, label: str, where: str) -> None:
        """The model, then its label and place; a commit that has no room beside the id goes with these."""
        below = [label, where]
        shown, at, rest = name.text.partition(" @")
        if layout.columns_of(name.text) + 2 > self.width and at:
            name, below = Styled(shown, name.style), [f"@{rest}", *below]
        self._line(name.text, "  ", "    ", style=name.style)
        below = list(filter(None, below))
        line = " · ".join(below)
        fits = layout.columns_of(line) + 4 <= self.width
        for each in [line] if fits and line else below:
            self._line(each, "    ", style="dim")

    def _first_place(self, model: Model) -> str:
        if not model.places:
            return ""
        more = len(model.places) - 1
        first = plain(model.places[0].said)
        return f"{first} {self.words('scan.more', n=more)}" if more else first

    def _notes(self) -> None:
        overview = self.overview
        self._section("scan.section.perhaps", [self._referred(each) for each in overview.perhaps])
        self._section("scan.section.datasets", [self._referred(each) for each in overview.datasets])

    def _references(self) -> None:
        """All of them: they are what was asked for."""
        named = [self._referred(each) for each in self.scan.references]
        self._section("scan.section.references", named, most=None)

    def _referred(self, each: Reference) -> str:
        return f"{plain(self.overview.at(each).said)} {self.say.reference(each)}"

    def _loose_ends(self) -> None:
        scan = self.scan
        places = [
            f"{plain(self.overview.spot(each.file, each.line).said)} {self.say.unresolved(each)}"
            for each in scan.unresolved
        ]
        self._section("scan.section.unresolved", places)
        self._section("scan.section.skipped", [self.say.skipped(each) for each in scan.skipped])

    def _foot(self) -> None:
        self._section("section.waivers", [self.say.waiver(each) for each in self.scan.waivers])
        self._section("scan.section.limits", self.say.limits)
        self._line()
        self._line(self.say.made_by, style="dim")
        self._line(self.say.notice, style="dim")

"""ScanReport -> Markdown for a comment on a pull request or the summary of a CI job.

A forge cuts or refuses what is too long, so the text is built of whole blocks up to a limit, and says
how many are left out.
"""

from collections.abc import Iterable

from osaid_audit.render.safe import http_url, plain
from osaid_audit.render.scan.model import Model, State
from osaid_audit.render.scan.overview import Overview
from osaid_audit.render.scan.say import Charge, Say
from osaid_audit.render.shapes import IN_MARKDOWN
from osaid_audit.render.to_markdown import code, escape, linked, table_head, table_row
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS, Lang
from osaid_audit.schema.scan import ScanReport

MARK = "<!-- osaid-audit scan -->"
"""First line: by it a later run finds its own comment and replaces it."""
_MOST_PLACES = 5
_MOST_LISTED = 30
_STATES: dict[State, str] = {"fails": "❌", "unaudited": "⚠️", "accepted": "☑️", "passes": "✅", "remark": "💬"}
_UNASKED = "⚪"
_LEVELS = {"error": "❌", "warning": "🔎", "note": "💬"}
_ROOM = 600
"""Bytes kept for the lines that say what was left out."""
_LONGEST_ITEM = 1_000
_TABLE_SHARE = 0.5
_DETAILS_SHARE = 0.9


def scan_markdown(scan: ScanReport, lang: Lang, limit: int) -> str:
    """The scan as GitHub-flavoured Markdown of at most `limit` UTF-8 bytes, every foreign word escaped."""
    page = _Page(Say(Overview(scan), Words(lang)), limit)
    page.write()
    return "\n".join(page.lines) + "\n"


class _Page:
    """Collects whole blocks from top to bottom as long as there is room."""

    def __init__(self, say: Say, limit: int) -> None:
        self.say = say
        self.words = say.words
        self.overview = say.overview
        self.scan = say.scan
        self.limit = limit
        self.used = 0
        self.cut = False
        self.lines: list[str] = []

    def write(self) -> None:
        foot = self._foot()
        self.limit -= _size(foot) + _ROOM
        self._add(self._head())
        if self.scan.audited:
            self._table(self.overview.judged)
            self._details([model for model in self.overview.models if model.alerts])
        self._lists()
        self.lines += foot

    # Room

    def _add(self, block: list[str], share: float = 1.0) -> bool:
        """Whether there was room for a block: all of it, or nothing."""
        size = _size(block)
        if self.used + size > self.limit * share:
            return False
        self.lines += block
        self.used += size
        return True

    def _leave_out(self, n: int) -> None:
        if n:
            self.lines += ["", escape(self.words.count("scan.left_out", n))]

    # Parts

    def _head(self) -> list[str]:
        lines = [MARK, f"### {self.words('scan.title')}", "", f"**{escape(self.say.verdict)}**", ""]
        return [*lines, *(f"- {escape(each)}" for each in (*self.say.asides, *self.say.basis))]

    def _table(self, models: tuple[Model, ...]) -> None:
        if not models:
            return
        freedoms = [self.words(f"freedom.{freedom}") for freedom in FREEDOMS]
        heads = [self.words("scan.head.model"), self.words("scan.head.label"), *freedoms]
        heads.append(self.words("scan.head.where"))
        self._add(["", *table_head(heads)])
        shown = 0
        for model in models:
            if not self._add([self._row(model)], _TABLE_SHARE):
                break
            shown += 1
        self._leave_out(len(models) - shown)

    def _row(self, model: Model) -> str:
        name = linked(self.say.model(model), http_url(model.report.subject.url) if model.report else None)
        outcomes = self.say.freedoms(model)
        freedoms = [f"{IN_MARKDOWN[o]} {self.words(f'outcome.{o}')}" if o else "-" for o in outcomes]
        state = f"{self._shape(model)} {name}<br>{escape(self.say.state(model))}"
        return table_row([state, escape(self.say.label(model)) or "-", *freedoms, self._where(model)])

    def _shape(self, model: Model) -> str:
        unasked = model.state == "passes" and self.say.nothing_asked
        return _UNASKED if unasked else _STATES[model.state]

    def _where(self, model: Model) -> str:
        shown = [escape(plain(place.said)) for place in model.places[:_MOST_PLACES]]
        more = len(model.places) - len(shown)
        shown += [escape(self.words("scan.more", n=more))] if more > 0 else []
        return "<br>".join(shown) or "-"

    def _details(self, models: list[Model]) -> None:
        """One fold per model; what gates is open, so that it is read."""
        if not models:
            return
        self._add(["", f"#### {escape(self.words('scan.section.details'))}"])
        for at, model in enumerate(models):
            if not self._add(self._detail(model), _DETAILS_SHARE):
                self._leave_out(len(models) - at)
                return

    def _detail(self, model: Model) -> list[str]:
        gating = any(alert.gates for alert in model.alerts)
        opened = " open" if gating and len(self.overview.judged) == 1 else ""
        summary = (
            f"<details{opened}><summary>{self._shape(model)} {escape(self.say.heading(model))}</summary>"
        )
        lines = ["", summary, ""]
        if label := self.say.label_line(model):
            lines += [escape(label), ""]
        for charge in self.say.charges(model):
            lines += self._charge(charge)
        return [*lines, "", "</details>"]

    def _charge(self, charge: Charge) -> list[str]:
        alert = charge.alert
        shape = _STATES["accepted"] if alert.accepted else _LEVELS[alert.level]
        standing = self.say.standing(alert)
        aside = f" · {escape(standing)}" if standing else ""
        lines = [f"- {shape} **{escape(self.say.text(alert.title))}** {code(alert.check)}{aside}<br>"]
        lines.append(f"  {linked(self.say.text(alert.message), http_url(alert.url))}")
        accepted = self.say.acceptance(alert)
        lines += [f"  - {escape(accepted)}"] if accepted else []
        places = [escape(plain(place.said)) for place in charge.places[:_MOST_PLACES]]
        more = len(charge.places) - len(places)
        places += [escape(self.words("scan.more", n=more))] if more > 0 else []
        lines += [f"  - {', '.join(places)}"] if places else []
        return [*lines, f"  - {escape(self.say.next(alert))}"] if alert.next else lines

    def _lists(self) -> None:
        scan, overview, say = self.scan, self.overview, self.say
        named = overview.perhaps if scan.audited else scan.references
        key = "scan.section.perhaps" if scan.audited else "scan.section.references"
        self._fold(key, (f"{overview.at(r).said} {say.reference(r)}" for r in named))
        unresolved = (f"{overview.spot(u.file, u.line).said} {say.unresolved(u)}" for u in scan.unresolved)
        self._fold("scan.section.unresolved", unresolved)
        if scan.audited:
            datasets = (f"{overview.at(r).said} {say.reference(r)}" for r in overview.datasets)
            self._fold("scan.section.datasets", datasets)
        self._fold("scan.section.skipped", map(say.skipped, scan.skipped))
        self._fold("section.waivers", map(say.waiver, scan.waivers))
        self._fold("scan.section.limits", say.limits)

    def _fold(self, key: str, items: Iterable[str]) -> None:
        held = list(items)
        if not held:
            return
        summary = self.words.pair(self.words(key), str(len(held)))
        lines = ["", f"<details><summary>{escape(summary)}</summary>", ""]
        lines += [f"- {escape(plain(item, _LONGEST_ITEM))}" for item in held[:_MOST_LISTED]]
        if len(held) > _MOST_LISTED:
            lines.append(f"- {escape(self.words('scan.more.json', n=len(held) - _MOST_LISTED))}")
        if not self._add([*lines, "", "</details>"]) and not self.cut:
            self.lines += ["", escape(self.words("scan.cut"))]
            self.cut = True

    def _foot(self) -> list[str]:
        return ["", f"_{escape(self.say.made_by)}. {escape(self.say.notice)}_"]


def _size(lines: list[str]) -> int:
    return sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)

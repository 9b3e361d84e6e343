"""Rows -> one HTML page that reads, filters and prints without scripts and asks nobody for anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from osaid_audit.render.choice import language
from osaid_audit.render.figures import Numbers, Piece, pieces
from osaid_audit.render.page import RUNGS
from osaid_audit.render.safe import http_url, plain, prose
from osaid_audit.render.sheets import fill
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Outcome, Text
from osaid_audit.schema.index import Row
from osaid_audit.schema.licenses import UNIDENTIFIED

KINDS = (*reversed(RUNGS), "undetermined", "other", "failed")
"""How the page sorts its rows: the rungs from the top down, what is on none of them, what was not audited."""
_LONGEST = 80
"""Characters of a license; an id of the Hub has at most 96, and hostile ones are cut there."""
_LONGEST_ID = 96
_LONGEST_LINK = 1000
_FIGURES = 7
"""Of a commit, as git shortens it."""
_TONES: dict[str | None, Outcome] = {
    "conforms": Outcome.MET,
    "does_not_conform": Outcome.NOT_MET,
    "undetermined": Outcome.INSUFFICIENT_EVIDENCE,
}
"""The shape beside a verdict; a rung that leads bears none."""
_VERDICTS = {
    "conforms": "page.conforms",
    "undetermined": "verdict.undetermined",
    "does_not_conform": "verdict.does_not_conform",
}


def index_page(rows: Sequence[Row], lang: str, links: Mapping[str, str]) -> str:
    """One page with a line for each row, in the order given.

    links  where the report of a model is: a path relative to the page, or an http(s) address, by
           the row (`#m1` is the first), `id@revision` or `id`; anything else is no link
    Raises UsageError for an unknown language.
    """
    return fill("index.html", "many.css", language(lang), page=Index(rows, Words(language(lang)), links))


@dataclass(frozen=True)
class Line:
    """One model as the page shows it; `at` is the name of its row on the page."""

    at: str
    id: str
    url: str | None
    commit: str
    kind: str
    label: str
    at_most: str
    tone: Outcome | None
    verdict_id: str
    verdict: str
    license: str
    blocking: str
    inherited: str
    unread: str
    problem: str


@dataclass(frozen=True)
class Pick:
    """One label that the rows can be narrowed to."""

    kind: str
    said: str
    n: str
    share: str
    bar: tuple[Piece, ...]


@dataclass(frozen=True)
class Listing:
    """The models once more, in another order: groups of them with a heading each, or one without."""

    title: str
    groups: list[tuple[str, list[Line]]]


class Index:
    """The page as the template sees it."""

    def __init__(self, rows: Sequence[Row], words: Words, links: Mapping[str, str]) -> None:
        self._words = words
        self.numbers = Numbers(words.lang)
        self.lines = [self._line(f"m{n}", row, links) for n, row in enumerate(rows, 1)]

    @property
    def title(self) -> str:
        """How many models there are."""
        return self._words.count("index.title", len(self.lines), told=self.all)

    @property
    def all(self) -> str:
        """The number of rows."""
        return self.numbers.whole(len(self.lines))

    @property
    def picks(self) -> list[Pick]:
        """The labels that occur, each with its count and its share."""
        counts = {kind: sum(line.kind == kind for line in self.lines) for kind in KINDS}
        return [self._pick(kind, n) for kind, n in counts.items() if n]

    def _pick(self, kind: str, n: int) -> Pick:
        whole = len(self.lines)
        shown = self.numbers.percent(n, whole)
        return Pick(kind, self._kind(kind), self.numbers.whole(n), shown, pieces([(kind, n)], whole))

    def _kind(self, kind: str) -> str:
        own = kind in {"other", "failed"}
        return self._words(f"index.{kind}") if own else self._words(f"rung.{kind}")

    @property
    def verdicts(self) -> list[tuple[str, str]]:
        """How many models have which verdict; rungs are counted as labels, and on whose word stands below."""
        counts = {name: sum(line.verdict_id == name for line in self.lines) for name in _VERDICTS}
        return [
            (_capital(self._words(key)), self.numbers.whole(counts[name]))
            for name, key in _VERDICTS.items()
            if counts[name]
        ]

    @property
    def listings(self) -> list[Listing]:
        """The models by name, by label and by license."""
        nameless = self._words("index.no_license")
        return [
            Listing(self._words("index.by_name"), self._grouped(lambda _: "")),
            Listing(self._words("index.by_label"), self._grouped(lambda line: self._kind(line.kind), KINDS)),
            Listing(self._words("index.by_license"), self._grouped(lambda line: line.license or nameless)),
        ]

    def _grouped(self, key: Callable[[Line], str], order: Sequence[str] = ()) -> list[tuple[str, list[Line]]]:
        """The lines under their headings, both sorted; a heading of `order` stands where that has it."""
        places = {self._kind(kind): at for at, kind in enumerate(order)}

        def place(line: Line) -> tuple[int, str, str]:
            name = key(line)
            return places.get(name, 0), name.casefold(), name

        ordered = sorted(self.lines, key=lambda line: (*place(line), line.id.casefold()))
        return [(name[2], list(group)) for name, group in groupby(ordered, place)]

    def _line(self, at: str, row: Row, links: Mapping[str, str]) -> Line:
        kind = _kind_of(row)
        differs = row.label_at_most and row.label_at_most != row.label
        return Line(
            at=at,
            id=plain(row.id, _LONGEST_ID),
            url=_href(links.get(f"#{at}") or links.get(f"{row.id}@{row.revision}") or links.get(row.id)),
            commit=plain(row.revision[:_FIGURES]) if row.revision else "",
            kind=kind,
            label=self._label(row),
            at_most=self._words.name("rung", row.label_at_most or "") if differs else "",
            tone=_TONES.get(row.verdict),
            verdict_id=row.verdict or "",
            verdict=_capital(self._say(row.verdict_title) or plain(row.verdict or "", _LONGEST)),
            license=self._license(row.license),
            blocking=self._say(row.blocking),
            inherited=plain(row.inherited or "", _LONGEST_ID),
            unread=self._say(row.unread),
            problem=self._say(row.problem),
        )

    def _label(self, row: Row) -> str:
        return self._say(row.label_title) or self._words.name("rung", row.label or "")

    def _license(self, license_id: str | None) -> str:
        """The license; what stands for terms that nobody identified is said in words."""
        return plain(license_id or "", _LONGEST).replace(UNIDENTIFIED, self._words("license.unidentified"))

    def _say(self, text: Text | None) -> str:
        return prose(self._words.say(text)) if text else ""


def _kind_of(row: Row) -> str:
    if row.problem:
        return "failed"
    return row.label if row.label in KINDS[:-2] else "other"


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _href(link: str | None) -> str | None:
    """An address, or a path beside or below the page; nothing that could lead or do something else."""
    if not link or len(link) > _LONGEST_LINK:
        return None
    if link.startswith(("http://", "https://")):
        return http_url(link)
    if link.startswith("/") or "\\" in link or not link.isprintable():
        return None
    return quote(link, safe="/-._~")

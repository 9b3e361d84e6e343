"""Report -> one HTML page that reads and prints without scripts and asks nobody for anything."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from osaid_audit import resources
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.places import language, link, place, value
from osaid_audit.render.read import MARK
from osaid_audit.render.safe import http_url, plain
from osaid_audit.render.to_json import report_json, reports_json
from osaid_audit.render.view import Cell, View, matrix, places, questions, view, waiting
from osaid_audit.render.words import Words
from osaid_audit.schema.base import ELEMENTS, Element, Freedom, Lang, Outcome, Problem
from osaid_audit.schema.report import Finding, FrameworkResult, Group, Report

if TYPE_CHECKING:
    import jinja2

RUNGS = (
    "not-available",
    "no-license",
    "weights-available",
    "open-weights",
    "open-source-ai",
    "open-source-ai-with-open-data",
)
_TONES: dict[str | None, Outcome] = {"conforms": Outcome.MET, "does_not_conform": Outcome.NOT_MET}


def html(reports: Sequence[Report], lang: Lang) -> str:
    """One page with all reports; with an index first when there are not exactly one."""
    from markupsafe import Markup  # noqa: PLC0415 - heavy, and only HTML needs it

    words = Words(lang)
    many = len(reports) != 1
    pages = [Page(Phrases(view(r), words), f"r{n}-" if many else "") for n, r in enumerate(reports, 1)]
    title = words.count("page.many", len(pages)) if many else pages[0].title
    style = _style()
    document = reports_json(reports) if many else report_json(reports[0])
    template = _environment(lang).get_template("report.html")
    return template.render(
        pages=pages,
        many=many,
        title=title,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=style_hash(style),
        data=Markup(MARK + _embedded(document) + "</script>"),  # noqa: S704 - no `<` is left in it
    )


def style_hash(style: str) -> str:
    """The hash by which a content security policy lets this style through."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _embedded(document: str) -> str:
    """JSON that cannot end its script element; the same value when read again."""
    return document.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _read(name: str) -> str:
    return (resources.data("templates") / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _style() -> str:
    return _read("style.css")


@lru_cache(maxsize=2)
def _environment(lang: Lang) -> "jinja2.Environment":
    import jinja2  # noqa: PLC0415 - heavy, and only HTML needs it

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = Words(lang)
    environment.globals |= {
        "lang": lang,
        "t": words,
        "count": words.count,
        "plain": plain,
        "http_url": http_url,
        "link": link,
        "language": language,
        "places": places,
        "questions": questions,
        "waiting": waiting,
        "place": partial(place, words),
        "value": partial(value, words),
    }
    return environment


@dataclass(frozen=True)
class Rung:
    """A step of the ladder and where it stands: reached, possible, at_most or excluded; `said` if shown."""

    title: str
    state: str
    said: bool


@dataclass(frozen=True)
class Row:
    """One freedom of the matrix."""

    freedom: Freedom
    group: Group | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """One element of the matrix."""

    id: Element
    group: Group | None


class Page:
    """One audit as the template sees it; `prefix` keeps the anchors of several audits apart."""

    def __init__(self, say: Phrases, prefix: str) -> None:
        self.say = say
        self.view: View = say.view
        self.report: Report = say.report
        self.prefix = prefix
        main = self.view.main
        undecided = Outcome.INSUFFICIENT_EVIDENCE if say.judged_at_all else Outcome.NOT_APPLICABLE
        self.tone_outcome = _TONES.get(main.verdict if main else None, undecided)
        self.tone = f"o-{self.tone_outcome}"
        findings = chain(main.findings if main else (), *(extra for _, extra in self.view.others))
        self._anchors = {finding.rule: f"{prefix}f{n}" for n, finding in enumerate(findings, 1)}

    @property
    def title(self) -> str:
        """The title of the window."""
        return self.say.words("page.title", subject=self.say.subject, verdict=self.say.verdict)

    @property
    def headline(self) -> str:
        """The verdict with a capital letter."""
        verdict = self.say.verdict
        return verdict[:1].upper() + verdict[1:]

    @property
    def norm(self) -> str:
        """The leading norm and which reading of it."""
        return self.say.norm or self.say.words("section.informed")

    def anchor(self, finding: Finding, result: FrameworkResult | None = None) -> str:
        """The id of a finding on the page; those of an informative framework apart from the rest."""
        if result is not None:
            return f"{self.prefix}{plain(result.id)}-{plain(finding.rule)}"
        return self._anchors[finding.rule]

    @property
    def alone(self) -> bool:
        """Whether one informative framework is all that was asked: the band names it already."""
        return not self.say.judged_at_all and len(self.view.informed) == 1

    @property
    def labelled(self) -> FrameworkResult | None:
        """The ladder behind the label."""
        label = self.report.label
        return next((r for r in self.report.frameworks if label and r.id == label.framework), None)

    @property
    def counts(self) -> list[tuple[Outcome, int, str]]:
        """How many required findings are open, by outcome, and the section that lists them."""
        groups = (("errors", self.view.errors), ("review", self.view.reviews), ("open", self.view.unsettled))
        return [(found[0].outcome, len(found), section) for section, found in groups if found]

    @property
    def rungs(self) -> list[Rung]:
        """The ladder, or nothing when the label is not on the ladder we know."""
        label = self.report.label
        if label is None or label.at_most not in RUNGS or label.value not in (*RUNGS, "undetermined"):
            return []
        reached = RUNGS.index(label.value) if label.value in RUNGS else -1
        highest = RUNGS.index(label.at_most)
        return [self._rung(place, reached, highest) for place in range(len(RUNGS))]

    def _rung(self, place: int, reached: int, highest: int) -> Rung:
        label = self.report.label
        title = self.say.words(f"rung.{RUNGS[place]}")
        if place <= reached:
            return Rung(title, "reached", said=place == reached)
        if place > highest:
            return Rung(title, "excluded", said=False)
        state = "at_most" if place == highest else "possible"
        return Rung(
            self.say.say(label.at_most_title) if label and place == highest else title,
            state,
            said=place == highest,
        )

    @property
    def elements(self) -> list[Column]:
        """The columns of the matrix."""
        main = self.view.main
        return [Column(element, main.elements.get(element) if main else None) for element in ELEMENTS]

    @property
    def matrix(self) -> list[Row]:
        """The rows of the matrix."""
        main = self.view.main
        if main is None:
            return []
        return [
            Row(freedom, main.freedoms.get(freedom), tuple(cells.values()))
            for freedom, cells in matrix(main).items()
        ]

    def blocked(self, group: Sequence[Problem]) -> list[str]:
        """The facts that a group of problems holds back, each once."""
        return list(dict.fromkeys(chain.from_iterable(problem.blocks for problem in group)))

"""Report -> one HTML page that reads and prints without scripts and asks nobody for anything."""

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING

from osaid_audit.render.embed import pack
from osaid_audit.render.page import Page
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.places import language, link, place, value
from osaid_audit.render.read import MARK
from osaid_audit.render.safe import prose
from osaid_audit.render.sheets import environment, fill
from osaid_audit.render.to_json import document
from osaid_audit.render.view import files, questions, states, view, waiting
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Lang, Outcome, Source
from osaid_audit.schema.report import Report

if TYPE_CHECKING:
    import jinja2

_ORDER = (Outcome.MET, Outcome.INSUFFICIENT_EVIDENCE, Outcome.NOT_MET, Outcome.NOT_APPLICABLE)
_Row = tuple[str, str, Source | None]
_FIGURES = 7
"""Of a commit, as git shortens it."""


def html(reports: Sequence[Report], lang: Lang) -> str:
    """One page with all reports; with an index first when there are not exactly one."""
    from markupsafe import Markup  # noqa: PLC0415 - heavy, and only HTML needs it

    words = Words(lang)
    many = len(reports) != 1
    pages = [Page(Phrases(view(r), words), f"r{n}-" if many else "") for n, r in enumerate(reports, 1)]
    title = words.count("page.many", len(pages)) if many else pages[0].title
    data = pack([document(report) for report in reports], many=many)
    held = Markup(MARK + data + "</script>")  # noqa: S704 - no `<` is left in it
    filler = _environment(lang)
    return fill("report.html", "style.css", lang, filler, pages=pages, many=many, title=title, data=held)


def _place(words: Words, source: Source) -> str:
    """Where a source is, with the first figures of its commit."""
    if not source.path or not source.revision:
        return place(words, source)
    return place(words, source.model_copy(update={"path": f"{source.path}@{source.revision[:_FIGURES]}"}))


def _grouped(rows: Iterable[_Row]) -> list[tuple[str, list[_Row]]]:
    """The rows that follow each other under one name, under that name once."""
    return [(name, list(group)) for name, group in groupby(rows, lambda row: row[0])]


def _verdicts(pages: Sequence[Page]) -> list[tuple[str, int]]:
    """How many pages have which verdict, the best first; whose word one rests on stands with each model."""
    groups = [[page for page in pages if page.tone_outcome == tone] for tone in _ORDER]
    return [(group[0].standing, len(group)) for group in groups if group]


@lru_cache(maxsize=2)
def _environment(lang: Lang) -> "jinja2.Environment":
    filled = environment(lang)
    words = Words(lang)
    filled.globals |= {
        "count": words.count,
        "link": link,
        "language": language,
        "grouped": _grouped,
        "states": states,
        "verdicts": _verdicts,
        "files": files,
        "questions": questions,
        "waiting": waiting,
        "place": partial(_place, words),
        "value": partial(value, words),
        "said": lambda text: prose(words.say(text)),
    }
    return filled

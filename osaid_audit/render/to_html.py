"""Report -> one HTML page that reads and prints without scripts and asks nobody for anything."""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING

from osaid_audit import resources
from osaid_audit.render.embed import pack
from osaid_audit.render.page import Page
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.places import language, link, place, value
from osaid_audit.render.read import MARK
from osaid_audit.render.safe import http_url, plain, prose
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
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,>])\s*|(?<=[:;])\s+")


def html(reports: Sequence[Report], lang: Lang) -> str:
    """One page with all reports; with an index first when there are not exactly one."""
    from markupsafe import Markup  # noqa: PLC0415 - heavy, and only HTML needs it

    words = Words(lang)
    many = len(reports) != 1
    pages = [Page(Phrases(view(r), words), f"r{n}-" if many else "") for n, r in enumerate(reports, 1)]
    title = words.count("page.many", len(pages)) if many else pages[0].title
    style = _style()
    data = pack([document(report) for report in reports], many=many)
    template = _environment(lang).get_template("report.html")
    return template.render(
        pages=pages,
        many=many,
        title=title,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=style_hash(style),
        data=Markup(MARK + data + "</script>"),  # noqa: S704 - no `<` is left in it
    )


def style_hash(style: str) -> str:
    """The hash by which a content security policy lets this style through."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _read(name: str) -> str:
    return (resources.data("templates") / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _style() -> str:
    """The style without its comments and its blanks, a third of its size."""
    text = _COMMENT.sub("", _read("style.css"))
    return _AROUND.sub(r"\1", " ".join(text.split())).strip()


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
    return environment

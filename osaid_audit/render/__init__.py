# ruff: noqa: PLC0415 - each format is imported when it is asked for
"""Report -> text: one format, one file.

choice                   the language and the format that are asked for
words, safe, layout, shapes   the interface in two languages; untrusted text made harmless; columns; signs
view, phrases, terms, places   what every format shows, sorted, and how it is said
to_json, to_text, to_markdown, to_html, to_spdx   the formats
page, page_parts, graph, layers, embed   what the HTML templates see, the picture, and the report in the page
fiche, sheets            one A4 page a model, for everybody; how pages are filled in
spdx_licenses, spdx_text   license ids and text inside an SPDX document
license, license_terms   an identified license text, and what a license allows
read                     a saved report back into a Report
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from osaid_audit.errors import UsageError
from osaid_audit.render.choice import language, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from osaid_audit.schema.base import Lang
    from osaid_audit.schema.report import Report

Format = Literal["text", "json", "markdown", "html", "spdx", "spdx-json", "fiche"]
FORMATS: tuple[Format, ...] = get_args(Format)
WHOLE: tuple[Format, ...] = tuple(form for form in FORMATS if form != "fiche")
"""The formats that hold a whole report, whatever was asked; a fiche is one page of it, from the practical
questions."""


def render(
    report: Report,
    format: str = "text",  # noqa: A002 - the public name of the option everywhere
    lang: str = "en",
    *,
    width: int | None = None,
    color: bool = False,
    hyperlinks: bool = False,
) -> str:
    """One report in one of FORMATS, ending in a newline.

    `lang` is `en` or `fr` (JSON always has both, SPDX is English); `width` (60 to 200 columns), `color` and
    `hyperlinks` (OSC 8, instead of addresses written out) are for text on a terminal.
    Raises UsageError for an unknown format or language, and for a fiche of a report without the framework
    `practical`.
    """
    chosen = _format(format)
    if chosen == "json":
        from osaid_audit.render.to_json import report_json

        return report_json(report)
    if chosen in {"spdx", "spdx-json"}:
        return _spdx([report], chosen)
    return _shown([report], chosen, language(lang), width, color=color, hyperlinks=hyperlinks)


def render_many(
    reports: Sequence[Report],
    format: str = "text",  # noqa: A002
    lang: str = "en",
    *,
    width: int | None = None,
    color: bool = False,
    hyperlinks: bool = False,
) -> str:
    """Several reports in their order: a JSON array, a page with an index, or one text after another.

    An SPDX document speaks of one audit: raises UsageError for several.
    """
    chosen = _format(format)
    if chosen == "json":
        from osaid_audit.render.to_json import reports_json

        return reports_json(reports)
    if chosen in {"spdx", "spdx-json"}:
        return _spdx(reports, chosen)
    return _shown(reports, chosen, language(lang), width, color=color, hyperlinks=hyperlinks)


def read_report(text: str) -> Report:
    """The report in a JSON text or an HTML page of ours. Raises UnreadableInput."""
    from osaid_audit.render.read import read_report as read

    return read(text)


def read_reports(text: str) -> tuple[Report, ...]:
    """Like `read_report`, for a file that may hold several."""
    from osaid_audit.render.read import read_reports as read

    return read(text)


def _spdx(reports: Sequence[Report], chosen: Format) -> str:
    if len(reports) != 1:
        raise UsageError("An SPDX document speaks of one audit.", "Export the models one by one.")
    from osaid_audit.render.to_spdx import spdx_json, spdx_tag_value

    return spdx_json(reports[0]) if chosen == "spdx-json" else spdx_tag_value(reports[0])


def _shown(
    reports: Sequence[Report], chosen: Format, lang: Lang, width: int | None, *, color: bool, hyperlinks: bool
) -> str:
    if chosen == "html":
        from osaid_audit.render.to_html import html

        return html(reports, lang)
    if chosen == "fiche":
        from osaid_audit.render.fiche import fiche

        return fiche(reports, lang)
    if chosen == "markdown":
        from osaid_audit.render.to_markdown import markdown

        return "\n---\n\n".join(markdown(report, lang) for report in reports)
    from osaid_audit.render.to_text import text

    return "\n".join(text(report, lang, width, color=color, hyperlinks=hyperlinks) for report in reports)


def _format(name: str) -> Format:
    for known in FORMATS:
        if name == known:
            return known
    raise UsageError("There is no format '{name}'.", one_of(FORMATS), name=name)


__all__ = ["FORMATS", "WHOLE", "Format", "read_report", "read_reports", "render", "render_many"]

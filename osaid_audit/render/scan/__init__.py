# ruff: noqa: PLC0415 - each format is imported when it is asked for
"""ScanReport -> text: one format, one file.

model, overview, paths   the models and what is held against them, worst first; where files lie
say, asked, texts        what every format says, in two languages
to_text, to_json         for a terminal, and the contract
to_markdown              a comment on a pull request, or the summary of a job
to_sarif, sarif_rules    code scanning
to_github, to_gitlab     annotations at the line
to_junit, to_badge       tests, and an image
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from osaid_audit.errors import UsageError
from osaid_audit.render.choice import language, one_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from osaid_audit.schema.base import Lang
    from osaid_audit.schema.scan import ScanReport

ScanFormat = Literal["text", "json", "markdown", "sarif", "github", "junit", "gitlab", "badge"]
SCAN_FORMATS: tuple[ScanFormat, ...] = get_args(ScanFormat)
COMMENT_LIMIT = 60_000
"""Bytes of Markdown that fit a comment: GitHub refuses one of more than 65,536 characters."""
SUMMARY_LIMIT = 900 * 1024
"""Bytes of Markdown that fit a job summary: GitHub refuses more than 1 MiB for one step."""


def render_scan(
    report: ScanReport,
    format: str = "text",  # noqa: A002 - the public name of the option everywhere
    lang: str = "en",
    *,
    width: int | None = None,
    color: bool = False,
    hyperlinks: bool = False,
    limit: int = COMMENT_LIMIT,
) -> str:
    """One scan in one of SCAN_FORMATS, ending in a newline (`github` is empty when nothing is to be said).

    `lang` is `en` or `fr` (JSON always has both); `width` (60 to 200 columns), `color` and `hyperlinks` are
    for text on a terminal, `limit` (bytes) is for Markdown.

    Raises UsageError for an unknown format or language.
    """
    speaks = language(lang)
    if format == "json":
        from osaid_audit.render.scan.to_json import scan_json

        return scan_json(report)
    if format == "text":
        from osaid_audit.render.scan.to_text import scan_text

        return scan_text(report, speaks, width, color=color, hyperlinks=hyperlinks)
    if format == "markdown":
        from osaid_audit.render.scan.to_markdown import scan_markdown

        return scan_markdown(report, speaks, limit)
    return _writer(format)(report, speaks)


def _writer(name: str) -> Callable[[ScanReport, Lang], str]:
    """The formats that machines read."""
    if name == "sarif":
        from osaid_audit.render.scan.to_sarif import sarif as write
    elif name == "github":
        from osaid_audit.render.scan.to_github import github as write
    elif name == "junit":
        from osaid_audit.render.scan.to_junit import junit as write
    elif name == "gitlab":
        from osaid_audit.render.scan.to_gitlab import gitlab as write
    elif name == "badge":
        from osaid_audit.render.scan.to_badge import badge as write
    else:
        raise UsageError("There is no format '{name}' of a scan.", one_of(SCAN_FORMATS), name=name)
    return write


__all__ = ["COMMENT_LIMIT", "SCAN_FORMATS", "SUMMARY_LIMIT", "ScanFormat", "render_scan"]

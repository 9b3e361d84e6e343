# ruff: noqa: PLC0415 - each format is imported when it is asked for
"""Several reports side by side: Comparison -> text, one format, one file.

build, rows, better    reports -> the comparison: what differs, who is better placed, what changed
spoken                 what every format says
to_text, to_markdown, to_html   the formats; JSON is the comparison itself
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from osaid_audit.errors import UsageError
from osaid_audit.render.choice import language, one_of
from osaid_audit.render.compare.build import MOST, comparison

if TYPE_CHECKING:
    from osaid_audit.schema.compare import Comparison

CompareFormat = Literal["text", "json", "markdown", "html"]
COMPARE_FORMATS: tuple[CompareFormat, ...] = get_args(CompareFormat)


def render_comparison(
    found: Comparison,
    format: str = "text",  # noqa: A002 - the public name of the option everywhere
    lang: str = "en",
    *,
    width: int | None = None,
    color: bool = False,
) -> str:
    """One comparison in one of COMPARE_FORMATS, ending in a newline.

    `lang` is `en` or `fr` (JSON always has both); `width` (60 to 200 columns) and `color` are for text.
    Raises UsageError for an unknown format or language.
    """
    speaks = language(lang)
    if format == "json":
        from osaid_audit.render.scan.to_json import dump

        return dump(found.model_dump(mode="json", by_alias=True, exclude_none=True))
    if format == "html":
        from osaid_audit.render.compare.to_html import html

        return html(found, speaks)
    if format == "markdown":
        from osaid_audit.render.compare.to_markdown import markdown

        return markdown(found, speaks)
    if format == "text":
        from osaid_audit.render.compare.to_text import text

        return text(found, speaks, width, color=color)
    raise UsageError("There is no format '{name}' of a comparison.", one_of(COMPARE_FORMATS), name=format)


__all__ = ["COMPARE_FORMATS", "MOST", "CompareFormat", "comparison", "render_comparison"]

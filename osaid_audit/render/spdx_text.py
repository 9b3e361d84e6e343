"""Text that is safe inside an SPDX document, in both of its notations."""

import re
from functools import cache

from osaid_audit.render.safe import LONGEST_PROSE, plain

_MARK = re.compile(r"<(?=\s*/?\s*text\s*>)", re.IGNORECASE)
_READ_AS_ELSE = re.compile(r"\s*(?:(?:Tool|Organization|Person|[A-Z][A-Za-z0-9-]*):|\d{4}-\d\d-\d\dT|#|<)")
"""How a value begins that a tag-value parser takes for an actor, a checksum, a date or a mark."""


def harmless(text: str) -> str:
    """Lines of text that cannot end the field they stand in or be read as anything else; never empty.

    Tag-value files put `<text>` marks around text of several lines and know no escape for them.
    """
    lines = (plain(line, LONGEST_PROSE) for line in text.split("\n"))
    shown = _MARK.sub("\u2039", "\n".join(line for line in lines if line)) or "-"
    if "\n" not in shown and (_READ_AS_ELSE.match(shown) or shown in _reserved()):
        return f"“{shown}”"
    return shown


def harmless_line(text: str) -> str:
    """`harmless` in one line."""
    return harmless(plain(text))


@cache
def _reserved() -> frozenset[str]:
    """The words of the tag-value notation itself."""
    from spdx_tools.spdx.parser.tagvalue.lexer import SPDXLexer  # noqa: PLC0415 - only for this format

    return frozenset(SPDXLexer.reserved)

"""Bytes of a file -> its text, with lines that end as Python's do."""

import codecs
import re

_COOKIE = re.compile(rb"[ \t\f]*#.{0,200}?coding[:=][ \t]*([-\w.]{1,40})")
_BLANK = re.compile(rb"[ \t\f]*(?:#[^\r\n]{0,500})?(?:\r\n?|\n)")
_CHARACTERS = re.compile(r"(?:utf-8|ascii|iso8859-|cp\d|koi8|mac|euc|shift_jis|gb|big5)")
"""Names of encodings that do no more than map bytes to characters."""
_LOOKED_AT = 8_000


def text_of(content: bytes) -> str | None:
    """The text; None when it is binary. What is no UTF-8 and names no encoding keeps its ASCII part."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _lines(content.decode(encoding, "replace"))
    if b"\0" in content[:_LOOKED_AT]:
        return None
    try:
        return _lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _lines(content.decode(_declared(content), "replace"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _declared(content: bytes) -> str:
    """The encoding that one of the first two lines names (PEP 263), when it is a harmless one."""
    hit = _COOKIE.match(content)
    if hit is None and (first := _BLANK.match(content)):
        hit = _COOKIE.match(content, first.end())
    try:
        name = codecs.lookup(hit[1].decode("ascii")).name if hit else "utf-8"
    except (LookupError, UnicodeDecodeError):
        return "utf-8"
    return name if _CHARACTERS.match(name) else "utf-8"

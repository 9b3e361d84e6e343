"""Templates of settings files (Helm and other Go templates, Jinja): their tags taken out, the lines kept."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from osaid_audit.scan.hits import Doubt, Hit

_TAG = re.compile(
    r"\{\{[^{}]{0,2000}(?:\{[^{}]{0,200}\}[^{}]{0,500}){0,3}\}\}|\{%[^%]{0,2000}%\}|\{#[^#]{0,5000}#\}"
)
_ALONE = re.compile(r"[ \t]*(?:\0+[ \t]*)+")
_DEFAULT = re.compile(r"default[ \t(]{1,4}([\"'])([\w./:@+-]{1,200})\1|([\"'])([\w./:@+-]{1,200})\3[ \t]*\|")
_PUT_IN = re.compile(r"\$Q([0-9a-f]{1,6})z*")

_LONGEST = 4_000
"""Letters of a row that may be of tags alone."""


class Plain(NamedTuple):
    """A template without its tags. What a tag puts in stands there as a variable of our own."""

    text: str
    tags: tuple[str, ...]

    def without(self, line: int) -> "Plain":
        """The same with one line, from 1, left empty."""
        rows = self.text.split("\n")
        if 0 < line <= len(rows):
            rows[line - 1] = ""
        return self._replace(text="\n".join(rows))

    def told(self, found: Iterable[Hit | Doubt]) -> Iterator[Hit | Doubt]:
        """What was found, with the tags as they are written."""
        for each in found:
            if isinstance(each, Doubt) and each.text:
                yield each._replace(text=_PUT_IN.sub(self._tag, each.text))
            else:
                yield each

    def _tag(self, hit: re.Match[str]) -> str:
        number = int(hit[1], 16)
        return self.tags[number] if number < len(self.tags) else hit[0]


def plain_of(text: str) -> Plain:
    """A template as plain settings; a text without tags as it is.

    A row of tags alone becomes empty; a default that is written out stands for its tag.
    """
    tags: list[str] = []
    if "\0" in text or not ("{{" in text or "{%" in text):
        return Plain(text, ())
    around = _Rows(text)

    def put_in(hit: re.Match[str]) -> str:
        said = hit[0]
        comment = said.startswith(("{{/*", "{{- /*"))
        if not said.startswith("{{") or comment or "\n" in said or around.is_of_tags(hit.start()):
            return re.sub(r"[^\n]", "\0", said)
        if default := _DEFAULT.search(said):
            return str(default[2] or default[4]).ljust(len(said))
        tags.append(said)
        return f"$Q{len(tags) - 1:x}".ljust(len(said), "z")

    plain = _TAG.sub(put_in, text)
    rows = (
        "" if "\0" in row and _ALONE.fullmatch(row) else row.replace("\0", " ") for row in plain.split("\n")
    )
    return Plain("\n".join(rows), tuple(tags))


class _Rows:
    """Asked of one tag after the other whether its row holds tags alone; each row is looked at once."""

    def __init__(self, text: str) -> None:
        self._text, self._end, self._alone = text, -1, False

    def is_of_tags(self, at: int) -> bool:
        if at > self._end:
            begins = self._text.rfind("\n", max(0, at - _LONGEST), at) + 1
            ends = self._text.find("\n", at)
            self._end = len(self._text) if ends < 0 else ends
            row = self._text[begins : self._end]
            self._alone = len(row) < _LONGEST and not _TAG.sub("", row).strip()
        return self._alone

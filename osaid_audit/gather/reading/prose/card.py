"""The prose of a card as blocks under headings, with line numbers. Fenced code and comments are left out.

Reads Markdown the forgiving way: ATX, setext, HTML and bold-line headings; every pattern is bounded, so that
a hostile card costs no more than its length.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

_FENCE = re.compile(r"[ \t>]{0,12}(`{3,}|~{3,})")
_ATX = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|(?=[^\s#!0-9]))(.{0,400})")
_SETEXT = re.compile(r"[ ]{0,3}(=+|-{2,})[ \t]*\Z")
_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]{0,400}>(.{0,400}?)</h\1>", re.IGNORECASE)
_BOLD_LINE = re.compile(r"\s{0,3}(?:\*\*|__)([^*_]{1,100})(?:\*\*|__)[ \t]*:?[ \t]*\Z")
_ITEM = re.compile(r"[ \t]{0,12}(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,800}\)")
_PICTURE = re.compile(
    r"!\[([^\[\]]{0,300})\](?:\(\s{0,3}([^()\s]{0,600})|\[[^\[\]]{0,100}\])"
    r"|<img\b([^<>]{0,600})>",
    re.IGNORECASE,
)
_ALT = re.compile(r"\balt\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,300})", re.IGNORECASE)
_SRC = re.compile(r"\bsrc\s{0,3}=\s{0,3}[\"']([^\"'<>\s]{1,600})", re.IGNORECASE)
_BADGE = re.compile(r"//img\.shields\.io/(?:static/v\d/|badge/)([^?#\s]{1,200})")
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\(\s{0,3}<?([^()<>\s]{1,600}+)>?[^()]{0,200}\)")
_HREF = re.compile(
    r"<a\b[^<>]{0,300}?href\s{0,3}=\s{0,3}[\"']([^\"'<>\s]{1,600})[\"'][^<>]{0,300}>"
    r"(?:<\w{1,10}>)?([^<>]{0,300})",
    re.IGNORECASE,
)
_BARE = re.compile(r"https?://[^\s<>\"'`\]\[(){}|\\]{3,600}")
_CELL = re.compile(r"</t[dh]\s{0,3}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,600}>")
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\]\[[^\[\]]{0,100}\]")
_NAMED_LINK = re.compile(r"\[([^\[\]]{1,300})\](?:\[([^\[\]]{0,100})\])?(?!\()")
_DEFINITION = re.compile(r"[ ]{0,3}\[([^\[\]]{1,100})\]:[ \t]{0,4}<?(https?://[^\s<>]{3,600})")
_CLOSING = re.compile(r"(?<=[\w.:)])\*{2,3}(?=\w)")
_LABEL = re.compile(r"^(\s{0,3}(?:\*\*|__)licen[cs]es?)(?=(?:\*\*|__)[ \t]{1,8}\w)", re.IGNORECASE)
_MARKS = re.compile(r"\*{1,3}|`{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|~~|(?:^|(?<=\n))[ \t]{0,6}>{1,4}[ \t]?")
_BLANKS = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?\u3002\uff01\uff1f]{1,8}[\"')\]»]{0,2}\s{1,8}(?=[\"'(\[«]?[A-ZÀ-Þ0-9])")
_BOLD_LEVEL = 7
_MAX_LINES = 60_000


@dataclass(frozen=True)
class Link:
    """One address of the prose with the text it hangs on."""

    url: str
    text: str
    line: int


@dataclass(frozen=True)
class Sentence:
    """One sentence as plain text, under its headings, with the line it starts on."""

    text: str
    line: int
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or table row: plain text lines with their numbers, and the headings above.

    `images` are its pictures with what they say: their text, or the words of a badge. `references` are the
    addresses that stand elsewhere on the page, for `[words][1]` and footnotes.
    """

    lines: tuple[tuple[int, str], ...]
    headings: tuple[str, ...]
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    references: tuple[Link, ...] = ()

    @property
    def line(self) -> int:
        """The line the block starts on."""
        return self.lines[0][0]

    @property
    def text(self) -> str:
        """The whole block on one line."""
        return " ".join(text for _, text in self.lines if text)

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the block; each knows the line it starts on."""
        starts, offset = [], 0
        for _, text in self.lines:
            starts.append(offset)
            offset += len(text) + 1
        joined, begin = " ".join(text for _, text in self.lines), 0
        cuts = [match.end() for match in _SENTENCE_END.finditer(joined)]
        for cut in (*cuts, len(joined)):
            piece = joined[begin:cut].strip()
            at = max(bisect_right(starts, begin) - 1, 0)
            begin = cut
            if piece:
                yield Sentence(piece, self.lines[at][0], self.headings)


@dataclass(frozen=True)
class Card:
    """The prose of a card. `title` is the first heading of the page."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in order."""
        for block in self.blocks:
            yield from block.sentences()

    def links(self) -> tuple[Link, ...]:
        """Every address, in order."""
        return tuple(link for block in self.blocks for link in block.links)


@lru_cache(maxsize=32)
def read_card(body: str, first_line: int = 1) -> Card:
    """Split the body of a card into blocks; `first_line` is the line of the file where the body starts."""
    lines = re.split(r"\r\n|\r|\n", without_comments(body))[:_MAX_LINES]
    defined = (found for line in lines if (found := _DEFINITION.match(line)))
    reader = _Reader(defined={found[1].strip().lower(): found[2] for found in defined})
    for number, text in enumerate(lines, first_line):
        reader.take(number, text.replace("\x00", ""))
    reader.flush()
    return Card(reader.title, tuple(reader.blocks), tuple(reader.headings))


def fence_of(line: str, inside: str) -> str:
    """The mark of the code fence that is open after this line; "" for none. `inside` is the one before it."""
    found = _FENCE.match(line)
    if not inside:
        return found[1] if found else ""
    closes = found is not None and found[1].startswith(inside) and not line.strip(" \t>`~")
    return "" if closes else inside


def plain(text: str) -> str:
    """Markdown or HTML of one line as plain text; a license label in bold keeps its colon, or gets one."""
    text = _LABEL.sub(r"\1:", text)
    text = _REFERENCE.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub(" ", _CELL.sub(" | ", text))))
    text = _MARKS.sub("", _CLOSING.sub(" ", _TAG.sub(" ", text)))
    return _BLANKS.sub(" ", html.unescape(text)).strip()


def _without_item(line: str) -> str:
    found = _ITEM.match(line)
    return line[found.end() :] if found else line


def without_comments(body: str) -> str:
    """Blank out HTML comments, keeping line ends; an unclosed one hides the rest, as on the page."""
    parts, at = [], 0
    while (start := body.find("<!--", at)) >= 0:
        end = body.find("-->", start)
        stop = len(body) if end < 0 else end + 3
        parts += [body[at:start], "".join(char for char in body[start:stop] if char in "\r\n")]
        at = stop
    return "".join([*parts, body[at:]])


@dataclass
class _Reader:
    """Takes the lines one by one; `defined` are the addresses of the page's references by their names."""

    defined: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    _fence: str = ""
    _stack: list[tuple[int, str]] = field(default_factory=list)
    _pending: list[tuple[int, str]] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        """One line of the body with its number in the file."""
        inside, self._fence = self._fence, fence_of(line, self._fence)
        if inside or self._fence:
            if not inside:
                self.flush()
            return
        if not line.strip():
            self.flush()
            return
        if self._is_heading(number, line):
            return
        if _ITEM.match(line) or line.lstrip().startswith("|"):
            self.flush()
        self._pending.append((number, line))
        if line.lstrip().startswith("|"):
            self.flush()

    def flush(self) -> None:
        """End the block at hand."""
        pending, self._pending = self._pending, []
        lines = tuple(
            (number, plain(_without_item(text))) for number, text in pending if not _DEFINITION.match(text)
        )
        links = tuple(link for number, text in pending for link in _links(text, number))
        images = tuple(image for number, text in pending for image in _images(text, number))
        if any(text for _, text in lines) or links or images:
            lines = lines or ((pending[0][0], ""),)
            above = tuple(title for _, title in self._stack)
            self.blocks.append(Block(lines, above, links, images, tuple(self._references(pending))))

    def _references(self, pending: list[tuple[int, str]]) -> Iterator[Link]:
        """The links of lines by name: `[words][name]`, `[name][]`, `[name]` and `[^name]`."""
        for number, text in pending if self.defined else ():
            for found in _NAMED_LINK.finditer(text) if not _DEFINITION.match(text) else ():
                url = self.defined.get((found[2] or found[1]).strip().lower())
                if url:
                    yield Link(url, plain(found[1]) or found[1], number)

    def _is_heading(self, number: int, line: str) -> bool:
        found = _ATX.match(line)
        if found:
            return self._head(number, len(found[1]), found[2].rstrip("# \t"))
        found = _HTML_HEADING.search(line)
        if found:
            return self._head(number, int(found[1]), found[2])
        found = _SETEXT.match(line)
        if found and len(self._pending) == 1 and not _ITEM.match(self._pending[0][1]):
            (at, title), self._pending = self._pending[0], []
            return self._head(at, 1 if found[1].startswith("=") else 2, title)
        found = _BOLD_LINE.match(line)
        return (
            bool(found) and not self._pending and self._head(number, _BOLD_LEVEL, found[1] if found else "")
        )

    def _head(self, number: int, level: int, title: str) -> bool:
        self.flush()
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        text = plain(title).strip(" :")
        self._stack.append((level, text))
        self.headings.append((number, text))
        self.title = self.title or (text if level < _BOLD_LEVEL else "")
        links, images = tuple(_links(title, number)), tuple(_images(title, number))
        if links or images:
            names = tuple(name for _, name in self._stack)
            self.blocks.append(Block(((number, ""),), names, links, images))
        return True


def _links(text: str, number: int) -> Iterator[Link]:
    seen: set[str] = set()
    for match in _LINK.finditer(text):
        seen.add(match[2])
        yield Link(match[2], plain(match[1]), number)
    for pattern in (_HREF, _BARE):
        for match in pattern.finditer(text):
            url, words = (match[1], plain(match[2])) if pattern is _HREF else (match[0], "")
            url = url.rstrip(".,;:!?*_")
            if url not in seen:
                seen.add(url)
                yield Link(url, words, number)


def _images(text: str, number: int) -> Iterator[Link]:
    """The pictures of a line that say something."""
    for match in _PICTURE.finditer(text):
        alt, src = match[1], match[2]
        if match[3] is not None:
            alt, src = (found[1] if (found := each.search(match[3])) else "" for each in (_ALT, _SRC))
        words = [plain(alt or ""), _badge(src or "")]
        for said in dict.fromkeys(word for word in words if word):
            yield Link(src or "", said, number)


def _badge(url: str) -> str:
    """The words of a badge by its address: `License-CC_BY--NC_4.0-blue` says "License: CC BY-NC 4.0"."""
    found = _BADGE.search(url)
    if found is None:
        return ""
    label, *rest = re.split(r"(?<!-)-(?!-)", unquote(found[1]).removesuffix(".svg"))
    value = " ".join(rest[:-1]).replace("--", "-").replace("_", " ")
    return f"{label.replace('_', ' ')}: {value}" if value else ""

"""A license text as a sequence of plain words, so that two copies compare word for word.

What may differ without a meaning is taken away on both sides: case, quotes, dashes, Markdown marks, list
markers, the wrapping of lines, and copyright notices. Line breaks are kept until the end, so that every
word still knows its line.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from osaid_audit.licenses.texts import copyright as notices
from osaid_audit.licenses.texts.hashing import BASE, MODULUS, WordHashes

MAX_PLAIN = 330_000
"""Characters kept once compatibility forms are unfolded; some of them grow eighteenfold."""

_MAY_BE_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\ufe0f]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]|(?<=[\u00a9\u00ae\u2122])\ufe0f")
_REFERENCE = re.compile(
    r"&(?:quot|amp|lt|gt|nbsp|copy|reg|trade|sect|apos|ndash|mdash|hellip|bull|middot|laquo|raquo"
    r"|[lr][sd]quo|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
"""The character references that are read; any other is a word like any."""
_FENCE = re.compile(
    r"^[ \t>]*(?:```|~~~)(?:text|txt|md|markdown|license|plain|plaintext|none|empty)?[ \t]*$", re.MULTILINE
)
_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|pre|code|h[1-6]|ul|ol|li|div|span|center|hr|blockquote|tt|sup|a\s?)\s{0,3}/?>",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\][\n]{1,300})\]\(<?([^()<>\s]{1,300})>?\)")
_WORD = re.compile(
    r"[^\s.,;:?()\[\]{}<>\"'`*#|/\\=^&@"
    "\u00a7\u00a9\u00ae\u2122\u00b7\u00ab\u00bb\u2010-\u2015\u2018-\u201f\u2020-\u2023\u2026\u2027\u2032\u2033\u2039\u203a"
    "\u25a0\u25a1\u25aa\u25ab\u25cb\u25cf\u25e6\u2043\u3001\u3002\u3008-\u3011-]"
    r"(?:(?<=\w)\w*|(?<=~)(?<!~~)~?(?!~)|(?<=!)(?:(?<!\w!)|(?=\w))|(?<![\w~!]))"
)
"""Words; whatever is neither a word nor one of the marks named here is a word of its own."""
_BRACKETS = re.compile(r"\[([^\[\]]{0,300})\]|[\[\]]")
_FILL_IN = re.compile(
    r"\s*(?:[xX]{4}|[yY]{2,4}|(?:19|20)(?:\d\d|xx|yy)|https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+|\s*"
    r"|(?:insert\s+|your\s+|the\s+)?(?:full\s?|copyright\s+)?(?:names?|years?|dates?|owners?|holders?|authors?"
    r"|organi[sz]ation|company|developer|project|email|url)(?:\(s\))?"
    r"(?:\s+of\s+(?:the\s+)?(?:copyright\s+)?(?:owner|holder|author|organi[sz]ation|developer|company)s?)?)\s*\\?",
    re.IGNORECASE,
)
"""What square brackets may hold and still be mere marks: a place to fill in, a year or an address."""
_OPENED, _CLOSED_BRACKET = " \u27e6 ", " \u27e7 "
"""In place of other square brackets: they may put words in or take them away."""
_ENUM = r"(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})"
_SIGN = re.compile(r"(?m)^([ \t>#*|/;-]*)(\([cC]\)[ \t]+\S[^\n]{1,120})$")
"""A line that begins with the sign for copyright, or with the third marker of a list."""
_WRAPPED = re.compile(r"(?<=[A-Za-z])([A-Za-z])-[ \t]*(\r?\n[ \t>#*|/]{0,12})([A-Za-z]{2,30})")
"""A hyphen at the end of a line: it may be part of the word, or be there for the line only."""
_IN_BRACKETS = re.compile(rf"\((?<![\w)]\(){_ENUM}\)(?!\w)")
_LINE_MARK = re.compile(
    rf"(?m)(\n[ \t>#*_|/-]*)(?:{_ENUM}[.)](?=[\s*_]|$)|\d{{1,2}}[.)](?=[A-Z\"\u201c])"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[.)]?(?=[\s*_]|$)|o(?=[ \t]))"
)
"""A marker at the start of a line; a line break is found far sooner than the start of a line."""
_INNER_MARK = re.compile(
    r"([.;:!?)\]\",\u201c\u201d](?<!\b[vV].)(?:(?<=[;,])\s+(?:and/or|and|or)|(?<!,)))(\s+)"
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}|[A-Za-z]\.|[ivx]{2,5}\.)(?=\s+\S)"
)
_HALF = re.compile(r"([\s;,])(?:\d{1,2}|[a-z]|[ivx]{1,5})\)(?=\s)")
_REFERS = re.compile(
    r"(?:\b(?:sub)?(?:sections?|clauses?|paragraphs?|articles?|version|parts?|items?|exhibits?|schedules?|v\.?|than|of|under|in|to|through|by)"
    r"|(?<![,;])\s(?:and|or))[ \t*_>#]*\n?[ \t*_>#/]*$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:[.;:,!?)\]\"\u201d]|^|\n[ \t*_>#/-]*\n)[ \t*_>#-]*\n?[ \t*_>#/-]*$")
_LISTED = re.compile(
    r"(?:[.;:,][\"\u201d)\]*_]*(?:\s+(?:and/or|and|or))?|^|\n[ \t*_>#/-]*\n)[ \t*_>#/-]*\n?[ \t*_>#/|-]*$"
    rf"|(?:^|\n)[ \t>#*_|/-]*(?:{_ENUM}[.)]|\({_ENUM}\))[ \t][^\n]{{1,40}}\n[ \t>#*_|/-]*$",
    re.IGNORECASE,
)
"""What a marker in brackets may follow: punctuation, an empty line, nothing, or a line that has a marker."""
_MARKED = re.compile(rf"(?:^|[\s(]){_ENUM}\)[\s*_>#/-]*$|(?:^|\n)[ \t>#*_|/-]*{_ENUM}\.[\s*_>#/-]*$")
"""A marker right before: no two in a row are markers."""
_REST = re.compile(r"\n([^\n]{1,60})(?=\s*\n\s*\n|\s*$)")
_MARKS = " \t>#*_|/"
_BACK = 48
_TEMPLATE = re.compile("[\ue000-\ue007]")
"""Marks of a template that is being compiled; in a text they are words."""
_SAME = {
    "licence": "license",
    "licences": "licenses",
    "licenced": "licensed",
    "sublicence": "sublicense",
    "https": "http",
    "acknowledgment": "acknowledgement",
    "authorisation": "authorization",
    "authorised": "authorized",
    "merchantibility": "merchantability",
    "organisation": "organization",
    "organisations": "organizations",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "judgment": "judgement",
    "favour": "favor",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "initialise": "initialize",
    "labelling": "labeling",
    "labour": "labor",
    "recognise": "recognize",
    "recognised": "recognized",
    "programme": "program",
    "practise": "practice",
    "modelling": "modeling",
    "centre": "center",
    "catalogue": "catalog",
    "analyse": "analyze",
}
_HASHES = WordHashes(_SAME)


class Words:
    """The words of a text in order, with running hashes, and the way back to the text.

    words      lower case, notices and marks taken away
    prefix     prefix[i] is the hash of the first i words; see `hashing`
    plain      the text the words were cut from: as many lines as the text, case as written
    """

    def __init__(self, text: str, loose: bool = False, joined: bool = False) -> None:
        self.plain, self.notices = strip_notices(plain(rejoined(text) if joined else text, loose))
        self._lower = self.plain.lower()
        self.words: list[str] = _WORD.findall(self._lower)
        so_far = 0
        hashes = map(_HASHES.__getitem__, self.words)
        self.prefix: list[int] = [0, *[so_far := (so_far * BASE + each) % MODULUS for each in hashes]]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in `plain`."""
        return [hit.span() for hit in _WORD.finditer(self._lower)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(hit.end() for hit in re.finditer("\n", self.plain))]

    def line(self, word: int) -> int:
        """The line, from 1, of the word at this place; the last word's for a place behind it."""
        if not self.words:
            return 1
        return bisect_right(self._line_starts, self.spans[min(word, len(self) - 1)][0])

    def raw(self, start: int, end: int) -> str:
        """What is written between two places, spaces folded."""
        if start >= end:
            return ""
        return " ".join(self.plain[self.spans[start][0] : self.spans[end - 1][1]].split())

    def normal(self, start: int, end: int) -> str:
        """The normalised words between two places."""
        return " ".join(self._normal[start:end])

    @cached_property
    def _normal(self) -> list[str]:
        changed = _SAME.keys() & set(self.words)
        return [_SAME.get(word, word) for word in self.words] if changed else self.words


def same(word: str) -> str:
    """The spelling that stands for all spellings of a word."""
    return _SAME.get(word, word)


def rejoined(text: str) -> str:
    """The text with words that a hyphen parts at the end of a line made whole; the lines stay as many."""
    return _WRAPPED.sub(r"\1\3\2", text)


def is_parted(text: str) -> bool:
    """Whether a hyphen parts a word at the end of a line."""
    return _WRAPPED.search(text) is not None


def plain(text: str, loose: bool = False) -> str:
    """The text without marks; it has as many lines as before (character references for breaks apart)."""
    one = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ").replace("\v", " ")
    if "&" in one:
        one = _REFERENCE.sub(lambda hit: html.unescape(hit[0]), one)
    if not one.isascii():
        one = _INVISIBLE.sub("", one) if _MAY_BE_INVISIBLE.search(one) else one
        one = unicodedata.normalize("NFKC", one).replace("\u0130", "I")
        one = one.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
        one = (
            one.replace("\u2019", "'").replace("\u2018", "'").replace("\u02bc", "'").replace("\u00a9", "(c)")
        )
    one = one[:MAX_PLAIN].replace("'", "").replace("`", "" if "```" not in one else "`")
    if "```" in one or "~~~" in one:
        one = _FENCE.sub("", one).replace("`", "")
    one = one.replace("**", "").replace("_", " ")
    if "<" in one:
        one = _TAG.sub(" ", one)
    if "](" in one:
        one = _LINK.sub(_link, one)
    if "[" in one or "]" in one:
        one = _BRACKETS.sub(_bracket, one)
    if "(c)" in one or "(C)" in one:
        one = _SIGN.sub(_sign, one)
    return _without_marks(one, loose)


def _sign(hit: "re.Match[str]") -> str:
    """A line that begins with "(c)" and is a notice: the word keeps the sign from being a list marker."""
    return f"{hit[1]}Copyright {hit[2]}" if notices.is_bare_notice(hit[2]) else hit[0]


def strip_notices(one: str) -> tuple[str, tuple[str, ...]]:
    """The text with copyright notices blanked out, and those notices."""
    found: list[str] = []
    pieces: list[str] = []
    done = 0
    for hit in notices.MAY_BE_NOTICE.finditer(one):
        end = _notice_end(one, hit.start(), hit.end())
        if hit.start() < done or end is None:
            continue
        whole = one[hit.start() : end]
        found.append(" ".join(whole.split()))
        pieces += [one[done : hit.start()], "\n" * whole.count("\n")]
        done = end
    return "".join((*pieces, one[done:])) if found else one, tuple(found)


def _notice_end(one: str, start: int, end: int) -> int | None:
    """Where a notice ends: with its line, or with the short line after it that ends the paragraph."""
    if end - start > notices.MAX_LINE:
        return None
    more = _REST.match(one, end)
    if more and notices.goes_on(one[start:end], more[1].strip(_MARKS)):
        return more.end()
    return end if notices.is_notice(one[start:end]) else None


def _link(hit: "re.Match[str]") -> str:
    """A link whose text is its own address says it once."""
    return hit[1] if hit[1].strip() == hit[2].strip() else f"{hit[1]} {hit[2]}"


def _bracket(hit: "re.Match[str]") -> str:
    """Square brackets as marks around a place to fill in, else as words."""
    if hit[1] is None:
        return _OPENED if hit[0] == "[" else _CLOSED_BRACKET
    return hit[0] if _FILL_IN.fullmatch(hit[1]) else f"{_OPENED}{hit[1]}{_CLOSED_BRACKET}"


def _without_marks(one: str, loose: bool) -> str:
    """The text without list markers; a number that a word refers to ("Section 4.") is none.

    A marker at the start of a line whose predecessor ends in the middle of a sentence may be a list without
    punctuation or a wrapped sentence: the loose reading takes it for the former, the other for the latter.
    """
    if "(" in one:
        one = _IN_BRACKETS.sub(_unless(one, _SECTION, wanted=_LISTED), one)
    one = _HALF.sub(_unless(one, _SECTION, keep=1, wanted=_LISTED), one)
    # Behind a line break put first a hit begins one place before its line: where that line begins in `one`.
    unless = _unless(one, _REFERS, keep=1, wanted=None if loose else _CLOSED)
    one = _LINE_MARK.sub(unless, f"\n{one}")[1:]
    return _INNER_MARK.sub(r"\1\2", one)


_SECTION = re.compile(
    r"(?:\b(?:sub)?(?:sections?|clauses?|paragraphs?|articles?)|copyright)\s*$", re.IGNORECASE
)


def _unless(
    one: str, refused: "re.Pattern[str]", keep: int = 0, wanted: "re.Pattern[str] | None" = None
) -> Callable[["re.Match[str]"], str]:
    """A replacement that drops a marker unless what stands before it speaks against that."""

    def drop(hit: "re.Match[str]") -> str:
        before = one[max(0, hit.start() - _BACK) : hit.start()]
        before = _TEMPLATE.sub("", f"x{before}" if hit.start() > _BACK else before)
        unlisted = wanted is not None and not wanted.search(before)  # first: it settles most at least cost
        if unlisted or _MARKED.search(before) or refused.search(before):
            return hit[0]
        return hit[1] if keep else " "

    return drop

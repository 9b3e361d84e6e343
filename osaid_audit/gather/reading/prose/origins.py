"""Ids named in the prose of a card as the origin of its model: hints decide nothing, so the reading is broad.

An id counts by its place: after words of origin ("built on"), after a label ("Base model:"), in a list or
table that such words open, or as what is used "as a base". Comparisons, denials, datasets and code do not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from osaid_audit.gather.reading.prose.card import Block, Card, Link
from osaid_audit.gather.reading.subject import id_from_address, is_model_id
from osaid_audit.resources import Pattern

_NOUN = Pattern("origins", "noun")
_PHRASE = Pattern("origins", "phrase")
_LABEL = Pattern("origins", "label")
_TITLE = Pattern("origins", "title")
_OPENER = Pattern("origins", "opener")
_USED_AS_BASE = Pattern("origins", "used_as_base")
_TREATED = Pattern("origins", "treated")
_MADE_OF = Pattern("origins", "made_of")
_A_TUNE = Pattern("origins", "a_tune")
_ARTICLE = Pattern("origins", "article")
_CALLED_THIS = Pattern("origins", "called_this")
_OBJECT = Pattern("origins", "object")
_DENIED = Pattern("origins", "denied")
_OTHER_THING = Pattern("origins", "other_thing")
_BREAK = Pattern("origins", "break")
_OTHER_USE = Pattern("origins", "other_use")
_A_DATASET = Pattern("origins", "a_dataset")
_PLAIN = re.compile(
    r"(?<![\w./:@%\\-])(?<!\([\"'])(?:(?:huggingface\.co|hf\.co)/)?"
    r"([A-Za-z0-9][\w.-]{1,95}/[A-Za-z0-9][\w.-]{1,95})(?![\w/]|:\w)"
)
_ID = re.compile(r"[A-Za-z0-9][\w.-]{1,95}/[A-Za-z0-9][\w.-]{1,95}")
_FILE = re.compile(r"\.[a-z]{2,8}\Z|/(?:LICEN[CS]E|NOTICE|README|COPYING)\b", re.IGNORECASE)
_NOT_ORGS = frozenset({"datasets", "spaces", "collections", "papers", "docs", "blog", "and", "or", "models"})
_EARLY = re.compile(r"[a-z][a-z0-9.]{0,40}(?:-[a-z0-9.-]{1,60}|\d[a-z0-9]{0,20})\Z")
_FOLDERS = re.compile(
    r"(?:checkpoints?|outputs?|models?|results?|ckpts?|data|home|tmp|mnt|workspace|root|runs?|experiments?"
    r"|saved?|saved_models?|scratch|local|weights|content|cache|artifacts|exp|logs?|train\w{0,8})\Z",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"(?:(?:checkpoints?|ckpt|epoch|step|iter|global_step|run)[-_]?\d*|best|last|latest|final|model|output"
    r"|results?|hf|tmp|none|null|\d+|best[-_]model|final[-_]model)\Z",
    re.IGNORECASE,
)
_DESCENT = Pattern("origins", "descent")
_FROM = Pattern("origins", "from")
_OPENING = 6
_GAP, _NOUN_GAP, _LISTED, _MAX_LINKS, _MAX_NAMED = 90, 25, 300, 200, 24


@dataclass(frozen=True)
class Origin:
    """An id that the prose names as an origin, with the line and the words it stands in.

    linked   by the address of a model, so that it is no dataset of that name
    descent  after words of descent ("fine-tuned from"): nobody names so what was made of this very model
    """

    name: str
    line: int
    text: str
    linked: bool = False
    descent: bool = False


@dataclass(frozen=True)
class _Named:
    """An id at its place in a text; `linked` when a Hub address says that it is a model."""

    name: str
    start: int
    end: int
    linked: bool
    descent: bool = False


def origins(card: Card, own: Iterable[str]) -> Iterator[Origin]:
    """Ids that the prose names as origins; `own` are the ids of the model itself."""
    reader = _Reader(own_names(own))
    for block in card.blocks:
        for each in reader.take(block):
            yield Origin(each.name, block.line, block.text or each.name, each.linked, each.descent)
    for line, text, each in reader.table_end():
        yield Origin(each.name, line, text, each.linked)


def own_names(own: Iterable[str]) -> re.Pattern[str]:
    """The names of a model in prose, from its ids, however their parts are joined."""
    tails = [_tail_pattern(name) for name in own]
    return re.compile("|".join(tail for tail in tails if tail) or r"(?!)", re.IGNORECASE)


@dataclass
class _Reader:
    """Takes the blocks one by one and remembers what an opening sentence or a table head said."""

    own: re.Pattern[str]
    _opened: tuple[str, ...] | None = None
    _column: int = -1
    _rows: list[Block] = field(default_factory=list)
    _taken: int = 0

    @property
    def _early(self) -> bool:
        """Whether the block opens the page: what is said there without a subject is said of this model."""
        return self._taken <= _OPENING

    def take(self, block: Block) -> Iterator[_Named]:
        """The origins that one block names; a table gives its column once it has ended."""
        text = block.text
        self._taken += 1
        row = text.lstrip().startswith("|")
        if row and self._column >= 0:
            self._rows.append(block)
            return
        yield from (each for _, _, each in self.table_end())
        self._column = _head_column(text) if row else -1
        named = _named_in(text, (*block.links, *block.references))
        listed = self._listed(block, named)
        found = sorted((*listed, *self._by_place(block, text, named)), key=lambda each: not each.descent)
        yield from {each.name: each for each in reversed(found)}.values()

    def table_end(self) -> Iterator[tuple[int, str, _Named]]:
        """The ids of the column under "Base model": of the rows on this model, or of the only row."""
        rows, column = [row for row in self._rows if re.search(r"\w", row.text)], self._column
        self._rows, self._column = [], -1
        about = [row for row in rows if self._is_row_of_own(row.text)] or (rows if len(rows) == 1 else [])
        for row in about:
            begin, end = _cell(row.text, column)
            for each in _named_in(row.text, row.links):
                if begin <= each.start < end:
                    yield row.line, row.text, each

    def _listed(self, block: Block, named: list[_Named]) -> list[_Named]:
        """The ids of a list that words of origin opened, or under a heading that is a label."""
        title = block.headings[-1] if block.headings else ""
        short = len(block.text) < _LISTED
        if self._opened == block.headings and named and short:
            return named
        self._opened = block.headings if self._opens(block.text) else None
        return named if short and _TITLE.match(title) else []

    def _opens(self, text: str) -> bool:
        if not text.endswith(":"):
            return False
        ends = [match.end() for match in _PHRASE.finditer(text, max(0, len(text) - 200))]
        about = any(not self._breaks(text[end:]) for end in ends)
        return about or (_OPENER.search(text) is not None and not self._is_own(text))

    def _by_place(self, block: Block, text: str, named: list[_Named]) -> Iterator[_Named]:
        if not named:
            return
        starts = [each.start for each in named]
        for phrase in _PHRASE.finditer(text):
            first = bisect_left(starts, phrase.start())
            yield from self._after(text, phrase, named[first : first + _MAX_NAMED])
        for begin, end in _labelled(block, text):
            yield from named[bisect_left(starts, begin) : bisect_left(starts, end)]
        for each in named:
            before, after = text[max(0, each.start - _GAP) : each.start], text[each.end : each.end + _GAP]
            called = _CALLED_THIS.search(before) or self._is_head(text[: each.start])
            treated = called and not text.startswith("|") and _TREATED.match(after)
            made = treated or self._is_made(text, each, called=bool(called))
            if (made or _USED_AS_BASE.match(after) or _OBJECT.search(before)) and not _DENIED.search(before):
                yield each

    def _is_head(self, before: str) -> bool:
        """Whether a name opens the page, with an article before it at most."""
        if not self._early:
            return False
        return not re.search(r"\w", before) or (len(before) < _GAP and _ARTICLE.match(before) is not None)

    def _is_made(self, text: str, each: _Named, *, called: bool) -> bool:
        """Whether the head of the page calls the model a treated one: "Quantized NAME", "a NAME finetune".

        A name that holds this model's own is that of one made of it.
        """
        if text.startswith("|") or self._is_own(each.name):
            return False
        if called and _A_TUNE.match(text[each.end : each.end + _GAP]):
            return True
        return self._early and each.start < _GAP and _MADE_OF.match(text[: each.start]) is not None

    def _after(self, text: str, phrase: re.Match[str], named: list[_Named]) -> Iterator[_Named]:
        before = text[max(0, phrase.start() - _GAP) : phrase.start()]
        if _DENIED.search(before) or _OTHER_THING.search(before) or _OTHER_USE.search(phrase[0]):
            return
        longest = _NOUN_GAP if _NOUN.fullmatch(phrase[0]) else _GAP
        at = phrase.end()
        for each in named:
            gap = text[at : each.start]
            if each.start - at > longest or self._breaks(gap):
                return
            about = text[each.start : each.end] if each.linked else ""
            after = text[each.end : each.end + _GAP]
            telling = each.linked or (_is_telling(each.name, gap) and not _A_DATASET.match(after))
            if telling and not _OTHER_USE.search(f"{about}{' '.join(after.split()[:2])}"):
                yield replace(each, descent=_is_descent(phrase[0], linked=each.linked))
            at = max(at, each.end)

    def _breaks(self, gap: str) -> bool:
        """Whether the words between turn to something else, or to what others made of this model."""
        return _BREAK.search(gap) is not None or self._is_own(gap)

    def _is_row_of_own(self, text: str) -> bool:
        hits = self.own.finditer(text)
        return any(not re.match(r"[-_.]\w", text[hit.end() : hit.end() + 2]) for hit in hits)

    def _is_own(self, text: str) -> bool:
        return self.own.search(text) is not None


def _is_descent(phrase: str, *, linked: bool) -> bool:
    return _DESCENT.search(phrase) is not None and (linked or _FROM.search(phrase) is not None)


def own_name(name: str) -> re.Pattern[str] | None:
    """The model's own name as prose writes it, not as the head of a longer name; None for a mere word."""
    tail = _tail_pattern(name)
    return re.compile(rf"\W{{0,3}}(?:[\w.-]{{1,96}}/)?{tail}(?![-_.]\w)", re.IGNORECASE) if tail else None


def _tail_pattern(name: str) -> str:
    """A pattern for the model's own name in prose, however its parts are joined; "" for a mere word."""
    parts = re.findall(r"[^\W_]+", name.rsplit("/", 1)[-1])
    telling = len(parts) > 1 or any(char.isdigit() for char in name.rsplit("/", 1)[-1])
    inner = r"[\W_]{0,2}".join(re.escape(part) for part in parts)
    return rf"(?<![^\W_]){inner}(?![^\W_])" if telling else ""


def _labelled(block: Block, text: str) -> Iterator[tuple[int, int]]:
    """Where the values of labelled lines stand in the text of the block."""
    at = 0
    for _, line in block.lines:
        if not line:
            continue
        found = _LABEL.match(line)
        if found:
            alone = not re.search(r"\w", line[found.end() :])
            yield at + found.end(), len(text) if alone else at + len(line)
        at += len(line) + 1


def _head_column(text: str) -> int:
    """The column of a table head that is titled as an origin; -1 for none or for a row of label and value."""
    cells = [cell.strip() for cell in text.strip().strip("|").split("|")]
    hits = [at for at, cell in enumerate(cells) if _TITLE.match(cell)]
    return hits[0] if hits and (hits[0] > 0 or len(cells) > 2) else -1  # noqa: PLR2004 - label and value


def _cell(text: str, column: int) -> tuple[int, int]:
    bars = [match.start() for match in re.finditer(r"\|", text)]
    begin = bars[column] if column < len(bars) else len(text)
    return begin, bars[column + 1] if column + 1 < len(bars) else len(text)


def _named_in(text: str, links: tuple[Link, ...]) -> list[_Named]:
    """Every id of a text at its place: Hub addresses first, then plain ids outside of any link."""
    found: list[_Named] = []
    bare = list(text)
    at = 0
    for link in links[:_MAX_LINKS]:
        shown = link.text or link.url
        start = max(text.find(shown, at), -1)
        start = text.find(shown) if start < 0 else start
        name = _id_of(link.url)
        if start >= 0:
            at = start + len(shown)
            bare[start:at] = " " * len(shown)
        place = (start, at) if start >= 0 else (len(text), len(text))
        if name:
            found.append(_Named(name, *place, linked=True))
        elif _is_relative(link.url) and _is_telling(link.url, ""):
            found.append(_Named(link.url, *place, linked=False))
    plain = _PLAIN.finditer("".join(bare))
    found += [
        _Named(hit[1].rstrip("."), hit.start(), hit.end(), linked=False) for hit in plain if _is_plain(hit[1])
    ]
    return sorted(found, key=lambda each: each.start)


def _id_of(url: str) -> str | None:
    """The id in a Hub address or path; a bare name only in the form of the Hub's early models."""
    relative = url.startswith("/") and not url.startswith("//")
    name = (
        id_from_address(f"https://huggingface.co{url}" if relative else url)
        if relative or "://" in url
        else None
    )
    return name if name and ("/" in name or _EARLY.match(name)) else None


def is_folder(name: str) -> bool:
    """Whether a name is made of a folder's words: `output/checkpoint-100` has the form of an id, only."""
    first, _, last = name.rpartition("/")
    both = _STATES.match(last) and (not first or _FOLDERS.match(first))
    return bool(both or (not first and _FOLDERS.match(last)))


def _is_plain(name: str) -> bool:
    org = name.split("/", maxsplit=1)[0].lower()
    return org not in _NOT_ORGS and is_model_id(name.rstrip(".")) and not is_folder(name)


def _is_relative(url: str) -> bool:
    """Whether a link has the form of an id: no path to a file of the repository, and no folder."""
    return url.count("/") == 1 and _ID.fullmatch(url) is not None and _is_plain(url) and not _FILE.search(url)


def _is_telling(name: str, gap: str) -> bool:
    """Whether a plain `a/b` is an id: it follows at once, or its second part looks like a model's name."""
    org, tail = name.split("/", 1)
    if not re.search(r"[A-Za-z]", tail) or re.fullmatch(r"[A-Za-z]\d{1,4}(?:-\w+)?", tail):
        return False
    at_once = not re.search(r"\w", gap) and len(org) > 2 and len(tail) > 2  # noqa: PLR2004 - "w/o"
    marked = any(char.isdigit() for char in tail) and re.search(r"[-_.]", tail)
    return at_once or bool(marked) or tail.count("-") > 1

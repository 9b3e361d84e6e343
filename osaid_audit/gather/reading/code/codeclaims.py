"""Whether a link is the object of the publisher's own claim to code of the model, and of nothing else.

A page names the code of baselines, teachers, tools and data sets in the same words as its own: "our code
follows X", "their code is available at X", "Code: X" in a list about another model. A wrong guess would
condemn a model for the license of somebody else's repository. So the words are a closed set (`claims` in
rules/code-files.yaml) that must fit in full, under a heading about the model itself, after nothing that
speaks of another work.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from osaid_audit.gather.reading.files.codefiles import any_of, table
from osaid_audit.gather.reading.prose.card import Block, Link
from osaid_audit.gather.reading.repository.page import Page

_LINK = "§"
_NO_WORD = re.compile(r"[^\w' .:|/§-]+|(?<!\w)[-.]+|[-.]+(?!\w)")
_CELLS = re.compile(r"[|•·]")
_SCHEME = re.compile(r"\Ahttps?://(?:www\.)?", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_INSIDE = re.compile(
    r"[ \t]{2}|\t|[ ]{0,3}>|[ ]?<(?:blockquote|q|details|summary|table|t[drh])\b", re.IGNORECASE
)
_QUOTES = frozenset('"\u201c\u201d\u201e\u00ab\u00bb')
_A_NAME = r"(?<!\w)(?=[A-Z]{0,40}[a-z])[A-Z]\w{0,40}[A-Z]\w{0,40}|(?<!\w)[A-Za-z]{1,40}-?\d[\w.-]{0,40}"
_NAMED = re.compile(_A_NAME)
_NAME = re.compile(rf"{_A_NAME}|(?<=[\w,;:)] )[A-Z][a-z]{{2,}}")
_ADDRESS = re.compile(r"https?://\S{1,600}")
_BY = " by"
_WORDS = re.compile(r"\w+")
_LONGEST = 600
_A_WORD = 3
_ENDS = (".", "!", "?")


def is_claimed(link: Link, block: Block, page: Page, repository: str) -> bool:
    """Whether the page calls the linked repository, known by its address, its code and says nothing else."""
    if len(block.text) > _LONGEST or _QUOTES & set(block.text):
        return False
    if not _is_claim(link, block, repository) or _is_taken_back(block, page):
        return False
    return (
        _under_its_own_heading(block, page)
        and _follows_nothing_else(block, page)
        and not _inside(block, page)
    )


def _is_claim(link: Link, block: Block, repository: str) -> bool:
    whole = _told(block.text, link)
    if len(block.lines) > 1 and not _fits(whole, link, block, repository):
        here = [text for number, text in block.lines if number == link.line]
        rest = [text for number, text in block.lines if number != link.line]
        told = _told(here[0], link) if here else ""
        return _fits(told, link, block, repository) and all(map(_is_beside, rest))
    return _fits(whole, link, block, repository)


def _fits(told: str, link: Link, block: Block, repository: str) -> bool:
    """Whether the words around the link are a claim, alone or in one row with labels of other things."""
    cells = [cell.strip() for cell in _CELLS.split(told)]
    if not all(cells):  # a row of a table, which a column may give to another model
        return False
    rest = [cell for cell in cells if _LINK not in cell]
    mine = [cell for cell in cells if _LINK in cell]
    return len(mine) == 1 and all(map(_is_beside, rest)) and _says_so(mine[0], link, block, repository)


def _says_so(cell: str, link: Link, block: Block, repository: str) -> bool:
    text, pointed = _plain(link.text), _points(link, repository)
    if cell == _LINK:
        heading = block.headings[-1] if len(block.headings) > 1 else ""
        named = _is("labels", text) and not _is("pointers", text)
        return named or (pointed and _is("labels", _plain(heading)))
    label, colon, after = cell.partition(":")
    labelled = bool(colon) and after.strip() == _LINK and _is("labels", label.strip())
    return (labelled or _is("shapes", cell)) and (pointed or _is("labels", text))


def _points(link: Link, repository: str) -> bool:
    """Whether the link's own text is its address, the repository's name with its owner, or "here"."""
    text = _SCHEME.sub("", link.text.strip()).rstrip("/").removesuffix(".git").lower()
    place = _SCHEME.sub("", repository).lower()
    named = {"", place, place.partition("/")[2], _SCHEME.sub("", link.url).rstrip("/").lower()}
    return text in named or _is("pointers", _plain(link.text))


def _told(text: str, link: Link) -> str:
    """The text in plain words, the link in it as one sign; "" when the link's text is not in it."""
    before, found, after = text.replace(_LINK, " ").rpartition(link.text or link.url)
    return _words(f"{before}{_LINK}{after}") if found else ""


def _words(text: str) -> str:
    return " ".join(_NO_WORD.sub(" ", text.replace("\u2019", "'")).split()).strip(" .").lower()


def _plain(text: str) -> str:
    return _words(text.replace(":", " ").replace("|", " ").replace("/", " "))


def _is(kind: str, text: str) -> bool:
    """Whether one of the patterns of this kind fits the whole text."""
    pattern = any_of(getattr(table().claims, kind))
    return pattern is not None and pattern.fullmatch(text) is not None


def _is_beside(text: str) -> bool:
    """Whether a text is a label of something else about this model, and its value names no other work."""
    label, _, value = text.partition(":")
    name = _words(label)
    named = not name.endswith(_BY) and _NAMED.search(_ADDRESS.sub(" ", value)) is not None
    return not named and (_is("beside", name) or _is("labels", name))


def _under_its_own_heading(block: Block, page: Page) -> bool:
    titles = block.headings
    if titles and titles[0] == page.card.headings[0][1] and _is_title(titles[0], page):
        titles = titles[1:]
    return all(_is("headings", _plain(title)) for title in titles)


def _is_title(heading: str, page: Page) -> bool:
    """Whether the first heading of the page names this model: a word of it is in the repository's id."""
    name = "".join(_WORDS.findall(_place(page).rpartition("/")[2].lower()))
    words = (word.strip("_").lower() for word in _WORDS.findall(heading))
    return not _speaks_of_others(heading) and any(len(word) >= _A_WORD and word in name for word in words)


def _place(page: Page) -> str:
    """The address of the model's page, without what follows its id."""
    return page.raw.url.partition("/resolve/")[0] if page.raw else ""


def _follows_nothing_else(block: Block, page: Page) -> bool:
    """Whether the text before it, labels left out, ends as a sentence and names no other work."""
    before = next(_texts_before(block, page), "")
    if not before:
        return True
    return before.endswith(_ENDS) and not _speaks_of_others(before) and not _names_another(before, page)


def _is_taken_back(block: Block, page: Page) -> bool:
    """Whether the text right behind it, in the same section, goes on about the code."""
    at, after = _position(block, page) + 1, any_of(table().claims.after)
    behind = [each.text for each in page.card.blocks[at : at + 1] if each.headings == block.headings]
    return after is not None and any(map(after.search, behind))


def _texts_before(block: Block, page: Page) -> Iterator[str]:
    """The texts of the same section before the block, the nearest first, without labels and pictures."""
    for each in reversed(page.card.blocks[: _position(block, page)]):
        if each.headings != block.headings:
            return
        if each.text and not all(_is_beside(cell) for cell in _CELLS.split(each.text)):
            yield each.text.strip()


def _position(block: Block, page: Page) -> int:
    return next((at for at, each in enumerate(page.card.blocks) if each is block), 0)


def _speaks_of_others(text: str) -> bool:
    others = any_of(table().claims.others)
    return others is not None and others.search(text) is not None


def _names_another(text: str, page: Page) -> bool:
    """Whether a name stands in the text that is neither the model's nor one of everybody's."""
    told = f"{page.card.title} {_place(page)}"
    ours = {word.lower() for word in _WORDS.findall(told)} | table().claims.known
    words = (word.lower() for name in _NAME.findall(text[:_LONGEST]) for word in _WORDS.findall(name))
    return not ours.issuperset(words)


def _inside(block: Block, page: Page) -> bool:
    """Whether the block stands inside something: a quotation, or an item of another item."""
    lines = _lines(page.raw.body) if page.raw else ()
    shown = (number for number, _ in block.lines if number <= len(lines))
    return any(_INSIDE.match(lines[number - 1]) for number in shown)


@lru_cache(maxsize=2)
def _lines(body: bytes) -> tuple[str, ...]:
    return tuple(_LINE_END.split(body.decode("utf-8", errors="replace")))

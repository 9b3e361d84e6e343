"""The card of one repository as read: front matter, prose, and how much of it can be relied on."""

import html
import re
from dataclasses import dataclass, field

from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.card import Card, plain, read_card
from osaid_audit.gather.reading.frontmatter import FrontMatter, read_front_matter
from osaid_audit.gather.reading.language import is_read
from osaid_audit.gather.reading.listing import weights_of
from osaid_audit.gather.reading.origins import own_name
from osaid_audit.gather.reading.packing import shows_packing
from osaid_audit.gather.reading.plan import base_names
from osaid_audit.gather.reading.problems import is_plain_absence
from osaid_audit.gather.reading.sources import README
from osaid_audit.resources import Pattern

_CONVERTED = Pattern("origins", "converted")
_PACKED_TITLE = Pattern("origins", "packed_title")
_OPENING_BLOCKS = 6
_OPENING_CHARACTERS = 3000
_LONGEST_SENTENCE = 500
_SCRIPT = re.compile(r"<(script|style|noscript)\b", re.IGNORECASE)
_PACKED = frozenset({"gguf", "ggml", "coreml", "onnx", "tensorrt", "litert", "llamafile"})


@dataclass(frozen=True)
class Page:
    """What the card of a repository holds.

    known      the card was read, or a complete listing shows that there is none
    parsed     and its front matter could be read
    language   its prose is in a language that is read
    parent     the prose speaks of another model: this repository only converts it
    converted  the line and the words of the opening that say so, if any do
    """

    raw: Raw | None = None
    front: FrontMatter = field(default_factory=FrontMatter)
    card: Card = field(default_factory=Card)
    known: bool = False
    parsed: bool = False
    language: bool = False
    parent: bool = False
    converted: tuple[int, str] | None = None


def read_page(repository: Repository) -> Page:
    """The card of a repository; never raises."""
    fetched = repository.files.get(README)
    if not isinstance(fetched, Raw):
        absent = is_plain_absence(repository, fetched)
        return Page(known=absent, parsed=absent, language=absent)
    front = read_front_matter(fetched.body)
    card = read_card(front.body, front.body_line)
    converted = _says_converted(repository, card)
    return Page(
        raw=fetched,
        front=front,
        card=card,
        known=True,
        parsed=front.readable,
        language=is_read(card),
        parent=converted is not None or converts_a_base(repository),
        converted=converted,
    )


def readable_text(body: bytes) -> str | None:
    """The text of a license or policy file or page; None when it is no text (a PDF, a pointer, binary)."""
    if body.startswith((b"%PDF", b"PK\x03\x04", b"version https://git-lfs")) or b"\x00" in body[:8192]:
        return None
    text = body.decode("utf-8", errors="replace")
    head = text[:2000].lower()
    if "<html" in head or "<!doctype html" in head or "<body" in head:
        lines = _without_scripts(text).splitlines()
        return "\n".join(plain(html.unescape(line)) if line.strip() else "" for line in lines)
    return text


def _without_scripts(text: str) -> str:
    """The page without scripts and styles, in one pass; one that never closes hides nothing."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    parts, at = [], 0
    ends = dict.fromkeys(("script", "style", "noscript"), 0)
    for found in _SCRIPT.finditer(text):
        name = found[1].lower()
        if found.start() < at or ends[name] < 0:
            continue
        ends[name] = lowered.find(f"</{name}", found.end())
        if ends[name] >= 0:
            parts += [text[at : found.start()], " "]
            close = lowered.find(">", ends[name])
            at = len(text) if close < 0 else close + 1
    return "".join([*parts, text[at:]])


def converts_a_base(repository: Repository) -> bool:
    """Whether the declared bases are only quantized here: by their relation, and the weights show it.

    Weights in formats that only hold converted ones are enough when no relation is named.
    """
    bases = base_names(repository.info, repository.files.get(README))
    relations = {relation for _, relation in bases}
    formats = set(weights_of(repository.listing).formats)
    packed = bool(formats) and formats <= _PACKED
    return (relations == {"unknown"} and packed) or (
        relations == {"quantized"} and (packed or shows_packing(repository))
    )


def _says_converted(repository: Repository, card: Card) -> tuple[int, str] | None:
    """The words of title or opening that call this very repository a conversion of another model."""
    own = own_name(repository.canonical)
    if card.title and card.headings and (_PACKED_TITLE.search(card.title) or _is_conversion(card.title, own)):
        return card.headings[0][0], card.title
    read = 0
    for block in card.blocks[:_OPENING_BLOCKS]:
        for sentence in block.sentences() if read < _OPENING_CHARACTERS else ():
            if _is_conversion(sentence.text[:_LONGEST_SENTENCE], own):
                return sentence.line, sentence.text
        read += len(block.text)
    return None


def _is_conversion(text: str, own: "re.Pattern[str] | None") -> bool:
    found = _CONVERTED.match(text)
    return found is not None and not (own and own.match(text, found.end()))

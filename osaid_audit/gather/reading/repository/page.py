"""The card of one repository as read: front matter, prose, and how much of it can be relied on."""

import re
from dataclasses import dataclass, field

from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.files.listing import weights_of
from osaid_audit.gather.reading.files.packing import is_named_packed, shows_packing
from osaid_audit.gather.reading.files.plan import base_names, texts
from osaid_audit.gather.reading.prose.card import Card, read_card
from osaid_audit.gather.reading.prose.frontmatter import FrontMatter, read_front_matter
from osaid_audit.gather.reading.prose.language import is_foreign, is_read, is_surely_read
from osaid_audit.gather.reading.prose.origins import own_name
from osaid_audit.gather.reading.repository.problems import is_plain_absence
from osaid_audit.gather.reading.sources import README
from osaid_audit.resources import Pattern

_CONVERTED = Pattern("origins", "converted")
_CONVERTER = Pattern("origins", "converter")
_BESIDE = Pattern("origins", "beside")
_OPENING_BLOCKS = 14
_OPENING_CHARACTERS = 3000
_LONGEST_SENTENCE = 500
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

    def languages(self) -> tuple[str, ...]:
        """The languages that the front matter declares."""
        return tuple(text for entry in self.front.values("language") for text in texts(entry.value))

    def is_foreign(self) -> bool:
        """Whether there is prose, in a language that is not read: it may say anything."""
        return self.raw is not None and is_foreign(self.card, self.languages())

    def is_surely_read(self) -> bool:
        """Whether the language of all its words could be told: only such a card shows an absence."""
        return is_surely_read(self.card, self.languages())


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
        parent=_copies_a_card(repository, card, converted),
        converted=converted,
    )


def converts_a_base(repository: Repository) -> bool:
    """Whether the declared bases are only quantized here: by their relation, and the weights show it.

    When no relation is named, formats that only hold converted weights, or the repository's name, are enough.
    """
    bases = base_names(repository.info, repository.files.get(README))
    relations = {relation for _, relation in bases}
    if relations == {"quantized"}:
        return _only_packed(repository) or shows_packing(repository)
    return relations == {"unknown"} and (_only_packed(repository) or is_named_packed(repository.canonical))


def _only_packed(repository: Repository) -> bool:
    formats = set(weights_of(repository.listing).formats)
    return bool(formats) and formats <= _PACKED


def _copies_a_card(repository: Repository, card: Card, says: tuple[int, str] | None) -> bool:
    """Whether the card is another model's: by a sentence of its own, or by a name and the formats here."""
    sentence = says is not None and (says[1] != card.title or _CONVERTED.match(card.title) is not None)
    if sentence or converts_a_base(repository):
        return True
    names = f"{card.title} {repository.canonical}"
    named = is_named_packed(card.title) or is_named_packed(repository.canonical)
    return named and (_only_packed(repository) or _is_converted_format(names, repository))


def _is_converted_format(names: str, repository: Repository) -> bool:
    """Whether the name is that of a format of converted weights, and the files do not show another one."""
    found = _CONVERTER.search(names)
    formats = set(weights_of(repository.listing).formats)
    is_gguf = found is not None and found[0][1:].lower() in _PACKED
    return found is not None and (not is_gguf or "safetensors" not in formats or bool(formats & _PACKED))


def _says_converted(repository: Repository, card: Card) -> tuple[int, str] | None:
    """The words of the opening, or else the title, that call this very repository a conversion."""
    own = own_name(repository.canonical)
    read = 0
    for block in card.blocks[:_OPENING_BLOCKS]:
        aside = any(_BESIDE.search(title) for title in block.headings if title != card.title)
        for sentence in block.sentences() if read < _OPENING_CHARACTERS and not aside else ():
            if _is_conversion(sentence.text[:_LONGEST_SENTENCE], own):
                return sentence.line, sentence.text
        read += len(block.text)
    says = is_named_packed(card.title) or _is_conversion(card.title, own)
    return (card.headings[0][0], card.title) if says and card.headings else None


def _is_conversion(text: str, own: re.Pattern[str] | None) -> bool:
    found = _CONVERTED.match(text)
    return found is not None and not (own and own.match(text, found.end()))

"""The card of one repository as read: front matter, prose, and how much of it can be relied on."""

import re
from dataclasses import dataclass, field

from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.card import Card, read_card
from osaid_audit.gather.reading.frontmatter import FrontMatter, read_front_matter
from osaid_audit.gather.reading.language import is_read
from osaid_audit.gather.reading.listing import weights_of
from osaid_audit.gather.reading.plan import base_names
from osaid_audit.gather.reading.problems import is_plain_absence
from osaid_audit.gather.reading.sources import README

_CONVERTED = re.compile(
    r"\b(?:quanti[sz]ed|quanti[sz]ations?|quants?|gguf|ggml|gptq|awq|exl2|imatrix|mlx|bitsandbytes)\b.{0,60}"
    r"\b(?:version|versions|quants?|quanti[sz]ations?|files?|conversion|format|of|model files)\b"
    r"|\bquanti[sz]ed (?:to|from|using|with|by)\b",
    re.IGNORECASE,
)
_OPENING_BLOCKS = 6
_PACKED = frozenset({"gguf", "ggml", "coreml", "onnx", "tensorrt", "litert", "llamafile"})


@dataclass(frozen=True)
class Page:
    """What the card of a repository holds.

    known      the card was read, or a complete listing shows that there is none
    parsed     and its front matter could be read
    language   its prose is in a language that is read
    parent     the prose speaks of another model: this repository only converts it
    """

    raw: Raw | None = None
    front: FrontMatter = field(default_factory=FrontMatter)
    card: Card = field(default_factory=Card)
    known: bool = False
    parsed: bool = False
    language: bool = False
    parent: bool = False


def read_page(repository: Repository) -> Page:
    """The card of a repository; never raises."""
    fetched = repository.files.get(README)
    if not isinstance(fetched, Raw):
        absent = is_plain_absence(repository, fetched)
        return Page(known=absent, parsed=absent, language=absent)
    front = read_front_matter(fetched.body)
    card = read_card(front.body, front.body_line)
    return Page(
        raw=fetched,
        front=front,
        card=card,
        known=True,
        parsed=front.readable,
        language=is_read(card),
        parent=_speaks_of_parent(repository, card),
    )


def converts_a_base(repository: Repository) -> bool:
    """Whether a declared base is only quantized here, by its relation or by packed weights alone."""
    bases = base_names(repository.info, repository.files.get(README))
    if any(relation == "quantized" for _, relation in bases):
        return True
    formats = set(weights_of(repository.listing).formats)
    undeclared = bool(bases) and all(relation == "unknown" for _, relation in bases)
    return undeclared and bool(formats) and formats <= _PACKED


def _speaks_of_parent(repository: Repository, card: Card) -> bool:
    opening = " ".join(block.text for block in card.blocks[:_OPENING_BLOCKS])[:3000]
    return converts_a_base(repository) or bool(_CONVERTED.search(f"{card.title}. {opening}"))

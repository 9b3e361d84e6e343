"""What the sentences of a card say is released or kept back, each with the care that its fact asks for.

That training code is kept back fails a rule, so the sentence must be complete in itself, like any refusal.
That training data is not released fails the highest label only, and nobody is asked to release what the law
forbids; the reason is a fact of its own. Code counts as found only with a link beside the words.
"""

from collections.abc import Iterator
from itertools import pairwise

from osaid_audit.gather.reading.prose.card import Block, Card, Link, Sentence
from osaid_audit.gather.reading.prose.refusals import is_about_others, stands_alone, takes_back
from osaid_audit.gather.reading.prose.releases import Claim, claims
from osaid_audit.resources import Pattern

FOUND = {
    "data": "data.released",
    "training": "code.training_found",
    "evaluation": "code.evaluation_found",
    "processing": "code.data_processing_found",
}
"""The fact that each part gives when it is released."""
_TAKES_BACK = Pattern("releases", "takes_back")
_END = (Block(((0, ""),), ()), Sentence("", 0, ()))


def handed_out(card: Card) -> Iterator[tuple[str, Sentence]]:
    """The facts about released data and code that a card states, each with its sentence."""
    told = [(block, sentence) for block in card.blocks for sentence in block.sentences()]
    before = _END[1]
    for (block, sentence), (after, following) in pairwise([*told, _END]):
        found = () if is_about_others(sentence, card.title) else claims(sentence.text)
        for claim in found:
            if claim.given:
                yield from ((name, sentence) for name in _found(claim, block, sentence))
            else:
                linked = bool(block.links) or (after.headings == block.headings and bool(after.links))
                kept = _kept(claim, before, sentence, following, linked=linked)
                yield from ((name, sentence) for name in kept)
        before = sentence


def _found(claim: Claim, block: Block, sentence: Sentence) -> Iterator[str]:
    link = _link_in(block, sentence, claim.label)
    for part, name in FOUND.items():
        if part in claim.parts and (link or (part == "data" and not claim.bare)):
            yield name


def _kept(
    claim: Claim, before: Sentence, sentence: Sentence, after: Sentence, *, linked: bool
) -> Iterator[str]:
    alone = stands_alone(sentence, before, after) and not linked and not takes_back(claim.behind)
    if "training" in claim.parts and claim.plain and alone:
        yield "code.training_withheld"
    taken_back = after.headings == sentence.headings and _TAKES_BACK.search(after.text)
    if "data" in claim.parts and not taken_back and stands_alone(sentence, before, _END[1]):
        yield "data.not_released"
        if claim.reason:
            yield "data.unshareable_reason"


def _link_in(block: Block, sentence: Sentence, label: str) -> bool:
    """Whether a sentence holds a link; behind a label it must be all that stands there."""
    links = [link for link in block.links if _leads_somewhere(link)]
    if label:
        return any(label in {link.text, link.url, link.url.rstrip("/")} for link in links)
    return any((link.text or link.url) in sentence.text for link in links)


def _leads_somewhere(link: Link) -> bool:
    return not link.url.startswith(("#", "mailto:"))

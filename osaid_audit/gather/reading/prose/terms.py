"""What the prose says about the license: only sentences about this model, only licenses the table knows.

Three answers for every sentence. Plainly about this model, one license, nothing that dates, compares or
offers a choice: a statement. Words that limit use, or the name of a restricted license, in any other
sentence: a lead, which asks for a reader. Plainly about another thing: nothing. What else speaks of terms
counts as unread: it may hold a conclusion back and never makes one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from osaid_audit import licenses
from osaid_audit.gather.reading.prose.about import Subject, folded, names_model, parts, subject
from osaid_audit.gather.reading.prose.card import Block, Card, Link, Sentence
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.prose.limits import is_dated, limits, present, restricted_names
from osaid_audit.gather.reading.prose.named import unknown_license
from osaid_audit.gather.reading.words import NEGATION, TERMS_WORD
from osaid_audit.resources import Pattern, WordList
from osaid_audit.schema.licenses import ClauseId

_SECTION = Pattern("terms", "section")
_KEY = Pattern("terms", "key")
_BARE_KEY = Pattern("terms", "bare_key")
_LABEL = Pattern("terms", "label")
_GRANT = Pattern("terms", "grant")
_LIMIT = Pattern("terms", "limit")
_USE = Pattern("terms", "use")
_ORIGIN = Pattern("terms", "origin")
_UNCLEAR = Pattern("terms", "unclear")
_CONDITIONAL = Pattern("terms", "conditional")
_NAMES_WITH_NEGATION = Pattern("terms", "names_with_negation")
_ENTRY_WORDS = WordList("terms", "entry_words")
_PROSE_CLAUSES: frozenset[ClauseId] = frozenset(
    {"noncommercial", "research_only", "personal", "no_derivatives", "no_redistribution", "geography",
     "output_training_ban", "field_of_use"}
)  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One thing the prose says about the license.

    `license_id` is an id of the table or the address of a known text, `leads` are clauses found by pattern,
    `name` is an explicit name that the table does not know.
    """

    line: int
    quote: str
    covers: Literal["weights", "code"]
    license_id: str | None = None
    leads: tuple[ClauseId, ...] = ()
    name: str | None = None


@dataclass(frozen=True)
class Terms:
    """All terms of a page; `unread` says that words about terms remain which no statement explains."""

    stated: tuple[Term, ...]
    unread: bool


_MAX_LINKS = 20
_LONGEST = 2000
_SIZE = re.compile(
    r"(?<![\w.])(?:[\w.]{1,60}-)?(\d{1,4}(?:\.\d{1,3})?[bm])\b(?![ -](?:tokens?|words?|samples?|pairs?"
    r"|images?"
    r"|examples?|parameters?|documents?|sentences?))",
    re.IGNORECASE,
)


def read_terms(card: Card, *, all_terms: bool = False) -> Terms:
    """The terms a page states. `all_terms` reads every sentence as one of a license section (a NOTICE).

    What a notice names without naming the model may be another thing: it restricts nothing by itself.
    """
    stated: dict[tuple[str | None, tuple[ClauseId, ...], str | None, str], Term] = {}
    unread = False
    for written, links in _sentences(card):
        sentence = replace(written, text=folded(written.text))
        found = tuple(_said(sentence, links, card.title, all_terms=all_terms))
        if not found and _speaks_of_terms(sentence):
            unread = True
        for term in found:
            quoted = replace(term, quote=phrase(written.text or term.quote))
            stated.setdefault((term.license_id, term.leads, term.name, term.covers), quoted)
    return Terms(tuple(stated.values()), unread)


def _said(sentence: Sentence, links: list[Link], title: str, *, all_terms: bool) -> Iterator[Term]:
    """What one sentence says: its statements, else a lead when it limits use."""
    if _is_another_size(sentence.text, title):
        return
    found: tuple[Term, ...] = ()
    if _speaks_of_terms(sentence):
        in_section = all_terms or _is_section(_heading(sentence))
        found = tuple(_terms_of(sentence, title, in_section=in_section))
        if not any(term.license_id for term in found):
            found = (*found, *_more(sentence, links, title, in_section=in_section))
        if all_terms and not names_model(sentence.text):
            found = tuple(term for term in found if not _restricts(term))
    yield from found
    if not any(term.covers == "weights" and _asks(term) for term in found):
        yield from _lead(sentence, links, title)


def _heading(sentence: Sentence) -> str:
    return sentence.headings[-1] if sentence.headings else ""


def _speaks_of_terms(sentence: Sentence) -> bool:
    return bool(TERMS_WORD.search(sentence.text) or _SECTION.search(_heading(sentence)))


def _restricts(term: Term) -> bool:
    return licenses.resolve(term.license_id or "").restricted


def _asks(term: Term) -> bool:
    """Whether a term already restricts, or asks for a reader."""
    if term.leads or term.name:
        return True
    found = licenses.resolve(term.license_id or "")
    return found.restricted or (found.cls == "custom-unknown" and not found.vague)


def _lead(sentence: Sentence, links: list[Link], title: str) -> Iterator[Term]:
    """A limit that no statement explains: its clauses where a pattern knows them, else the words."""
    addresses = " ".join(link.url for link in links if licenses.resolve_link(link.url).restricted)
    text = f"{sentence.text} {addresses}" if addresses else sentence.text
    if not limits(text, sentence.headings, title):
        return
    hits = {hit.id for hit in licenses.find_clauses(present(text))} & _PROSE_CLAUSES
    name = None if hits else phrase(sentence.text or addresses)
    yield Term(sentence.line, phrase(sentence.text), "weights", leads=tuple(sorted(hits)), name=name)


def _is_another_size(text: str, title: str) -> bool:
    """Whether a sentence names models by size and none has the size of the title: a sibling's license."""
    named = {size.lower() for size in _SIZE.findall(text)}
    own = {size.lower() for size in _SIZE.findall(title)}
    return bool(named and own) and not named & own


def _sentences(card: Card) -> Iterator[tuple[Sentence, list[Link]]]:
    """Every sentence with the addresses that hang on its own words; headings and texts of images too."""
    for block in card.blocks:
        own = list(block.sentences())
        for at, sentence in enumerate(own):
            last = own[at + 1].line if at + 1 < len(own) else block.lines[-1][0]
            near = [link for link in block.links if sentence.line <= link.line <= last]
            yield sentence, [link for link in near if _hangs_on(link, sentence, own)][:_MAX_LINKS]
        yield from _pictured(block)
    for line, title in card.headings:
        if _LABEL.match(title) or not _SECTION.search(title):
            yield Sentence(title, line, ()), []


def _pictured(block: Block) -> Iterator[tuple[Sentence, list[Link]]]:
    """What badges say, and addresses that hang on a badge alone, as sentences of their own."""
    bare = [link for link in block.links if not link.text.strip()]
    for image in block.images[:_MAX_LINKS]:
        beside = [link for link in bare if link.line == image.line]
        yield Sentence(image.text, image.line, block.headings), beside[:_MAX_LINKS]
    if not block.text and not block.images:
        yield Sentence("", block.line, block.headings), bare[:_MAX_LINKS]


def _hangs_on(link: Link, sentence: Sentence, among: list[Sentence]) -> bool:
    """Whether a link stands in this sentence and in no other of its block."""
    words = link.text or link.url
    return len(among) == 1 or [each for each in among if words in each.text] == [sentence]


def _more(sentence: Sentence, links: list[Link], title: str, *, in_section: bool) -> Iterator[Term]:
    """What a sentence that names no known license says by its links, or by a name nobody knows."""
    text = sentence.text[:_LONGEST]
    about = subject(text)
    keyed = bool(_KEY.search(text) or _BARE_KEY.search(text))
    if about not in {"other", "code"}:
        name = unknown_license(text, title, in_section=in_section or keyed, about_model=about == "model")
        if name:
            yield Term(sentence.line, phrase(sentence.text), "weights", name=name)
    if (in_section or keyed) and about != "other" and not _ORIGIN.search(text):
        yield from _behind_links(sentence, links)


def _behind_links(sentence: Sentence, links: list[Link]) -> Iterator[Term]:
    """Licenses that a sentence links by the address of their canonical text.

    An address that several licenses share, or that only restricted ones bear, stands for itself.
    """
    for link in links:
        found = licenses.resolve_link(link.url) if "://" in link.url else None
        if found is not None and found.known:
            plain = len(found.ids) == 1 and not found.restricted
            yield Term(sentence.line, phrase(sentence.text), "weights", found.ids[0] if plain else link.url)


def _is_section(title: str) -> bool:
    return bool(_SECTION.search(title)) and subject(title) not in {"code", "other"}


def _terms_of(sentence: Sentence, title: str, *, in_section: bool) -> Iterator[Term]:
    keyed = bool(_KEY.search(sentence.text))
    about: Subject | None = "model" if in_section or keyed else None
    named = False
    sibling = not keyed and _is_sibling(sentence.text, title)
    for part in parts(sentence.text[:_LONGEST]):
        about = subject(part) or about
        for license_id in _granted(part, bare=in_section or keyed):
            if about in {"model", "code"} and not (sibling and licenses.resolve(license_id).restricted):
                named = True
                covers: Literal["weights", "code"] = "weights" if about == "model" else "code"
                yield Term(sentence.line, phrase(sentence.text), covers, license_id)
    if not named:
        leads = _leads(sentence, in_terms=in_section or keyed)
        if leads:
            yield Term(sentence.line, phrase(sentence.text), "weights", leads=leads)


def _is_sibling(text: str, title: str) -> bool:
    """Whether an entry of a list begins with a name that is not that of this card: "Acme Large: ..."."""
    found = _ENTRY.match(text)
    if found is None:
        return False
    known = _ENTRY_WORDS.all | set(_NAME_WORD.findall(title.lower()))
    strange = [word for word in _NAME_WORD.findall(found[1]) if word.lower() not in known]
    files = any(word in {"weights", "checkpoint", "safetensors", "bin"} for word in found[1].lower().split())
    return any(word[0].isupper() or not files for word in strange)


def _granted(part: str, *, bare: bool) -> Iterator[str]:
    """License ids that the part grants: a known name after a word of granting, nothing else in between.

    What follows the name ("and may not be used commercially") takes nothing back. A restriction must be
    plain: one name, at present, without a choice.
    """
    if _CONDITIONAL.search(part):
        return
    grant = _GRANT.search(part)
    if grant is None and not bare:
        return
    tail = part if bare or grant is None else part[grant.start() :]
    if not bare and subject(tail) in {"other", "code"}:
        return
    plain = len(restricted_names(tail)) <= 1 and not is_dated(part) and not _UNCLEAR.search(part)
    for mention in licenses.find_mentions(tail):
        if not _is_denied(part, mention.quote) and (plain or not licenses.resolve(mention.id).restricted):
            yield mention.id


def _is_denied(part: str, name: str) -> bool:
    """Whether a word of negation stands before the name."""
    head = part[: max(part.find(name), 0)]
    return bool(NEGATION.search(_NAMES_WITH_NEGATION.sub(" ", head)))


_ENTRY = re.compile(r"^\W{0,4}([\w .()/+-]{1,60}?)\s{0,2}[:|\u2013]\s")
_NAME_WORD = re.compile(r"[^\W_]{2,}")


def _leads(sentence: Sentence, *, in_terms: bool) -> tuple[ClauseId, ...]:
    """Clauses that a sentence about using this model hints at."""
    text = sentence.text
    about = subject(text)
    if about in {"code", "other"} and not in_terms:
        return ()
    if not in_terms and not (about == "model" and _LIMIT.search(text) and _USE.search(text)):
        return ()
    hits = {hit.id for hit in licenses.find_clauses(text)}
    return tuple(sorted(hits if in_terms else hits & _PROSE_CLAUSES))

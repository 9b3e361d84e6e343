"""What the prose says about the license: only sentences about this model, only licenses the table knows.

A sentence about a base model, a dataset or the code is not about this model. Whatever speaks of terms and
cannot be read as a statement is counted as unread: it may hold a conclusion back and never makes one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from osaid_audit import licenses
from osaid_audit.gather.reading.card import Card, Link, Sentence
from osaid_audit.gather.reading.named import unknown_license
from osaid_audit.gather.reading.prose import phrase
from osaid_audit.gather.reading.words import NEGATION, TERMS_WORD
from osaid_audit.schema.licenses import ClauseId

Subject = Literal["model", "code", "other"]

_SECTION = re.compile(
    r"\blicen[cs](?:es?|ing)\b|terms of use|conditions d['\u2019]utilisation", re.IGNORECASE
)
_KEY = re.compile(
    r"^\W{0,4}(?:model |weights? |the )?licen[cs]e(?:s|\(s\))?(?: of the model)?\s{0,3}[:|\u2013-]",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"{_KEY.pattern}\s{{0,3}}\w", re.IGNORECASE)
_PARTS = re.compile(
    r"[;|]\s+|(?:,|\s+(?:and|while|but|whereas|et|mais|tandis que))\s+"
    r"(?=(?:and |while |but )?(?:the|our|its|this|these|all|an?|which|we|models?|weights|code|data|datasets?"
    r"|le|la|les|ce|cette|ces|poids|données)\b)",
    re.IGNORECASE,
)
_SUBJECTS: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            r"^\W{0,4}[\w.-]{1,96}/[\w.-]{1,96}\s{0,2}:|\b(?:base|original|parent|teacher|upstream"
            r"|underlying|reward|source|foundation|backbone|reference)"
            r" (?:language )?models?\b|\b(?:data|datasets?|corpus|corpora|paper|article|documentation"
            r"|images?|outputs?"
            r"|generated|texts?|benchmarks?|tokenizer|vocabulary|website|blog|demo|which|whose|dont|données"
            r"|jeux? de données)\b"
            r"|\bmodels?(?:['\u2019]s)? (?:card|training data|data)\b|\bmodèle de base\b",
            re.IGNORECASE,
        ),
    ),
    (
        "code",
        re.compile(
            r"\b(?:code ?base|source code|code(?!(?: llm| language)? models?)|scripts?|library|libraries"
            r"|implementation|software|framework)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "model",
        re.compile(
            r"\b(?:models?|modèles?|weights?|poids|checkpoints?|parameters|repository|repo|dépôt|release"
            r"|adapters?|lora)\b",
            re.IGNORECASE,
        ),
    ),
)
_GRANT = re.compile(
    r"\blicen[cs]|\b(?:released?|distributed|available|governed|covered|published|shared|offered"
    r"|open-?sourced)\b"
    r"|\bprovided\b(?! (?:they|you|that))"
    r"|\bsubject to\b|\bunder\b|\bsous\b|\bdistribué|\bpublié",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\bonly\b|\bnot\b|n't\b|\bnon\b|non-|\bno\b|prohibit|forbid|\brestrict|\bmust\b|uniquement"
    r"|exclusivement|interdit|\bpas\b",
    re.IGNORECASE,
)
_USE = re.compile(
    r"\b(?:use[ds]?|usage|usable|purposes?|licen[cs]\w*|permi\w+|allowed|utilis\w+|fins|release)\b",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"\b(?:based|built|builds|trained|tuned) (?:up)?on\b"
    r"|\b(?:derived|derivative|distilled|tuned|initiali[sz]ed)\b"
    r"|\buses\b|\bmerged?\b|\bbas[ée]e? sur\b|\bdérivé|\bissue? de\b",
    re.IGNORECASE,
)
_PROSE_CLAUSES: frozenset[ClauseId] = frozenset(
    {"noncommercial", "research_only", "personal", "no_derivatives", "no_redistribution", "geography"}
)


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
_SIZE = re.compile(r"(?<![\w.])(?:[\w.]{1,60}-)?(\d{1,4}(?:\.\d{1,3})?[bm])\b", re.IGNORECASE)
_CONDITIONAL = re.compile(
    r"\b(?:relevant|corresponding|if|where applicable|respective|le cas échéant)\b", re.IGNORECASE
)


def read_terms(card: Card, *, all_terms: bool = False) -> Terms:
    """The terms a page states. `all_terms` reads every sentence as one of a license section (a NOTICE)."""
    stated: dict[tuple[str | None, tuple[ClauseId, ...], str | None, str], Term] = {}
    unread = False
    for sentence, links in _sentences(card):
        title = sentence.headings[-1] if sentence.headings else ""
        if not TERMS_WORD.search(sentence.text) and not _SECTION.search(title):
            continue
        in_section = all_terms or _is_section(title)
        if _is_another_size(sentence.text, card.title):
            unread = True
            continue
        found = tuple(_terms_of(sentence, in_section=in_section))
        if not any(term.license_id for term in found):
            found = (*found, *_more(sentence, links, card.title, in_section=in_section))
        unread = unread or not found
        for term in found:
            stated.setdefault((term.license_id, term.leads, term.name, term.covers), term)
    return Terms(tuple(stated.values()), unread)


def _is_another_size(text: str, title: str) -> bool:
    """Whether a sentence names models by size and none has the size of the title: a sibling's license."""
    named = {size.lower() for size in _SIZE.findall(text)}
    own = {size.lower() for size in _SIZE.findall(title)}
    return bool(named and own) and not named & own


def _sentences(card: Card) -> Iterator[tuple[Sentence, list[Link]]]:
    """Every sentence with the addresses that hang on its own words; a heading that is a license label too."""
    for block in card.blocks:
        own = list(block.sentences())
        for at, sentence in enumerate(own):
            last = own[at + 1].line if at + 1 < len(own) else block.lines[-1][0]
            near = [link for link in block.links if sentence.line <= link.line <= last]
            yield sentence, [link for link in near if _hangs_on(link, sentence, own)][:_MAX_LINKS]
    for line, title in card.headings:
        if _LABEL.match(title):
            yield Sentence(title, line, ()), []


def _hangs_on(link: Link, sentence: Sentence, among: list[Sentence]) -> bool:
    """Whether a link stands in this sentence and in no other of its block."""
    words = link.text or link.url
    return len(among) == 1 or [each for each in among if words in each.text] == [sentence]


def _more(sentence: Sentence, links: list[Link], title: str, *, in_section: bool) -> Iterator[Term]:
    """What a sentence that names no known license says by its links, or by a name nobody knows."""
    text = sentence.text[:_LONGEST]
    about = _subject(text)
    keyed = bool(_KEY.match(text))
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
    return bool(_SECTION.search(title)) and _subject(title) not in {"code", "other"}


def _terms_of(sentence: Sentence, *, in_section: bool) -> Iterator[Term]:
    keyed = bool(_KEY.match(sentence.text))
    about: Subject | None = "model" if in_section or keyed else None
    named = False
    for part in _PARTS.split(sentence.text[:_LONGEST]):
        about = _subject(part) or about
        for license_id in _granted(part, bare=in_section or keyed):
            if about in {"model", "code"}:
                named = True
                covers: Literal["weights", "code"] = "weights" if about == "model" else "code"
                yield Term(sentence.line, phrase(sentence.text), covers, license_id)
    if not named:
        leads = _leads(sentence, in_terms=in_section or keyed)
        if leads:
            yield Term(sentence.line, phrase(sentence.text), "weights", leads=leads)


def _subject(part: str) -> Subject | None:
    """What a part of a sentence is about: the first thing it names."""
    hits = [(found.start(), kind) for kind, pattern in _SUBJECTS if (found := pattern.search(part))]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def _granted(part: str, *, bare: bool) -> Iterator[str]:
    """License ids that the part grants: a known name after a word of granting, nothing else in between."""
    if NEGATION.search(_NAMES_WITH_NEGATION.sub(" ", part)) or _CONDITIONAL.search(part):
        return
    grant = _GRANT.search(part)
    if grant is None and not bare:
        return
    start = 0 if bare or grant is None else grant.start()
    tail = part[start:]
    if not bare and _subject(tail) in {"other", "code"}:
        return
    yield from dict.fromkeys(mention.id for mention in licenses.find_mentions(tail))


_NAMES_WITH_NEGATION = re.compile(
    r"\bnon[- ]?commercial\w*|\bno[- ]?deriv\w*|\bwithout (?:any )?warrant\w+|non commercial", re.IGNORECASE
)


def _leads(sentence: Sentence, *, in_terms: bool) -> tuple[ClauseId, ...]:
    """Clauses that a sentence about using this model hints at."""
    text = sentence.text
    about = _subject(text)
    if about in {"code", "other"} and not in_terms:
        return ()
    if not in_terms and not (about == "model" and _LIMIT.search(text) and _USE.search(text)):
        return ()
    hits = {hit.id for hit in licenses.find_clauses(text)}
    return tuple(sorted(hits if in_terms else hits & _PROSE_CLAUSES))

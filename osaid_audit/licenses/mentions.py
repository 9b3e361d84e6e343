"""Names of licenses in prose, found by the table and nothing else."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from osaid_audit.licenses import table
from osaid_audit.licenses.clauses import MAX_TEXT
from osaid_audit.schema.licenses import RESTRICTED

_TOKEN = re.compile(r"[a-z0-9]+\+*")
_LICENSE_WORDS = frozenset(
    {
        "license",
        "licence",
        "licensed",
        "licenced",
        "licenses",
        "licences",
        "licensing",
        "licencié",
        "licenciée",
    }
)
_NEAR = 3
_QUOTE = 120


class Mention(NamedTuple):
    """A license named in prose: its id, the line (from 1) and the words that name it."""

    id: str
    line: int
    quote: str


class _Name(NamedTuple):
    tokens: tuple[str, ...]
    id: str
    strong: bool


class _Token(NamedTuple):
    text: str
    start: int
    end: int


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Licenses named in the first 300 kB of a text, the longest name first where several fit.

    Full names count anywhere; short ones (`MIT`, `llama3`, `gemma`) only beside the word license.
    """
    return tuple(_mentions(text[:MAX_TEXT]))


def _mentions(text: str) -> Iterator[Mention]:
    first = _names().keys()
    for number, line in enumerate(text.split("\n"), start=1):
        if first.isdisjoint(_TOKEN.findall(line.lower())):
            continue
        tokens = [_Token(hit[0], hit.start(), hit.end()) for hit in _TOKEN.finditer(line.lower())]
        at = 0
        while at < len(tokens):
            name = _name_at(tokens, at)
            if name is None:
                at += 1
                continue
            last = tokens[at + len(name.tokens) - 1]
            yield Mention(name.id, number, line[tokens[at].start : last.end][:_QUOTE])
            at += len(name.tokens)


def _name_at(tokens: list[_Token], at: int) -> _Name | None:
    for name in _names().get(tokens[at].text, ()):
        end = at + len(name.tokens)
        if end > len(tokens) or tokens[end - 1].text != name.tokens[-1]:
            continue
        if tuple(token.text for token in tokens[at:end]) != name.tokens:
            continue
        if name.strong or _beside_license(tokens, at, end):
            return name
    return None


def _beside_license(tokens: list[_Token], start: int, end: int) -> bool:
    before = {token.text for token in tokens[max(0, start - _NEAR) : start]}
    after = {token.text for token in tokens[end : end + 1]}
    return bool((before | after) & _LICENSE_WORDS)


@cache
def _names() -> dict[str, tuple[_Name, ...]]:
    """Names by their first token, the longest first.

    A name that several entries bear is left out, unless it is a full name and every one of them restricts.
    """
    by_tokens: dict[tuple[str, ...], set[_Name]] = {}
    for entry in table.entries():
        if not entry.mentions:
            continue
        for written in (entry.title, entry.id, *entry.hub_ids, *entry.aliases, *_spelled_out(entry.id)):
            tokens = tuple(_TOKEN.findall(written.removeprefix("LicenseRef-").lower()))
            if tokens:
                strong = len(tokens) > 1 and _is_full_name(written, entry.id)
                by_tokens.setdefault(tokens, set()).add(_Name(tokens, entry.id, strong))
    found: dict[str, list[_Name]] = {}
    for tokens, names in by_tokens.items():
        if len({name.id for name in names}) == 1:
            found.setdefault(tokens[0], []).append(max(names, key=lambda name: name.strong))
        elif all(name.strong and _restricts(name.id) for name in names):
            shared = f"LicenseRef-{'-'.join(tokens)}"
            if table.lookup(shared):
                found.setdefault(tokens[0], []).append(_Name(tokens, shared, strong=True))
    return {
        first: tuple(sorted(own, key=lambda name: (-len(name.tokens), name))) for first, own in found.items()
    }


def _restricts(license_id: str) -> bool:
    row = table.entry(license_id)
    return row is not None and row.cls in RESTRICTED


def _spelled_out(license_id: str) -> Iterator[str]:
    """The ways Creative Commons itself writes the name of a license, in English and French."""
    found = _CREATIVE_COMMONS.fullmatch(license_id)
    if found is None:
        return
    steps = [step for step in found[1].lower().split("-") if step]
    for words in ("joined", "apart", "french"):
        own = " ".join(_CC_WORDS[words][step] for step in steps)
        for first in ("Creative Commons Attribution", "Attribution", "CC Attribution", "Creative Commons BY"):
            if own or first.startswith("Creative"):
                yield f"{first} {own} {found[2]}"
    yield f"Creative Commons BY {' '.join(steps)} {found[2]}"


_CREATIVE_COMMONS = re.compile(r"CC-BY((?:-(?:NC|ND|SA))*)-(\d\.\d)")
_CC_WORDS = {
    "joined": {"nc": "NonCommercial", "nd": "NoDerivatives", "sa": "ShareAlike"},
    "apart": {"nc": "Non Commercial", "nd": "No Derivatives", "sa": "Share Alike"},
    "french": {
        "nc": "Pas d'Utilisation Commerciale",
        "nd": "Pas de Modification",
        "sa": "Partage dans les Mêmes Conditions",
    },
}


def _is_full_name(written: str, entry_id: str) -> bool:
    """Whether the words can mean nothing but a license: they say so, or are an SPDX id."""
    words = set(_TOKEN.findall(written.lower()))
    says_so = words & (_LICENSE_WORDS | {"agreement", "terms", "rail", "openrail", "apache"})
    return bool(says_so) or not entry_id.startswith("LicenseRef-")

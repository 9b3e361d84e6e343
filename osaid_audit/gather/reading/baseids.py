"""Ids in what is written under `base_model`: an id, an address, a link in Markdown, a list or a mapping."""

import re
from collections.abc import Iterator, Mapping
from reprlib import repr as short

from osaid_audit.gather.reading.subject import id_from_address, is_model_id
from osaid_audit.gather.reading.words import word_set

_NOTHING = word_set("none null nil nan false no n/a na ~ - [] {}")
_VAGUE = word_set("true yes unknown tbd todo")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\(\s{0,3}<?([^()<>\s]{1,600})>?[^()]{0,200}\)\Z")
_SPLIT = re.compile(r"\s{0,8}[,;+|]\s{0,8}|\s{1,8}(?:and|et|&)\s{1,8}")
_QUOTED = re.compile(
    r"(?<![\w./:@-])(?:https?://)?(?:(?:www\.)?(?:huggingface\.co|hf\.co)/)?"
    r"([A-Za-z0-9_][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95})(?![\w/])"
)
_EMPTY = re.compile(r"(?:[\s\[\]{}'\",]|\b(?:None|null|nil|False|false)\b){1,400}")
_NAMING = word_set("name id model model_name model_id repo repo_id base base_model path source")
_MARKS = " \t\r\n\"'`<>"
_DEEP, _MOST, _LONGEST = 6, 200, 96


def bases_in(value: object) -> tuple[str, ...]:
    """The bases that a value names, each an id where one can be read, else the words as written.

    Words that say nothing (`none`, `false`, an empty text) name none; `unknown` and `true` stay a problem, as
    there is a base and nobody says which. A mapping or a list inside a list that
    holds no id gives its own words, so that it is a problem and not passed over.
    """
    found: list[str] = []
    members = value if isinstance(value, list | tuple) else [value]
    for member in members[:_MOST]:
        if isinstance(member, Mapping | list | tuple):
            held = list(held_in(member))
            found += held or ([" ".join(short(member).split())[:_LONGEST]] if _says(member) else [])
        elif isinstance(member, str):
            found += _written(member)
    return tuple(dict.fromkeys(found))


def one_id(text: str) -> str | None:
    """The id that a text is, with or without address, revision, link or marks around it; else None."""
    bare = text.strip(_MARKS).rstrip("/").strip()
    link = _LINK.fullmatch(bare)
    if link:
        return one_id(link[2]) or one_id(link[1])
    name, _, revision = bare.partition("@")
    for each in (id_from_address(bare), name.rstrip("/") if revision or name == bare else None):
        if each and is_model_id(each):
            return each
    return None


def _written(text: str) -> tuple[str, ...]:
    """The bases of one text; several ids may stand in it, parted by commas."""
    bare = text.strip(_MARKS)
    if not bare or bare.lower() in _NOTHING:
        return ()
    if bare.lower() in _VAGUE:
        return (f"base_model: {bare}",)
    whole = one_id(bare)
    if whole:
        return (whole,)
    if bare[:1] in "[{":
        held = tuple(hit[1] for hit in _QUOTED.finditer(bare[:2000]) if is_model_id(hit[1]))
        return held or (() if _EMPTY.fullmatch(bare) else (bare[:_LONGEST],))
    pieces = [one_id(piece) for piece in _SPLIT.split(bare[:2000]) if piece]
    several = [piece for piece in pieces if piece and "/" in piece]
    return tuple(several) if several and len(several) == len(pieces) else (bare,)


def held_in(value: object, depth: int = 0) -> Iterator[str]:
    """The ids in a mapping or a list at any depth; a mapping's bare names only under a key for names."""
    pairs = list(value.items()) if isinstance(value, Mapping) else [("name", each) for each in _list(value)]
    for key, member in pairs[:_MOST]:
        if isinstance(member, Mapping | list | tuple):
            yield from held_in(member, depth + 1) if depth < _DEEP else ()
        elif isinstance(member, str) and member.strip(_MARKS).lower() not in _NOTHING:
            name = one_id(member)
            if name and ("/" in name or str(key).lower() in _NAMING):
                yield name


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _says(value: object, depth: int = 0) -> bool:
    """Whether anything at all stands in a value."""
    members = list(value.values()) if isinstance(value, Mapping) else _list(value)
    if depth >= _DEEP:
        return bool(members)
    return any(
        _says(member, depth + 1)
        if isinstance(member, Mapping | list | tuple)
        else member not in (None, "", False)
        for member in members[:_MOST]
    )

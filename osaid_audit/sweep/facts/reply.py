"""A repository of which nothing was read but the Hub's reply: what a row of a dump is to the readers."""

import json
import re
from collections.abc import Mapping
from typing import Any

from osaid_audit.gather.raw import Fetched, Gathered, Listed, Missed, Raw, Repository
from osaid_audit.gather.reading.files.plan import listing_of, wanted_files
from osaid_audit.gather.reading.jsontext import read_json
from osaid_audit.gather.reading.sources import README

URL = "https://huggingface.co"
_DEEP = 64
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^"\[\]{}]+', re.DOTALL)


def repository_of(info: Mapping[str, Any], name: str) -> Repository:
    """The repository of a reply; its card and every file worth reading were not read."""
    listing, whole = listing_of(info)
    return with_listing(info, name, listing, whole=whole)


def with_listing(
    info: Mapping[str, Any], name: str, listing: tuple[Listed, ...], *, whole: bool
) -> Repository:
    """The same with a listing that the reply need not hold."""
    page = f"{URL}/{name}"
    place = f"{URL}/api/models/{name}"
    files: dict[str, Fetched] = {path: _unread(page, path) for path in wanted_files(listing, "models")}
    none = whole and all(file.path != README for file in listing)
    files[README] = Missed(README, page, "absent") if none else _unread(page, README)
    raw = Raw(place, place, b"", None)
    return Repository("models", name, name, page, None, info, raw, listing, whole, files=files)


def gathered(subject: Repository) -> Gathered:
    """What an audit would have fetched: the reply alone."""
    return Gathered(subject, URL, token_used=False, gathered_at="1970-01-01T00:00:00Z")


def value_of(text: str | None) -> Any:
    """What a text of JSON holds; None for none and for what is no JSON.

    What lies deeper than any reader looks is left out, and half characters are replaced.
    """
    if text is None:
        return None
    try:
        return _read(text)
    except ValueError:
        return None


def spelt_anew(text: str | None) -> str | None:
    """The same JSON as a single audit reads it: of a key that stands twice the last, every letter plain.

    What is no JSON there is the empty text, which nobody can read.
    """
    if text is None:
        return None
    try:
        return json.dumps(read_json(text), ensure_ascii=False)
    except RecursionError:
        return json.dumps(value_of(_shallow(text)), ensure_ascii=False)
    except ValueError:
        return ""


def _read(text: str) -> Any:
    try:
        return read_json(text)
    except RecursionError:
        return read_json(_shallow(text))


def _shallow(text: str) -> str:
    """The same JSON with null for each list or mapping that lies deeper than `_DEEP`."""
    kept: list[str] = []
    deep = 0
    for piece in _PIECE.findall(text):
        opens, closes = piece in "[{", piece in "]}"
        deep -= closes
        if deep < _DEEP or (deep == _DEEP and not closes):
            kept.append("null" if opens and deep == _DEEP else piece)
        deep += opens
    return "".join(kept)


def _unread(page: str, path: str) -> Missed:
    return Missed(path, f"{page}/{path}", "unreachable")

"""Cells of a table -> the Hub's reply about one model, as far as they hold one.

A missing column, NULL and a cell of the wrong shape say nothing: the key is left out, never false or empty.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from osaid_audit.gather.reading.jsontext import read_json
from osaid_audit.gather.reading.subject import is_model_id
from osaid_audit.gather.settings import Settings

Row = Mapping[str, Any]
LARGEST = Settings().max_info
"""Bytes of one reply, as when it comes over the network."""
_MOST = 300_000
"""Members of a list, about as many as fit in such a reply; of a longer one nothing is known."""
ALIASES = {
    "cardData": "card_data",
    "lastModified": "last_modified",
    "createdAt": "created_at",
    "model-index": "model_index",
}
"""Other names that published tables give a column (librarian-bots/model_cards_with_metadata)."""
_NAMES = frozenset({"id", "modelId", "sha"})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]|\Z)")
_GATES = {"auto": "auto", "manual": "manual", "false": False}


class UnreadableError(Exception):
    """A row that cannot be read; the words say why. Never leaves this room."""


def name_of(row: Row) -> str | None:
    """The model's id, under either of its names. Raises UnreadableError where the two name two models."""
    name, other = text(row.get("id")), text(row.get("modelId"))
    if name and other and name.lower() != other.lower():
        raise UnreadableError("id and modelId name two models")
    return name or other


def reply_of(row: Row, name: str) -> Mapping[str, Any]:
    """The reply in the `reply` cell, else put together from the columns of a dump.

    Raises UnreadableError for a `reply` that is not one, or that speaks of another model: here nobody has
    asked for it under this id; or that a column beside it contradicts.
    """
    if row.get("reply") is not None:
        reply = _given(row["reply"])
        _check_subject(reply, name)
        _check_beside(row, reply)
        return reply
    found = {key: read(_cell(row, key)) for key, read in _READERS.items()}
    return {"id": name, **{key: value for key, value in found.items() if value is not None}}


def text(value: Any) -> str | None:
    """A text that is not empty, or nothing."""
    return value if isinstance(value, str) and value else None


def plain(value: Any) -> Any:
    """A value of an Arrow struct or map as JSON would hold it; a struct writes NULL where nothing was."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list) and value and all(isinstance(each, tuple) for each in value):
        return {str(key): plain(each) for key, each in value if each is not None}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _given(reply: Any) -> Mapping[str, Any]:
    if not isinstance(reply, str | bytes):
        raise UnreadableError("the reply is not JSON")
    if len(reply) > LARGEST:
        raise UnreadableError(f"the reply is larger than {LARGEST} bytes")
    found = _parsed(reply)
    if found is None:
        raise UnreadableError("the reply is not JSON")
    if not isinstance(found, dict) or not _NAMES & set(found):
        raise UnreadableError("the reply is not a repository's")
    return found


def _check_subject(reply: Mapping[str, Any], name: str) -> None:
    """A model that was renamed looks like another one: then the row's author has to say which is meant."""
    for key in ("id", "modelId"):
        said = reply.get(key)
        if said is None or (isinstance(said, str) and said.lower() == name.lower()):
            continue
        shown = f": {said}" if isinstance(said, str) and is_model_id(said) else ""
        raise UnreadableError(f"the reply speaks of another model{shown}")


def _check_beside(row: Row, reply: Mapping[str, Any]) -> None:
    """The reply alone counts, so that a column beside it must not say anything else."""
    for key, read in _READERS.items():
        said = read(_cell(row, key))
        if said is not None and _told(said) != _told(read(reply.get(key))):
            raise UnreadableError(f"the reply and the column {key} say two things")


def _told(said: Any) -> Any:
    """What is compared: a list of files by its names, a moment by its day, in whatever form they came."""
    if isinstance(said, list):
        return [each.get("rfilename", each) if isinstance(each, dict) else each for each in said]
    return said[:10] if isinstance(said, str) and _MOMENT.match(said) else said


def _parsed(cell: str | bytes) -> Any:
    try:
        return read_json(cell) if len(cell) <= LARGEST else None
    except (ValueError, RecursionError):
        return None


def _cell(row: Row, key: str) -> Any:
    """The cell under either name of the column; a table with both is refused, a base with two values too."""
    value, other = row.get(key), row.get(ALIASES.get(key, key))
    if value is not None and other is not None and value != other:
        raise UnreadableError(f"{key} and {ALIASES[key]} say two things")
    return other if value is None else value


def _shaped(value: Any) -> Any:
    """The value behind a cell: JSON in a text, or an Arrow value."""
    return _parsed(value) if isinstance(value, str | bytes) else plain(value)


def _mapping(value: Any) -> Any:
    found = _shaped(value)
    return found if isinstance(found, dict) else None


def _list(value: Any) -> Any:
    found = _shaped(value)
    return found if isinstance(found, list) and len(found) <= _MOST else None


def _siblings(value: Any) -> Any:
    """The list of files, as names or records; an entry that is neither stays: then the list is not whole."""
    found = _list(value)
    rows = found if found is not None else ()
    entries = [{"rfilename": each} if isinstance(each, str) else each for each in rows]
    return None if found is None else entries


def _gate(value: Any) -> Any:
    """`false` is an answer, so that nothing but the Hub's own words is taken for it."""
    return value if value is False else _GATES.get(value.lower()) if isinstance(value, str) else None


def _day(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else text(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "sha": text,
    "cardData": _mapping,
    "tags": _list,
    "siblings": _siblings,
    "config": _mapping,
    "safetensors": _mapping,
    "gguf": _mapping,
    "model-index": _list,
    "library_name": text,
    "pipeline_tag": text,
    "lastModified": _day,
    "createdAt": _day,
    "gated": _gate,
}
COLUMNS = ("reply", *_READERS, *(ALIASES[key] for key in _READERS if key in ALIASES))
"""Every column that a reply is read from."""

"""Which types a column of a dump may have, in DuckDB's words."""

from collections.abc import Mapping
from difflib import get_close_matches

from osaid_audit.errors import UnreadableInput
from osaid_audit.messages import Message
from osaid_audit.sweep.paths import printable, shown

_TEXT = ("VARCHAR",)
_JSON = ("VARCHAR", "JSON", "STRUCT(", "MAP(")
_LIST = ("VARCHAR[]", "JSON", "VARCHAR")
_TIME = ("VARCHAR", "DATE", "TIMESTAMP")
_COUNT = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "HUGEINT",
)
_KINDS: Mapping[str, tuple[str, ...]] = {
    "id": _TEXT,
    "modelId": _TEXT,
    "createdAt": _TIME,
    "lastModified": _TIME,
    "cardData": _JSON,
    "tags": _LIST,
    "siblings": (*_LIST, "STRUCT("),
    "config": _JSON,
    "safetensors": _JSON,
    "gguf": _JSON,
    "library_name": _TEXT,
    "pipeline_tag": _TEXT,
    "gated": ("BOOLEAN", "VARCHAR", "JSON"),
    "downloads": (*_COUNT, "DOUBLE", "FLOAT"),
}
NAMES = tuple(_KINDS)
"""Our names of the columns: those of the Hub's reply, which public dumps keep."""
_NULL = '"NULL"'
_WANTED: Mapping[str, Message] = {
    "id": Message("text"),
    "siblings": Message("a list of names or of structs with rfilename, or JSON as text"),
    "tags": Message("a list of texts, or JSON as text"),
    "downloads": Message("a number"),
}


def is_empty(kind: str) -> bool:
    """Whether a column of that type holds nothing but nulls."""
    return kind.split("[", maxsplit=1)[0] == _NULL


def fields_of(kind: str) -> dict[str, str]:
    """The fields of DuckDB's `STRUCT(...)` or `STRUCT(...)[]` with their types; empty for any other type."""
    if not kind.startswith("STRUCT("):
        return {}
    found: dict[str, str] = {}
    deep, quoted, start, body = 0, False, 0, kind[len("STRUCT(") : kind.rindex(")")] + ","
    for at, char in enumerate(body):
        quoted ^= char == '"'
        deep += 0 if quoted else (char == "(") - (char == ")")
        if char == "," and not deep and not quoted:
            name, _, inner = body[start:at].strip().partition(" ")
            found[name.strip('"')] = inner
            start = at + 1
    return found


def check(name: str, theirs: str, kind: str, file: object) -> None:
    """Raise UnreadableInput when a column has a type that cannot hold what it is for."""
    if is_empty(kind) or _fits(name, kind):
        return
    raise UnreadableInput(
        "'{file}': the column '{column}' has the type {type}, where {wanted} is expected.",
        "Name another column for it in a table for --columns.",
        file=shown(file),
        column=phrase(theirs),
        type=phrase(kind),
        wanted=_WANTED.get(name, Message("text or JSON")),
    )


def _fits(name: str, kind: str) -> bool:
    if name == "siblings" and kind.startswith("STRUCT("):
        named = fields_of(kind)
        path = named.get("rfilename", named.get("path"))
        return kind.endswith(")[]") and path == "VARCHAR"
    for each in _KINDS[name]:
        if kind == each or (each.endswith("(") and kind.startswith(each) and kind.endswith(")")):
            return True
        if each == "TIMESTAMP" and kind.startswith(each):
            return "[" not in kind
    return name == "downloads" and kind.startswith("DECIMAL(") and not kind.endswith("]")


def is_count(kind: str) -> bool:
    """Whether it is a type of whole numbers."""
    return kind in _COUNT


def near(wrong: str, known: Mapping[str, str] | tuple[str, ...]) -> str | Message:
    """The next step after a name that there is not: the one that was meant, or those there are."""
    found = get_close_matches(wrong, list(known), 1)
    return (
        Message("Did you mean {offered}?", offered=f"'{phrase(found[0])}'")
        if found
        else Message(
            "These are known: {names}.", names=", ".join(sorted(phrase(each) for each in known)[:20])
        )
    )


def phrase(text: str) -> str:
    """A name of a dump, fit to be shown."""
    line = printable(text)
    return line if len(line) <= 60 else f"{line[:57]}..."  # noqa: PLR2004 - a phrase

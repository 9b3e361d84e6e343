"""Which calls take the id of a model, and which names hold one (rules/references/calls.yaml)."""

import re
from functools import cache
from typing import Any, NamedTuple

from osaid_audit.errors import RuleFileError
from osaid_audit.scan.finders.programs import is_called
from osaid_audit.scan.ids import hub_id
from osaid_audit.scan.tables import table, words
from osaid_audit.schema.base import Kind

_ROW = frozenset(
    {
        "calls",
        "from",
        "at",
        "keys",
        "kind",
        "repo_type",
        "revision",
        "bare",
        "objects",
        "services",
        "tag",
        "elsewhere",
        "remote",
    }
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MOST_NAME = 80


class Row(NamedTuple):
    """A call that takes an id; the fields are told of in the table."""

    name: str
    packages: frozenset[str]
    at: int | None
    keys: tuple[str, ...]
    kind: Kind
    repo_type: str
    revision: str
    bare: str
    objects: bool
    services: bool
    tag: bool
    elsewhere: bool
    remote: bool

    def fits(self, name: str) -> bool:
        """Whether a dotted name ends as this row says."""
        return name == self.name or name.endswith(f".{self.name}")


@cache
def rows() -> dict[str, tuple[Row, ...]]:
    """The rows of the table by the last part of the call's name. Raises RuleFileError."""
    found: dict[str, list[Row]] = {}
    for row in table("calls")["calls"]:
        if unknown := set(row) - _ROW:
            raise RuleFileError("references/calls.yaml", f"knows no '{min(unknown)}'")
        for name in row["calls"].split():
            found.setdefault(name.rpartition(".")[2], []).append(_row(name, row))
    return {last: tuple(each) for last, each in found.items()}


def _row(name: str, row: dict[str, Any]) -> Row:
    return Row(
        name,
        frozenset(row.get("from", "").split()),
        row.get("at"),
        tuple(row.get("keys", "").split()),
        row.get("kind", "model"),
        row.get("repo_type", ""),
        row.get("revision", "revision"),
        row.get("bare", "hub") or "no",  # YAML reads no as false
        row.get("objects", False),
        row.get("services", False),
        row.get("tag", False),
        row.get("elsewhere", False),
        row.get("remote", False),
    )


class NameKind(NamedTuple):
    """What a name of a variable, a keyword or a key says of its value. `sure`: it alone is enough."""

    kind: Kind
    sure: bool


@cache
def name_kind(name: str) -> NameKind | None:
    """What `model_id`, `EMBEDDING_MODEL` or `modelName` holds; None for most names."""
    if len(name) > _MOST_NAME:
        return None
    low = _CAMEL.sub("_", name).replace("-", "_").lower().strip("_")
    if low in words("calls", "output_names"):
        return None
    parts = low.split("_")
    ends = ["_".join(parts[at:]) for at in range(len(parts))]
    if any(end in words("calls", "names", "dataset") for end in ends):
        return NameKind("dataset", sure=True)
    if any(end in words("calls", "names", "sure") for end in ends):
        return NameKind("model", sure=True)
    likely = any(end in words("calls", "names", "likely") for end in ends)
    return NameKind("model", sure=False) if likely else None


@cache
def is_hub_class(name: str) -> bool:
    """Whether the name of a class says that it loads from the Hub: `MyHuggingFaceEmbedder`."""
    low = name[:_MOST_NAME].lower()
    return name[:1].isupper() and any(part in low for part in words("calls", "hub_classes"))


def is_card(name: str) -> bool:
    """Whether a call describes a model of one's own."""
    return name.lower().endswith(tuple(words("calls", "card_calls")))


@cache
def _signs() -> re.Pattern[str]:
    return re.compile("".join(table("calls")["signs"].split()), re.IGNORECASE)


def has_sign(model: str) -> bool:
    """Whether the name in an id shows a size, a step of training or a format, as names of models do."""
    return bool(_signs().search(model.rpartition("/")[2]))


_QUOTED = re.compile(
    r"[\"'](?:[a-z_-]{2,20}:)?([\w.-]{1,96}/[\w.-]{2,96})(?:[@:][\w./-]{1,96})?[\"']", re.ASCII
)
_IN_COMMANDS = ("--", "-hf", "hf.co/")
_ADDRESS = re.compile(r"(?:hf|huggingface|hf-mirror)\.com?/|(?:hf|huggingface)://", re.ASCII)


@cache
def _triggers() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Words, one of which stands in a module with a call of the table: packages, with names of theirs."""
    found: dict[str, set[str]] = {}
    for last, each in rows().items():
        for row in each:
            for package in row.packages:
                found.setdefault(package, set()).update((f"{last}(", f"{last} as ", f"{last},"))
            if not row.packages:
                found.setdefault(max(row.name.split("."), key=len), set()).add("(")
    return tuple((word, tuple(sorted(names))) for word, names in sorted(found.items()))


def is_worth_reading(text: str) -> bool:
    """A cheap first look: false for most files of most code bases."""
    for word, names in _triggers():
        if word in text and any(name in text for name in names):
            return True
    if "HfFileSystem" in text or _ADDRESS.search(text):
        return True
    runs = "subprocess" in text or "system(" in text or "popen(" in text
    if runs and (any(sign in text for sign in _IN_COMMANDS) or is_called(text)):
        return True
    return any(hub_id(hit[1]) for hit in _QUOTED.finditer(text))

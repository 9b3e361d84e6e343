"""Attestation files: untrusted YAML -> records, or one sentence with the place and the next step."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import ValidationError

from osaid_audit.errors import RuleFileError, UsageError
from osaid_audit.evaluate.yamlfile import KeyPath, Written
from osaid_audit.evaluate.yamlfile import read as read_yaml
from osaid_audit.messages import Message, reason
from osaid_audit.schema.attestation import Attestation
from osaid_audit.schema.wrong import wrong

MAX_BYTES = 256 * 1024
"""A draft with every digest and every place found has at most half of this."""

_HINT = Message("Mend the file; 'osaid-audit schema attestation' says what it may hold.")


class Given(NamedTuple):
    """One attestation as it was given: the name of its file, its record, the sha256 of the file."""

    shown: str
    record: Attestation
    sha256: str

    @classmethod
    def of(cls, record: Attestation) -> Self:
        """A record that a program made: the hash is that of its canonical JSON."""
        data = record.model_dump(mode="json", by_alias=True, exclude_none=True)
        text = json.dumps(data, sort_keys=True, separators=(",", ":"))
        return cls(record.reviewer.name or record.subject, record, _sha256(text.encode()))


def read(path: Path) -> Given:
    """The attestation in a file. Raises UsageError with the place of what is wrong."""
    raw = _bytes(path)
    shown = str(path)
    try:
        written = read_yaml(raw, shown, MAX_BYTES)
    except RuleFileError as error:
        raise UsageError(str(error), _HINT) from None
    return Given(shown, _record(written), _sha256(raw))


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UsageError(
                "There is no attestation file '{path}'.", "Check the path after --attestation.", path=path
            )
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UsageError(
            "The attestation '{path}' cannot be read: {why}.", "Check the path.", path=path, why=reason(error)
        ) from None


def _record(written: Written) -> Attestation:
    """Strictly: a quoted "true" is text. JSON mode, since YAML knows lists but no tuples."""
    try:
        return Attestation.model_validate_json(json.dumps(written.data), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "attestation":
        place: KeyPath = tuple(first["ctx"]["path"])
        raise UsageError("{place}: {why}.", _HINT, place=written.place(place), why=first["ctx"]["said"])
    place = tuple(first["loc"])
    if first["type"] == "extra_forbidden":
        raise UsageError(
            "{place}: there is no such key, '{key}'.", _HINT, place=written.place(place), key=_named(place)
        )
    raise UsageError(
        "{place}: {key}: {why}.",
        _HINT,
        place=written.place(place),
        key=_named(place),
        why=wrong(first),
    )


def _named(path: KeyPath) -> str | Message:
    """The last word of a path that stands in the file; pydantic adds the types it tried."""
    types = {"bool", "int", "str", "float", "tuple[str, ...]"}
    words = [str(step) for step in path if isinstance(step, str) and step not in types]
    return words[-1] if words else Message("the file")


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()

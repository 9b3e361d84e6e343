"""Fingerprints of known texts: digests of normalised words, and no word of the texts themselves."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from osaid_audit import resources
from osaid_audit.errors import RuleFileError
from osaid_audit.licenses.normalise import Words

FILE = "fingerprints.json"
_DIGEST = 32
"""Hexadecimal digits that are kept: 128 bits."""


class Variant(NamedTuple):
    """One known form of a license text and where it was read."""

    id: str
    variant: str
    words: int
    source: str


def digest(words: Words) -> str:
    """The digest of a sequence of words."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:_DIGEST]


@cache
def variants() -> Mapping[str, tuple[Variant, ...]]:
    """Known variants by digest. Raises RuleFileError when the shipped file is wrong."""
    file = resources.data("rules") / "licenses" / FILE
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        sources = document["sources"]
        found: dict[str, tuple[Variant, ...]] = {}
        for key, license_id, variant, count, source in document["variants"]:
            entry = Variant(str(license_id), str(variant), int(count), str(sources[source]))
            found[str(key)] = (*found.get(str(key), ()), entry)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise RuleFileError(FILE, f"not a list of fingerprints: {error}") from error
    return found


@cache
def lengths() -> frozenset[int]:
    """The word counts that any variant has: a cheap first test."""
    return frozenset(variant.words for group in variants().values() for variant in group)

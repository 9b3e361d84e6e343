"""Which names of keys and variables hold a model or a dataset (rules/references/keys.yaml)."""

import re
from functools import cache
from typing import Literal

from osaid_audit.scan.tables import words

Sort = Literal["sure", "likely", "dataset"]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST = 80


@cache
def _ends(which: str) -> tuple[str, ...]:
    return tuple(words("keys", which))


def plain(key: str) -> str:
    """The key in small letters with `_` between its words: modelId -> model_id."""
    return _CAMEL.sub("_", key[:_LONGEST]).replace("-", "_").replace(".", "_").lower()


def sort_of(key: str) -> Sort | None:
    """What stands under a key; None when nothing is known of it."""
    name = plain(key)
    if is_none(name):
        return None
    if name in words("keys", "sure"):
        return "sure"
    if name in words("keys", "datasets"):
        return "dataset"
    if name in words("keys", "likely") or name.endswith(_ends("likely_ends")):
        return "likely"
    return None


def is_none(name: str) -> bool:
    """Whether what is written, a folder or a file stands there, however the name ends."""
    written = name in words("calls", "output_names") or name in words("keys", "never")
    return written or name.startswith(_ends("never_begins")) or name.endswith(_ends("places"))


def sort_of_variable(name: str) -> Sort | None:
    """The same for a variable of the environment: what comes in front of a known name makes no difference."""
    if is_none(plain(name)):
        return None
    sort = sort_of(name)
    if sort is None:
        steps = plain(name).split("_")
        tails = ("_".join(steps[at:]) for at in range(1, len(steps)))
        sort = next((found for tail in tails if (found := sort_of(tail)) in {"sure", "dataset"}), None)
    if sort is None and {"model", "models"} & set(plain(name).split("_")):
        return "likely"
    return sort

"""The tables of `rules/references`: which words, keys and flags name a model. Read when first used."""

from functools import cache
from typing import Any

from osaid_audit.errors import RuleFileError
from osaid_audit.resources import data, document


@cache
def table(name: str) -> dict[str, Any]:
    """The file `rules/references/<name>.yaml`. Raises RuleFileError when it is missing or maps nothing."""
    place = f"references/{name}.yaml"
    try:
        text = (data("rules") / "references" / f"{name}.yaml").read_text(encoding="utf-8")
    except OSError as error:
        raise RuleFileError(place, "cannot be read") from error
    found = document(text, place)
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise RuleFileError(place, "must map names to values")
    return found


@cache
def words(name: str, *path: str) -> frozenset[str]:
    """One list of words of a table, in small letters. Raises RuleFileError when there is none."""
    found: Any = table(name)
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    if not isinstance(found, str) or not found.strip():
        raise RuleFileError(f"references/{name}.yaml: {'.'.join(path)}", "must be words between blanks")
    return frozenset(found.lower().split())

"""The license of the code, as far as files that are plainly about the code alone tell it."""

from collections.abc import Sequence

from osaid_audit.licenses import classes, table
from osaid_audit.schema.base import Fact, FactValue
from osaid_audit.schema.licenses import RESTRICTED, LicenseClass, Statement

_MAX_SOURCES = 10


def code_license(
    files: Sequence[Statement], *, beside: Sequence[Statement] = (), pending: bool = False
) -> dict[str, Fact]:
    """`code.license_class` and what was read for it, from license files that cover the code.

    files    those of the model's own code, read or not
    beside   read ones of code that may be the model's: they are named and never enter the class
    pending  more of the model's code is known of and its license is not

    A restriction counts as soon as one text is identified word for word; anything else waits until every
    such file is read. A text that nobody identified is `custom-unknown`.
    """
    found = {each: _class_of(each) for each in files if each.read}
    shown = (*found, *(each for each in beside if each.read))
    if not shown:
        return {}
    named = tuple(sorted({f"{_id_of(each)} ({each.value})" for each in shown}))
    facts = {
        "code.license_found": _fact(True, shown),
        "code.license_files": _fact(named, shown),
    }
    worst = classes.worst(found.values())
    waits = pending or len(found) < len(files)
    if worst is not None and (worst in RESTRICTED or not waits):
        deciding = [each for each, cls in found.items() if cls == worst or worst not in RESTRICTED]
        facts["code.license_class"] = _fact(worst, deciding)
    return facts


def _fact(value: FactValue, statements: Sequence[Statement]) -> Fact:
    exact = all(each.text and each.text.match == "exact" and not each.stands_in for each in statements)
    sources = tuple(dict.fromkeys(each.source for each in statements))[:_MAX_SOURCES]
    return Fact(value=value, basis="verified" if exact else "stated", sources=sources)


def _class_of(statement: Statement) -> LicenseClass:
    text = statement.text
    if text is None or text.match != "exact" or text.id is None:
        return "custom-unknown"
    row = table.entry(text.id)
    return (row.cls if row is not None else text.cls) or "custom-unknown"


def _id_of(statement: Statement) -> str:
    text = statement.text
    return text.id if text is not None and text.match == "exact" and text.id else "unknown"

"""The license of the code, as far as files that are plainly about the code alone tell it."""

from collections.abc import Sequence

from osaid_audit.licenses import classes, table
from osaid_audit.schema.base import Fact
from osaid_audit.schema.licenses import RESTRICTED, LicenseClass, Statement

_MAX_SOURCES = 10


def code_facts(statements: Sequence[Statement]) -> dict[str, Fact]:
    """`code.license_class` and what was read for it, from license files that cover the code.

    A restriction counts as soon as one text is identified word for word; anything else waits until every
    such file is read. A text that nobody identified is `custom-unknown`.
    """
    files = [each for each in statements if each.role == "file" and each.covers == "code"]
    found = {each: _class_of(each) for each in files if each.read}
    worst = classes.worst(found.values())
    if worst is None or (worst not in RESTRICTED and len(found) < len(files)):
        return {}
    deciding = [each for each, cls in found.items() if cls == worst] if worst in RESTRICTED else list(found)
    named = tuple(sorted(f"{_id_of(each)} ({each.value})" for each in found))
    exact = all(each.text and each.text.match == "exact" and not each.stands_in for each in deciding)
    sources = tuple(each.source for each in deciding)[:_MAX_SOURCES]
    basis = "verified" if exact else "stated"
    return {
        "code.license_class": Fact(value=worst, basis=basis, sources=sources),
        "code.license_files": Fact(value=named, basis=basis, sources=tuple(each.source for each in found)),
    }


def _class_of(statement: Statement) -> LicenseClass:
    text = statement.text
    if text is None or text.match != "exact" or text.id is None:
        return "custom-unknown"
    row = table.entry(text.id)
    return (row.cls if row is not None else text.cls) or "custom-unknown"


def _id_of(statement: Statement) -> str:
    text = statement.text
    return text.id if text is not None and text.match == "exact" and text.id else "unknown"

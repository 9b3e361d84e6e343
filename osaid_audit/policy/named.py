"""Whether a correction names the source it overrides: no other file of that name is taken for it."""

from collections.abc import Iterator

from osaid_audit.schema.attestation import Contradicted
from osaid_audit.schema.base import Source
from osaid_audit.schema.dossier import Dossier

_KINDS = ("", "api/models/", "datasets/", "api/datasets/")
"""Where a repository's pages and replies stand on a Hub, before its id."""


def names(named: Contradicted, source: Source, dossier: Dossier) -> bool:
    """Whether all that is named of a source is that of this source.

    A path or a pointer alone speaks of the subject's own repository: a base has a README.md too.
    """
    given = named.model_dump(exclude_none=True)
    url, repository = given.pop("url", None), given.pop("repository", None)
    if url is None and repository is None and not is_own(source, dossier):
        return False
    if url is not None and url not in {source.url, f"{source.url}#L{source.line}"}:
        return False
    if repository is not None and not _is_of(source.url or "", (repository,), dossier.endpoint):
        return False
    return all(getattr(source, key) == value for key, value in given.items())


def is_own(source: Source, dossier: Dossier) -> bool:
    """Whether a source lies in the audited repository.

    One without an address has no other place; in a recorded dossier a copy from elsewhere may stand in.
    """
    if source.url is None:
        return True
    subject = dossier.subject
    if _under(source.url, (subject.url,)):
        return True
    if _is_of(source.url, (subject.id, subject.canonical_id), dossier.endpoint):
        return True
    return subject.source == "recorded" and not _under(source.url, (dossier.endpoint,))


def _is_of(url: str, repositories: tuple[str, ...], endpoint: str) -> bool:
    return _under(url, _roots(repositories, endpoint))


def _roots(repositories: tuple[str, ...], endpoint: str) -> Iterator[str]:
    for repository in repositories:
        for kind in _KINDS:
            yield f"{endpoint.rstrip('/')}/{kind}{repository.strip('/')}"


def _under(url: str, roots: Iterator[str] | tuple[str, ...]) -> bool:
    """Whether an address is one of these or lies below it, in whatever case."""
    address = url.casefold()
    return any(
        address == root or address.startswith(tuple(f"{root}{end}" for end in "/?#"))
        for root in (each.rstrip("/").casefold() for each in roots)
    )

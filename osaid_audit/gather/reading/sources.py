"""Sources and facts: every fact carries the place where it was read."""

import re
from urllib.parse import quote as quoted

from osaid_audit.gather.raw import Listed, Raw, Repository
from osaid_audit.schema.base import Basis, Fact, FactValue, Source
from osaid_audit.schema.vocabulary import check

README = "README.md"
_API = re.compile(r"(.{1,2000}?/api/(?:models|datasets)/)[^?#]{1,400}(\?[^#]{0,2000})?")


def of_reply(repository: Repository, pointer: str, quote: str | None = None) -> Source:
    """A place in the info reply, as a JSON pointer."""
    return Source(
        url=_reply_url(repository),
        revision=_commit(repository),
        pointer=pointer,
        sha256=repository.info_raw.sha256,
        quote=quote,
    )


def of_file(
    raw: Raw, line: int | None = None, quote: str | None = None, pointer: str | None = None
) -> Source:
    """A place in a file that was read."""
    return Source(
        url=raw.url,
        revision=raw.revision,
        path=raw.what,
        line=line,
        pointer=pointer,
        sha256=raw.sha256,
        quote=quote,
    )


def of_listed(repository: Repository, file: Listed) -> Source:
    """A row of the file list: the pointer where the reply itself lists the files."""
    at = repository.positions.get(file.path)
    pointer = None if at is None else f"/siblings/{at}/rfilename"
    return Source(
        url=_reply_url(repository),
        revision=_commit(repository),
        path=file.path,
        pointer=pointer,
        sha256=repository.info_raw.sha256,
    )


def fact(name: str, value: FactValue, basis: Basis, *sources: Source) -> tuple[str, Fact]:
    """A checked fact under its name."""
    return name, Fact(value=check(name, value), basis=basis, sources=tuple(dict.fromkeys(sources)))


def escape(step: str) -> str:
    """One step of a JSON pointer (RFC 6901)."""
    return step.replace("~", "~0").replace("/", "~1")


def _commit(repository: Repository) -> str | None:
    """The commit a reply speaks of; of a recorded copy the one it lies at."""
    raw = repository.info_raw
    return raw.revision if raw.stands_in else repository.revision


def _reply_url(repository: Repository) -> str:
    """The address at which the reply about this very commit can be asked for again.

    A live reply is asked for at a branch first; its commit is what was judged.
    """
    raw, sha = repository.info_raw, repository.revision
    found = None if raw.stands_in or sha is None else _API.fullmatch(raw.url)
    if found is None:
        return raw.url
    return f"{found[1]}{quoted(repository.canonical)}/revision/{sha}{found[2] or ''}"

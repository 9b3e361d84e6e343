"""One row -> what a fetch would have handed over (gather/raw.py). Pure: what is not in the row is unread.

Every text is a copy whose place is the table, so it stands in for the file, and a commit is known only where
the row gives its sha (design §2.8). What a list of files names and the row does not hold is a Missed, so that
nothing opens for want of a text. A text of another size than its listed one is not that file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from osaid_audit.batches.cells import Row, UnreadableError, name_of, reply_of
from osaid_audit.gather.fetching import addresses
from osaid_audit.gather.raw import Fetched, Gathered, Listed, Missed, Raw, Repository
from osaid_audit.gather.reading.data.datasetnames import wanted_datasets
from osaid_audit.gather.reading.files.plan import declared_bases, license_links, listing_of, wanted_files
from osaid_audit.gather.reading.lineage.walk import Walk
from osaid_audit.gather.reading.repository.details import CYCLE, NOT_RECORDED
from osaid_audit.gather.reading.sources import README
from osaid_audit.gather.reading.subject import is_model_id
from osaid_audit.gather.settings import PUBLIC_ENDPOINT, Settings

_LIMITS = Settings()


def gathered_of(row: Row, day: str) -> Gathered:
    """Everything that a row tells of its model and of the bases beside it.

    day  YYYY-MM-DD, the day of the judgement, which stands for the day of gathering
    Raises UnreadableError for a row without a model's id or with a reply that is none.
    """
    told = _told(row)
    subject = _repository(told, loaded=True)
    return Gathered(
        subject=subject,
        endpoint=PUBLIC_ENDPOINT,
        token_used=False,
        gathered_at=f"{day}T00:00:00Z",
        source="recorded",
        bases=_bases(subject, row.get("bases")),
        datasets={name: _unread_dataset(name) for name in _datasets(subject)},
    )


@dataclass(frozen=True)
class _Told:
    """One model as its row tells it: `texts` by path, None where two texts disagree about one path."""

    name: str
    info: Mapping[str, Any]
    texts: Mapping[str, bytes | None]
    listing: tuple[Listed, ...]
    complete: bool
    canonical: str = field(default="")

    @cached_property
    def listed(self) -> Mapping[str, Listed]:
        """The files of the list by path, made once: a list may have tens of thousands."""
        return {file.path: file for file in self.listing}

    @property
    def commit(self) -> str | None:
        """The commit that the row names."""
        sha = self.info.get("sha")
        return sha if addresses.is_commit(sha) else None


def _told(row: Row) -> _Told:
    name = name_of(row)
    if name is None:
        raise UnreadableError("the row has no id")
    if not is_model_id(name):
        raise UnreadableError("the id is not that of a model")
    info = reply_of(row, name)
    texts = _texts(row)
    listing, complete = _listing(info, texts)
    named = info.get("id")
    canonical = named if isinstance(named, str) and is_model_id(named) else name
    return _Told(name, info, texts, listing, complete, canonical)


def _texts(row: Row) -> dict[str, bytes | None]:
    found: dict[str, bytes | None] = {}
    for path, given in (*_pairs(row.get("files")), (README, row.get("card"))):
        body = given.encode() if isinstance(given, str) else given
        if isinstance(path, str) and isinstance(body, bytes):
            found[path] = body if found.get(path, body) == body else None
    return found


def _pairs(files: Any) -> Iterator[tuple[Any, Any]]:
    """Path and text of a list of structs or of a map; of anything else none."""
    for each in files if isinstance(files, list) else ():
        if isinstance(each, Mapping):
            yield each.get("path"), each.get("text")
        elif isinstance(each, tuple):
            yield each


def _listing(info: Mapping[str, Any], texts: Iterable[str]) -> tuple[tuple[Listed, ...], bool]:
    """The files that the reply names and those whose text is here; a list without these is not whole."""
    listing, complete = listing_of(info)
    known = {file.path for file in listing}
    given, _ = listing_of({"siblings": [{"rfilename": path} for path in texts if "://" not in path]})
    wanted = {README, *wanted_files(given, "models")}
    more = [file for file in given if file.path in wanted - known]
    merged = tuple(sorted((*listing, *more), key=lambda file: file.path))
    return merged, complete and not more


def _repository(told: _Told, *, loaded: bool) -> Repository:
    """The model with every file and link that an audit wants; `loaded`: it is the subject itself."""
    wanted = (README, *wanted_files(told.listing, "models", loaded=loaded))
    files = {path: _file(told, path) for path in dict.fromkeys(wanted)}
    address = addresses.info_url(PUBLIC_ENDPOINT, "models", told.name, None)
    return Repository(
        kind="models",
        asked=told.name,
        canonical=told.canonical,
        page_url=addresses.page_url(PUBLIC_ENDPOINT, "models", told.canonical),
        revision=told.commit,
        info=told.info,
        info_raw=Raw("api", address, b"", None, told.commit, stands_in=True),
        listing=told.listing,
        listing_complete=told.complete,
        files=files,
        links={link: _link(told, link) for link in license_links(told.info, files[README])},
    )


def _file(told: _Told, path: str) -> Fetched:
    url = addresses.file_url(PUBLIC_ENDPOINT, "models", told.canonical, told.commit or "main", path)
    listed = told.listed.get(path)
    if listed is None and told.complete:
        return Missed(path, url, "absent", "not in the listing")
    size = listed.size if listed is not None else None
    return _copy(path, url, told, _LIMITS.max_file, size)


def _copy(path: str, url: str, told: _Told, most: int, size: int | None) -> Fetched:
    """The text under this name, when it has at most so many bytes, and as many as the list says, if it does.

    Of an unknown size, one without a visible character may stand for a text that the table does not have.
    """
    body = told.texts.get(path)
    if body is None or not (_is_seen(body) if size is None else len(body) == size):
        return Missed(path, url, "unreachable", NOT_RECORDED)
    if len(body) > most:
        return Missed(path, url, "too_large", f"{len(body)} bytes; at most {most} are read")
    return Raw(path, url, body, None, told.commit, stands_in=True)


def _is_seen(body: bytes) -> bool:
    return any(char.isprintable() and not char.isspace() for char in body.decode("utf-8", "replace"))


def _link(told: _Told, link: str) -> Fetched:
    """What stands behind a license link: a file of the row, or the text that it holds under this address."""
    target = addresses.link_target(link, PUBLIC_ENDPOINT, (told.canonical, told.name))
    if isinstance(target, addresses.RepoFile) and target.revision is None:
        if addresses.is_weights(target.path):
            return Missed(link, link, "unsupported", "a weight file, which is never read")
        return _file(told, target.path)
    if target is None:
        return Missed(link, link, "unsupported", "neither a web address nor a path")
    return _copy(link, link, told, _LIMITS.max_page, None)


def _datasets(subject: Repository) -> tuple[str, ...]:
    return wanted_datasets(subject.info, subject.files[README])


def _unread_dataset(name: str) -> Missed:
    url = addresses.page_url(PUBLIC_ENDPOINT, "datasets", name)
    return Missed(name, url, "unreachable", NOT_RECORDED)


def _bases(subject: Repository, given: Any) -> dict[str, Repository | Missed]:
    """The models behind the subject that the row holds, level by level and within the limits of an audit."""
    rows = _by_id(given)
    walk, level = Walk(subject.asked, subject.canonical), [subject]
    found: dict[str, Repository | Missed] = {}
    while level:
        declared = [name for base in level for name, _ in declared_bases(base.info, base.files[README])]
        met = {name: _base(name, rows.get(name.lower()), subject) for name in walk.level(declared)}
        known = {each.canonical for each in found.values() if isinstance(each, Repository)}
        found |= met
        read = {each.canonical: each for each in met.values() if isinstance(each, Repository)}
        walk.met(read)
        level = [each for name, each in read.items() if name not in known]
    return found | walk.refused


def _by_id(given: Any) -> dict[str, Row | None]:
    """The rows of bases by id in lower case; None where two different rows bear one id."""
    rows: dict[str, Row | None] = {}
    for row in given if isinstance(given, Sequence) and not isinstance(given, str) else ():
        name = _name_in(row) if isinstance(row, Mapping) else None
        if name is not None:
            rows[name.lower()] = row if rows.get(name.lower(), row) == row else None
    return rows


def _name_in(row: Row) -> str | None:
    """The id of a base's row; none where it has two: then it is the row of no declared base."""
    try:
        return name_of(row)
    except UnreadableError:
        return None


def _base(name: str, row: Row | None, subject: Repository) -> Repository | Missed:
    url = addresses.page_url(PUBLIC_ENDPOINT, "models", name)
    if row is None:
        return Missed(name, url, "unreachable", NOT_RECORDED)
    try:
        base = _repository(_told({**row, "id": name, "modelId": None}), loaded=False)
    except UnreadableError as error:
        return Missed(name, url, "malformed", str(error))
    if base.canonical.lower() == subject.canonical.lower():
        return Missed(name, url, "malformed", CYCLE)
    return base

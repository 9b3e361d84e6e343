"""The user's own copies of everything that was read, so that each finding can be checked again later.

A copy lies under the hash of its bytes, `DIR/ab/abcd...`, and `DIR/index.json` says for each hash where and
when it was read. The `sha256` of a source in a dossier or report is the name of its copy. A folder may serve
many audits: what is there already is kept, never written anew.

    {"schema_version": "1",
     "files": {SHA256: [{"url": ..., "revision": ..., "path": ..., "gathered_at": ...}, ...]}}

One gathering at a time may write into a folder.
"""

import hashlib
import json
import secrets as randomness
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.gather.raw import CodeHost, Gathered, Raw, Repository
from osaid_audit.messages import reason

INDEX = "index.json"
_VERSION = "1"
_HEX = frozenset("0123456789abcdef")
_DIGEST = 64

Place = dict[str, str]
Index = dict[str, list[Place]]


def check_folder(folder: Path) -> None:
    """Raise UsageError or UnreadableInput when nothing can be kept there, before anything is asked."""
    if folder.exists() and not folder.is_dir():
        raise UsageError("'{folder}' is not a folder.", "Name a folder for --evidence.", folder=folder)
    if not folder.absolute().parent.is_dir():
        raise UsageError("There is no folder '{folder}'.", "Make it first.", folder=folder.parent)
    _index(folder / INDEX)


def keep(gathered: Gathered, folder: Path, secrets: Sequence[str] = ()) -> int:
    """Write a copy of everything that was read, then the index; the number of copies that were new.

    Bytes that hold one of the tokens `secrets` are not kept: an endpoint may have sent it back. Raises
    UsageError when the folder cannot be written or one of its copies is not what its name says.
    """
    index, new = _index(folder / INDEX), 0
    try:
        for raw in _read(gathered):
            if any(secret.encode() in raw.body for secret in secrets):
                continue
            digest = hashlib.sha256(raw.body).hexdigest()
            new += _store(folder / digest[:2] / digest, raw.body, digest)
            _note(index.setdefault(digest, []), _place(raw, gathered.gathered_at))
        _replace(folder / INDEX, _as_text(index).encode())
    except OSError as error:
        raise UsageError(
            "The folder '{folder}' cannot be written: {why}.",
            "Choose another --evidence.",
            folder=folder,
            why=reason(error),
        ) from error
    return new


def _read(gathered: Gathered) -> Iterator[Raw]:
    """Everything that came, of the subject, its bases, its datasets and its code repositories."""
    repositories = (gathered.subject, *gathered.bases.values(), *gathered.datasets.values())
    for repository in repositories:
        if isinstance(repository, Repository):
            yield repository.info_raw
            yield from repository.listing_pages
            read = (*repository.files.values(), *repository.links.values())
            yield from (fetched for fetched in read if isinstance(fetched, Raw))
    for host in gathered.repositories.values():
        if isinstance(host, CodeHost):
            yield from (fetched for fetched in (host.tree, *host.files.values()) if isinstance(fetched, Raw))


def _place(raw: Raw, gathered_at: str) -> Place:
    """Where the bytes were read; a recorded copy bears the commit it lies at."""
    place = {"url": raw.url, "path": raw.what, "gathered_at": gathered_at}
    return place if raw.revision is None else place | {"revision": raw.revision}


def _note(places: list[Place], place: Place) -> None:
    """The first reading of a place stands; a later one of the same bytes adds nothing."""
    known = ({key: value for key, value in each.items() if key != "gathered_at"} for each in places)
    if {key: value for key, value in place.items() if key != "gathered_at"} not in known:
        places.append(place)


def _store(path: Path, body: bytes, digest: str) -> bool:
    """Whether the copy was new; one that is there must be what its name says."""
    if path.is_file():
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise UsageError(
                "The copy '{path}' is not what its name says.",
                "Move it away, or choose another --evidence.",
                path=path,
            )
        return False
    _replace(path, body)
    return True


def _replace(path: Path, body: bytes) -> None:
    """In one step: whoever reads sees the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".new-{randomness.token_hex(8)}")
    try:
        half.write_bytes(body)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _as_text(index: Index) -> str:
    ordered = {digest: sorted(places, key=_order) for digest, places in index.items()}
    whole = {"schema_version": _VERSION, "files": ordered}
    return json.dumps(whole, indent=1, sort_keys=True) + "\n"


def _order(place: Place) -> tuple[str, ...]:
    return tuple(place.get(key, "") for key in ("url", "revision", "path", "gathered_at"))


def _index(path: Path) -> Index:
    """The index that is there. Raises UnreadableInput for a damaged one: it is not written over."""
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        found = None
    files = (
        found.get("files") if isinstance(found, dict) and found.get("schema_version") == _VERSION else None
    )
    if not isinstance(files, dict) or not all(_sound(*entry) for entry in files.items()):
        raise UnreadableInput(
            "'{path}' is not an index of evidence.", "Move it away, or choose another --evidence.", path=path
        )
    return files


def _sound(digest: str, places: Any) -> bool:
    named = len(digest) == _DIGEST and set(digest) <= _HEX
    return named and isinstance(places, list) and all(_is_place(place) for place in places)


def _is_place(place: Any) -> bool:
    return isinstance(place, dict) and _texts([*place, *place.values()])


def _texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)

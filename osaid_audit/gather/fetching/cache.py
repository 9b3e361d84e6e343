"""Replies kept on disk, so that a second run asks the Hub once and an offline run not at all.

One file per reply: a line of JSON, then the body. Its name is a hash of endpoint, URL and token, so that what
one token may read is not shown to another; the token itself is written nowhere. An entry that does not fit
its own hash is treated as not there.
"""

import hashlib
import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_FORMAT = 1
_LONGEST_HEADER = 8192


@dataclass(frozen=True)
class Entry:
    """A kept reply: status 200 or 404, `stored` in seconds since the epoch, `moved` as in a Reply."""

    url: str
    status: int
    body: bytes
    stored: float
    etag: str | None = None
    commit: str | None = None
    media: str = ""
    link: str = ""
    moved: str = ""

    def age(self) -> float:
        """Seconds since it was stored; a clock set back counts as old."""
        passed = time.time() - self.stored
        return passed if passed >= 0 else float("inf")


def reader_of(token: str | None) -> str:
    """What stands for a token in a hash of more than it: a salted hash, or "-" for none; write it nowhere."""
    return hashlib.sha256(b"osaid-audit\0" + token.encode()).hexdigest() if token else "-"


class Cache:
    """Entries in one folder for one token; a folder that cannot be written means no cache, not an error."""

    def __init__(self, folder: Path | None, token: str | None) -> None:
        self._folder = folder
        self._reader = reader_of(token)

    def get(self, url: str) -> Entry | None:
        """The entry of this URL, or None when there is none or it is damaged."""
        path = self._path(url)
        if path is None:
            return None
        try:
            head, _, body = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        return _entry(head, body, url)

    def put(self, entry: Entry) -> None:
        """Store the entry in one step: a reader sees the old one or the new one, never half of it."""
        path = self._path(entry.url)
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_head(entry) + b"\n" + entry.body)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)
        except OSError:
            return

    def _path(self, url: str) -> Path | None:
        if self._folder is None:
            return None
        key = hashlib.sha256(f"{self._reader}\0{url}".encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"v{_FORMAT}" / key[:2] / key[2:]


def _head(entry: Entry) -> bytes:
    fields: dict[str, Any] = asdict(entry)
    fields["body"] = hashlib.sha256(entry.body).hexdigest()
    return json.dumps(fields, sort_keys=True).encode()


def _entry(head: bytes, body: bytes, url: str) -> Entry | None:
    """The entry, if every field is of its type and the body has its hash."""
    if len(head) > _LONGEST_HEADER:
        return None
    try:
        fields = json.loads(head)
        digest = fields.pop("body")
        entry = Entry(**fields, body=body)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    typed = (
        isinstance(entry.stored, int | float)
        and entry.status in {200, 404}
        and isinstance(entry.media, str)
        and isinstance(entry.moved, str)
    )
    texts = all(value is None or isinstance(value, str) for value in (entry.etag, entry.commit))
    sound = digest == hashlib.sha256(body).hexdigest() and entry.url == url
    return entry if typed and texts and sound else None

"""How much the Hub still answers: read from every reply, waited for before a request is sent.

The Hub counts requests in buckets (the API, files, pages), each so many in a window of five minutes, and says
with every reply `RateLimit: "api";r=12;t=250`: 12 are left for 250 seconds. All threads of a run share what
was read. Of the last few only as many are sent at once as are left, so that none is sent in vain.

A header that speaks of a longer wait than anybody waits is only believed of a server that has refused
something: before that, one request is sent all the same. When it is answered the header says nothing, and is
not listened to any more; when it is refused, that decides.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from urllib.parse import urlsplit

from osaid_audit.gather.fetching.failures import FailureError, rate_limited

Waiting = Callable[[float], None]
"""Told once, before a wait, how many seconds the quota is waited for; from any thread."""
Note = Callable[[int, Mapping[str, str]], None]
"""Told the status and headers (lower-case names) of each reply."""
_PART = re.compile(r'(?:"([^"]{1,40})"\s*;\s*)?r\s*=\s*(\d{1,9})\s*;\s*t\s*=\s*(\d{1,9})(?!\d)')
_TOO_MANY = 429
_BROKEN = 500
_MARGIN = 0.2
"""Seconds added to a wait: the Hub counts in whole ones."""
_SAME = 2.0
"""Two replies whose windows end within this many seconds speak of one window."""
_SECONDS = re.compile(r"[0-9]{1,9}")


@dataclass
class _Bucket:
    """What is `left` until a moment (None: nobody has said), and how many requests are on their way."""

    left: int | None = None
    until: float = 0.0
    sent: int = 0
    told_until: float = 0.0
    refused: bool = False
    doubted: bool = False
    """Answered though it was said to be empty: what it says beside an answer does not count."""

    def read(self, left: int, until: float, now: float) -> None:
        """Take note of a reply. Replies overtake each other: in one window the least counts."""
        if self.left is None or now >= self.until or until > self.until + _SAME:
            self.left, self.until = left, until
        elif until > self.until - _SAME:
            self.left, self.until = min(self.left, left), max(self.until, until)

    def pause(self, now: float) -> float:
        """Seconds until there is anything to ask for again; 0 while there is."""
        return self.until - now if self.left == 0 and now < self.until else 0.0

    def answered(self, status: int) -> None:
        """Take note of the reply to a request that was sent although nothing was said to be left."""
        if status < _BROKEN and status != _TOO_MANY:
            self.left, self.doubted = None, True

    def is_open(self, now: float) -> bool:
        """Whether one more may be sent now."""
        return self.left is None or now >= self.until or self.left > self.sent


class Quotas:
    """The buckets of one endpoint during one run.

    max_wait  seconds that a bucket is waited for; of a longer wait a FailureError says how long it is
    """

    def __init__(self, max_wait: float, waiting: Waiting | None = None) -> None:
        self._max_wait = max_wait
        self._waiting = waiting
        self._buckets: dict[str, _Bucket] = {}
        self._names: dict[str, str] = {}
        self._changed = Condition()
        self._abandoned = False

    @contextmanager
    def turn(self, url: str) -> Iterator[Note]:
        """One request to the endpoint, sent when its bucket has something left; give its reply to the note.

        Raises FailureError when the bucket is empty for longer than anybody waits.
        """
        kind = kind_of(url)
        bucket, in_doubt = self._enter(kind)
        try:
            yield lambda status, headers: self._note(kind, status, headers, in_doubt=in_doubt)
        finally:
            with self._changed:
                bucket.sent -= 1
                self._changed.notify_all()

    def abandon(self) -> None:
        """Whatever waits ends with a failure."""
        with self._changed:
            self._abandoned = True
            self._changed.notify_all()

    def pause(self, url: str) -> float:
        """Seconds until the bucket of this address is filled again; 0 when it is not known to be empty."""
        with self._changed:
            return self._bucket(kind_of(url)).pause(time.monotonic())

    def _enter(self, kind: str) -> tuple[_Bucket, bool]:
        """The bucket, once a request may be sent, and whether that is in doubt."""
        while True:
            with self._changed:
                bucket, now = self._bucket(kind), time.monotonic()
                pause = bucket.pause(now)
                in_doubt = pause > self._max_wait and not bucket.refused
                if bucket.is_open(now) or (in_doubt and not bucket.sent and not self._abandoned):
                    bucket.sent += 1
                    return bucket, in_doubt
                if (pause > self._max_wait and not in_doubt) or self._abandoned:
                    raise FailureError(rate_limited(round(pause)))
                if in_doubt or not self._is_news(bucket, pause, now):
                    self._changed.wait(bucket.until - now)
                    continue
            if self._waiting is not None:  # outside of the lock: whoever is told may take their time
                self._waiting(pause)

    def _is_news(self, bucket: _Bucket, pause: float, now: float) -> bool:
        """Whether this wait was not told yet; of the last few requests under way nothing is told."""
        if not pause or now < bucket.told_until:
            return False
        bucket.told_until = bucket.until
        return True

    def _note(self, kind: str, status: int, headers: Mapping[str, str], *, in_doubt: bool) -> None:
        now = time.monotonic()
        said = _PART.search(headers.get("ratelimit", ""))
        after = headers.get("retry-after", "").strip()
        with self._changed:
            if said:
                self._name(kind, said[1])
            bucket = self._bucket(kind)
            if in_doubt:
                bucket.answered(status)
            if status == _TOO_MANY:
                bucket.refused, bucket.doubted = True, False
            if said and not bucket.doubted:
                bucket.read(int(said[2]), now + int(said[3]) + _MARGIN, now)
            elif status == _TOO_MANY and _SECONDS.fullmatch(after):
                bucket.read(0, now + int(after) + _MARGIN, now)
            self._changed.notify_all()

    def _bucket(self, kind: str) -> _Bucket:
        return self._buckets.setdefault(self._names.get(kind, kind), _Bucket())

    def _name(self, kind: str, name: str | None) -> None:
        """The Hub's own name for a bucket wins over the one that the path suggests."""
        if name and name != self._names.get(kind, kind):
            before = self._bucket(kind)
            self._names[kind] = name
            self._buckets.setdefault(name, before)


def kind_of(url: str) -> str:
    """The bucket of an address as far as its path tells; the Hub's replies name it."""
    path = urlsplit(url).path
    if "/resolve/" in path or "/resolve-cache/" in path:
        return "resolvers"
    return "api" if "/api/" in path else "pages"

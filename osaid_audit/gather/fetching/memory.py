"""What this run has asked and what earlier runs left: no URL is asked for twice, and none in vain.

What stands at a full commit never changes and comes from the cache for ever; the rest is asked again by its
ETag, at once or after an hour. Offline everything comes from the cache.

Of thousands of models not every body is held: beyond HELD bytes those longest not asked for are read from the
cache again.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from threading import Lock
from typing import Literal

from osaid_audit.gather.fetching.cache import Cache, Entry
from osaid_audit.gather.fetching.failures import Failure, FailureError
from osaid_audit.gather.fetching.transport import Reply

Keep = Literal["forever", "revalidate", "an hour", "no"]
Send = Callable[[str | None], Reply]
"""Sends the request, with the ETag of what the cache holds."""
HELD = 64 * 1024 * 1024
"""Bytes of bodies that one run holds beside the cache."""
_HOUR = 3600
_UNCHANGED = 304


class Memory:
    """One cache, asked from many threads during one run."""

    def __init__(self, cache: Cache, *, offline: bool) -> None:
        self.cache = cache
        self._offline = offline
        self._asked: dict[str, Future[Entry]] = {}
        self._held: OrderedDict[str, int] = OrderedDict()
        self._bytes = 0
        self._in_cache: set[str] = set()
        self._lock = Lock()

    def ask(self, url: str, keep: Keep, send: Send, judge: Callable[[Reply], Entry]) -> Entry:
        """The entry of this URL, asked for at most once in a run; a failure is remembered too.

        `judge` makes an entry of a reply worth keeping and raises FailureError for any other.
        """
        with self._lock:
            known = self._asked.get(url)
            mine: Future[Entry] = Future()
            if known is None:
                self._asked[url] = mine
            elif url in self._held:
                self._held.move_to_end(url)
        if known is not None:
            return known.result()
        try:
            entry = self._again(url) or self._through_cache(url, keep, send, judge)
            mine.set_result(entry)
        except BaseException as error:
            mine.set_exception(error)
            raise
        self._hold(url, len(entry.body), cached=keep != "no")
        return entry

    def _again(self, url: str) -> Entry | None:
        """What this run has read before and holds no longer."""
        return self.cache.get(url) if url in self._in_cache else None

    def _hold(self, url: str, size: int, *, cached: bool) -> None:
        """Hold this body, and let go of those that can be read from the cache again, the oldest first."""
        if not cached:
            return
        with self._lock:
            self._held[url] = size
            self._bytes += size
            while self._bytes > HELD and len(self._held) > 1:
                oldest, freed = self._held.popitem(last=False)
                self._bytes -= freed
                self._in_cache.add(oldest)
                self._asked.pop(oldest, None)

    def _through_cache(self, url: str, keep: Keep, send: Send, judge: Callable[[Reply], Entry]) -> Entry:
        kept = self.cache.get(url) if keep != "no" else None
        fresh = keep == "forever" or (keep == "an hour" and kept is not None and kept.age() < _HOUR)
        if kept is not None and (fresh or self._offline):
            return kept
        if self._offline:
            raise FailureError(Failure("unreachable", "offline", "offline, and not in the cache"))
        reply = send(kept.etag if kept else None)
        if reply.status == _UNCHANGED and kept is not None:
            entry = replace(kept, stored=time.time(), moved=reply.moved)
        else:
            entry = judge(reply)
        if keep != "no":
            self.cache.put(entry)
        return entry

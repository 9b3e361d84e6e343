"""Quotas as the Hub counts them: so many requests of one bucket in a window, told with every reply."""

import math
import threading
import time
from dataclasses import dataclass, field

BUCKETS = ("api", "resolvers", "pages")


def bucket_of(path: str) -> str:
    """The bucket that a path is counted in; files, and the hop to their content, have the larger one."""
    if path.startswith("/api/resolve-cache/") or "/resolve/" in path:
        return "resolvers"
    return "api" if path.startswith("/api/") else "pages"


@dataclass
class Quota:
    """`most` requests in `seconds`, of one bucket; `refused` counts those that came in vain."""

    most: int
    seconds: float = 300.0
    refused: int = 0
    _left: int = field(default=0, init=False)
    _until: float = field(default=0.0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def take(self, bucket: str) -> tuple[bool, dict[str, str]]:
        """Whether this request is served, and the headers of its reply."""
        with self._lock:
            now = time.monotonic()
            if now >= self._until:
                self._left, self._until = self.most, now + self.seconds
            served = self._left > 0
            self._left -= served
            self.refused += not served
            after = max(1, math.ceil(self._until - now))
            policy = f'"fixed window";"{bucket}";q={self.most};w={math.ceil(self.seconds)}'
            return served, {"RateLimit": f'"{bucket}";r={self._left};t={after}', "RateLimit-Policy": policy}

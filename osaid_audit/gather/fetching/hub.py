"""The Hub as this tool sees it: info replies, listings and files, each asked for at most once in a run.

What stands at a full commit comes from the cache once it was read (see memory). The subject's info reply is
asked again on every run, by its ETag; those of bases and datasets, and license pages, are taken from the
cache for an hour.
"""

import hashlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from types import TracebackType
from typing import Any, NamedTuple, ParamSpec, Self, TypeVar
from weakref import WeakValueDictionary

from osaid_audit.gather.fetching import addresses
from osaid_audit.gather.fetching.cache import Cache, Entry
from osaid_audit.gather.fetching.codehosts import CodeHosts
from osaid_audit.gather.fetching.failures import Failure, FailureError
from osaid_audit.gather.fetching.memory import Keep, Memory
from osaid_audit.gather.fetching.quota import Waiting
from osaid_audit.gather.fetching.replies import (
    Info,
    accept,
    check_file,
    check_json,
    entry_of,
    fetched,
    info_of,
    next_page,
    page_of,
    rows,
)
from osaid_audit.gather.fetching.transport import Logged, Reply, Transport, origin
from osaid_audit.gather.raw import Fetched, Kind, Listed, Missed, Raw, Repository
from osaid_audit.gather.settings import Settings, default_cache_dir

_MAX_PAGES = 200
_RECENT = 64

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Answer:
    """A file or why there is none, and the commit the Hub says it read it at."""

    fetched: Fetched
    commit: str | None = None


class Listing(NamedTuple):
    """A listing read page by page, whether it is complete, the pages, and why there was no further one."""

    files: tuple[Listed, ...]
    complete: bool
    pages: tuple[Raw, ...]
    missed: Missed | None = None


class Hub:
    """One run's view of one endpoint; share it between audits, close it at the end.

    `waiting` is told when the Hub's quota is used up, and for how many seconds all requests wait.
    """

    def __init__(self, settings: Settings, waiting: Waiting | None = None) -> None:
        token = settings.secret()
        self.settings = settings
        self.endpoint = settings.endpoint
        self.token_used = token is not None
        self._transport = Transport(settings, token, waiting)
        self._memory = Memory(
            Cache(settings.cache_dir or default_cache_dir(), token), offline=settings.offline
        )
        self._pool = ThreadPoolExecutor(max(1, settings.connections), thread_name_prefix="osaid-audit")
        self._opened: WeakValueDictionary[tuple[str, str | None], Any] = WeakValueDictionary()
        self._recent: deque[Any] = deque(maxlen=_RECENT)
        self._same: WeakValueDictionary[tuple[str, str | None], Repository] = WeakValueDictionary()
        self._lock = Lock()
        self.code_hosts = CodeHosts(settings, self.log)

    @property
    def log(self) -> list[Logged]:
        """Every exchange so far, hops of redirects marked."""
        return self._transport.log

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop what is still waiting and close the connections of our own."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._transport.close()

    def abandon(self) -> None:
        """Drop what is still waiting, without waiting for what is under way."""
        self._transport.abandon()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def start(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        """Run the work beside other work."""
        return self._pool.submit(work, *args, **kwargs)

    def once_opened(self, repo_id: str, revision: str | None, work: Callable[[], _T]) -> _T:
        """What this work gave for the repository and revision when it was first wanted in this run.

        Held while anybody uses it, and some of the last ones longer: what is opened anew later is read from
        the cache, and asks for nothing.
        """
        with self._lock:
            key = (repo_id, revision)
            found: _T | None = self._opened.get(key)
            if found is None:
                found = self._opened[key] = work()
            if found not in self._recent:
                self._recent.append(found)
            return found

    def same(self, repository: Repository) -> Repository:
        """The record of an earlier model of this run, when nothing differs: what reads it reads it once."""
        key = (repository.canonical, repository.revision)
        with self._lock:
            before = self._same.get(key)
        if before == repository:
            return before
        with self._lock:
            self._same[key] = repository
        return repository

    def info(
        self,
        kind: Kind,
        repo_id: str,
        revision: str | None,
        round_: int,
        *,
        keep: Keep = "revalidate",
        slim: bool = False,
    ) -> Info | Failure:
        """The info reply of a repository at a branch, tag or commit (None: its main branch)."""
        url = addresses.info_url(self.endpoint, kind, repo_id, revision, slim=slim)
        try:
            entry = self._ask(url, self.settings.max_info, round_, keep, check_json)
            return info_of(f"api/{kind}/{repo_id}", entry)
        except FailureError as error:
            return error.failure

    def known(self, kind: Kind, repo_id: str, revision: str | None) -> Info | None:
        """The info reply that the cache remembers for this revision, without asking."""
        entry = self._memory.cache.get(addresses.info_url(self.endpoint, kind, repo_id, revision))
        try:
            return info_of("", entry) if entry else None
        except FailureError:
            return None

    def has_file(self, kind: Kind, repo_id: str, commit: str, path: str) -> bool:
        """Whether the cache holds this file, or its absence, at this commit."""
        return (
            self._memory.cache.get(addresses.file_url(self.endpoint, kind, repo_id, commit, path)) is not None
        )

    def file(self, kind: Kind, repo_id: str, revision: str, path: str, round_: int) -> Answer:
        """One file of a repository; what comes at a branch is kept under the commit it was read at."""
        url = addresses.file_url(self.endpoint, kind, repo_id, revision, path)
        fixed = addresses.is_commit(revision)
        if not addresses.is_file_path(path):
            return Answer(Missed(path, url, "malformed", "not a path inside the repository"))
        try:
            entry = self._ask(
                url, self.settings.max_file, round_, "forever" if fixed else "no", check_file(path)
            )
        except FailureError as error:
            return Answer(Missed(path, url, error.failure.state, error.failure.detail))
        commit = revision if fixed else entry.commit
        if fixed and entry.commit not in {None, revision}:
            return Answer(Missed(path, url, "malformed", "read at another commit than asked"), entry.commit)
        if commit is not None and addresses.is_commit(commit):
            url = addresses.file_url(self.endpoint, kind, repo_id, commit, path)
            self._remember(url, entry)
        return Answer(fetched(path, url, entry, commit), commit)

    def tree(self, kind: Kind, repo_id: str, commit: str, round_: int) -> Listing:
        """The listing at a commit, page by page."""
        url = addresses.tree_url(self.endpoint, kind, repo_id, commit)
        listed: list[Listed] = []
        pages: list[Raw] = []
        missed = None
        for _ in range(_MAX_PAGES):
            try:
                entry = self._ask(url, self.settings.max_info, round_, "forever", check_json)
                listed += rows(entry)
                following = next_page(entry, self.endpoint)
            except FailureError as error:
                missed = Missed("file list", url, error.failure.state, error.failure.detail)
                break
            digest = hashlib.sha256(entry.body).hexdigest()
            pages.append(Raw(f"api/{kind}/{repo_id}/tree", url, entry.body, digest, commit))
            if following is None:
                return Listing(tuple(listed), complete=True, pages=tuple(pages))
            url = following
        return Listing(tuple(listed), complete=False, pages=tuple(pages), missed=missed)

    def page(self, what: str, url: str, round_: int) -> Fetched:
        """A page named by a license link: no token, no cookies, public addresses only."""
        from osaid_audit.gather.fetching.pages import get_page  # noqa: PLC0415 - requests is heavy

        def note(at: str, status: int, hop: bool) -> None:
            self.log.append(Logged("GET", at, status, round_, hop))

        def send(_: str | None) -> Reply:
            with self._transport.turn(url) as note_quota:
                reply = get_page(url, self.settings, note)
                note_quota(reply.status, reply.headers)
            return reply

        def judge(reply: Reply) -> Entry:
            ours = origin(url) == origin(self.endpoint)
            return self._judge(url, reply, accept) if ours else page_of(url, reply)

        try:
            entry = self._memory.ask(url, "an hour", send, judge)
        except FailureError as error:
            return Missed(what, url, error.failure.state, error.failure.detail)
        return fetched(what, url, entry, None)

    def _ask(self, url: str, cap: int, round_: int, keep: Keep, check: Callable[[Entry], None]) -> Entry:
        def send(etag: str | None) -> Reply:
            return self._transport.get(url, cap, round_, etag)

        return self._memory.ask(url, keep, send, lambda reply: self._judge(url, reply, check))

    def _judge(self, url: str, reply: Reply, check: Callable[[Entry], None]) -> Entry:
        entry = entry_of(url, reply, token_used=self.token_used)
        check(entry)
        return entry

    def _remember(self, url: str, entry: Entry) -> None:
        if entry.url != url and not self.settings.offline:
            self._memory.cache.put(replace(entry, url=url))

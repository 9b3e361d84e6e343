"""One repository on its way in: its info reply, its whole listing and its card, all at one commit."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from osaid_audit.gather.fetching import addresses
from osaid_audit.gather.fetching.failures import Failure, gated
from osaid_audit.gather.fetching.hub import Answer, Hub, Listing
from osaid_audit.gather.fetching.memory import Keep
from osaid_audit.gather.fetching.replies import Info
from osaid_audit.gather.raw import Fetched, Listed, Missed, Raw
from osaid_audit.gather.reading.files.plan import listing_of

if TYPE_CHECKING:
    from concurrent.futures import Future

CARD = "README.md"


@dataclass(frozen=True)
class Opened:
    """A repository whose first two requests are under way; the README is asked for at `at`, if known."""

    repo_id: str
    revision: str | None
    at: str | None
    info: "Future[Info | Failure]"
    readme: "Future[Answer]"


@dataclass(frozen=True)
class Known:
    """A repository whose info reply, listing and card stand; `round` is the last one that was needed."""

    asked: str
    canonical: str
    info: Info
    listing: tuple[Listed, ...]
    complete: bool
    card: Fetched
    round: int
    pages: tuple[Raw, ...] = ()
    unlisted: Missed | None = None


def open_repository(hub: Hub, repo_id: str, revision: str | None, round_: int, keep: Keep) -> Opened:
    """Ask for info and README together, the README at the commit the cache remembers, if it does.

    In one run a repository is opened once: a second opening would find in the cache what the first has just
    put there, and ask for the README by another address.
    """
    return hub.once_opened(repo_id, revision, lambda: _open(hub, repo_id, revision, round_, keep))


def _open(hub: Hub, repo_id: str, revision: str | None, round_: int, keep: Keep) -> Opened:
    kept = hub.known("models", repo_id, revision)
    at = revision if addresses.is_commit(revision) else kept.commit if kept else None
    info = hub.start(hub.info, "models", repo_id, revision, round_, keep=keep)
    if kept and at and _was_refused(hub, repo_id, kept, at):
        return Opened(repo_id, revision, at, info, _done(_gated(hub, repo_id, at, CARD)))
    work = hub.start(hub.file, "models", repo_id, at or revision or "main", CARD, round_)
    return Opened(repo_id, revision, at, info, work)


def _was_refused(hub: Hub, repo_id: str, kept: Info, at: str) -> bool:
    """Without a token a gate does not open by itself: a refused README is not asked for again."""
    closed = bool(kept.data.get("gated")) and not hub.token_used
    return closed and not hub.has_file("models", repo_id, at, CARD)


def _gated(hub: Hub, repo_id: str, commit: str, path: str) -> Answer:
    failure = gated("none")
    url = addresses.file_url(hub.endpoint, "models", repo_id, commit, path)
    return Answer(Missed(path, url, failure.state, failure.detail), commit)


def _done(answer: Answer) -> "Future[Answer]":
    from concurrent.futures import Future  # noqa: PLC0415 - only needed here at run time

    future: Future[Answer] = Future()
    future.set_result(answer)
    return future


def info_reply(hub: Hub, opened: Opened, round_: int) -> tuple[Info | Failure, int]:
    """The info reply and the round it took; without its listing when that is what makes it too large."""
    info = opened.info.result()
    if isinstance(info, Failure) and info.reason == "too_large":
        return hub.info("models", opened.repo_id, opened.revision, round_ + 1, slim=True), round_ + 1
    other = isinstance(info, Info) and info.commit not in {None, opened.revision}
    if other and addresses.is_commit(opened.revision):
        return Failure("malformed", "malformed", "the endpoint answered for another commit"), round_
    return info, round_


def settle(hub: Hub, opened: Opened, info: Info, round_: int) -> Known:
    """Bring listing and card to the commit of the info reply, with one more round where they are not."""
    canonical = canonical_id(info, opened.repo_id)
    listing, complete = listing_of(info.data)
    first = opened.readme.result()
    commit = info.commit
    if commit is None:
        card: Fetched = no_commit(CARD, first.fetched.url)
        return Known(opened.repo_id, canonical, info, listing, complete, card, round_)
    counts = _counts(opened, first, info)
    complete = complete and (not counts or _agree(first.fetched, listing))
    pages = None if complete else hub.start(hub.tree, "models", canonical, commit, round_ + 1)
    again = None
    listed = Listing(listing, complete, ())
    if not counts:
        again = hub.start(hub.file, "models", opened.repo_id, commit, CARD, round_ + 1)
    if pages is not None:
        listed = pages.result()
    card = (again.result() if again else first).fetched
    card = replace(card, url=addresses.file_url(hub.endpoint, "models", canonical, commit, CARD))
    listing, complete = listed.files, listed.complete and _agree(card, listed.files)
    card = as_listed(card, CARD, listing, complete=complete)
    last = round_ if pages is None and again is None else round_ + 1
    return Known(opened.repo_id, canonical, info, listing, complete, card, last, listed.pages, listed.missed)


def _agree(card: Fetched, listing: tuple[Listed, ...]) -> bool:
    """A listing without the card that was read cannot be the whole one."""
    return isinstance(card, Missed) or any(entry.path == CARD for entry in listing)


def _counts(opened: Opened, answer: Answer, info: Info) -> bool:
    """Whether the first README speaks for this commit: read at it, or refused at the branch itself."""
    missed = answer.fetched if isinstance(answer.fetched, Missed) else None
    if missed and missed.state == "gated":
        return bool(info.data.get("gated"))
    if opened.at is None and missed and missed.state in {"not_found_or_private", "unreachable"}:
        return True
    return info.commit in {answer.commit, opened.at}


def as_listed(file: Fetched, path: str, listing: tuple[Listed, ...], *, complete: bool) -> Fetched:
    """An absence is observed when reply and listing agree; a listed file that does not come is unread."""
    if not isinstance(file, Missed):
        return file
    listed = any(entry.path == path for entry in listing)
    if listed and file.state == "absent":
        return replace(file, state="unreachable", detail="listed, but the Hub does not have it")
    if not listed and complete:
        return replace(file, state="absent", detail="not in the listing")
    return file


def canonical_id(info: Info, asked: str) -> str:
    """The id as the Hub writes it: what was asked, in its case, or where the Hub itself redirected.

    A reply that merely claims another repository's id is still the reply of what was asked.
    """
    named = info.data.get("id")
    if not isinstance(named, str) or not addresses.is_repo_id(named):
        return asked
    same = named.lower() == asked.lower()
    return named if same or addresses.is_info_url(info.moved, named) else asked


def no_commit(path: str, url: str) -> Missed:
    """Nothing is read when it is not known at which commit."""
    return Missed(path, url, "malformed", "the info reply names no commit to read it at")

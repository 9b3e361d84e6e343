"""gitlab.com: a project's newest commit, its file list page by page, its license files; without a token."""

import hashlib
from typing import Any
from urllib.parse import quote

from osaid_audit.gather.fetching.addresses import is_commit
from osaid_audit.gather.fetching.cache import Entry
from osaid_audit.gather.fetching.codedoor import (
    MISSING,
    NO_COMMIT,
    NO_REPOSITORY,
    OK,
    Door,
    How,
    entry,
    failure_of,
)
from osaid_audit.gather.fetching.failures import Failure, FailureError
from osaid_audit.gather.fetching.replies import parsed
from osaid_audit.gather.fetching.transport import Logged, Reply
from osaid_audit.gather.raw import CodeHost, Missed, Raw
from osaid_audit.gather.reading.files.codefiles import files_of, license_files
from osaid_audit.gather.settings import Settings

PAGES = "https://gitlab.com/"
API = "https://gitlab.com/api/v4"
MAX_PAGES = 5
"""Pages of 100 entries that are read of a file list; a longer list is taken as cut."""
_PER_PAGE = 100
_JSON = "application/json"


class GitLab:
    """The API of gitlab.com."""

    def __init__(self, settings: Settings, log: list[Logged]) -> None:
        self._door = Door(settings, log)

    def read(self, url: str, round_: int) -> CodeHost:
        """The project at `https://gitlab.com/GROUP/.../NAME`; FailureError when it was not found or read."""
        project = f"{API}/projects/{quote(url.removeprefix(PAGES), safe='')}/repository"
        how = How(round_, self._door.settings.max_info, "an hour", _judge, _JSON)
        found = self._door.ask(f"{project}/commits?per_page=1", how)
        if found.status == MISSING:
            raise FailureError(NO_REPOSITORY)
        commits = _rows(found)
        if not commits:
            return CodeHost(url, url)
        commit = commits[0].get("id")
        if not isinstance(commit, str) or not is_commit(commit):
            raise FailureError(NO_COMMIT)
        return self._at(url, project, commit, round_ + 1)

    def _at(self, url: str, project: str, commit: str, round_: int) -> CodeHost:
        """The project at a commit. It was found, so from here on only parts of it can be missed."""
        place = f"{project}/tree?recursive=true&per_page={_PER_PAGE}&ref={commit}"
        try:
            rows, whole, first = self._list(place, round_)
        except FailureError as error:
            missed = Missed("tree", place, error.failure.state, error.failure.detail)
            return CodeHost(url, url, commit, missed, complete=False)
        listing, hidden = files_of([row for row in rows if row.get("type") == "blob"])
        plain = {row.get("type") for row in rows} <= {"blob", "tree"}
        files = {}
        for path in license_files(listing):
            at = f"{project}/files/{quote(path, safe='')}/raw?ref={commit}"
            files[path] = self._door.file(at, path, commit, round_ + 1, _JSON)
        tree = Raw("tree", place, first.body, hashlib.sha256(first.body).hexdigest(), commit)
        complete = whole and plain and not hidden
        return CodeHost(url, url, commit, tree, listing, complete, files)

    def _list(self, place: str, round_: int) -> tuple[list[dict[str, Any]], bool, Entry]:
        """The rows, whether these are all, and the first page. A page that is not full is the last one."""
        rows: list[dict[str, Any]] = []
        first = None
        for page in range(1, MAX_PAGES + 1):
            how = How(round_, self._door.settings.max_info, "forever", _judge_present, _JSON)
            found = self._door.ask(f"{place}&page={page}" if page > 1 else place, how)
            first = first or found
            own = _rows(found)
            rows += own
            if len(own) < _PER_PAGE:
                return rows, True, first
        return rows, False, first or found


def _judge(url: str, reply: Reply) -> Entry:
    """A list, no such project, or one without a repository. Any other 404 is not the API's."""
    if reply.status == MISSING and b"Project Not Found" in reply.body:
        return entry(url, reply, MISSING, b"")
    if reply.status == MISSING and b"Repository Not Found" in reply.body:
        return entry(url, reply, OK, b"[]")
    return _judge_present(url, reply)


def _judge_present(url: str, reply: Reply) -> Entry:
    if reply.status != OK:
        raise FailureError(failure_of(reply))
    kept = entry(url, reply, OK, reply.body)
    _rows(kept)
    return kept


def _rows(found: Entry) -> list[dict[str, Any]]:
    rows = parsed(found.body)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FailureError(Failure("malformed", "malformed", "the listing is not a list"))
    return rows

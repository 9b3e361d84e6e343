"""The local GitHub: the few addresses of its API that are asked, and its host of raw files.

Status codes, bodies and headers are those the API documents: 404 for missing and private alike, 301 to
`/repositories/ID` for a renamed repository, 409 for an empty one, 451 for a blocked one, 403 and 429 for its
limits, ETag and 304, `truncated` for a list that was cut. Two hosts: the API, and the one of raw files.
"""

import hashlib
import json
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, unquote, urlsplit

from hub.repos import git_sha1

NOT_FOUND = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}


class Seen(NamedTuple):
    """One request as it arrived, and how it was answered."""

    host: str
    path: str
    headers: dict[str, str]
    status: int


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Code:
    """A repository of code; without files it is an empty one.

    private    seen with a known token only
    blocked    taken down for legal reasons
    truncated  the tree lists only its first entries
    submodule  a folder whose files lie in another repository
    aliases    earlier names, answered with 301
    links      paths of symbolic links; what the file holds is where it points
    """

    name: str
    files: dict[str, str | bytes] = field(default_factory=dict)
    private: bool = False
    blocked: bool = False
    truncated: bool = False
    submodule: str = ""
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def body(self, path: str) -> bytes | None:
        found = self.files.get(path)
        return found.encode() if isinstance(found, str) else found

    @property
    def sha(self) -> str:
        names = [
            self.name,
            *self.links,
            *((path, git_sha1(self.body(path) or b"")) for path in sorted(self.files)),
        ]
        return hashlib.sha1(json.dumps(names).encode()).hexdigest()

    @property
    def number(self) -> str:
        return str(int(hashlib.sha256(self.name.encode()).hexdigest()[:6], 16))

    def rows(self) -> list[dict[str, Any]]:
        folders = sorted({path[:at] for path in self.files for at, char in enumerate(path) if char == "/"})
        rows = [{"path": path, "mode": "040000", "type": "tree", "sha": "0" * 40} for path in folders]
        for path in sorted(self.files):
            body = self.body(path) or b""
            mode = "120000" if path in self.links else "100644"
            row = {"path": path, "mode": mode, "type": "blob", "sha": git_sha1(body), "size": len(body)}
            rows.append(row)
        if self.submodule:
            rows.append({"path": self.submodule, "mode": "160000", "type": "commit", "sha": "1" * 40})
        return rows


class LocalGitHub:
    """A GitHub for one test; use as a context manager, `url` is its endpoint and `raw` its other host.

    tokens     those it knows; any other is rejected
    remaining  requests left of the rate limit; None: no end
    """

    def __init__(self, repos: Iterable[Code] = ()) -> None:
        self.repos = {repo.name.lower(): repo for repo in repos}
        self.tokens: set[str] = set()
        self.remaining: int | None = None
        self.reset = int(time.time()) + 1800
        self.seen: list[Seen] = []
        self.canned: dict[str, Answer] = {}
        self.lock = threading.Lock()
        self._servers = [_serve(self, host) for host in ("api", "raw")]
        self.url, self.raw = (f"http://127.0.0.1:{server.server_port}" for server in self._servers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def add(self, repo: Code) -> Code:
        self.repos[repo.name.lower()] = repo
        return repo

    def paths(self, host: str = "api") -> list[str]:
        """Paths asked for, in order."""
        return [seen.path for seen in self.seen if seen.host == host]

    def answer(self, host: str, path: str, headers: dict[str, str]) -> Answer:
        if path in self.canned:
            return self.canned[path]
        if host == "raw":
            return self._raw(path)
        limits = self._limits()
        if self.remaining is not None and self.remaining <= 0:
            return _json(403, {"message": "API rate limit exceeded for 203.0.113.7."}, limits)
        self.remaining = None if self.remaining is None else self.remaining - 1
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if bearer and bearer not in self.tokens:
            return _json(401, {"message": "Bad credentials", "status": "401"}, limits)
        return self._api(path, headers, limits, known=bool(bearer))

    def _limits(self) -> dict[str, str]:
        left = 59 if self.remaining is None else max(self.remaining - 1, 0)
        return {
            "X-RateLimit-Limit": "60",
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": str(self.reset),
        }

    def _api(self, path: str, headers: dict[str, str], limits: dict[str, str], *, known: bool) -> Answer:
        steps = [unquote(step) for step in urlsplit(path).path.strip("/").split("/")]
        repo = self._find(steps)
        if steps[0] == "repos" and repo is None:
            for other in self.repos.values():
                if "/".join(steps[1:3]).lower() in {alias.lower() for alias in other.aliases}:
                    tail = path.split("/", 4)[4]
                    place = f"{self.url}/repositories/{other.number}/{tail}"
                    return _json(
                        301, {"message": "Moved Permanently", "url": place}, limits | {"Location": place}
                    )
        if repo is None or (repo.private and not known):
            return _json(404, NOT_FOUND, limits)
        if repo.blocked:
            return _json(451, {"message": "Repository access blocked", "block": {"reason": "dmca"}}, limits)
        answer = self._part(repo, steps[3 if steps[0] == "repos" else 2 :], path, headers)
        answer = answer._replace(headers=answer.headers | limits)
        etag = f'W/"{git_sha1(answer.body)}"'
        if answer.status != 200:
            return answer
        if headers.get("if-none-match") == etag:
            return Answer(304, limits | {"ETag": etag}, b"")
        return answer._replace(headers=answer.headers | {"ETag": etag})

    def _find(self, steps: list[str]) -> Code | None:
        if steps[0] == "repos":
            return self.repos.get("/".join(steps[1:3]).lower())
        numbered = (repo for repo in self.repos.values() if steps[:2] == ["repositories", repo.number])
        return next(numbered, None)

    def _part(self, repo: Code, steps: list[str], path: str, headers: dict[str, str]) -> Answer:
        if not repo.files:
            return _json(409, {"message": "Git Repository is empty.", "status": "409"}, {})
        accept = headers.get("accept", "")
        if steps == ["commits", "HEAD"] and "vnd.github.sha" in accept:
            return Answer(
                200, {"Content-Type": "application/vnd.github.sha; charset=utf-8"}, repo.sha.encode()
            )
        if steps[:2] == ["git", "trees"] and steps[2] == repo.sha:
            rows = repo.rows()[: 2 if repo.truncated else None]
            place = f"https://api.github.com/repos/{repo.name}/git/trees/{repo.sha}"
            return _json(200, {"sha": "2" * 40, "url": place, "tree": rows, "truncated": repo.truncated}, {})
        if steps[:1] == ["contents"] and "vnd.github.raw" in accept:
            body = repo.body("/".join(steps[1:]))
            at = parse_qs(urlsplit(path).query).get("ref", [""])[0]
            if body is not None and at == repo.sha:
                return Answer(200, {"Content-Type": "application/vnd.github.raw; charset=utf-8"}, body)
        return _json(404, NOT_FOUND, {})

    def _raw(self, path: str) -> Answer:
        owner, name, commit, *steps = [unquote(step) for step in path.strip("/").split("/")]
        repo = self.repos.get(f"{owner}/{name}".lower())
        body = repo.body("/".join(steps)) if repo and commit == repo.sha and not repo.private else None
        if body is None:
            return Answer(404, {"Content-Type": "text/plain"}, b"404: Not Found")
        return Answer(200, {"Content-Type": "text/plain; charset=utf-8"}, body)


def _json(status: int, value: Any, headers: dict[str, str]) -> Answer:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(status, kind | headers, json.dumps(value).encode())


def _serve(github: LocalGitHub, host: str) -> ThreadingHTTPServer:
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"github": github, "host": host}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is none of our business."""


class _Handler(BaseHTTPRequestHandler):
    """One connection; `github` and `host` are set by the subclass that each server gets."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    github: LocalGitHub
    host: str

    def do_GET(self) -> None:
        headers = {key.lower(): value for key, value in self.headers.items()}
        with self.github.lock:
            answer = self.github.answer(self.host, self.path, headers)
            self.github.seen.append(Seen(self.host, self.path, headers, answer.status))
        self.send_response(answer.status)
        for key, value in answer.headers.items():
            self.send_header(key, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """The log is `github.seen`."""

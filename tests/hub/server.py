"""The local Hub: real status codes, error codes, redirects, ETags, ranges, paging, gating and faults.

Two hosts: the Hub, and a second one that plays the storage of LFS files and the rest of the internet.
Every request is logged; a request for a weight file is a violation and gets no bytes.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

from hub.quota import Quota, bucket_of
from hub.repos import Repo, git_sha1

REJECTED = "Invalid credentials in Authorization header"
NO_TOKEN = "Invalid username or password."
DISABLED = "Access to this resource is disabled."


class Seen(NamedTuple):
    """One request as it arrived, and how it was answered; `size` in bytes of the body."""

    method: str
    path: str
    host: str
    headers: dict[str, str]
    status: int
    size: int


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Fault:
    """Something that goes wrong `times` times (None: always) for paths that the pattern finds."""

    pattern: str
    kind: str
    times: int | None = None
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    body: bytes | None = None


class LocalHub:
    """A Hub for one test; use as a context manager, `url` is its endpoint.

    tokens: token -> ids it may read though gated or private ("*" for all). Other tokens are rejected.
    latency: seconds that each request waits for its answer, in the thread of its connection.
    quotas: bucket -> how many requests of it are answered in a window (see hub.quota).
    """

    def __init__(self, repos: Iterable[Repo] = (), *, tls: "tuple[Path, Path] | None" = None) -> None:
        self.repos: dict[tuple[str, str], Repo] = {}
        self.aliases: dict[tuple[str, str], str] = {}
        self.tokens: dict[str, set[str]] = {}
        self.faults: list[Fault] = []
        self.pages: dict[str, Answer] = {}
        self.seen: list[Seen] = []
        self.violations: list[str] = []
        self.page_size = 1000
        self.latency = 0.0
        self.quotas: dict[str, Quota] = {}
        self.prefix = ""
        self.lock = threading.Lock()
        for repo in repos:
            self.add(repo)
        self._servers = [_serve(self, "hub", tls), _serve(self, "elsewhere", tls)]
        scheme = "https" if tls else "http"
        host = "localhost" if tls else "127.0.0.1"
        self.url, self.elsewhere = (f"{scheme}://{host}:{server.server_port}" for server in self._servers)

    @classmethod
    def from_corpus(cls, folder: Path, **options: Any) -> Self:
        """A Hub that serves every repository of the corpus (see hub.corpus)."""
        from hub.corpus import repos_of

        return cls(repos_of(folder), **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def add(self, repo: Repo) -> Repo:
        self.repos[repo.kind, repo.id.lower()] = repo
        for alias in repo.aliases:
            self.aliases[repo.kind, alias.lower()] = repo.id
        return repo

    def repo(self, repo_id: str, kind: str = "models") -> Repo:
        return self.repos[kind, repo_id.lower()]

    def fault(self, pattern: str, kind: str, **options: Any) -> Fault:
        """Let something go wrong: status, close, truncate, slow, html, body, no_commit, drip."""
        made = Fault(pattern, kind, **options)
        self.faults.append(made)
        return made

    def page(self, path: str, body: bytes | str, *, status: int = 200, **headers: str) -> str:
        """Put a page on the second host; its address."""
        raw = body.encode() if isinstance(body, str) else body
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        self.pages[path] = Answer(status, {"Content-Type": "text/plain; charset=utf-8"} | named, raw)
        return self.elsewhere + path

    def requests(self, *, host: str | None = None, hops: bool = False) -> list[str]:
        """Paths asked for, in order, without the further hops of redirects unless wanted."""
        return [
            seen.path
            for seen in self.seen
            if (host is None or seen.host == host) and (hops or not seen.path.startswith(_HOPS))
        ]

    def forget(self) -> None:
        """Start the log anew."""
        self.seen.clear()

    def answer(self, path: str, host: str, headers: dict[str, str]) -> Answer:
        """The answer to one request, before faults."""
        if host == "elsewhere":
            return self._elsewhere(path)
        if self.prefix and not path.startswith(self.prefix + "/"):
            return _error(404, "")
        return _Asked(self, path.removeprefix(self.prefix), headers).answer()

    def metered(self, path: str, host: str, headers: dict[str, str]) -> Answer:
        """The answer within the quota of its bucket, and what is left of it in the headers."""
        bucket = bucket_of(path.removeprefix(self.prefix))
        if host != "hub" or bucket not in self.quotas:
            return self.answer(path, host, headers)
        served, told = self.quotas[bucket].take(bucket)
        answer = self.answer(path, host, headers) if served else _error(429, "", "Too many requests")
        return answer._replace(headers=answer.headers | told)

    def _elsewhere(self, path: str) -> Answer:
        bare = path.partition("?")[0]
        if bare in self.pages:
            return self.pages[bare]
        for repo in self.repos.values():
            for name in repo.lfs:
                if bare == f"/lfs/{git_sha1(repo.files[name])}":
                    return Answer(200, {"Content-Type": "application/octet-stream"}, repo.files[name])
        return _error(404, "")

    def take_fault(self, path: str) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if fault.times != 0 and re.search(fault.pattern, path):
                    fault.times = None if fault.times is None else fault.times - 1
                    return fault
        return None


_HOPS = ("/api/resolve-cache/", "/lfs/")


class _Asked:
    """One request to the Hub itself."""

    def __init__(self, hub: LocalHub, path: str, headers: dict[str, str]) -> None:
        parts = urlsplit(path)
        self.hub = hub
        self.headers = headers
        self.steps = [unquote(step) for step in parts.path.strip("/").split("/")]
        self.path = parts.path
        self.query = parse_qs(parts.query)
        self.raw_query = parts.query
        bearer = headers.get("authorization", "")
        self.token = bearer.removeprefix("Bearer ") if bearer else None

    def answer(self) -> Answer:
        if self.token is not None and self.token not in self.hub.tokens:
            return _error(401, "", REJECTED)
        if self.steps[:2] == ["api", "resolve-cache"]:
            return self._file(self.steps[2], self.steps[3:], "/api/resolve-cache/")
        if self.steps[0] == "api":
            return self._api(self.steps[1], self.steps[2:])
        if self.steps[0] == "datasets":
            return self._resolve("datasets", self.steps[1:])
        return self._resolve("models", self.steps)

    def _find(self, kind: str, steps: list[str], marks: set[str]) -> tuple[Repo | None, str, list[str]]:
        """The repository, its id as asked, and the steps after it."""
        short = len(steps) == 1 or steps[1] in marks or re.fullmatch("[0-9a-f]{40}", steps[1])
        length = 1 if short else 2
        name = "/".join(steps[:length])
        return self.hub.repos.get((kind, name.lower())), name, steps[length:]

    def _moved(self, kind: str, name: str) -> Answer | None:
        target = self.hub.aliases.get((kind, name.lower()))
        if target is None:
            return None
        place = self.hub.prefix + self.path.replace(quote(name), quote(target), 1)
        query = f"?{self.raw_query}" if self.raw_query else ""
        return Answer(307, {"Location": place + query}, b"")

    def _hidden(self, repo: Repo | None) -> Answer | None:
        """Missing and private are one answer: 401 without a token, 404 with one."""
        granted = self._granted(repo.id) if repo is not None else False
        if repo is not None and (not repo.private or granted):
            return None
        return _error(401, "", NO_TOKEN) if self.token is None else _error(404, "RepoNotFound")

    def _granted(self, repo_id: str) -> bool:
        allowed = self.hub.tokens.get(self.token or "", set())
        return bool({"*", repo_id} & allowed)

    def _api(self, kind: str, steps: list[str]) -> Answer:
        if kind not in {"models", "datasets"} or not steps:
            return _error(404, "")
        repo, name, rest = self._find(kind, steps, {"revision", "tree"})
        refused = self._moved(kind, name) or self._hidden(repo)
        if refused or repo is None:
            return refused or _error(404, "")
        revision = rest[1] if len(rest) > 1 else "main"
        commit = repo.commit_of(revision)
        if commit is None:
            return _error(404, "RevisionNotFound")
        if rest[:1] == ["tree"]:
            return self._tree(repo, kind, commit)
        flags = {key: self.query.get(key, ["false"])[0] == "true" for key in ("blobs", "securityStatus")}
        expand = set(self.query.get("expand", []))
        reply = repo.reply(blobs=flags["blobs"], security=flags["securityStatus"], expand=expand)
        return self._json({**reply, **({"sha": commit} if reply.get("sha") else {})})

    def _tree(self, repo: Repo, kind: str, commit: str) -> Answer:
        rows = repo.tree()
        start = int(self.query.get("cursor", ["0"])[0])
        end = start + self.hub.page_size
        answer = self._json(rows[start:end])
        if end < len(rows):
            place = f"{self.hub.url}{self.hub.prefix}/api/{kind}/{repo.id}/tree/{commit}"
            answer.headers["Link"] = f'<{place}?recursive=true&cursor={end}>; rel="next"'
        return answer

    def _json(self, value: Any) -> Answer:
        body = json.dumps(value).encode()
        etag = f'W/"{git_sha1(body)[:27]}"'
        if self.headers.get("if-none-match") == etag:
            return Answer(304, {"ETag": etag}, b"")
        return Answer(200, {"Content-Type": "application/json; charset=utf-8", "ETag": etag}, body)

    def _resolve(self, kind: str, steps: list[str]) -> Answer:
        if not {"resolve", "raw"} & set(steps[1:3]):
            return Answer(
                200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>a page for people</html>"
            )
        return self._file(kind, steps, "")

    def _file(self, kind: str, steps: list[str], hop: str) -> Answer:
        repo, name, rest = self._find(kind, steps, {"resolve", "raw"})
        refused = self._moved(kind, name) or self._hidden(repo)
        if refused or repo is None:
            return refused or _error(404, "")
        if not hop:
            rest = rest[1:]
        commit, path = repo.commit_of(rest[0]), "/".join(rest[1:])
        if commit is None:
            return _error(404, "RevisionNotFound")
        if repo.disabled:
            return _error(403, "", DISABLED)
        if repo.gated and not self._granted(repo.id):
            return _error(401 if self.token is None else 403, "GatedRepo", "Access is restricted.")
        return self._content(repo, kind, commit, path, hop)

    def _content(self, repo: Repo, kind: str, commit: str, path: str, hop: str) -> Answer:
        headers = {"X-Repo-Commit": commit, "Accept-Ranges": "bytes"}
        if path in {weights.path for weights in repo.weights}:
            self.hub.violations.append(f"{repo.id}/{path}")
            return Answer(403, headers, b"")
        body = repo.at(commit).get(path)
        if body is None:
            return Answer(
                404, headers | {"X-Error-Code": "EntryNotFound", "X-Error-Message": "Entry not found"}, b""
            )
        etag = f'"{git_sha1(body)}"'
        if path in repo.lfs:
            place = f"{self.hub.elsewhere}/lfs/{git_sha1(body)}?signature=secret"
            return Answer(
                302,
                headers | {"Location": place, "X-Linked-Etag": etag, "X-Linked-Size": str(len(body))},
                b"",
            )
        if not hop:
            place = f"{self.hub.prefix}/api/resolve-cache/{kind}/{quote(repo.id)}/{commit}/{quote(path)}"
            return Answer(307, headers | {"Location": place, "X-Linked-Etag": etag}, b"")
        return self._ranged(headers | {"ETag": etag, "Content-Type": "text/plain; charset=utf-8"}, body)

    def _ranged(self, headers: dict[str, str], body: bytes) -> Answer:
        if self.headers.get("if-none-match") == headers["ETag"]:
            return Answer(304, headers, b"")
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("range", ""))
        if asked is None:
            return Answer(200, headers, body)
        start, end = int(asked[1]), int(asked[2] or len(body) - 1)
        if start >= len(body):
            return Answer(416, headers | {"Content-Range": f"bytes */{len(body)}"}, b"")
        part = body[start : end + 1]
        span = f"bytes {start}-{start + len(part) - 1}/{len(body)}"
        return Answer(206, headers | {"Content-Range": span}, part)


def _error(status: int, code: str, message: str = "") -> Answer:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if code:
        headers["X-Error-Code"] = code
    if message or code:
        headers["X-Error-Message"] = message or code
    return Answer(status, headers, json.dumps({"error": message or code or "Not found"}).encode())


def _serve(hub: LocalHub, host: str, tls: "tuple[Path, Path] | None") -> ThreadingHTTPServer:
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub, "host": host}))
    if tls is not None:
        import ssl

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is none of our business."""


class _Handler(BaseHTTPRequestHandler):
    """One connection; `hub` and `host` are set by the subclass that each server gets."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # headers and body in one packet, or every reply waits 40 ms for an ACK
    hub: LocalHub
    host: str

    def do_GET(self) -> None:
        self._serve(send_body=True)

    def do_HEAD(self) -> None:
        self._serve(send_body=False)

    def _serve(self, *, send_body: bool) -> None:
        headers = {key.lower(): value for key, value in self.headers.items()}
        if self.hub.latency:
            time.sleep(self.hub.latency)
        answer = self.hub.metered(self.path, self.host, headers)
        fault = self.hub.take_fault(self.path)
        answer = _spoilt(answer, fault) if fault else answer
        with self.hub.lock:
            self.hub.seen.append(
                Seen(self.command, self.path, self.host, headers, answer.status, len(answer.body))
            )
        if fault and fault.kind == "close":
            self.close_connection = True
            return
        self._send(answer, fault, send_body=send_body)

    def _send(self, answer: Answer, fault: Fault | None, *, send_body: bool) -> None:
        self.send_response(answer.status)
        for key, value in answer.headers.items():
            self.send_header(key, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if send_body:
            self._send_body(answer.body, fault)

    def _send_body(self, body: bytes, fault: Fault | None) -> None:
        if fault and fault.kind == "truncate":
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif fault and fault.kind == "drip":
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(fault.seconds)
        else:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """The log is `hub.seen`."""


def _spoilt(answer: Answer, fault: Fault) -> Answer:
    spoil: dict[str, Callable[[], Answer]] = {
        "status": lambda: Answer(fault.status, fault.headers, fault.body or b""),
        "html": lambda: Answer(200, {"Content-Type": "text/html"}, b"<html><body>Log in first</body></html>"),
        "body": lambda: Answer(answer.status, answer.headers, fault.body or b""),
        "no_commit": lambda: Answer(answer.status, _without_commit(answer.headers), answer.body),
        "headers": lambda: Answer(answer.status, answer.headers | fault.headers, answer.body),
    }
    if fault.kind == "slow":
        time.sleep(fault.seconds)
    return spoil.get(fault.kind, lambda: answer)()


def _without_commit(headers: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in headers.items() if key != "X-Repo-Commit"}

"""Where things are on a Hub, as URLs; and what a license link points at. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote, unquote, urlencode, urlsplit

from osaid_audit.gather.raw import Kind

_COMMIT = re.compile(r"[0-9a-f]{40}\Z")
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{0,95})?\Z")
_PUBLIC = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
_FILE_PLACES = frozenset({"blob", "resolve", "raw"})
_LONGEST_LINK = 2000
_WEIGHTS = """safetensors bin pt pth ckpt gguf ggml onnx h5 msgpack npz pkl pickle joblib tflite ot pb keras
nemo mlmodel"""
_SLIM = """author cardData config createdAt disabled gated gguf lastModified library_name model-index
pipeline_tag private safetensors sha tags usedStorage"""
_SLIM_DATASET = "author cardData createdAt disabled gated lastModified private sha tags"


def is_commit(text: object) -> bool:
    """Whether this is a full 40-hex commit: what is read at one never changes."""
    return isinstance(text, str) and bool(_COMMIT.match(text))


def is_repo_id(text: str) -> bool:
    """Whether this can be the id of a repository; nothing else is asked for."""
    return bool(_ID.match(text)) and "--" not in text and ".." not in text


def info_url(endpoint: str, kind: Kind, repo_id: str, revision: str | None, *, slim: bool = False) -> str:
    """The info reply; `slim` leaves the listing out, for repositories whose listing is over the size cap."""
    at = f"/revision/{quote(revision, safe='')}" if revision else ""
    query = "?blobs=true&securityStatus=true" if kind == "models" else ""
    if slim:
        names = _SLIM if kind == "models" else _SLIM_DATASET
        query = "?" + urlencode([("expand", name) for name in names.split()])
    return f"{endpoint}/api/{kind}/{quote(repo_id)}{at}{query}"


def is_info_url(url: str, repo_id: str) -> bool:
    """Whether an address is that of an info reply of this repository, in whatever case its id is written."""
    path = unquote(urlsplit(url).path).lower()
    asked = (f"/api/{kind}/{repo_id.lower()}" for kind in get_args(Kind))
    return any(path.endswith(each) or f"{each}/revision/" in path for each in asked)


def tree_url(endpoint: str, kind: Kind, repo_id: str, commit: str) -> str:
    """The first page of the listing at a commit."""
    return f"{endpoint}/api/{kind}/{quote(repo_id)}/tree/{commit}?recursive=true"


def file_url(endpoint: str, kind: Kind, repo_id: str, revision: str, path: str) -> str:
    """One file at a branch, tag or commit, through `/resolve/`, which has the larger quota."""
    steps = "/".join(quote(step, safe="") for step in path.split("/"))
    return f"{endpoint}{_prefix(kind)}/{quote(repo_id)}/resolve/{quote(revision, safe='')}/{steps}"


def page_url(endpoint: str, kind: Kind, repo_id: str) -> str:
    """The page for people."""
    return f"{endpoint}{_prefix(kind)}/{quote(repo_id)}"


def is_file_path(path: str) -> bool:
    """Whether the path stays inside a repository: no step up, none empty, nothing unprintable."""
    steps = path.split("/")
    return path.isprintable() and len(path) <= _LONGEST_LINK and not {"", ".", ".."} & set(steps)


@dataclass(frozen=True)
class Page:
    """A link to a page."""

    url: str


@dataclass(frozen=True)
class RepoFile:
    """A link to a file of a repository; `revision` None: the subject's own commit."""

    kind: Kind
    repo_id: str
    revision: str | None
    path: str


def link_target(link: str, endpoint: str, own_ids: Sequence[str]) -> Page | RepoFile | None:
    """What a license link, as written in the card, points at; None when it is nothing that can be asked for.

    A link into the subject's own repository is that file at the subject's commit, whatever revision it names.
    A link to the public Hub is asked of the endpoint, which is that Hub or its mirror.
    """
    text = link.strip()
    if not text or len(text) > _LONGEST_LINK or not text.isprintable():
        return None
    if not _has_scheme(text):
        path = unquote(text.partition("#")[0]).removeprefix("./").lstrip("/")
        return RepoFile("models", own_ids[0], None, path) if is_file_path(path) else None
    on_hub = _hub_path(text, endpoint)
    if on_hub is None:
        return Page(text) if text.lower().startswith(("http://", "https://")) else None
    return _repo_file(on_hub, own_ids) or Page(endpoint + on_hub)


def is_weights(path: str) -> bool:
    """Whether the name is that of a weight file: not one byte of one is read."""
    return path.lower().rpartition(".")[2] in _WEIGHTS.split()


def _has_scheme(text: str) -> bool:
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:", text))


def _hub_path(link: str, endpoint: str) -> str | None:
    """The path and query when the link stands on the endpoint or on the public Hub, else None."""
    try:
        parts, home = urlsplit(link), urlsplit(endpoint)
        same = (parts.hostname, parts.port) == (home.hostname, home.port)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not (same or parts.hostname in _PUBLIC):
        return None
    path = parts.path.removeprefix(home.path) if same else parts.path
    return path + (f"?{parts.query}" if parts.query else "")


def _repo_file(path: str, own_ids: Sequence[str]) -> RepoFile | None:
    steps = [unquote(step) for step in path.partition("?")[0].strip("/").split("/")]
    kind: Kind = "datasets" if steps[0] == "datasets" else "models"
    steps = steps[1:] if kind == "datasets" else steps
    at = next((at for at in (1, 2) if len(steps) > at + 2 and steps[at] in _FILE_PLACES), None)
    if at is None:
        return None
    repo_id, revision, file = "/".join(steps[:at]), steps[at + 1], "/".join(steps[at + 2 :])
    if not is_repo_id(repo_id) or not is_file_path(file):
        return None
    own = kind == "models" and repo_id.lower() in {name.lower() for name in own_ids}
    return RepoFile(kind, repo_id, None if own else revision, file)


def _prefix(kind: Kind) -> str:
    return "/datasets" if kind == "datasets" else ""

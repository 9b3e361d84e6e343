"""Repositories of the local Hub: what is said of them, and everything the Hub derives from that."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml

LFS_FROM = 10 * 1024 * 1024
_DATE = "2026-01-02T03:04:05.000Z"


@dataclass(frozen=True)
class Weights:
    """A row of the listing whose bytes are never served; asking for them is a violation."""

    path: str
    size: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.path}:{self.size}".encode()).hexdigest()


@dataclass
class Repo:
    """One repository.

    files        path -> bytes that are served
    lfs          paths of `files` that are kept in LFS: served by the second host
    weights      rows of the listing without bytes
    card_data    what the Hub accepted of the card; None: taken from README.md
    info         further or overriding fields of the info reply
    recorded     a whole recorded reply, served as it is (sizes are added for `blobs` and are synthetic)
    revisions    further names of the one commit: tags, refs/pr/1
    older        commit -> the files as they were then
    aliases      earlier ids, answered with 307
    synthetic    fields that nobody recorded
    """

    id: str
    kind: str = "models"
    files: dict[str, bytes] = field(default_factory=dict)
    lfs: frozenset[str] = frozenset()
    weights: tuple[Weights, ...] = ()
    gated: str | bool = False
    private: bool = False
    disabled: bool = False
    card_data: dict[str, Any] | None = None
    info: dict[str, Any] = field(default_factory=dict)
    recorded: dict[str, Any] | None = None
    revisions: tuple[str, ...] = ()
    older: dict[str, dict[str, bytes]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    synthetic: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.files = {path: _bytes(body) for path, body in self.files.items()}
        self.sha = (self.recorded or {}).get("sha") or self._derived_sha()

    def _derived_sha(self) -> str:
        rows = [(path, git_sha1(body)) for path, body in sorted(self.files.items())]
        rows += [(weights.path, weights.sha256) for weights in self.weights]
        return hashlib.sha1(json.dumps([self.kind, self.id, rows]).encode()).hexdigest()

    def commit_of(self, revision: str) -> str | None:
        """The commit that a branch, tag or commit stands for."""
        if revision in {"main", self.sha, *self.revisions}:
            return self.sha
        return revision if revision in self.older else None

    def at(self, commit: str) -> Mapping[str, bytes]:
        return self.older.get(commit, self.files)

    def siblings(self, *, blobs: bool) -> list[dict[str, Any]]:
        """The listing as the info reply gives it."""
        if self.recorded is not None:
            names = [entry["rfilename"] for entry in self.recorded.get("siblings", [])]
            known = {row["rfilename"]: row for row in self._rows(blobs=blobs)}
            return [known.get(name, {"rfilename": name}) for name in names]
        return self._rows(blobs=blobs)

    def tree(self) -> list[dict[str, Any]]:
        """The listing as the tree gives it, folders included."""
        rows = self._rows(blobs=True)
        folders = sorted({row["rfilename"].rsplit("/", 1)[0] for row in rows if "/" in row["rfilename"]})
        entries: list[dict[str, Any]] = [
            {"type": "directory", "oid": "0" * 40, "size": 0, "path": path} for path in folders
        ]
        for row in rows:
            entry = {"type": "file", "oid": row["blobId"], "size": row["size"], "path": row["rfilename"]}
            if "lfs" in row:
                entry["lfs"] = {
                    "oid": row["lfs"]["sha256"],
                    **{k: row["lfs"][k] for k in ("size", "pointerSize")},
                }
            entries.append(entry)
        return entries

    def reply(self, *, blobs: bool, security: bool, expand: set[str]) -> dict[str, Any]:
        """The info reply."""
        full = dict(self.recorded) if self.recorded is not None else self._derived()
        full |= {"siblings": self.siblings(blobs=blobs)}
        full |= self.info
        if security:
            full["securityRepoStatus"] = {"scansDone": True, "filesWithIssues": []}
        full = {key: value for key, value in full.items() if value is not DROP}
        return {key: full[key] for key in full if key in {"_id", "id", *expand}} if expand else full

    def _rows(self, *, blobs: bool) -> list[dict[str, Any]]:
        rows = [_row(path, body, path in self.lfs) for path, body in self.files.items()]
        rows += [_weights_row(weights) for weights in self.weights]
        rows.sort(key=lambda row: row["rfilename"])
        return rows if blobs else [{"rfilename": row["rfilename"]} for row in rows]

    def _derived(self) -> dict[str, Any]:
        card = self.card_data if self.card_data is not None else card_data(self.files.get("README.md", b""))
        used = sum(len(body) for body in self.files.values()) + sum(weights.size for weights in self.weights)
        reply: dict[str, Any] = {
            "_id": hashlib.sha256(self.id.encode()).hexdigest()[:24],
            "id": self.id,
            "author": self.id.split("/")[0],
            "sha": self.sha,
            "lastModified": _DATE,
            "createdAt": _DATE,
            "private": self.private,
            "gated": self.gated,
            "disabled": self.disabled,
            "downloads": 1,
            "likes": 0,
            "tags": tags(card, self.kind),
            "usedStorage": used,
        }
        if self.kind == "models":
            reply |= {"modelId": self.id, "spaces": []}
        if card:
            reply["cardData"] = card
        for key in ("library_name", "pipeline_tag"):
            if key in card:
                reply[key] = card[key]
        return reply


DROP = object()
"""As a value in `Repo.info`: the reply lacks this field."""


def card_data(readme: bytes) -> dict[str, Any]:
    """The front matter as the Hub takes it; nothing when it cannot be parsed."""
    text = readme.decode("utf-8", "replace").replace("\r\n", "\n")
    if not text.startswith("---\n") or "\n---" not in text[3:]:
        return {}
    try:
        found = yaml.load(text[4:].split("\n---", 1)[0], Loader=_JsonLoader)
    except (yaml.YAMLError, ValueError):
        return {}
    return json.loads(json.dumps(found, default=str)) if isinstance(found, dict) else {}


class _JsonLoader(yaml.SafeLoader):
    """The Hub parses cards with JavaScript's YAML 1.2: `no` is a text, a date is a text."""

    yaml_implicit_resolvers: ClassVar[Any] = {
        first: [(tag, regexp) for tag, regexp in pairs if not tag.endswith((":timestamp", ":bool"))]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def tags(card: Mapping[str, Any], kind: str) -> list[str]:
    """The tags that the Hub makes out of a card."""
    found = [str(tag) for tag in _list(card.get("tags"))]
    found += [f"license:{name}" for name in _list(card.get("license")) if isinstance(name, str)]
    if kind == "models":
        found += [f"dataset:{name}" for name in _list(card.get("datasets"))]
        relation = card.get("base_model_relation", "finetune")
        for base in _list(card.get("base_model")):
            found += [f"base_model:{base}", f"base_model:{relation}:{base}"]
    return [*found, "region:us"]


def git_sha1(body: bytes) -> str:
    """The id of a git blob, which is also the file's ETag."""
    return hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()


def _row(path: str, body: bytes, in_lfs: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"rfilename": path, "size": len(body), "blobId": git_sha1(body)}
    if in_lfs:
        row["lfs"] = {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body), "pointerSize": 134}
    return row


def _weights_row(weights: Weights) -> dict[str, Any]:
    lfs = {"sha256": weights.sha256, "size": weights.size, "pointerSize": 134}
    return {"rfilename": weights.path, "size": weights.size, "blobId": weights.sha256[:40], "lfs": lfs}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _bytes(body: bytes | str) -> bytes:
    return body.encode() if isinstance(body, str) else body

"""Raw replies for the reading tests, made from a card and a list of files."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from osaid_audit.gather.raw import CodeHost, Fetched, Gathered, Missed, Raw, Repository
from osaid_audit.gather.reading.files.plan import listing_of

SHA = "a" * 40
HUB = "https://hub.test"
WEIGHTS = ({"rfilename": "model.safetensors", "size": 5_000_000_000},)


def raw(path: str, body: str | bytes, *, of: str = "org/model", **more: Any) -> Raw:
    data = body.encode() if isinstance(body, str) else body
    digest = hashlib.sha256(data).hexdigest()
    return Raw(path, f"{HUB}/{of}/resolve/{SHA}/{path}", data, digest, SHA, **more)


def repository(
    card: str | bytes | None = "",
    info: Mapping[str, Any] | None = None,
    files: Mapping[str, str | bytes | Fetched] | None = None,
    rows: Sequence[Mapping[str, Any]] = WEIGHTS,
    *,
    name: str = "org/model",
    links: Mapping[str, Fetched] | None = None,
) -> Repository:
    """A repository whose listing is `rows`, the card and the given files."""
    read: dict[str, Fetched] = {} if card is None else {"README.md": raw("README.md", card, of=name)}
    for path, body in (files or {}).items():
        read[path] = raw(path, body, of=name) if isinstance(body, str | bytes) else body
    siblings = [*rows, *({"rfilename": path, "size": 100} for path in read)]
    reply = {"id": name, "sha": SHA, "gated": False, "cardData": {}, "siblings": siblings, **(info or {})}
    listing, complete = listing_of(reply)
    return Repository(
        kind="models",
        asked=name,
        canonical=str(reply["id"]),
        page_url=f"{HUB}/{name}",
        revision=SHA,
        info=reply,
        info_raw=raw("info", json.dumps(reply), of=name),
        listing=listing,
        listing_complete=complete,
        files=read,
        links=links or {},
    )


def gathered(
    subject: Repository,
    bases: Mapping[str, Repository | Missed] | None = None,
    datasets: Mapping[str, Repository | Missed] | None = None,
    repositories: Mapping[str, CodeHost | Missed] | None = None,
) -> Gathered:
    return Gathered(
        subject=subject,
        endpoint=HUB,
        token_used=False,
        gathered_at="2026-01-01T00:00:00Z",
        bases=bases or {},
        datasets=datasets or {},
        repositories=repositories or {},
    )


def card(body: str, **keys: str) -> str:
    """A card with front matter of plain keys."""
    front = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\n{front}---\n{body}"

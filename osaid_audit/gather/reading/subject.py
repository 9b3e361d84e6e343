"""Which model is meant: an id, an id with a revision, or an address on the endpoint."""

import re
from urllib.parse import unquote, urlsplit

from osaid_audit.errors import UsageError
from osaid_audit.gather.reading.words import word_set
from osaid_audit.messages import Message

_HUB_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
_SEGMENT = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?\Z")
_REVISION = re.compile(r"[^\s\x00-\x1f\x7f~^:?*\[\\]{1,200}\Z")
_PLACES = frozenset({"tree", "blob", "resolve", "raw", "commit", "commits"})
_NOT_MODELS = word_set(
    "datasets spaces collections papers docs blog organizations models api buckets posts settings tasks "
    "join login pricing chat learn enterprise search new support terms-of-service privacy"
)
_LONGEST = 400
_HINT = Message("Give a model as org/name, org/name@revision, or the address of its page.")


def is_model_id(text: str) -> bool:
    """Whether the text has the form of a model id: `org/name`, or a `name` of the Hub's early days."""
    well_formed = text.count("/") <= 1 and all(_SEGMENT.match(part) for part in text.split("/"))
    return well_formed and "--" not in text and ".." not in text and not text.endswith((".git", ".ipynb"))


def is_revision(text: str) -> bool:
    """Whether the text has the form of a branch, tag or commit."""
    return bool(_REVISION.match(text)) and ".." not in text


def parse_subject(text: str, endpoint: str) -> tuple[str, str | None]:
    """The model id and the revision, if one is named. Opens no socket.

    Takes `org/name`, `name`, `id@revision` and page addresses on the endpoint's host (`/tree/REV` and
    `/blob/REV/...` name the revision). Raises UsageError for anything else, with a sentence that says why.
    """
    asked = text.strip()
    if not asked or len(asked) > _LONGEST:
        raise UsageError("The model name is empty or far too long.", _HINT)
    if _looks_like_address(asked):
        name, revision = _from_address(asked, endpoint)
    else:
        name, mark, tail = asked.partition("@")
        revision = tail if mark else None
    if not is_model_id(name):
        raise UsageError("'{name}' is not a model id.", _HINT, name=_shown(name))
    if revision == "":
        raise UsageError("A revision is missing behind '@'.", "Name a branch, tag or commit.")
    if revision is not None and not is_revision(revision):
        raise UsageError(
            "'{revision}' is no revision of {name}.",
            "Name a branch, tag or commit.",
            revision=_shown(revision),
            name=name,
        )
    return name, revision


def id_from_address(text: str) -> str | None:
    """The model id in a public Hub address such as `https://huggingface.co/org/name`, else None."""
    try:
        return parse_subject(text, "https://huggingface.co")[0]
    except UsageError:
        return None


def _looks_like_address(text: str) -> bool:
    return "://" in text or text.split("/", maxsplit=1)[0].lower() in _HUB_HOSTS


def _from_address(text: str, endpoint: str) -> tuple[str, str | None]:
    address = text if "://" in text else f"https://{text}"
    path = _path_on_endpoint(address, endpoint)
    parts = [part for part in path.split("/") if part]
    if not parts or parts[0].lower() in _NOT_MODELS:
        raise UsageError("'{text}' is not a model URL.", _HINT, text=_shown(text))
    place = next((at for at in (1, 2) if len(parts) > at and parts[at] in {*_PLACES, "discussions"}), None)
    name = "/".join(parts[:place] if place else parts[:2])
    if place is None or parts[place] == "discussions":
        return unquote(name), None
    return unquote(name), _revision_after(parts[place + 1 :])


def _revision_after(parts: list[str]) -> str | None:
    if parts[:2] in (["refs", "pr"], ["refs", "convert"]) and len(parts) > 2:  # noqa: PLR2004 - refs/pr/N
        return "/".join(parts[:3])
    return unquote(parts[0]) if parts else None


def _path_on_endpoint(address: str, endpoint: str) -> str:
    try:
        url, base = urlsplit(address), urlsplit(endpoint)
        ours = _host(url.scheme, url.netloc) == _host(base.scheme, base.netloc)
    except ValueError as error:
        raise UsageError("'{address}' is not a URL.", _HINT, address=_shown(address)) from error
    public = (url.hostname or "") in _HUB_HOSTS and (base.hostname or "") in _HUB_HOSTS
    if url.scheme not in {"http", "https"} or not (ours or public):
        raise UsageError(
            "'{address}' is not a model URL of {host}.",
            "Give an address on the endpoint, or choose another endpoint with --endpoint.",
            address=_shown(address),
            host=base.netloc,
        )
    prefix = base.path.rstrip("/")
    return url.path.removeprefix(prefix) if prefix else url.path


def _host(scheme: str, netloc: str) -> str:
    """Host and port, the scheme's usual port left out; whoever writes a password into it is refused."""
    if "@" in netloc:
        raise UsageError("An address must not carry a user name or a password.", "Use --token instead.")
    usual = {"http": ":80", "https": ":443"}.get(scheme, "")
    return netloc.lower().removesuffix(usual) if usual else netloc.lower()


def _shown(text: str) -> str:
    """The text as one printable line: it comes from a list or a web page as often as from a keyboard."""
    line = "".join(char if char.isprintable() else "?" for char in text)
    return line if len(line) <= 80 else f"{line[:77]}..."  # noqa: PLR2004 - a terminal line

"""What has the form of a Hub id, of an address on the Hub, of a file path, of a hosted service's name. Pure.

parse_reference(text)   what a text names that stands where a model is expected
hub_id(text)            the text when it has the form `org/name` and is not known to be something else
bare_name(text)         the text when it can be a name without owner, from the Hub's first years
is_variable(text)       it holds a part that is only known when the program runs
urls(text)              addresses of the Hub inside a longer text
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

from osaid_audit.resources import data, document
from osaid_audit.scan.tables import words
from osaid_audit.schema.base import Kind

Form = Literal["id", "bare", "address", "page", "file"]
"""How it is written: `org/name`, a name alone, `hf://...`, the address of a page, of a file to download."""

HOSTED: str = "hosted service"
REGISTRY: str = "other registry"
VARIABLE: str = "variable"
LOCAL: str = "local folder"

_LONGEST = 400
_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?"
_ID = re.compile(rf"({_PART})/({_PART})\Z")
_BARE = re.compile(rf"{_PART}\Z")
_REVISION = re.compile(r"[A-Za-z0-9_][\w./-]{0,199}\Z", re.ASCII)
_TAGGED = re.compile(r"([^:@]+):([A-Za-z0-9_][\w.-]{0,99})\Z", re.ASCII)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9_+-]{0,30}):(/{0,3})(.*)\Z", re.DOTALL)
_URL = re.compile(
    r"https?://(?:[^\s/@\"'`<>]{1,200}@)?(?=[\w.-]{1,200}/)"
    r"((?:[\w-]{1,40}\.){0,3}(?:hf\.co|huggingface\.co|hf-mirror\.com)/[^\s\"'`<>\\|^\[\]]{1,300})",
    re.ASCII | re.IGNORECASE,
)
"""Also with a name and a token in front, which are not looked at."""
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_UNKNOWN = re.compile(r"\$[{(\w]|\{\{|\$\{\{|<[\w -]+>|%[A-Za-z_]\w*%|\{[A-Za-z_][\w.]*\}|\A\{\}\Z", re.ASCII)
_DIGITS = re.compile(r"[\d._-]+\Z")


class Named(NamedTuple):
    """A model or dataset of the Hub.

    `doubtful`: it may as well be a folder of one's own.
    """

    id: str
    form: Form
    kind: Kind = "model"
    revision: str | None = None
    doubtful: bool = False


class Elsewhere(NamedTuple):
    """A model that is not on the Hub; `why` as in `hits.Doubt`."""

    why: str


def parse_reference(
    text: str, *, kind: Kind = "model", bare: bool = False, services: bool = False, tag: bool = False
) -> Named | Elsewhere | None:
    """What a text names that stands where a model (or dataset) is expected; None for a path or anything else.

    `bare`: a name without owner counts. `services`: a service's name may stand in front (`provider/...`).
    `tag`: `org/name:TAG` means a quantization or a provider of the Hub (llama.cpp's -hf); otherwise it is
    another registry's name. A text that holds a variable is None: ask `is_variable`.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST or is_variable(text) or not text.isprintable():
        return None
    if _DRIVE.match(text):
        return None
    if (addressed := _SCHEME.match(text)) and (addressed[2] or _is_hub_scheme(addressed[1])):
        return _of_scheme(addressed[1].lower(), addressed[2], addressed[3])
    first, slash, rest = text.partition("/")
    if slash and first.lower() in words("ids", "hosts"):
        return _of_hub_path(rest, tagged=True)
    if slash and (
        first.lower() in words("ids", "registries") or first.lower() in words("ids", "registry_owners")
    ):
        return Elsewhere(REGISTRY)
    return _of_service(first, rest, services=services) or _plain(text, kind, bare=bare, tag=tag)


def hub_id(text: str) -> str | None:
    """The text itself when it has the form `org/name` and is not known to be something else."""
    hit = _ID.match(text)
    if hit is None or "--" in text or ".." in text:
        return None
    owner, name = hit[1].lower(), hit[2].lower()
    if (
        owner in words("ids", "not_owners")
        or owner in words("ids", "sections")
        or name in words("ids", "not_names")
    ):
        return None
    if _DIGITS.match(owner) or len(name) < 2 or is_file_name(name):  # noqa: PLR2004 - units: km/h
        return None
    return text


def bare_name(text: str) -> str | None:
    """The text itself when it can be a name without owner: a letter first, no file, no everyday word."""
    if not _BARE.match(text) or not text[0].isalpha() or "--" in text or ".." in text:
        return None
    low = text.lower()
    if low in words("ids", "not_bare") | words("ids", "folders") | words("services", "hosted_named"):
        return None
    if is_file_name(low):
        return None
    return text if len(text) > 2 and not low.startswith(("checkpoint-", "ckpt-")) else None  # noqa: PLR2004


def is_file_name(text: str) -> bool:
    """Whether the last step ends as files do: `.json`, `.gguf`."""
    _, dot, suffix = text.rpartition("/")[2].rpartition(".")
    return bool(dot) and suffix.lower() in words("ids", "suffixes")


def is_variable(text: str) -> bool:
    """Whether a part of it is only known when the program runs: `${X}`, `{{ x }}`, `%X%`, `<model>`."""
    return bool(_UNKNOWN.search(text[:_LONGEST]))


def urls(text: str) -> Iterator[tuple[int, Named]]:
    """Addresses of models and datasets on the Hub inside a text, each with its place."""
    for hit in _URL.finditer(text):
        address = hit[1].rstrip(".,;:!?)}*_")
        found = None if is_variable(address) else _of_scheme("https", "//", address)
        if isinstance(found, Named):
            yield hit.start(), found


def _plain(text: str, kind: Kind, *, bare: bool, tag: bool) -> Named | Elsewhere | None:
    """`org/name`, `org/name@rev`, `org/name:tag`, a name alone."""
    body, at, revision = text.partition("@")
    if at and not _REVISION.match(revision):
        return None
    if not at and (tagged := _TAGGED.match(text)):
        if not tag:
            whole = hub_id(tagged[1]) or bare_name(tagged[1])
            return Elsewhere(HOSTED if _is_hosted(text) else REGISTRY) if whole else None
        body = tagged[1]
    if _is_hosted(body):
        return Elsewhere(HOSTED)
    if hub_id(body):
        return Named(
            body, "id", kind, revision or None, body.split("/")[0].lower() in words("ids", "folders")
        )
    if bare and bare_name(body):
        return Named(body, "bare", kind, revision or None)
    return None


def _of_service(first: str, rest: str, *, services: bool) -> Named | Elsewhere | None:
    """`provider/name` as LiteLLM writes it; None when no service is named."""
    word = first.lower()
    if not rest or not (services or "/" in rest or word in words("services", "hosted_always")):
        return None
    if word in words("services", "registry"):
        host, _, path = rest.partition("/")
        found = _of_hub_path(path, tagged=True) if host.lower() in words("ids", "hosts") else None
        return found or Elsewhere(REGISTRY)
    if word in words("services", "hub"):
        named = _plain(rest, "model", bare=False, tag=True)
        routed = rest.partition("/")[2] if named is None else ""
        return named or (_plain(routed, "model", bare=False, tag=True) if routed else None)
    if word in words("services", "hosted_always") or (services and word in words("services", "hosted_named")):
        return Elsewhere(HOSTED)
    return None


def _of_scheme(scheme: str, slashes: str, rest: str) -> Named | Elsewhere | None:
    """An address with a scheme: `hf://`, `https://`, `ollama://`."""
    if scheme in words("ids", "hub_schemes", "plain") and not (
        slashes and scheme in words("ids", "hub_schemes", "file")
    ):
        named = rest.lstrip("/")
        if scheme in words("ids", "hub_schemes", "spoken"):
            task, _, behind = named.partition(":")  # huggingface:text-generation:org/name
            found = _plain(behind if behind and "/" not in task else named, "model", bare=False, tag=False)
            return found._replace(form="address") if isinstance(found, Named) else found
        return _plain(named, "model", bare=True, tag=False)
    if scheme in words("ids", "hub_schemes", "file"):
        return _of_file_scheme(rest.lstrip("/"))
    if scheme in {"http", "https"}:
        return _of_url(rest)
    known = slashes == "//" and scheme in words("ids", "registry_schemes")
    return Elsewhere(REGISTRY) if known else None


def _of_file_scheme(rest: str) -> Named | None:
    """What follows `hf://`: `[datasets/]org/name[@rev|:rev][/file]`."""
    kind: Kind = "model"
    first, _, behind = rest.partition("/")
    if first == "datasets":
        kind, rest = "dataset", behind
    elif first in {"spaces", "buckets"}:
        return None
    elif first in {"models", "model"}:
        rest = behind
    steps = rest.split("/", 2)
    name = "/".join(steps[:2])
    body, mark, revision = name.partition("@") if "@" in name else name.partition(":")
    revision = unquote(revision)
    if hub_id(body) and (not mark or _REVISION.match(revision)):
        return Named(body, "address", kind, revision or None)
    return None


def _of_url(rest: str) -> Named | Elsewhere | None:
    """What follows `https://`."""
    host, _, path = rest.partition("/")
    host = host.rpartition("@")[2].partition(":")[0].lower()
    if host in words("ids", "hosts"):
        return _of_hub_path(path)
    if host in words("ids", "inference_hosts"):
        steps = path.partition("?")[0].partition("/models/")[2] or path.removeprefix("models/")
        found = "/".join(steps.split("/")[:2])
        return Named(found, "address") if hub_id(found) else None
    return Elsewhere(REGISTRY) if path and host in words("ids", "registries") else None


def _of_hub_path(path: str, *, tagged: bool = False) -> Named | None:
    """The path of an address on the Hub; `tagged`: written without a scheme, as run commands do."""
    steps = [unquote(step) for step in re.split(r"[?#]", path, maxsplit=1)[0].split("/") if step]
    kind: Kind = "model"
    if steps and steps[0].lower() == "datasets":
        kind, steps = "dataset", steps[1:]
    if not steps or steps[0].lower() in words("ids", "sections"):
        return None
    steps = _with_revision(steps)
    alone = len(steps) == 1 or steps[1].lower() in words("ids", "file_places")
    name, behind = (steps[0], steps[1:]) if alone else ("/".join(steps[:2]), steps[2:])
    if tagged or not behind:
        name = name.partition(":")[0] if tagged else name.removesuffix(".git")
    if alone and ((kind == "model" and not behind) or not bare_name(name)):
        return None
    if not alone and (
        steps[1].lower() in words("ids", "owner_pages") or hub_id(name.removesuffix(".git")) is None
    ):
        return None
    return _on_hub(name.removesuffix(".git"), kind, behind, tagged=tagged)


def _with_revision(steps: list[str]) -> list[str]:
    """`org/name@rev`, as packages are fetched by git, in the form of an address with a revision."""
    if len(steps) == 1 or "@" not in steps[1]:
        return steps
    name, _, revision = steps[1].partition("@")
    return [steps[0], name.removesuffix(".git"), "tree", revision, *steps[2:]]


def _on_hub(name: str, kind: Kind, behind: list[str], *, tagged: bool) -> Named:
    """The repository, and the revision that its address names."""
    place = behind[0].lower() if behind else ""
    revision = behind[1] if place in words("ids", "file_places") and len(behind) > 1 else None
    if revision == "refs" and len(behind) > 3:  # noqa: PLR2004 - refs/pr/1
        revision = "/".join(behind[1:4])
    if revision is not None and not _REVISION.match(revision):
        revision = None
    if place in words("ids", "download_places") and revision:
        return Named(name, "file", kind, revision)
    return Named(name, "address" if tagged else "page", kind, revision)


def _is_hub_scheme(word: str) -> bool:
    """Whether it stands in front of ids with a colon alone: `hf-hub:org/name`."""
    low = word.lower()
    return low in words("ids", "hub_schemes", "plain")


def _is_hosted(text: str) -> bool:
    """Whether only a hosted service has this name (rules/hosted.yaml)."""
    owner, _, last = text.rpartition("/")
    return any(
        pattern.match(last) and (not owner or owner.lower() in owners) for owners, pattern in _services()
    )


@cache
def _services() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    text = (data("rules") / "hosted.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = document(text, "hosted.yaml")
    return tuple(
        (
            frozenset(row["owners"]),
            re.compile(rf"(?:{'|'.join(map(re.escape, row['prefixes']))})(?:[-.:@].*)?\Z", re.IGNORECASE),
        )
        for row in rows
    )

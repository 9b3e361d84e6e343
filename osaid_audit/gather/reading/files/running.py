"""Whether loading a model runs code that comes with it or from elsewhere: configurations and names."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from osaid_audit.gather.raw import Fetched, Listed, Raw, Repository
from osaid_audit.gather.reading.files.listing import weights_of
from osaid_audit.gather.reading.files.plan import LOADING_CONFIGS
from osaid_audit.gather.reading.files.smallfiles import is_json_object, json_object, json_value
from osaid_audit.gather.reading.sources import fact, of_file, of_reply
from osaid_audit.schema.base import Fact, Source

_CONFIGS = ("config.json", "model_index.json")
_PIPELINE, _MODULES = "model_index.json", "modules.json"
_REMOTE_KEYS = ("auto_map", "custom_pipelines")
_CODE = (".py", ".pyc", ".so", ".pyd", ".dll", ".dylib", ".whl", ".egg")
_PLAIN = frozenset({"gguf", "onnx"})
"""Formats that a program of one's own loads without asking the repository for a configuration."""
_CHOOSES = re.compile(r"Auto[A-Z]")
_KNOWN_MODULES = ("sentence_transformers.",)
_KNOWN_LIBRARIES = frozenset({"diffusers", "transformers"})


def running_facts(repository: Repository) -> Iterator[tuple[str, Fact]]:
    """`code.remote`: true where a configuration names code; false where all that could name it was read."""
    remote = tuple(remote_places(repository, LOADING_CONFIGS))
    if remote:
        yield fact("code.remote", True, "verified", *remote)
    elif _shows_no_code(repository):
        read = [raw for path in LOADING_CONFIGS if isinstance(raw := repository.files.get(path), Raw)]
        yield fact("code.remote", False, "verified", of_reply(repository, "/siblings"), *map(of_file, read))


def remote_places(repository: Repository, paths: tuple[str, ...] = _CONFIGS) -> Iterator[Source]:
    """Where the reply or a configuration that was read names code to be run."""
    reply = repository.info.get("config")
    for key in _REMOTE_KEYS:
        if isinstance(reply, Mapping) and reply.get(key):
            yield of_reply(repository, f"/config/{key}")
    for path in paths:
        raw = repository.files.get(path)
        if isinstance(raw, Raw):
            yield from (of_file(raw, pointer=pointer) for pointer in _named_code(path, raw))


def _named_code(path: str, raw: Raw) -> Iterator[str]:
    """Pointers to what names code in one configuration."""
    if path == _MODULES:
        for at, row in enumerate(_rows(raw) or ()):
            kind = row.get("type") if isinstance(row, Mapping) else None
            if isinstance(kind, str) and not kind.startswith(_KNOWN_MODULES):
                yield f"/{at}/type"
        return
    data = json_object(raw)
    yield from (f"/{key}" for key in _REMOTE_KEYS if data.get(key))
    if path == _PIPELINE and isinstance(data.get("_class_name"), list):
        yield "/_class_name"


def _shows_no_code(repository: Repository) -> bool:
    """Whether all that could name code was read, and the complete listing has none that loading could run."""
    files = repository.files
    some = any(isinstance(files.get(path), Raw) for path in _CONFIGS) or _needs_no_config(repository)
    return some and all_read(repository, LOADING_CONFIGS) and not any(map(_is_code, repository.listing))


def _needs_no_config(repository: Repository) -> bool:
    """Whether the weights are of formats alone that hold no code and are loaded without a configuration."""
    weights = weights_of(repository.listing)
    return bool(weights.formats) and set(weights.formats) <= _PLAIN and not weights.doubtful


def all_read(repository: Repository, paths: tuple[str, ...] = _CONFIGS) -> bool:
    """Whether every configuration that could ask for code was read, or is not there."""
    listed = {file.path for file in repository.listing}
    return repository.listing_complete and all(
        path not in listed or _is_understood(path, repository.files.get(path)) for path in paths
    )


def _is_understood(path: str, fetched: Fetched | None) -> bool:
    if not isinstance(fetched, Raw):
        return False
    rows = _rows(fetched)
    if path == _MODULES:
        return rows is not None and all(isinstance(row, Mapping) for row in rows)
    parts = json_object(fetched).items() if path == _PIPELINE else ()
    return is_json_object(fetched) and all(map(_is_known_part, parts))


def _is_known_part(part: tuple[str, Any]) -> bool:
    """Whether an entry of a pipeline names a class of a known library, or is no part at all.

    Classes like AutoModel choose for themselves what they load, and so may load code.
    """
    name, value = part
    if name.startswith("_") or not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - library, class
        return True
    library, cls = value
    known = library is None or library in _KNOWN_LIBRARIES
    return known and not _CHOOSES.match(str(cls or ""))


def _is_code(file: Listed) -> bool:
    return file.path.lower().endswith(_CODE)


def _rows(raw: Raw) -> list[Any] | None:
    data = json_value(raw)
    return data if isinstance(data, list) else None

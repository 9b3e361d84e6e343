"""Small configuration files: JSON as a mapping, recipes in YAML within limits, and the bases they name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from osaid_audit.gather.raw import Missed, Raw, Repository
from osaid_audit.gather.reading.files.plan import (
    CONFIGS,
    MAX_CONFIG_BYTES,
    is_merge_recipe,
    read_recipes,
    unread_recipes,
)
from osaid_audit.gather.reading.jsontext import read_json
from osaid_audit.gather.reading.prose.frontmatter import HARMLESS, read_mapping
from osaid_audit.gather.reading.prose.origins import is_folder
from osaid_audit.gather.reading.sources import escape
from osaid_audit.gather.reading.subject import id_from_address, is_model_id
from osaid_audit.gather.reading.words import word_set
from osaid_audit.schema.base import ProblemState

_NAMES = word_set(
    "_name_or_path base_model_name_or_path base_model pretrained_model_name_or_path model_name_or_path "
    "mm_vision_tower vision_tower mm_audio_tower audio_tower"
)
"""Keys of a JSON config that name what the weights, or a part of them, were loaded from."""
_RECIPE_NAMES = word_set(
    "base_model base_model_name_or_path model_name_or_path pretrained_model_name_or_path base_model_config"
)
"""Keys that name a base in the recipe of a training run."""
_MERGE_KEYS = ("merge_method", "slices", "gate_mode")
_MERGED = word_set("model path models source_model")
_CODE = "auto_map"
_CACHED = re.compile(r"(?:^|[/\\])models--([\w.-]{1,96}?)--([\w.-]{1,96})(?=[/\\]|\Z)")
_RECIPE_LINE = re.compile(
    r"[ \t>]{0,40}(?:-[ \t]{1,4})?(base_model|base_model_name_or_path|model_name_or_path|model)[ \t]{0,4}:"
    r"[ \t]{1,8}[\"']?([A-Za-z0-9][\w.-]{1,95}/[A-Za-z0-9][\w.-]{1,95})"
)
_DEEP = 6
_MOST_NODES = 400_000
"""More than a file of MAX_CONFIG_BYTES can hold, so that none hides a name behind others."""


def hub_name(value: object) -> str | None:
    """The Hub id that a config names: an id, an address of one, or a folder of the Hub's cache; else None.

    `output/checkpoint-100` has the form of an id but only the words of a folder.
    """
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()
    cached = _CACHED.search(text)
    name = f"{cached[1]}/{cached[2]}" if cached else id_from_address(text) or text.rstrip("/")
    return name if is_model_id(name) and not is_folder(name) else None


def json_value(fetched: Raw | Missed | None) -> Any:
    """What a small JSON file holds; None when it was not read, is too large or is no JSON."""
    if not isinstance(fetched, Raw) or len(fetched.body) > MAX_CONFIG_BYTES:
        return None
    try:
        return read_json(fetched.body)
    except (ValueError, RecursionError):
        return None


def json_object(fetched: Raw | Missed | None) -> Mapping[str, Any]:
    """A small JSON file as a mapping; empty when it is none."""
    data = json_value(fetched)
    return data if isinstance(data, dict) else {}


def is_json_object(fetched: Raw | Missed | None) -> bool:
    """Whether a small JSON file was read and is a mapping."""
    return isinstance(json_value(fetched), dict)


def config_names(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The bases that a JSON config names, at any depth: the pointer, the text as written, and the id.

    Code that is loaded from another repository (`auto_map`) shows where the model comes from as well.
    """
    for pointer, key, value in _walk(data):
        names_code = f"/{_CODE}/" in f"{pointer}/" and "--" in value
        named = names_code or (key in _NAMES and not pointer[-1].isdigit())
        name = hub_name(value.split("--")[0] if names_code else value) if named else None
        if name and not (names_code and "/" not in name):
            yield pointer, value, name


def recipe_names(fetched: Raw | Missed | None, *, merges: bool) -> tuple[tuple[str, str], ...] | None:
    """The bases that a recipe in YAML names, each with the text as written; None when it was not understood.

    The models of a merge (`merges`: the file's name says it is one), and the base of a training run. Other
    YAML names none.
    """
    if not isinstance(fetched, Raw) or len(fetched.body) > MAX_CONFIG_BYTES:
        return None
    front = read_mapping(fetched.body)
    if any(slip.kind not in HARMLESS for slip in front.slips) or not front.entries:
        return None
    return tuple(names_in_recipe(front.mapping(), merges=merges))


def names_in_recipe(data: Mapping[str, Any], *, merges: bool = False) -> Iterator[tuple[str, str]]:
    """The bases that the keys of a recipe name, each as written and as an id."""
    merges = merges or any(key in data for key in _MERGE_KEYS)
    for _, key, value in _walk(data):
        if key in _RECIPE_NAMES or (merges and key in _MERGED):
            yield from ((value, name) for name in _with_adapter(value) if key in _RECIPE_NAMES or "/" in name)


def _with_adapter(value: str) -> Iterator[str]:
    """A model of a merge, and the adapter that `model+adapter` puts on it."""
    for piece in value.split("+")[:4]:
        name = hub_name(piece.partition("@")[0])
        if name:
            yield name


def recipe_lines(text: str, *, merges: bool) -> Iterator[tuple[int, str, str]]:
    """Lines of a recipe that name a base, by form alone: the number from 0, the line and the id."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text)):
        found = _RECIPE_LINE.match(line)
        if found and (merges or found[1] != "model"):
            yield number, line.strip(), found[2]


def unread_configs(repository: Repository) -> Iterator[tuple[str, ProblemState]]:
    """Small files that may name a base and are not understood, or too large or too many to be read.

    One that was asked for and did not come is none of these: it is told where it was asked for.
    """
    sizes = {file.path: file.size or 0 for file in repository.listing}
    for path in CONFIGS:
        fetched = repository.files.get(path)
        if path in sizes and sizes[path] > MAX_CONFIG_BYTES and not isinstance(fetched, Raw):
            yield path, "too_large"
        elif isinstance(fetched, Raw) and not is_json_object(fetched):
            yield path, "malformed"
    for path in read_recipes(repository.listing):
        fetched = repository.files.get(path)
        if isinstance(fetched, Raw) and not _is_understood(path, fetched):
            yield path, "malformed"
    for path in unread_recipes(repository.listing):
        yield path, "too_large"


def _is_understood(path: str, fetched: Raw) -> bool:
    """Whether a recipe or an adapter's config is understood; YAML that only may be a recipe need not be."""
    if path.endswith(".json"):
        return is_json_object(fetched)
    return not is_merge_recipe(path) or recipe_names(fetched, merges=True) is not None


def _walk(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every text of nested mappings and lists, with its JSON pointer and the nearest key above it."""
    waiting: list[tuple[str, str, Any, int]] = [("", "", data, 0)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        pointer, key, value, depth = waiting.pop()
        if isinstance(value, Mapping) and depth < _DEEP:
            members = [(f"{pointer}/{escape(str(k))}", str(k), each, depth + 1) for k, each in value.items()]
            waiting += reversed(members)
        elif isinstance(value, list) and depth < _DEEP:
            rows = [(f"{pointer}/{at}", key, each, depth + 1) for at, each in enumerate(value)]
            waiting += reversed(rows)
        elif isinstance(value, str):
            yield pointer, key, value

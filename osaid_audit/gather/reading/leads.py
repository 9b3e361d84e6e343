"""Hints at a base that nobody declares: small configs, the reply, misspelt keys, merge recipes and prose."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from osaid_audit.gather.raw import Missed, Raw, Repository
from osaid_audit.gather.reading.card import without_comments
from osaid_audit.gather.reading.frontmatter import Entry
from osaid_audit.gather.reading.origins import is_folder, origins
from osaid_audit.gather.reading.page import Page
from osaid_audit.gather.reading.plan import MAX_CONFIG_BYTES, base_names, card_values, dataset_names, texts
from osaid_audit.gather.reading.prose import phrase
from osaid_audit.gather.reading.sources import README, escape, of_file, of_listed, of_reply
from osaid_audit.gather.reading.subject import id_from_address, is_model_id
from osaid_audit.gather.reading.words import word_set
from osaid_audit.schema.base import Source

_CONFIGS = ("config.json", "adapter_config.json")
_NAMES = ("_name_or_path", "base_model_name_or_path", "base_model")
_CACHED = re.compile(r"(?:^|[/\\])models--([\w.-]{1,96}?)--([\w.-]{1,96})(?=[/\\]|\Z)")
_MISSPELT = word_set(
    "basemodel basemodels basemodelid basemodelname parentmodel parentmodels originalmodel sourcemodel "
    "finetunedfrom finetunedfrommodel modeledebase"
)
_RECIPE = re.compile(r"(?:^|/)mergekit[_-]?(?:config|recipe)?[^/]{0,30}\.ya?ml\Z", re.IGNORECASE)
_ADAPTER = re.compile(r"(?:^|/)adapter_config\.json\Z")
_RECIPE_LINE = re.compile(
    r"[ \t>]{0,40}(?:-[ \t]{1,4})?(base_model|base_model_name_or_path|model_name_or_path|model)[ \t]{0,4}:"
    r"[ \t]{1,8}[\"']?([A-Za-z0-9][\w.-]{1,95}/[A-Za-z0-9][\w.-]{1,95})"
)
_MERGE = re.compile(r"(?:^|\n)[ \t>]{0,20}merge_method[ \t]{0,4}:")
_PACKED = re.compile(r"[-_.](?:i1[-_])?(?:gguf|ggml|awq|gptq|exl2|mlx|fp8|int4|int8|onnx)\b", re.IGNORECASE)
_MAX_LEADS = 64
_DEEP = 4


@dataclass(frozen=True)
class Lead:
    """A hint at a base that is not declared; without a name when only its existence shows."""

    name: str | None
    source: Source


def leads_of(repository: Repository, page: Page) -> tuple[Lead, ...]:
    """Hints at a base that is not declared, each name once.

    Things that only a derived model has (an adapter, a merge recipe) hint at a base when none is declared.
    """
    own = _own_ids(repository)
    declared = {name.lower() for name, _ in base_names(repository.info, repository.files.get(README))}
    known = own | declared
    found: dict[str, Lead] = {}
    for lead in _named_leads(repository, page, own):
        name = (lead.name or "").lower()
        if name not in known and not _is_own_tail(name, known) and len(found) < _MAX_LEADS:
            found.setdefault(name, lead)
    bare = () if declared else tuple(_bare_leads(repository, page))[:4]
    return (*found.values(), *bare)


def _own_ids(repository: Repository) -> set[str]:
    replied = [each for key in ("id", "modelId") for each in texts(repository.info.get(key))]
    return {name.lower() for name in (repository.asked, repository.canonical, *replied)}


def _is_own_tail(name: str, known: set[str]) -> bool:
    """A name without organisation that ends a known id: the same model under its early name."""
    return "/" not in name and any(each.rsplit("/", 1)[-1] == name for each in known)


def _named_leads(repository: Repository, page: Page, own: set[str]) -> Iterator[Lead]:
    yield from _config_leads(repository)
    yield from _reply_leads(repository)
    yield from _key_leads(repository, page)
    yield from _recipe_leads(page)
    yield from _prose_leads(repository, page, own)


def _config_leads(repository: Repository) -> Iterator[Lead]:
    for path in _CONFIGS:
        raw, data = repository.files.get(path), json_object(repository.files.get(path))
        for key in _NAMES:
            name = hub_name(data.get(key))
            if isinstance(raw, Raw) and name:
                yield Lead(name, of_file(raw, pointer=f"/{key}", quote=phrase(str(data[key]))))


def _reply_leads(repository: Repository) -> Iterator[Lead]:
    """What the Hub's reply repeats of the configs."""
    config = repository.info.get("config")
    peft = config.get("peft") if isinstance(config, Mapping) else None
    for pointer, block in (("/config", config), ("/config/peft", peft)):
        for key in _NAMES if isinstance(block, Mapping) else ():
            name = hub_name(block.get(key)) if isinstance(block, Mapping) else None
            if name:
                yield Lead(name, of_reply(repository, f"{pointer}/{key}", phrase(name)))


def hub_name(value: object) -> str | None:
    """The Hub id that a config names: an id, an address of one, or a folder of the Hub's cache; else None.

    `output/checkpoint-100` has the form of an id but only the words of a folder.
    """
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()
    cached = _CACHED.search(text)
    name = f"{cached[1]}/{cached[2]}" if cached else id_from_address(text) or text
    return name if is_model_id(name) and not is_folder(name) else None


def _key_leads(repository: Repository, page: Page) -> Iterator[Lead]:
    """Bases under a misspelt key, in a form that is not read, or in a block of keys that the Hub ignores."""
    for key, value in card_values(repository.info).items():
        for name in _deep(value) if _is_base_key(key) else ():
            yield Lead(name, of_reply(repository, f"/cardData/{escape(key)}", phrase(f"{key}: {name}")))
    for entry in (*page.front.entries, *page.front.misplaced) if page.raw else ():
        for name in _deep(entry.value) if _is_base_key(entry.key) and page.raw else ():
            yield (
                Lead(name, of_file(page.raw, entry.line, _shown(entry, name)))
                if page.raw
                else Lead(name, Source())
            )


def _shown(entry: Entry, name: str) -> str:
    return phrase(f"{entry.key}: {name}")


def _is_base_key(key: object) -> bool:
    return isinstance(key, str) and re.sub(r"[\W_]+", "", key.lower()).replace("è", "e") in _MISSPELT


def _deep(value: object, depth: int = 0) -> Iterator[str]:
    """Every id in a value, whatever its shape."""
    members = list(value.values()) if isinstance(value, dict) else value
    for member in members if isinstance(members, list | tuple) else [members]:
        if isinstance(member, dict | list | tuple) and depth < _DEEP:
            yield from _deep(member, depth + 1)
        elif name := hub_name(member):
            yield name


def _recipe_leads(page: Page) -> Iterator[Lead]:
    """Lines of a recipe shown in the card (merge or training configuration), fenced or not."""
    raw = page.raw
    body = without_comments(page.front.body) if raw else ""
    merges = _MERGE.search(body) is not None
    for number, line in enumerate(re.split(r"\r\n|\r|\n", body), page.front.body_line):
        found = _RECIPE_LINE.match(line)
        if found and raw and (merges or found[1] != "model"):
            yield Lead(found[2], of_file(raw, number, phrase(line.strip())))


def _prose_leads(repository: Repository, page: Page, own: set[str]) -> Iterator[Lead]:
    raw = page.raw
    datasets = {name.lower() for name in dataset_names(repository.info, repository.files.get(README))}
    for origin in origins(page.card, own) if raw else ():
        if raw and origin.name.lower() not in datasets and not _is_packed_self(origin.name, own):
            yield Lead(origin.name, of_file(raw, origin.line, phrase(origin.text)))


def _is_packed_self(name: str, own: set[str]) -> bool:
    """A quantization of this very model: made from it, not the other way round."""
    tail = name.rsplit("/", 1)[-1].lower()
    return bool(_PACKED.search(tail)) and any(each.rsplit("/", 1)[-1] in tail for each in own)


def _bare_leads(repository: Repository, page: Page) -> Iterator[Lead]:
    """Things that only a derived model has, whoever its base may be."""
    own = _own_ids(repository)
    for file in repository.listing:
        if _RECIPE.search(file.path) or (
            _ADAPTER.search(file.path) and not _adapts_itself(repository, file.path, own)
        ):
            yield Lead(None, of_listed(repository, file))
    merge = _MERGE.search(without_comments(page.front.body)) if page.raw else None
    if merge and page.raw:
        yield Lead(None, of_file(page.raw, page.front.body_line, "merge_method"))
    peft = texts(repository.info.get("library_name")) + texts(
        card_values(repository.info).get("library_name")
    )
    if "peft" in {name.lower() for name in peft}:
        yield Lead(None, of_reply(repository, "/library_name", "peft"))


def _adapts_itself(repository: Repository, path: str, own: set[str]) -> bool:
    name = hub_name(json_object(repository.files.get(path)).get("base_model_name_or_path"))
    return name is not None and name.lower() in own


def json_object(fetched: Raw | Missed | None) -> Mapping[str, Any]:
    """A small JSON file as a mapping; empty when it is none."""
    return _parsed(fetched) or {}


def is_json_object(fetched: Raw | Missed | None) -> bool:
    """Whether a small JSON file was read and is a mapping."""
    return _parsed(fetched) is not None


def _parsed(fetched: Raw | Missed | None) -> Mapping[str, Any] | None:
    if not isinstance(fetched, Raw) or len(fetched.body) > MAX_CONFIG_BYTES:
        return None
    try:
        data = json.loads(fetched.body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None

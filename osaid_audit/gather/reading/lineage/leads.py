"""Hints at a base that nobody declares: small configs, the reply, misspelt keys, merge recipes and prose."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from osaid_audit.gather.raw import Raw, Repository
from osaid_audit.gather.reading.baseids import held_in
from osaid_audit.gather.reading.files.packing import is_named_packed
from osaid_audit.gather.reading.files.plan import (
    MAX_CONFIG_BYTES,
    base_names,
    both_sides,
    card_values,
    dataset_names,
    is_merge_recipe,
    is_small_config,
    read_recipes,
    tags_of,
    texts,
)
from osaid_audit.gather.reading.files.smallfiles import (
    config_names,
    hub_name,
    json_object,
    names_in_recipe,
    recipe_lines,
    recipe_names,
    unread_configs,
)
from osaid_audit.gather.reading.prose.card import without_comments
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.prose.frontmatter import Entry
from osaid_audit.gather.reading.prose.origins import origins
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.sources import README, escape, of_file, of_listed, of_reply
from osaid_audit.gather.reading.words import word_set
from osaid_audit.schema.base import Source

_MISSPELT = word_set(
    "basemodel basemodels basemodelid basemodelname parentmodel parentmodels originalmodel sourcemodel "
    "finetunedfrom finetunedfrommodel modeledebase pretrainedmodelnameorpath modelnameorpath "
    "basemodelnameorpath pretrainedmodel initmodel initmodelpath initialmodel startingmodel mergedmodels"
)
_MERGE = re.compile(r"(?:^|\n)[ \t>]{0,20}merge_method[ \t]{0,4}:")
_PACKED = re.compile(r"[-_.](?:i1[-_])?(?:gguf|ggml|awq|gptq|exl2|mlx|fp8|int4|int8|onnx)\b", re.IGNORECASE)
_MAX_LEADS = 64
_DEEP = 4
_DECLARES = "base_model"
_DERIVED_TAGS = word_set("merge merged mergekit frankenmerge lora qlora dora peft")
_OTHER_BLOCKS = word_set("model-index widget datasets dataset_info metrics co2_eq_emissions")
_ADAPTER_CONFIG = "adapter_config.json"
_OWN_ADAPTER = re.compile(
    r"PeftModel\w{0,30}\.from_pretrained\(\s{0,20}[\w.]{1,60}\s{0,5},\s{0,20}"
    r"(?:model_id\s{0,3}=\s{0,3})?[\"']([^\"'\s]{1,200})[\"']"
)
_LOADED = re.compile(
    r"(?:\bAuto(?:Peft)?Model\w{0,40}\.from_pretrained\(\s{0,20}|\bbase_model\w{0,20}\s{0,3}=\s{0,3})"
    r"[\"']([^\"'\s]{1,200})[\"']"
)


@dataclass(frozen=True)
class Lead:
    """A hint at a base that is not declared; without a name when only its existence shows."""

    name: str | None
    source: Source


def leads_of(repository: Repository, page: Page) -> tuple[Lead, ...]:
    """Hints at a base that is not declared, each name once.

    Things that only a derived model has (an adapter, a merge recipe) hint at a base when none is declared;
    a small file that may name another one, and is not understood, hints at one in any case.
    """
    own = _own_ids(repository)
    declared = {name.lower() for name, _ in base_names(repository.info, repository.files.get(README))}
    known = own | declared
    found: dict[str, Lead] = {}
    for lead in _named_leads(repository, page, own):
        name = (lead.name or "").lower()
        if name not in known and not _is_own_tail(name, known) and len(found) < _MAX_LEADS:
            found.setdefault(name, lead)
    bare = [*_unread_leads(repository), *(() if declared else _bare_leads(repository, page))]
    if not declared and not found:
        bare += _conversion_leads(repository, page)
    return (*found.values(), *list(dict.fromkeys(bare))[:4])


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
    yield from _recipe_file_leads(repository)
    yield from _recipe_leads(page)
    yield from _loading_leads(page, own)
    yield from _prose_leads(repository, page, own)


def _config_leads(repository: Repository) -> Iterator[Lead]:
    for path, raw in repository.files.items():
        if isinstance(raw, Raw) and is_small_config(path) and path.endswith(".json"):
            for pointer, written, name in config_names(json_object(raw)):
                yield Lead(name, of_file(raw, pointer=pointer, quote=phrase(written)))


def _recipe_file_leads(repository: Repository) -> Iterator[Lead]:
    """What the recipe of a merge or of a training run names; of one that is no YAML, its telling lines."""
    for path in read_recipes(repository.listing):
        raw = repository.files.get(path)
        if not isinstance(raw, Raw) or path.endswith(".json"):
            continue
        named = recipe_names(raw, merges=is_merge_recipe(path))
        for written, name in named or ():
            yield Lead(name, of_file(raw, quote=phrase(written)))
        text = raw.body[:MAX_CONFIG_BYTES].decode("utf-8", errors="replace") if named is None else ""
        merges = is_merge_recipe(path) or _MERGE.search(text) is not None
        for number, line, name in recipe_lines(text, merges=merges):
            yield Lead(name, of_file(raw, number + 1, phrase(line)))


def _reply_leads(repository: Repository) -> Iterator[Lead]:
    """What the Hub's reply repeats of the configs."""
    config = repository.info.get("config")
    for pointer, written, name in config_names(config) if isinstance(config, Mapping) else ():
        yield Lead(name, of_reply(repository, f"/config{pointer}", phrase(written)))


def _key_leads(repository: Repository, page: Page) -> Iterator[Lead]:
    """Bases under a misspelt key, in a form that is not read, or in a block of keys that the Hub ignores."""
    for key, value in card_values(repository.info).items():
        for name in _under_base_keys(key, value) if key != _DECLARES else ():
            yield Lead(name, of_reply(repository, f"/cardData/{escape(key)}", phrase(f"{key}: {name}")))
    entries = [entry for entry in page.front.entries if entry.key != _DECLARES]
    for entry in (*entries, *page.front.misplaced) if page.raw else ():
        for name in _under_base_keys(entry.key, entry.value):
            if page.raw:
                yield Lead(name, of_file(page.raw, entry.line, _shown(entry, name)))


def _under_base_keys(key: object, value: object, depth: int = 0) -> Iterator[str]:
    """Ids under a key that names a base, at any depth but in blocks about other things."""
    if _is_base_key(key):
        yield from _deep(value)
    elif depth < _DEEP and str(key) not in _OTHER_BLOCKS:
        for member in value if isinstance(value, list) else [value]:
            for inner, held in member.items() if isinstance(member, Mapping) else ():
                yield from _under_base_keys(inner, held, depth + 1)


def _shown(entry: Entry, name: str) -> str:
    return phrase(f"{entry.key}: {name}")


def _is_base_key(key: object) -> bool:
    return isinstance(key, str) and re.sub(r"[\W_]+", "", key.lower()).replace("è", "e") in _MISSPELT


def _deep(value: object) -> Iterator[str]:
    """Every id in a value, whatever its shape."""
    for member in value if isinstance(value, list | tuple) else [value]:
        if isinstance(member, Mapping | list | tuple):
            yield from held_in(member)
        elif name := hub_name(member):
            yield name


def _recipe_leads(page: Page) -> Iterator[Lead]:
    """Recipes in the card: among its keys, and as lines of a merge or training configuration."""
    raw = page.raw
    if raw is None:
        return
    keys = {entry.key: entry for entry in (*page.front.entries, *page.front.misplaced)}
    if "merge_method" in keys:
        for entry in keys.values():
            for written, name in names_in_recipe({entry.key: entry.value}, merges=True):
                yield Lead(name, of_file(raw, entry.line, phrase(f"{entry.key}: {written}")))
    body = without_comments(page.front.body)
    for number, line, name in recipe_lines(body, merges=_MERGE.search(body) is not None):
        yield Lead(name, of_file(raw, page.front.body_line + number, phrase(line)))


def _loading_leads(page: Page, own: set[str]) -> Iterator[Lead]:
    """The model that code on the page loads to put this very model on it as an adapter."""
    body = without_comments(page.front.body) if page.raw else ""
    puts = next((hit for hit in _OWN_ADAPTER.finditer(body) if (hub_name(hit[1]) or "").lower() in own), None)
    if puts is None or page.raw is None:
        return
    loaded = [(hit, hub_name(hit[1])) for hit in _LOADED.finditer(body, 0, puts.start())]
    others = [(hit, name) for hit, name in loaded if name and name.lower() not in own]
    nameless: list[tuple[re.Match[str], str | None]] = [(puts, None)]
    for hit, name in others[-1:] or nameless:
        line = page.front.body_line + body.count("\n", 0, hit.start())
        yield Lead(name, of_file(page.raw, line, phrase(hit[0])))


def _prose_leads(repository: Repository, page: Page, own: set[str]) -> Iterator[Lead]:
    raw = page.raw
    datasets = {name.lower() for name in dataset_names(repository.info, repository.files.get(README))}
    for origin in origins(page.card, own) if raw else ():
        is_data = origin.name.lower() in datasets and not (origin.linked or origin.descent)
        itself = _is_packed_self(origin.name, own) and not origin.descent
        if raw and not is_data and not itself:
            yield Lead(origin.name, of_file(raw, origin.line, phrase(origin.text)))


def _is_packed_self(name: str, own: set[str]) -> bool:
    """A quantization of this very model: made from it, not the other way round."""
    tail = name.rsplit("/", 1)[-1].lower()
    return bool(_PACKED.search(tail)) and any(each.rsplit("/", 1)[-1] in tail for each in own)


def _unread_leads(repository: Repository) -> Iterator[Lead]:
    """Small files that may name a base and were not understood, or not read."""
    files = {file.path: file for file in repository.listing}
    paths = [path for path, _ in unread_configs(repository)]
    for path in read_recipes(repository.listing):
        sure = is_merge_recipe(path) or path.endswith(_ADAPTER_CONFIG)
        if sure and not isinstance(repository.files.get(path), Raw):
            paths.append(path)
    for path in dict.fromkeys(paths):
        raw = repository.files.get(path)
        if isinstance(raw, Raw):
            yield Lead(None, of_file(raw))
        elif path in files:
            yield Lead(None, of_listed(repository, files[path]))


def _bare_leads(repository: Repository, page: Page) -> Iterator[Lead]:
    """Things that only a derived model has, whoever its base may be."""
    own = _own_ids(repository)
    for file in repository.listing:
        adapter = file.path.rsplit("/", 1)[-1] == _ADAPTER_CONFIG
        if is_merge_recipe(file.path) or (adapter and not _adapts_itself(repository, file.path, own)):
            yield Lead(None, of_listed(repository, file))
    merge = _MERGE.search(without_comments(page.front.body)) if page.raw else None
    if merge and page.raw:
        yield Lead(None, of_file(page.raw, page.front.body_line, "merge_method"))
    yield from _said_leads(repository)


def _conversion_leads(repository: Repository, page: Page) -> Iterator[Lead]:
    """The words, or the name, by which this is a conversion of a model that nothing names."""
    if page.raw and page.converted:
        yield Lead(None, of_file(page.raw, page.converted[0], phrase(page.converted[1])))
    elif is_named_packed(repository.canonical):
        yield Lead(None, of_reply(repository, "/id", phrase(repository.canonical)))


def _said_leads(repository: Repository) -> Iterator[Lead]:
    """Tags, a library and a relation that only a derived model has."""
    for at, tag in enumerate(tags_of(repository.info)):
        if tag.lower() in _DERIVED_TAGS:
            yield Lead(None, of_reply(repository, f"/tags/{at}", phrase(tag)))
    for key in ("library_name", "tags", "base_model_relation"):
        for word in both_sides(repository.info, repository.files.get(README), key):
            if key == "base_model_relation" or word.lower() in _DERIVED_TAGS:
                yield Lead(None, of_reply(repository, f"/cardData/{key}", phrase(word)))
    for word in texts(repository.info.get("library_name")):
        if word.lower() == "peft":
            yield Lead(None, of_reply(repository, "/library_name", "peft"))


def _adapts_itself(repository: Repository, path: str, own: set[str]) -> bool:
    name = hub_name(json_object(repository.files.get(path)).get("base_model_name_or_path"))
    return name is not None and name.lower() in own

"""From the text of a case to the readers' answer: each function takes one case of its family."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from osaid_audit.gather.raw import Listed, Repository
from osaid_audit.gather.reading.files.formats import weight_format
from osaid_audit.gather.reading.files.listing import weights_of
from osaid_audit.gather.reading.files.plan import CONFIGS, is_small_config, listing_of, read_recipes
from osaid_audit.gather.reading.files.running import all_read
from osaid_audit.gather.reading.files.smallfiles import hub_name
from osaid_audit.gather.reading.files.termsfiles import side_cards, terms_files
from osaid_audit.gather.reading.license.holding import _ADAPTER_TAGS
from osaid_audit.gather.reading.repository.page import _PACKED
from osaid_audit.gather.reading.sources import README
from osaid_audit.licenses.resolution import Resolution
from osaid_audit.licenses.resolve import resolve, resolve_link
from osaid_audit.sweep.facts import readers
from osaid_audit.sweep.facts.folding import folded, is_step, standing
from osaid_audit.sweep.facts.pieces import PACKING
from osaid_audit.sweep.facts.reply import repository_of, value_of, with_listing

Answer = dict[str, Any]
_REMEMBERED = 50_000
_NAME = "sweep/own"
_SHOWN = 500
"""Characters of a value that the readers look at."""
_CONFIG, _OTHER, _ADAPTER = "config.json", "model_index.json", "adapter_config.json"


def path(case: str) -> Answer:
    """What stands for a path where no folder matters, and whether it is weights of a step of the training."""
    return {"stand": standing(case), "step": is_step(case)}


def files(case: str) -> Answer:
    """Facts of a listing, and what the other families need of it."""
    if case.startswith("s"):
        return _files(*_listing(case))
    return _folded(folded(path for path in case.split("\0")[1:] if path), case.startswith("1"))


@lru_cache(maxsize=_REMEMBERED)
def _folded(paths: tuple[str, ...], whole: bool) -> Answer:
    return _files(tuple(map(Listed, paths)), whole)


def _files(listing: tuple[Listed, ...], whole: bool) -> Answer:
    repository = with_listing(_siblings(listing), _NAME, listing, whole=whole)
    return {
        **readers.files(repository),
        "terms": _shape(_of_terms(listing), whole),
        "leads": _shape(_of_leads(listing), whole),
        "configs": _configs(repository),
        "empty": whole and all(file.path != README for file in listing),
        "small": _names_bases(listing),
    }


def terms(case: str) -> Answer:
    """What is concluded about the license; a card that cannot be read (`x`) may say anything."""
    told = value_of(case)
    listing, whole = _listing(told["f"])
    whole = whole and not told["x"]
    info: Answer = {"tags": [*(told["t"] or ()), *(["base_model:sweep/base"] if told["b"] else ())]}
    if told["k"]:
        values = {
            "license": told["l"],
            "license_name": told["n"],
            "license_link": told["u"],
            **(told["e"] or {}),
        }
        misspelt = {each["k"]: each["v"] for each in told["m"] or ()}
        info["cardData"] = {**{key: value for key, value in values.items() if value is not None}, **misspelt}
    for key, name in (("s", "safetensors"), ("g", "gguf")):
        if told[key] is not None:
            info[name] = value_of(told[key])
    repository = with_listing(info, " ".join(told["w"] or ()) or "0", listing, whole=whole)
    found = readers.terms(repository, doubt=bool(told["d"]))
    return {**found.facts, "own_class": found.cls, "own_breaks": found.breaks, "own_license": found.license}


def origin(case: str) -> Answer:
    """Declared bases and hints at others."""
    told = value_of(case)
    listing, whole = _listing(told["f"])
    card = (
        value_of(told["h"])
        if told["h"] is not None
        else {
            "base_model": told["b"],
            "base_model_relation": told["r"],
            "tags": told["ct"],
            "library_name": told["cl"],
        }
    )
    info: Answer = {"id": told["i"], "cardData": card, "tags": [*(told["t"] or ()), *(told["d"] or ())]}
    for key, value in (("modelId", told["o"]), ("library_name", told["l"]), ("config", _config(told))):
        if value is not None:
            info[key] = value
    if told["y"]:
        info["safetensors"] = {"parameters": dict.fromkeys(told["y"], 1)}
    found = readers.origin(with_listing(info, told["i"], listing, whole=whole))
    tags = {each.strip() for each in told["d"] or ()}
    return {
        **found._asdict(),
        "doubt": found.declared or found.leads or bool(found.lead_names) or bool(tags & _ADAPTER_TAGS),
    }


def things(case: str) -> Answer:
    """Facts of single columns; `counted` says which count of parameters holds: s(afetensors) or g(guf)."""
    told = value_of(case)
    config = {
        "architectures": told["a"],
        "_class_name": told["n"],
        "auto_map": told["r"],
        "custom_pipelines": told["u"],
    }
    config |= dict(zip(PACKING, told["q"] or (), strict=False))
    card = {"library_name": told["c"], "model-index": [{"results": [{}]}] if told["e"] else None}
    info: Answer = {
        "config": config,
        "cardData": card,
        "gguf": {"total": 2 if told["t"] else 0, "architecture": told["g"]},
    }
    info["safetensors"] = {"total": 1 if told["s"] else 0, "parameters": dict.fromkeys(told["y"] or (), 1)}
    if told["l"] is not None:
        info["library_name"] = told["l"]
    paths = {"c": (_CONFIG,), "o": (_OTHER,)}.get(told["f"], ())
    found = readers.things(with_listing(info, _NAME, tuple(map(Listed, paths)), whole=told["f"] != "u"))
    count = found.pop("weights.parameters", 0)
    return {**found, "counted": "s" if count == 1 else "g" if count == 2 else None}  # noqa: PLR2004 - as above


def data(case: str) -> Answer:
    """Whether datasets are declared."""
    told = value_of(case)
    info = {"id": _NAME, "cardData": {"datasets": told["d"]}, "tags": told["t"] or []}
    return {"answer": readers.names_data(repository_of(info, _NAME))}


def named(case: str) -> Answer:
    """The id that a config means by a text."""
    return {"answer": hub_name(case)}


def unknown_name(case: str) -> Answer:
    """Whether a license name, in quotes, is one that nobody knows: then it is as good as any such."""
    text = str(value_of(case)).strip()[:_SHOWN]
    return {"answer": bool(text) and resolve(text) == Resolution(value=text)}


def unknown_link(case: str) -> Answer:
    """The same of the address of a license."""
    text = str(value_of(case)).strip()[:_SHOWN]
    return {"answer": bool(text) and resolve_link(text) == Resolution(value=text)}


def task(case: str) -> Answer:
    """Whether a text is a task of the Hub."""
    return {"answer": "subject.task" in readers.things(repository_of({"pipeline_tag": case}, _NAME))}


def moment(case: str) -> Answer:
    """Whether a text is a moment."""
    return {"answer": "subject.last_modified" in readers.things(repository_of({"lastModified": case}, _NAME))}


def _config(told: Answer) -> Any:
    config = value_of(told["c"]) if told["c"] is not None else {}
    if not isinstance(config, dict):
        return config
    packing = {key: value for key, value in zip(PACKING, told["q"] or (), strict=False) if value is not None}
    named = {"peft": {"base_model_name_or_path": told["p"]}} if told["p"] is not None else {}
    return {**config, **named, **packing}


def _listing(case: str) -> tuple[tuple[Listed, ...], bool]:
    """The files of a shape, and whether these are all: `1` or `0` and paths, or `s` and JSON with sizes."""
    if case.startswith("s"):
        return listing_of({"siblings": value_of(case[1:])})
    paths = [path for path in case.split("\0")[1:] if path]
    return tuple(Listed(path) for path in sorted(dict.fromkeys(paths))), case.startswith("1")


def _shape(listing: Iterable[Listed], whole: bool) -> str:
    kept = list(listing)
    if all(file.size is None for file in kept):
        return "\0".join(("1" if whole else "0", *(file.path for file in kept)))
    rows: list[Answer] = [{"rfilename": file.path, "size": file.size} for file in kept]
    return "s" + json.dumps([*rows, *(() if whole else ({},))])


def _siblings(listing: Sequence[Listed]) -> Answer:
    return {"siblings": [{"rfilename": file.path} for file in listing]}


def _of_terms(listing: tuple[Listed, ...]) -> Iterator[Listed]:
    """Terms files and cards, and one file of weights for each folder around them."""
    named = {file.path for file in (*terms_files(listing), *side_cards(listing))} | {README}
    around = {folder for path in named for folder in _folders(path)}
    shown: set[tuple[str, str | None]] = set()
    for file in listing:
        kind = weight_format(file.path) if file.size != 0 else None
        places = {(folder, kind) for folder in _folders(file.path) if folder in around}
        if file.path in named or (weight_format(file.path) is not None and not places <= shown):
            yield file
            shown |= places


def _of_leads(listing: tuple[Listed, ...]) -> Iterator[Listed]:
    """Files that may name a base, and weights where all are of formats that only conversions have."""
    kinds = weights_of(listing).by_format
    if kinds and {kind for kind, _ in kinds} <= _PACKED:
        yield kinds[0][1]
    for file in listing:
        bare = file.path.rsplit("/", 1)[-1]
        if (
            is_small_config(file.path) and (file.path not in CONFIGS or file.size is not None)
        ) or bare == _ADAPTER:
            yield file


def _folders(path: str) -> tuple[str, ...]:
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[: at + 1]) for at in range(len(parts)))


def _configs(repository: Repository) -> str:
    """Which configuration is listed and unread: c(onfig.json), o(ther), n(one), or u(nknown)."""
    if any(file.path == _CONFIG for file in repository.listing):
        return "c"
    if not repository.listing_complete:
        return "u"
    return "n" if all_read(repository) else "o"


def _names_bases(listing: tuple[Listed, ...]) -> bool:
    small = {*CONFIGS, *read_recipes(listing)}
    return any(file.path in small for file in listing)

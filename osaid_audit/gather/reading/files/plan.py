"""What else must be read about a repository: pure answers from the info reply and the card.

The fetching part asks these questions between its rounds; the reading part asks the same ones again,
so that what was wanted and what was judged can never differ.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from osaid_audit.gather.raw import Fetched, Kind, Listed, Raw, Relation
from osaid_audit.gather.reading.baseids import bases_in
from osaid_audit.gather.reading.files.termsfiles import read_side_cards, read_terms_files
from osaid_audit.gather.reading.prose.frontmatter import FrontMatter, read_front_matter
from osaid_audit.gather.reading.subject import is_model_id

MAX_CONFIG_BYTES = 1_000_000
MAX_BASES = 32
"""Models of one lineage that are read, in all: a busy merge has a dozen parents."""
MAX_DEPTH = 10
"""Bases one behind the other that are read; chains on the Hub are two to four long."""
MAX_NAMED = 100
"""Bases that one page may name: of so many some are beyond MAX_BASES, so that leaving one out hides none.

Every model that is read has two names at most that are not asked for anew: its old one and its own.
"""
MAX_DATASETS = 64
"""Declared datasets that are looked up, each with one request of the 500 that a stranger has in 5 minutes."""
MAX_LINKS = 4
MAX_PATH = 4096
"""Characters of a path, as systems allow them; of a list with a longer one nobody says that it is whole."""
MAX_DEPTH_OF_PATH = 64
"""Folders above a file; deeper ones are nobody's, and each is a place to look at for every file of terms."""
CONFIGS = ("config.json", "adapter_config.json", "model_index.json")
LOADING_CONFIGS = (
    *("config.json", "model_index.json", "modules.json"),
    *("tokenizer_config.json", "processor_config.json", "preprocessor_config.json"),
)
"""Every file by which a model, its tokenizer or its pipeline can name code that is run on loading."""

MAX_RECIPES = 4
"""Recipes and adapter configs in folders that are read; of more, each is a doubt."""
_MERGE_RECIPE = re.compile(r"(?:[^/]{1,80}/){0,4}mergekit[^/]{0,40}\.ya?ml", re.IGNORECASE)
_RECIPE = re.compile(r"(?:[^/]{0,40}merge[^/]{0,40}|axolotl[^/]{0,40}|config)\.ya?ml", re.IGNORECASE)
_CHECKPOINT = re.compile(r"checkpoint-\d{1,12}(?=/)")
_FOLDER_ADAPTER = re.compile(r"(?:[^/]{1,80}/){1,4}adapter_config\.json")
_RELATION = re.compile(r"[a-z][a-z_-]{0,30}")


def listing_of(info: Mapping[str, Any]) -> tuple[tuple[Listed, ...], bool]:
    """The files that the info reply names, and whether every entry could be read."""
    siblings = info.get("siblings")
    if not isinstance(siblings, list):
        return (), False
    files = [listed_file(entry) for entry in siblings]
    known = {file.path: file for file in files if file is not None}
    return tuple(known[path] for path in sorted(known)), None not in files


def listed_file(entry: Any) -> Listed | None:
    """One entry of `siblings` or of a tree page; None when it has no usable path."""
    if not isinstance(entry, Mapping):
        return None
    path = entry.get("rfilename", entry.get("path"))
    if not isinstance(path, str) or not _is_safe_path(path):
        return None
    lfs = entry.get("lfs")
    digest = (lfs.get("sha256") or lfs.get("oid")) if isinstance(lfs, Mapping) else None
    size = entry.get("size")
    if not _is_size(size) and isinstance(lfs, Mapping):
        size = lfs.get("size")
    return Listed(path, size if _is_size(size) else None, digest if isinstance(digest, str) else None)


def wanted_files(listing: Sequence[Listed], kind: Kind, *, loaded: bool = True) -> tuple[str, ...]:
    """The paths worth reading: terms files, of a model also side cards, small configs and recipes.

    `loaded` says that this model is the one to be opened, not one behind it: then what may name code counts.
    Terms files and side cards that are not here stay unread: `unread_terms` names them.
    """
    terms = read_terms_files(listing)
    if kind != "models":
        return terms
    sizes = {file.path: file.size for file in listing}
    small = dict.fromkeys((*CONFIGS, *(LOADING_CONFIGS if loaded else ())))
    configs = [path for path in small if path in sizes and (sizes[path] or 0) <= MAX_CONFIG_BYTES]
    return (*terms, *read_side_cards(listing), *configs, *read_recipes(listing))


def is_merge_recipe(path: str) -> bool:
    """Whether a file is by its name the recipe of a merge, which only a derived model has."""
    return _MERGE_RECIPE.fullmatch(path) is not None


def is_small_config(path: str) -> bool:
    """Whether a file may say what a model was made from: a config, an adapter's, or a recipe."""
    recipe = is_merge_recipe(path) or _RECIPE.fullmatch(path)
    return path in CONFIGS or recipe is not None or _FOLDER_ADAPTER.fullmatch(path) is not None


def read_recipes(listing: Sequence[Listed]) -> tuple[str, ...]:
    """Recipes of merges and training runs, and adapter configs in folders: the first MAX_RECIPES.

    Of the checkpoints of one run the adapter at the top, or else the first, tells for all.
    """
    small = [file for file in listing if (file.size or 0) <= MAX_CONFIG_BYTES]
    found = {_of_run(path): path for path in reversed(_recipes(small))}
    merges_first = sorted(found.values(), key=lambda path: not is_merge_recipe(path))
    return tuple(merges_first[:MAX_RECIPES])


def unread_recipes(listing: Sequence[Listed]) -> tuple[str, ...]:
    """Recipes of merges and adapter configs in folders that are too large or too many to be read."""
    read = {_of_run(path) for path in read_recipes(listing)}
    paths = _recipes(listing)
    derived = (path for path in paths if is_merge_recipe(path) or _FOLDER_ADAPTER.fullmatch(path))
    return tuple(path for path in derived if _of_run(path) not in read)


def _recipes(listing: Sequence[Listed]) -> list[str]:
    """Their paths, the nearest to the top first; without checkpoints of a run whose adapter is at the top."""
    paths = [file.path for file in listing if file.path not in CONFIGS and is_small_config(file.path)]
    top = any(file.path == "adapter_config.json" for file in listing)
    later = [path for path in paths if not (top and _of_run(path) == "checkpoint/adapter_config.json")]
    return sorted(later, key=lambda path: (path.count("/"), path))


def _of_run(path: str) -> str:
    return _CHECKPOINT.sub("checkpoint", path)


def card_values(info: Mapping[str, Any]) -> Mapping[str, Any]:
    """The card's metadata as the Hub accepted it; empty when the reply has none."""
    data = info.get("cardData")
    return data if isinstance(data, Mapping) else {}


def front_matter_of(card: Fetched | None) -> FrontMatter:
    """The card's own front matter; an empty one when the card was not read."""
    return read_front_matter(card.body) if isinstance(card, Raw) else FrontMatter()


def texts(value: Any) -> tuple[str, ...]:
    """A text or a list of texts as a tuple of non-empty texts; anything else is left out."""
    members = value if isinstance(value, list | tuple) else [value]
    return tuple(member.strip() for member in members if isinstance(member, str) and member.strip())


def tags_of(info: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags of the reply, in order."""
    return texts(info.get("tags"))


def both_sides(info: Mapping[str, Any], card: Fetched | None, key: str) -> tuple[str, ...]:
    """What reply and front matter say under a key, each value once, the reply first."""
    front = front_matter_of(card)
    values = [*texts(card_values(info).get(key))]
    for entry in front.values(key):
        values.extend(texts(entry.value))
    return tuple(dict.fromkeys(values))


def base_names(info: Mapping[str, Any], card: Fetched | None) -> tuple[tuple[str, Relation], ...]:
    """Every base as declared, whether or not it has the form of an id, with the relation if one is named.

    The Hub takes ids in any case for the same; at most MAX_NAMED.
    """
    stated = _stated_relation(info, card)
    found: dict[str, tuple[str, Relation]] = {}
    written = (card_values(info).get("base_model"), *_entries(card, "base_model"))
    for value in written:
        for name in bases_in(value):
            found.setdefault(name.lower(), (name, stated))
    said = bool(found)
    for tag in tags_of(info):
        relation, names = _tagged(tag)
        for name in names:
            if not said or is_model_id(name) or name.lower() in found:
                known = found.get(name.lower(), (name, "unknown"))
                found[name.lower()] = known if known[1] != "unknown" else (known[0], relation)
    return tuple(found.values())[:MAX_NAMED]


def _entries(card: Fetched | None, key: str) -> tuple[object, ...]:
    return tuple(entry.value for entry in front_matter_of(card).values(key))


def _tagged(tag: str) -> tuple[Relation, tuple[str, ...]]:
    """The relation and the bases of a `base_model:` tag; an address there has colons of its own.

    The Hub makes the tag of what the card says, so words that are no id count only where the card is silent.
    """
    if not tag.startswith("base_model:"):
        return "unknown", ()
    rest = tag.removeprefix("base_model:")
    first, colon, name = rest.partition(":")
    if colon and _RELATION.fullmatch(first) and not name.startswith("//"):
        return _relation(first), bases_in(name)
    return "unknown", bases_in(rest)


def declared_bases(info: Mapping[str, Any], card: Fetched | None) -> tuple[tuple[str, Relation], ...]:
    """The declared bases that can be asked for: ids of Hub form that are not the model's own."""
    own = own_ids(info)
    named = base_names(info, card)
    return tuple((name, rel) for name, rel in named if is_model_id(name) and name.lower() not in own)


def own_ids(info: Mapping[str, Any]) -> frozenset[str]:
    """The ids that a reply gives its own repository, in lower case."""
    return frozenset(value.lower() for key in ("id", "modelId") for value in texts(info.get(key)))


def dataset_names(info: Mapping[str, Any], card: Fetched | None) -> tuple[str, ...]:
    """Every dataset as declared under `datasets` or as a `dataset:` tag."""
    tagged = [tag.removeprefix("dataset:") for tag in tags_of(info) if tag.startswith("dataset:")]
    return _unique([*both_sides(info, card, "datasets"), *tagged])


def license_links(info: Mapping[str, Any], card: Fetched | None) -> tuple[str, ...]:
    """Every `license_link` as written: an address, or a path in the repository."""
    return both_sides(info, card, "license_link")[:MAX_LINKS]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _stated_relation(info: Mapping[str, Any], card: Fetched | None) -> Relation:
    stated = both_sides(info, card, "base_model_relation")
    return _relation(stated[0]) if len(stated) == 1 else "unknown"


def _relation(word: str) -> Relation:
    known: dict[str, Relation] = {name: name for name in get_args(Relation)}
    return known.get(word.strip().lower(), "unknown")


def _is_safe_path(path: str) -> bool:
    if not 0 < len(path) <= MAX_PATH or path.count("/") > MAX_DEPTH_OF_PATH:
        return False
    parts = path.split("/")
    return "\x00" not in path and not path.startswith("/") and ".." not in parts


def _is_size(size: Any) -> bool:
    return isinstance(size, int) and not isinstance(size, bool) and size >= 0

"""What the file list says: weights and their formats, adapters, code, components. Names and sizes only."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.files.codefiles import ROLES, roles_shown
from osaid_audit.gather.reading.files.formats import may_be_weights, weight_format
from osaid_audit.gather.reading.files.termsfiles import terms_role

_ADAPTER = re.compile(
    r"(?:^|/)(?:adapter_model[^/]*\.(?:safetensors|bin)|adapter_config\.json|pytorch_lora_weights[^/]*)\Z"
)


@dataclass(frozen=True)
class Weights:
    """The weight files of a listing, by format; `doubtful` files might be weights."""

    by_format: tuple[tuple[str, Listed], ...]
    doubtful: tuple[Listed, ...]

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats, sorted."""
        return tuple(sorted({kind for kind, _ in self.by_format}))


def weights_of(listing: Sequence[Listed]) -> Weights:
    """Every weight file with its format, and every file that might be one."""
    known: list[tuple[str, Listed]] = []
    doubtful: list[Listed] = []
    for file in listing:
        kind = weight_format(file.path)
        if kind is not None and file.size != 0:
            known.append((kind, file))
        elif kind is None and not terms_role(file.path) and may_be_weights(file.path, file.size):
            doubtful.append(file)
    return Weights(tuple(known), tuple(doubtful))


def is_adapter_only(listing: Sequence[Listed]) -> bool:
    """Whether all weights of the listing are an adapter's."""
    weights = [file.path for _, file in weights_of(listing).by_format]
    has_adapter = any(_ADAPTER.search(file.path) for file in listing)
    return has_adapter and bool(weights) and all(_ADAPTER.search(path) for path in weights)


def code_files(listing: Sequence[Listed]) -> tuple[tuple[str, Listed], ...]:
    """Code in the repository by the fact it supports, the first file of each; whole names, not substrings."""
    shown = roles_shown(listing, folders=False)
    return tuple(sorted((ROLES[role], files[0]) for role, files in shown.items()))


def components(listing: Sequence[Listed]) -> tuple[str, ...]:
    """Folders that hold weights and a license file of their own."""
    with_weights = {top for _, file in weights_of(listing).by_format for top in _folder(file.path)}
    licensed = {
        folder for file in listing if terms_role(file.path) == "license" for folder in _folder(file.path)
    }
    return tuple(sorted(with_weights & licensed))


def component_of(path: str, known: Container[str]) -> str:
    """The component a file speaks of; "" for the whole."""
    return next((folder for folder in _folder(path) if folder in known), "")


def _folder(path: str) -> tuple[str, ...]:
    return (path.split("/", 1)[0],) if "/" in path else ()

"""What the weight files are like, from names and sizes: how large, whether opening them can run code."""

import re
from collections.abc import Iterable, Iterator

from osaid_audit.gather.raw import Listed, Repository
from osaid_audit.gather.reading.listing import Weights, weights_of
from osaid_audit.gather.reading.sources import fact, of_listed
from osaid_audit.schema.base import Fact

_SAFE = frozenset({"safetensors", "gguf", "ggml", "onnx", "tflite", "flax", "skops"})
"""Formats that describe numbers and a graph; none of them stores program code."""
_SINGLE = frozenset({"gguf", "ggml", "llamafile"})
"""Formats of which one file (or its numbered pieces) is a whole model, so several files are a choice."""
_PICKLED = re.compile(
    r"(?:^|/)(?:pytorch_model|diffusion_pytorch_model|adapter_model|pytorch_lora_weights)[^/]{0,80}\.bin\Z"
    r"|\.(?:pt|pth|ckpt|pkl|pickle|joblib)\Z",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[-_.]?\d{5}-of-\d{5}|[-_.]part-?\d{1,3}(?:of\d{1,3})?", re.IGNORECASE)
_PROJECTOR = re.compile(r"(?:^|/)[^/]{0,80}mmproj", re.IGNORECASE)
_CHECKPOINT = re.compile(r"(?:^|/)(?:checkpoint|ckpt|step|global_?step)[-_]?\d{1,9}(?:/|\.)", re.IGNORECASE)
_SHOWN = 3
_HALF_PRECISION = 0.4
"""Half as many bytes for the same numbers, something off for rounding: safe files below that are a part."""


def weight_file_facts(repository: Repository) -> Iterator[tuple[str, Fact]]:
    """Sizes and kinds of the weight files; sizes only from a complete listing that gives each of them."""
    weights = weights_of(repository.listing)
    files = [file for _, file in weights.by_format]
    if not files:
        return
    places = [of_listed(repository, file) for file in files[:_SHOWN]]
    steps = [file for file in files if _CHECKPOINT.search(file.path)]
    if len(steps) > 1:
        yield fact(
            "weights.checkpoints", True, "verified", *(of_listed(repository, each) for each in steps[:_SHOWN])
        )
    if not repository.listing_complete:
        return
    safe = [file for kind, file in weights.by_format if kind in _SAFE]
    if not weights.doubtful and (not safe or _is_a_copy(safe, weights)):
        yield fact("weights.safe_format", bool(safe), "verified", *places)
    if all(_PICKLED.search(file.path) for file in files) and not weights.doubtful:
        yield fact("weights.pickle_only", True, "verified", *places)
    elif safe:
        yield fact("weights.pickle_only", False, "verified", of_listed(repository, safe[0]))
    sizes = [file.size for file in files if file.size is not None]
    if len(sizes) == len(files) and not weights.doubtful:
        yield fact("weights.bytes", sum(sizes), "verified", *places)
        yield fact("weights.set_bytes", _one_copy(weights), "verified", *places)


def _is_a_copy(safe: list[Listed], weights: Weights) -> bool:
    """Whether the safe files are no mere part of the model: all there is, or about as large as the others."""
    others: dict[str, int] = {}
    for kind, file in weights.by_format:
        if kind not in _SAFE:
            others[kind] = others.get(kind, 0) + (file.size or 0)
    return not others or _total(safe) >= _HALF_PRECISION * max(others.values())


def _one_copy(weights: Weights) -> int:
    """Bytes of one copy: the safetensors files where there are any, else the smallest format or file."""
    by_format: dict[str, list[Listed]] = {}
    for kind, file in weights.by_format:
        by_format.setdefault(kind, []).append(file)
    if "safetensors" in by_format:
        return _total(by_format["safetensors"])
    return min(_smallest(kind, files) for kind, files in by_format.items())


def _smallest(kind: str, files: list[Listed]) -> int:
    if kind not in _SINGLE:
        return _total(files)
    models: dict[str, list[Listed]] = {}
    for file in [each for each in files if not _PROJECTOR.search(each.path)] or files:
        models.setdefault(_PIECE.sub("", file.path), []).append(file)
    return min(_total(pieces) for pieces in models.values())


def _total(files: Iterable[Listed]) -> int:
    return sum(file.size or 0 for file in files)

"""What the weight files are like, from names and sizes: how large, whether opening them can run code."""

import re
from collections.abc import Iterator

from osaid_audit.gather.raw import Listed, Repository
from osaid_audit.gather.reading.files.formats import may_run_code
from osaid_audit.gather.reading.files.listing import Weights, weights_of
from osaid_audit.gather.reading.files.weightsets import is_checkpoint, is_whole, one_copy, stem
from osaid_audit.gather.reading.sources import fact, of_listed, of_reply
from osaid_audit.schema.base import Fact

_SAFE = frozenset({"safetensors", "gguf", "ggml", "onnx", "tflite", "flax", "skops"})
"""Formats that describe numbers and a graph; none of them stores program code."""
_PICKLED = re.compile(
    r"(?:^|/)(?:pytorch_model|diffusion_pytorch_model|adapter_model|pytorch_lora_weights)[^/]{0,80}\.bin\Z"
    r"|\.(?:pt|pth|ckpt|pkl|pickle|joblib)\Z",
    re.IGNORECASE,
)
_SHOWN = 3
_HALF_PRECISION = 0.4
"""Half as many bytes for the same numbers, something off for rounding: safe files below that are a part."""


def weight_file_facts(repository: Repository) -> Iterator[tuple[str, Fact]]:
    """Sizes and kinds of the weight files; sizes only from a complete listing that gives each of them."""
    yield from _pickled(repository)
    weights = weights_of(repository.listing)
    files = [file for _, file in weights.by_format]
    if not files:
        return
    places = [of_listed(repository, file) for file in files[:_SHOWN]]
    steps = [file for file in files if is_checkpoint(file.path)]
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
        span = one_copy(weights.by_format, repository.listing)
        yield fact("weights.bytes", sum(sizes), "verified", *places)
        yield fact("weights.set_bytes", span.least, "verified", *places)
        yield fact("weights.set_bytes_most", span.most, "verified", *places)


def _pickled(repository: Repository) -> Iterator[tuple[str, Fact]]:
    """Files, weights or not, that can run code when opened; denied where every format is a safe one."""
    listing = repository.listing
    found = sorted(
        (file for file in listing if may_run_code(file.path)),
        key=lambda file: (file.path.count("/"), file.path),
    )
    if found:
        places = [of_listed(repository, file) for file in found[:_SHOWN]]
        yield fact("weights.pickled", True, "verified", *places)
        yield fact("weights.pickled_files", tuple(file.path for file in found[:_SHOWN]), "verified", *places)
    elif listing and repository.listing_complete and set(weights_of(listing).formats) <= _SAFE:
        yield fact("weights.pickled", False, "verified", of_reply(repository, "/siblings"))


def _is_a_copy(safe: list[Listed], weights: Weights) -> bool:
    """Whether every other weight file has its like among the safe ones, in the same folder and as large."""
    others: dict[tuple[str, str], dict[str, int]] = {}
    for kind, file in weights.by_format:
        if kind not in _SAFE:
            sizes = others.setdefault(_model_of(file), {})
            sizes[kind] = sizes.get(kind, 0) + (file.size or 0)
    copies: dict[tuple[str, str], int] = {}
    for file in safe:
        copies[_model_of(file)] = copies.get(_model_of(file), 0) + (file.size or 0)
    return all(
        copies.get(name, -1) >= _HALF_PRECISION * max(sizes.values()) for name, sizes in others.items()
    )


def _model_of(file: Listed) -> tuple[str, str]:
    """The folder of a file and the name of the model it belongs to, one name for all that mean the whole."""
    return file.path.rpartition("/")[0], "" if is_whole(file.path) else stem(file.path)

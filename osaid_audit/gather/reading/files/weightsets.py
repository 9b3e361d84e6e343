"""Which weight files make one copy of a model: the least and the most that one takes, from names and sizes.

Other formats, other precisions, checkpoints and whole models side by side are a choice; the folders of a
pipeline belong together. Where names do not tell, the least counts the smallest and the most counts all.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from osaid_audit.gather.raw import Listed

_SINGLE = frozenset({"gguf", "ggml", "llamafile"})
"""Formats of which one file (or its numbered pieces) is a whole model, so several files are a choice."""
_PIECE = re.compile(
    r"[-_.]?\d{1,5}-of-\d{1,5}|[-_.]part-?\d{1,3}(?:of\d{1,3})?|\.data-\d{5}-of-\d{5}", re.IGNORECASE
)
_CONSOLIDATED = re.compile(r"(?:^|/)consolidated(?:\.\d{1,3})?(?=\.)", re.IGNORECASE)
_VARIANT = re.compile(
    r"[-_.](?:fp(?:32|16|8)|bf16|f(?:32|16)|int[48]|q[48]\w{0,6}|u?int8|bnb4?|quantized|non_ema|ema(?:only)?"
    r"|pruned|optimized|o[1-4])(?=[-_.])",
    re.IGNORECASE,
)
_WHOLE = frozenset(
    {
        *("model", "pytorch_model", "tf_model", "flax_model", "rust_model", "consolidated", "weights"),
        *("diffusion_pytorch_model", "diffusion_flax_model", "adapter_model", "pytorch_lora_weights"),
        *("openvino_model", "decoder_model_merged"),
    }
)
"""Names that libraries give to a whole model, whatever the format: two of them hold the same numbers."""
_PROJECTOR = re.compile(r"(?:^|/)[^/]{0,80}mmproj", re.IGNORECASE)
_CHECKPOINT = re.compile(r"(?:^|/)(?:checkpoint|ckpt|step|global_?step)[-_]?\d{1,9}(?:/|\.)", re.IGNORECASE)
_ALTERNATIVE = re.compile(
    r"(?:^|/)(?:onnx|openvino|original|gguf|ggml|coreml|tf|tflite|flax|mlx|exl2|awq|gptq|metal|fp16|bf16|fp8|int[48]|q[48]"
    r"|quantized|old|backup|pytorch)(?:[-_.][^/]{0,40})?(?:/|\Z)",
    re.IGNORECASE,
)
"""Folders that hold the same model in another form."""
_REMEMBERED = 4_096
_PIPELINE, _MODULES = "model_index.json", "modules.json"
_PART = 0.05
"""A set below this share of the largest is a part of a model (a head, a table), never a copy of it."""

Files = Sequence[tuple[str, Listed]]


@dataclass(frozen=True)
class Span:
    """Bytes of one copy: `least` of every choice, `most` when all that is unclear belongs to it."""

    least: int
    most: int


def is_checkpoint(path: str) -> bool:
    """Whether a path names a step of the training."""
    return _CHECKPOINT.search(path) is not None


def one_copy(files: Files, listing: Iterable[Listed]) -> Span:
    """How much one copy takes; `files` are all weight files with their formats, each with a size."""
    names = {file.path for file in listing}
    kept = [each for each in files if not is_checkpoint(each[1].path)] or _one_step(files)
    folders = _by(kept, lambda each: each[1].path.rpartition("/")[0])
    spans = {folder: _of_folder(group) for folder, group in folders.items()}
    if _PIPELINE in names and any(spans):
        return _joined([span for folder, span in spans.items() if folder], spans.get(""))
    if "" in spans and _MODULES in names:
        return _joined(list(spans.values()), None)
    if "" in spans:
        return _beside(spans)
    return Span(_least(span.least for span in spans.values()), sum(span.most for span in spans.values()))


@lru_cache(maxsize=_REMEMBERED)
def stem(path: str) -> str:
    """The name that the files of one model share: without pieces, precision and ending, in lower case."""
    name = _CONSOLIDATED.sub("consolidated", path.rpartition("/")[2])
    return _VARIANT.sub("", _PIECE.sub("", name)).partition(".")[0].lower()


def is_whole(path: str) -> bool:
    """Whether libraries give this name to a whole model, whatever its format."""
    return stem(path) in _WHOLE


def _joined(parts: Sequence[Span], instead: Span | None) -> Span:
    """Parts that belong together, or one file that may stand for all of them."""
    least, most = sum(part.least for part in parts), sum(part.most for part in parts)
    return Span(least if instead is None else min(least, instead.least), most)


def _beside(spans: Mapping[str, Span]) -> Span:
    """Weights at the top, and folders that hold other copies, or parts where they are small."""
    top = spans[""]
    others = [span for folder, span in spans.items() if folder]
    copies = [span.least for span in others if span.least >= _PART * top.least]
    unclear = [span.most for folder, span in spans.items() if folder and not _ALTERNATIVE.search(folder)]
    return Span(min([top.least, *copies]), top.most + sum(unclear))


def _of_folder(files: Files) -> Span:
    """The copies and parts that lie in one folder."""
    models = _by(files, lambda each: (each[0], _key(each[1].path)))
    sizes = {name: sum(file.size or 0 for _, file in group) for name, group in models.items()}
    real = {name: size for name, size in sizes.items() if not _PROJECTOR.search(str(name[1]))} or sizes
    largest = max(real.values())
    whole = {name: size for name, size in real.items() if size >= _PART * largest}
    parts = sum(size for name, size in real.items() if name not in whole)
    stems = {stem(str(key)) for _, key in whole}
    told = [size for (kind, key), size in whole.items() if kind in _SINGLE or stem(str(key)) in _WHOLE]
    if len(stems) == 1:
        return Span(min(whole.values()), min(whole.values()) + parts)
    if told:
        return Span(min(whole.values()), min(told) + sum(real.values()) - sum(told))
    return Span(min(whole.values()), sum(real.values()))


def _by(files: Files, name: Callable[[tuple[str, Listed]], Hashable]) -> dict[Any, list[tuple[str, Listed]]]:
    """The files by what a function calls them."""
    groups: dict[Any, list[tuple[str, Listed]]] = {}
    for each in files:
        groups.setdefault(name(each), []).append(each)
    return groups


def _key(path: str) -> str:
    """What the pieces of one file set share: the name without numbers of pieces, precision kept."""
    return _PIECE.sub("", _CONSOLIDATED.sub("consolidated", path))


def _one_step(steps: Files) -> Files:
    """The files of one step, the one with the most bytes."""
    groups = _by(steps, lambda each: (hit := _CHECKPOINT.search(each[1].path)) and each[1].path[: hit.end()])
    return max(groups.values(), key=lambda group: sum(file.size or 0 for _, file in group), default=())


def _least(sizes: Iterable[int]) -> int:
    """The smallest size that is no mere part beside the largest."""
    known = list(sizes)
    return min(size for size in known if size >= _PART * max(known))

"""What the file list says: weights and their formats, adapters, code, components. Names and sizes only."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.plan import terms_role
from osaid_audit.gather.reading.words import word_set

_FORMATS = {
    "safetensors": "safetensors",
    "gguf": "gguf",
    "ggml": "ggml",
    "onnx": "onnx",
    "onnx_data": "onnx",
    "h5": "hdf5",
    "hdf5": "hdf5",
    "keras": "keras",
    "msgpack": "flax",
    "tflite": "tflite",
    "litertlm": "litert",
    "task": "litert",
    "mlmodel": "coreml",
    "ot": "rust",
    "npz": "numpy",
    "nemo": "nemo",
    "pt": "pytorch",
    "pth": "pytorch",
    "ckpt": "pytorch",
    "bin": "pytorch",
    "pdparams": "paddle",
    "pb": "tensorflow",
    "joblib": "joblib",
    "pkl": "pickle",
    "pickle": "pickle",
    "llamafile": "llamafile",
    "engine": "tensorrt",
    "mar": "torchserve",
    "t7": "torch",
    "caffemodel": "caffe",
    "params": "mxnet",
    "zip": "archive",
    "sbs": "gemma.cpp",
}
_NOT_WEIGHTS = re.compile(
    r"(?:^|/)(?:training_args|optimizer|scheduler|rng_state|scaler|trainer_state|tokenizer|vocab|imatrix"
    r"|random_states"
    r"|events\.out|arguments|preprocessor|label_?encoder|merges|sentencepiece|spiece)[^/]{0,60}\Z|\.imatrix\Z"
    r"|imatrix\.(?:dat|gguf)\Z|(?:^|/)(?:zero_pp_rank|mp_rank)[^/]{0,80}_optim_states\.pt\Z",
    re.IGNORECASE,
)
_PACKAGE_DATA = re.compile(
    r"\.mlpackage/|(?:^|/)variables/variables\.data-|\.data-\d{5}-of-\d{5}\Z", re.IGNORECASE
)
_SHARD = re.compile(r"(?:[.-]part-?(?:\d{1,5}of\d{1,5}|[a-z]|\d{1,3})|\.split-[a-z0-9]{1,4}|\.\d{3})\Z")
_HARMLESS = word_set(
    "md txt json jsonl yaml yml py ipynb sh toml cfg ini csv tsv xml html rst gitattributes gitignore png "
    "jpg jpeg gif svg webp mp4 mp3 wav flac ogg pdf model tiktoken spm vocab js ts css lock log c cpp h rs "
    "jinja bib parquet arrow docx patch diff whl typed license"
)
_MEDIA = word_set("png jpg jpeg gif mp4 mp3 wav pdf")
_PLAIN_NAMES = word_set("makefile dockerfile readme version codeowners authors citation changelog")
_LARGE = 10_000_000
_ADAPTER = re.compile(
    r"(?:^|/)(?:adapter_model[^/]*\.(?:safetensors|bin)|adapter_config\.json|pytorch_lora_weights[^/]*)\Z"
)
_ROLES = {
    "code.training_found": re.compile(
        r"(?:^|/)(?:train|training|pre_?train|fine_?tune|sft|dpo|run_(?:clm|mlm|glue|squad|qa"
        r"|ner))(?:[_-][^/.]{1,40})?"
        r"\.(?:py|sh|ipynb)\Z",
        re.IGNORECASE,
    ),
    "code.data_processing_found": re.compile(
        r"(?:^|/)(?:pre_?process|prepare|build|filter|clean|dedup|tokenize)_?(?:data|dataset"
        r"|corpus)?(?:[_-][^/.]{1,40})?"
        r"\.(?:py|sh|ipynb)\Z",
        re.IGNORECASE,
    ),
    "code.evaluation_found": re.compile(
        r"(?:^|/)(?:eval|evaluate|evaluation|run_eval|benchmark)(?:[_-][^/.]{1,40})?\.(?:py|sh|ipynb)\Z",
        re.IGNORECASE,
    ),
    "code.inference_found": re.compile(
        r"(?:^|/)(?:inference|generate|predict|modeling_[^/.]{1,60}|pipeline)\.py\Z", re.IGNORECASE
    ),
}


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
        elif kind is None and _might_be_weights(file):
            doubtful.append(file)
    return Weights(tuple(known), tuple(doubtful))


def weight_format(path: str) -> str | None:
    """The weight format a path promises by its name, or None."""
    if _NOT_WEIGHTS.search(path):
        return None
    if _PACKAGE_DATA.search(path):
        return "coreml" if ".mlpackage/" in path.lower() else "tensorflow"
    return _FORMATS.get(_extension(_SHARD.sub("", path)))


def is_adapter_only(listing: Sequence[Listed]) -> bool:
    """Whether all weights of the listing are an adapter's."""
    weights = [file.path for _, file in weights_of(listing).by_format]
    has_adapter = any(_ADAPTER.search(file.path) for file in listing)
    return has_adapter and bool(weights) and all(_ADAPTER.search(path) for path in weights)


def code_files(listing: Sequence[Listed]) -> tuple[tuple[str, Listed], ...]:
    """Code in the repository by the fact it supports, the first file of each; whole names, not substrings."""
    found: dict[str, Listed] = {}
    for file, (fact, pattern) in ((file, role) for file in listing for role in _ROLES.items()):
        if fact not in found and pattern.search(file.path):
            found[fact] = file
    return tuple(sorted(found.items()))


def components(listing: Sequence[Listed]) -> tuple[str, ...]:
    """Folders that hold weights and a license file of their own."""
    with_weights = {top for _, file in weights_of(listing).by_format for top in _folder(file.path)}
    licensed = {
        folder for file in listing if terms_role(file.path) == "license" for folder in _folder(file.path)
    }
    return tuple(sorted(with_weights & licensed))


def component_of(path: str, known: Iterable[str]) -> str:
    """The component a file speaks of; "" for the whole."""
    return next((folder for folder in _folder(path) if folder in set(known)), "")


def _folder(path: str) -> tuple[str, ...]:
    return (path.split("/", 1)[0],) if "/" in path else ()


def _might_be_weights(file: Listed) -> bool:
    """A large file, or one of unknown size whose name says nothing; text and media by their extension not."""
    if _NOT_WEIGHTS.search(file.path) or terms_role(file.path):
        return False
    name, extension = file.path.rsplit("/", 1)[-1].lower(), _extension(file.path)
    if file.size is not None:
        return file.size >= _LARGE and extension not in _MEDIA
    return extension not in _HARMLESS and name not in _PLAIN_NAMES


def _extension(path: str) -> str:
    name = path.rsplit("/", 1)[-1].lower()
    return name.rpartition(".")[2] if "." in name else ""

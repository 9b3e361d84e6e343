"""What a file is by its name: weights of a known format, a kind that never is weights, or neither."""

import re
from functools import lru_cache

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
    "ptl": "pytorch",
    "pte": "executorch",
    "pdparams": "paddle",
    "pdiparams": "paddle",
    "pb": "tensorflow",
    "joblib": "joblib",
    "skops": "skops",
    "cbm": "catboost",
    "ubj": "xgboost",
    "ftz": "fasttext",
    "pkl": "pickle",
    "pickle": "pickle",
    "llamafile": "llamafile",
    "engine": "tensorrt",
    "mar": "torchserve",
    "t7": "torch",
    "caffemodel": "caffe",
    "params": "mxnet",
    "mnn": "mnn",
    "rknn": "rknn",
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
_RUNS_CODE = re.compile(
    r"\.(?:pt|pth|ckpt|pkl|pickle|dill|cloudpickle|joblib|bin|nemo|mar|t7|ptl|pte|npz|h5|hdf5|keras|pb|ot"
    r"|zip|engine|llamafile|exe|msi|params|pdparams|pdiparams|whl|jar|task)\Z"
    r"|_optim_states\.pt\Z",
    re.IGNORECASE,
)
"""Kinds that are or may hold a program: pickles, archives, executables, graphs with free operations."""
_PACKAGE_DATA = re.compile(
    r"\.mlpackage/|(?:^|/)variables/variables\.data-|\.data-\d{5}-of-\d{5}\Z", re.IGNORECASE
)
# A spaCy pipeline as it is published: a wheel, and one binary file called `model` for each trained part.
_SPACY = re.compile(
    r"-any-py3-none-any\.whl\Z|(?:^|/)(?:tok2vec|transformer|ner|parser|tagger|morphologizer|senter|spancat"
    r"|textcat(?:_multilabel)?|trainable_lemmatizer|entity_linker)/model\Z",
    re.IGNORECASE,
)
_SHARD = re.compile(r"(?:[.-]part-?(?:\d{1,5}of\d{1,5}|[a-z]|\d{1,3})|\.split-[a-z0-9]{1,4}|\.\d{3})\Z")
_HARMLESS = word_set(
    "md markdown mdx txt rst html htm css csv tsv log lock tex bib srt vtt patch diff license licence cff "
    "json jsonl yaml yml toml cfg ini xml conf proto jinja jinja2 j2 gitattributes gitignore gitkeep "
    "gitmodules dockerignore editorconfig ds_store py pyi typed ipynb sh bash bat ps1 js mjs ts c cc cpp h "
    "hpp cu go java rs rb lua swift kt sql tiktoken spm bpe vocab parquet arrow pdf docx pptx xlsx odt rtf"
)
_MEDIA = word_set("png jpg jpeg gif svg webp bmp ico tif tiff mp4 webm mov mp3 wav flac ogg pdf")
_PLAIN_NAMES = word_set(
    "makefile dockerfile readme version codeowners authors contributors citation changelog requirements "
    "latest procfile"
)
# A text that may hold a trained model all the same: trees of XGBoost or LightGBM, tfjs, OpenVINO.
_TEXT_MODEL = re.compile(
    r"(?:^|[/_.-])(?:models?|weights?|booster|xgb\w{0,20}|lgbm?\w{0,20}|lightgbm|catboost|checkpoint|ckpt"
    r"|params|estimator|classifier|regressor)(?:[_.-]?v?\d[\w.]{0,12})?\.(?:json|txt|xml|ya?ml|csv|tsv)\Z",
    re.IGNORECASE,
)
_TEXT_MODEL_FROM = 10_000
_LARGE = 10_000_000


@lru_cache(maxsize=16_384)
def weight_format(path: str) -> str | None:
    """The weight format a path promises by its name, or None."""
    if _NOT_WEIGHTS.search(path):
        return None
    if _PACKAGE_DATA.search(path):
        return "coreml" if ".mlpackage/" in path.lower() else "tensorflow"
    if _SPACY.search(path):
        return "spacy"
    return _FORMATS.get(extension_of(_SHARD.sub("", path)))


def may_run_code(path: str) -> bool:
    """Whether a file is of a kind that is, or may hold, a program that runs when the file is opened."""
    return ".mlpackage/" not in path.lower() and _RUNS_CODE.search(_SHARD.sub("", path)) is not None


def may_be_weights(path: str, size: int | None) -> bool:
    """Whether a file of no known weight format might hold weights all the same.

    Only kinds known not to be weights (text, configuration, tokenizers, pictures, code) are beyond doubt,
    and of these no file as large as weights are, unless it is a picture or a recording. `size` in bytes.
    """
    extension = extension_of(path)
    if size == 0 or _NOT_WEIGHTS.search(path) or extension in _MEDIA:
        return False
    name = path.rsplit("/", 1)[-1].lower()
    known = extension in _HARMLESS or name in _PLAIN_NAMES
    if not known or (size or 0) >= _LARGE:
        return True
    return _TEXT_MODEL.search(path) is not None and (size is None or size >= _TEXT_MODEL_FROM)


def extension_of(path: str) -> str:
    """What stands after the last dot of the name, in lower case; "" when there is no dot."""
    name = path.rsplit("/", 1)[-1].lower()
    return name.rpartition(".")[2] if "." in name else ""

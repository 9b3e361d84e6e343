"""Whether the Hub's count of elements is a count of parameters.

Of safetensors the Hub counts elements. GPTQ, AWQ, bitsandbytes and MXFP4 pack several parameters into one
integer, and masks are stored as integers too: then the total counts something else. Of a GGUF file it
gives the parameters that the header names.
"""

from collections.abc import Mapping
from typing import Any

from osaid_audit.gather.raw import Missed, Repository
from osaid_audit.gather.reading.files.smallfiles import is_json_object, json_object
from osaid_audit.resources import Pattern

# Types that hold a number as it is, one element each; I64 is a table of positions, never a weight.
_PLAIN = frozenset({"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "C64", "I64"})
_FULL = frozenset({"F64", "F32", "F16", "BF16", "C64", "I64", "BOOL"})
_NAMED = Pattern("origins", "packed_title")
_CONFIG = "config.json"
_KEYS = ("quantization_config", "quantization", "compression_config")


def counted(repository: Repository) -> tuple[str, ...]:
    """The blocks of the reply whose total is a number of parameters: `safetensors`, `gguf`."""
    return ("gguf",) if _may_be_packed(repository) else ("safetensors", "gguf")


def shows_packing(repository: Repository) -> bool:
    """Whether types, configuration or the name show weights that were quantized; silence shows nothing.

    Asks the reply and the name alone: what is wanted is decided before any config has come.
    """
    block = repository.info.get("safetensors")
    types = block.get("parameters") if isinstance(block, Mapping) else None
    if _is_quantized(repository.info.get("config")):
        return True
    if isinstance(types, Mapping) and types:
        return not {str(each) for each in types} <= _FULL
    return is_named_packed(repository.canonical)


def is_named_packed(name: str) -> bool:
    """Whether a repository or a title is named as a quantization: `m-7b-GGUF`, `m-7b.w4a16`."""
    return _NAMED.search(name) is not None


def _may_be_packed(repository: Repository) -> bool:
    """Whether types or configuration show packed weights, or could and were not seen."""
    block = repository.info.get("safetensors")
    types = block.get("parameters") if isinstance(block, Mapping) else None
    if not isinstance(types, Mapping) or not types or not {str(each) for each in types} <= _PLAIN:
        return True
    fetched = repository.files.get(_CONFIG)
    listed = any(file.path == _CONFIG for file in repository.listing)
    if listed and (isinstance(fetched, Missed) or (fetched is not None and not is_json_object(fetched))):
        return True
    return any(_is_quantized(data) for data in (repository.info.get("config"), json_object(fetched)))


def _is_quantized(config: Any) -> bool:
    return isinstance(config, Mapping) and any(config.get(key) for key in _KEYS)

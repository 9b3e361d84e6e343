"""Regular expressions for SQL (RE2), made from those of the readers: which texts a reader may look at twice.

SQL only leaves out what no reader looks at, and never judges. So a pattern here may match too much (then the
readers are asked for a case more) and must never match too little: they are taken from the readers' own
patterns, what RE2 does not know left out of them (a look to the side only ever narrows a match).
"""

import re
from collections.abc import Iterator
from functools import cache

from osaid_audit.gather.reading.files.codefiles import table
from osaid_audit.gather.reading.files.formats import (
    _FORMATS,
    _NOT_WEIGHTS,
    _PACKAGE_DATA,
    _SHARD,
    _SPACY,
    _TEXT_MODEL,
)
from osaid_audit.gather.reading.files.packing import _NAMED
from osaid_audit.gather.reading.files.plan import (
    _FOLDER_ADAPTER,
    _MERGE_RECIPE,
    _RECIPE,
    CONFIGS,
    LOADING_CONFIGS,
)
from osaid_audit.gather.reading.files.termsfiles import (
    _LICENSE,
    _LICENSE_FOLDER,
    _NOTICE,
    _POLICY,
    _SIDE_CARD,
    _TERMS,
)
from osaid_audit.gather.reading.files.weightfiles import _SAFE
from osaid_audit.gather.reading.files.weightsets import _CHECKPOINT
from osaid_audit.gather.reading.license.holding import _ADAPTER_TAGS
from osaid_audit.gather.reading.lineage.leads import _DERIVED_TAGS, _MISSPELT
from osaid_audit.gather.reading.words import LICENSE_KEY
from osaid_audit.sweep.facts.lookaround import without_lookaround

SAFE = tuple(sorted(ext for ext, kind in _FORMATS.items() if kind in _SAFE))
"""Endings of weights that hold numbers alone."""
_OTHER_WEIGHTS = tuple(sorted(set(_FORMATS) - set(SAFE)))
WEIGHTS = (*SAFE, *_OTHER_WEIGHTS)
_BETWEEN = r'(?:[^a-zA-Z0-9"]|\\["nrtbf\\/]|\\u[0-9a-fA-F]{4})*'
"""What a squashed key may have between its letters, in a text of JSON."""


def re2(pattern: "re.Pattern[str]", *, exactly: bool = False) -> str:
    """A reader's pattern for RE2, matching at least as much; `exactly` as much, if it does not look aside.

    Bounds of repetitions are left out: each of them is a state of the automaton.
    """
    text = pattern.pattern if exactly else _unbound(without_lookaround(pattern.pattern))
    text = text.replace(r"\Z", r"\z")
    return f"(?i:{text})" if pattern.flags & re.IGNORECASE else f"(?:{text})"


def _unbound(pattern: str) -> str:
    return re.sub(r"\{(\d+)(?:,\d*)?\}", lambda hit: "*" if hit[1] == "0" else "+", pattern)


@cache
def watched() -> str:
    """Paths that are kept as they are: some reader looks at more of them than their ending."""
    whole = "|".join(re.escape(path) for path in dict.fromkeys(("README.md", *CONFIGS, *LOADING_CONFIGS)))
    anywhere = (_PACKAGE_DATA, _SPACY, _TEXT_MODEL)
    full = (_MERGE_RECIPE, _RECIPE, _FOLDER_ADAPTER)
    names = [each for each in table().by_name.values() if each is not None]
    return "|".join(
        (
            r"[^\x20-\x7e]",
            f"^(?:{whole})$",
            r"(?:^|/)adapter_config\.json$",
            *map(re2, anywhere),
            re2(_SHARD, exactly=True),
            *_terms(),
            *(f"(?i:(?:^|/)(?:{re2(each)})$)" for each in (_SIDE_CARD, *names)),
            *(f"^(?:{re2(each)})$" for each in full),
            r"\.[^./]*[^A-Za-z0-9_./][^./]*$|[./]$",
        )
    )


@cache
def of_terms() -> str:
    """Paths that may hold terms or be a card: where one lies in a folder, the folders of weights matter."""
    return "|".join((*_terms(), "(?i:readme|model[_-]?card)", "[^ -~]"))


def _terms() -> Iterator[str]:
    """The patterns of names that promise terms; the readers fold the case, and look at a name alone."""
    for pattern in (_LICENSE, _TERMS, _POLICY, _NOTICE):
        anywhere = re.sub(r"(?<!\[)\^", "(?:^|/)", re2(pattern))
        yield f"(?i:{anywhere})"
    yield f"(?i:(?:^|/){re2(_LICENSE_FOLDER)}/)"


def never_weights() -> str:
    """Names that are never weights, whatever their ending."""
    return re2(_NOT_WEIGHTS, exactly=True)


def checkpoint() -> str:
    """The part of a path that names a step of the training: its number does not matter, how many do."""
    return re2(_CHECKPOINT, exactly=True)


def stems() -> str:
    """Names before which an ending means more: pickles of a known kind, and adapters."""
    names = "(?:diffusion_)?pytorch_model|adapter_model|pytorch_lora_weights"
    return f"(?:^|/)((?i:{names}))[^/]*\\.(?i:{'|'.join(WEIGHTS)})$"


def unsafe_weights() -> str:
    """Weights that are of none of the safe formats."""
    folders = (re2(_PACKAGE_DATA), re2(_SPACY), re2(_SHARD, exactly=True))
    return "|".join((f"(?i:\\.(?:{'|'.join(_OTHER_WEIGHTS)})$)", *folders))


def safe_weights() -> str:
    """Weights of a safe format, pieces of one among them."""
    return f"(?i:\\.(?:{'|'.join(SAFE)})(?:$|[.-]))"


@cache
def license_keys() -> str:
    """Keys of a card that may be a license key spelt otherwise."""
    return f"(?i:{'|'.join(sorted(map(re.escape, LICENSE_KEY.all)))})|[^\\x20-\\x7e]"


@cache
def base_keys() -> str:
    """Quoted keys, in a text of JSON, that may name a base without being `base_model`."""
    return f'(?i:"{_BETWEEN}(?:{"|".join(map(_spread, sorted(_MISSPELT - {"basemodel"})))}){_BETWEEN}"\\s*:)'


@cache
def base_model_keys() -> str:
    """Quoted keys that are `base_model` but for marks and case."""
    return f'(?i:"{_BETWEEN}{_spread("basemodel")}{_BETWEEN}"\\s*:)'


@cache
def derived() -> str:
    """Tags that only a derived model has, and those of an adapter."""
    return f"(?i:^\\s*(?:{'|'.join(sorted(_DERIVED_TAGS | _ADAPTER_TAGS))})\\s*$)"


def _spread(word: str) -> str:
    letters = [{"e": r"(?:e|è|È|\\u00[ec]8)", "i": r"(?:i|İ|\\u0130)"}.get(each, each) for each in word]
    return _BETWEEN.join(letters)


def packed() -> str:
    """Ids, of ASCII alone, by which a model is named as a quantization: the reader's own pattern."""
    return re2(_NAMED.compiled, exactly=True)

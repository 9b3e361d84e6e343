"""What a sentence is about: this model, the code, or another thing (data, a base, a past version).

A thing named beside the model ("the model and dataset are ...") takes nothing from what is said of the model.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from osaid_audit.resources import Pattern

Subject = Literal["model", "code", "other"]

_TOGETHER = Pattern("about", "together")
_MODEL = Pattern("about", "model")
_SUBJECTS: tuple[tuple[Subject, Pattern], ...] = (
    ("other", Pattern("about", "other")),
    ("code", Pattern("about", "code")),
    ("model", _MODEL),
)
_CUTS = Pattern("about", "cuts")
_VERB = Pattern("about", "verb")
_LICENSED = Pattern("about", "licensed")
_RELATIVE = Pattern("about", "relative")
_MARKS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2043\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | dict.fromkeys("\u00a0\u202f\u2009", " ")
)


def folded(text: str) -> str:
    """The text with one kind of hyphen and blank and without invisible marks."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_MARKS)).translate(_MARKS)


def subject(part: str) -> Subject | None:
    """What a part is about: the first thing it names, the model when it is named together with others."""
    if _TOGETHER.search(part):
        return "model"
    hits = [(found.start(), kind) for kind, pattern in _SUBJECTS if (found := pattern.search(part))]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def names_model(part: str) -> bool:
    """Whether the part names this model anywhere."""
    return bool(_TOGETHER.search(part) or _MODEL.search(part))


def parts(text: str) -> Iterator[str]:
    """The parts of a sentence that have a subject and a verb of their own; the rest stays together."""
    begin = 0
    for cut in _CUTS.finditer(text):
        if _is_cut(cut, text[begin : cut.start()], text[cut.end() : cut.end() + 200]):
            yield text[begin : cut.start()]
            begin = cut.end()
    yield text[begin:]


def _is_cut(cut: re.Match[str], left: str, right: str) -> bool:
    """Whether something new begins here: "..., a dataset under ..." but not "the model and dataset"."""
    if cut["hard"] or _LICENSED.search(left) or _RELATIVE.match(right):
        return True
    return bool(_VERB.search(left)) and (cut[0].startswith(",") or bool(_VERB.search(right)))

"""What a sentence is about: this model, the code, or another thing (data, a base, a past version).

A thing named beside the model ("the model and dataset are ...") takes nothing from what is said of the model.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

Subject = Literal["model", "code", "other"]

_MODEL = r"(?:models?|modèles?|weights?|poids|checkpoints?|parameters|adapters?)(?! (?:cards?|training|data))"
_THING = (
    r"(?:data|datasets?|corpus|code|codebase|software|scripts?|demos?|paper|documentation|tokenizer|samples?"
    r"|outputs?|images?|texts?|données|jeux? de données|logiciel)"
)
_JOIN = r"(?:\s{0,2},\s{0,2}(?:(?:and|or|et|ou) )?|\s(?:and|or|&|as well as|et|ou|ainsi que)\s|\s?/\s?)"
_DETERMINER = r"(?:(?:the|our|its|all|any|this|these|les?|la|ces?|cette|nos) )?(?:[\w-]{1,30} ){0,2}?"
_TOGETHER = re.compile(
    rf"\b(?:{_MODEL}{_JOIN}{_DETERMINER}{_THING}|{_THING}{_JOIN}{_DETERMINER}{_MODEL})\b", re.IGNORECASE
)
_SUBJECTS: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            r"^\W{0,4}[\w.-]{1,96}/[\w.-]{1,96}\s{0,2}:|\b(?:base|original|parent|teacher|upstream"
            r"|underlying|reward|source|foundation|backbone|reference|(?:earlier|older|previous|other)(?:"
            r" \w+)?)"
            r" (?:language )?(?:models?|versions?|releases?)\b"
            r"|\b(?:data|datasets?|corpus|corpora|paper|article|documentation"
            r"|images?|outputs?|logos?|icons?|icon set|figures?|samples?|voices?|screenshots?|photos?|fonts?"
            r"|generated|texts?|benchmarks?|tokenizer|vocabulary|website|blog|demos?|which|whose|dont|données"
            r"|jeux? de données|illustrations?|exemples?|anciennes? versions?|versions? précédentes?)\b"
            r"|\bmodels?(?:['\u2019]s)? (?:card|training data|data)\b|\bmodèle de base\b",
            re.IGNORECASE,
        ),
    ),
    (
        "code",
        re.compile(
            r"\b(?:code ?base|source code|code(?!(?: llm| language)? models?)|scripts?|library|libraries"
            r"|implementation|software|framework|logiciel)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "model",
        re.compile(
            r"\b(?:models?|modèles?|weights?|poids|checkpoints?|parameters|repository|repo|dépôt|release"
            r"|adapters?|lora|this work|cette œuvre)\b",
            re.IGNORECASE,
        ),
    ),
)
_CUTS = re.compile(
    r"(?P<hard>[;|]\s+)|(?:,|\s+(?:and|while|but|whereas|et|mais|tandis que))\s+"
    r"(?=(?:and |while |but )?(?:the|our|its|this|these|all|an?|which|we|models?|weights|code|data|datasets?"
    r"|le|la|les|ce|cette|ces|poids|données)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:train(?:ed|s)?|fine-?tun\w{1,4}|evaluated?|used?|is|are|was|were|has|have|had|can|may|must|will|est|sont|peut|doit|peuvent|doivent)\b|[:|]",
    re.IGNORECASE,
)
_LICENSED = re.compile(r"licen[cs]|apache|\bmit\b|\bcc\b|\bcc-by|\bgpl", re.IGNORECASE)
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
    return bool(_TOGETHER.search(part) or _SUBJECTS[2][1].search(part))


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
    if cut["hard"] or _LICENSED.search(left) or right[:6].lower().startswith(("which", "whose", "dont")):
        return True
    return bool(_VERB.search(left)) and (cut[0].startswith(",") or bool(_VERB.search(right)))

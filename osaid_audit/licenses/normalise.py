"""A license text as a sequence of plain words, so that two copies compare word for word.

What may differ without a meaning is taken away on both sides: case, quotes, dashes, Markdown marks, list
markers where a line begins, and copyright lines of the strict form year, holder and nothing more. A
copyright line with anything else on it stays whole, for a restriction may hide there.
"""

import html
import re
import unicodedata

Words = tuple[str, ...]
MAX_PLAIN = 400_000
"""Characters kept once compatibility forms are unfolded; some of them grow eighteenfold."""

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_FENCE = re.compile(r"^\s*(?:```|~~~)[a-z]{0,12}\s*$")
_RULE = re.compile(r"^\s*(?:[-=*_~#+]\s?){3,}$")
_TAG = re.compile(
    r"</?(?:p|br|b|i|em|strong|pre|code|h[1-6]|ul|ol|li|div|span|center|hr)\s{0,3}/?>", re.IGNORECASE
)
_LINK = re.compile(r"\[([^\][]{1,300})\]\(([^()\s]{1,300})\)")
_MARKER = re.compile(
    r"^[\s>#*_|]*(?:(?:section\s+)?\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,5})[.)](?=\s|$)|[-*+•o]\s)[\s*_]*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+|[$€£%+]")
_SAME = {
    "licence": "license",
    "licences": "licenses",
    "licenced": "licensed",
    "https": "http",
    "sublicence": "sublicense",
}
_FOLDED = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})

_YEAR_RANGE = r"\d{4}(?:(?:\s*[-\u2013\u2014,/]\s*|\s+to\s+)(?:\d{4}|\d{2}|present|now))*"
_YEARS = rf"(?:{_YEAR_RANGE}|[\[<{{(]?y{{2,4}}[\]>}})]?|[\[<{{]years?[\]>}}])"
_SIGN = r"(?:copyright|\(c\)|©|\u24b8)"
_COPYRIGHT = re.compile(
    rf"^[\s>#*_/|;]*{_SIGN}(?:\s*:)?(?:\s*{_SIGN})?\s*{_YEARS}[,:]?\s*(?:by\s+)?(?P<holder>[^\n]{{0,120}})$",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"[.,;]?\s*all rights? reserved\.?\s*$", re.IGNORECASE)
_HOLDER = re.compile(
    r"(?:[^\W\d_][\w&'./+-]*|\d[\w.-]*|<?[\w.+-]{1,60}@[\w.-]{1,60}>?|<?https?://[\w.-]{1,60}/?>?|[,&()])"
)
_SMALL = frozenset(
    {"of", "the", "and", "for", "de", "van", "von", "der", "individual", "contributors", "authors", "others"}
    | {"et", "al", "al.", "developers", "project", "team"}
)
"""The only words of a holder that may begin with a small letter."""
_MAX_HOLDER_WORDS = 8
_PLACEHOLDER = re.compile(
    r"^[\[<{(]?\s*(?:(?:full\s*)?names?|name of (?:copyright )?(?:owner|author)|(?:the )?copyright holders?"
    r"|owner|author|organization|your name)(?:\s*\([^()]{0,40}\))?\s*[\]>})]?\.?$",
    re.IGNORECASE,
)
_OPERATIVE = re.compile(
    r"^(?:an?|any|no|not|non|only|except|unless|shall|may|must|can|cannot|will|is|are|be|us(?:e|ed|es|er|ers|ing|age)"
    r"|with(?:out|in)?|this|that|these|those|to|in|on|by|from|if|under|as|or|it|its|free|rights?|terms?|fees?"
    r"|paid|sales?|sold|sell|eu|us|outside|inside|nicht|keine?|nur|f[uü]r|ne|pas|sans|pour|seulement|uniquement"
    r"|solo|sin|para|uso|(?:commerc|noncommerc|research|recherch|forsch|academ|educat|person|purpos|zweck|fins"
    r"|permi|prohib|interdi|forbid|verbot|restrict|licen[cs]|subject|software|model|weight|evaluat|internal|milit"
    r"|revenue|distribut|modif|train|compet|countr|citizen|resident|exclu|includ|agree|condition|gewerb|kommerz"
    r"|nichtkomm|redistrib|reproduc|deriv).*)$",
    re.IGNORECASE,
)
"""Words that say something: a copyright line that holds one of them is no mere name."""


def words(text: str) -> Words:
    """The words of the text, copyright lines and marks taken away."""
    return tuple(word for line in lines(text) for word in line)


def lines(text: str) -> tuple[Words, ...]:
    """The words of each line that has any, as `words` gives them."""
    found = (_line_words(line) for line in _plain(text).split("\n"))
    return tuple(line for line in found if line)


def is_copyright_line(line: str) -> bool:
    """Whether a line is year and holder and nothing more."""
    hit = _COPYRIGHT.match(line.rstrip())
    if hit is None:
        return False
    holder = _RESERVED.sub("", hit["holder"]).strip(" \t.*_")
    return not holder or _PLACEHOLDER.match(holder) is not None or _is_name(holder)


def _is_name(holder: str) -> bool:
    parts = holder.replace(",", " , ").replace("(", " ( ").replace(")", " ) ").split()
    said = re.findall(r"[\w'-]+", holder)
    shaped = all(_HOLDER.fullmatch(part) and (not part[0].islower() or _small(part)) for part in parts)
    return shaped and 0 < len(said) <= _MAX_HOLDER_WORDS and not any(map(_OPERATIVE.match, said))


def _small(part: str) -> bool:
    return part.rstrip(".") in _SMALL or "@" in part or part.startswith("http")


def _plain(text: str) -> str:
    one = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    one = unicodedata.normalize("NFKC", html.unescape(_INVISIBLE.sub("", one)))[:MAX_PLAIN]
    return _TAG.sub(" ", one.translate(_FOLDED))


def _line_words(line: str) -> Words:
    if _FENCE.match(line) or _RULE.match(line) or is_copyright_line(line):
        return ()
    # A link whose text is its own address says it once.
    line = _LINK.sub(lambda hit: hit[1] if hit[1].strip() == hit[2].strip() else f"{hit[1]} {hit[2]}", line)
    bare = _MARKER.sub("", line)
    found = _WORD.findall(bare.replace("'", "").lower())
    return tuple(_SAME.get(word, word) for word in found)

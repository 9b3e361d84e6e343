"""Words that might grant something: while one stands on a page, nobody can say that nothing is granted.

The list errs on the long side on purpose: a hit never makes a conclusion, it only keeps an absence open.
"""

import re
from collections.abc import Iterator

from osaid_audit import licenses
from osaid_audit.gather.reading.about import folded
from osaid_audit.gather.reading.card import Card
from osaid_audit.gather.reading.words import TERMS_WORD, word_set

_GRANTS = re.compile(
    r"\bfree(?:ly)? (?:to (?:use|download|copy|modify|share|redistribute|adapt)|for|use|usage|of (?:use"
    r"|charge)"
    r"|available|usable|distribut\w+|redistribut\w+|modif\w+|used|shared|licensed)\b|\bfor free\b|\bfree"
    r" model\b"
    r"|\bfeel free\b|\buse\w* (?:it |them |this model |the model )?(?:freely|for free|as you (?:like|wish"
    r"|want|please))"
    r"|\bwhat(?:ever|soever)? you (?:like|want|wish|please)\b|\b(?:any|every|whatever) purposes?\b"
    r"|\b(?:without|no)(?: any)? (?:restrictions?|limits?|limitations?|strings)\b|\bunrestricted\b"
    r"|\b(?:may|can) (?:be )?(?:freely|copy|copied|modify|modified|redistribut\w+|shared?|use(?:d)? (?:it"
    r"|this|the"
    r"|by anyone|commercially|for any))\b|\byou (?:are allowed|have (?:the )?permission|may use)\b"
    r"|\bpermission\b"
    r"|\bpermissive\w*|\bcopyleft\b|\bopen[- ]?(?:sourced|weights?|access)\b|\b(?:is|are|was|been|made|fully"
    r"|released(?: as)?) (?:an? |fully |now |free and ){0,2}open[- ]?source\b|\bpublic domain\b|\bunlicense\b"
    r"|\bcommercial(?:ly)?\b|\brights?\b.{0,30}\b(?:grant|waive)|\bgrant(?:s|ed)?\b.{0,40}\b(?:use|right"
    r"|permission)"
    # French
    r"|\blibre(?:s|ment)?\b|\bgratuit\w{0,6}\b|\bpermission\b|\bautorisée?s?\b|\bpour tous\b|\btout usage\b"
    r"|\bsans (?:aucune )?(?:restriction|limitation)|\bcommercial\w*|\bcode source ouvert\b|\bdomaine"
    r" public\b"
    r"|\bpouvez (?:l['\u2019])?(?:utiliser|modifier|redistribuer|partager|copier)"
    # German, Dutch, Spanish, Portuguese, Italian and others
    r"|\b(?:frei|kostenlos|gratis|nutzbar|erlaubt|gestattet|nutzung|vrij|toegestaan|gebruik)\b"
    r"|\b(?:libre\w*|livre\w*|liber[oai]\w*|gratuit[oa]|permitid[oa]|permite|consentit[oa]|permess[oa]|uso"
    r"|utilizzo"
    r"|cualquier|qualquer|qualsiasi)\b|\b(?:wolno|dowolny\w*|bezpłatn\w*|darmow\w*|fritt?|gratis|vapaa\w*)\b"
    r"|свободн|бесплатн|разреш|免费|免費|自由|开源|開源|無料|自由に|オープンソース|무료|자유|오픈\s?소스|مجاني",
    re.IGNORECASE,
)
_ID = re.compile(
    r"(?<![\w./-])(?:[A-Z][A-Z0-9]{2,11}|[A-Za-z0-9]{2,20}(?:-[A-Za-z0-9.]{1,20}){1,4})(?![\w/-])"
)
_ORDINARY = word_set("json tcl ntp w3c mit-press xpp icu ijg")
_MAX_TOKENS = 400


def may_grant(card: Card) -> bool:
    """Whether any word, name, badge or address of a page may be a grant."""
    return any(_grants(folded(text)) for text in _texts(card)) or any(
        licenses.resolve_link(link.url).known for link in card.links()
    )


def _texts(card: Card) -> Iterator[str]:
    for block in card.blocks:
        yield block.text
        yield from (image.text for image in block.images)
    yield from (title for _, title in card.headings)


def _grants(text: str) -> bool:
    if _GRANTS.search(text) or TERMS_WORD.search(text):
        return True
    tokens = list(dict.fromkeys(_ID.findall(text)))[:_MAX_TOKENS]
    return any(token.lower() not in _ORDINARY and licenses.lookup(token) for token in tokens)

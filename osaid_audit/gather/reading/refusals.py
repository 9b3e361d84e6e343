"""Refusals to describe the data or to publish the training code, bound only where no doubt is left.

A refusal can fail a rule, so it must be complete in itself and about this model: nothing that limits it to
a place, a person or a time, no quotation, and nothing behind it that gives what it seems to refuse.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from osaid_audit.gather.reading.card import Block, Card, Sentence

_WE = r"we (?:do not|don't|will not|won't|cannot|can't|can not|are not able to|are unable to"
_WE_CODE = rf"{_WE}|have not|haven't|did not) (?:publicly |plan to )?"
_WE_DATA = rf"{_WE}|have not|haven't|did not|have decided not to|chose not to) (?:publicly )?"
_DATA = r"(?:pre-?)?training (?:data(?:set)?s?|corpus|corpora|mixture|data sources?)"
_PART = (
    r"(?:(?:details?|information|composition|contents?|sources?|make-?up|description) "
    r"(?:of|about|on|regarding|for) )"
)
_TELL = (
    r"(?:disclose|describe|reveal|document|(?:share|provide|give) (?:any |further |more )?"
    r"(?:details|information)(?: (?:about|on|of|regarding))?)"
)
_OUR = r"(?:the |our |its |its own |any |full |exact |specific )*"
_DONE = r"(?:(?:publicly )?(?:disclosed|revealed|described|documented)|undisclosed|confidential|withheld)"
_NOT_YET = r"(?:is|are|has been|have been|remains?|will be|will remain)"
_DATA_FR = r"(?:données|corpus|jeux? de données) d['\u2019]entra[iî]nement"
_PART_FR = r"(?:le détail|la composition|le contenu|les sources)"
_WHY = (
    r"(?: (?:of|for|used for|used to train) (?:this|the|our) models?| de ce modèle)?"
    r"(?: publicly| to the public| publiquement| au public)?"
    r"(?:,? (?:for|due to|because of|pour des|en raison de) [\w ,'\u2019-]{1,60})?"
)
_LEAD = r"(?:(?:for|due to|because of|pour des|en raison de) [\w '\u2019-]{1,60}, )?"


def _whole(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{'|'.join(forms)}){_WHY}[.!]?\Z", re.IGNORECASE)


_WITHHELD = {
    "data.withheld": _whole(
        rf"{_WE_DATA}{_TELL} {_OUR}{_PART}?{_OUR}{_DATA}",
        rf"(?:the |our )?{_PART}{_OUR}{_DATA} {_NOT_YET} (?:not (?:be |been )?)?"
        r"(?:publicly )?(?:disclosed|revealed|described|documented|shared|provided|undisclosed|confidential"
        r"|withheld)",
        rf"(?:the |our ){_DATA} (?:(?:is|are|was|were|has been|have been|will be) )?"
        rf"(?:(?:is|are|has|have|will) )?(?:not (?:be |been )?)?{_DONE}",
        rf"nous ne (?:divulguons|communiquons|décrivons|détaillons|documentons|révélons) pas"
        rf"(?: publiquement)?(?: {_PART_FR})?(?: (?:de|des|du|les|nos|notre|le|de nos)){{0,2}} {_DATA_FR}",
        rf"(?:les |nos |{_PART_FR} (?:des |de nos ))(?:données) d['\u2019]entra[iî]nement"
        r" (?:ne sont|n['\u2019]est|n['\u2019]ont|ne seront) pas (?:été )?(?:publiquement )?"
        r"(?:divulgu|décrit|document|communiqu|révél)(?:é?e?s?)",
    ),
    "code.training_withheld": _whole(
        rf"{_WE_CODE}(?:release|provide|publish|share|open-?source|make available) (?:the |our |any )?"
        r"training (?:code|scripts?|pipeline)",
        r"(?:the |our )training (?:code|scripts?|pipeline) (?:is|are|was|were|has|have|will) not "
        r"(?:be |been )?(?:publicly )?(?:released|available|public|published|open-?sourced|provided|shared)",
        r"(?:le|notre) code d['\u2019]entra[iî]nement n['\u2019](?:est|a|sera) pas (?:été )?"
        r"(?:publié|disponible|public|fourni|ouvert|diffusé)",
        r"nous ne (?:publions|fournissons|diffusons|partageons) pas (?:le|notre) code"
        r" d['\u2019]entra[iî]nement",
    ),
}
_TURNS = re.compile(
    r"\b(?:but|however|nevertheless|instead|see|find|found|described?|below|above|available|here|link\w{0,2}"
    r"|released?|publish\w{0,3}|provided?|refer|paper|report|github|contact|request|except|still|yet|soon"
    r"|we do|mais|cependant|toutefois|voir|ci-dessous|ci-dessus|disponibles?|décrit\w{0,2}|ici"
    r"|publi\w{1,3}|bientôt)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]")
_SAID = re.compile(r"(?:[:\u2026]|\bsa(?:id|ys)|\bstates?d?|\bécrit)\W{0,4}\Z", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:base|original|parent|teacher|upstream|previous|reference|related|other)\b", re.IGNORECASE
)


def refusals(card: Card) -> Iterator[tuple[str, Sentence]]:
    """The refusals of a card: the fact each one states, and its sentence."""
    told = [(block, sentence) for block in card.blocks for sentence in block.sentences()]
    end = (Block(((0, ""),), ()), Sentence("", 0, ()))
    before = end[1]
    for (block, sentence), (after, following) in pairwise([*told, end]):
        linked = block.links or (after.headings == block.headings and after.links)
        plain = not linked and not _is_about_others(sentence, card.title)
        for fact, pattern in _WITHHELD.items() if plain else ():
            if pattern.match(sentence.text) and _stands_alone(sentence, before, following):
                yield fact, sentence
        before = sentence


def _is_about_others(sentence: Sentence, title: str) -> bool:
    return any(heading != title and _OTHERS.search(heading) for heading in sentence.headings)


def _stands_alone(sentence: Sentence, before: Sentence, after: Sentence) -> bool:
    """Whether nothing around a sentence quotes it or takes it back."""
    if _QUOTED.search(sentence.text) or _SAID.search(before.text):
        return False
    return after.headings != sentence.headings or not _TURNS.search(after.text)

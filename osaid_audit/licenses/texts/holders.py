"""Which phrases are the name of a copyright holder, or of several: each word has the shape of a name.

What says something, in the languages people write restrictions in, is no name.
"""

import re
import unicodedata
from functools import lru_cache

MAX_HOLDER_WORDS = 14
_MAX_UNCONFIRMED, _MAX_CONFIRMED = 4, 8
"""A longer name must contain a word that only organizations bear."""
_MAX_ALL, _MAX_CAMEL, _MAX_PIECES = 6, 12, 3
"""Words of names without an organization, letters of one with inner capitals, parts of one with hyphens."""
_PART = re.compile(
    r"<?[\w.+-]{1,60}(?:@|\s?\(at\)\s?)[\w.-]{1,80}>?|[<(]?(?:https?://|www\.)[\w.-]{1,80}/?[>)]?"
    r"|[^\W_](?:[\w&'\u2019/+*!-]*[\w+*!])?\.?|[,&();]|\S"
)
_NAME = re.compile(
    r"[^\W\d_](?:[\w&'\u2019/+*!-]*[\w+*!])?\.?|(?:19|20)\d\d\.?|\d(?=[\w-]*[^\W\d_])[\w-]{0,7}\.?"
)
_CONTACT = re.compile(r"<?[\w.+-]+(?:@|\s?\(at\)\s?)[\w.-]+>?|[<(]?(?:https?://|www\.)[\w.-]+/?[>)]?")
_DOTTED = re.compile(
    r"(?:[a-z]|inc|ltd|llc|corp|co|jr|sr|dr|st|mr|ms|prof|gmbh|bv|nv|sa|srl|plc|et|al|univ|inst|dept|bros|ph\.?d|mfg|intl)\.",
    re.IGNORECASE,
)
_SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "les",
        "el",
        "du",
        "des",
        "et",
        "al",
        "y",
        "e",
        "individual",
        "contributors",
        "authors",
        "author",
        "others",
        "other",
        "developers",
        "project",
        "team",
        "its",
        "their",
        "community",
        "contributor",
        "maintainers",
    ]
)
"""The only words of a name that may begin with a small letter."""
_BODY = frozenset(
    [
        "inc",
        "ltd",
        "llc",
        "llp",
        "corp",
        "corporation",
        "company",
        "co",
        "gmbh",
        "ag",
        "sa",
        "sas",
        "srl",
        "bv",
        "nv",
        "oy",
        "ab",
        "plc",
        "limited",
        "incorporated",
        "pty",
        "kk",
        "ev",
        "university",
        "universitat",
        "universität",
        "universidad",
        "universite",
        "université",
        "universiteit",
        "college",
        "institute",
        "institut",
        "institution",
        "foundation",
        "association",
        "society",
        "consortium",
        "laboratory",
        "laboratories",
        "labs",
        "lab",
        "department",
        "ministry",
        "academy",
        "school",
        "regents",
        "trustees",
        "board",
        "council",
        "commission",
        "committee",
        "centre",
        "center",
        "agency",
        "bureau",
        "contributors",
        "authors",
        "developers",
        "team",
        "project",
        "community",
        "maintainers",
        "group",
        "organization",
        "hochschule",
        "technologies",
        "systems",
        "networks",
    ]
)
"""Words that show an organization or a body of people."""
_AFTER_BODY = frozenset(
    ["inc", "ltd", "llc", "llp", "corp", "gmbh", "plc", "srl", "bv", "nv", "incorporated"]
)
_FOR_AFTER = frozenset(
    [
        "center",
        "centre",
        "institute",
        "foundation",
        "society",
        "association",
        "council",
        "agency",
        "laboratory",
        "academy",
    ]
)
_OPERATIVE = re.compile(
    r"^(?:an?|any|all|for|no|none|not|non|never|only|solely|except\w*|unless|shall|may|might|must|can|cannot|could|would|should|will"
    r"|is|are|be|been|was|has|have|had|do|does|please|you|your|he|she|they|we|us|our|who|whom|whose|which|what|when|where|while"
    r"|us(?:e|ed|es|er|ers|ing|age|able)|with\w*|this|that|these|those|to|in|into|onto|on|off|out|by|from|if|under|over|above"
    r"|below|upon|until|till|before|after|between|against|as|or|nor|it|free\w*|rights?|terms?|fees?|pay\w*|paid|sale\w*|sold|sell\w*|buy\w*"
    r"|eu|usa?|uk|outside|inside|void|valid|limit\w*|every|each|some|both|either|neither|such|own\w*|more|less|than"
    r"|commerc\w*|noncommerc\w*|nonprofit|profit\w*|academ(?:ic|ical|ics)|stud(?:y|ies|ent)\w*|teach\w*|class\w*room\w*"
    r"|person\w*|privat\w*|purpose\w*|permi\w*|prohib\w*|forbid\w*|forbad\w*|ban|banned|bans|restrict\w*|licen[cs]\w*|subject\w*|models?"
    r"|weights?|outputs?|parameter\w*|evaluat\w*|intern(?:al|e|es|ally)|milit\w*|revenue\w*|distribut\w*|modif\w*|train\w*|compet\w*|countr\w*|citizen\w*"
    r"|resident\w*|exclu\w*|includ\w*|agree\w*|condition\w*|redistrib\w*|reproduc\w*|deriv\w*|allow\w*|requir\w*|consent\w*|approv\w*"
    r"|confident\w*|secret\w*|propriet\w*|trial\w*|demo|test\w*|beta|expir\w*|revo[ck]\w*|terminat\w*|transfer\w*|deploy\w*|product(?:s|ion\w*)?"
    r"|hobby\w*|adult\w*|children|business\w*|enterprise\w*|government\w*|compan(?:ies)|schools|universities|commons|clause|polic\w*|disclos\w*"
    r"|copy|copies|copying|share|sharing|host\w*|serv(?:e|es|ing)|run|running|access\w*|ask|contact|email|see|call|grant\w*|reserv\w*|waiv\w*|apply|applies"
    # German
    r"|nicht\w*|kein\w*|nur|f[uü]r|zum|zur|zu|ohne|mit|auf|aus|im|bei|ist|sind|darf|d[uü]rfen|muss|m[uü]ssen|verbot\w*|untersag\w*|erlaub\w*|gestatt\w*"
    r"|forsch\w*|zweck\w*|gewerb\w*|kommerz\w*|nutz\w*|gebrauch\w*|verwend\w*|einsatz\w*|lern\w*|lehr\w*|ausland\w*|alle|rechte|vorbehalten"
    r"|ausschlie\w*|privatgebrauch|eigengebrauch|schul\w*|verkauf\w*|weitergabe\w*"
    # French
    r"|ne|pas|sans|pour|seulement|uniquement|exclusivement|usages?|utilis\w*|interdi\w*|r[eé]serv\w*|recherch\w*|fins|non|aux?|sous|sur|par|dans|hors"
    r"|p[eé]dagog\w*|essai\w*|vente\w*|vendre|tous|droits|autoris\w*|strictement|associatif\w*|militaire\w*"
    # Spanish, Italian, Portuguese, Dutch
    r"|solo|s[oó]lo|sin|para|uso|usos|fines|prohib\w*|venta\w*|investig\w*|estudiant\w*|ning[uú]n\w*|soltanto|per|vietat\w*|senza|didatt\w*|ricerca"
    r"|somente|apenas|sem|proibid\w*|avalia\w*|pesquisa|alleen|voor|niet|geen|gebruik\w*|verboden|zonder|onderzoek\w*"
    # Swedish, Danish, Norwegian, Finnish, Hungarian
    r"|endast|bara|ej|icke|inte|ikke|kun|kommers\w*|forskning\w*|till|ei|vain|kaupalli\w*|k[aä]ytt[oö]\w*|tutkimus\w*"
    r"|csak|nem|kutat[aá]s\w*|kereskedelmi|tilos"
    # Polish, Czech, Slovak, Croatian, Romanian
    r"|tylko|nie|bada[nń]\w*|niekomerc\w*|komerc\w*|zakaz\w*|pouze|jen|v[yý]zkum\w*|nekomer\w*|zak[aá]z\w*|iba|len|samo|istra[zž]iv\w*"
    r"|doar|numai|cercet\w*|necomercial\w*|interzis\w*"
    # Turkish, Indonesian, Vietnamese
    r"|sadece|yaln\wzca|ara[sş]t\wrma\w*|ticari\w*|kullan\wm\w*|yasak\w*|olmayan|i[cç]in|tidak|hanya|untuk|riset|penelitian|komersi\w*"
    r"|dilarang|ch[iỉ]|nghi[eê]n|c[uứ]u|kh[oô]ng|th[uươ]+ng|m[aạ]i|c[aấ]m|forbidden|barred|banned|denied|excluded|excepted)$",
    re.IGNORECASE,
)
"""Words that say something, in the languages people write restrictions in: no name is made of them."""
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:(?:19|20)\d\d|\d\d))?")
_AFTER_COMMA = _BODY | {"s.a", "s.r.l", "b.v", "n.v", "jr", "sr", "ph.d", "phd", "others"}
_CROWD = frozenset(["contributors", "developers", "project", "authors", "team", "maintainers", "community"])
_FIELD = re.compile(r"^(?:research\w*|scien\w*|educat\w*|medic\w*|health\w*)$")
"""Fields of work: one in a name is usual ("Acme Research"), alone or twice they may be a limit."""
_KNOWN = re.compile(r"\bfree software foundation\b", re.IGNORECASE)
"""A holder whose name would otherwise not pass."""


def is_holder(raw: str) -> bool:
    """Whether the phrase is a name, or several of them, each short or that of an organization."""
    parts = _PART.findall(_KNOWN.sub("Acme Foundation", raw.strip()))
    if not parts or sum(_is_word(part) for part in parts) > MAX_HOLDER_WORDS + 2 * raw.count("@"):
        return False
    if parts[-1] in {"(", "&"} or parts[0] in {",", ";", ")"} or not _plain_words(raw, parts):
        return False
    said = [(at, word) for at, part in enumerate(parts) for word in _said(part)]
    if any(_OPERATIVE.match(word) and not _belongs(parts, at) for at, word in said):
        return False
    return (
        all(_fits(part) or _of_crowd(parts, at) for at, part in enumerate(parts))
        and _inner_dots(parts)
        and _segments(parts)
    )


def confirmed(raw: str) -> bool:
    """Whether a name contains a word that only organizations bear."""
    return any(word.lower() in _BODY for word in re.findall(r"[^\W\d_]+", raw))


def _plain_words(raw: str, parts: list[str]) -> bool:
    """Whether a name is in Latin letters, in words of ordinary length and number."""
    if not all(_latin(letter) for letter in raw if not letter.isascii() and letter.isalpha()):
        return False
    words = [part for part in parts if _is_word(part) and not _CONTACT.fullmatch(part)]
    pieces = [re.findall(r"[^\W_]+", word) for word in words]
    if any(len(each) > _MAX_PIECES for each in pieces):
        return False
    if any(len(word) > _MAX_CAMEL and re.search(r"[a-z][A-Z]", word) for word in words):
        return False
    named = [piece for each in pieces for piece in each if piece.lower() not in _SMALL]
    return len(named) <= _MAX_ALL or confirmed(raw)


@lru_cache(maxsize=4096)
def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")


def _is_word(part: str) -> bool:
    return part[0].isalnum()


def _said(part: str) -> list[str]:
    """The words of a part; addresses say nothing unless words are strung together in them."""
    return [] if _CONTACT.fullmatch(part) and "-" not in part else re.findall(r"[^\W_]+", part)


def _belongs(parts: list[str], at: int) -> bool:
    """Whether an operative word belongs to a name: "Center for ...", "Institute of ... on ..."."""
    before = [part.rstrip(".").lower() for part in parts[:at]]
    return parts[at].lower() == "for" and bool(before) and before[-1] in _FOR_AFTER


def _fits(part: str) -> bool:
    if part in {",", "&", "(", ")", ";", "for"} or _CONTACT.fullmatch(part):
        return True
    if not _NAME.fullmatch(part):
        return False
    return not part[0].islower() or part.rstrip(".").lower() in _SMALL or _camel(part)


def _of_crowd(parts: list[str], at: int) -> bool:
    """The name of a project before "contributors", "developers" and the like may be in small letters."""
    named = re.fullmatch(r"[a-z][a-z0-9+-]{1,30}", parts[at]) is not None
    return named and at + 1 < len(parts) and parts[at + 1].rstrip(".").lower() in _CROWD


def _camel(part: str) -> bool:
    """`mpi4py`, `deepset`: a single small-letter name is a name when it has a digit or capital inside."""
    return any(each.isupper() or each.isdigit() for each in part[1:])


def _inner_dots(parts: list[str]) -> bool:
    """A full stop inside a name only after an abbreviation or an initial."""
    return all(
        not part.endswith(".") or _DOTTED.fullmatch(part) is not None for part in parts[:-1] if _is_word(part)
    )


def _segments(parts: list[str]) -> bool:
    """Between commas, "and" and brackets: four words at most, or an organization."""
    segment: list[str] = []
    before = ""
    for part in [*parts, ","]:
        if part in ",&();" or part.lower() in {"and", "et", "und"} or _CONTACT.fullmatch(part):
            if not _one_name(segment) or (segment and before in {",", ";", "("} and not _may_follow(segment)):
                return False
            segment, before = [], part if segment or before not in {",", ";", "("} else before
        else:
            segment.append(part.rstrip(".").lower())
    return True


def _may_follow(segment: list[str]) -> bool:
    """What may stand in brackets or after a comma: a form of company, a crowd, a holder with a year."""
    if _YEAR.fullmatch(segment[0]):
        return True
    if all(word in _AFTER_COMMA or word in _SMALL for word in segment):
        return True
    return bool({segment[0], segment[-1]} & _BODY)


def _one_name(segment: list[str]) -> bool:
    named = [word for word in segment if word not in _SMALL or word in _BODY]
    for at, word in enumerate(segment[:-1]):
        if word in _AFTER_BODY and segment[at + 1] not in _BODY | {"of"}:
            return False
    fields = [word for word in named if _FIELD.match(word)]
    if len(fields) > 1 or (fields and len(named) == 1):
        return False
    return len(named) <= _MAX_UNCONFIRMED or (
        len(named) <= _MAX_CONFIRMED and any(word in _BODY for word in segment)
    )

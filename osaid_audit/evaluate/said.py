"""Values of facts as people say them, for the `{fact}` places in a rule's texts."""

from osaid_audit.schema.base import FactValue, Lang
from osaid_audit.schema.licenses import UNIDENTIFIED

_NOTHING: dict[Lang, str] = {"en": "nothing found", "fr": "rien de trouvé"}
_YES: dict[Lang, str] = {"en": "yes", "fr": "oui"}
_NO: dict[Lang, str] = {"en": "no", "fr": "non"}
_CLASSES: dict[str, dict[Lang, str]] = {
    "noncommercial": {
        "en": "non-commercial or research only",
        "fr": "non commerciale ou réservée à la recherche",
    },
    "no-derivatives": {"en": "no modified versions", "fr": "sans versions modifiées"},
    "use-restricted": {"en": "uses are restricted", "fr": "usages restreints"},
    "threshold-restricted": {"en": "restricted above a threshold", "fr": "restreinte au-delà d'un seuil"},
    "custom-unknown": {"en": "terms of its own, not judged", "fr": "conditions propres, non jugées"},
    "open-not-osi": {"en": "open, not on OSI's list", "fr": "ouverte, hors de la liste de l'OSI"},
    "osi": {"en": "OSI-approved", "fr": "approuvée par l'OSI"},
    "none": {"en": "no license", "fr": "aucune licence"},
}
_GATES: dict[str, dict[Lang, str]] = {
    "no": {"en": "none", "fr": "aucune"},
    "auto": {"en": "a form, granted automatically", "fr": "un formulaire, accepté automatiquement"},
    "manual": {"en": "the publisher decides case by case", "fr": "l'éditeur décide au cas par cas"},
}
_WORDS = {
    "license.class": _CLASSES,
    "code.license_class": _CLASSES,
    "lineage.worst_class": _CLASSES,
    "access.gated": _GATES,
}


_WAITS: dict[str, dict[Lang, str]] = {
    "@adapter": {"en": "the base model of this adapter", "fr": "le modèle de base de cet adaptateur"},
    "@origin": {
        "en": "the model that the page says it was made from",
        "fr": "le modèle dont la page le dit issu",
    },
    "@base": {"en": "the models it was made from", "fr": "les modèles dont il est issu"},
    "@terms": {
        "en": "a place that may carry terms",
        "fr": "un endroit qui peut contenir des conditions",
    },
    "@policy": {"en": "the policy beside the license", "fr": "la politique à côté de la licence"},
    "@unknown": {
        "en": "terms that this tool does not know",
        "fr": "des conditions que cet outil ne connaît pas",
    },
}
"""What limits wait for, where it is no file and no id (`license.waits_for`)."""


_SIZES = frozenset({"weights.bytes", "weights.set_bytes", "weights.set_bytes_most"})
_DAYS = frozenset({"subject.last_modified"})
_LICENSES = frozenset({"license.decided_by"})
_A_TEXT: dict[Lang, str] = {"en": "an unidentified text", "fr": "un texte non identifié"}
_UNNAMED: dict[Lang, str] = {"en": "none is named, see {at}", "fr": "aucune n'est nommée, voir {at}"}
_GIGABYTE, _MEGABYTE = 10**9, 10**6


def _size(count: int, lang: Lang) -> str:
    """A number of bytes in GB, one decimal; below one tenth of that in MB."""
    unit = {"en": "B", "fr": "o"}[lang]
    if count < _GIGABYTE // 10:
        return f"{max(1, round(count / _MEGABYTE))} M{unit}"
    number = f"{count / _GIGABYTE:.1f}"
    return f"{number.replace('.', ',') if lang == 'fr' else number} G{unit}"


def said(name: str, value: FactValue | None, lang: Lang) -> str:
    """The value of the fact in the words of one language; an absent fact is 'nothing found'."""
    if value is None or value == ():
        return _NOTHING[lang]
    if isinstance(value, bool):
        return _YES[lang] if value else _NO[lang]
    if name in _SIZES:
        return _size(int(value), lang) if isinstance(value, int) else str(value)
    if name in _DAYS:
        return str(value)[:10]
    if isinstance(value, tuple):
        return _joined(name, value, lang)
    word = _WORDS.get(name, {}).get(str(value))
    return word[lang] if word else str(value)


def _joined(name: str, values: tuple[str, ...], lang: Lang) -> str:
    """The members of a list; an address in place of a license is where somebody says that there is one."""
    if name in _LICENSES and len(values) == 1 and values[0].startswith(("https://", "http://")):
        return _UNNAMED[lang].replace("{at}", values[0])
    told = (_WAITS[each][lang] if each in _WAITS else each for each in values)
    return ", ".join(each.replace(UNIDENTIFIED, _A_TEXT[lang]) for each in told)

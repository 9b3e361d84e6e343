"""Why a statement is not used, in a sentence and in both languages."""

from collections.abc import Iterable

from osaid_audit.policy.named import is_own
from osaid_audit.schema.attestation import Attestation
from osaid_audit.schema.base import Fact, Source, Text
from osaid_audit.schema.dossier import Dossier, Subject
from osaid_audit.schema.rules import Rule

_MOST_PLACES = 3

UNSIGNED = Text(
    en="Nobody has signed it: 'signed' is not true.",
    fr="Personne ne l'a signée : « signed » ne vaut pas true.",
)
CONTRADICTS = Text(
    en="The evidence, or another reviewer, stands against it.",
    fr="Les preuves, ou une autre personne qui a vérifié, disent le contraire.",
)


def expired(expires: str, as_of: str) -> Text:
    """The last day has passed."""
    return Text(
        en=f"It held until {expires}; this report speaks of {as_of}.",
        fr=f"Elle valait jusqu'au {expires} ; ce rapport parle du {as_of}.",
    )


def not_yet(date: str, as_of: str) -> Text:
    """It is signed after the day of the judgement."""
    return Text(
        en=f"It is signed on {date}; this report speaks of {as_of}. Another day is chosen with --as-of.",
        fr=f"Elle est signée du {date} ; ce rapport parle du {as_of}. Un autre jour se choisit avec --as-of.",
    )


def other_model(record: Attestation) -> Text:
    """It is about another model, whatever the commit it names."""
    return Text(
        en=f"It speaks of {record.subject}, not of this model.",
        fr=f"Elle parle de {record.subject}, non de ce modèle.",
    )


def other_revision(record: Attestation, subject: Subject) -> Text:
    """It is about another commit, or other content."""
    revision = subject.revision
    if record.digests is None:
        return Text(
            en=f"It does not name the audited commit ({revision or 'none'}).",
            fr=f"Elle ne nomme pas le commit audité ({revision or 'aucun'}).",
        )
    return Text(
        en=f"It names neither the audited commit ({revision or 'none'}) nor the same license texts"
        " and weights.",
        fr=f"Elle ne nomme ni le commit audité ({revision or 'aucun'}), ni les mêmes textes de licence"
        " et les mêmes poids.",
    )


def known_otherwise(known: Fact, name: str, dossier: Dossier, *, named: bool) -> Text:
    """The fact was read with another value, and its source is not named, or wrongly."""
    value = ", ".join(known.value) if isinstance(known.value, tuple) else str(known.value).lower()
    own = [(source, is_own(source, dossier)) for source in known.sources[:_MOST_PLACES]]
    places = "; ".join(_place(source, whole=not mine) for source, mine in own)
    if not places:
        return Text(
            en=f"'{name}' is known as {value}, without a place that could be contradicted.",
            fr=f"« {name} » est connu comme {value}, sans endroit que l'on puisse contredire.",
        )
    if named:
        return Text(
            en=f"'{name}' is known as {value}, and no such source says so; it was read in: {places}.",
            fr=f"« {name} » est connu comme {value}, et aucune source de ce genre ne le dit ;"
            f" lu dans : {places}.",
        )
    return Text(
        en=f"'{name}' is known as {value}; to correct it, name its source under 'contradicts': {places}.",
        fr=f"« {name} » est connu comme {value} ; pour le corriger, nommez sa source sous « contradicts » :"
        f" {places}.",
    )


def has_a_base(name: str, known: Fact) -> Text:
    """The model cannot be made from nothing: there is a base, or a hint at one."""
    places = "; ".join(_place(source) for source in known.sources[:_MOST_PLACES])
    where = f" ({places})" if places else ""
    en, fr = _BASES.get(name, ("A base is known", "Une base est connue"))
    return Text(
        en=f"{en}{where}, so it was not made from no other; if that is wrong, correct '{name}' first.",
        fr=f"{fr}{where} : il est donc issu d'un autre ; si c'est faux, corrigez d'abord « {name} ».",
    )


_BASES = {
    "lineage.declared_base": ("The page declares a base model", "La page déclare un modèle de base"),
    "weights.needs_base": (
        "These weights do nothing without those of a base",
        "Ces poids ne font rien sans ceux d'un modèle de base",
    ),
    "lineage.undecided": (
        "Something hints at a base model whose terms are not settled",
        "Quelque chose laisse penser à un modèle de base dont les conditions ne sont pas établies",
    ),
}


def ids_stand(license_id: str, cls: str, given: str) -> Text:
    """A class that is kinder than a license named beside it."""
    return Text(
        en=f"'{given}' does not go with {license_id}, which is known as '{cls}'.",
        fr=f"« {given} » ne va pas avec {license_id}, connue comme « {cls} ».",
    )


def class_stands(license_id: str, cls: str, given: str) -> Text:
    """A license that is stricter than the class that stands."""
    return Text(
        en=f"{license_id} is known as '{cls}', and 'license.class' stands as '{given}':"
        " correct the class too.",
        fr=f"{license_id} est connue comme « {cls} », et « license.class » vaut « {given} » :"
        " corrigez aussi la classe.",
    )


def rule_broken(name: str, rule: Rule) -> Text:
    """A yes lifts no proven breach."""
    return Text(
        en=f"The evidence breaks the rule '{rule.id}', and '{name}' does not lift a breach;"
        " correct the fact itself and name its source.",
        fr=f"Les preuves établissent un manquement à la règle « {rule.id} », que « {name} » ne lève pas ;"
        " corrigez le fait lui-même et nommez sa source.",
    )


def reviewers_disagree(name: str, others: Iterable[str]) -> Text:
    """Corrections that differ correct nothing."""
    said = ", ".join(dict.fromkeys(others))
    return Text(
        en=f"Reviewers give '{name}' different values (also: {said}); the fact stays as it was read.",
        fr=f"Des relecteurs donnent à « {name} » des valeurs différentes (aussi : {said}) ;"
        " le fait reste tel qu'il a été lu.",
    )


def overruled(saying_no: Iterable[str]) -> Text:
    """Somebody else says no."""
    said = ", ".join(dict.fromkeys(saying_no))
    return Text(
        en=f"{said} says no, and a no comes before a yes.",
        fr=f"{said} dit non, et un non passe avant un oui.",
    )


def _place(source: Source, *, whole: bool = False) -> str:
    """A source as it can be named under `contradicts`; whole where its path alone is another file's."""
    told = [f"{key} {value}" for key in ("path", "pointer") if (value := getattr(source, key))]
    if source.path and source.line is not None:
        told = [f"path {source.path}", f"line {source.line}"]
    return ", ".join([*told, f"url {source.url}"] if whole or not told else told)

"""Why a statement is not used, in a sentence and in both languages."""

from collections.abc import Iterable, Mapping

from osaid_audit.schema.attestation import Attestation
from osaid_audit.schema.base import Fact, Source, Text
from osaid_audit.schema.dossier import Subject
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


def other_revision(record: Attestation, subject: Subject) -> Text:
    """It is about another model, another commit, or other content."""
    if record.subject.casefold() not in {subject.id.casefold(), subject.canonical_id.casefold()}:
        return Text(
            en=f"It speaks of {record.subject}, not of this model.",
            fr=f"Elle parle de {record.subject}, non de ce modèle.",
        )
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


def known_otherwise(name: str, known: Fact, *, named: bool) -> Text:
    """The fact was read with another value, and its source is not named, or wrongly."""
    value = ", ".join(known.value) if isinstance(known.value, tuple) else str(known.value).lower()
    places = "; ".join(_place(source) for source in known.sources[:_MOST_PLACES])
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


def base_declared(facts: Mapping[str, Fact]) -> Text:
    """The model cannot be made from nothing: a base is declared."""
    declared = facts.get("lineage.declared_base")
    places = "; ".join(_place(source) for source in declared.sources[:_MOST_PLACES]) if declared else ""
    where = f" ({places})" if places else ""
    return Text(
        en=f"The page declares a base model{where}, so it was not made from no other.",
        fr=f"La page déclare un modèle de base{where} : il n'est donc pas issu d'aucun autre.",
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


def _place(source: Source) -> str:
    """A source as it can be named under `contradicts`."""
    if source.path and source.line is not None:
        return f"path {source.path}, line {source.line}"
    told = [f"{key} {value}" for key in ("path", "pointer") if (value := getattr(source, key))]
    return ", ".join(told) or f"url {source.url}"

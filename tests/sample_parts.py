"""What sample reports are made of: the rules they ask, and findings, groups and frameworks over them."""

from dataclasses import dataclass
from typing import Any

from osaid_audit.schema.attestation import Proof, Reviewer
from osaid_audit.schema.base import (
    ELEMENTS,
    FREEDOMS,
    Basis,
    Element,
    FactValue,
    Freedom,
    Outcome,
    Source,
    Text,
)
from osaid_audit.schema.dossier import Subject, Tool
from osaid_audit.schema.report import (
    Evidence,
    Finding,
    FrameworkResult,
    Group,
    Ignored,
    Label,
    NextRung,
    Report,
    ReportedAttestation,
    ReportedFact,
    ReportedStatement,
    RulesVersion,
)
from osaid_audit.schema.rules import Reference, Remedy

HUB = "https://hub.example"
NORM = "https://opensource.org/ai/open-source-ai-definition"
ALL: tuple[Freedom, ...] = FREEDOMS
LEGAL: tuple[Freedom, ...] = ("use", "modify", "share")
WORST = ("not_met", "error", "insufficient_evidence", "needs_review", "met")


def t(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


@dataclass(frozen=True)
class Asked:
    """What a rule asks: the same in every sample."""

    element: Element
    about: tuple[Freedom, ...]
    title: Text
    why: Text
    required: bool = True


RULES = {
    "weights-present": Asked(
        "parameters",
        ALL,
        t("Weights that can be downloaded", "Poids téléchargeables"),
        t(
            "Without the weights nobody can run, study or change the model.",
            "Sans les poids, personne ne peut exécuter, étudier ni changer le modèle.",
        ),
    ),
    "weights-license": Asked(
        "parameters",
        LEGAL,
        t("Terms on the weights", "Conditions attachées aux poids"),
        t(
            "The weights must be under terms that let anyone use, change and share them for any purpose.",
            "Les poids doivent être sous des conditions qui permettent à chacun de les utiliser, "
            "les modifier et les partager, pour tout usage.",
        ),
    ),
    "inherited-license": Asked(
        "parameters",
        LEGAL,
        t("Terms inherited from base models", "Conditions héritées des modèles de base"),
        t(
            "A base model's restrictions follow its descendants.",
            "Les restrictions d'un modèle de base le suivent.",
        ),
    ),
    "access-gating": Asked(
        "parameters",
        ("use",),
        t("Access without asking", "Accès sans demande"),
        t("Having to ask may mean being refused.", "Devoir demander peut vouloir dire essuyer un refus."),
    ),
    "training-code": Asked(
        "code",
        ("study", "modify"),
        t("Training code", "Code d'entraînement"),
        t(
            "Changing the model starts with the code that made it.",
            "Changer le modèle commence par son code.",
        ),
    ),
    "inference-code": Asked(
        "code",
        ("use", "study", "modify"),
        t("Code to run the model", "Code d'exécution du modèle"),
        t(
            "Weights without code to run them are of no use.",
            "Des poids sans code pour les exécuter ne servent à rien.",
        ),
    ),
    "code-license": Asked(
        "code",
        ALL,
        t("License of the code", "Licence du code"),
        t(
            "All code must be under an open source license.",
            "Tout le code doit être sous licence open source.",
        ),
    ),
    "data-described": Asked(
        "data_information",
        ("study", "modify"),
        t("Description of the training data", "Description des données d'entraînement"),
        t(
            "A skilled person must be able to build a substantially equivalent system.",
            "Une personne compétente doit pouvoir construire un système équivalent pour l'essentiel.",
        ),
    ),
    "data-processing-described": Asked(
        "data_information",
        ("study", "modify"),
        t("How the data was prepared", "Préparation des données"),
        t("Selection and filtering shape the model.", "La sélection et le filtrage façonnent le modèle."),
    ),
    "license-consistency": Asked(
        "parameters",
        LEGAL,
        t("Agreement between card and license files", "Accord entre la fiche et les fichiers de licence"),
        t("Two answers are no answer.", "Deux réponses n'en font pas une."),
        required=False,
    ),
}


def finding(
    rule: str,
    outcome: str,
    message: Text,
    *evidence: Evidence,
    broken: tuple[Freedom, ...] = (),
    user: Text | None = None,
    publisher: Text | None = None,
    missing: tuple[str, ...] = (),
    topic: str | None = None,
    attested: bool = False,
) -> Finding:
    asked = RULES[rule]
    return Finding(
        rule=rule,
        origin="shipped",
        title=asked.title,
        why=asked.why,
        references=(Reference(text=f"OSAID 1.0, {asked.element.replace('_', ' ')}", url=NORM),),
        element=asked.element,
        freedoms=broken or asked.about,
        required=asked.required,
        outcome=Outcome(outcome),
        message=message,
        evidence=evidence,
        missing=missing,
        remedy=Remedy(user=user, publisher=publisher),
        topic=topic,
        attested=attested,
    )


def attestation(name: str, date: str, fact: str, ignored: Ignored | None = None) -> ReportedAttestation:
    stated = ReportedStatement(
        fact=fact,
        value=True,
        evidence=(Proof(url=NORM, quote="a phrase"),),
        comment="Read in full.",
    )
    return ReportedAttestation(
        reviewer=Reviewer(name=name, organization="Verger & Co"),
        date=date,
        subject="commons/pear-1b",
        revisions=("2e" * 20,),
        sha256="ab" * 32,
        statements=(stated,),
        ignored=ignored,
        why=t("It held until 2026-01-01.", "Elle valait jusqu'au 2026-01-01.") if ignored else None,
    )


def group(findings: tuple[Finding, ...], freedom: Freedom | None) -> Group:
    counted = []
    for one in findings:
        broken = one.outcome is Outcome.NOT_MET and freedom is not None and freedom not in one.freedoms
        counted.append("needs_review" if broken else one.outcome.value)
    required = [o for o, one in zip(counted, findings, strict=True) if one.required and o != "not_applicable"]
    status = next((o for o in WORST if o in required), "not_applicable")
    return Group(
        status=Outcome(status),
        met=required.count("met"),
        required=len(required),
        findings=tuple(one.rule for one in findings),
    )


def osaid(verdict: str, findings: tuple[Finding, ...], **more: Any) -> FrameworkResult:
    held = [f for f in findings if f.required and f.outcome not in {Outcome.MET, Outcome.NOT_APPLICABLE}]
    return FrameworkResult(
        id="osaid-1.0",
        version="1",
        kind="binary",
        title=t("Open Source AI Definition 1.0", "Définition de l'IA open source 1.0"),
        note=t("This tool's reading.", "Lecture faite par cet outil."),
        url=NORM,
        verdict=verdict,
        elements={e: group(tuple(f for f in findings if f.element == e), None) for e in ELEMENTS},
        freedoms={d: group(tuple(f for f in findings if d in RULES[f.rule].about), d) for d in FREEDOMS},
        findings=findings,
        open_items=len([f for f in held if f.outcome is not Outcome.NOT_MET]),
        **more,
    )


TITLES = {
    "undetermined": t("Undetermined", "Indéterminé"),
    "weights-available": t("Weights Available AI", "IA à poids disponibles"),
    "open-weights": t("Open Weights AI", "IA à poids ouverts"),
    "open-source-ai-with-open-data": t(
        "Open Source AI with Open Data", "IA open source avec données ouvertes"
    ),
}


def g7(value: str, at_most: str, *held: Finding) -> FrameworkResult:
    """The ladder; `held` are the findings that its next rung waits for."""
    waits = NextRung(
        id="open-source-ai",
        title=t("Open Source AI", "IA open source"),
        missing=tuple(one.rule for one in held),
    )
    return FrameworkResult(
        id="g7-2026",
        version="1",
        kind="ladder",
        title=t("G7 openness ladder 2026", "Échelle d'ouverture du G7 2026"),
        note=t("The two lowest rungs are ours.", "Les deux échelons les plus bas sont les nôtres."),
        url="https://g7.example/ladder",
        verdict=value,
        verdict_title=TITLES[value],
        at_most=at_most,
        at_most_title=TITLES[at_most],
        next_rung=waits if held else None,
        findings=held,
    )


def report(
    name: str, revision: str, frameworks: tuple[FrameworkResult, ...], label: tuple[str, str], **more: object
) -> Report:
    value, at_most = label
    fields: dict[str, object] = {
        "tool": Tool(name="osaid-audit", version="0.1.0"),
        "rules": RulesVersion(version="1.0.0", sha256="5e" * 32),
        "spdx_list_version": "3.29.0",
        "as_of": "2026-11-20",
        "gathered_at": "2026-11-20T09:30:00Z",
        "endpoint": HUB,
        "token_used": False,
        "dossier_sha256": "d0" * 32,
        "notice": t(
            "This is the tool's reading of the norm, not OSI's, and not legal advice; rules 1.0.0. "
            "To contest it, open an issue with this report attached.",
            "Ceci est la lecture de la norme par l'outil, non celle de l'OSI, ni un avis juridique ; "
            "règles 1.0.0. Pour la contester, ouvrez un ticket en joignant ce rapport.",
        ),
        "subject": Subject(id=name, canonical_id=name, url=f"{HUB}/{name}", source="hub", revision=revision),
        "label": Label(value=value, at_most=at_most, title=TITLES[value], at_most_title=TITLES[at_most]),
        "frameworks": frameworks,
    }
    return Report.model_validate(fields | more)


def at(
    name: str,
    revision: str,
    path: str,
    fact: str,
    value: FactValue,
    *,
    line: int | None = None,
    quote: str | None = None,
) -> Evidence:
    return Evidence(
        fact=fact,
        value=value,
        url=f"{HUB}/{name}/blob/{revision}/{path}",
        revision=revision,
        path=path,
        line=line,
        sha256="ab" * 32,
        quote=quote,
    )


def src(evidence: Evidence) -> Source:
    """The place of a piece of evidence, without its fact."""
    return Source(**evidence.model_dump(include=set(Source.model_fields)))


def fact(value: FactValue, basis: Basis, *evidence: Evidence) -> ReportedFact:
    return ReportedFact(value=value, basis=basis, evidence=evidence)


def no_evidence(rule: str, *missing: str) -> Finding:
    return finding(
        rule,
        "insufficient_evidence",
        t("Nothing was found about this, either way.", "Rien n'a été trouvé à ce sujet, dans aucun sens."),
        missing=missing,
        publisher=t("Say it on the model page and link it.", "Dites-le sur la page du modèle, avec un lien."),
    )

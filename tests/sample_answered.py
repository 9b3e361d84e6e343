"""A report of an informative framework alone: questions and answers in its own words, no verdict."""

from sample_parts import HUB, at, report, src, t

from osaid_audit.schema.base import Outcome
from osaid_audit.schema.licenses import Concluded, Declared, LicenseBlock
from osaid_audit.schema.report import Evidence, Finding, FrameworkResult, Report
from osaid_audit.schema.rules import Reference, Remedy, Requirement


def question(
    rule: str, title: tuple[str, str], outcome: Outcome, message: tuple[str, str], *evidence: Evidence
) -> Finding:
    """A finding without an element, which bears on no freedom."""
    return Finding(
        rule=rule,
        origin="shipped",
        title=t(*title),
        why=t("Schools ask this.", "Les écoles le demandent."),
        references=(Reference(text="School rules, 4", url="https://school.example/rules#4"),),
        freedoms=(),
        required=False,
        outcome=outcome,
        message=t(*message),
        evidence=evidence,
        missing=("weights.set_bytes",) if outcome is Outcome.INSUFFICIENT_EVIDENCE else (),
        remedy=Remedy(
            user=t("Try it on one machine first.", "Essayez d'abord sur une seule machine."),
            publisher=t("Say so on the page.", "Dites-le sur la page."),
        ),
    )


def answered() -> Report:
    """Four questions of a school, one for each answer."""
    name, rev = "orchard/quince-1b", "2e" * 20
    said = at(name, rev, "README.md", "license.class", "osi", line=3, quote="license: apache-2.0")
    findings = (
        question(
            "own-machine",
            ("Does it run here?", "Fonctionne-t-il ici ?"),
            Outcome.MET,
            ("It runs on an ordinary computer.", "Il fonctionne sur un ordinateur ordinaire."),
            said,
        ),
        question(
            "machine-size",
            ("Is it small enough?", "Est-il assez petit ?"),
            Outcome.INSUFFICIENT_EVIDENCE,
            ("Its size was not found.", "Sa taille n'a pas été trouvée."),
        ),
        question(
            "purpose",
            ("May we use it in class?", "Avons-nous le droit de l'utiliser en classe ?"),
            Outcome.NEEDS_REVIEW,
            ("Read the terms.", "Lisez les conditions."),
            said,
        ),
        question(
            "upkeep",
            ("The page is looked after", "La page est suivie"),
            Outcome.NOT_MET,
            ("Nobody has changed it for years.", "Personne ne l'a changée depuis des années."),
            said,
        ),
    )
    school = FrameworkResult(
        id="school",
        version="1",
        kind="informative",
        title=t("Questions of a school", "Questions d'une école"),
        note=t("Answers, no verdict.", "Des réponses, pas de verdict."),
        url=f"{HUB}/school",
        words={
            Outcome.MET: t("yes", "oui"),
            Outcome.NOT_MET: t("no", "non"),
            Outcome.NEEDS_REVIEW: t("on conditions", "sous conditions"),
            Outcome.INSUFFICIENT_EVIDENCE: t("nobody knows", "nul ne sait"),
        },
        requirements=(
            Requirement(
                id="running",
                title=t("Running it", "Le faire fonctionner"),
                rules=("own-machine", "machine-size"),
                required=False,
            ),
            Requirement(id="rights", rules=("purpose", "upkeep"), required=False),
        ),
        findings=findings,
    )
    made = report(
        name,
        rev,
        (school,),
        ("open-weights", "open-weights"),
        license=LicenseBlock(
            declared=(Declared(value="apache-2.0", role="declared", id="Apache-2.0", source=src(said)),),
            concluded=Concluded(id="Apache-2.0", cls="osi", basis="stated", osi_approved=True),
        ),
        facts={},
    )
    return made.model_copy(update={"label": None})

"""Reports made by hand for the tests of what shows them; the models in them do not exist."""

from sample_answered import answered
from sample_parts import (
    HUB,
    RULES,
    at,
    attestation,
    fact,
    finding,
    g7,
    no_evidence,
    osaid,
    report,
    src,
    t,
)

from osaid_audit.schema.base import (
    Problem,
)
from osaid_audit.schema.dossier import CodeRepository, Dataset, Hop, Subject
from osaid_audit.schema.licenses import Concluded, Conflict, Declared, LicenseBlock, LicenseFile
from osaid_audit.schema.report import (
    Evidence,
    Opinion,
    Report,
)
from osaid_audit.schema.waivers import ReportedWaiver

BOUND = {"license": "LicenseRef-orchard-2", "cls": "use-restricted", "breaks": ("use", "share")}
MERGED = (
    Hop(id="press/half-dry", relation="merge", depth=1, license="mit", cls="osi"),
    Hop(id="orchard/juice-3b", relation="quantized", depth=2, via="press/half-dry", **BOUND),
    Hop(id="orchard/must", relation="unknown", depth=3, via="orchard/juice-3b", problem="gated"),
    Hop(id="press/half-sweet", relation="merge", depth=1),
    Hop(id="orchard/juice-3b", relation="adapter", depth=2, via="press/half-sweet", **BOUND),
    Hop(id="press/half-dry", relation="finetune", depth=2, via="press/half-sweet", problem="malformed"),
)
"""Two parents, a base that they share and one that nobody could read, and a circle."""


def restricted() -> Report:
    """Restricted terms on the weights, gated, judged from a recorded reply."""
    name, rev = "orchard/cider-3b", "0cb88a4f764b7a12671c53f0838cd831a0843b95"
    tag = Evidence(
        fact="license.class",
        value="use-restricted",
        url=f"{HUB}/api/models/{name}/revision/{rev}",
        revision=rev,
        pointer="/cardData/license",
        sha256="cd" * 32,
        quote="orchard-community-2",
    )
    taken = tag.model_copy(update={"fact": "license.breaks", "value": ("use", "share")})
    listing = tag.model_copy(
        update={"fact": "weights.present", "value": True, "pointer": "/siblings/3", "quote": None}
    )
    gate = tag.model_copy(
        update={"fact": "access.gated", "value": "manual", "pointer": "/gated", "quote": "manual"}
    )
    library = tag.model_copy(
        update={
            "fact": "code.inference_found",
            "value": True,
            "pointer": "/library_name",
            "quote": "transformers",
        }
    )
    findings = (
        finding(
            "weights-license",
            "not_met",
            t(
                "The license Orchard Community License 2 restricts what the weights may be used for and how "
                "they may be passed on.",
                "La licence Orchard Community License 2 restreint les usages des poids et la façon de les "
                "transmettre.",
            ),
            tag,
            taken,
            broken=("use", "share"),
            user=t(
                "Read the terms before any use at school or at work, or choose a model under an open source "
                "license.",
                "Lisez les conditions avant tout usage à l'école ou au travail, ou choisissez un modèle sous "
                "licence open source.",
            ),
            publisher=t(
                "Publish the weights under an open source license, with its text in the repository.",
                "Publiez les poids sous une licence open source, avec son texte dans le dépôt.",
            ),
            topic="license",
        ),
        no_evidence("inherited-license", "lineage.restricted"),
        finding(
            "access-gating",
            "needs_review",
            t(
                "The files are handed out on request; the publisher may refuse.",
                "Les fichiers sont remis sur demande ; l'éditeur peut refuser.",
            ),
            gate,
        ),
        finding("weights-present", "met", t("Weights are there.", "Les poids sont là."), listing),
        finding(
            "inference-code",
            "needs_review",
            t("A library is named.", "Une bibliothèque est nommée."),
            library,
        ),
        no_evidence("training-code", "code.training_found"),
        no_evidence("code-license", "code.license_class"),
        no_evidence("data-described", "data.described"),
        no_evidence("data-processing-described", "data.processing_described"),
    )
    gated = Problem(
        what="README.md",
        state="gated",
        why=t("The publisher hands it out on request only.", "L'éditeur ne le remet que sur demande."),
        next=t(
            "Accept the terms on the model page, then give a token with --token.",
            "Acceptez les conditions sur la page du modèle, puis donnez un jeton avec --token.",
        ),
        blocks=("data.described", "code.training_found"),
    )
    return report(
        name,
        rev,
        (
            osaid("does_not_conform", findings, only_proven_breach="license"),
            g7("weights-available", "weights-available"),
        ),
        ("weights-available", "weights-available"),
        lineage=MERGED,
        subject=Subject(
            id="Cider-3B", canonical_id=name, url=f"{HUB}/{name}", source="recorded", revision=rev
        ),
        license=LicenseBlock(
            declared=(
                Declared(
                    value="orchard-community-2",
                    role="declared",
                    id="LicenseRef-orchard-2",
                    source=src(tag),
                ),
            ),
            concluded=Concluded(
                id="LicenseRef-orchard-2",
                name="Orchard Community License 2",
                cls="use-restricted",
                basis="stated",
                osi_approved=False,
                clauses=("acceptable_use_policy", "user_threshold", "naming", "flow_down"),
                breaks=("use", "share"),
            ),
        ),
        facts={
            "access.gated": fact("manual", "verified", gate),
            "license.breaks": fact(("use", "share"), "stated", taken),
            "license.class": fact("use-restricted", "stated", tag),
            "weights.present": fact(True, "verified", listing),
        },
        problems=(gated, gated.model_copy(update={"what": "LICENSE.txt", "blocks": ()})),
        limits=(
            t("Only the reply of the Hub was read.", "Seule la réponse du Hub a été lue."),
            t("Links out of the Hub were not followed.", "Les liens hors du Hub n'ont pas été suivis."),
        ),
        opinions=(
            Opinion(
                by="Example Index",
                date="2026-03-01",
                judgement="restricted",
                url="https://index.example/cider",
            ),
        ),
    )


def undecided() -> Report:
    """An open license, no failed rule, nobody has signed."""
    name, rev = "orchard/perry-7b", "1f" * 20
    text = at(name, rev, "LICENSE", "license.text_exact", True, line=1, quote="Apache License")
    said = at(name, rev, "README.md", "license.class", "osi", line=3, quote="license: apache-2.0")
    about = at(
        name, rev, "README.md", "data.described", True, line=41, quote="We trained on the corpus of the city"
    )
    clash = at(name, rev, "NOTICE.md", "license.consistent", False, line=2, quote="released under MIT")
    findings = (
        finding("weights-present", "met", t("Weights are there.", "Les poids sont là."), text),
        finding(
            "weights-license",
            "met",
            t(
                "The weights are under Apache-2.0, text exact.",
                "Les poids sont sous Apache-2.0, texte exact.",
            ),
            text,
            said,
        ),
        finding(
            "license-consistency",
            "needs_review",
            t("The card and a file name two licenses.", "La fiche et un fichier nomment deux licences."),
            said,
            clash,
        ),
        no_evidence("inherited-license", "lineage.restricted"),
        finding("access-gating", "met", t("Nobody has to ask.", "Nul n'a à demander."), said),
        no_evidence("training-code", "code.training_found"),
        finding("inference-code", "met", t("A library runs it.", "Une bibliothèque l'exécute."), said),
        finding("code-license", "needs_review", t("One repository is linked.", "Un dépôt est lié."), said),
        finding(
            "data-described",
            "needs_review",
            t(
                "The card has a section on the training data; is it enough to build the like?",
                "La fiche a une section sur les données d'entraînement ; suffit-elle pour refaire "
                "l'équivalent ?",
            ),
            about,
            user=t(
                "Read the section and sign a statement if it is complete.",
                "Lisez la section et signez une déclaration si elle est complète.",
            ),
        ),
        no_evidence("data-processing-described", "data.processing_described"),
    )
    held = [one for one in findings if one.rule in {"inherited-license", "training-code", "code-license"}]
    return report(
        name,
        rev,
        (osaid("undetermined", findings), g7("open-weights", "open-source-ai-with-open-data", *held)),
        ("open-weights", "open-source-ai-with-open-data"),
        license=LicenseBlock(
            declared=(Declared(value="apache-2.0", role="declared", id="Apache-2.0", source=src(said)),),
            concluded=Concluded(
                id="Apache-2.0", name="Apache License 2.0", cls="osi", basis="verified", osi_approved=True
            ),
            files=(
                LicenseFile(path="LICENSE", match="exact", id="Apache-2.0", similarity=1.0, source=src(text)),
                LicenseFile(path="NOTICE.md", match="mention", id="MIT", similarity=0.12, source=src(clash)),
            ),
            conflicts=(
                Conflict(
                    left=Declared(value="apache-2.0", role="declared", id="Apache-2.0", source=src(said)),
                    right=Declared(value="MIT", role="file", source=src(clash)),
                ),
            ),
        ),
        datasets=(
            Dataset(id="city/corpus", role="training", found=True, license="cc-by-4.0", availability="open"),
            Dataset(id="city/questions", role="evaluation", found=False),
        ),
        code=(
            CodeRepository(
                url="https://git.example/orchard/perry",
                found=True,
                license="Apache-2.0",
                has={"inference": True, "training": False},
            ),
        ),
        facts={
            "data.described": fact(True, "stated", about),
            "license.class": fact("osi", "verified", text, said),
            "license.consistent": fact(False, "verified", said, clash),
        },
    )


def signed() -> Report:
    """Everything met or not applicable, on a named person's word."""
    name, rev = "commons/pear-1b", "2e" * 20
    read = at(name, rev, "README.md", "license.class", "osi", line=3, quote="license: apache-2.0")
    findings = tuple(
        finding(
            rule,
            "not_applicable" if rule == "inherited-license" else "met",
            t("Trained from scratch, as attested.", "Entraîné de zéro, selon la déclaration.")
            if rule == "inherited-license"
            else t("Shown by the sources.", "Établi par les sources."),
            read,
            attested=RULES[rule].element != "parameters",
        )
        for rule in RULES
    )
    return report(
        name,
        rev,
        (
            osaid("conforms", findings, on_the_word_of="Ada Exemple"),
            g7("open-source-ai-with-open-data", "open-source-ai-with-open-data").model_copy(
                update={"on_the_word_of": "Ada Exemple"}
            ),
        ),
        ("open-source-ai-with-open-data", "open-source-ai-with-open-data"),
        license=LicenseBlock(
            concluded=Concluded(
                id="Apache-2.0", name="Apache License 2.0", cls="osi", basis="stated", osi_approved=True
            )
        ),
        lineage=(Hop(id="commons/seed-100m", relation="merge", depth=1, license="apache-2.0", cls="osi"),),
        facts={"license.class": fact("osi", "stated", read)},
        attestations=(
            attestation("Ada Exemple", "2026-11-18", "data.description_complete"),
            attestation("Ben Sample", "2025-01-02", "code.training_complete", ignored="expired"),
        ),
        waivers=(
            ReportedWaiver(
                rule="license-consistency",
                model="org/*",
                reason="accepted-risk",
                statement="Both texts were read by counsel.",
                reviewer="Rosa Exemple",
                expires="2027-01-01",
                state="used",
            ),
        ),
    )


SAMPLES = {"restricted": restricted, "undecided": undecided, "signed": signed, "answered": answered}

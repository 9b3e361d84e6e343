"""The closed vocabulary of facts: name, type, allowed values and how each may be used (design §4).

`only_true`    absence is never a fact: the value can only be true
`reviewer`     supplied by a reviewer only; never seen by a condition
`lower_bound`  a list that only grows; named in `breaks`, never in a condition
`doc_fr`       the meaning in French, of reviewers' facts: people are asked about these
Every other list is bound only when it is complete.
"""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import TypeAdapter, ValidationError

from osaid_audit.errors import InternalError
from osaid_audit.schema.base import FREEDOMS, FactValue
from osaid_audit.schema.licenses import LicenseClass

FactType = Literal["bool", "int", "string", "strings"]


@dataclass(frozen=True)
class FactSpec:
    """One fact a rule may speak of."""

    name: str
    type: FactType
    doc: str
    values: tuple[str, ...] = ()
    only_true: bool = False
    reviewer: bool = False
    lower_bound: bool = False
    doc_fr: str = ""


def _true(name: str, doc: str) -> FactSpec:
    return FactSpec(name, "bool", doc, only_true=True)


def _review(name: str, doc: str, doc_fr: str) -> FactSpec:
    return FactSpec(name, "bool", doc, reviewer=True, doc_fr=doc_fr)


def _bool(name: str, doc: str) -> FactSpec:
    return FactSpec(name, "bool", doc)


_CLASSES: tuple[str, ...] = get_args(LicenseClass)

_SPECS = (
    FactSpec(
        "license.class",
        "string",
        "what the terms on the weights allow, the worst part deciding",
        values=_CLASSES,
    ),
    FactSpec("license.ids", "strings", "the concluded license ids, SPDX or LicenseRef"),
    FactSpec(
        "license.breaks",
        "strings",
        "freedoms taken away by identified terms",
        values=FREEDOMS,
        lower_bound=True,
    ),
    FactSpec(
        "license.decided_by",
        "strings",
        "the license that decides, with its path when it is a component's, or what is declared where nothing "
        "could be concluded; named in texts only",
        lower_bound=True,
    ),
    FactSpec(
        "license.texts",
        "strings",
        "license texts recognised word for word, each with its file or link; named in texts only",
        lower_bound=True,
    ),
    FactSpec(
        "license.without_text",
        "strings",
        "what decides and is no text recognised word for word; named in texts only",
        lower_bound=True,
    ),
    FactSpec(
        "license.undecided",
        "strings",
        "places that disagree, or of which nobody can say whether they agree; named in texts only",
        lower_bound=True,
    ),
    _bool("license.grant_found", "some grant was found; false is an observed absence"),
    _true("license.inherited_only", "no grant of its own was found, and a base is declared"),
    _true(
        "license.read_all", "card, license and policy files, gate prompt and license_link are read or absent"
    ),
    _bool("license.consistent", "declared ids, files, link, gate prompt and prose agree"),
    _bool("license.usage_policy", "a usage policy that the license does not incorporate stands beside it"),
    _true("license.text_exact", "the full text of the concluded license was recognised word for word"),
    _review(
        "license.accepted",
        "a reviewer accepts the terms as open",
        "une personne accepte les conditions comme ouvertes",
    ),
    _review(
        "license.conflict_resolved",
        "a reviewer settled which side of a disagreement holds",
        "une personne a tranché : on sait laquelle des licences en désaccord s'applique",
    ),
    FactSpec(
        "license.waits_for",
        "strings",
        "what is unread or undecided, so that limits cannot be denied; named in texts only",
        lower_bound=True,
    ),
    _bool("license.mof_open", "the Model Openness Framework's own list calls the terms on the weights open"),
    _bool("license.commercial_limited", "commercial use is banned, or only research or personal use allowed"),
    _bool("license.field_limited", "some purposes are banned, or only some are allowed"),
    _bool("license.geography_limited", "the grant does not hold everywhere"),
    _bool("license.threshold", "the grant ends above a revenue or a number of users"),
    _bool("license.changes_limited", "changed versions are banned, or safeguards must stay"),
    _bool("license.sharing_limited", "passing the weights on is banned, or only on the same limits"),
    _bool("license.revocable", "the publisher may withdraw the grant, or restrict the use from afar"),
    _bool("license.mutable_policy", "the terms include a policy that can be changed later"),
    _bool("license.unilateral_change", "the publisher alone may change the terms, or impose updates"),
    _review(
        "license.mof_accepted",
        "a reviewer finds the terms open by the Model Openness Framework's list",
        "une personne trouve les conditions ouvertes selon la liste du Model Openness Framework",
    ),
    _true("lineage.declared_base", "the page declares at least one base model"),
    _bool("lineage.restricted", "a read hop breaks a freedom; false only when every chain is complete"),
    FactSpec(
        "lineage.broken_freedoms", "strings", "freedoms broken by a hop", values=FREEDOMS, lower_bound=True
    ),
    FactSpec(
        "lineage.broken_by",
        "strings",
        "the bases that break a freedom, each with the way to it and its license; named in texts only",
        lower_bound=True,
    ),
    _true(
        "lineage.undecided", "a declared hop has undecided terms, or there is a lead to an undeclared base"
    ),
    _true(
        "lineage.origin_spoken",
        "the page says that the model was made from another one, without an id under which it can be read",
    ),
    _true("lineage.complete", "every chain is read to an attested end"),
    FactSpec(
        "lineage.worst_class", "string", "the worst class among all hops, when complete", values=_CLASSES
    ),
    _true("lineage.stated_from_scratch", "the publisher says the model was trained from scratch"),
    _review(
        "lineage.from_scratch",
        "a reviewer attests that the model has no base",
        "une personne atteste que le modèle n'est issu d'aucun autre",
    ),
    _review(
        "lineage.accepted",
        "a reviewer accepts the terms of the whole lineage",
        "une personne accepte les conditions de toute la filiation",
    ),
    _bool("weights.present", "weights can be downloaded from the repository; false is an observed absence"),
    _true("weights.external", "the page links weights outside the repository"),
    FactSpec("weights.formats", "strings", "weight formats in the complete listing"),
    FactSpec(
        "weights.parameters",
        "int",
        "parameters as the Hub counts them; absent for packed weights, whose elements are fewer",
    ),
    _bool("weights.needs_base", "an adapter that does nothing without its base"),
    _review(
        "weights.confirmed",
        "a reviewer confirms that these are the model's weights",
        "une personne confirme que ce sont bien les poids du modèle",
    ),
    FactSpec("weights.bytes", "int", "size of all weight files together, from a complete listing with sizes"),
    FactSpec(
        "weights.set_bytes",
        "int",
        "size of the smallest set of weight files that can make one copy",
    ),
    FactSpec(
        "weights.set_bytes_most",
        "int",
        "size of one copy when every file that may be part of it is",
    ),
    _bool("weights.safe_format", "a whole copy of the weights is in formats that hold numbers and no code"),
    _bool(
        "weights.pickled",
        "a file, of weights or not, is of a kind that can run code when it is opened; false when the"
        " complete listing shows none",
    ),
    FactSpec(
        "weights.pickled_files",
        "strings",
        "files that can run code when they are opened; named in texts only",
        lower_bound=True,
    ),
    _bool("weights.pickle_only", "every weight file is of a kind that can run code when it is opened"),
    _true("weights.checkpoints", "checkpoints from the course of the training are in the repository"),
    _review(
        "weights.base_confirmed",
        "a reviewer confirms that the base of an adapter can be had",
        "une personne confirme que la base d'un adaptateur peut être obtenue",
    ),
    _review(
        "weights.checkpoints_accepted",
        "a reviewer finds intermediate checkpoints published and open",
        "une personne trouve les points de sauvegarde intermédiaires publiés et ouverts",
    ),
    FactSpec(
        "access.gated", "string", "whether the Hub asks before a download", values=("no", "auto", "manual")
    ),
    _bool(
        "access.price_named",
        "the page asks for money or sells a license; false when all its words were read and none does",
    ),
    _review(
        "access.accepted",
        "a reviewer accepts the gate as harmless",
        "une personne juge la condition d'accès anodine",
    ),
    _true("data.described", "the page has a section that describes the training data"),
    _true("data.withheld", "the publisher says it will not describe the training data"),
    _true("data.sources_listed", "training datasets are listed with a place to get them"),
    _true("data.corpora_named", "well-known corpora are named as training data"),
    _true("data.processing_described", "the page describes how the training data was processed"),
    _true("data.released", "the publisher releases the training data"),
    _true("data.not_released", "the publisher says that training data, or a part of it, is not released"),
    _true("data.unshareable_reason", "the publisher gives a reason why training data cannot be shared"),
    FactSpec("data.linked_datasets", "int", "declared datasets found on the Hub"),
    _true("data.obtainable_listed", "third-party data is listed with a place to get it"),
    _true("data.inherited_layers_complete", "the base's data information is complete too"),
    _review(
        "data.description_complete",
        "a reviewer finds all training data completely described",
        "une personne trouve toutes les données d'entraînement entièrement décrites",
    ),
    _review(
        "data.sources_complete",
        "a reviewer finds all public and obtainable training data listed",
        "une personne trouve listées toutes les données d'entraînement publiques ou que l'on peut obtenir",
    ),
    _review(
        "data.processing_complete",
        "a reviewer finds data selection, labelling and filtering fully described",
        "une personne trouve la sélection, l'annotation et le filtrage des données entièrement décrits",
    ),
    _review(
        "data.missing_only_where_impossible",
        "a reviewer finds data missing only where it cannot be shared",
        "une personne trouve que des données ne manquent que là où elles ne peuvent pas être partagées",
    ),
    _review(
        "data.all_released",
        "a reviewer finds all training data released",
        "une personne trouve toutes les données d'entraînement publiées",
    ),
    _review(
        "data.terms_accepted",
        "a reviewer finds the data information under approved terms",
        "une personne trouve l'information sur les données sous des conditions approuvées",
    ),
    _review(
        "data.unshareable_explained",
        "a reviewer finds it explained why some data cannot be shared",
        "une personne trouve expliqué pourquoi certaines données ne peuvent pas être partagées",
    ),
    _review(
        "data.open_data_shared",
        "a reviewer finds all training data that is open shared",
        "une personne trouve partagées toutes les données d'entraînement qui sont ouvertes",
    ),
    _review(
        "data.skilled_person",
        "a reviewer finds that a skilled person can build an equivalent system",
        "une personne trouve que quelqu'un du métier peut construire un système équivalent",
    ),
    _review(
        "data.datasets_open",
        "a reviewer finds the training datasets published under open terms",
        "une personne trouve les jeux de données d'entraînement publiés sous des conditions ouvertes",
    ),
    _review(
        "data.evaluation_accepted",
        "a reviewer finds the evaluation data published under open terms",
        "une personne trouve les données d'évaluation publiées sous des conditions ouvertes",
    ),
    FactSpec("code.repositories", "int", "code repositories linked from the page"),
    FactSpec(
        "code.license_class", "string", "class of the code's license, the worst deciding", values=_CLASSES
    ),
    FactSpec(
        "code.license_files",
        "strings",
        "the license files about the code alone, each with its license; named in texts only",
        lower_bound=True,
    ),
    _true("code.license_found", "a license file about the code was read, here or in a linked repository"),
    _true("code.training_found", "training code is linked or in the repository"),
    _true("code.training_withheld", "the publisher says the training code is not released"),
    _true("code.data_processing_found", "data processing code is linked or in the repository"),
    _true("code.evaluation_found", "evaluation code or harness is linked or in the repository"),
    _true("code.inference_found", "inference code is in the repository or in a named library"),
    _bool("code.inference_osi", "the named inference library has an OSI-approved license"),
    _true("code.architecture_found", "the architecture is published: configuration or code"),
    _true("code.libraries_found", "a list of the libraries used is in a linked code repository"),
    _bool(
        "code.remote",
        "loading runs code of the repository; false when configuration and complete listing show none",
    ),
    _review(
        "code.training_complete",
        "a reviewer finds the training code complete",
        "une personne trouve le code d'entraînement complet",
    ),
    _review(
        "code.data_processing_complete",
        "a reviewer finds the data processing code complete",
        "une personne trouve le code de traitement des données complet",
    ),
    _review(
        "code.evaluation_complete",
        "a reviewer finds validation and testing code complete",
        "une personne trouve le code de validation et de test complet",
    ),
    _review(
        "code.inference_accepted",
        "a reviewer finds the inference code complete and open",
        "une personne trouve le code d'exécution complet et ouvert",
    ),
    _review(
        "code.architecture_accepted",
        "a reviewer finds the architecture published under an open license",
        "une personne trouve l'architecture publiée sous une licence ouverte",
    ),
    _review(
        "code.libraries_accepted",
        "a reviewer finds the supporting libraries and tools published and open",
        "une personne trouve les bibliothèques et outils annexes publiés et ouverts",
    ),
    _review(
        "code.license_accepted",
        "a reviewer finds all code under OSI-approved licenses",
        "une personne trouve tout le code sous licences approuvées par l'OSI",
    ),
    _review(
        "code.open_accepted",
        "a reviewer finds the training, inference and evaluation code under licenses that the MOF calls open",
        "une personne trouve le code d'entraînement, d'exécution et d'évaluation sous des licences que le"
        " MOF dit ouvertes",
    ),
    _review(
        "code.processing_open_accepted",
        "a reviewer finds the data processing code under licenses that the MOF calls open",
        "une personne trouve le code de traitement des données sous des licences que le MOF dit ouvertes",
    ),
    _true("documents.model_card", "the repository has a card with prose"),
    _true("documents.paper", "a research paper is linked"),
    _true("documents.report", "a technical report is linked"),
    _true("documents.data_card", "a data card is linked"),
    _true("documents.evaluation_results", "evaluation results are published in the metadata"),
    _true("documents.copyright_policy", "a copyright policy is linked"),
    _true("documents.training_summary", "a public summary of the training content is linked"),
    _review(
        "documents.report_accepted",
        "a reviewer finds a report, or a paper in its place, open",
        "une personne trouve un rapport, ou un article à sa place, ouvert",
    ),
    _review(
        "documents.paper_accepted",
        "a reviewer finds a research paper published under open terms",
        "une personne trouve un article de recherche publié sous des conditions ouvertes",
    ),
    _review(
        "documents.model_card_accepted",
        "a reviewer finds the model card complete and under open terms",
        "une personne trouve la fiche du modèle complète et sous des conditions ouvertes",
    ),
    _review(
        "documents.data_card_accepted",
        "a reviewer finds a data card, or its content, under open terms",
        "une personne trouve une fiche de données, ou son contenu, sous des conditions ouvertes",
    ),
    _review(
        "documents.results_accepted",
        "a reviewer finds the evaluation results under open terms",
        "une personne trouve les résultats d'évaluation sous des conditions ouvertes",
    ),
    FactSpec("subject.last_modified", "string", "when the repository last changed, ISO 8601"),
    FactSpec("subject.days_since_change", "int", "days from the last change to the judgement; derived"),
    FactSpec("subject.task", "string", "what the model is for, in the Hub's word"),
    FactSpec("components.count", "int", "parts with a license of their own"),
    _bool("system.machine_learning", "the subject is a machine-learning system"),
)

VOCABULARY: dict[str, FactSpec] = {spec.name: spec for spec in _SPECS}

_PYTHON: dict[FactType, Any] = {"bool": bool, "int": int, "string": str, "strings": tuple[str, ...]}
_ADAPTERS = {kind: TypeAdapter(python) for kind, python in _PYTHON.items()}


def check(name: str, value: object) -> FactValue:
    """The value, strictly of the fact's type and within its values.

    None or a wrong type would silently become unknown in CEL, so it is refused here (InternalError).
    """
    spec = VOCABULARY.get(name)
    if spec is None:
        raise InternalError(f"There is no fact '{name}'.")
    try:
        checked: FactValue = _ADAPTERS[spec.type].validate_python(value, strict=True)
    except ValidationError as error:
        raise InternalError(f"The fact '{name}' must be {spec.type}.") from error
    members = checked if isinstance(checked, tuple) else (checked,)
    if spec.values and not set(members) <= set(spec.values):
        raise InternalError(f"The fact '{name}' cannot be {checked!r}.")
    if spec.only_true and checked is not True:
        raise InternalError(f"The fact '{name}' can only be true; leave it out.")
    return checked

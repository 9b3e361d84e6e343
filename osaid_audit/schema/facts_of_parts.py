"""The facts about what there is: weights, access, data, code, documents and the repository itself."""

from osaid_audit.schema.factspec import CLASSES, FactSpec, boolean, reviewed, true_only

FACTS: tuple[FactSpec, ...] = (
    boolean("weights.present", "weights can be downloaded from the repository; false is an observed absence"),
    true_only("weights.external", "the page links weights outside the repository"),
    FactSpec("weights.formats", "strings", "weight formats in the complete listing"),
    FactSpec(
        "weights.parameters",
        "int",
        "parameters as the Hub counts them; absent for packed weights, whose elements are fewer",
    ),
    boolean("weights.needs_base", "an adapter that does nothing without its base"),
    reviewed(
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
    boolean("weights.safe_format", "a whole copy of the weights is in formats that hold numbers and no code"),
    boolean(
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
    boolean("weights.pickle_only", "every weight file is of a kind that can run code when it is opened"),
    true_only("weights.checkpoints", "checkpoints from the course of the training are in the repository"),
    reviewed(
        "weights.base_confirmed",
        "a reviewer confirms that the base of an adapter can be had",
        "une personne confirme que la base d'un adaptateur peut être obtenue",
    ),
    reviewed(
        "weights.checkpoints_accepted",
        "a reviewer finds intermediate checkpoints published and open",
        "une personne trouve les points de sauvegarde intermédiaires publiés et ouverts",
    ),
    FactSpec(
        "access.gated", "string", "whether the Hub asks before a download", values=("no", "auto", "manual")
    ),
    boolean(
        "access.price_named",
        "the page asks for money or sells a license; false when all its words were read and none does",
    ),
    reviewed(
        "access.accepted",
        "a reviewer accepts the gate as harmless",
        "une personne juge la condition d'accès anodine",
    ),
    true_only("data.described", "the page has a section that describes the training data"),
    true_only("data.withheld", "the publisher says it will not describe the training data"),
    true_only("data.sources_listed", "training datasets are listed with a place to get them"),
    true_only("data.datasets_named", "the page names training datasets, found or not"),
    true_only("data.processing_described", "the page describes how the training data was processed"),
    true_only("data.released", "the publisher releases the training data"),
    true_only("data.not_released", "the publisher says that training data, or a part of it, is not released"),
    true_only("data.unshareable_reason", "the publisher gives a reason why training data cannot be shared"),
    FactSpec("data.linked_datasets", "int", "declared datasets found on the Hub"),
    true_only("data.obtainable_listed", "third-party data is listed with a place to get it"),
    true_only("data.inherited_layers_complete", "the base's data information is complete too"),
    reviewed(
        "data.description_complete",
        "a reviewer finds all training data completely described",
        "une personne trouve toutes les données d'entraînement entièrement décrites",
    ),
    reviewed(
        "data.sources_complete",
        "a reviewer finds all public and obtainable training data listed",
        "une personne trouve listées toutes les données d'entraînement publiques ou que l'on peut obtenir",
    ),
    reviewed(
        "data.processing_complete",
        "a reviewer finds data selection, labelling and filtering fully described",
        "une personne trouve la sélection, l'annotation et le filtrage des données entièrement décrits",
    ),
    reviewed(
        "data.missing_only_where_impossible",
        "a reviewer finds data missing only where it cannot be shared",
        "une personne trouve que des données ne manquent que là où elles ne peuvent pas être partagées",
    ),
    reviewed(
        "data.all_released",
        "a reviewer finds all training data released",
        "une personne trouve toutes les données d'entraînement publiées",
    ),
    reviewed(
        "data.terms_accepted",
        "a reviewer finds the data information under approved terms",
        "une personne trouve l'information sur les données sous des conditions approuvées",
    ),
    reviewed(
        "data.unshareable_explained",
        "a reviewer finds it explained why some data cannot be shared",
        "une personne trouve expliqué pourquoi certaines données ne peuvent pas être partagées",
    ),
    reviewed(
        "data.open_data_shared",
        "a reviewer finds all training data that is open shared",
        "une personne trouve partagées toutes les données d'entraînement qui sont ouvertes",
    ),
    reviewed(
        "data.skilled_person",
        "a reviewer finds that a skilled person can build an equivalent system",
        "une personne trouve que quelqu'un du métier peut construire un système équivalent",
    ),
    reviewed(
        "data.datasets_open",
        "a reviewer finds the training datasets published under open terms",
        "une personne trouve les jeux de données d'entraînement publiés sous des conditions ouvertes",
    ),
    reviewed(
        "data.evaluation_accepted",
        "a reviewer finds the evaluation data published under open terms",
        "une personne trouve les données d'évaluation publiées sous des conditions ouvertes",
    ),
    FactSpec("code.repositories", "int", "code repositories linked from the page"),
    FactSpec(
        "code.license_class", "string", "class of the code's license, the worst deciding", values=CLASSES
    ),
    FactSpec(
        "code.license_files",
        "strings",
        "the license files about the code alone, each with its license; named in texts only",
        lower_bound=True,
    ),
    true_only("code.license_found", "a license file about the code was read, here or in a linked repository"),
    true_only("code.training_found", "training code is linked or in the repository"),
    true_only("code.training_withheld", "the publisher says the training code is not released"),
    true_only("code.data_processing_found", "data processing code is linked or in the repository"),
    true_only("code.evaluation_found", "evaluation code or harness is linked or in the repository"),
    true_only("code.inference_found", "inference code is in the repository or in a named library"),
    boolean("code.inference_osi", "the named inference library has an OSI-approved license"),
    true_only("code.architecture_found", "the architecture is published: configuration or code"),
    true_only("code.libraries_found", "a list of the libraries used is in a linked code repository"),
    boolean(
        "code.remote",
        "loading runs code of the repository; false when configuration and complete listing show none",
    ),
    reviewed(
        "code.training_complete",
        "a reviewer finds the training code complete",
        "une personne trouve le code d'entraînement complet",
    ),
    reviewed(
        "code.data_processing_complete",
        "a reviewer finds the data processing code complete",
        "une personne trouve le code de traitement des données complet",
    ),
    reviewed(
        "code.evaluation_complete",
        "a reviewer finds validation and testing code complete",
        "une personne trouve le code de validation et de test complet",
    ),
    reviewed(
        "code.inference_accepted",
        "a reviewer finds the inference code complete and open",
        "une personne trouve le code d'exécution complet et ouvert",
    ),
    reviewed(
        "code.architecture_accepted",
        "a reviewer finds the architecture published under an open license",
        "une personne trouve l'architecture publiée sous une licence ouverte",
    ),
    reviewed(
        "code.libraries_accepted",
        "a reviewer finds the supporting libraries and tools published and open",
        "une personne trouve les bibliothèques et outils annexes publiés et ouverts",
    ),
    reviewed(
        "code.license_accepted",
        "a reviewer finds all code under OSI-approved licenses",
        "une personne trouve tout le code sous licences approuvées par l'OSI",
    ),
    reviewed(
        "code.open_accepted",
        "a reviewer finds the training, inference and evaluation code under licenses that the MOF calls open",
        "une personne trouve le code d'entraînement, d'exécution et d'évaluation sous des licences que le"
        " MOF dit ouvertes",
    ),
    reviewed(
        "code.processing_open_accepted",
        "a reviewer finds the data processing code under licenses that the MOF calls open",
        "une personne trouve le code de traitement des données sous des licences que le MOF dit ouvertes",
    ),
    true_only("documents.model_card", "the repository has a card with prose"),
    true_only("documents.paper", "a research paper is linked"),
    true_only("documents.report", "a technical report is linked"),
    true_only("documents.data_card", "a data card is linked"),
    true_only("documents.evaluation_results", "evaluation results are published in the metadata"),
    true_only("documents.copyright_policy", "a copyright policy is linked"),
    true_only("documents.training_summary", "a public summary of the training content is linked"),
    reviewed(
        "documents.report_accepted",
        "a reviewer finds a report, or a paper in its place, open",
        "une personne trouve un rapport, ou un article à sa place, ouvert",
    ),
    reviewed(
        "documents.paper_accepted",
        "a reviewer finds a research paper published under open terms",
        "une personne trouve un article de recherche publié sous des conditions ouvertes",
    ),
    reviewed(
        "documents.model_card_accepted",
        "a reviewer finds the model card complete and under open terms",
        "une personne trouve la fiche du modèle complète et sous des conditions ouvertes",
    ),
    reviewed(
        "documents.data_card_accepted",
        "a reviewer finds a data card, or its content, under open terms",
        "une personne trouve une fiche de données, ou son contenu, sous des conditions ouvertes",
    ),
    reviewed(
        "documents.results_accepted",
        "a reviewer finds the evaluation results under open terms",
        "une personne trouve les résultats d'évaluation sous des conditions ouvertes",
    ),
    FactSpec("subject.last_modified", "string", "when the repository last changed, ISO 8601"),
    FactSpec("subject.days_since_change", "int", "days from the last change to the judgement; derived"),
    FactSpec("subject.task", "string", "what the model is for, in the Hub's word"),
    FactSpec("components.count", "int", "parts with a license of their own"),
    boolean("system.machine_learning", "the subject is a machine-learning system"),
)

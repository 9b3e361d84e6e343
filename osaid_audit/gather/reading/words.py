"""Word lists of the reading part: which language a text is in, and which words speak of a license."""

import re


def word_set(text: str) -> frozenset[str]:
    """The words of a text, apart at blanks."""
    return frozenset(text.split())


ENGLISH = word_set(
    "the of and to in is was are were be been for on with as by this that these those it its from at or an "
    "we you our your can has have had not but which will when use using used more than into also may must "
    "should all any only there their they if how no do does see here each other between over such under via "
    "a model models trained training data dataset language license version based"
)
FRENCH = word_set(
    "le la les un une des du de et est sont en pour dans sur avec par que qui ce cette ces il elle nous vous "
    "au aux ne pas plus se son sa ses leur ou mais comme a ont été être peut données modèle modèles entraîné "
    "licence"
)
OTHERS: dict[str, frozenset[str]] = {
    "de": word_set("der die das und ist mit von für nicht ein eine wurde auf den dem im zu sich wird auch"),
    "es": word_set("el los las una con para que por del se más como este esta al lo su fue sobre entre y"),
    "it": word_set("il lo gli della che di per con è sono nel una dei delle alla come questo e non più"),
    "pt": word_set("os uma para com que não é do da dos das em no na foi mais como este pelo e por"),
    "nl": word_set("het een van en is met voor niet op dat zijn wordt deze te door ook aan bij"),
    "sv": word_set("och att är som på för med av det en ett den har inte til og er på ikke fra på af"),
    "pl": word_set("jest nie na się w z i do to że jak oraz dla przez który został"),
    "tr": word_set("bir ve bu için ile olarak olan da de daha gibi kadar model veri"),
    "id": word_set("yang dan di untuk dengan ini dari pada adalah dalam tidak ke oleh akan"),
    "vi": word_set("và của là cho trong được có một các với này không để những"),
}

# Words that could carry terms, also in languages that are otherwise not read: they only ever hold a
# conclusion back, so the list errs on the long side.
TERMS_WORD = re.compile(
    r"licen[cs]|lizen[zs]|licenc|licença|licenza|licentie|licens|lisens|lisans|copyright|©|terms of (?:use"
    r"|service)"
    r"|public domain|domaine public|libre de droits|we (?:have )?open[- ]?source|model is open[- ]?source"
    r"|non[- ]?commercial|commercial use|research use"
    r"|research (?:purposes )?only|all rights reserved|tous droits|creative commons|\bcc[- ]by|\bcc0\b"
    r"|apache[- ]?2"
    r"|\bmit\b(?! press)|\b[al]?gpl|\bbsd\b|openrail|permitted|prohibited|royalt"
    r"|许可|許可|协议|協議|授权|授權|版权|版權|商用|商业用途|商業|ライセンス|利用規約|라이선스|라이센스|상업|лиценз|ліценз"
    r"|رخصة|ترخيص|लाइसेंस|giấy phép|เงื่อนไข|สัญญาอนุญาต",
    re.IGNORECASE,
)
# Terms in other languages: enough to say that a page we cannot read may hold terms.
FOREIGN_TERMS = re.compile(
    r"lizen[zs]|licencia|licença|licenza|licentie|lisens|lisans|kommerzi|comercial|commerciale\b"
    r"|许可|許可|协议|協議|授权|授權|版权|版權|商用|商业|商業|ライセンス|利用規約|라이선스|라이센스|상업|лиценз|ліценз"
    r"|رخصة|ترخيص|लाइसेंस|giấy phép|สัญญาอนุญาต",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"\[?\s*(?:more|needs more) information(?: is)? needed\s*\]?|\[?needs more information\]?|\bto ?do\b"
    r"|\btbd\b|\bn/a\b"
    r"|\bcoming soon\b|to be (?:added|completed|announced|updated|released)|à compléter|à venir"
    r"|information manquante"
    r"|describe the data you used to train the model|if you initialized it with pre-?trained weights, add a "
    r"link"
    r"|this should link to a (?:data ?set|data) card|\{\{[^{}]{0,80}\}\}|lorem ipsum",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|neither|cannot|without|undisclosed|unavailable|unreleased|withheld"
    r"|withhold|refuse|unable"
    r"|confidential|aucune?|ne|n'(?:est|a|ont|avons|y)|sans|jamais|non)\b|n't\b",
    re.IGNORECASE,
)

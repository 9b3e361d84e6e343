"""The words of a problem, in both languages: why something was not read, and the next step."""

from osaid_audit.schema.base import ProblemState, Text

WHY: dict[ProblemState, Text] = {
    "absent": Text(en="It does not exist at this commit.", fr="Il n'existe pas à ce commit."),
    "gated": Text(
        en="The publisher asks for an agreement before it can be read.",
        fr="L'éditeur demande un accord avant toute lecture.",
    ),
    "not_found_or_private": Text(
        en="It does not exist, or it is private and not readable with this token.",
        fr="Il n'existe pas, ou il est privé et illisible avec ce jeton.",
    ),
    "unreachable": Text(
        en="The network or the server did not answer.", fr="Le réseau ou le serveur n'a pas répondu."
    ),
    "malformed": Text(en="It was read but makes no sense.", fr="Il a été lu, mais il est incompréhensible."),
    "too_large": Text(en="It is larger than what is read.", fr="Il dépasse la taille qui est lue."),
    "unsupported": Text(
        en="Its format is not read by this version.", fr="Son format n'est pas lu par cette version."
    ),
}
"""Why, by state."""
# Never "check the spelling": the names stand on the publisher's page; of the reader's own, an error speaks.
NEXT: dict[ProblemState, Text] = {
    "absent": Text(en="Publish it, or mend the link.", fr="Publiez-le ou corrigez le lien."),
    "gated": Text(
        en="Accept the conditions on the model's page and audit again with --token.",
        fr="Acceptez les conditions sur la page du modèle, puis relancez l'audit avec --token.",
    ),
    "not_found_or_private": Text(
        en="See whether it still bears this name; if it is private, use a token that may read it.",
        fr="Vérifiez qu'il porte encore ce nom ; s'il est privé, utilisez un jeton qui y donne accès.",
    ),
    "unreachable": Text(en="Audit again later.", fr="Relancez l'audit plus tard."),
    "malformed": Text(en="Mend the file at the line shown.", fr="Corrigez le fichier à la ligne indiquée."),
    "too_large": Text(
        en="Read it yourself, or publish a shorter file.",
        fr="Lisez-le vous-même ou publiez un fichier plus court.",
    ),
    "unsupported": Text(en="Publish it as plain text as well.", fr="Publiez-le aussi en texte brut."),
}
"""The next step, by state."""
READ_IT = Text(
    en="Open its address yourself: a later audit is answered the same.",
    fr="Ouvrez vous-même son adresse : un audit plus tard recevrait la même réponse.",
)
"""The next step after an answer that is final."""
SLIPS: dict[str, Text] = {
    "yaml": Text(en="The front matter is not valid YAML.", fr="L'en-tête n'est pas du YAML valide."),
    "tab": Text(
        en="The front matter is indented with a tab, which YAML forbids.",
        fr="L'en-tête est indenté par une tabulation, ce que YAML interdit.",
    ),
    "control": Text(
        en="The front matter holds a control character.", fr="L'en-tête contient un caractère de contrôle."
    ),
    "unclosed": Text(
        en="The front matter opens with --- and never closes.",
        fr="L'en-tête s'ouvre par --- et ne se ferme jamais.",
    ),
    "shape": Text(
        en="The front matter is not a list of keys with values.",
        fr="L'en-tête n'est pas une suite de clés et de valeurs.",
    ),
    "duplicate": Text(
        en="A key stands twice in the front matter; both values were judged.",
        fr="Une clé figure deux fois dans l'en-tête ; les deux valeurs ont été examinées.",
    ),
    "too_large": Text(en="The front matter is larger than 1 MB.", fr="L'en-tête dépasse 1 Mo."),
    "bomb": Text(
        en="The front matter is nested or repeated beyond reason.",
        fr="L'en-tête est imbriqué ou répété au-delà du raisonnable.",
    ),
    "marker": Text(
        en="A --- line of the front matter ends with a blank; the Hub may not see it.",
        fr="Une ligne --- de l'en-tête finit par une espace ; le Hub peut ne pas la voir.",
    ),
    "misplaced": Text(
        en="The front matter does not open on the first line of the file, so the Hub ignores it.",
        fr="L'en-tête ne s'ouvre pas à la première ligne du fichier : le Hub l'ignore.",
    ),
    "encoding": Text(en="The file is not valid UTF-8.", fr="Le fichier n'est pas en UTF-8 valide."),
}
"""What is wrong with a front matter, by the kind of slip."""
MOVE = Text(
    en="Move it to the first line of the file, between two lines of ---.",
    fr="Placez-le à la première ligne du fichier, entre deux lignes de ---.",
)
ELSEWHERE = Text(
    en="The Hub reads the front matter of README.md alone, so what stands here declares nothing.",
    fr="Le Hub ne lit que l'en-tête de README.md : ce qui figure ici ne déclare rien.",
)
FOREIGN = Text(
    en="It speaks of terms in a language that this version does not read.",
    fr="Il parle de conditions dans une langue que cette version ne lit pas.",
)
FOREIGN_CARD = Text(
    en="The model card is not read in this language (English and French are): what it says is not known.",
    fr="La fiche du modèle n'est pas lue dans cette langue (le français et l'anglais le sont) :"
    " on ne sait pas ce qu'elle dit.",
)
TRANSLATE_CARD = Text(
    en="Read it yourself and attest what it says, or publish it in English or French as well.",
    fr="Lisez-la vous-même et attestez ce qu'elle dit, ou publiez-la aussi en français ou en anglais.",
)
TRANSLATE = Text(
    en="Read it yourself, or publish the terms in English or French as well.",
    fr="Lisez-le vous-même, ou publiez aussi les conditions en français ou en anglais.",
)
INTO_README = Text(
    en="Declare the license in README.md, spelt so.", fr="Déclarez la licence dans README.md, écrit ainsi."
)

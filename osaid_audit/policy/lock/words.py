"""What a comparison with the lock says, in both languages."""

from collections.abc import Iterable

from osaid_audit.policy import wording
from osaid_audit.schema.base import Text


def joined(parts: Iterable[Text], most: int = 8) -> Text:
    """The parts in one line; of more than `most` the rest is counted."""
    found = list(parts)
    more = len(found) - most
    tail = [Text(en=f"and {more} more", fr=f"et {more} autres")] if more > 0 else []
    return wording.joined([*found[:most], *tail], "; ")


def file_changed(path: str) -> Text:
    """Other bytes under the same name."""
    return Text(en=f"{path} is another text", fr=f"le texte de {path} n'est plus le même")


def file_new(path: str) -> Text:
    """A license-like file that was not there."""
    return Text(en=f"{path} is new", fr=f"{path} est nouveau")


def file_gone(path: str) -> Text:
    """A license-like file that is not there any more."""
    return Text(en=f"{path} is gone", fr=f"{path} a disparu")


def file_lost(path: str) -> Text:
    """It was read then and cannot be read now: nobody knows that it is the same."""
    return Text(en=f"{path} could not be re-read", fr=f"{path} n'a pas pu être relu")


def file_unknown(path: str) -> Text:
    """It was not read then, and the commit is another one."""
    return Text(
        en=f"{path} had not been read, and the commit is another one: whether it changed is not known",
        fr=f"{path} n'avait pas été lu, et le commit n'est plus le même : on ne sait pas s'il a changé",
    )


def key_new(key: str) -> Text:
    """A license key of the card."""
    return Text(en=f"the page now declares '{key}'", fr=f"la page déclare maintenant « {key} »")


def key_gone(key: str) -> Text:
    """A license key that the card had."""
    return Text(en=f"the page no longer declares '{key}'", fr=f"la page ne déclare plus « {key} »")


def said(words: str, *, now: bool) -> Text:
    """A license that prose or a gate prompt grants."""
    if now:
        return Text(en=f"the words of the page now say '{words}'", fr=f"la page dit maintenant « {words} »")
    return Text(en=f"the words of the page no longer say '{words}'", fr=f"la page ne dit plus « {words} »")


def read_as(was: str, now: str) -> Text:
    """What the terms are taken for."""
    return Text(
        en=f"the terms were read as {was} and are now read as {now}",
        fr=f"les conditions étaient lues comme {was} et le sont maintenant comme {now}",
    )


def part_read_as(path: str, was: str, now: str) -> Text:
    """What the terms of a component are taken for."""
    return Text(
        en=f"the terms of {path} were read as {was} and are now read as {now}",
        fr=f"les conditions de {path} étaient lues comme {was} et le sont maintenant comme {now}",
    )


def base_new(name: str, terms: str) -> Text:
    """A base that was not declared."""
    return Text(en=f"the base {name} ({terms}) is new", fr=f"le modèle de base {name} ({terms}) est nouveau")


def base_gone(name: str) -> Text:
    """A base that was declared."""
    return Text(
        en=f"the base {name} is no longer declared", fr=f"le modèle de base {name} n'est plus déclaré"
    )


def base_relation(name: str, was: str, now: str) -> Text:
    """How the model was made from the base."""
    return Text(
        en=f"the base {name} was declared as '{was}' and is now declared as '{now}'",
        fr=f"le modèle de base {name} était déclaré « {was} » et l'est maintenant « {now} »",
    )


def base_terms(name: str) -> Text:
    """The license files or keys of a base."""
    return Text(
        en=f"the license files or keys of the base {name} changed",
        fr=f"les fichiers ou les clés de licence du modèle de base {name} ont changé",
    )


def base_lost(name: str) -> Text:
    """They were read then and cannot be read now."""
    return Text(
        en=f"the terms of the base {name} could not be re-read",
        fr=f"les conditions du modèle de base {name} n'ont pas pu être relues",
    )


def base_unknown(name: str) -> Text:
    """They were not read then, and the commit is another one."""
    return Text(
        en=f"the terms of the base {name} had not been read, and its commit is another one: whether they"
        " changed is not known",
        fr=f"les conditions du modèle de base {name} n'avaient pas été lues, et son commit n'est plus le"
        " même : on ne sait pas si elles ont changé",
    )


def base_read_as(name: str, was: str, now: str) -> Text:
    """What the terms of a base are taken for."""
    return Text(
        en=f"the terms of the base {name} were read as {was} and are now read as {now}",
        fr=f"les conditions du modèle de base {name} étaient lues comme {was} et le sont maintenant"
        f" comme {now}",
    )


def license_changed(details: Text, *, rules_too: bool) -> Text:
    """The sentence of a license change."""
    en, fr = f"The license changed: {details.en}.", f"La licence a changé : {details.fr}."
    if rules_too:
        en += " The rules moved too."
        fr += " Les règles ont changé aussi."
    return Text(en=en, fr=fr)


def license_unknown(details: Text) -> Text:
    """Nothing is known to have changed, and nothing is known to be the same."""
    return Text(
        en=f"Whether the license changed is not known: {details.en}.",
        fr=f"On ne sait pas si la licence a changé : {details.fr}.",
    )


def card_changed(*, lost: bool, unread: bool, alone: bool) -> Text:
    """README.md is another text, or was not read now (`lost`) or then (`unread`)."""
    en, fr = "The model card (README.md) was edited.", "La fiche du modèle (README.md) a été modifiée."
    if lost:
        en = "The model card (README.md) is gone, or could not be re-read."
        fr = "La fiche du modèle (README.md) a disparu ou n'a pas pu être relue."
    if unread:
        en = "The model card (README.md) is new, or had not been read."
        fr = "La fiche du modèle (README.md) est nouvelle ou n'avait pas été lue."
    if alone:
        en += " Neither the license nor the verdict changed."
        fr += " Ni la licence ni le verdict n'ont changé."
    return Text(en=en, fr=fr)


def commit_moved(was: str, now: str, *, alone: bool) -> Text:
    """Other files of the repository changed."""
    en, fr = (
        f"The repository moved from commit {was} to {now}",
        f"Le dépôt est passé du commit {was} au commit {now}",
    )
    if alone:
        en += "; license, card and verdict are the same"
        fr += " ; licence, fiche et verdict sont les mêmes"
    return Text(en=f"{en}.", fr=f"{fr}.")


def renamed(was: str, now: str) -> Text:
    """The Hub answers with another id."""
    return Text(
        en=f"The Hub now answers as {now}, no longer as {was}.",
        fr=f"Le Hub répond maintenant par {now}, et non plus par {was}.",
    )


def rules_moved(was: str, now: str, readings: Text | None, *, verdict: bool) -> Text:
    """Other rules; what they read otherwise, and whether the verdict is another one."""
    en, fr = f"The rules moved from {was} to {now}.", f"Les règles sont passées de {was} à {now}."
    if readings is not None:
        en, fr = f"{en} By them {readings.en}.", f"{fr} D'après elles, {readings.fr}."
    if not verdict:
        en, fr = f"{en} The verdict is the same.", f"{fr} Le verdict est le même."
    return Text(en=en, fr=fr)


def by_attestation(readings: Text) -> Text:
    """The same words and rules; a reviewer says what the terms are, or no longer does."""
    return Text(
        en=f"What a reviewer says of the terms is not what the lock says: {readings.en}.",
        fr=f"Ce qu'une attestation dit des conditions n'est pas ce que dit le fichier de"
        f" verrouillage : {readings.fr}.",
    )


NEW = Text(en="This model is not in the lock.", fr="Ce modèle n'est pas dans le fichier de verrouillage.")
GONE = Text(
    en="The lock holds this model, and nothing refers to it any more.",
    fr="Le fichier de verrouillage contient ce modèle, mais rien n'y fait plus référence.",
)

BY_RULES = Text(
    en="The rules moved it: neither the repository nor the terms of a base changed.",
    fr="Ce sont les règles qui l'ont fait changer : ni le dépôt ni les conditions d'un modèle de base n'ont"
    " bougé.",
)
BY_EITHER = Text(
    en="Both the rules and the model moved: which of the two did it is not known.",
    fr="Les règles et le modèle ont changé tous deux : on ne sait pas lequel des deux en est la cause.",
)
WITH_LICENSE = Text(en="The license changed, the rules did not.", fr="La licence a changé, non les règles.")
WITH_CARD = Text(
    en="The model card was edited; license and rules are the same.",
    fr="La fiche du modèle a été modifiée ; la licence et les règles sont les mêmes.",
)
WITH_COMMIT = Text(
    en="The repository moved; license, card and rules are the same.",
    fr="Le dépôt a changé ; la licence, la fiche et les règles sont les mêmes.",
)
BY_NEITHER = Text(
    en="Neither the repository nor the rules moved: a link outside it, a dataset, an attestation, or what"
    " could be read this time did it.",
    fr="Ni le dépôt ni les règles n'ont changé : la cause est un lien extérieur, un jeu de données, une"
    " attestation, ou ce qui a pu être lu cette fois.",
)


def verdict_changed(details: Text, cause: Text) -> Text:
    """The sentence of a verdict change."""
    return Text(
        en=f"The verdict changed: {details.en}. {cause.en}",
        fr=f"Le verdict a changé : {details.fr}. {cause.fr}",
    )


def moved(name: str, was: str | None, now: str | None) -> Text:
    """One value of the verdict."""
    return Text(
        en=f"{name} was {was or 'not asked'} and is {now or 'not asked'}",
        fr=f"{name} : {was or 'non demandé'} devient {now or 'non demandé'}",
    )


TITLE = Text(en="Compared with the lock file", fr="Comparaison avec le fichier de verrouillage")
NEXT = Text(
    en="Look at what changed; if it is acceptable, write the lock anew with --update-lock and commit it.",
    fr="Examinez ce qui a changé ; si c'est acceptable, réécrivez le fichier avec --update-lock et"
    " enregistrez-le dans le dépôt.",
)
NEXT_UNREAD = Text(
    en="Audit again with a token that may read it, or read it yourself and write the lock anew with"
    " --update-lock.",
    fr="Relancez l'audit avec un jeton qui y donne accès, ou lisez-le vous-même et réécrivez le fichier avec"
    " --update-lock.",
)

"""The technical reasons of the fetching part, in both languages; a reason nobody translated is left out.

Where a reason says it better than the state does, it stands in its place, with a next step of its own.
"""

import re
from dataclasses import dataclass

from osaid_audit.gather.reading.files.plan import MAX_BASES, MAX_DEPTH
from osaid_audit.schema.base import Text
from osaid_audit.schema.unread import NOT_FOLLOWED, NOT_IN_RECORDING, NOT_PUBLIC, NOT_THERE, OFFLINE


@dataclass(frozen=True)
class Detail:
    """A reason for people: a few words for brackets, or (`alone`) a whole sentence with what to do."""

    words: Text
    alone: bool = False
    next: Text | None = None


NOT_RECORDED = "not part of the recording"
FRONT_MATTER = "the front matter of its card cannot be read"
TERMS_FILE = "its terms are in a file that is not read"
NO_BASE = "declared as a base, but no other model can be asked for by this name"
CYCLE = "a cycle: this base is the model itself"
TOO_DEEP = "the chain of bases is longer than what is read"
TOO_MANY = "the lineage has more models than are read"
_LONGEST = 300
_BRACKETS: tuple[tuple[str, str], ...] = (
    (r"gated; no token was given", "accès sur demande ; aucun jeton donné"),
    (r"gated; the token was rejected", "accès sur demande ; le jeton a été refusé"),
    (r"gated; this token has no access", "accès sur demande ; ce jeton n'y donne pas accès"),
    (r"the token was rejected", "le jeton a été refusé"),
    (r"no such revision", "cette révision n'existe pas"),
    (r"not in the repository", "absent du dépôt"),
    (r"not in the listing", "absent de la liste des fichiers"),
    (r"the Hub has disabled this repository", "le Hub a désactivé ce dépôt"),
    (r"the Hub answered (\d{3})", "le Hub a répondu {0}"),
    (r"its site answered (\d{3})", "son site a répondu {0}"),
    (r"the rate limit is reached", "la limite de requêtes est atteinte"),
    (
        r"the rate limit is reached; the quota returns in (\d{1,9}) s",
        "la limite de requêtes est atteinte ; nouveau quota dans {0} s",
    ),
    (r"the host name is not known", "nom d'hôte inconnu"),
    (r"the host name could not be looked up", "la résolution du nom d'hôte a échoué"),
    (r"too many redirects", "trop de redirections"),
    (r"a redirect to nowhere", "une redirection sans adresse"),
    (r"not a URL", "ce n'est pas une URL"),
    (r"the address cannot be used", "adresse inutilisable"),
    (r"only http and https addresses are read", "seules les adresses http et https sont lues"),
    (r"neither a web address nor a path", "ni une adresse web ni un chemin"),
    (r"not a path inside the repository", "ce n'est pas un chemin du dépôt"),
    (r"(\d{1,15}) bytes; at most (\d{1,15}) are read", "{0} octets ; au plus {1} sont lus"),
    (r"more than (\d{1,15}) bytes", "plus de {0} octets"),
    (r"the (?:page|reply) took too long", "la réponse a tardé"),
    (r"the (?:page|reply) broke off", "la réponse s'est interrompue"),
    (r"no answer in time", "pas de réponse à temps"),
    (r"no connection", "pas de connexion"),
    (r"no connection, or it broke off", "pas de connexion, ou elle s'est interrompue"),
    (r"the proxy refused", "le serveur mandataire a refusé"),
    (r"the certificate was refused", "le certificat a été refusé"),
    (r"the certificate or the TLS handshake was refused", "le certificat ou la négociation TLS a été refusé"),
    (r"the reply cannot be decompressed", "la réponse ne peut pas être décompressée"),
    (r"the endpoint answered with HTML", "du HTML est venu à la place"),
    (r"the endpoint answered with something that is not JSON", "la réponse n'est pas du JSON"),
    (r"the endpoint answered for another commit", "la réponse concerne un autre commit"),
    (r"read at another commit than asked", "lu à un autre commit que celui demandé"),
    (r"a web page came instead of the file", "une page web est venue à la place du fichier"),
    (r"the reply is not a repository's", "la réponse n'est pas celle d'un dépôt"),
    (r"the listing is not a list", "la liste des fichiers n'est pas une liste"),
    (r"a file without a usable path in the listing", "un fichier sans chemin utilisable dans la liste"),
    (r"the next page is on another host", "la page suivante est sur un autre hôte"),
    (
        r"the info reply names no commit to read it at",
        "la réponse du Hub ne nomme aucun commit où le lire",
    ),
    (re.escape(CYCLE), "un cycle : cette base est le modèle lui-même"),
    (
        r"a cycle: a base of (\S{1,200}) that stems from it as well",
        "un cycle : une base de {0} qui en est issue aussi",
    ),
    (r"the code host answered (\d{3})", "l'hébergeur du code a répondu {0}"),
    (r"the code host named no commit", "l'hébergeur du code n'a nommé aucun commit"),
    (r"a redirect to another host was not followed", "une redirection vers un autre hôte n'a pas été suivie"),
    (r"blocked by its host for legal reasons", "bloqué par son hébergeur pour des raisons juridiques"),
    (re.escape(NO_BASE), "déclaré comme base, mais aucun autre modèle ne peut être demandé sous ce nom"),
)
_OFFLINE = Detail(
    OFFLINE,
    alone=True,
    next=Text(en="Audit again without offline mode.", fr="Relancez l'audit en ligne."),
)
_ON_ITS_OWN = Text(en="Audit this base on its own.", fr="Auditez cette base séparément.")
_READ_IT = Text(
    en="Read its terms on its own page, and attest what they allow.",
    fr="Lisez ses conditions sur sa page et attestez ce qu'elles permettent.",
)
_ALONE: dict[str, Detail] = {
    TOO_DEEP: Detail(
        Text(
            en=f"It stands further back than the {MAX_DEPTH} bases that are read one behind the other.",
            fr=f"Il se trouve au-delà des {MAX_DEPTH} bases successives qui sont lues.",
        ),
        alone=True,
        next=_ON_ITS_OWN,
    ),
    TOO_MANY: Detail(
        Text(
            en=f"The lineage has more than the {MAX_BASES} models that are read.",
            fr=f"La filiation compte plus que les {MAX_BASES} modèles qui sont lus.",
        ),
        alone=True,
        next=_ON_ITS_OWN,
    ),
    FRONT_MATTER: Detail(
        Text(
            en="The front matter of its card cannot be read.",
            fr="L'en-tête de sa fiche ne peut pas être lu.",
        ),
        alone=True,
        next=_READ_IT,
    ),
    TERMS_FILE: Detail(
        Text(
            en="Its terms stand in a file that is not read: too large, or in a format such as PDF.",
            fr="Ses conditions figurent dans un fichier qui n'est pas lu : trop grand, ou au format PDF.",
        ),
        alone=True,
        next=_READ_IT,
    ),
    NOT_RECORDED: Detail(
        NOT_IN_RECORDING,
        alone=True,
        next=Text(en="Audit the model live to read it.", fr="Auditez le modèle en direct pour le lire."),
    ),
    "links that leave the Hub are not followed": Detail(
        NOT_FOLLOWED,
        alone=True,
        next=Text(en="Audit again without --no-links.", fr="Relancez l'audit sans --no-links."),
    ),
    "refused: not a public address (--allow-host permits one)": Detail(
        NOT_PUBLIC,
        alone=True,
        next=Text(
            en="If you trust the host, name it with --allow-host.",
            fr="Si vous faites confiance à l'hôte, nommez-le avec --allow-host.",
        ),
    ),
    "listed, but the Hub does not have it": Detail(NOT_THERE, alone=True),
    "a weight file, which is never read": Detail(
        Text(en="It is a weight file, which is never read.", fr="C'est un fichier de poids, jamais lu."),
        alone=True,
        next=Text(
            en="Point the link to the text of the license.",
            fr="Faites pointer le lien vers le texte de la licence.",
        ),
    ),
    "missing, or private and not readable with this token": Detail(
        Text(
            en="It does not exist, or it is private and this token may not read it.",
            fr="Il n'existe pas, ou il est privé et ce jeton n'y donne pas accès.",
        ),
        alone=True,
    ),
    "missing, or private and not readable without a token": Detail(
        Text(
            en="It does not exist, or it is private and cannot be read without a token.",
            fr="Il n'existe pas, ou il est privé et illisible sans jeton.",
        ),
        alone=True,
        next=Text(
            en="See whether it still bears this name; if it is private, give a token with --token.",
            fr="Vérifiez qu'il porte encore ce nom ; s'il est privé, donnez un jeton avec --token.",
        ),
    ),
    "there is no page at this address": Detail(
        Text(en="There is no page at this address.", fr="Il n'y a pas de page à cette adresse."),
        alone=True,
        next=Text(
            en="Mend the link on the model's page, or publish the terms beside the model.",
            fr="Corrigez le lien sur la page du modèle, ou publiez les conditions avec le modèle.",
        ),
    ),
    "its site refuses to show it": Detail(
        Text(en="Its site refuses to show it.", fr="Son site refuse de la montrer."),
        alone=True,
        next=Text(
            en="Read it yourself, or publish the terms beside the model.",
            fr="Lisez-la vous-même, ou publiez les conditions avec le modèle.",
        ),
    ),
    "no such repository, or a private one": Detail(
        Text(
            en="The linked code repository does not exist, or it is private.",
            fr="Le dépôt de code vers lequel pointe le lien n'existe pas, ou il est privé.",
        ),
        alone=True,
        next=Text(
            en="Mend the link on the model's page, or make the repository public.",
            fr="Corrigez le lien sur la page du modèle, ou rendez le dépôt public.",
        ),
    ),
    "GITHUB_TOKEN was rejected": Detail(
        Text(en="GitHub rejected GITHUB_TOKEN.", fr="GitHub a refusé GITHUB_TOKEN."),
        alone=True,
        next=Text(
            en="Make a new token, or audit again without GITHUB_TOKEN.",
            fr="Créez un nouveau jeton, ou relancez l'audit sans GITHUB_TOKEN.",
        ),
    ),
    "offline, and not in the cache": _OFFLINE,
    "HF_HUB_OFFLINE is set": _OFFLINE,
}

_SPENT = re.compile(r"the code host's rate limit is reached(?: until (\d{4,5}-\d\d-\d\d \d\d:\d\d) UTC)?")
_RAISE_LIMIT = Text(
    en="Set GITHUB_TOKEN, which raises that of GitHub (it needs no rights), or audit again later.",
    fr="Définissez GITHUB_TOKEN, qui élève celle de GitHub (sans aucun droit), ou relancez plus tard.",
)


def in_both_languages(detail: str) -> Detail | None:
    """The reason in English and French, None when it is empty or not one of ours."""
    if detail in _ALONE:
        return _ALONE[detail]
    spent = _SPENT.fullmatch(detail)
    if spent:
        return Detail(_spent(spent[1]), alone=True, next=_RAISE_LIMIT)
    for pattern, french in _BRACKETS if len(detail) <= _LONGEST else ():
        found = re.fullmatch(pattern, detail)
        if found:
            return Detail(Text(en=detail, fr=french.format(*found.groups())))
    return None


def _spent(until: str | None) -> Text:
    en, fr = (
        "The code host's rate limit is reached",
        "La limite de requêtes de l'hébergeur du code est atteinte",
    )
    if until is None:
        return Text(en=f"{en}.", fr=f"{fr}.")
    return Text(en=f"{en}; it is lifted at {until} UTC.", fr=f"{fr} ; elle est levée à {until} UTC.")

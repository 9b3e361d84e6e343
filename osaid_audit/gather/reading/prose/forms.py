"""Whether a gate text is nothing but a form: contact data, an acknowledgement, the words of a button.

Only what is recognised word by word as such a request is no license term (design §2.12); any other text is
one that somebody must read.
"""

import re

from osaid_audit.gather.reading.prose.about import folded
from osaid_audit.gather.reading.words import word_set

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(
    r"\]\([^()\s]{0,600}\)|<[^<>]{0,600}>|https?://\S{1,600}|\S{1,100}@\S{1,100}|[\w.-]{1,60}/[\w.-]{1,60}"
)
_CUT = re.compile(r"[.!?;:]\s+|\n+")
_LONGEST = 10_000
_NAMES_SHARE = 0.34
_SHORT = 6
_SMALL = word_set(
    "a an the and or of to in on at by for from with as is are be been was were will would can could may"
    " might"
    " must shall should have has had do does did not-applicable this that these those it its they them their"
    " there here i we you he she my our your me us which who what when where how why if so also please thank"
    " thanks just before after above below any all some other each about into than then up out more further"
    " full both yes ok n no non-applicable"
    " le la les un une des du de d l et ou en au aux à a est sont être avez avoir ai par pour avec sur dans"
    " ce cet cette ces qui que quoi votre vos notre nos mon ma mes je vous nous il elle ils elles se s si"
    " ne y qu j m c n où quel quelle quels quelles son sa ses leur leurs veuillez merci oui autre autres plus"
)
_FORM = word_set(
    "first last middle family given full name names surname email e mail mails address phone telephone number"
    " country region state province city zip postal geo ip location date birth birthday gender age"
    " affiliation"
    " affiliations organization organisation organizations institution university school laboratory lab"
    " company"
    " employer department team group job title role position occupation profession student professor engineer"
    " researcher developer hobbyist website homepage url link profile linkedin github google scholar orcid"
    " says say tell tells explains details follow visit web twitter account username"
    " user users hugging face huggingface hf hub contact information info details"
    " data"
    " personal form field fields fill filled filling complete completed optional required mandatory select"
    " choose enter provide provided providing provides share shared sharing supply describe description"
    " explain"
    " reason reasons message comment comments specific picker checkbox text type"
    " agree agreed agreeing accept accepted accepting acknowledge acknowledged acknowledging acknowledgement"
    " confirm consent review reviewed read understand understood submit submitted submitting submission"
    " condition conditions terms license licence agreement privacy policy policies gdpr notice"
    " access accessing accessible request requests requested requesting grant granted approve approved"
    " approval"
    " process processed processing automatically manually manual automatic immediately immediate"
    " take takes within hours days minutes soon shortly welcome log login logged logging sign signed signing"
    " click clicking button continue proceed download downloading downloads repository repo model models"
    " weights"
    " file files content contents page publicly public gated public authors author owner owners maintainers"
    " maintainer receive receiving received updates update news newsletter release releases new future"
    " collected collect collecting stored store storing kept held used using purpose purposes statistics"
    " statistical know who better learn understand understanding knowledge community userbase help helps"
    " improve"
    " improvement improving interested interest want wish like would need needs track tracking"
    " accordance following subject governed question questions visit see us note important hello hi"
    " ensure ensures make sure use uses but though always allow allows related around occasionally acquire"
    " remain"
    " premium paid services service pipeline pipelines open source collection dataset datasets match matches"
    " audio speech image images video text language hear heard via invite event events survey feedback"
    " newsletter subscribe communications communication"
    " plan planned intend intended case cases usage project projects application describe briefly"
    # French
    "  nom prénom noms courriel adresse électronique mél téléphone pays région ville code postal date"
    " naissance"
    " affiliation organisme organisation établissement université école laboratoire entreprise société"
    " employeur"
    " fonction poste métier profession titre étudiant étudiante enseignant enseignante chercheur chercheuse"
    " ingénieur ingénieure développeur développeuse site web compte utilisateur coordonnées contact"
    " informations"
    " information données personnelles formulaire champ champs remplir rempli complet obligatoire facultatif"
    " choisir sélectionner indiquer indiquez saisir fournir fournies fournissez partager partage partagées"
    " partagé transmettre transmises accepte acceptez accepter acceptant accord reconnais reconnaissez"
    " reconnaître confirme confirmer consens consentement lu lire comprends compris envoyer valider soumettre"
    " conditions licence confidentialité politique accès accéder demande demandes demander demandé accordé"
    " accordée"
    " traitée traitées traitement automatiquement manuellement délai jours heures bienvenue connecter"
    " connexion"
    " connecté cliquer cliquez cliquant bouton continuer télécharger téléchargement dépôt modèle modèles"
    " poids"
    " fichier fichiers contenu page public publique auteur auteurs responsables recevoir reçues nouvelles"
    " collectées collecte conservées stockées utilisées statistiques connaître mieux aider améliorer projet"
    " usage prévu envisagé décrivez décrire conformément rgpd souhaite souhaitez doit devez"
)
_CHOICES = word_set(
    "research education educational academic academia commercial industry government nonprofit profit hobby"
    " personal private teaching studying journalism journalist undergraduate graduate master phd bachelor"
    " postgrad phd doctoral faculty professional business startup enterprise evaluation testing development"
    " production reporter graduate other none recherche éducation enseignement académique industrie"
    " administration association"
    " loisir personnel privé professionnel autre aucun"
)
_DOUBT = word_set(
    "only solely exclusively non not never without except agree accept use uniquement exclusivement pas sans"
    " interdit accepte"
)
_TO_ME = re.compile(
    r"\b(?:contact|e-?mail|inform|tell|send|notify) (?:me|you)\b|\bme contacter\b|\bm'informer\b"
)
_BINDS = re.compile(
    r"\b(?:agree|accept|undertake|promise|certify|warrant|confirm|will|shall|must|engage|accepte\w*"
    r"|certifi\w*|devez)\b"
    r".{0,120}\b(?:to use|use (?:of |it |this |the )|be used|utiliser|utilisation)\b",
    re.IGNORECASE,
)


def is_plain_form(text: str, name: str = "") -> bool:
    """Whether every sentence of a gate text only asks for contact data, acknowledges, or names a button.

    The words of `name`, the id of the repository, may stand anywhere.
    """
    if len(text) > _LONGEST:
        return False
    own = frozenset(word.lower() for word in _WORD.findall(name))
    bare = _ADDRESS.sub(" ", folded(text))
    return all(_is_plain(piece, own) for piece in _CUT.split(bare) if _WORD.search(piece))


def is_choice(text: str) -> bool:
    """Whether the text is a short answer to choose: "Research", "Education or teaching"."""
    words = _WORD.findall(folded(text).lower())
    known = _CHOICES | _SMALL | _FORM
    return len(words) <= _SHORT and all(word in known for word in words) and not _DOUBT & set(words)


def _is_plain(piece: str, own: frozenset[str]) -> bool:
    if _BINDS.search(piece):
        return False
    words = _WORD.findall(piece)
    known = _SMALL | _FORM | own | (_CHOICES if _TO_ME.search(piece.lower()) else frozenset())
    strange = [at for at, word in enumerate(words) if word.lower() not in known]
    names = [at for at in strange if at and words[at][:1].isupper()]
    return strange == names and len(names) <= _NAMES_SHARE * len(words)

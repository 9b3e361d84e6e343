"""Why something could not be read, what to do about it, and which facts it holds back."""

from collections.abc import Iterable, Iterator

from osaid_audit.gather.raw import Fetched, Gathered, Missed, Raw, Repository
from osaid_audit.gather.reading.files.plan import CONFIGS, LOADING_CONFIGS, is_small_config
from osaid_audit.gather.reading.files.smallfiles import unread_configs
from osaid_audit.gather.reading.files.termsfiles import (
    covers_of,
    side_cards,
    terms_files,
    unread_terms,
    weight_folders,
)
from osaid_audit.gather.reading.prose.frontmatter import HARMLESS, Slip, read_front_matter
from osaid_audit.gather.reading.prose.licensetexts import problem_of
from osaid_audit.gather.reading.repository.details import NOT_RECORDED, in_both_languages
from osaid_audit.gather.reading.repository.keys import misspelt, not_understood, said_elsewhere
from osaid_audit.gather.reading.sources import README
from osaid_audit.schema.base import Problem, ProblemState, Text

_WHY: dict[ProblemState, Text] = {
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
# Never "check the spelling": the names stand on the publisher's page; of the reader's own, an error speaks.
_NEXT: dict[ProblemState, Text] = {
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
_SLIPS: dict[str, Text] = {
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
_MOVE = Text(
    en="Move it to the first line of the file, between two lines of ---.",
    fr="Placez-le à la première ligne du fichier, entre deux lignes de ---.",
)
LICENSE_FACTS = ("license.class", "license.read_all", "license.grant_found", "license.consistent")
_BY_COVERS: dict[str, tuple[str, ...]] = {"weights": LICENSE_FACTS, "code": ("code.license_class",)}
_ELSEWHERE = Text(
    en="The Hub reads the front matter of README.md alone, so what stands here declares nothing.",
    fr="Le Hub ne lit que l'en-tête de README.md : ce qui figure ici ne déclare rien.",
)
_FOREIGN = Text(
    en="It speaks of terms in a language that this version does not read.",
    fr="Il parle de conditions dans une langue que cette version ne lit pas.",
)
_FOREIGN_CARD = Text(
    en="The model card is not read in this language (English and French are): what it says is not known.",
    fr="La fiche du modèle n'est pas lue dans cette langue (le français et l'anglais le sont) :"
    " on ne sait pas ce qu'elle dit.",
)
_TRANSLATE_CARD = Text(
    en="Read it yourself and attest what it says, or publish it in English or French as well.",
    fr="Lisez-la vous-même et attestez ce qu'elle dit, ou publiez-la aussi en français ou en anglais.",
)
_TRANSLATE = Text(
    en="Read it yourself, or publish the terms in English or French as well.",
    fr="Lisez-le vous-même, ou publiez aussi les conditions en français ou en anglais.",
)
_INTO_README = Text(
    en="Declare the license in README.md, spelt so.", fr="Déclarez la licence dans README.md, écrit ainsi."
)
CARD_FACTS = (
    *LICENSE_FACTS,
    "data.described",
    "data.processing_described",
    "data.linked_datasets",
    "lineage.declared_base",
    "documents.model_card",
    "documents.paper",
    "code.repositories",
)

PROSE_FACTS = (
    *LICENSE_FACTS,
    "data.described",
    "data.sources_listed",
    "data.datasets_named",
    "data.processing_described",
    "data.released",
    "data.withheld",
    "data.not_released",
    "data.unshareable_reason",
    "data.obtainable_listed",
    "data.linked_datasets",
    "code.training_found",
    "code.data_processing_found",
    "code.evaluation_found",
    "code.training_withheld",
    "lineage.stated_from_scratch",
    "lineage.origin_spoken",
    "access.price_named",
    "documents.paper",
    "documents.report",
    "documents.data_card",
    "documents.training_summary",
    "documents.copyright_policy",
)
"""What the words of a card may say."""


def of_foreign_card(*, based: bool) -> Problem:
    """The card is there and was fetched, but nobody here understands it.

    `based`: a base is declared in the front matter; else the words may be all that would name one.
    """
    blocks = PROSE_FACTS if based else (*PROSE_FACTS, "lineage.complete")
    return Problem(what=README, state="unsupported", why=_FOREIGN_CARD, next=_TRANSLATE_CARD, blocks=blocks)


def of_missed(missed: Missed, blocks: Iterable[str]) -> Problem:
    """The problem of one thing that was not read."""
    why, following = _WHY[missed.state], _NEXT[missed.state]
    detail = in_both_languages(missed.detail)
    if detail is not None and detail.alone and missed.state == "gated":
        why = Text(en=f"{why.en} {detail.words.en}", fr=f"{why.fr} {detail.words.fr}")
    elif detail is not None and detail.alone:
        why, following = detail.words, detail.next or following
    elif detail is not None:
        why = Text(en=_bracketed(why.en, detail.words.en), fr=_bracketed(why.fr, detail.words.fr))
    return Problem(what=missed.what, state=missed.state, why=why, next=following, blocks=tuple(blocks))


def _bracketed(sentence: str, words: str) -> str:
    return f"{sentence.removesuffix('.')} ({words})."


def of_state(what: str, state: ProblemState, blocks: Iterable[str], line: int | None = None) -> Problem:
    """A problem in its usual words."""
    return Problem(
        what=what, state=state, why=_WHY[state], next=_NEXT[state], blocks=tuple(blocks), line=line
    )


def of_slip(slip: Slip, card: str = README, holds: tuple[str, ...] = CARD_FACTS) -> Problem:
    """Something wrong with the front matter of a card, and the facts that wait for it."""
    ignored = slip.kind == "misplaced"
    return Problem(
        what=card,
        state="too_large" if slip.kind == "too_large" else "malformed",
        why=_SLIPS[slip.kind],
        next=_MOVE if ignored else _NEXT["malformed"],
        blocks=() if slip.kind in HARMLESS and not ignored else holds,
        line=slip.line,
    )


def problems_of(
    gathered: Gathered,
    slips: Iterable[Slip],
    bases: Iterable[Missed],
    not_linked: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """Every problem of an audit, in a fixed order, none twice.

    `bases` are those of the lineage, `not_linked` datasets that only we looked for.
    """
    found = (*_of_subject(gathered.subject, slips), *_of_others(gathered, bases, not_linked))
    return tuple(dict.fromkeys(found))


def _of_subject(subject: Repository, slips: Iterable[Slip]) -> Iterator[Problem]:
    if not subject.listing_complete:
        yield _of_listing(subject)
    yield from (of_slip(slip) for slip in slips)
    holding = weight_folders(subject.listing)
    for path, fetched in sorted(subject.files.items()):
        if isinstance(fetched, Missed) and not is_plain_absence(subject, fetched):
            yield of_missed(fetched, _blocked_by(path, holding))
    for file, state in unread_terms(subject.listing):
        yield of_state(file.path, state, _blocked_by(file.path, holding))
    for config, why in unread_configs(subject):
        yield of_state(config, why, _blocked_by(config, holding))
    yield from _of_keys(subject)
    yield from _of_side_cards(subject)
    for url, fetched in sorted(subject.links.items()):
        if isinstance(fetched, Missed):
            yield of_missed(Missed(url, fetched.url, fetched.state, fetched.detail), LICENSE_FACTS)
    yield from _of_texts(subject)


def _of_listing(subject: Repository) -> Problem:
    """A list of files that is cut or malformed, that did not come or, of a recording, was not recorded."""
    blocked = ("weights.present", "weights.formats", *LICENSE_FACTS)
    if subject.listing_missed is not None:
        return of_missed(subject.listing_missed, blocked)
    if subject.info_raw.stands_in and "siblings" not in subject.info:
        return of_missed(Missed("file list", subject.page_url, "unreachable", NOT_RECORDED), blocked)
    return of_state("file list", "malformed", blocked)


def _of_texts(subject: Repository) -> Iterator[Problem]:
    """Licenses and policies that were fetched and are no text that can be read, behind links too."""
    holding = weight_folders(subject.listing)
    refused = {file.path for file, _ in unread_terms(subject.listing)}
    for file in terms_files(subject.listing):
        fetched = None if file.path in refused else subject.files.get(file.path)
        if isinstance(fetched, Raw):
            found = problem_of(fetched, file.path, _blocked_by(file.path, holding))
            yield from () if found is None else (found,)
    for url, fetched in sorted(subject.links.items()):
        if isinstance(fetched, Raw):
            found = problem_of(fetched, url, LICENSE_FACTS)
            yield from () if found is None else (found,)


def _of_keys(subject: Repository) -> Iterator[Problem]:
    """License keys that the Hub does not read: misspelt, or in another file than README.md."""
    for entry, meant in misspelt(subject):
        yield _misspelt(entry.key[:40], meant, entry.line)
    for raw, entry in said_elsewhere(subject):
        facts = ("license.grant_found",)
        yield Problem(
            what=raw.what, state="malformed", why=_ELSEWHERE, next=_INTO_README, blocks=facts, line=entry.line
        )


def _of_side_cards(subject: Repository) -> Iterator[Problem]:
    """Cards beside the README that were fetched and are not understood."""
    for file in side_cards(subject.listing):
        fetched = subject.files.get(file.path)
        if not isinstance(fetched, Raw):
            continue
        for slip in read_front_matter(fetched.body).slips:
            if slip.kind not in HARMLESS:
                yield of_slip(slip, file.path, LICENSE_FACTS)
        if not_understood(fetched):
            yield Problem(
                what=file.path, state="unsupported", why=_FOREIGN, next=_TRANSLATE, blocks=LICENSE_FACTS
            )


def _misspelt(key: str, meant: str, line: int) -> Problem:
    return Problem(
        what=README,
        state="malformed",
        why=Text(
            en=f"The key '{key}' is not one the Hub knows, so it declares nothing.",
            fr=f"La clé « {key} » n'est pas connue du Hub : elle ne déclare rien.",
        ),
        next=Text(en=f"Write '{meant}' instead of '{key}'.", fr=f"Écrivez « {meant} » au lieu de « {key} »."),
        blocks=("license.consistent",),
        line=line,
    )


def is_plain_absence(repository: Repository, missed: Fetched | None) -> bool:
    """Whether a file is simply not there: absent, and the complete listing agrees."""
    listed = {file.path for file in repository.listing}
    gone = missed is None or (isinstance(missed, Missed) and missed.state == "absent")
    what = README if missed is None else missed.what
    return gone and repository.listing_complete and what not in listed


def _blocked_by(path: str, holding: frozenset[str]) -> tuple[str, ...]:
    if path == README:
        return CARD_FACTS
    if path in CONFIGS:
        return ("code.architecture_found", "lineage.undecided", "code.remote")
    if path in LOADING_CONFIGS:
        return ("code.remote",)
    if is_small_config(path):
        return ("lineage.undecided",)
    return _BY_COVERS.get(covers_of(path, holding), ())


def _of_others(gathered: Gathered, bases: Iterable[Missed], not_linked: frozenset[str]) -> Iterator[Problem]:
    yield from (of_missed(base, ("lineage.restricted",)) for base in bases)
    for name, dataset in sorted(gathered.datasets.items()):
        if isinstance(dataset, Missed) and name not in not_linked:
            yield of_missed(
                Missed(name, dataset.url, dataset.state, dataset.detail), ("data.linked_datasets",)
            )

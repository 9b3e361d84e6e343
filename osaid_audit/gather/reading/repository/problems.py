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
from osaid_audit.gather.reading.repository.remedies import (
    ELSEWHERE,
    FOREIGN,
    FOREIGN_CARD,
    INTO_README,
    MOVE,
    NEXT,
    READ_IT,
    SLIPS,
    TRANSLATE,
    TRANSLATE_CARD,
    WHY,
)
from osaid_audit.gather.reading.sources import README
from osaid_audit.schema.base import Problem, ProblemState, Text
from osaid_audit.schema.unread import stays_so

LICENSE_FACTS = ("license.class", "license.read_all", "license.grant_found", "license.consistent")
_BY_COVERS: dict[str, tuple[str, ...]] = {"weights": LICENSE_FACTS, "code": ("code.license_class",)}
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
    return Problem(what=README, state="unsupported", why=FOREIGN_CARD, next=TRANSLATE_CARD, blocks=blocks)


def of_missed(missed: Missed, blocks: Iterable[str]) -> Problem:
    """The problem of one thing that was not read."""
    why, following = WHY[missed.state], NEXT[missed.state]
    detail = in_both_languages(missed.detail)
    if detail is not None and missed.state == "unreachable" and stays_so(detail.words):
        following = READ_IT
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
    return Problem(what=what, state=state, why=WHY[state], next=NEXT[state], blocks=tuple(blocks), line=line)


def of_slip(slip: Slip, card: str = README, holds: tuple[str, ...] = CARD_FACTS) -> Problem:
    """Something wrong with the front matter of a card, and the facts that wait for it."""
    ignored = slip.kind == "misplaced"
    return Problem(
        what=card,
        state="too_large" if slip.kind == "too_large" else "malformed",
        why=SLIPS[slip.kind],
        next=MOVE if ignored else NEXT["malformed"],
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
            what=raw.what, state="malformed", why=ELSEWHERE, next=INTO_README, blocks=facts, line=entry.line
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
                what=file.path, state="unsupported", why=FOREIGN, next=TRANSLATE, blocks=LICENSE_FACTS
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

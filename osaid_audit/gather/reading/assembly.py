"""From raw replies to the dossier: every reader asked in turn, facts in a fixed order. Pure."""

from collections.abc import Iterator

from osaid_audit.gather.raw import Gathered, Raw, Repository
from osaid_audit.gather.reading.code.facts import code_facts, code_limits, code_of, code_problems, joined
from osaid_audit.gather.reading.data.datasetnames import all_wanted
from osaid_audit.gather.reading.data.datasets import datasets_of, only_looked_for
from osaid_audit.gather.reading.data.layers import with_layers
from osaid_audit.gather.reading.data.told import told_facts
from osaid_audit.gather.reading.files.digests import card_digest, digests_of
from osaid_audit.gather.reading.files.plan import MAX_DATASETS, base_names
from osaid_audit.gather.reading.files.weightfiles import weight_file_facts
from osaid_audit.gather.reading.license.holding import limits_that_hold
from osaid_audit.gather.reading.license.statements import conclusion_of
from osaid_audit.gather.reading.lineage.ancestry import ancestry_of
from osaid_audit.gather.reading.lineage.facts import lineage_of
from osaid_audit.gather.reading.lineage.spoken import spoken_facts
from osaid_audit.gather.reading.repository.announced import announced_facts
from osaid_audit.gather.reading.repository.page import Page, read_page
from osaid_audit.gather.reading.repository.problems import of_foreign_card, problems_of
from osaid_audit.gather.reading.repository.things import thing_facts
from osaid_audit.gather.reading.sources import README
from osaid_audit.schema.base import Fact, Problem, Text
from osaid_audit.schema.dossier import Dossier, Subject, Tool
from osaid_audit.schema.vocabulary import VOCABULARY
from osaid_audit.version import __version__

_STANDS_IN = "What was read of {what} is a copy from elsewhere, not the file at this commit."
_STANDS_IN_FR = "Ce qui a été lu de {what} est une copie venue d'ailleurs, non le fichier à ce commit."

_NO_LANGUAGE = Text(
    en="The language of some words of the card could not be told: they may name a license or terms that were "
    "not seen.",
    fr="La langue de certains mots de la fiche n'a pas pu être déterminée : ils peuvent nommer une licence "
    "ou des conditions qui n'ont pas été vues.",
)


def assemble(gathered: Gathered) -> Dossier:
    """The dossier of one subject. Never raises on what was read: what cannot be read is a problem."""
    subject = gathered.subject
    page = read_page(subject)
    conclusion = conclusion_of(subject, page)
    ancestry = ancestry_of(gathered, page)
    lineage = lineage_of(ancestry)
    told = with_layers(ancestry, dict(told_facts(gathered, page, ancestry.texts_behind(subject))))
    facts = {
        **dict(weight_file_facts(subject)),
        **dict(announced_facts(subject, page)),
        **dict(spoken_facts(subject, page)),
        **joined((*told.items(), *thing_facts(subject, page), *code_facts(gathered, page))),
        **dict(lineage.facts),
        **conclusion.facts,
    }
    hinted = [lead.name for lead in ancestry.leads(subject)]
    known = _ordered(_as_known(subject, limits_that_hold(subject, facts, lineage.hops, hinted)))
    return Dossier(
        tool=Tool(name="osaid-audit", version=__version__),
        subject=_subject(gathered),
        gathered_at=gathered.gathered_at,
        endpoint=gathered.endpoint,
        token_used=gathered.token_used,
        limits=(*_limits(gathered), *_untold(page, known), *code_limits(gathered, page)),
        facts=known,
        license=conclusion.block,
        lineage=lineage.hops,
        datasets=datasets_of(gathered, page),
        code=code_of(gathered, page),
        problems=(
            *_of_card(subject, page),
            *problems_of(gathered, page.front.slips, lineage.missed, only_looked_for(subject.info, page)),
            *code_problems(gathered),
        ),
    )


def _of_card(subject: Repository, page: Page) -> tuple[Problem, ...]:
    """A card that nobody here understands."""
    based = bool(base_names(subject.info, subject.files.get(README)))
    return (of_foreign_card(based=based),) if page.is_foreign() else ()


def _untold(page: Page, facts: dict[str, Fact]) -> Iterator[Text]:
    """Why a card that names no license was not read to its end, though nothing in it was a problem."""
    waits = "license.read_all" not in facts and "license.grant_found" not in facts
    if waits and not page.is_foreign() and not page.is_surely_read():
        yield _NO_LANGUAGE


def _subject(gathered: Gathered) -> Subject:
    subject = gathered.subject
    return Subject(
        id=subject.asked,
        canonical_id=subject.canonical,
        url=subject.page_url,
        source=gathered.source,
        revision=subject.revision,
        digests=digests_of(subject),
        card_sha256=card_digest(subject),
    )


def _as_known(subject: Repository, facts: dict[str, Fact]) -> dict[str, Fact]:
    """What was read in a copy from elsewhere is known by statement only."""
    standing_in = {raw.url for raw in _copies(subject)}
    return {
        name: each.model_copy(update={"basis": "stated"})
        if each.basis == "verified" and any(source.url in standing_in for source in each.sources)
        else each
        for name, each in facts.items()
    }


def _ordered(facts: dict[str, Fact]) -> dict[str, Fact]:
    return {name: facts[name] for name in VOCABULARY if name in facts}


def _copies(subject: Repository) -> Iterator[Raw]:
    for fetched in (subject.info_raw, *subject.files.values(), *subject.links.values()):
        if isinstance(fetched, Raw) and fetched.stands_in:
            yield fetched


def _limits(gathered: Gathered) -> Iterator[Text]:
    yield from gathered.limits
    subject = gathered.subject
    wanted = len(all_wanted(subject.info, subject.files.get(README)))
    if wanted > MAX_DATASETS:
        yield Text(
            en=f"Of the {wanted} datasets that the page names, the first {MAX_DATASETS} were looked up.",
            fr=f"Des {wanted} jeux de données que la page nomme, les {MAX_DATASETS} premiers ont été lus.",
        )
    if subject.info_raw.stands_in:
        yield Text(
            en="The Hub's reply about the model is a recording, not a live one.",
            fr="La réponse du Hub sur le modèle est un enregistrement, non une réponse du jour.",
        )
    for what in sorted({raw.what for raw in _copies(subject) if raw is not subject.info_raw}):
        yield Text(en=_STANDS_IN.format(what=what), fr=_STANDS_IN_FR.format(what=what))

"""Lineage: what each model behind the subject says of its terms, and hints at bases that nobody declares."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from osaid_audit import licenses
from osaid_audit.gather.raw import Missed, Repository
from osaid_audit.gather.reading.again import BASES
from osaid_audit.gather.reading.files.plan import is_small_config
from osaid_audit.gather.reading.files.termsfiles import unread_terms
from osaid_audit.gather.reading.license.statements import conclusion_of
from osaid_audit.gather.reading.lineage.ancestry import Ancestry, Step, key
from osaid_audit.gather.reading.lineage.leads import Lead
from osaid_audit.gather.reading.prose.claims import phrase
from osaid_audit.gather.reading.prose.frontmatter import HARMLESS
from osaid_audit.gather.reading.repository.details import FRONT_MATTER, TERMS_FILE
from osaid_audit.gather.reading.repository.page import Page
from osaid_audit.gather.reading.repository.problems import is_plain_absence
from osaid_audit.gather.reading.sources import README, fact, of_file, of_reply
from osaid_audit.schema.base import FREEDOMS, Fact, Freedom, ProblemState, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import RESTRICTED, Concluded, LicenseClass

_NO_GRANT: tuple[Freedom, ...] = ("use", "modify", "share")
_OPEN = frozenset({"osi", "open-not-osi"})
_MAX_HOPS = 100
_MAX_SOURCES = 4
_MAX_PLACES = 24


@dataclass(frozen=True)
class Lineage:
    """The hops that are known, the facts they give, and what of them could not be read."""

    hops: tuple[Hop, ...]
    facts: tuple[tuple[str, Fact], ...]
    missed: tuple[Missed, ...]


def lineage_of(ancestry: Ancestry) -> Lineage:
    """Every declared base at any depth, and leads. Never says that a chain is complete.

    One model whose terms take a freedom away is enough for a restriction, however far back it stands; one
    whose terms, or whose own bases, are not known is enough for a doubt.
    """
    judged = {key(base): _Judged(ancestry, base) for base in ancestry.read}
    steps = tuple(ancestry.in_order())
    declared = (hop for step in steps for hop in _hops(step, judged))
    hops = (*declared, *_hinted(ancestry.leads(ancestry.subject), 1, None))
    return Lineage(_shown(hops, steps), tuple(_facts(ancestry, judged, steps)), _missed(judged, steps))


def declared_places(repository: Repository, page: Page) -> tuple[Source, ...]:
    """Where bases are declared."""
    found = []
    data = repository.info.get("cardData")
    if isinstance(data, Mapping) and data.get("base_model"):
        found.append(of_reply(repository, "/cardData/base_model", phrase(str(data["base_model"]))))
    if page.raw is not None:
        entries = page.front.values("base_model")
        found += [of_file(page.raw, each.line, phrase(f"base_model: {each.value}")) for each in entries]
    tags = repository.info.get("tags")
    for at, tag in enumerate(tags if isinstance(tags, list) else []):
        if isinstance(tag, str) and tag.startswith("base_model:"):
            found.append(of_reply(repository, f"/tags/{at}", phrase(tag)))
    return tuple(found)


class _Judged:
    """One base that was read, and what is known about its own terms."""

    def __init__(self, ancestry: Ancestry, base: Repository) -> None:
        self.base = base
        self._page = ancestry.page(base)
        conclusion = BASES.once(base, "terms", lambda: conclusion_of(base, self._page))
        self.concluded: Concluded | None = conclusion.block.concluded
        self.terms = licenses.terms_digest(conclusion.block)
        self.leads = ancestry.leads(base)
        bound, taken = conclusion.facts.get("license.class"), conclusion.facts.get("license.breaks")
        known: dict[str, LicenseClass] = {name: name for name in get_args(LicenseClass)}
        self.cls = known.get(str(bound.value)) if bound else None
        self.sources: tuple[Source, ...] = bound.sources[:_MAX_SOURCES] if bound else ()
        self._named = taken.value if taken is not None and isinstance(taken.value, tuple) else ()

    @property
    def broken(self) -> tuple[Freedom, ...]:
        """The freedoms that the base's terms take away; without any grant use, modify and share."""
        named = _NO_GRANT if self.cls == "none" else self._named
        return tuple(freedom for freedom in FREEDOMS if freedom in named) if self.breaks else ()

    @property
    def breaks(self) -> bool:
        """Whether this model takes a freedom away."""
        return self.cls in RESTRICTED or self.cls == "none"

    @property
    def decided(self) -> bool:
        """Whether its own terms are known, and no hint shows a base that it does not declare."""
        return (self.breaks or self.cls in _OPEN) and not self.leads

    @property
    def unread(self) -> Missed | None:
        """What was not read of it, when that may be why its terms are not known."""
        if self.breaks or self.cls in _OPEN:
            return None
        base = self.base
        others = (fetched for path, fetched in base.files.items() if not is_small_config(path))
        files = (base.files.get(README), *others, *base.links.values())
        missed = (each for each in files if isinstance(each, Missed) and not is_plain_absence(base, each))
        return next(missed, None) or self._unclear

    @property
    def _unclear(self) -> Missed | None:
        """What was read of it, or stands in its list of files, and cannot be understood."""
        slips = [slip for slip in self._page.front.slips if slip.kind not in HARMLESS]
        if slips:
            state: ProblemState = "too_large" if slips[0].kind == "too_large" else "malformed"
            return Missed(self.base.asked, self.base.page_url, state, FRONT_MATTER)
        for _, why in unread_terms(self.base.listing):
            return Missed(self.base.asked, self.base.page_url, why, TERMS_FILE)
        return None


def _hops(step: Step, judged: dict[str, _Judged]) -> Iterator[Hop]:
    """The hop itself, and behind a model met for the first time the bases that it only hints at."""
    if isinstance(step.base, Missed):
        yield Hop(
            id=step.name, relation=step.relation, depth=step.depth, via=step.via, problem=step.base.state
        )
        return
    base = judged[key(step.base)]
    yield Hop(
        id=step.name,
        relation=step.relation,
        depth=step.depth,
        via=step.via,
        license=base.concluded.id if base.concluded else None,
        cls=base.cls,
        breaks=base.broken,
        revision=base.base.revision,
        terms_sha256=base.terms,
        problem=base.unread.state if base.unread else None,
    )
    yield from _hinted(base.leads if step.first else (), step.depth + 1, step.name)


def _hinted(leads: Iterable[Lead], depth: int, via: str | None) -> Iterator[Hop]:
    """The bases that a model only hints at: each is named with its place, and not asked for."""
    for lead in leads:
        if lead.name is not None:
            yield Hop(
                id=lead.name, relation="unknown", depth=depth, via=via, problem="not_read", hint=lead.source
            )


def _shown(hops: tuple[Hop, ...], steps: tuple[Step, ...]) -> tuple[Hop, ...]:
    """The hops within a limit; a model that was read is always shown where it was met first."""
    first = {(step.name, step.via) for step in steps if step.first}
    room = _MAX_HOPS - len(first)
    shown = []
    for hop in hops:
        needed = (hop.id, hop.via) in first
        room -= not needed
        if needed or room >= 0:
            shown.append(hop)
    return tuple(shown)


def _facts(
    ancestry: Ancestry, judged: dict[str, _Judged], steps: tuple[Step, ...]
) -> Iterator[tuple[str, Fact]]:
    page = ancestry.page(ancestry.subject)
    places = declared_places(ancestry.subject, page)
    if steps:
        yield fact("lineage.declared_base", True, "stated", *places)
    breaking = [each for each in judged.values() if each.breaks]
    if breaking:
        sources = [source for each in breaking for source in each.sources] or list(places)
        yield fact("lineage.restricted", True, "stated", *sources[:_MAX_PLACES])
        broken = {freedom for each in breaking for freedom in each.broken}
        if broken:
            named = tuple(freedom for freedom in FREEDOMS if freedom in broken)
            yield fact("lineage.broken_freedoms", named, "stated", *sources[:_MAX_PLACES])
    leads = ancestry.leads(ancestry.subject)
    doubtful = [each for each in judged.values() if not each.decided]
    if leads or doubtful or any(isinstance(step.base, Missed) for step in steps):
        hinted = [lead.source for each in (leads, *(base.leads for base in doubtful)) for lead in each]
        yield fact("lineage.undecided", True, "stated", *(hinted or places)[:_MAX_PLACES])


def _missed(judged: dict[str, _Judged], steps: tuple[Step, ...]) -> tuple[Missed, ...]:
    """What could not be read of the lineage, under the name of the base; of thousands the first hundred."""
    found: dict[str, Missed] = {}
    for step in steps:
        each = step.base if isinstance(step.base, Missed) else judged[key(step.base)].unread
        if each is not None:
            found.setdefault(step.name, Missed(step.name, each.url, each.state, each.detail))
    return tuple(found[name] for name in sorted(found)[:_MAX_HOPS])

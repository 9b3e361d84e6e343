"""Bases: what is declared, what one read hop says, and hints at a base that nobody declares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from osaid_audit.gather.raw import Gathered, Missed, Relation, Repository
from osaid_audit.gather.reading.leads import Lead, leads_of
from osaid_audit.gather.reading.page import Page, read_page
from osaid_audit.gather.reading.plan import base_names
from osaid_audit.gather.reading.prose import phrase
from osaid_audit.gather.reading.sources import README, fact, of_file, of_reply
from osaid_audit.gather.reading.statements import conclusion_of
from osaid_audit.schema.base import FREEDOMS, Fact, Freedom, Source
from osaid_audit.schema.dossier import Hop
from osaid_audit.schema.licenses import RESTRICTED, Conclusion, LicenseClass

_NO_GRANT: tuple[Freedom, ...] = ("use", "modify", "share")


@dataclass(frozen=True)
class Lineage:
    """The hops that are known and the facts they give."""

    hops: tuple[Hop, ...]
    facts: tuple[tuple[str, Fact], ...]


def lineage_of(gathered: Gathered, page: Page) -> Lineage:
    """Declared bases with what one read hop says, and leads. Never says that a chain is complete."""
    subject = gathered.subject
    declared = base_names(subject.info, subject.files.get(README))
    places = declared_places(subject, page)
    judged = [_Judged(name, relation, gathered.bases.get(name)) for name, relation in declared]
    leads = leads_of(subject, page)
    return Lineage(tuple(hop for each in judged for hop in each.hops()), tuple(_facts(judged, leads, places)))


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
    """One declared base and what is known about its terms."""

    def __init__(self, name: str, relation: Relation, base: Repository | Missed | None) -> None:
        self.name = name
        self.relation = relation
        self.base = base
        page = read_page(base) if isinstance(base, Repository) else None
        self.page = page or Page()
        self.conclusion: Conclusion | None = (
            conclusion_of(base, self.page) if isinstance(base, Repository) else None
        )

    @property
    def cls(self) -> LicenseClass | None:
        """The class of the base's own terms, if it is bound."""
        bound = self.conclusion.facts.get("license.class") if self.conclusion else None
        known: dict[str, LicenseClass] = {name: name for name in get_args(LicenseClass)}
        return known.get(str(bound.value)) if bound else None

    @property
    def broken(self) -> tuple[Freedom, ...]:
        """The freedoms that the base's terms take away."""
        if self.cls == "none":
            return _NO_GRANT
        bound = self.conclusion.facts.get("license.breaks") if self.conclusion else None
        named = bound.value if bound is not None and isinstance(bound.value, tuple) else ()
        return tuple(freedom for freedom in FREEDOMS if freedom in named)

    @property
    def breaks(self) -> bool:
        """Whether this hop takes a freedom away."""
        return self.cls in RESTRICTED or self.cls == "none"

    @property
    def decided(self) -> bool:
        """Whether the terms of this hop, and of what stands behind it, are known to be open."""
        return self.cls in {"osi", "open-not-osi"} and not self.behind()

    def behind(self) -> tuple[tuple[str | None, Relation], ...]:
        """Bases of the base, and leads to them (some without a name): the chain goes on and was not read."""
        if not isinstance(self.base, Repository):
            return ()
        named = base_names(self.base.info, self.base.files.get(README))
        leads = leads_of(self.base, self.page)
        return (*named, *((lead.name, "unknown") for lead in leads))

    def hops(self) -> Iterator[Hop]:
        """The hop itself, and those behind it, which are known by name only."""
        concluded = self.conclusion.block.concluded if self.conclusion else None
        problem = self.base.state if isinstance(self.base, Missed) else None
        if self.base is None:
            problem = "malformed"
        yield Hop(
            id=self.name,
            relation=self.relation,
            depth=1,
            license=concluded.id if concluded else None,
            cls=self.cls,
            problem=problem,
        )
        for name, relation in self.behind():
            if name is not None:
                yield Hop(id=name, relation=relation, depth=2, problem="not_read")

    def sources(self) -> tuple[Source, ...]:
        """Where the base's terms were read, at most a few places."""
        bound = self.conclusion.facts.get("license.class") if self.conclusion else None
        return bound.sources[:4] if bound else ()


def _facts(
    judged: list["_Judged"], leads: tuple[Lead, ...], places: tuple[Source, ...]
) -> Iterator[tuple[str, Fact]]:
    if judged:
        yield fact("lineage.declared_base", True, "stated", *places)
    breaking = [each for each in judged if each.breaks]
    if breaking:
        sources = [source for each in breaking for source in each.sources()] or list(places)
        yield fact("lineage.restricted", True, "stated", *sources)
        broken = {freedom for each in breaking for freedom in each.broken}
        if broken:
            named = tuple(freedom for freedom in FREEDOMS if freedom in broken)
            yield fact("lineage.broken_freedoms", named, "stated", *sources)
    open_hops = [each for each in judged if not each.breaks and not each.decided]
    if open_hops or leads:
        hinted = [lead.source for lead in leads] or list(places)
        yield fact("lineage.undecided", True, "stated", *hinted)

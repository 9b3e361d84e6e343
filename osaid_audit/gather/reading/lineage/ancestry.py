"""The models behind a subject as a graph: who declares whom, how far back, and where it goes in a circle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from osaid_audit.gather.raw import Gathered, Missed, Relation, Repository
from osaid_audit.gather.reading.again import BASES
from osaid_audit.gather.reading.files.plan import base_names, own_ids
from osaid_audit.gather.reading.lineage.leads import Lead, leads_of
from osaid_audit.gather.reading.repository.details import CYCLE, NO_BASE, NOT_RECORDED
from osaid_audit.gather.reading.repository.page import Page, read_page
from osaid_audit.gather.reading.sources import README
from osaid_audit.gather.reading.subject import is_model_id


@dataclass(frozen=True)
class Step:
    """One base as one model declares it.

    name, relation  as declared
    via       the name under which the declaring model was met first; None for the subject
    depth     1 for a base of the subject; a model met twice counts from where it stands nearest
    base      what was read, or why nothing: a base that leads back to itself is a Missed too
    first     the step that met this model first; its own bases follow on this one alone
    """

    name: str
    relation: Relation
    via: str | None
    depth: int
    base: Repository | Missed
    first: bool


@dataclass(frozen=True)
class Ancestry:
    """Every step behind the subject, by the model that declares it, and the page of every model."""

    subject: Repository
    steps: Mapping[str, tuple[Step, ...]]
    pages: Mapping[str, Page] = field(repr=False)
    _found: dict[str, tuple[Lead, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def read(self) -> tuple[Repository, ...]:
        """Every base that was read, each once, the nearest first."""
        nearest = sorted(self._all(), key=lambda step: step.depth)
        return tuple(
            {key(each.base): each.base for each in nearest if isinstance(each.base, Repository)}.values()
        )

    @property
    def names(self) -> frozenset[str]:
        """Every name of a model that is declared somewhere on the way, in lower case."""
        declared = {step.name.lower() for step in self._all()}
        return frozenset(declared | {key(base) for base in self.read})

    def of(self, repository: Repository) -> tuple[Step, ...]:
        """The bases that a model declares."""
        return self.steps.get(key(repository), ())

    def page(self, repository: Repository) -> Page:
        """The page of the subject or of a base."""
        return self.pages[key(repository)]

    def leads(self, repository: Repository) -> tuple[Lead, ...]:
        """Hints of a model at bases that nobody on the way declares: one that is, is judged anyway."""
        known = self.names
        found = self._found.get(key(repository))
        if found is None:
            found = self._found[key(repository)] = self._read_leads(repository)
        return tuple(lead for lead in found if lead.name is None or lead.name.lower() not in known)

    def _read_leads(self, repository: Repository) -> tuple[Lead, ...]:
        page = self.page(repository)
        if repository is self.subject:
            return leads_of(repository, page)
        return BASES.once(repository, "leads", lambda: leads_of(repository, page))

    def texts_behind(self, repository: Repository) -> frozenset[str]:
        """The blocks of text on the pages of a model's bases, and theirs: what is the same here is theirs."""
        seen, waiting = set[str](), [key(repository)]
        while waiting:
            steps = self.steps.get(waiting.pop(), ())
            behind = [key(step.base) for step in steps if isinstance(step.base, Repository)]
            waiting += [each for each in behind if each not in seen]
            seen.update(behind)
        return frozenset(block.text for each in seen for block in self.pages[each].card.blocks)

    def in_order(self) -> Iterator[Step]:
        """Every step, each model's own bases right behind it."""
        waiting = list(reversed(self.of(self.subject)))
        while waiting:
            step = waiting.pop()
            yield step
            if step.first and isinstance(step.base, Repository):
                waiting += reversed(self.of(step.base))

    def _all(self) -> Iterator[Step]:
        return (step for steps in self.steps.values() for step in steps)


def key(repository: Repository) -> str:
    """What tells one model from another: its canonical id, in whatever case it is written."""
    return repository.canonical.lower()


def ancestry_of(gathered: Gathered, page: Page) -> Ancestry:
    """The graph behind the subject; `page` is the subject's own. Every model's page is read once."""
    subject = gathered.subject
    steps = _Search(gathered).steps()
    known = {key(each): each for each in gathered.bases.values() if isinstance(each, Repository)}
    pages = {name: _page_again(known[name]) for name in steps if name in known}
    return Ancestry(subject, steps, pages | {key(subject): page})


def _page_again(base: Repository) -> Page:
    return BASES.once(base, "page", lambda: read_page(base))


class _Search:
    """Breadth first from the subject, each model once."""

    def __init__(self, gathered: Gathered) -> None:
        self._subject = gathered.subject
        self._found = {name.lower(): base for name, base in gathered.bases.items()}
        for base in gathered.bases.values():
            if isinstance(base, Repository):
                self._found.setdefault(key(base), base)
        self._depths = {key(self._subject): 0}
        self._names: dict[str, str | None] = {key(self._subject): None}
        self._steps: dict[str, list[Step]] = {}

    def steps(self) -> dict[str, tuple[Step, ...]]:
        """All steps by the declaring model, those that close a circle marked."""
        level = [self._subject]
        while level:
            level = [base for repository in level for base in self._expand(repository)]
        return {
            name: tuple(self._checked(name, step) for step in steps) for name, steps in self._steps.items()
        }

    def _expand(self, repository: Repository) -> Iterator[Repository]:
        here = key(repository)
        depth, via = self._depths[here] + 1, self._names[here]
        self._steps[here] = []
        for name, relation in base_names(repository.info, repository.files.get(README)):
            base = self._base(repository, name)
            fresh = isinstance(base, Repository) and key(base) not in self._depths
            self._steps[here].append(Step(name, relation, via, depth, base, first=fresh))
            if isinstance(base, Repository) and fresh:
                self._depths[key(base)], self._names[key(base)] = depth, name
                yield base

    def _base(self, repository: Repository, name: str) -> Repository | Missed:
        own = {repository.asked.lower(), key(repository), *own_ids(repository.info)}
        if name.lower() in own:
            return Missed(name, "", "malformed", CYCLE)
        if name.lower() in {key(self._subject), self._subject.asked.lower()}:
            return self._subject
        found = self._found.get(name.lower())
        if found is None and is_model_id(name):
            return Missed(name, "", "unreachable", NOT_RECORDED)
        return found or Missed(name, "", "malformed", NO_BASE)

    def _checked(self, here: str, step: Step) -> Step:
        """The step, its base missed where it closes a circle.

        Round a circle the distance from the subject cannot grow at every step: where it does not, it closes.
        """
        if isinstance(step.base, Missed) or self._depths[key(step.base)] >= step.depth:
            return step
        if not self._leads(key(step.base), here):
            return step
        detail = f"a cycle: a base of {self._names[here]} that stems from it as well"
        missed = Missed(step.name, step.base.page_url, "malformed", detail)
        return Step(step.name, step.relation, step.via, step.depth, missed, first=False)

    def _leads(self, start: str, end: str) -> bool:
        """Whether the bases of `start`, and theirs, lead to `end`."""
        seen, waiting = set[str](), [start]
        while waiting:
            here = waiting.pop()
            if here == end:
                return True
            if here not in seen:
                seen.add(here)
                steps = self._steps.get(here, ())
                waiting += [key(step.base) for step in steps if isinstance(step.base, Repository)]
        return False

"""One audit as the HTML templates see it."""

from collections.abc import Iterable, Sequence
from itertools import chain

from osaid_audit.render.graph import Graph, graph
from osaid_audit.render.page_parts import Base, Column, Known, Row, Rung, Tile
from osaid_audit.render.phrases import Phrases
from osaid_audit.render.places import value
from osaid_audit.render.safe import plain
from osaid_audit.render.terms import takes
from osaid_audit.render.view import View, matrix
from osaid_audit.schema.base import ELEMENTS, FREEDOMS, Freedom, Outcome, Problem, Source
from osaid_audit.schema.dossier import Dataset, Hop
from osaid_audit.schema.licenses import ClauseId
from osaid_audit.schema.report import Finding, FrameworkResult, Report, ReportedFact

RUNGS = (
    "not-available",
    "no-license",
    "weights-available",
    "open-weights",
    "open-source-ai",
    "open-source-ai-with-open-data",
)
_TONES: dict[str | None, Outcome] = {"conforms": Outcome.MET, "does_not_conform": Outcome.NOT_MET}
_BRIEF = 3
"""Findings that the first screen names; the rest is counted."""


class Page:
    """One audit; `prefix` keeps the anchors of several audits on one page apart."""

    def __init__(self, say: Phrases, prefix: str) -> None:
        self.say = say
        self.view: View = say.view
        self.report: Report = say.report
        self.prefix = prefix
        main = self.view.main
        undecided = Outcome.INSUFFICIENT_EVIDENCE if say.judged_at_all else Outcome.NOT_APPLICABLE
        self.tone_outcome = _TONES.get(main.verdict if main else None, undecided)
        self.tone = f"o-{self.tone_outcome}"
        findings = chain(main.findings if main else (), *(extra for _, extra in self.view.others))
        self._anchors = {finding.rule: f"{prefix}f{n}" for n, finding in enumerate(findings, 1)}

    @property
    def title(self) -> str:
        """The title of the window."""
        return self.say.words("page.title", subject=self.say.subject, verdict=self.say.verdict)

    @property
    def headline(self) -> str:
        """The verdict with a capital letter."""
        verdict = self.say.verdict
        return verdict[:1].upper() + verdict[1:]

    @property
    def standing(self) -> str:
        """The kind of verdict, the same for all models that have it."""
        words = self.say.words
        if self.tone_outcome is Outcome.MET:
            return words("page.conforms")
        verdict = self.view.main.verdict if self.view.main else None
        return words.name("verdict", verdict or "none")

    @property
    def norm(self) -> str:
        """The leading norm and which reading of it."""
        return self.say.norm or self.say.words("section.informed")

    def anchor(self, finding: Finding, result: FrameworkResult | None = None) -> str:
        """The id of a finding on the page; those of an informative framework apart from the rest."""
        if result is not None:
            return f"{self.prefix}{plain(result.id)}-{plain(finding.rule)}"
        return self._anchors[finding.rule]

    @property
    def alone(self) -> bool:
        """Whether one informative framework is all that was asked: the band names it already."""
        return not self.say.judged_at_all and len(self.view.informed) == 1

    @property
    def holding(self) -> Finding | None:
        """The first point that keeps the label undetermined, where nothing is broken."""
        label = self.report.label
        unsure = label is not None and label.value == "undetermined" and not self.view.blockers
        return next(iter(self.view.waits), None) if unsure else None

    @property
    def counts(self) -> list[tuple[Outcome, int, str]]:
        """How many required findings are open, by outcome, and the section that lists them."""
        groups = (("errors", self.view.errors), ("review", self.view.reviews), ("open", self.view.unsettled))
        return [(found[0].outcome, len(found), section) for section, found in groups if found]

    @property
    def brief(self) -> tuple[tuple[Finding, ...], int, str]:
        """What the first screen names: breaches, else what is for a person; how many more, and where."""
        found, section = (
            (self.view.blockers, "blockers") if self.view.blockers else (self.view.reviews, "review")
        )
        return found[:_BRIEF], max(0, len(found) - _BRIEF), section

    @property
    def tiles(self) -> list[Tile]:
        """The four freedoms, each with its answer; nothing without a norm that speaks of freedoms."""
        groups = self.view.main.freedoms if self.view.main else {}
        return [self._tile(freedom, groups[freedom].status) for freedom in FREEDOMS if freedom in groups]

    def _tile(self, freedom: Freedom, outcome: Outcome) -> Tile:
        words = self.say.words
        if freedom in self.view.taken:
            return Tile(freedom, Outcome.NOT_MET, words("state.taken"))
        return Tile(freedom, outcome, words(f"outcome.{outcome}"))

    @property
    def rungs(self) -> list[Rung]:
        """The ladder from the top down, or nothing when the label is not on the ladder we know."""
        label = self.report.label
        if label is None or label.at_most not in RUNGS or label.value not in (*RUNGS, "undetermined"):
            return []
        reached = RUNGS.index(label.value) if label.value in RUNGS else -1
        highest = RUNGS.index(label.at_most)
        return [self._rung(place, reached, highest) for place in reversed(range(len(RUNGS)))]

    def _rung(self, place: int, reached: int, highest: int) -> Rung:
        label = self.report.label
        title = self.say.words(f"rung.{RUNGS[place]}")
        if place <= reached:
            return Rung(title, "reached", said=place == reached)
        if place > highest:
            return Rung(title, "excluded", said=False)
        state = "at_most" if place == highest else "possible"
        shown = self.say.say(label.at_most_title) if label and place == highest else title
        return Rung(shown, state, said=place == highest)

    @property
    def elements(self) -> list[Column]:
        """The columns of the matrix."""
        main = self.view.main
        return [Column(element, main.elements.get(element) if main else None) for element in ELEMENTS]

    @property
    def matrix(self) -> list[Row]:
        """The rows of the matrix."""
        main = self.view.main
        if main is None:
            return []
        return [
            Row(freedom, main.freedoms.get(freedom), tuple(cells.values()))
            for freedom, cells in matrix(main).items()
        ]

    @property
    def clauses(self) -> list[tuple[str, bool, str]]:
        """The clauses of the concluded license: name, whether it takes a freedom, and which in words."""
        concluded = self.report.license.concluded
        return [self._clause(*each) for each in self.say.terms.taking(concluded)] if concluded else []

    def _clause(self, clause: ClauseId, taken: tuple[Freedom, ...]) -> tuple[str, bool, str]:
        words = self.say.words
        spared = words("page.takes_none_here" if takes(clause) else "page.takes_nothing")
        return words.name("clause", clause), bool(taken), self.say.freedoms(taken) or spared

    @property
    def graph(self) -> Graph | None:
        """The models and datasets behind the subject, drawn."""
        return graph(self.report, self.say.words)

    @property
    def bases(self) -> list[Base]:
        """The models behind the subject, each under what was made from it."""
        hops, terms = self.report.lineage, self.say.terms
        return [
            Base(f"{self.prefix}b{at}", level, hop, *self._base(hop))
            for at, (level, hop) in enumerate(zip(terms.levels(hops), hops, strict=True), 1)
        ]

    def _base(self, hop: Hop) -> tuple[str, str, str]:
        words = self.say.words
        relation = words("table.perhaps") if hop.hint else words.name("relation", hop.relation)
        how = words("table.how", relation=relation, depth=hop.depth)
        taken = words("lineage.breaks", freedoms=words.list("freedom", hop.breaks)) if hop.breaks else ""
        return how, self.say.terms.hop_terms(hop), taken

    @property
    def datasets(self) -> list[tuple[str, Dataset, str]]:
        """The rows of the table of datasets: anchor, dataset, and what is known about it."""
        rows = enumerate(self.report.datasets, 1)
        return [(f"{self.prefix}d{at}", each, self.say.terms.dataset_terms(each)) for at, each in rows]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file and reply in which a fact was read, each once; their numbers count from 1."""
        spots = chain.from_iterable(fact.evidence for _, fact in sorted(self.report.facts.items()))
        return tuple(dict.fromkeys(map(_file, spots)))

    @property
    def known(self) -> list[tuple[str, list[Known]]]:
        """Every fact by how it is known, then by name, with its places in the sources."""
        numbers = {source: number for number, source in enumerate(self.sources, 1)}
        found: dict[str, list[Known]] = {}
        for name, fact in sorted(self.report.facts.items()):
            said = f"{plain(name)} = {value(self.say.words, fact.value)}"
            known = Known(said, self._spots(fact, numbers))
            found.setdefault(self.say.terms.basis(fact), []).append(known)
        return sorted(found.items())

    def _spots(self, fact: ReportedFact, numbers: dict[Source, int]) -> dict[int, str]:
        spots: dict[int, dict[str, None]] = {}
        for spot in fact.evidence:
            line = self.say.words("license.line", line=spot.line) if spot.line is not None else ""
            spots.setdefault(numbers[_file(spot)], {})[line or plain(spot.pointer or "")] = None
        return {number: ", ".join(filter(None, places)) for number, places in spots.items()}

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The larger parts of the page: where they are, and what they are called."""
        view, words = self.view, self.say.words
        parts: Iterable[tuple[str, object]] = (
            ("matrix", view.main),
            ("blockers", view.blockers),
            ("review", view.reviews),
            ("open", view.unsettled),
            ("license", True),
            ("behind", self.report.lineage or self.report.datasets),
            ("opinions", self.report.opinions),
            ("limits", self.report.limits),
            ("judged", True),
        )
        return [(f"{self.prefix}{key}", words(f"section.{key}")) for key, there in parts if there]

    @property
    def judged(self) -> list[tuple[str, str]]:
        """How the answer was reached, and of which commit."""
        revision = self.report.subject.revision
        commit = [(self.say.words("meta.revision"), plain(revision))] if revision else []
        return [*commit, *self.say.judged]

    def blocked(self, group: Sequence[Problem]) -> list[str]:
        """The facts that a group of problems holds back, each once."""
        return list(dict.fromkeys(chain.from_iterable(problem.blocks for problem in group)))


def _file(source: Source) -> Source:
    """The file or reply alone, without the place in it."""
    return Source(url=source.url, path=source.path, revision=source.revision, sha256=source.sha256)

"""What is said about licenses, bases, datasets and code; each format escapes it in its own way."""

from collections.abc import Sequence

from osaid_audit.render.places import place, quote, value
from osaid_audit.render.safe import plain
from osaid_audit.render.testimony import signer
from osaid_audit.render.words import Words
from osaid_audit.schema.base import Freedom, Source
from osaid_audit.schema.dossier import CodeRepository, Dataset, Hop
from osaid_audit.schema.licenses import (
    UNIDENTIFIED,
    ClauseId,
    Component,
    Concluded,
    Conflict,
    Declared,
    LicenseBlock,
    LicenseFile,
)
from osaid_audit.schema.report import ReportedFact

_TAKES: dict[ClauseId, tuple[Freedom, ...]] = {
    "field_of_use": ("use",),
    "acceptable_use_policy": ("use",),
    "mutable_policy": ("use",),
    "noncommercial": ("use", "share"),
    "research_only": ("use", "share"),
    "revenue_threshold": ("use",),
    "user_threshold": ("use",),
    "geography": ("use",),
    "output_training_ban": ("use",),
    "remote_restriction": ("use",),
    "must_update": ("use",),
    "guardrail_lock": ("modify",),
    "unilateral_change": ("use",),
    "revocable": ("use",),
    "flow_down": ("share",),
    "no_derivatives": ("modify", "share"),
    "no_redistribution": ("share",),
    "personal": ("use", "share"),
}
"""What a clause usually takes; shown only as far as the report itself lists the freedom as broken."""


_DEEPEST = 20
"""Levels that are shown: more than any audit reads; a report from elsewhere may hold anything."""


class Terms:
    """The terms of a subject in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def rows(self, block: LicenseBlock) -> list[tuple[str, str]]:
        """Everything known about the subject's own terms, as names and values."""
        rows = [(self.words("license.conflicts"), self.conflict(each)) for each in block.conflicts]
        rows += self.conclusion(block.concluded)
        if block.concluded and block.concluded.clauses:
            clauses = self.words("semicolon").join(self.clauses(block.concluded))
            rows.append((self.words("license.clauses"), clauses))
        return rows + [(name, said) for name, said, _ in self.read(block)]

    def read(self, block: LicenseBlock) -> list[tuple[str, str, Source | None]]:
        """What was read about the terms, as names and values, with where it stands."""
        rows = [("license.declared", self.declared(each), each.source) for each in block.declared]
        rows += [("license.files", self.file(each), each.source) for each in block.files]
        rows += [("license.components", self.component(each), None) for each in block.components]
        return [(self.words(key), said, source) for key, said, source in rows]

    def conclusion(self, concluded: Concluded | None) -> list[tuple[str, str]]:
        """What was concluded about the terms, as names and values."""
        if concluded is None:
            return [(self.words("license.concluded"), self.words("license.not_concluded"))]
        rows = [
            ("license.concluded", self.concluded(concluded)),
            ("license.class", self.words.name("class", concluded.cls)),
            ("license.basis", self.basis(concluded)),
        ]
        if concluded.osi_approved is not None:
            rows.append(("license.osi", value(self.words, concluded.osi_approved)))
        if concluded.breaks:
            rows.append(("license.breaks", self.words.list("freedom", concluded.breaks)))
        return [(self.words(key), said) for key, said in rows]

    def basis(self, known: Concluded | ReportedFact) -> str:
        """How it is known: read, said by the publisher, or stated by reviewers."""
        if known.on_the_word_of:
            return self.words("basis.attested", names=signer(self.words, known.on_the_word_of))
        return self.words.name("basis", known.basis)

    def taking(self, concluded: Concluded) -> list[tuple[ClauseId, tuple[Freedom, ...]]]:
        """The clauses of a concluded license, each with the freedoms the report says it takes."""
        return [
            (clause, tuple(freedom for freedom in concluded.breaks if freedom in takes(clause)))
            for clause in concluded.clauses
        ]

    def clauses(self, concluded: Concluded) -> tuple[str, ...]:
        """The clauses of a concluded license, each with the freedoms the report says it takes."""
        return tuple(self._clause(clause, taken) for clause, taken in self.taking(concluded))

    def _clause(self, clause: ClauseId, taken: tuple[Freedom, ...]) -> str:
        name = self.words.name("clause", clause)
        if not taken:
            return name
        return self.words("license.clause_takes", clause=name, freedoms=self.words.list("freedom", taken))

    def concluded(self, concluded: Concluded) -> str:
        """The concluded license by name and id."""
        identifier = self._known(concluded)
        name = self.words.license(concluded.id, concluded.name)
        return f"{name} ({identifier})" if name else identifier

    def named(self, concluded: Concluded) -> str:
        """The concluded license in one name: its own, else its id."""
        return self.words.license(concluded.id, concluded.name) or self._known(concluded)

    def _known(self, concluded: Concluded) -> str:
        """The id; what stands for terms that nobody identified is said in words, for it names no license."""
        return plain(concluded.id).replace(UNIDENTIFIED, self.words("license.unidentified"))

    def declared(self, declared: Declared) -> str:
        """A declared license: what was written, in which field and where, and what it was taken for."""
        told = [self.words.name("role", declared.role)]
        if declared.source and (declared.source.path or declared.source.url):
            told.append(place(self.words, declared.source))
        if declared.id and declared.id != declared.value:
            told.append(plain(declared.id))
        return f"{quote(self.words, declared.value)} ({', '.join(told)})"

    def conflict(self, conflict: Conflict) -> str:
        """Both sides of what disagrees or cannot be compared, each quoted with its place."""
        left, right = self.declared(conflict.left), self.declared(conflict.right)
        return self.words("license.conflict", left=left, right=right)

    def file(self, file: LicenseFile) -> str:
        """A license file and what it was found to be."""
        parts = [self.words.name("match", file.match or "unread")]
        if file.id:
            parts.append(plain(file.id))
        if file.similarity is not None and file.match != "exact":
            parts.append(self.words("license.similarity", similarity=f"{file.similarity:.2f}"))
        if file.leads:
            parts.append(self.words("license.leads", clauses=self.words.list("clause", file.leads)))
        return self.words.pair(plain(file.path), ", ".join(parts))

    def component(self, component: Component) -> str:
        """A part with a license of its own."""
        told = [plain(component.id)] if component.id else []
        told += [self.words.name("class", component.cls)] if component.cls else []
        return self.words.pair(plain(component.path), ", ".join(told) or self.words("lineage.undecided"))

    def hop(self, hop: Hop) -> str:
        """A base model, how the subject stems from it, and its terms; of a hint its place and what to do."""
        if hop.hint is not None:
            hinted = self.words("lineage.hinted", id=plain(hop.id), depth=hop.depth)
            return self.words.pair(hinted, self.words("lineage.hint", place=place(self.words, hop.hint)))
        relation = self.words.name("relation", hop.relation)
        said = self.words("lineage.hop", relation=relation, id=plain(hop.id), depth=hop.depth)
        told = self._told(hop)
        if hop.breaks:
            told.insert(
                len(told) - bool(hop.problem),
                self.words("lineage.breaks", freedoms=self.words.list("freedom", hop.breaks)),
            )
        return self.words.pair(said, ", ".join(told) or self.words("lineage.undecided"))

    def hop_terms(self, hop: Hop) -> str:
        """The terms of a base without the freedoms they take; of a hint its place and what to do."""
        if hop.hint is not None:
            return self.words("lineage.hint", place=place(self.words, hop.hint))
        return ", ".join(self._told(hop)) or self.words("lineage.undecided")

    def _told(self, hop: Hop) -> list[str]:
        told = [plain(hop.license)] if hop.license else []
        told += [self.words.name("class", hop.cls)] if hop.cls else []
        if hop.problem:
            told.append(self.words("lineage.unread", problem=self.words.name("state", plain(hop.problem))))
        return told

    def levels(self, lineage: Sequence[Hop]) -> list[int]:
        """How far in each base stands: 0 for a direct one, at most one more than the one before it."""
        levels: list[int] = []
        for hop in lineage:
            deepest = min(levels[-1] + 1, _DEEPEST) if levels else 0
            levels.append(min(max(hop.depth, 1) - 1, deepest))
        return levels

    def hops(self, lineage: Sequence[Hop]) -> list[tuple[int, str]]:
        """Every base in words, with its level."""
        return list(zip(self.levels(lineage), map(self.hop, lineage), strict=True))

    def dataset(self, dataset: Dataset) -> str:
        """A dataset, its role and its terms."""
        role = self.words.name("dataset", dataset.role)
        return self.words.pair(plain(dataset.id), f"{role}, {self.dataset_terms(dataset)}")

    def dataset_terms(self, dataset: Dataset) -> str:
        """Whether a dataset was found, how it can be had, and under which terms."""
        named = dataset.how == "named" and dataset.found is None
        there = self.words("dataset.named") if named else self._found(found=dataset.found)
        told = [there]
        if dataset.availability:
            told.append(self.words.name("availability", dataset.availability))
        if dataset.license:
            told.append(self.words("license.of", license=plain(dataset.license)))
        if dataset.gated and dataset.gated != "no":
            told.append(self.words("gated.of", gated=plain(dataset.gated)))
        return ", ".join(told)

    def code(self, code: CodeRepository) -> str:
        """A code repository and what is in it."""
        told = [self.words.name("code.standing", code.standing)] if code.standing else []
        told.append(self._found(found=code.found))
        if code.license:
            told.append(self.words("license.of", license=plain(code.license)))
        for part, there in sorted(code.has.items()):
            seen = self.words("code.seen" if there else "code.not_seen")
            told.append(self.words.pair(self.words.name("has", part), seen))
        return self.words.pair(plain(code.url), ", ".join(told))

    def _found(self, *, found: bool | None) -> str:
        return self.words("found.none" if found is None else f"found.{str(found).lower()}")


def takes(clause: ClauseId) -> tuple[Freedom, ...]:
    """The freedoms a clause usually takes; what a report says is broken is the bound."""
    return _TAKES.get(clause, ())

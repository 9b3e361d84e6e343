"""From everything said about the license to one conclusion (design §2.1, §2.6 and §7)."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from osaid_audit.licenses import agreement, classes, limits, places
from osaid_audit.licenses.part import Part, parts
from osaid_audit.licenses.resolution import ordered
from osaid_audit.licenses.voices import Voice
from osaid_audit.schema.base import Basis, Fact, FactValue, Source
from osaid_audit.schema.licenses import (
    OPEN,
    RESTRICTED,
    Component,
    Concluded,
    Conclusion,
    Declared,
    LicenseBlock,
    LicenseClass,
    LicenseFile,
    Search,
    Statement,
)

_NO_GRANT_BREAKS = ("use", "modify", "share")
_MAX_SOURCES = 10
_SAYS_NOTHING = "LicenseRef-unknown"


def conclude(statements: Sequence[Statement], search: Search) -> Conclusion:
    """The subject's own terms and the `license.*` facts.

    A restriction counts as soon as it is identified, whatever else is unread; anything open waits until
    all is read. The order of the statements makes no difference, and more of them never lift a
    restriction.
    """
    case = _Case(parts(statements), tuple(statements), search)
    return Conclusion(block=_block(case), facts=_facts(case))


@dataclass(frozen=True)
class _Case:
    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]
    search: Search

    @property
    def voices(self) -> tuple[Voice, ...]:
        return tuple(voice for part in self.parts for voice in part.voices)

    @property
    def heard(self) -> tuple[Voice, ...]:
        return tuple(voice for part in self.parts for voice in part.heard)

    @property
    def spoken(self) -> tuple[Part, ...]:
        """The parts about which anything is said."""
        return tuple(part for part in self.parts if part.cls is not None)

    @property
    def read_all(self) -> bool:
        search = self.search
        looked = search.card_parsed and search.prose_searched and search.listing_complete
        return looked and not search.problem_pending and not any(part.unread for part in self.parts)

    @property
    def searched(self) -> bool:
        """Whether an absence of any grant would be an observed one."""
        leads = any(each.role != "policy" and each.covers == "weights" for each in self.statements)
        return self.read_all and self.search.card_language_read and not leads

    @property
    def cls(self) -> LicenseClass | None:
        """The class as far as it is bound; a license for a part only leaves the whole unknown."""
        found = classes.worst(part.cls for part in self.parts if part.cls is not None)
        if found in RESTRICTED:
            return found
        if found is None or not self.read_all:
            return "none" if self.searched and not self.search.base_declared else None
        return found if self.parts[0].cls is not None else "custom-unknown"

    @property
    def deciding(self) -> tuple[Part, ...]:
        """The parts whose terms have the class of the whole; the worst decides."""
        return tuple(part for part in self.spoken if part.cls == self.cls) or self.spoken


def _facts(case: _Case) -> dict[str, Fact]:
    found = {
        **_class_facts(case),
        **_grant_facts(case),
        **_reading_facts(case),
        **_named_facts(case),
        **_limit_facts(case),
        **_mof_facts(case),
    }
    return dict(sorted(found.items()))


def _class_facts(case: _Case) -> dict[str, Fact]:
    cls = case.cls
    if cls is None:
        return {}
    if cls == "none":
        nowhere = case.search.sources
        return {
            "license.class": _fact("none", "stated", nowhere),
            "license.breaks": _fact(_NO_GRANT_BREAKS, "stated", nowhere),
        }
    basis, sources = _basis(case), _sources(voice for part in case.deciding for voice in part.deciding)
    facts = {"license.class": _fact(cls, basis, sources)}
    breaks = ordered(freedom for part in case.parts for freedom in part.breaks)
    if breaks:
        taking = (voice for voice in case.voices if voice.cls in RESTRICTED and voice.breaks)
        facts["license.breaks"] = _fact(breaks, basis, _sources(taking))
    if case.read_all:
        ids = {each for part in case.spoken for voice in part.deciding for each in voice.ids}
        facts["license.ids"] = _fact(tuple(sorted(ids)), basis, sources)
        if all(part.exact for part in case.spoken):
            facts["license.text_exact"] = _fact(True, basis, sources)
    return facts


def _grant_facts(case: _Case) -> dict[str, Fact]:
    granting = [voice for voice in case.heard if voice.ids != (_SAYS_NOTHING,)]
    if granting:
        return {"license.grant_found": _fact(True, _basis(case), _sources(granting))}
    if not case.searched:
        return {}
    name, value = ("inherited_only", True) if case.search.base_declared else ("grant_found", False)
    return {f"license.{name}": _fact(value, "stated", case.search.sources)}


def _reading_facts(case: _Case) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    places = case.search.sources or _sources(case.heard)
    if case.read_all:
        copies = any(statement.stands_in for statement in case.statements)
        facts["license.read_all"] = _fact(True, "stated" if copies else "verified", places)
    quarrels = [conflict for part in case.parts for conflict in part.conflicts]
    if quarrels:
        both = [side.source for each in quarrels for side in (each.left, each.right) if side.source]
        facts["license.consistent"] = _fact(False, "stated", both)
    elif case.read_all and case.voices and not any(part.unsure for part in case.parts):
        facts["license.consistent"] = _fact(True, "stated", _sources(case.heard))
    beside = [policy for part in case.parts for policy in part.policies]
    if beside:
        facts["license.usage_policy"] = _fact(True, "stated", [policy.source for policy in beside])
    elif case.read_all:
        facts["license.usage_policy"] = _fact(False, "stated", places)
    return facts


def _named_facts(case: _Case) -> dict[str, Fact]:
    """What the messages name: texts found, terms without one, and what disagrees or cannot be compared."""
    texts = [each for each in case.statements if places.is_text(each)]
    deciding = [voice.statement for part in case.spoken for voice in part.deciding if not voice.exact]
    pairs = [pair for part in case.parts for pair in (*part.conflicts, *part.undecided)]
    sides = [side for pair in pairs for side in (pair.left, pair.right)]
    words = {side.value for side in sides}
    lone = [each for part in case.parts for each in part.untold if each.value not in words]
    named: dict[str, tuple[tuple[str, ...], Sequence[Statement | Declared]]] = {
        "license.texts": (places.texts(texts), texts),
        "license.without_text": (places.names(deciding), deciding if case.read_all else []),
        "license.undecided": ((*places.pairs(pairs), *places.names(lone)), [*sides, *lone]),
    }
    return {
        name: _fact(value[:_MAX_SOURCES], "stated", [each.source for each in said if each.source])
        for name, (value, said) in named.items()
        if said and value
    }


def _limit_facts(case: _Case) -> dict[str, Fact]:
    """What the subject's own terms limit; denied only when all was read, with nothing beside it."""
    basis = _basis(case)
    beside = any(part.policies or part.unsure for part in case.parts)
    searched = case.read_all and case.cls in {*OPEN, *RESTRICTED} and not beside
    denied = limits.ruled_out(case.voices) if searched else ()
    facts = {name: _fact(False, basis, _sources(case.voices)) for name in denied}
    held = limits.held(case.voices)
    return {**facts, **{name: _fact(True, basis, _sources(saying)) for name, saying in held.items()}}


def _mof_facts(case: _Case) -> dict[str, Fact]:
    """Whether the Model Openness Framework calls the terms open: its list is not that of the OSI."""
    cls, deciding = case.cls, [voice for part in case.deciding for voice in part.deciding]
    if cls is None:
        return {}
    if cls in RESTRICTED or cls == "none":
        found: bool | None = False
    else:
        found = limits.all_mof_open({each for voice in deciding for each in voice.ids}, cls)
    sources = _sources(deciding) or case.search.sources
    return {} if found is None else {"license.mof_open": _fact(found, _basis(case), sources)}


def _basis(case: _Case) -> Basis:
    return "verified" if case.deciding and all(part.verified for part in case.deciding) else "stated"


def _fact(value: FactValue, basis: Basis, sources: Iterable[Source]) -> Fact:
    return Fact(value=value, basis=basis, sources=tuple(dict.fromkeys(sources))[:_MAX_SOURCES])


def _sources(voices: Iterable[Voice]) -> tuple[Source, ...]:
    return tuple(voice.statement.source for voice in voices)


def _block(case: _Case) -> LicenseBlock:
    ordered_statements = [statement for part in case.parts for statement in part.statements]
    files = [each for each in ordered_statements if each.role in {"file", "policy"}]
    heard = {id(voice.statement) for voice in case.heard}
    said = [each for each in ordered_statements if _declares(each, heard)]
    return LicenseBlock(
        declared=tuple(agreement.declared(each) for each in said),
        concluded=_concluded(case),
        components=tuple(_component(case, part) for part in case.parts if part.path),
        files=tuple(_file(each) for each in files),
        conflicts=tuple(pair for part in case.parts for pair in (*part.conflicts, *part.undecided)),
    )


def _declares(statement: Statement, heard: Container[int]) -> bool:
    """Whether to show it as declared: a gate form or a sentence only when it bears on the terms.

    heard  those that do, by `id`: two sentences may be equal
    """
    if statement.role in {"gate", "prose"}:
        return id(statement) in heard
    return statement.role not in {"file", "policy"}


def _concluded(case: _Case) -> Concluded | None:
    cls = case.cls
    if cls is None or cls == "none":
        return None
    voices = [voice for part in case.deciding for voice in part.deciding]
    known = all(voice.kind == "identified" and voice.cls == cls for voice in voices)
    labels = sorted({part.id for part in case.deciding if part.id})
    return Concluded(
        id=" AND ".join(labels),
        name=voices[0].name if len({voice.id for voice in voices}) == 1 else None,
        cls=cls,
        basis=_basis(case),
        osi_approved=cls == "osi" if known and cls != "custom-unknown" else None,
        clauses=tuple(dict.fromkeys(clause for part in case.deciding for clause in part.clauses)),
        breaks=ordered(freedom for part in case.parts for freedom in part.breaks),
    )


def _component(case: _Case, part: Part) -> Component:
    bound = part.cls in RESTRICTED or case.read_all
    return Component(path=part.path, id=part.id if bound else None, cls=part.cls if bound else None)


def _file(statement: Statement) -> LicenseFile:
    text = statement.text
    return LicenseFile(
        path=statement.value,
        match=text.match if text else None,
        id=text.id if text else None,
        similarity=text.similarity if text else None,
        covers=statement.covers,
        leads=text.leads if text else (),
        source=statement.source,
    )

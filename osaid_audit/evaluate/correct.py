"""A reviewer's corrections go into the facts before anything is concluded from them (design §4)."""

from collections.abc import Mapping

from osaid_audit.evaluate.signed import Signed
from osaid_audit.schema.base import Fact
from osaid_audit.schema.dossier import Dossier, Hop
from osaid_audit.schema.licenses import Concluded, LicenseBlock
from osaid_audit.schema.report import ReportedFact

LIMITS = (
    "license.commercial_limited",
    "license.field_limited",
    "license.geography_limited",
    "license.threshold",
    "license.changes_limited",
    "license.sharing_limited",
    "license.revocable",
    "license.mutable_policy",
    "license.unilateral_change",
)
"""What the terms limit: facts concluded from the ids, and denied only while no base may hold the limit."""

_OF_THE_IDS = (
    "license.text_exact",
    "license.texts",
    "license.without_text",
    "license.undecided",
    "license.mof_open",
    "license.waits_for",
    *LIMITS,
)

FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "license.class": (
        "license.ids",
        "license.decided_by",
        "license.breaks",
        "license.grant_found",
        "license.inherited_only",
        *_OF_THE_IDS,
    ),
    "lineage.restricted": ("lineage.broken_freedoms", "lineage.broken_by", "lineage.worst_class"),
    "lineage.declared_base": ("lineage.complete", "lineage.worst_class", "license.inherited_only"),
    "lineage.undecided": ("lineage.complete", "lineage.worst_class"),
}
"""Facts that were concluded together with another: when that one is corrected they no longer stand."""

AGAINST: Mapping[str, tuple[str, ...]] = {
    "lineage.from_scratch": ("lineage.declared_base", "weights.needs_base", "lineage.undecided")
}
"""What a reviewer's fact cannot stand beside: whatever has a base was not made from nothing."""

_A_BASE: Mapping[str, bool] = {
    "lineage.restricted": True,
    "lineage.declared_base": True,
    "lineage.undecided": True,
    "lineage.from_scratch": False,
}
"""Reviewers' values that say: there is, or may be, a base whose terms hold here."""
_DENIALS = ("lineage.restricted", *LIMITS)
_ALL_OF_A_LICENSE = ("use", "modify", "share")


def touched_by(name: str) -> tuple[str, ...]:
    """A corrected fact and those that change with it."""
    told = ("license.decided_by", *_OF_THE_IDS) if name == "license.ids" else ()
    return (name, *FOLLOWING.get(name, ()), *told)


def standing_against(name: str, facts: Mapping[str, Fact] | Mapping[str, ReportedFact]) -> str | None:
    """The known fact that rules a reviewer's fact out; None when nothing does."""
    for other in AGAINST.get(name, ()):
        known = facts.get(other)
        if known is not None and known.basis != "lead" and known.value is True:
            return other
    return None


def correct(dossier: Dossier, signed: Signed) -> Dossier:
    """The dossier as the reviewers correct it; the same one when they correct nothing.

    What followed from a corrected fact goes with it, unless a reviewer states it too; the concluded license
    is then the reviewer's, or none.
    """
    facts = _corrected(dossier, signed) if signed.corrected else dict(dossier.facts)
    if _shows_a_base(signed, facts):
        facts = _undenied(facts, signed)
    if _puts_a_base_aside(signed):
        facts = _without_bases(facts, signed, dossier.lineage)
    about = [name for name in ("license.class", "license.ids") if name in signed.corrected]
    if not about:
        return dossier if facts == dossier.facts else dossier.model_copy(update={"facts": facts})
    block = _block(dossier.license, facts, ", ".join(signed.names(about)))
    return dossier.model_copy(update={"facts": facts, "license": block})


def _corrected(dossier: Dossier, signed: Signed) -> dict[str, Fact]:
    facts = _without_followers(dossier, signed.corrected)
    for name, fact in signed.corrected.items():
        facts.pop(name, None)
        if fact is not None:
            facts[name] = fact
    decided = signed.corrected.get("license.class")
    return facts if decided is None else {**_following(decided), **facts}


def _without_followers(dossier: Dossier, corrected: Mapping[str, Fact | None]) -> dict[str, Fact]:
    """The facts that still stand; a limit that a base holds is no matter of the subject's own terms."""
    gone = {name for changed in corrected for name in touched_by(changed)}
    of_bases = _held_by(dossier.lineage)
    kept = {name: fact for name, fact in dossier.facts.items() if name not in gone}
    for name in gone & set(LIMITS) & set(dossier.facts):
        fact = dossier.facts[name]
        theirs = tuple(source for source in fact.sources if source.quote in of_bases)
        if theirs:
            kept[name] = fact.model_copy(update={"sources": theirs})
    return kept


def _held_by(lineage: tuple[Hop, ...]) -> set[str]:
    """The words by which a limit names the base that holds it."""
    return {f"{hop.id} ({hop.license})" for hop in lineage}


def _shows_a_base(signed: Signed, facts: Mapping[str, Fact]) -> bool:
    """Whether a reviewer says that there is, or may be, a base whose terms hold here."""
    stated = {**signed.supplied, **signed.corrected}
    return any(
        (fact := stated.get(name)) is not None and fact.value is value and not standing_against(name, facts)
        for name, value in _A_BASE.items()
    )


def _undenied(facts: Mapping[str, Fact], signed: Signed) -> dict[str, Fact]:
    """Where there may be a base, nothing that was read denies a limit any more."""
    return {
        name: fact
        for name, fact in facts.items()
        if name in signed.corrected or name not in _DENIALS or fact.value is not False
    }


def _puts_a_base_aside(signed: Signed) -> bool:
    """Whether a reviewer says that no base restricts, or that none is declared."""
    mine = signed.corrected
    restricted = mine.get("lineage.restricted")
    if restricted is not None and restricted.value is False:
        return True
    return "lineage.declared_base" in mine and mine["lineage.declared_base"] is None


def _without_bases(facts: Mapping[str, Fact], signed: Signed, lineage: tuple[Hop, ...]) -> dict[str, Fact]:
    """The facts without the limits that only a base held; what the subject's own terms hold stays."""
    of_bases = _held_by(lineage)
    found = dict(facts)
    for name in LIMITS:
        fact = found.get(name)
        own = [source for source in fact.sources if source.quote not in of_bases] if fact else []
        if fact is None or name in signed.corrected or len(own) == len(fact.sources):
            continue
        if own:
            found[name] = fact.model_copy(update={"sources": tuple(own)})
        else:
            del found[name]
    return found


def _following(decided: Fact) -> dict[str, Fact]:
    """What the corrected class of the terms says of a grant, and what there is to show for a license."""
    none = decided.value == "none"
    places = tuple(source.url for source in decided.sources if source.url)
    found = {"license.grant_found": decided.model_copy(update={"value": not none})}
    if none:
        found["license.breaks"] = decided.model_copy(update={"value": _ALL_OF_A_LICENSE})
    if places:
        found["license.decided_by"] = decided.model_copy(update={"value": places[:1]})
    return found


def _block(block: LicenseBlock, facts: dict[str, Fact], names: str) -> LicenseBlock:
    """Our own conclusion gives way; without ids the reviewer names a class and no license."""
    ids, cls, breaks = (facts.get(f"license.{name}") for name in ("ids", "class", "breaks"))
    if cls is None or cls.value == "none" or ids is None or not isinstance(ids.value, tuple) or not ids.value:
        return block.model_copy(update={"concluded": None})
    facts["license.decided_by"] = ids
    concluded = Concluded.model_validate(
        {
            "id": " AND ".join(ids.value),
            "class": cls.value,
            "basis": "stated",
            "breaks": breaks.value if breaks is not None else (),
            "on_the_word_of": names or None,
        }
    )
    return block.model_copy(update={"concluded": concluded})

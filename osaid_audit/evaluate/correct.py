"""A reviewer's corrections go into the facts before anything is concluded from them (design §4)."""

from collections.abc import Mapping

from osaid_audit.evaluate.signed import Signed
from osaid_audit.schema.base import Fact
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.licenses import Concluded, LicenseBlock

FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "license.class": (
        "license.ids",
        "license.decided_by",
        "license.without_text",
        "license.breaks",
        "license.grant_found",
        "license.inherited_only",
        "license.text_exact",
        "license.mof_open",
        "license.commercial_limited",
        "license.field_limited",
        "license.geography_limited",
        "license.threshold",
        "license.changes_limited",
        "license.sharing_limited",
        "license.revocable",
        "license.mutable_policy",
        "license.unilateral_change",
    ),
    "lineage.restricted": ("lineage.broken_freedoms", "lineage.broken_by"),
}
"""Facts that were concluded together with another: when that one is corrected they no longer stand."""

_ALL_OF_A_LICENSE = ("use", "modify", "share")


def correct(dossier: Dossier, signed: Signed) -> Dossier:
    """The dossier as the reviewers correct it; the same one when they correct nothing.

    What followed from a corrected fact goes with it, unless a reviewer states it too; the concluded license
    is then the reviewer's, or none.
    """
    if not signed.corrected:
        return dossier
    facts = _without_followers(dossier.facts, signed.corrected)
    for name, fact in signed.corrected.items():
        facts.pop(name, None)
        if fact is not None:
            facts[name] = fact
    decided = signed.corrected.get("license.class")
    if decided is not None:
        facts = {**_following(decided), **facts}
    about = [name for name in ("license.class", "license.ids") if name in signed.corrected]
    if not about:
        return dossier.model_copy(update={"facts": facts})
    block = _block(dossier.license, facts, ", ".join(signed.names(about)))
    return dossier.model_copy(update={"facts": facts, "license": block})


def _without_followers(facts: Mapping[str, Fact], corrected: Mapping[str, Fact | None]) -> dict[str, Fact]:
    gone = {name for changed in corrected for name in FOLLOWING.get(changed, ())}
    return {name: fact for name, fact in facts.items() if name not in gone}


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

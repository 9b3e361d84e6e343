"""Reports for the fiche, judged by the shipped rules from facts made by hand; the models do not exist."""

from typing import Any, get_args

from door import OPEN, SHA, dossier

from osaid_audit.evaluate import evaluate, load
from osaid_audit.schema.base import Problem, Text
from osaid_audit.schema.dossier import Dossier, Hop
from osaid_audit.schema.licenses import ClauseId, Concluded, LicenseBlock, LicenseFile
from osaid_audit.schema.report import Report

NORMS = ("osaid-1.0", "g7-2026", "practical")
LIMITS = {
    f"license.{name}": False
    for name in (
        "commercial_limited",
        "field_limited",
        "geography_limited",
        "threshold",
        "changes_limited",
        "sharing_limited",
        "revocable",
        "mutable_policy",
        "unilateral_change",
    )
}
FREE: dict[str, Any] = {
    **OPEN,
    **LIMITS,
    "access.price_named": False,
    "weights.needs_base": False,
    "code.remote": False,
    "code.inference_found": True,
    "weights.formats": ("safetensors",),
    "weights.safe_format": True,
    "weights.pickled": False,
    "weights.set_bytes": 1_000_000_000,
    "weights.set_bytes_most": 1_000_000_000,
}
APACHE = Concluded(id="Apache-2.0", name="Apache License 2.0", cls="osi", basis="verified", osi_approved=True)


def judged(facts: dict[str, Any], concluded: Concluded | None = None, **update: Any) -> Report:
    """The report on a model with these facts, this license and these other parts of a dossier."""
    found: Dossier = dossier(facts, "orchard/quince-1b", SHA)
    block = LicenseBlock(concluded=concluded, files=update.pop("files", ()))
    return evaluate(found.model_copy(update={"license": block, **update}), frameworks=NORMS)


def bound_by(*clauses: ClauseId, cls: str = "use-restricted", breaks: tuple[str, ...] = ("use",)) -> Report:
    """A model under one license with these clauses."""
    license_ = Concluded.model_validate(
        {
            "id": "LicenseRef-orchard",
            "name": "Orchard License",
            "class": cls,
            "basis": "stated",
            "clauses": clauses,
            "breaks": breaks,
        }
    )
    facts = {**FREE, "license.class": cls, "license.ids": ("LicenseRef-orchard",), "license.breaks": breaks}
    return judged({name: value for name, value in facts.items() if name not in LIMITS}, license_)


def open_terms(**facts: Any) -> Report:
    """A model under Apache-2.0, of which nothing older is known."""
    return judged({**FREE, **facts}, APACHE)


def tuned(license_: str = "LicenseRef-llama-3.2", cls: str = "use-restricted") -> Report:
    """An Apache label over a base whose terms restrict."""
    hop = Hop(
        id="orchard/must-3b", relation="finetune", depth=1, license=license_, cls=cls, breaks=("use", "share")
    )
    facts = {
        **FREE,
        "lineage.declared_base": True,
        "lineage.restricted": True,
        "lineage.broken_freedoms": ("use", "share"),
        "license.field_limited": True,
        "license.mutable_policy": True,
        "license.sharing_limited": True,
    }
    return judged(facts, APACHE, lineage=(hop,))


def attested(facts: dict[str, Any], **answers: bool) -> Report:
    """The report on a model under Apache-2.0, of which a reviewer says something."""
    found = dossier(facts, "orchard/quince-1b", SHA).model_copy(
        update={"license": LicenseBlock(concluded=APACHE)}
    )
    return evaluate(found, frameworks=NORMS, attested=answers, on_the_word_of="Ada Exemple")


def signed() -> Report:
    """Everything answered with yes by a reviewer."""
    return attested(FREE, **{name: True for rule in load().rules.values() for name in rule.attest})


def crowded() -> Report:
    """As much as a fiche can be asked to hold: every clause, long names, everything unread."""
    name = "o" * 44 + "/" + "m" * 51
    every = get_args(ClauseId)
    license_ = Concluded(
        id="LicenseRef-llama-4",
        name="Orchard Community License Agreement of the Association of Growers " * 3,
        cls="noncommercial",
        basis="stated",
        clauses=every,
        breaks=("use", "modify", "share"),
    )
    hops = [
        Hop(
            id=f"{'b' * 40}/{'w' * 49}{n}",
            relation="merge",
            depth=1,
            license="LicenseRef-llama-3.2",
            cls="use-restricted",
            breaks=("use", "share"),
        )
        for n in range(4)
    ]
    facts = {
        "weights.present": True,
        "weights.needs_base": True,
        "weights.pickled": True,
        "code.remote": True,
        "access.gated": "manual",
        "access.price_named": True,
        "license.class": "noncommercial",
        "license.ids": ("LicenseRef-orchard",),
        "license.breaks": ("use", "modify", "share"),
        "license.grant_found": True,
        "license.usage_policy": True,
        "license.commercial_limited": True,
        "lineage.declared_base": True,
        "lineage.restricted": True,
        "lineage.broken_freedoms": ("use", "share"),
        "data.withheld": True,
        "code.training_withheld": True,
        "weights.set_bytes": 90_000_000_000,
    }
    unread = tuple(
        Problem(what=f"{'x' * 80}/{n}.md", state="gated", why=Text(en="w", fr="w"), next=Text(en="n", fr="n"))
        for n in range(5)
    )
    report = judged(facts, license_, lineage=tuple(hops), problems=unread)
    subject = report.subject.model_copy(update={"canonical_id": name, "source": "recorded"})
    block = report.license.model_copy(
        update={"files": (LicenseFile(path="POLICY", match="unknown", leads=()),)}
    )
    frameworks = tuple(
        result.model_copy(update={"on_the_word_of": "Ada Exemple-Delaunay de la Vallée"})
        for result in report.frameworks
    )
    return report.model_copy(update={"subject": subject, "license": block, "frameworks": frameworks})


CASES = {
    "open": open_terms,
    "restricted": lambda: bound_by("acceptable_use_policy", "mutable_policy", "user_threshold", "naming"),
    "noncommercial": lambda: bound_by("noncommercial", cls="noncommercial", breaks=("use", "share")),
    "tuned": tuned,
    "signed": signed,
    "unlicensed": lambda: judged(
        {**OPEN, "license.class": "none", "license.breaks": ("use", "modify", "share"), "license.ids": ()}
    ),
    "unread": lambda: judged({"weights.present": True}),
    "absent": lambda: judged({"weights.present": False}),
    "custom": lambda: judged({**OPEN, "license.class": "custom-unknown"}),
    "crowded": crowded,
}

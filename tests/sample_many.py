"""Rows and summaries made by hand for the pages over many models; the models in them do not exist."""

from collections.abc import Mapping
from typing import Any

from sample_hostile import EVIL, hostile
from sample_parts import t
from samples import restricted, signed, undecided

from osaid_audit.errors import NotFound
from osaid_audit.render.index import index_page, row_of, row_of_error
from osaid_audit.render.page import RUNGS
from osaid_audit.render.sweep import summary_page
from osaid_audit.schema.dossier import Hop, Tool
from osaid_audit.schema.index import Row
from osaid_audit.schema.report import RulesVersion
from osaid_audit.schema.sweep import (
    FactCount,
    InputFile,
    LabelShare,
    LicenseShare,
    MissingColumn,
    Norm,
    RuleCount,
    Summary,
    Unread,
)

TERMS = RuleCount(rule="weights-license", title=t("Terms of the weights", "Conditions des poids"), n=500_000)
BASES = RuleCount(rule="inherited-license", title=t("Terms of the bases", "Conditions des bases"), n=250_000)
UNREAD = Unread(why=t("The id is no text.", "L'identifiant n'est pas un texte."), n=2, rows=(17, 2_999_999))
NOTHING: dict[str, Any] = dict.fromkeys(
    ("years", "libraries", "licenses", "open_rules", "open_facts", "not_met"), ()
)
QUIET: dict[str, Any] = {"at_most": {}, "inherited": 0, "unread": (), "repeated": 0}
MISSING = NotFound("The Hub has no model '{model}'.", "Check the spelling.", model="orchard/gone")


def rows() -> list[Row]:
    """One of each kind: every rung, undetermined, no label asked, not audited."""
    plain = row_of(undecided())
    of_each = [
        plain.model_copy(update={"id": f"press/{rung}", "label": rung, "label_title": None})
        for rung in (*RUNGS, "undetermined")
    ]
    bare = Row(id="press/bare", license="apache-2.0")
    based = row_of(restricted()).model_copy(
        update={"inherited": "press/root", "license": "LicenseRef-unidentified"}
    )
    return [based, plain, row_of(signed()), *of_each, bare, row_of_error("orchard/gone", MISSING)]


def evil_row(evil: str = EVIL) -> Row:
    """A row with `evil` in every place."""
    told = t(evil, evil)
    return Row(
        id=evil, revision=evil, label=evil, label_title=told, label_at_most=evil, verdict=evil,
        verdict_title=told, license=evil, blocking=told, inherited=evil, unread=told,
    )  # fmt: skip


def evil_rows(evil: str = EVIL) -> list[Row]:
    """Hostile rows: of a report, of an error, and one with nothing but evil in it."""
    return [evil_row(evil), row_of(hostile(evil)), row_of_error(evil, NotFound("{said}", said=evil))]


def thousand() -> list[Row]:
    """A thousand rows as long as real ones."""
    made = rows()
    return [
        made[n % len(made)].model_copy(update={"id": f"organization-{n % 97}/a-model-with-a-usual-name-{n}"})
        for n in range(1000)
    ]


def restricted_by_base() -> Row:
    """The row of a model whose base takes a freedom away."""
    base = restricted()
    hop = Hop(id="press/root", relation="finetune", depth=1, cls="use-restricted", breaks=("use",))
    known = base.facts["license.class"].model_copy(update={"value": True})
    return row_of(
        base.model_copy(update={"lineage": (hop,), "facts": {**base.facts, "lineage.restricted": known}})
    )


def _by(**counts: int) -> dict[str, int]:
    return {name.replace("_", "-"): n for name, n in counts.items()}


def summary(**changed: Any) -> Summary:
    """A sweep of 3,000,000 rows, of which two could not be read."""
    made: dict[str, Any] = {
        "tool": Tool(name="osaid-audit", version="0.1.0"),
        "inputs": (InputFile(name="models.parquet", sha256="ab" * 32, rows=3_000_000),),
        "day": "2026-11-20",
        "as_of": "2026-11-22",
        "rules": RulesVersion(version="1", sha256="cd" * 32),
        "frameworks": (
            Norm(id="osaid-1.0", version="1", title=t("Open Source AI Definition 1.0", "Définition 1.0"),
                 verdicts={"does_not_conform": 700_000, "undetermined": 2_299_998}),
            Norm(id="practical", version="1", title=t("Practical questions", "Questions pratiques")),
        ),
        "columns": ("id", "tags", "createdAt", "library_name"),
        "missing": (
            MissingColumn(column="gated", facts=("access.gated",)),
            MissingColumn(column="siblings", facts=("weights.present", "files.code")),
        ),
        "labels": {
            "undetermined": 2_299_998,
            **_by(weights_available=500_000, no_license=199_999, not_available=1),
        },
        "at_most": {"open-weights": 99_998, "open-source-ai-with-open-data": 2_200_000},
        "inherited": 250_000,
        "years": (
            LabelShare(
                name="2023", labels=_by(undetermined=299_998, weights_available=100_000, not_available=1)
            ),
            LabelShare(name="2024", labels=_by(undetermined=700_000, weights_available=100_000)),
            LabelShare(
                name="2025", labels=_by(undetermined=1_300_000, weights_available=300_000, no_license=199_998)
            ),
            LabelShare(labels={"no-license": 1}),
        ),
        "libraries": (
            LabelShare(name="transformers", labels={"undetermined": 2_000_000, "weights-available": 500_000}),
            LabelShare(name="diffusers", labels={"undetermined": 200_000, "no-license": 199_999}),
            LabelShare(labels={"not-available": 1}),
            LabelShare(others=198, labels={"undetermined": 99_998}),
        ),
        "licenses": (
            LicenseShare(name="apache-2.0", inherited=200_000, undetermined=1_800_000),
            LicenseShare(name="orchard-community-2", own=450_000, inherited=50_000),
            LicenseShare(undetermined=400_000, rest=1),
            LicenseShare(others=80, undetermined=99_997),
        ),
        "open_rules": (TERMS.model_copy(update={"n": 2_299_998}),),
        "open_facts": (FactCount(fact="license.read_all", n=2_299_998),),
        "not_met": (
            TERMS,
            BASES,
        ),
        "seconds": 75.4,
        "shards": 12,
        "unread": (UNREAD,),
        "repeated": 3,
    }  # fmt: skip
    return Summary(**(made | changed))


def nothing() -> Summary:
    """A dump without a row."""
    return summary(
        inputs=(InputFile(name="empty.parquet", sha256="00" * 32, rows=0),),
        **NOTHING, **QUIET, labels={}, seconds=0.0, shards=0, missing=(), day=None,
        frameworks=(), columns=(),
    )  # fmt: skip


def small(labels: Mapping[str, int], **changed: Any) -> Summary:
    """A sweep of which nothing but the labels is known."""
    file = InputFile(name="small.parquet", sha256="11" * 32, rows=sum(labels.values()))
    return summary(**({"inputs": (file,), "labels": dict(labels)} | NOTHING | QUIET | changed))


def evil_summary(evil: str = EVIL) -> Summary:
    """A dump whose every text is hostile; two of its names are longer than the form allows."""
    short = evil[:200]
    share = (LabelShare(name=short, labels={"undetermined": 2, evil: 1}),)
    return small(
        {"undetermined": 2, evil: 1},
        tool=Tool(name=evil, version=evil),
        inputs=(InputFile(name=evil, sha256=evil, rows=4),),
        day=evil,
        as_of=evil,
        rules=RulesVersion(version=evil, sha256=evil),
        frameworks=(Norm(id=evil, version=evil, title=t(evil, evil), verdicts={evil: 3}),),
        columns=(evil,),
        missing=(MissingColumn(column=evil, facts=(evil,)),),
        at_most={evil: 1},
        years=share,
        libraries=share,
        licenses=(LicenseShare(name=short, own=1, undetermined=2),),
        open_rules=(RuleCount(rule=evil, title=t(evil, evil), n=1),),
        open_facts=(FactCount(fact=evil, n=1),),
        not_met=(RuleCount(rule=evil, title=t(evil, evil), n=1),),
        unread=(Unread(why=t(evil, evil), n=1),),
    )


def libraries(many: int = 200) -> Summary:
    """A dump of so many libraries, none of them summed up."""
    shares = tuple(LabelShare(name=f"library-{n}", labels={"undetermined": n + 1}) for n in range(many))
    return small({"undetermined": sum(each.n for each in shares)}, libraries=shares)


def show_many() -> None:
    """Every text that these pages can show."""
    for some in (rows(), []):
        index_page(some, "fr", {})
    index_page(rows()[:1], "en", {})
    for found in (summary(), nothing(), small({"undetermined": 1}), evil_summary()):
        summary_page(found, "fr")

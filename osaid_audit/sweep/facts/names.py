"""Which facts a sweep can know, which it cannot, and what else it keeps of each model."""

from typing import Literal

from osaid_audit.schema.vocabulary import VOCABULARY

Why = Literal["reviewer", "words", "card", "texts", "datasets", "code", "chain", "day"]

REASONS: dict[Why, str] = {
    "reviewer": "only a person supplies it",
    "words": "it is named in texts only and changes no answer",
    "card": "it is read from the words of the card, and a dump has none",
    "texts": "it is read from license texts, and a dump has none",
    "datasets": "the replies about datasets are needed",
    "code": "the replies of code hosts, or the texts of code licenses, are needed",
    "chain": "no reply can show it",
    "day": "it is counted on the day of judgement, from subject.last_modified",
}
_LEFT_OUT: dict[Why, tuple[str, ...]] = {
    "words": (
        *("license.decided_by", "license.texts", "license.without_text", "license.undecided"),
        *("license.waits_for", "lineage.broken_by", "weights.pickled_files", "code.license_files"),
    ),
    "card": (
        *("lineage.origin_spoken", "lineage.stated_from_scratch", "lineage.from_scratch"),
        *("weights.external", "data.described", "data.withheld", "data.processing_described"),
        *("data.released", "data.not_released", "data.unshareable_reason", "code.training_withheld"),
        *("documents.model_card", "documents.paper", "documents.report", "documents.data_card"),
        *("documents.copyright_policy", "documents.training_summary", "code.repositories"),
    ),
    "texts": ("license.text_exact",),
    "datasets": ("data.linked_datasets", "data.obtainable_listed", "data.inherited_layers_complete"),
    "code": ("code.license_class",),
    "chain": ("lineage.complete", "lineage.worst_class"),
    "day": ("subject.days_since_change",),
}
NOT_SWEPT: dict[str, Why] = {
    **{name: why for why, names in _LEFT_OUT.items() for name in names},
    **{name: "reviewer" for name, spec in VOCABULARY.items() if spec.reviewer},
}
"""The facts that a sweep never knows, each with the reason (`REASONS`)."""
SWEPT: tuple[str, ...] = tuple(name for name in VOCABULARY if name not in NOT_SWEPT)
"""The facts that a sweep can know, in the order of the vocabulary."""
_SQL = {"bool": "BOOLEAN", "int": "BIGINT", "string": "VARCHAR", "strings": "VARCHAR[]"}

OWN: dict[str, str] = {
    "row": "BIGINT",
    "id": "VARCHAR",
    "key": "VARCHAR",
    **{name: _SQL[VOCABULARY[name].type] for name in SWEPT},
    "bases": "VARCHAR[]",
    "base_unread": "BOOLEAN",
    "leads": "BOOLEAN",
    "lead_names": "VARCHAR[]",
    "converts": "BOOLEAN",
    "names_data": "BOOLEAN",
    "own_class": "VARCHAR",
    "own_breaks": "VARCHAR[]",
    "own_license": "VARCHAR",
    "named_license": "VARCHAR",
    "created": "DATE",
    "library": "VARCHAR",
    "downloads": "BIGINT",
}
"""The columns of the table `own` with their SQL types."""

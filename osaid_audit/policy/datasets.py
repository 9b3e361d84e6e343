"""A dataset that code names, held against a policy: its terms and its gate. It has no label, no findings."""

from collections.abc import Iterator

from osaid_audit.evaluate.said import said
from osaid_audit.policy.case import WEAKEST_FIRST, Trouble
from osaid_audit.policy.demands import Demanded
from osaid_audit.policy.wording import text
from osaid_audit.render.safe import plain
from osaid_audit.schema.base import Text
from osaid_audit.schema.dossier import Dataset

_UNKNOWN = "custom-unknown"


def checked(dataset: Dataset, asks: Demanded) -> Iterator[Trouble]:
    """What does not hold of it."""
    yield from _license(dataset, asks)
    yield from _gate(dataset, asks)


def _license(dataset: Dataset, asks: Demanded) -> Iterator[Trouble]:
    """A class that is not allowed, or one that nobody can tell."""
    allowed = asks.licenses
    if allowed is None or dataset.cls in allowed:
        return
    refused = dataset.cls not in {None, _UNKNOWN}
    yield Trouble(
        "license-class",
        "error" if refused else asks.undetermined,
        text("check.license-class"),
        text(
            "policy.class.refused" if refused else "policy.class.open",
            found=text("policy.class.found", terms=_terms(dataset)),
            allowed=", ".join(allowed) or text("policy.class.none"),
        ),
        text("policy.next.dataset"),
    )


def _terms(dataset: Dataset) -> Text:
    whose = (
        text("policy.class.dataset_id", id=plain(dataset.license))
        if dataset.license
        else text("policy.class.dataset")
    )
    if dataset.cls is None:
        return text("policy.class.unknown", whose=whose)
    words = Text(en=said("license.class", dataset.cls, "en"), fr=said("license.class", dataset.cls, "fr"))
    return text("policy.class.is", whose=whose, said=words, cls=dataset.cls)


def _gate(dataset: Dataset, asks: Demanded) -> Iterator[Trouble]:
    """It is handed out on a condition, or nobody knows."""
    if asks.gating == "allow" or dataset.gated == "no":
        return
    level, message = asks.gating, text("policy.gated.dataset")
    if dataset.gated is None:
        level = min(level, asks.undetermined, key=WEAKEST_FIRST.index)
        message = text("policy.gated.unknown")
    yield Trouble("gating", level, text("check.gating"), message, text("policy.next.gating"))

"""What is said of one fact in the vocabulary: name, type, allowed values and how it may be used (design §4).

`only_true`    absence is never a fact: the value can only be true
`reviewer`     supplied by a reviewer only; never seen by a condition
`lower_bound`  a list that only grows; named in `breaks`, never in a condition
`doc_fr`       the meaning in French, of reviewers' facts: people are asked about these
Every other list is bound only when it is complete.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from osaid_audit.schema.licenses import LicenseClass

FactType = Literal["bool", "int", "string", "strings"]
CLASSES: tuple[str, ...] = get_args(LicenseClass)


@dataclass(frozen=True)
class FactSpec:
    """One fact a rule may speak of."""

    name: str
    type: FactType
    doc: str
    values: tuple[str, ...] = ()
    only_true: bool = False
    reviewer: bool = False
    lower_bound: bool = False
    doc_fr: str = ""


def true_only(name: str, doc: str) -> FactSpec:
    """A fact whose absence is never known."""
    return FactSpec(name, "bool", doc, only_true=True)


def reviewed(name: str, doc: str, doc_fr: str) -> FactSpec:
    """A fact that only a reviewer supplies."""
    return FactSpec(name, "bool", doc, reviewer=True, doc_fr=doc_fr)


def boolean(name: str, doc: str) -> FactSpec:
    """A fact that can be true or false."""
    return FactSpec(name, "bool", doc)

"""What reviewers state, as far as it holds: which facts, and on whose word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from osaid_audit.schema.base import Fact
from osaid_audit.schema.names import name_fault


@dataclass(frozen=True)
class Signed:
    """The reviewers' facts by name.

    supplied   facts that only a reviewer supplies; true or false
    corrected  other facts that a reviewer adds or gives otherwise than they were read; None takes one back
    reviewers  who stands by each of them
    """

    supplied: Mapping[str, Fact] = field(default_factory=dict)
    corrected: Mapping[str, Fact | None] = field(default_factory=dict)
    reviewers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def by(cls, attested: Mapping[str, bool], reviewer: str | None) -> Self:
        """The short form: one reviewer's answers, without evidence.

        A name that a signed file could not bear is nobody's; without a name nothing conforms.
        """
        supplied = {name: Fact(value=value, basis="stated") for name, value in attested.items()}
        named = (reviewer,) if reviewer and name_fault(reviewer) is None else ()
        return cls(supplied, {}, dict.fromkeys(supplied, named))

    @property
    def answers(self) -> dict[str, bool]:
        """The supplied facts as the rules' `attest` takes them."""
        return {name: fact.value is True for name, fact in self.supplied.items()}

    def names(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Who stands by any of these facts, each once."""
        return tuple(dict.fromkeys(name for fact in facts for name in self.reviewers.get(fact, ())))


NOBODY = Signed()

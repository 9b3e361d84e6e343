"""What a finding says where something that may hold the answer was not read."""

from typing import NamedTuple

from osaid_audit.schema.base import Outcome, Problem, Text
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.report import Finding
from osaid_audit.schema.unread import shut_card, unread_bases, unread_card

_TOLD_BY_A_CARD = ("data.", "code.", "documents.", "evaluation.")
_OF_THE_WHOLE = ("data.", "code.")
"""Facts that a fine-tune has only together with its base (design §2.7)."""
_MOST_BASES = 3


class Unread(NamedTuple):
    """What was not read of a model: its card for its language, its card at all, the bases behind it."""

    foreign: Problem | None
    shut: Problem | None
    bases: tuple[str, ...]

    def explain(self, finding: Finding) -> Finding:
        """The finding, which says so where nothing decides and what was not read may hold the answer."""
        if finding.outcome is not Outcome.INSUFFICIENT_EVIDENCE:
            return finding
        message = self._reason(set(finding.missing))
        return finding.model_copy(update={"message": message}) if message else finding

    def _reason(self, missing: set[str]) -> Text | None:
        if self.foreign is not None and missing & set(self.foreign.blocks):
            return self.foreign.why
        if self.shut is not None and _any_of(missing, _TOLD_BY_A_CARD):
            return Text(
                en=f"The model card was not read, so what it says is not known. {self.shut.why.en}",
                fr=f"La fiche du modèle n'a pas été lue : on ne sait pas ce qu'elle dit. {self.shut.why.fr}",
            )
        if self.bases and _any_of(missing, _OF_THE_WHOLE):
            return _behind(self.bases)
        return None


def unread(dossier: Dossier) -> Unread:
    """What was not read of this model."""
    return Unread(
        unread_card(dossier.problems), shut_card(dossier.problems), tuple(unread_bases(dossier.lineage))
    )


def _any_of(missing: set[str], prefixes: tuple[str, ...]) -> bool:
    return any(name.startswith(prefixes) for name in missing)


def _behind(bases: tuple[str, ...]) -> Text:
    named = ", ".join(bases[:_MOST_BASES]) + (", ..." if len(bases) > _MOST_BASES else "")
    return Text(
        en=f"It was made from a model that was not read ({named}): what is told of this one alone does not"
        " answer for the whole.",
        fr=f"Il est tiré d'un modèle qui n'a pas été lu ({named}) : ce que dit la page"
        " auditée ne suffit pas, il faudrait aussi celle de ce modèle.",
    )

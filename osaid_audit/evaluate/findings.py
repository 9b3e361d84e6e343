"""One rule and the facts -> a finding (design §4): three-valued, and every answer shows what it stands on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from osaid_audit.errors import OsaidError
from osaid_audit.evaluate import cel
from osaid_audit.evaluate.correct import touched_by
from osaid_audit.evaluate.said import said
from osaid_audit.evaluate.signed import NOBODY, Signed
from osaid_audit.schema.base import FREEDOMS, Fact, FactValue, Freedom, Lang, Outcome, Text
from osaid_audit.schema.names import is_body
from osaid_audit.schema.report import Evidence, Finding
from osaid_audit.schema.rules import Condition, Remedy, Rule

_PLACEHOLDER = re.compile(r"\{([a-z_.]+)\}")
_FAILED = Text(
    en="This rule could not be evaluated. This is a fault of the rule or of the tool, not of the model.",
    fr="Cette règle n'a pas pu être évaluée. C'est un défaut de la règle ou de l'outil, pas du modèle.",
)
_ON_THE_WORD: Mapping[Outcome, Text] = {
    Outcome.MET: Text(
        en="This is met on the word of a reviewer; the tool did not establish it by itself.",
        fr="Ce point est satisfait d'après une personne qui l'a vérifié ; l'outil ne l'a pas établi"
        " lui-même.",
    ),
    Outcome.NOT_MET: Text(
        en="This is not met on the word of a reviewer; the tool did not establish it by itself.",
        fr="Ce point n'est pas satisfait, d'après une personne qui l'a vérifié ; l'outil ne l'a pas"
        " établi lui-même.",
    ),
}
_SILENT = Text(en="No text was written for this outcome.", fr="Aucun texte n'a été écrit pour ce résultat.")

Values = Mapping[str, FactValue]


@dataclass(frozen=True)
class Decision:
    """What a rule answers, the facts it stands on (in order) and the facts it lacks."""

    outcome: Outcome
    stands_on: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    attested: bool = False


def decide(rule: Rule, values: Values, attested: Mapping[str, bool] | None = None) -> Decision:
    """The rule's answer in the order of asking of design §4.

    `attested` are the facts a reviewer supplies. Raises what a condition raises; `find` makes it an error.
    """
    applies = _Part(rule.applies, values)
    if applies.all is False:
        return Decision(Outcome.NOT_APPLICABLE, applies.names(False))
    if applies.all is None:
        return Decision(Outcome.INSUFFICIENT_EVIDENCE, missing=applies.missing())
    breach = _Part(rule.not_met, values)
    if breach.any is True:
        return Decision(Outcome.NOT_MET, (*breach.names(True), *_present(rule.breaks, values)))
    return _signed(rule, attested or {}) or _judged(rule, breach, values)


def answer(rule: Rule, values: Values, attested: Mapping[str, bool] | None = None) -> Decision:
    """Like `decide`, but a rule that throws answers `error`."""
    try:
        return decide(rule, values, attested)
    except (cel.ConditionError, cel.EvaluationError, OsaidError):
        return Decision(Outcome.ERROR)


def broken(rule: Rule, values: Values) -> tuple[Freedom, ...]:
    """The freedoms that a `not_met` takes away: the listed ones, or all of the rule's without a list."""
    listed = values.get(rule.breaks or "") or ()
    named = tuple(freedom for freedom in FREEDOMS if isinstance(listed, tuple) and freedom in listed)
    return named or rule.freedoms


def find(
    rule: Rule,
    facts: Mapping[str, Fact],
    *,
    origin: str = "shipped",
    required: bool = True,
    signed: Signed = NOBODY,
) -> Finding:
    """The finding of one rule. A rule that throws is an `error` finding, never an answer.

    `facts` are those as corrected by the reviewers; `signed` says which these are and what else they state.
    """
    values = bound(facts)
    decision = answer(rule, values, signed.answers)
    automatic = decision.outcome is Outcome.NOT_MET and not decision.attested
    return Finding(
        rule=rule.id,
        origin=origin,
        title=rule.title,
        why=rule.why,
        references=rule.references,
        element=rule.element,
        freedoms=broken(rule, values) if automatic else rule.freedoms,
        required=required,
        outcome=decision.outcome,
        message=_message(rule, decision, values, signed),
        evidence=_evidence(decision, facts, signed),
        missing=decision.missing,
        remedy=_remedy(rule, values),
        topic=rule.topic,
        attested=bool(_leaning(rule, decision, signed)),
    )


def _remedy(rule: Rule, values: Values) -> Remedy:
    unlicensed = rule.unlicensed if values.get("license.class") == "none" else None
    return unlicensed or rule.remedy


def on_whose_word(rule: Rule, finding: Finding, signed: Signed) -> tuple[str, ...]:
    """The reviewers on whose statements a finding rests."""
    stands_on = tuple(dict.fromkeys(item.fact for item in finding.evidence))
    signature = any(name in rule.attest for name in stands_on)
    return signed.names(_leaning(rule, Decision(finding.outcome, stands_on, attested=signature), signed))


def _leaning(rule: Rule, decision: Decision, signed: Signed) -> tuple[str, ...]:
    """The reviewers' facts that a decision rests on: those it stands on, and those put out of its way.

    A breach that the evidence itself shows rests on nobody's word, whatever else was corrected.
    """
    mine = decision.stands_on if decision.attested else ()
    if not signed.corrected or decision.outcome is Outcome.ERROR:
        return mine
    if decision.outcome is Outcome.NOT_MET and not decision.attested:
        asked = decision.stands_on
    else:
        asked = _asked(rule)
    return (*mine, *(name for name in asked if name in signed.corrected))


def _asked(rule: Rule) -> tuple[str, ...]:
    conditions = (*rule.applies, *rule.not_met, *rule.met, *rule.review)
    return tuple(dict.fromkeys(name for each in conditions for name in cel.compile(each).names))


def bound(facts: Mapping[str, Fact]) -> dict[str, FactValue]:
    """The values that conditions see: a lead decides nothing."""
    return {name: fact.value for name, fact in facts.items() if fact.basis != "lead"}


class _Part:
    """The leaves of one part of a rule, each evaluated alone."""

    def __init__(self, conditions: tuple[Condition, ...], values: Values) -> None:
        self.values = values
        leaves = [cel.compile(condition) for condition in conditions]
        self.answers = [(leaf, cel.evaluate(leaf, values)) for leaf in leaves]

    @property
    def all(self) -> bool | None:
        answers = [answer for _, answer in self.answers]
        if False in answers:
            return False
        return None if None in answers else True

    @property
    def any(self) -> bool | None:
        answers = [answer for _, answer in self.answers]
        if True in answers:
            return True
        return None if None in answers else False

    def names(self, wanted: bool) -> tuple[str, ...]:
        """The known facts of the leaves with that answer."""
        leaves = [leaf for leaf, answer in self.answers if answer is wanted]
        return tuple(dict.fromkeys(name for leaf in leaves for name in leaf.names if name in self.values))

    def missing(self) -> tuple[str, ...]:
        """The absent facts of the leaves that are unknown."""
        leaves = [leaf for leaf, answer in self.answers if answer is None]
        return tuple(dict.fromkeys(name for leaf in leaves for name in leaf.names if name not in self.values))


def _present(name: str | None, values: Values) -> tuple[str, ...]:
    return (name,) if name is not None and name in values else ()


def _signed(rule: Rule, attested: Mapping[str, bool]) -> Decision | None:
    """A reviewer's no comes before a reviewer's yes.

    What makes the question idle comes before a plain yes, and before a no as well where the rule lists it
    first: a paper that stands in for a report leaves nothing to miss.
    """
    answers = tuple(rule.attest.items())
    idle = [name for name, outcome in answers if outcome == "not_applicable" and attested.get(name) is True]
    missed = [name for name, outcome in answers if outcome == "met" and attested.get(name) is False]
    fine = [name for name, outcome in answers if outcome == "met" and attested.get(name) is True]
    if idle and (not missed or idle[0] == answers[0][0]):
        return Decision(Outcome.NOT_APPLICABLE, (idle[0],), attested=True)
    if missed:
        return Decision(Outcome.NOT_MET, (missed[0],), attested=True)
    return Decision(Outcome.MET, (fine[0],), attested=True) if fine else None


def _judged(rule: Rule, breach: _Part, values: Values) -> Decision:
    met, review = _Part(rule.met, values), _Part(rule.review, values)
    fulfilled = met.all if rule.met else False
    if fulfilled is True and breach.any is False:
        stands_on = dict.fromkeys((*met.names(True), *breach.names(False)))
        return Decision(Outcome.MET, tuple(stands_on))
    if review.any is True:
        return Decision(Outcome.NEEDS_REVIEW, review.names(True))
    missing = breach.missing() if fulfilled is True else met.missing() if fulfilled is None else ()
    return Decision(Outcome.INSUFFICIENT_EVIDENCE, missing=missing or review.missing())


def _message(rule: Rule, decision: Decision, values: Values, signed: Signed) -> Text:
    outcome = decision.outcome
    if outcome is Outcome.ERROR:
        return _FAILED
    if decision.attested and _speaks_of_evidence(rule, outcome):
        return _ON_THE_WORD[outcome]
    text = cast("Text | None", getattr(rule.says, outcome.value)) or _SILENT
    filled = Text(en=_fill(text.en, values, "en"), fr=_fill(text.fr, values, "fr"))
    told = [name for name in _PLACEHOLDER.findall(text.en) if name in values]
    names = _voices(rule, decision, told, signed)
    return _in_their_voice(filled, names) if names else filled


def _voices(rule: Rule, decision: Decision, told: Iterable[str], signed: Signed) -> tuple[str, ...]:
    """The reviewers whose corrections a message tells, or rests on: then it is not the tool that says so."""
    if not signed.corrected:
        return ()
    settled = decision.outcome in {Outcome.MET, Outcome.NOT_APPLICABLE} and not decision.attested
    rests_on = {*told, *decision.stands_on, *(_asked(rule) if settled else ())}
    speaking = [name for name in signed.corrected if rests_on & set(touched_by(name))]
    return signed.names(speaking)


def _in_their_voice(text: Text, names: Sequence[str]) -> Text:
    """The message as the reviewers' own; a name that sounds like a body is marked as unchecked."""
    en = [f"“{name}” (a name as written, not checked)" if is_body(name) else name for name in names]
    fr = [f"« {name} » (nom tel qu'écrit, non vérifié)" if is_body(name) else name for name in names]
    return Text(en=f"On the word of {', '.join(en)}: {text.en}", fr=f"D'après {', '.join(fr)} : {text.fr}")


def _speaks_of_evidence(rule: Rule, outcome: Outcome) -> bool:
    """Whether the rule's own text for this outcome tells what was read, which a reviewer's answer is not."""
    return bool(rule.met if outcome is Outcome.MET else rule.not_met if outcome is Outcome.NOT_MET else ())


def _fill(text: str, values: Values, lang: Lang) -> str:
    return _PLACEHOLDER.sub(lambda match: said(match.group(1), values.get(match.group(1)), lang), text)


def _evidence(decision: Decision, facts: Mapping[str, Fact], signed: Signed) -> tuple[Evidence, ...]:
    known = signed.supplied if decision.attested else facts
    return tuple(item for name in decision.stands_on for item in cited(name, known[name]))


def cited(name: str, fact: Fact) -> tuple[Evidence, ...]:
    """The fact with each of its sources; once without a place when it has none."""
    if not fact.sources:
        return (Evidence(fact=name, value=fact.value),)
    return tuple(Evidence(fact=name, value=fact.value, **source.model_dump()) for source in fact.sources)

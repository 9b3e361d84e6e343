"""Which statements hold for a dossier: signed, in time, about this content, and not against the evidence.

Every rule here ends on the careful side. What is ignored changes nothing but the list of attestations; a
reviewer's no comes before a reviewer's yes; reviewers who correct a fact differently correct nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from osaid_audit.evaluate.correct import FOLLOWING, correct, standing_against
from osaid_audit.evaluate.findings import find
from osaid_audit.evaluate.report import derived
from osaid_audit.evaluate.ruleset import RuleSet
from osaid_audit.evaluate.signed import Signed
from osaid_audit.policy import named, reasons
from osaid_audit.policy.attestations import Given
from osaid_audit.policy.terms import ids_against
from osaid_audit.schema.attestation import AttestedStatement, Proof
from osaid_audit.schema.base import Fact, FactValue, Outcome, Source, Text
from osaid_audit.schema.dossier import Digests, Dossier
from osaid_audit.schema.report import Ignored, ReportedAttestation, ReportedStatement
from osaid_audit.schema.vocabulary import VOCABULARY


class Weighed(NamedTuple):
    """The facts that hold, and what the report shows of every attestation."""

    signed: Signed
    records: tuple[ReportedAttestation, ...]


@dataclass
class _Voice:
    """One answered statement of one file, and what stands against it."""

    given: Given
    statement: AttestedStatement
    against: Text | None = field(default=None)

    @property
    def name(self) -> str:
        return self.given.record.reviewer.name

    @property
    def fact(self) -> Fact | None:
        """The fact as the reviewer gives it; None when it is taken back."""
        statement = self.statement
        if VOCABULARY[statement.fact].only_true and statement.value is False:
            return None
        return Fact(value=statement.value, basis="stated", sources=tuple(map(_source, statement.evidence)))


def weigh(
    dossier: Dossier, given: Sequence[Given], as_of: str, ruleset: RuleSet, latest: str | None = None
) -> Weighed:
    """What reviewers state about this dossier, as far as it holds on that day (ISO date).

    `latest` is the last day of signing that counts, `as_of` when left out. The order in which the files are
    given changes nothing, and the same file counts and is shown once.
    """
    given = sorted({each.sha256: each for each in given}.values(), key=_place_of)
    days = _Days(as_of, latest or as_of)
    states = [_state(each, dossier, days) for each in given]
    voices = [
        [_Voice(each, statement) for statement in each.record.statements if statement.answered]
        for each in given
    ]
    heard = [voice for state, own in zip(states, voices, strict=True) if state is None for voice in own]
    signed = _signed(dossier, heard, as_of, ruleset)
    records = [
        record
        for each, state, own in zip(given, states, voices, strict=True)
        for record in _records(each, state, own)
    ]
    return Weighed(signed, tuple(records))


def speaks_of(given: Given, dossier: Dossier) -> bool:
    """Whether an attestation is about this model at all: by its name, or by the very commit."""
    return _names(given, dossier) or dossier.subject.revision in given.record.revisions


class _Days(NamedTuple):
    """The day of judgement, and the last day of signing that counts on it."""

    as_of: str
    latest: str


def _place_of(given: Given) -> tuple[str, str, str]:
    """Where a file stands among the others, whatever the order they were given in."""
    return given.record.reviewer.name, given.record.date, given.sha256


def _names(given: Given, dossier: Dossier) -> bool:
    subject = dossier.subject
    own = {subject.id.casefold(), subject.canonical_id.casefold()}
    return given.record.subject.casefold() in own


def _state(given: Given, dossier: Dossier, days: _Days) -> tuple[Ignored, Text] | None:
    """Why a whole file is ignored; None when it holds."""
    record, subject = given.record, dossier.subject
    if not record.signed:
        return "unsigned", reasons.UNSIGNED
    if not _names(given, dossier):
        return "other-model", reasons.other_model(record)
    if subject.revision not in record.revisions and not _same(record.digests, subject.digests):
        return "other-revision", reasons.other_revision(record, subject)
    if record.date > days.latest:
        return "not-yet", reasons.not_yet(record.date, days.as_of)
    if record.expires and record.expires < days.as_of:
        return "expired", reasons.expired(record.expires, days.as_of)
    return None


def _same(one: Digests | None, other: Digests | None) -> bool:
    """Whether both list the same license texts and the same weights, in whatever order."""
    if one is None or other is None:
        return False
    return set(one.license) == set(other.license) and set(one.weights) == set(other.weights)


def _signed(dossier: Dossier, heard: Sequence[_Voice], as_of: str, ruleset: RuleSet) -> Signed:
    """Corrections first, since they are what the reviewers' answers are weighed against."""
    corrections = [voice for voice in heard if not VOCABULARY[voice.statement.fact].reviewer]
    # What followed from a corrected fact is no longer known: nobody need contradict it.
    _refuse_classes(corrections)
    leading = _corrected([voice for voice in corrections if voice.statement.fact in FOLLOWING], dossier)
    left = correct(dossier, Signed(corrected=leading))
    others = _corrected([voice for voice in corrections if voice.statement.fact not in FOLLOWING], left)
    corrected = {**leading, **others}
    after = derived(correct(dossier, Signed(corrected=corrected)), as_of)
    answers = [voice for voice in heard if VOCABULARY[voice.statement.fact].reviewer]
    for voice in answers:
        voice.against = _broken(voice.statement, after, ruleset)
    _refuse_overruled(answers)
    supplied = {name: fact for name, voices in _by_fact(answers).items() if (fact := _together(voices))}
    who = {**_who(_by_fact(answers)), **_who(_by_fact(corrections))}
    named = {name: names for name, names in who.items() if name in supplied or name in corrected}
    return Signed(supplied, corrected, named)


def _corrected(voices: Sequence[_Voice], dossier: Dossier) -> dict[str, Fact | None]:
    """The facts that become other ones; every voice that may not be heard is told why."""
    for voice in voices:
        voice.against = voice.against or _known_otherwise(voice.statement, dossier)
    _refuse_quarrels(voices)
    return {name: _together(own) for name, own in _by_fact(voices).items() if _changes(own, dossier)}


def _by_fact(voices: Iterable[_Voice]) -> dict[str, list[_Voice]]:
    """The voices that hold, by what they speak of."""
    found: dict[str, list[_Voice]] = {}
    for voice in voices:
        if voice.against is None:
            found.setdefault(voice.statement.fact, []).append(voice)
    return found


def _together(voices: Sequence[_Voice]) -> Fact | None:
    """One fact of several reviewers who say the same, with all their evidence."""
    fact = voices[0].fact
    if fact is None:
        return None
    sources = tuple(_source(proof) for voice in voices for proof in voice.statement.evidence)
    return fact.model_copy(update={"sources": tuple(dict.fromkeys(sources))})


def _who(voices: Mapping[str, Sequence[_Voice]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys(voice.name for voice in own)) for name, own in voices.items()}


def _changes(voices: Sequence[_Voice], dossier: Dossier) -> bool:
    """Whether a fact becomes another one: what only repeats the evidence leaves it as it was read."""
    fact, known = voices[0].fact, dossier.facts.get(voices[0].statement.fact)
    if known is None or fact is None:
        return known is not fact
    return known.basis == "lead" or not _equal(known.value, fact.value)


def _known_otherwise(statement: AttestedStatement, dossier: Dossier) -> Text | None:
    """What stands against a correction that does not name it."""
    known = dossier.facts.get(statement.fact)
    if known is not None and _equal(known.value, statement.value):
        return None
    if statement.fact == "license.ids":
        worse = ids_against(statement.value, dossier.facts.get("license.class"))
        if worse is not None:
            return reasons.class_stands(*worse)
    against = statement.contradicts
    if known is None or (
        against is not None and any(named.names(against, source, dossier) for source in known.sources)
    ):
        return None
    return reasons.known_otherwise(known, statement.fact, dossier, named=against is not None)


def _refuse_classes(corrections: Sequence[_Voice]) -> None:
    """A class that is kinder than the licenses somebody names beside it contradicts these."""
    stated = [voice.statement.value for voice in corrections if voice.statement.fact == "license.ids"]
    for voice in corrections:
        if voice.statement.fact == "license.class" and voice.fact is not None:
            worse = next((found for ids in stated if (found := ids_against(ids, voice.fact))), None)
            voice.against = reasons.ids_stand(*worse) if worse else None


def _refuse_quarrels(voices: Sequence[_Voice]) -> None:
    for name, own in _by_fact(voices).items():
        if any(not _equal(voice.statement.value, own[0].statement.value) for voice in own):
            for voice in own:
                others = [each.name for each in own if each is not voice]
                voice.against = reasons.reviewers_disagree(name, others)


def _broken(statement: AttestedStatement, facts: Mapping[str, Fact], ruleset: RuleSet) -> Text | None:
    """What stands against a reviewer's yes: evidence that breaks every rule that asks for it."""
    if statement.value is not True:
        return None
    other = standing_against(statement.fact, facts)
    if other is not None:
        return reasons.has_a_base(other, facts[other])
    asking = [rule for rule in ruleset.rules.values() if statement.fact in rule.attest]
    if asking and all(find(rule, facts).outcome is Outcome.NOT_MET for rule in asking):
        return reasons.rule_broken(statement.fact, asking[0])
    return None


def _refuse_overruled(voices: Sequence[_Voice]) -> None:
    for own in _by_fact(voices).values():
        saying_no = [voice.name for voice in own if voice.statement.value is False]
        for voice in own:
            if saying_no and voice.statement.value is True:
                voice.against = reasons.overruled(saying_no)


def _records(
    given: Given, state: tuple[Ignored, Text] | None, voices: Sequence[_Voice]
) -> Iterator[ReportedAttestation]:
    """What the report shows of one file: what was used, and apart what was not."""
    if state is not None:
        yield _record(given, voices, *state)
        return
    used = [voice for voice in voices if voice.against is None]
    against = [voice for voice in voices if voice.against is not None]
    if used or not against:
        yield _record(given, used)
    if against:
        yield _record(given, against, "contradicts", reasons.CONTRADICTS)


def _record(
    given: Given, voices: Sequence[_Voice], ignored: Ignored | None = None, why: Text | None = None
) -> ReportedAttestation:
    record = given.record
    return ReportedAttestation(
        reviewer=record.reviewer,
        date=record.date or None,
        expires=record.expires or None,
        subject=record.subject,
        revisions=record.revisions,
        sha256=given.sha256,
        statements=tuple(ReportedStatement(**dict(voice.statement), why=voice.against) for voice in voices),
        ignored=ignored,
        why=why,
    )


def _source(proof: Proof) -> Source:
    return Source(url=proof.url, sha256=proof.sha256 or None, quote=proof.quote or None)


def _equal(one: FactValue, other: FactValue) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return type(one) is type(other) and one == other

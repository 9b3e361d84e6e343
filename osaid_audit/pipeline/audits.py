"""One model -> its dossier -> its report. Several at once: `many`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

from osaid_audit.errors import UsageError
from osaid_audit.evaluate import RuleSet, load
from osaid_audit.evaluate import evaluate as judge
from osaid_audit.pipeline.models import Keeping, check_evidence, reader
from osaid_audit.pipeline.options import Attested, AuditOptions, GatherOptions, Model
from osaid_audit.pipeline.question import Question, choose_frameworks, given, split
from osaid_audit.schema.days import day_of
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.names import name_fault
from osaid_audit.schema.report import Report


def audit(model: Model, **options: Unpack[AuditOptions]) -> Report:
    """Audit one model: an id, `id@revision`, a page address, or a saved dossier.

    Raises UsageError for a wrong id, framework, date or attestation, RuleFileError for a wrong rule file,
    and CannotAudit when the model is missing, unreadable with this token, or out of reach.
    """
    question, where = split(options)
    with reader([model], where) as read:
        return question.answer(read(model))


def gather(model: Model, *, evidence: Path | None = None, **options: Unpack[GatherOptions]) -> Dossier:
    """Gather the facts about one model without judging them; raises like `audit`.

    With `evidence`, a folder, copies of everything that was read are kept there under their hashes (see
    gather/evidence.py); a saved or bundled dossier has nothing to copy and is refused.
    """
    if evidence is not None:
        check_evidence(model, evidence)
    with reader([model], options, Keeping(evidence)) as read:
        return read(model)


def evaluate(
    dossier: Dossier,
    ruleset: RuleSet | None = None,
    frameworks: Sequence[str] | None = None,
    as_of: str | None = None,
    *,
    attestations: Sequence[Attested] = (),
    attested: Mapping[str, bool] | None = None,
    on_the_word_of: str | None = None,
) -> Report:
    """Judge a dossier: no network, no clock.

    attestations    files or records of reviewers' statements, weighed against the dossier
    attested        the short form: facts that only a reviewer supplies, by name, taken as they are
    on_the_word_of  and who supplies them; `attested` needs it
    Raises UsageError for a framework that does not exist, an attestation that cannot be read, or `attested`
    without a name that a signed file could bear.
    """
    if not attestations:
        _check_name(attested, on_the_word_of)
        return judge(dossier, ruleset, frameworks, as_of, attested=attested, on_the_word_of=on_the_word_of)
    if attested or on_the_word_of:
        raise UsageError(
            "Attestations and the short form 'attested' do not go together.", "Give one of the two."
        )
    rules = ruleset or load()
    chosen = choose_frameworks(rules, frameworks)
    day = None if as_of is None else day_of(as_of)
    return Question(rules, chosen, day, tuple(map(given, attestations))).answer(dossier)


def _check_name(attested: Mapping[str, bool] | None, name: str | None) -> None:
    """No verdict rests on nobody's word: the short form needs the name that a signed file needs."""
    problem = name_fault(name or "") if attested or name else None
    if problem:
        raise UsageError(
            "Facts that a reviewer supplies stand on a name: {problem}.",
            "Give the name in 'on_the_word_of'.",
            problem=problem,
        )

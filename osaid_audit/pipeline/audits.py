"""Models -> dossiers -> reports: one, or many at once."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple, Unpack, cast

from osaid_audit.errors import InternalError, OsaidError, UsageError
from osaid_audit.evaluate import RuleSet, load
from osaid_audit.evaluate import evaluate as judge
from osaid_audit.pipeline.models import check, check_evidence, reader
from osaid_audit.pipeline.options import DEFAULT_FRAMEWORKS, Attested, AuditOptions, GatherOptions, Model
from osaid_audit.policy.attestations import Given
from osaid_audit.policy.attestations import read as read_attestation
from osaid_audit.schema.attestation import Attestation
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.names import name_fault
from osaid_audit.schema.report import Report


def audit(model: Model, **options: Unpack[AuditOptions]) -> Report:
    """Audit one model: an id, `id@revision`, a page address, or a saved dossier.

    Raises UsageError for a wrong id, framework, date or attestation, RuleFileError for a wrong rule file,
    and CannotAudit when the model is missing, unreadable with this token, or out of reach.
    """
    question, where = _split(options)
    with reader([model], where) as read:
        return question.answer(read(model))


def audit_many(
    models: Iterable[Model],
    *,
    jobs: int = 8,
    done: Callable[[Model], None] | None = None,
    **options: Unpack[AuditOptions],
) -> list[Report | OsaidError]:
    """Audit several models at once; the answers stand in the order of `models`.

    A model that cannot be audited gives its error in its place (CannotAudit, or InternalError for a fault
    of the tool); the others are not stopped. What is wrong with the call itself is raised before any audit.
    `done` is told each model as it is finished, from the thread that finished it.
    """
    asked = list(models)
    question, where = _split(options)
    question = question._replace(many=len(asked) > 1)
    for model in asked:
        check(model, revision=where.get("revision"), endpoint=where.get("endpoint"))
    with reader(asked, where) as read:
        one = partial(_one, question=question, read=read, done=done)
        pool = ThreadPoolExecutor(max_workers=max(1, min(jobs, len(asked))))
        try:
            return list(pool.map(one, asked))
        finally:
            # After Ctrl-C nobody waits for audits that have not begun.
            pool.shutdown(wait=False, cancel_futures=True)


def gather(model: Model, *, evidence: Path | None = None, **options: Unpack[GatherOptions]) -> Dossier:
    """Gather the facts about one model without judging them; raises like `audit`.

    With `evidence`, a folder, copies of everything that was read are kept there under their hashes (see
    gather/evidence.py); a saved or bundled dossier has nothing to copy and is refused.
    """
    if evidence is not None:
        check_evidence(model, evidence)
    with reader([model], options, evidence) as read:
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
    return _Question(rules, chosen, _day(as_of), tuple(map(given, attestations))).answer(dossier)


def _check_name(attested: Mapping[str, bool] | None, name: str | None) -> None:
    """No verdict rests on nobody's word: the short form needs the name that a signed file needs."""
    problem = name_fault(name or "") if attested or name else None
    if problem:
        raise UsageError(
            "Facts that a reviewer supplies stand on a name: {problem}.",
            "Give the name in 'on_the_word_of'.",
            problem=problem,
        )


def given(attested: Attested) -> Given:
    """An attestation, read if it is a file. Raises UsageError with the place of what is wrong in it."""
    if isinstance(attested, Given):
        return attested
    return Given.of(attested) if isinstance(attested, Attestation) else read_attestation(Path(attested))


def choose_frameworks(ruleset: RuleSet, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """The framework ids, each once; the default ones for None. Raises UsageError and names the near one."""
    return tuple(ruleset.framework(name).id for name in dict.fromkeys(wanted or DEFAULT_FRAMEWORKS))


class _Question(NamedTuple):
    """What is asked of every dossier of one call."""

    ruleset: RuleSet
    frameworks: tuple[str, ...]
    as_of: str | None
    attestations: tuple[Given, ...] = ()
    many: bool = False
    """Several models are asked about: each report then shows the attestations about its own model alone."""

    def answer(self, dossier: Dossier) -> Report:
        if not self.attestations:
            return judge(dossier, self.ruleset, self.frameworks, self.as_of)
        from osaid_audit.policy.weighing import speaks_of, weigh  # noqa: PLC0415 - most audits have none

        about = [each for each in self.attestations if not self.many or speaks_of(each, dossier)]
        if not about:
            return judge(dossier, self.ruleset, self.frameworks, self.as_of)
        day = self.as_of or dossier.gathered_at[:10]
        latest = self.as_of or _next_day(day)
        signed, records = weigh(dossier, about, day, self.ruleset, latest)
        report = judge(dossier, self.ruleset, self.frameworks, day, signed=signed)
        return report.model_copy(update={"attestations": records})


def _split(options: AuditOptions) -> tuple[_Question, GatherOptions]:
    """Rules and date are checked here, before anything is fetched."""
    rules = options.get("rules")
    ruleset = rules if isinstance(rules, RuleSet) else load(rules)
    frameworks = choose_frameworks(ruleset, options.get("frameworks"))
    where = {key: value for key, value in options.items() if key in GatherOptions.__annotations__}
    attestations = tuple(map(given, options.get("attestations", ())))
    question = _Question(ruleset, frameworks, _day(options.get("as_of")), attestations)
    return question, cast("GatherOptions", where)


def _one(
    model: Model,
    *,
    question: _Question,
    read: Callable[[Model], Dossier],
    done: Callable[[Model], None] | None,
) -> Report | OsaidError:
    try:
        return question.answer(read(model))
    except OsaidError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one model's crash must not take the others' answers away
        fault = InternalError(f"{type(error).__name__}: {error}")
        fault.__cause__ = error
        return fault
    finally:
        if done is not None:
            done(model)


def _next_day(day: str) -> str:
    """The day after: whoever signs in the east is a day ahead of the hour of gathering, which is in UTC."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError("'{text}' is not a day.", "Write it as YYYY-MM-DD.", text=text) from error

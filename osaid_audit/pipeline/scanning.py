"""A code base -> what it names -> audits -> what a policy holds against them."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Unpack, cast

from osaid_audit.errors import OsaidError, UsageError
from osaid_audit.evaluate import RuleSet, load
from osaid_audit.gather.fetching.datasets import look_up
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.quota import Waiting
from osaid_audit.gather.reading.subject import is_model_id, is_revision
from osaid_audit.pipeline.many import JOBS, audit_many
from osaid_audit.pipeline.options import AuditOptions, GatherOptions, Model, settings_of
from osaid_audit.policy import demands
from osaid_audit.policy import lock as locks
from osaid_audit.policy.asked import Beside, asked
from osaid_audit.policy.baseline import apply, stale_note
from osaid_audit.policy.judge import GATES, Answer, DatasetAnswer, Judgement, judge, place
from osaid_audit.policy.unread import unread
from osaid_audit.scan import scan as find
from osaid_audit.schema.base import Kind, Text
from osaid_audit.schema.baseline import Baseline
from osaid_audit.schema.days import day_of
from osaid_audit.schema.dossier import Dataset, Tool
from osaid_audit.schema.lock import Lock
from osaid_audit.schema.policy import Policy
from osaid_audit.schema.report import Report, RulesVersion
from osaid_audit.schema.scan import FAILED, Confidence, Reference, Scanned, ScanReport, Unresolved
from osaid_audit.version import __version__

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""A folder, or files and folders."""

MOST_LIKELY = 200
"""Names of low confidence that the Hub is asked about at most: many are no models, and each is a request."""

Groups = dict[tuple[str, str | None], tuple[Reference, ...]]
"""The places of each model, or dataset, by id and revision as written."""


class Held(NamedTuple):
    """What the models are held against.

    policy           what must hold; the defaults where it says nothing
    policy_file      its name, for the report
    folder           the scanned folder as the policy sees it: `src/`, or nothing where it lies itself
    lock             what was audited before, if that is to be compared
    baseline         alerts that do not gate, if there is one
    allow_unaudited  models that could not be audited do not gate
    """

    policy: Policy = Policy()
    policy_file: str | None = None
    folder: str = ""
    lock: Lock | None = None
    baseline: Baseline | None = None
    allow_unaudited: bool = False


class Checked(NamedTuple):
    """A scan with what was audited for it: enough to write a lock file or a baseline."""

    report: ScanReport
    answers: tuple[Answer, ...]


class Wanted(NamedTuple):
    """What is looked for, beside what the policy says.

    audit      False: references only, no socket is opened
    exclude    globs of paths that are left out
    markdown   Markdown is read, too
    datasets   the datasets that are named are asked for, too
    """

    audit: bool = True
    exclude: Sequence[str] = ()
    markdown: bool = False
    datasets: bool = False

    def beside(self, policy: Policy) -> "Wanted":
        """The same, with what the policy says."""
        said = policy.scan
        return Wanted(
            self.audit,
            (*said.exclude, *self.exclude),
            self.markdown or said.markdown,
            self.datasets or said.datasets,
        )


class Progress(NamedTuple):
    """Who is told how it goes: of the number of models, of each that is finished, and of waits."""

    begin: Callable[[int], None] = lambda _total: None
    done: Callable[[Model], None] | None = None
    waiting: Waiting | None = None


def scan(
    paths: Paths,
    *,
    wanted: Wanted = Wanted(),  # noqa: B008 - an immutable record
    held: Held = Held(),  # noqa: B008 - an immutable record
    jobs: int = JOBS,
    **options: Unpack[AuditOptions],
) -> ScanReport:
    """Find the models that a code base names, audit each, and hold a policy against them.

    `paths` is a folder, or files and folders; nothing in them is run or imported.
    Raises UsageError for a path that does not exist, and like `audit` for what is wrong with the call. A
    model that cannot be audited is in `unaudited`, which is no pass.
    """
    return check(paths, wanted=wanted, held=held, jobs=jobs, **options).report


def check(
    paths: Paths,
    *,
    wanted: Wanted,
    held: Held,
    jobs: int,
    progress: Progress = Progress(),  # noqa: B008 - an immutable record
    **options: Unpack[AuditOptions],
) -> Checked:
    """Like `scan`, with the answers themselves."""
    if options.get("revision"):
        raise UsageError("A scan takes each revision from the code.", "Leave the revision out.")
    named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    looked = wanted.beside(held.policy)
    found = _checked_ids(find(named, exclude=looked.exclude, markdown=looked.markdown))
    empty = ScanReport(**dict(found), tool=Tool(name="osaid-audit", version=__version__), root=_root(named))
    failed = _failed(found, allowed=held.allow_unaudited)
    if not looked.audit:
        alerts = unread(held.policy, found.skipped)
        code = max(failed.exit_code or GATES, GATES) if alerts else failed.exit_code
        told = {"audited": False, "alerts": alerts, "exit_code": code, "notes": failed.notes}
        return Checked(empty.model_copy(update=told), ())
    ruleset, day = _ruleset(options), _day(options)
    models = groups(found.references, "model")
    likely = _likely(found.references, models) if held.policy.scan.confirm else {}
    progress.begin(len(models) + len(likely))
    norms = demands.frameworks(held.policy, ruleset)
    given: AuditOptions = {**options, "rules": ruleset, "frameworks": norms}
    answers = _audited({**models, **likely}, jobs, progress, given)
    answers, empty = _confirmed(answers, likely, empty)
    sets = _asked_for(groups(found.references, "dataset"), options) if looked.datasets else ()
    against = _Against(held, ruleset, day, failed, whole=_is_whole(named))
    return Checked(against.told(empty, answers, sets), answers)


def groups(references: Iterable[Reference], kind: Kind, confidence: Confidence = "high") -> Groups:
    """What is surely named, each id and revision once, in their order, with its places."""
    found: dict[tuple[str, str | None], list[Reference]] = {}
    for each in references:
        if each.kind == kind and each.confidence == confidence:
            found.setdefault((each.id, each.revision), []).append(each)
    return {key: tuple(found[key]) for key in sorted(found, key=lambda key: (key[0], key[1] or ""))}


def _likely(references: Sequence[Reference], sure: Groups) -> Groups:
    """What only may be a model: the Hub is asked about it. A bare word is a word, and is left alone."""
    low = groups(references, "model", "low")
    asked = [key for key in low if "/" in key[0] and key not in sure]
    return {key: low[key] for key in asked[:MOST_LIKELY]}


def _confirmed(
    answers: tuple[Answer, ...], likely: Groups, found: ScanReport
) -> tuple[tuple[Answer, ...], ScanReport]:
    """The answers that count, and the references: what the Hub has under a name is no longer a guess.

    Where it has nothing, or gives no answer, the name stays a note, as it was.
    """
    known = {
        (each.model, each.revision)
        for each in answers
        if (each.model, each.revision) in likely and isinstance(each.result, Report)
    }

    def sure(reference: Reference) -> Reference:
        if reference.kind == "dataset" or (reference.id, reference.revision) not in known:
            return reference
        how = reference.how if reference.confidence == "high" else f"{reference.how}:on the Hub"
        return reference.model_copy(update={"confidence": "high", "how": how})

    kept = tuple(
        each._replace(references=tuple(map(sure, each.references)))
        for each in answers
        if (each.model, each.revision) in known or (each.model, each.revision) not in likely
    )
    return kept, found.model_copy(update={"references": tuple(map(sure, found.references))})


def _audited(models: Groups, jobs: int, progress: Progress, options: AuditOptions) -> tuple[Answer, ...]:
    """One audit for each model and revision; they share connections and what several of them name."""
    asked = [f"{name}@{revision}" if revision else name for name, revision in models]
    results = audit_many(asked, jobs=jobs, done=progress.done, waiting=progress.waiting, **options)
    return tuple(
        Answer(name, revision, places, result)
        for ((name, revision), places), result in zip(models.items(), results, strict=True)
    )


def _asked_for(sets: Groups, options: AuditOptions) -> tuple[DatasetAnswer, ...]:
    """What the Hub says of each dataset, all in one round."""
    if not sets:
        return ()
    where = {key: value for key, value in options.items() if key in GatherOptions.__annotations__}
    with Hub(settings_of(cast("GatherOptions", where))) as hub:
        results = look_up(sets, hub)
    return tuple(
        DatasetAnswer(name, revision, places, result)
        for ((name, revision), places), result in zip(sets.items(), results, strict=True)
    )


class _Failed(NamedTuple):
    """What a report says of files that a finder failed on."""

    exit_code: int | None = None
    notes: tuple[Text, ...] = ()


def _failed(found: Scanned, *, allowed: bool) -> _Failed:
    """A fault of ours stops the check, as a model that could not be audited does, unless that is let pass."""
    files = [each.file for each in found.skipped if each.why == FAILED]
    if not files:
        return _Failed()
    shown = "; ".join(files[:5]) + ("; ..." if len(files) > 5 else "")  # noqa: PLR2004 - a line on a terminal
    note = Text(
        en=f"osaid-audit failed on {len(files)} of the files ({shown}): a fault of the program, please report"
        " it. Which models they name is not known; --exclude leaves a file out.",
        fr=f"osaid-audit a échoué sur {len(files)} des fichiers ({shown}) : une erreur du programme, merci de"
        " la signaler. On ne sait pas quels modèles ils nomment ; --exclude écarte un fichier.",
    )
    return _Failed(None if allowed else OsaidError.exit_code, (note,))


class _Against(NamedTuple):
    """What the answers are held against: the policy first, then the lock and the baseline.

    failed  what is to be said of files that a finder failed on
    whole   a whole folder was scanned: what the lock and the baseline hold beside it is gone
    """

    held: Held
    ruleset: RuleSet
    day: str
    failed: _Failed
    whole: bool

    def told(self, empty: ScanReport, answers: Sequence[Answer], sets: Sequence[DatasetAnswer]) -> ScanReport:
        """The scan with everything that was audited and held against it."""
        found = judge(self.held.policy, self.ruleset, (*answers, *sets), self.day, self.held.folder)
        blind = unread(self.held.policy, empty.skipped)
        found = found._replace(alerts=tuple(sorted((*found.alerts, *blind), key=place)))
        found, notes = self._known(self._unlocked(found, answers))
        if self.held.allow_unaudited:
            found = found.allowing_unaudited()
        return empty.model_copy(
            update={
                "rules": RulesVersion(version=self.ruleset.version, sha256=self.ruleset.sha256),
                "as_of": self.day,
                "policy": self.held.policy_file,
                "demanded": asked(self.held.policy, self.ruleset, empty.references, self._beside()),
                "allow_unaudited": self.held.allow_unaudited,
                "reports": found.reports,
                "datasets": tuple(each.result for each in sets if isinstance(each.result, Dataset)),
                "unaudited": found.unaudited,
                "alerts": found.alerts,
                "waivers": found.waivers,
                "notes": (*self.failed.notes, *notes),
                "exit_code": max(found.code(), self.failed.exit_code or 0),
            }
        )

    def _beside(self) -> Beside:
        held = self.held
        compared = held.lock is not None, held.baseline is not None
        return Beside(held.policy_file, held.allow_unaudited, *compared)

    def _unlocked(self, found: Judgement, answers: Sequence[Answer]) -> Judgement:
        """With what is not as the lock says."""
        if self.held.lock is None:
            return found
        pairs = [(locks.Named(each.model, each.revision), each.result) for each in answers]
        changes = locks.compare(self.held.lock, pairs, whole=self.whole)
        places = [named for each in answers for named in each.references]
        moved = locks.alerts_of(changes, self.held.policy, places)
        return found._replace(alerts=tuple(sorted((*found.alerts, *moved), key=place)))

    def _known(self, found: Judgement) -> tuple[Judgement, tuple[Text, ...]]:
        """With what the baseline holds marked."""
        if self.held.baseline is None:
            return found, ()
        applied = apply(found.alerts, self.held.baseline)
        stale = stale_note(applied.stale) if self.whole else None
        return found._replace(alerts=applied.alerts), (stale,) if stale else ()


def _checked_ids(found: Scanned) -> Scanned:
    """What only looks like an id, or names a revision that can be none, is told and never asked for."""
    good = [each for each in found.references if _can_be_asked(each)]
    odd = [
        Unresolved(file=each.file, line=each.line, why="variable", text=each.id[:120])
        for each in found.references
        if not _can_be_asked(each)
    ]
    unresolved = sorted((*found.unresolved, *odd), key=lambda each: (each.file, each.line, each.why))
    return found.model_copy(update={"references": tuple(good), "unresolved": tuple(unresolved)})


def _can_be_asked(reference: Reference) -> bool:
    """A name that ends in .json would be taken for a dossier file."""
    named = is_model_id(reference.id) and not reference.id.endswith(".json")
    return named and (reference.revision is None or is_revision(reference.revision))


def _ruleset(options: AuditOptions) -> RuleSet:
    rules = options.get("rules")
    return rules if isinstance(rules, RuleSet) else load(rules)


def _day(options: AuditOptions) -> str:
    """A check asks what holds today: waivers expire although nothing was committed."""
    asked = options.get("as_of")
    return day_of(asked) if asked else dt.datetime.now(dt.UTC).date().isoformat()


def _root(named: Sequence[str | os.PathLike[str]]) -> str:
    """The folder that file names are relative to: the one that was named, else where the user stands."""
    return Path(named[0]).as_posix() if _is_whole(named) else "."


def _is_whole(named: Sequence[str | os.PathLike[str]]) -> bool:
    return len(named) == 1 and Path(named[0]).is_dir()

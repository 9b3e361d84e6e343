"""A code base -> what it names -> audits -> what a policy holds against them."""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Unpack, cast

from osaid_audit.errors import UsageError
from osaid_audit.evaluate import RuleSet, load
from osaid_audit.gather.fetching.datasets import look_up
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.reading.subject import is_model_id, is_revision
from osaid_audit.pipeline.audits import audit_many
from osaid_audit.pipeline.options import AuditOptions, GatherOptions, Model, settings_of
from osaid_audit.policy import demands
from osaid_audit.policy import lock as locks
from osaid_audit.policy.baseline import apply, stale_note
from osaid_audit.policy.judge import Answer, Judgement, judge, place
from osaid_audit.scan import scan as find
from osaid_audit.schema.base import Kind, Text
from osaid_audit.schema.baseline import Baseline
from osaid_audit.schema.dossier import Dataset, Tool
from osaid_audit.schema.lock import Lock
from osaid_audit.schema.policy import Policy
from osaid_audit.schema.report import RulesVersion
from osaid_audit.schema.scan import Reference, Scanned, ScanReport, Unresolved
from osaid_audit.version import __version__

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""A folder, or files and folders."""

Groups = dict[tuple[str, str | None], tuple[Reference, ...]]
"""The places of each model, or dataset, by id and revision as written."""


class Held(NamedTuple):
    """What the models are held against.

    policy           what must hold; the defaults where it says nothing
    policy_file      its name, for the report
    lock             what was audited before, if that is to be compared
    baseline         alerts that do not gate, if there is one
    allow_unaudited  models that could not be audited do not gate
    """

    policy: Policy = Policy()
    policy_file: str | None = None
    lock: Lock | None = None
    baseline: Baseline | None = None
    allow_unaudited: bool = False


class Checked(NamedTuple):
    """A scan with what was audited for it: enough to write a lock file or a baseline."""

    report: ScanReport
    answers: tuple[Answer, ...]


def scan(
    paths: Paths,
    *,
    audit: bool = True,
    held: Held = Held(),  # noqa: B008 - an immutable record
    exclude: Sequence[str] = (),
    markdown: bool = False,
    datasets: bool = False,
    **options: Unpack[AuditOptions],
) -> ScanReport:
    """Find the models that a code base names, audit each, and hold a policy against them.

    paths     a folder, or files and folders; nothing in them is run or imported
    audit     False: references only, no socket is opened
    exclude, markdown, datasets   beside what the policy says: paths left out, Markdown read, datasets asked for
    Raises UsageError for a path that does not exist, and like `audit` for what is wrong with the call. A model
    that cannot be audited is in `unaudited`, which is no pass.
    """
    return check(
        paths, audit=audit, held=held, exclude=exclude, markdown=markdown, datasets=datasets, **options
    ).report


def check(
    paths: Paths,
    *,
    audit: bool = True,
    held: Held = Held(),  # noqa: B008 - an immutable record
    exclude: Sequence[str] = (),
    markdown: bool = False,
    datasets: bool = False,
    jobs: int = 8,
    begin: Callable[[int], None] | None = None,
    done: Callable[[Model], None] | None = None,
    **options: Unpack[AuditOptions],
) -> Checked:
    """Like `scan`, with the answers themselves. `begin` is told how many models there are, `done` each one."""
    if options.get("revision"):
        raise UsageError("A scan takes each revision from the code.", "Leave the revision out.")
    wanted = held.policy.scan
    named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found = _checked_ids(
        find(named, exclude=(*wanted.exclude, *exclude), markdown=markdown or wanted.markdown)
    )
    root = _root(named)
    if not audit:
        return Checked(_report(found, root, audited=False), ())
    ruleset = _ruleset(options)
    models = groups(found.references, "model")
    if begin is not None:
        begin(len(models))
    answers = _audited(models, ruleset, held.policy, jobs, done, options)
    asked = groups(found.references, "dataset") if datasets or wanted.datasets else {}
    sets = _datasets(asked, options)
    judged = _judged(answers, sets, ruleset, held, _day(options), whole=_is_whole(named))
    return Checked(_told(found, root, judged, sets, ruleset, held, _day(options)), answers)


def groups(references: Iterable[Reference], kind: Kind) -> Groups:
    """What is surely named, each id and revision once, in their order, with its places."""
    found: dict[tuple[str, str | None], list[Reference]] = {}
    for each in references:
        if each.kind == kind and each.confidence == "high":
            found.setdefault((each.id, each.revision), []).append(each)
    return {key: tuple(found[key]) for key in sorted(found, key=lambda key: (key[0], key[1] or ""))}


def _audited(
    models: Groups,
    ruleset: RuleSet,
    policy: Policy,
    jobs: int,
    done: Callable[[Model], None] | None,
    options: AuditOptions,
) -> tuple[Answer, ...]:
    """One audit for each model and revision; they share connections and what several of them name."""
    asked = [f"{name}@{revision}" if revision else name for name, revision in models]
    given: AuditOptions = {
        **options,
        "rules": ruleset,
        "frameworks": demands.frameworks(policy, ruleset),
    }
    results = audit_many(asked, jobs=jobs, done=done, **given)
    return tuple(
        Answer(name, revision, places, result)
        for ((name, revision), places), result in zip(models.items(), results, strict=True)
    )


def _datasets(asked: Groups, options: AuditOptions) -> tuple[Answer, ...]:
    if not asked:
        return ()
    where = {key: value for key, value in options.items() if key in GatherOptions.__annotations__}
    with Hub(settings_of(cast("GatherOptions", where))) as hub:
        results = look_up(asked, hub)
    return tuple(
        Answer(name, revision, places, result)
        for ((name, revision), places), result in zip(asked.items(), results, strict=True)
    )


class _Judged(NamedTuple):
    judgement: Judgement
    code: int
    notes: tuple[Text, ...]


def _judged(
    answers: Sequence[Answer],
    sets: Sequence[Answer],
    ruleset: RuleSet,
    held: Held,
    day: str,
    *,
    whole: bool,
) -> _Judged:
    """The policy first, then the lock and the baseline."""
    found = judge(held.policy, ruleset, (*answers, *sets), day)
    if held.lock is not None:
        pairs = [(locks.Named(each.model, each.revision), each.result) for each in answers]
        changes = locks.compare(held.lock, pairs, whole=whole)
        places = [place for each in answers for place in each.references]
        moved = locks.alerts_of(changes, held.policy, places)
        found = found._replace(alerts=tuple(sorted((*found.alerts, *moved), key=place)))
    notes: tuple[Text, ...] = ()
    if held.baseline is not None:
        applied = apply(found.alerts, held.baseline)
        found = found._replace(alerts=applied.alerts)
        stale = stale_note(applied.stale) if whole else None
        notes = (stale,) if stale else ()
    if held.allow_unaudited:
        found = found.allowing_unaudited()
    return _Judged(found, found.code(), notes)


def _told(
    found: Scanned,
    root: str,
    judged: _Judged,
    sets: Sequence[Answer],
    ruleset: RuleSet,
    held: Held,
    day: str,
) -> ScanReport:
    judgement = judged.judgement
    return _report(found, root, audited=True).model_copy(
        update={
            "rules": RulesVersion(version=ruleset.version, sha256=ruleset.sha256),
            "as_of": day,
            "policy": held.policy_file,
            "allow_unaudited": held.allow_unaudited,
            "reports": judgement.reports,
            "datasets": tuple(each.result for each in sets if isinstance(each.result, Dataset)),
            "unaudited": judgement.unaudited,
            "alerts": judgement.alerts,
            "waivers": judgement.waivers,
            "notes": judged.notes,
            "exit_code": judged.code,
        }
    )


def _report(found: Scanned, root: str, *, audited: bool) -> ScanReport:
    return ScanReport(
        **dict(found), tool=Tool(name="osaid-audit", version=__version__), root=root, audited=audited
    )


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
    return options.get("as_of") or dt.datetime.now(dt.UTC).date().isoformat()


def _root(named: Sequence[str | os.PathLike[str]]) -> str:
    """The folder that file names are relative to: the one that was named, else where the user stands."""
    return Path(named[0]).as_posix() if _is_whole(named) else "."


def _is_whole(named: Sequence[str | os.PathLike[str]]) -> bool:
    return len(named) == 1 and Path(named[0]).is_dir()

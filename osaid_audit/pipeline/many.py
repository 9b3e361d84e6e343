"""Many models at once: in their order, each shared thing asked for once, taken up again where it was left."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Unpack

from osaid_audit.errors import InternalError, OsaidError, UsageError
from osaid_audit.pipeline.models import Keeping, check, done_in, reader
from osaid_audit.pipeline.options import AuditOptions, GatherOptions, Model, settings_of
from osaid_audit.pipeline.question import Question, split
from osaid_audit.pipeline.runs import Run, UnkeptError
from osaid_audit.schema.dossier import Dossier
from osaid_audit.schema.report import Report

if TYPE_CHECKING:
    from osaid_audit.gather.fetching.quota import Waiting

JOBS = 16
"""Audits at once: twice as many as requests, so that while some are judged others have something to ask."""
_FEWEST, _MOST = 8, 32
_WINDOW = 310.0
"""Seconds that a batch waits for a quota: the Hub counts in windows of 300."""
_AHEAD = 4

Done = Callable[[Model], None]
Result = Report | OsaidError


class Audited(NamedTuple):
    """One model of a batch as it was named, and its report or why there is none."""

    model: Model
    result: Result


def audit_many(
    models: Iterable[Model],
    *,
    jobs: int = JOBS,
    run: str | os.PathLike[str] | Run | None = None,
    done: Done | None = None,
    waiting: "Waiting | None" = None,
    **options: Unpack[AuditOptions],
) -> list[Result]:
    """Audit several models at once; the answers stand in the order of `models`.

    A model that cannot be audited gives its error in its place (CannotAudit, or InternalError for a fault
    of the tool); the others are not stopped. What is wrong with the call itself is raised before any audit.

    jobs     audits at once; half as many requests are in flight, eight at least and 32 at most
    run      a directory that keeps each dossier; what is there is judged again and not gathered again
    done     told each model as it is finished, from the thread that finished it
    waiting  told, before all requests wait for the Hub's quota, for how many seconds; from any thread
    For very many use `audit_each`, which does not hold all reports.
    """
    found = audit_each(models, jobs=jobs, run=run, done=done, waiting=waiting, **options)
    return [audited.result for audited in found]


def audit_each(
    models: Iterable[Model],
    *,
    jobs: int = JOBS,
    run: str | os.PathLike[str] | Run | None = None,
    done: Done | None = None,
    waiting: "Waiting | None" = None,
    **options: Unpack[AuditOptions],
) -> Generator[Audited, None, None]:
    """Like `audit_many`, one after another as they are ready, in the order of `models`.

    What is wrong with the call is raised at once, before the first is taken; a run directory that cannot be
    written any more when that happens.
    """
    if isinstance(models, str | os.PathLike):
        raise UsageError(
            "'{model}' is one model, and a list of them is asked for.",
            "Put it in a list, or use 'audit'.",
            model=os.fspath(models),
        )
    asked = list(models)
    question, where = split(options)
    question = question._replace(many=len(asked) > 1)
    for model in asked:
        check(model, revision=where.get("revision"), endpoint=where.get("endpoint"))
    where = _for_many(where, jobs) if len(asked) > 1 else where
    kept = run if run is None or isinstance(run, Run) else Run(Path(run))
    keeping = Keeping(run=kept, waiting=waiting)
    return _Batch(asked, question, where, keeping, done).audited(max(1, min(jobs, len(asked))))


def left(models: Sequence[Model], run: Run, options: GatherOptions) -> int:
    """How many of these models are not in the run directory."""
    return sum(not done for done in done_in(run, models, options))


def without_token(options: GatherOptions) -> bool:
    """Whether the Hub is asked, and without a token. Raises UsageError for what cannot be one."""
    settings = settings_of(options)
    return not settings.offline and settings.secret() is None


class _Batch(NamedTuple):
    models: Sequence[Model]
    question: Question
    where: GatherOptions
    keeping: Keeping
    done: Done | None

    def audited(self, jobs: int) -> Generator[Audited, None, None]:
        """The answers in order. No more are begun than are soon wanted: each holds its report."""
        with reader(self.models, self.where, self.keeping) as read:
            pool = ThreadPoolExecutor(jobs, thread_name_prefix="osaid-audit-model")
            under_way: deque[tuple[Model, Future[Result]]] = deque()
            try:
                for model in self.models:
                    under_way.append((model, pool.submit(self._one, model, read)))
                    if len(under_way) >= jobs * _AHEAD:
                        yield _next(under_way)
                while under_way:
                    yield _next(under_way)
            finally:
                # After Ctrl-C nobody waits for audits that have not begun.
                pool.shutdown(wait=False, cancel_futures=True)
                if self.keeping.run is not None:
                    self.keeping.run.describe()

    def _one(self, model: Model, read: Callable[[Model], Dossier]) -> Result:
        try:
            return self.question.answer(read(model))
        except UnkeptError:
            raise  # it ends the batch, whose answers would not be kept
        except OsaidError as error:
            return error
        except Exception as error:  # noqa: BLE001 - one model's crash must not take the others' answers away
            fault = InternalError(f"{type(error).__name__}: {error}")
            fault.__cause__ = error
            return fault
        finally:
            if self.done is not None:
                self.done(model)


def _next(under_way: "deque[tuple[Model, Future[Result]]]") -> Audited:
    model, future = under_way.popleft()
    return Audited(model, future.result())


def _for_many(where: GatherOptions, jobs: int) -> GatherOptions:
    """A batch may wait for a quota, and has more to ask at once."""
    usual: GatherOptions = {"max_wait": _WINDOW, "connections": max(_FEWEST, min(_MOST, jobs // 2))}
    given: GatherOptions = {**usual, **where}
    return given

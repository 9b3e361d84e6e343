"""The models of one command line: audited, held against the policy and written as their answers come."""

import datetime as dt
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osaid_audit.cli.gate import reasons
from osaid_audit.cli.locking import Locking, named
from osaid_audit.cli.sinks import Sink
from osaid_audit.cli.streams import Console
from osaid_audit.cli.unused import warnings
from osaid_audit.errors import OsaidError, UsageError
from osaid_audit.messages import Counted, Message, say

if TYPE_CHECKING:
    from osaid_audit.cli.models import Place
    from osaid_audit.evaluate import RuleSet
    from osaid_audit.pipeline.options import GatherOptions
    from osaid_audit.pipeline.runs import Run
    from osaid_audit.policy import Given
    from osaid_audit.policy.judge import Judgement
    from osaid_audit.schema.policy import Policy
    from osaid_audit.schema.report import Report

_TOKEN_FROM = 100
"""Models from which on a token is suggested: without one the Hub answers about as many in five minutes."""
_SHOWN = 5


@dataclass
class Batch:
    """What is known of the batch so far; of each report only what is said about it at the end is held."""

    console: Console
    models: Sequence[str]
    policy: "Policy"
    ruleset: "RuleSet"
    lock: Locking
    signed: "Sequence[Given]"
    as_of: str | None
    places: "Sequence[Place | None]" = ()
    notes: list[str] = field(default_factory=list)
    failures: "list[tuple[str, OsaidError]]" = field(default_factory=list)
    answers: "list[tuple[str, Report | OsaidError]]" = field(default_factory=list)
    reports: "list[Report]" = field(default_factory=list)
    partial: dict[str, None] = field(default_factory=dict)
    latest: str = ""
    code: int = 0

    def run(
        self,
        sinks: Sequence[Sink],
        folder: Path | None,
        where: "GatherOptions",
        *,
        jobs: int,
        frameworks: Sequence[str],
    ) -> int:
        """Audit all and write; the exit code."""
        from osaid_audit.pipeline import audit_each
        from osaid_audit.pipeline.runs import Run

        self._check(where)  # before a folder is made for what cannot be asked
        run = Run(folder) if folder is not None else None
        done = self._begin(run, where)
        try:
            with self.console.requests(), self.console.counting(len(self.models), done) as tell:
                found = audit_each(
                    self.models,
                    jobs=jobs,
                    run=run,
                    done=tell,
                    waiting=self.console.waiting,
                    rules=self.ruleset,
                    frameworks=frameworks,
                    as_of=self.as_of,
                    attestations=self.signed,
                    **where,
                )
                with closing(found):
                    for model, result in found:
                        self._take(str(model), result, sinks)
            for sink in sinks:
                sink.close()
        except BaseException as error:
            for sink in sinks:
                with suppress(Exception):  # the others are to be abandoned all the same
                    sink.abandon()
            if isinstance(error, KeyboardInterrupt):
                self._stopped(run)
            raise
        return self._end(run, where)

    def _check(self, where: "GatherOptions") -> None:
        """Raise UsageError for a model that cannot be one, with its line if it stands in a list."""
        from osaid_audit.pipeline import check
        from osaid_audit.schema.wrong import said

        for name, place in zip_longest(self.models, self.places):
            try:
                check(name, revision=where.get("revision"), endpoint=where.get("endpoint"))
            except UsageError as error:
                if place is None:
                    raise
                what, hint = said(error)
                sentence = Message("{where}, line {n}: {what}", where=place.where, n=place.line, what=what)
                raise UsageError(sentence, Message("{said}", said=hint or "")) from error

    def _begin(self, run: "Run | None", where: "GatherOptions") -> int:
        """Say what is done already, and that a token would help; how many are done."""
        from osaid_audit.pipeline.many import left, without_token

        total, waiting = len(self.models), len(self.models)
        if run is not None:
            waiting = left(self.models, run, where)
            if waiting < total:
                told = Counted(
                    "{n} of {total} models is in {path} already.",
                    "{n} of {total} models are in {path} already.",
                    total - waiting,
                    total=total,
                    path=run.folder,
                )
                self.console.note(str(told))
        if waiting > _TOKEN_FROM and without_token(where):
            self.console.note(
                say(
                    "note: {n} models without a token: the Hub's quota will be used up, and waited for. "
                    "A token (--token, HF_TOKEN) has twice as much.",
                    n=waiting,
                )
            )
        return total - waiting

    def _take(self, model: str, result: "Report | OsaidError", sinks: Sequence[Sink]) -> None:
        if self.lock.update or self.lock.held:
            self.answers.append((model, result))
        if isinstance(result, OsaidError):
            self.failures.append((model, result))
            for sink in sinks:
                sink.failed(model, result)
            return
        from osaid_audit.policy.judge import Answer, judge
        from osaid_audit.schema.unread import out_of_reach

        answer = Answer(model, None, (), result)
        judgement = judge(self.policy, self.ruleset, [answer])
        self._judged([answer], judgement)
        self.latest = max(self.latest, result.as_of)
        if out_of_reach(result.problems):
            self.partial[result.subject.id] = None
        for report in judgement.reports:
            self.reports += [report] if self.signed else []
            for sink in sinks:
                sink.add(model, report)

    def _judged(self, answers: Sequence[Any], judgement: "Judgement") -> None:
        self.code = max(self.code, judgement.code())
        self.notes += reasons(answers, judgement, self.policy)

    def _end(self, run: "Run | None", where: "GatherOptions") -> int:
        """Say what is to be said behind the reports, and settle the lock."""
        if self.failures:
            from osaid_audit.policy.judge import Answer, judge

            held = [Answer(model, None, (), error) for model, error in self.failures]
            today = self.as_of or dt.datetime.now(dt.UTC).date().isoformat()
            self._judged(held, judge(self.policy, self.ruleset, held, self.latest or today))
        for warning in warnings(self.signed, self.reports):
            self.console.note(warning)
        for note in self.notes:
            self.console.note(note)
        self._say_failures()
        self._say_run(run)
        models, answers = [model for model, _ in self.answers], [answer for _, answer in self.answers]
        return max(self.code, self.lock.settle(named(models, answers, where), self.policy, self.console))

    def _say_failures(self) -> None:
        """Each error with its model in a line, each next step once, and the sum."""
        if len(self.models) == 1:
            for _, error in self.failures:
                self.console.failure(error)
            return
        self.console.failures(self.failures)
        names = [model for model, _ in self.failures]
        if names:
            told = say(
                "{done} of {total} audited, {failed} not: {names}",
                done=len(self.models) - len(names),
                total=len(self.models),
                failed=len(names),
                names=", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else ""),
            )
            self.console.note(told)

    def _say_run(self, run: "Run | None") -> None:
        for damaged in run.damaged if run is not None else ():
            told = say(
                "warning: {file} is damaged and was not used; {model} was asked for again.",
                file=damaged.file,
                model=damaged.model,
            )
            self.console.note(told)
        self._say_partial(run)

    def _say_partial(self, run: "Run | None") -> None:
        """How many answers rest on less than there is; one model alone shows it in its report."""
        n = len({*self.partial, *(run.partial if run is not None else ())})
        if n and run is not None:
            part = Counted(
                "{n} model was read in part: the quota was used up, or something did not answer. "
                "The same command tries it again.",
                "{n} models were read in part: the quota was used up, or something did not answer. "
                "The same command tries them again.",
                n,
            )
            self.console.note(str(part))
        elif n and len(self.models) > 1:
            part = Counted(
                "{n} model was read in part: the quota was used up, or something did not answer. "
                "Audit it again later.",
                "{n} models were read in part: the quota was used up, or something did not answer. "
                "Audit them again later.",
                n,
            )
            self.console.note(str(part))

    def _stopped(self, run: "Run | None") -> None:
        """How to go on after Ctrl-C."""
        if run is not None:
            kept = Counted("{n} model", "{n} models", run.count)
            told = say(
                "{path} holds {kept}; the same command goes on from there.", path=run.folder, kept=kept
            )
            self.console.note(told)
        elif len(self.models) > 1:
            self.console.note(say("With --run DIR a batch can be taken up where it was stopped."))

"""`--locked` and `--update-lock`: what they read before an audit and what they do behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osaid_audit.cli.outputs import check_place
from osaid_audit.cli.streams import Console, leveled
from osaid_audit.errors import OsaidError, UsageError
from osaid_audit.messages import Counted, say

if TYPE_CHECKING:
    from osaid_audit.policy.lock import Answer, Named
    from osaid_audit.schema.lock import Lock
    from osaid_audit.schema.policy import Policy
    from osaid_audit.schema.scan import Alert, Reference


OK, FINDINGS = 0, 1


@dataclass(frozen=True)
class Locking:
    """What one run does with the lock file: nothing, unless it was asked for.

    path    the file
    held    what it says, when it is compared with
    update  it is written anew
    before  what it said, when it is written anew and was there
    """

    path: Path = Path()
    held: "Lock | None" = None
    update: bool = False
    before: "Lock | None" = None

    def alerts(
        self,
        answers: "Sequence[tuple[Named, Answer]]",
        policy: "Policy",
        references: "Sequence[Reference]" = (),
        *,
        whole: bool,
    ) -> "tuple[Alert, ...]":
        """What is not as the lock says; nothing without --locked. `whole` as in `policy.lock.compare`."""
        if self.held is None:
            return ()
        from osaid_audit.policy.lock import alerts_of, compare

        return alerts_of(compare(self.held, answers, whole=whole), policy, references)

    def write(self, answers: "Sequence[tuple[Named, Answer]]", console: Console) -> None:
        """Write the file, if that was asked for, and say so."""
        if not self.update:
            return
        from osaid_audit.policy.lock import lock_of, write_lock

        lock = lock_of(answers, self.before)
        models = Counted("{n} model", "{n} models", len(lock.models))
        if write_lock(lock, self.path):
            console.note(say("{path}: written, {models}", path=self.path, models=models))
        else:
            console.note(say("{path}: unchanged, {models}", path=self.path, models=models))

    def settle(self, answers: "Iterable[tuple[Named, Answer]]", policy: "Policy", console: Console) -> int:
        """The whole of it for `audit`, which has no references: say what changed, write, give the code.

        The lock may hold models that were not named on this command line: of these nothing is said.
        """
        if self.held is None and not self.update:
            return OK
        answers = list(answers)
        alerts = self.alerts(answers, policy, whole=False)
        for alert in alerts:
            console.note(leveled(alert.level, alert.model, alert.message))
        hints = {alert.next for alert in alerts if alert.level == "error" and alert.next}
        for hint in sorted(hints, key=lambda each: each.en):
            console.note(say("next: {hint}", hint=hint))
        self.write(answers, console)
        return FINDINGS if any(alert.level == "error" for alert in alerts) else OK


def asked_for(
    policy: "Policy", beside: Path, lock_file: Path | None, *, locked: bool, update: bool
) -> Locking:
    """What was asked for, the lock read before anything else is; it lies `beside` the policy.

    Raises UsageError and UnreadableInput like `read_lock`.
    """
    if locked and update:
        raise UsageError("--locked and --update-lock do not go together.", "Compare first, then update.")
    if not locked and not update:
        return Locking()
    from osaid_audit.policy.lock import lock_if_any, lock_path, read_lock

    path = lock_file or lock_path(policy, beside)
    if locked:
        return Locking(path, held=read_lock(path))
    check_place(path)
    return Locking(path, update=True, before=lock_if_any(path))


def named(
    models: Sequence[str], answers: "Sequence[Answer]", where: Mapping[str, Any]
) -> "Iterator[tuple[Named, Answer]]":
    """Models of a command line as the lock names them; `where` has the revision and the endpoint asked."""
    for model, answer in zip(models, answers, strict=True):
        yield _named(model, answer, where.get("revision"), where.get("endpoint")), answer


def _named(model: str, answer: "Answer", revision: str | None, endpoint: str | None) -> "Named":
    """An address by its id, a dossier by its subject."""
    from osaid_audit.gather.reading.subject import parse_subject
    from osaid_audit.gather.settings import PUBLIC_ENDPOINT
    from osaid_audit.pipeline import dossier_file
    from osaid_audit.policy.lock import Named

    if dossier_file(model) is not None:
        return Named(model if isinstance(answer, OsaidError) else answer.subject.id)
    name, asked = parse_subject(model, endpoint or PUBLIC_ENDPOINT)
    return Named(name, asked or revision)

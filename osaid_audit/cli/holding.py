"""What a scan is held against: the policy of the code base, its lock file, its baseline."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from osaid_audit.cli.streams import Console
from osaid_audit.errors import UsageError
from osaid_audit.messages import say

if TYPE_CHECKING:
    from osaid_audit.evaluate import RuleSet
    from osaid_audit.pipeline.scanning import Checked, Held
    from osaid_audit.schema.baseline import Baseline
    from osaid_audit.schema.lock import Lock
    from osaid_audit.schema.policy import Policy

BASELINE = "osaid-audit-baseline.json"


class Holding(NamedTuple):
    """The files that the command line names, or those that lie in the scanned folder."""

    folder: Path
    policy_file: Path | None
    no_policy: bool
    lock_file: Path | None
    locked: bool
    update_lock: bool
    baseline_file: Path | None
    update_baseline: bool
    allow_unaudited: bool

    def held(self, ruleset: "RuleSet", **said: Any) -> "Held":
        """What the models are held against; `said` are the demands of the command line, which win.

        Every file is read before anything is asked of a Hub. Raises UsageError or UnreadableInput for one
        that is wrong.
        """
        from osaid_audit.pipeline.scanning import Held
        from osaid_audit.policy.demands import check_label, given

        if self.locked and self.update_lock:
            raise UsageError("--locked compares and --update-lock writes.", "Give one of the two.")
        check_label(said["require"], ruleset)
        file, policy = self._policy(ruleset)
        return Held(
            policy=given(policy, **said),
            policy_file=file.as_posix() if file else None,
            lock=self._lock(policy) if self.locked else None,
            baseline=self._baseline(),
            allow_unaudited=self.allow_unaudited,
        )

    def keep(self, found: "Checked", held: "Held", console: Console) -> None:
        """Write the lock file and the baseline, where that was asked for."""
        if self.update_lock:
            self._write_lock(found, held, console)
        if self.update_baseline:
            from osaid_audit.policy.baseline import write_baseline

            path = self.baseline_file or self.folder / BASELINE
            write_baseline(found.report.alerts, path)
            console.note(say("wrote {path}", path=path))

    def _policy(self, ruleset: "RuleSet") -> "tuple[Path | None, Policy]":
        from osaid_audit.policy.file import find_policy, read_policy
        from osaid_audit.schema.policy import Policy

        file = self.policy_file or (None if self.no_policy else find_policy(self.folder))
        return file, (read_policy(file, ruleset) if file is not None else Policy())

    def _lock_path(self, policy: "Policy") -> Path:
        """Beside the policy file where one is named, else in the scanned folder."""
        from osaid_audit.policy.lock import lock_path

        beside = self.policy_file.parent if self.policy_file else self.folder
        return self.lock_file or lock_path(policy, beside)

    def _lock(self, policy: "Policy") -> "Lock":
        from osaid_audit.policy.lock import read_lock

        return read_lock(self._lock_path(policy))

    def _write_lock(self, found: "Checked", held: "Held", console: Console) -> None:
        from osaid_audit.policy.lock import Named, lock_if_any, lock_of, write_lock

        path = self._lock_path(held.policy)
        pairs = [(Named(each.model, each.revision), each.result) for each in found.answers]
        changed = write_lock(lock_of(pairs, lock_if_any(path)), path)
        console.note(say("wrote {path}" if changed else "{path} is up to date", path=path))

    def _baseline(self) -> "Baseline | None":
        """That which is named, or lies in the folder; none while it is being written anew."""
        from osaid_audit.policy.baseline import read_baseline

        usual = self.folder / BASELINE
        path = self.baseline_file or (usual if usual.is_file() else None)
        return read_baseline(path) if path is not None and not self.update_baseline else None


def folder_of(places: tuple[Path, ...]) -> Path:
    """Where the policy, the lock and the baseline are looked for: the one folder scanned, else here."""
    only = places[0] if len(places) == 1 else Path()
    return only if only.is_dir() else Path()

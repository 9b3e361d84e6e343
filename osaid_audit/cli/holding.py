"""What a scan is held against: the policy of the code base, its lock file, its baseline."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from osaid_audit.cli import locking
from osaid_audit.cli.locking import Locking
from osaid_audit.cli.streams import Console
from osaid_audit.messages import say

if TYPE_CHECKING:
    from osaid_audit.evaluate import RuleSet
    from osaid_audit.pipeline.scanning import Checked, Held
    from osaid_audit.schema.baseline import Baseline
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

    def held(self, ruleset: "RuleSet", **said: Any) -> "tuple[Held, Locking]":
        """What the models are held against; `said` are the demands of the command line, which win.

        Every file is read before anything is asked of a Hub. Raises UsageError or UnreadableInput for one
        that is wrong.
        """
        from osaid_audit.pipeline.scanning import Held
        from osaid_audit.policy.demands import check_label, given

        check_label(said["require"], ruleset)
        file, policy = self._policy(ruleset)
        beside = file.parent if file else self.folder
        lock = locking.asked_for(policy, beside, self.lock_file, locked=self.locked, update=self.update_lock)
        held = Held(
            policy=given(policy, **said),
            policy_file=_from_here(file) if file else None,
            folder=_below(beside, self.folder),
            lock=lock.held,
            baseline=self._baseline(beside),
            allow_unaudited=self.allow_unaudited,
        )
        return held, lock

    def keep(self, found: "Checked", held: "Held", lock: Locking, console: Console) -> None:
        """Write the lock file and the baseline, where that was asked for: beside the policy."""
        from osaid_audit.policy.lock import Named

        lock.write([(Named(each.model, each.revision), each.result) for each in found.answers], console)
        if self.update_baseline:
            from osaid_audit.policy.baseline import write_baseline

            beside = Path(held.policy_file).parent if held.policy_file else self.folder
            path = self.baseline_file or beside / BASELINE
            write_baseline(found.report.alerts, path)
            console.note(say("wrote {path}", path=path))

    def _policy(self, ruleset: "RuleSet") -> "tuple[Path | None, Policy]":
        from osaid_audit.policy.file import nearest_policy, read_policy
        from osaid_audit.schema.policy import Policy

        file = self.policy_file or (None if self.no_policy else nearest_policy(self.folder))
        return file, (read_policy(file, ruleset) if file is not None else Policy())

    def _baseline(self, beside: Path) -> "Baseline | None":
        """That which is named, or lies beside the policy; none while it is being written anew."""
        from osaid_audit.policy.baseline import read_baseline

        usual = beside / BASELINE
        there = usual.exists() or usual.is_symlink()
        path = self.baseline_file or (usual if there else None)
        return read_baseline(path) if path is not None and not self.update_baseline else None


def folder_of(places: tuple[Path, ...]) -> Path:
    """Where files are relative to, and where the policy is looked for first: the one folder, else here."""
    only = places[0] if len(places) == 1 else Path()
    return only if only.is_dir() else Path()


def _from_here(file: Path) -> str:
    """A path as somebody who stands here writes it; of another drive as it is."""
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:
        return file.as_posix()


def _below(upper: Path, folder: Path) -> str:
    """The way from a folder to one below it, with a / at its end; nothing when it is not below."""
    try:
        way = folder.resolve().relative_to(upper.resolve()).as_posix()
    except ValueError:
        return ""
    return "" if way == "." else f"{way}/"

"""The folder of a sweep: what lies where, who may write, and how a file or a table comes to be there.

    .osaid-audit-sweep                 that the folder is a sweep's: first of all (owning.py)
    outcomes/part-NNNNN-KEY.parquet    the table, of one run only
    manifest.json                      written last: where it is, all beside it belongs together
    summary.html, summary.json         the figures
    shards/INPUT/facts-KEY/            what was read, kept for the next time the rules change
    shards/INPUT/outcomes-KEY/         the table under way; becomes outcomes/ when it is whole

Every file is written under another name and renamed when it is safe on the disk, so that whatever has its
name is whole. Rationale: docs/decisions/0016-shards.md.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from osaid_audit.errors import UsageError
from osaid_audit.sweep import owning
from osaid_audit.sweep.faults import writing
from osaid_audit.sweep.owning import MANIFEST, REPLACED, SPILL, SUMMARIES, TABLE, TEMPORARY
from osaid_audit.sweep.paths import shown

_SHARDS = "shards"


class Progress(NamedTuple):
    """How far a sweep has come.

    stage  `digest` (bytes of the input), `facts` or `judge` (rows)
    done   so many of `total`
    began  as many were done when this run began: finished parts of an earlier one
    """

    stage: str
    done: int
    total: int
    began: int = 0


class Places:
    """The paths of one sweep, by the keys of its input, its facts and its outcomes (12 hex digits each)."""

    def __init__(self, out: Path, dump: str, facts: str, outcomes: str = "") -> None:
        self.out, self.key, self._keys = out, outcomes, (dump, facts)
        self._input = shards(out) / dump
        self.facts = self._input / f"facts-{facts}"
        self.outcomes = self._input / f"outcomes-{outcomes}"
        self.table = out / TABLE

    def of(self, outcomes: str) -> "Places":
        """The same with the key of the outcomes, which is known when the facts are."""
        return Places(self.out, *self._keys, outcomes)

    def part(self, number: int) -> str:
        """The name of a part of the table."""
        return f"part-{number:05}-{self.key}.parquet"

    def reclaim(self) -> None:
        """Take parts back that a killed run had put in place already, without their manifest."""
        if not self.outcomes.exists() and self.table.is_dir():
            names = [each.name for each in self.table.iterdir()]
            if names and all(self.key in name for name in names):
                self.table.rename(self.outcomes)

    def publish(self) -> None:
        """Put the finished table in the place of the last one.

        Between the two renames there is no table, never half of one; a run that was killed there finds all
        parts finished. The manifest goes first and comes last. Raises UsageError when somebody put a file of
        theirs into the last one meanwhile.
        """
        owning.check_table(self.out)
        for stale in (MANIFEST, *SUMMARIES):
            (self.out / stale).unlink(missing_ok=True)
        settle(self.out)
        if self.table.exists():
            self.table.rename(shards(self.out) / REPLACED)
        self.outcomes.rename(self.table)
        settle(self.out)

    def prune(self) -> None:
        """Remove what no later run of this input would use: other inputs, other readings, older tables."""
        with suppress(OSError):
            owning.prune(shards(self.out), self.facts)


def shards(out: Path) -> Path:
    """Where finished parts of a sweep wait."""
    return out / _SHARDS


def spill(out: Path) -> Path:
    """Where the database puts what the memory does not hold; gone when the run ends."""
    return shards(out) / SPILL


@contextmanager
def held(out: Path, inputs: Sequence[Path]) -> Iterator[None]:
    """The folder, for this process alone; what a killed run left half written is removed.

    Raises UsageError when it is somebody else's, or holds one of the files to be read, before anything is
    made; and when another process has it.
    """
    owning.check_free(out, inputs)
    with writing(out):
        owning.mark(out)
        shards(out).mkdir(parents=True, exist_ok=True)
        lock = (shards(out) / "lock").open("a+b")
    with lock:
        if not _locked(lock):
            raise UsageError(
                "Another sweep is writing to '{path}'.",
                "Wait for it, or choose another --output.",
                path=shown(out),
            )
        with writing(out):
            owning.check_table(out)
            owning.sweep_up(out, shards(out))
        try:
            yield
        finally:
            owning.clear_spill(shards(out))


def _locked(lock: IO[bytes]) -> bool:
    """Take the lock; the system gives it back when the process ends, however it does."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - not everywhere

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - not everywhere

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def finish(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make a file under another name, then give it this one: it is whole or not there."""
    draft = path.with_name(path.name + TEMPORARY)
    try:
        write(draft)
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    settle(path.parent)


def finish_text(path: Path, said: str) -> None:
    """A text as a file, whole or not there."""
    finish(path, lambda draft: _write(draft, said))


def _write(path: Path, said: str) -> None:
    path.write_text(said, encoding="utf-8", newline="\n")


def settle(folder: Path) -> None:
    """Let the names in a folder reach the disk, where the system knows how."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

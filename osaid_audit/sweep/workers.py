"""The readers on more than one core: processes of our own that take their share of the cases.

Not `multiprocessing`: it runs the caller's script again in each process, which a library must not do.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from osaid_audit.sweep.facts import Cases
from osaid_audit.sweep.facts.own import reader

WORTH_IT, WORTH_ROWS = 2_000, 100_000
"""New cases from which on another process is worth its start (about a second), and rows that have as many."""
_MOST = 7
_BATCH = 500
_START = "import sys; sys.path.insert(0, {root!r}); from osaid_audit.sweep.worker import main; main()"

Answer = dict[str, Any]


class Shared(Cases):
    """Cases that are answered by this process and some others; the answers are the same."""

    def __init__(self, workers: int) -> None:
        super().__init__()
        self._wanted, self._workers = workers, list[_Worker]()

    def expect(self, rows: int) -> None:
        """The other processes start while the database has yet to find the cases."""
        if rows >= WORTH_ROWS:
            self._start()

    def forget(self) -> None:
        """The other processes go as well."""
        super().forget()
        self.close()

    def _start(self) -> None:
        while len(self._workers) < self._wanted:
            self._workers.append(_Worker())

    def read(self, family: str, texts: Sequence[str]) -> list[Answer]:
        """The readers' answers to cases that are new."""
        if len(texts) >= WORTH_IT:
            self._start()
        shares = 1 + len(self._workers)
        answers: list[Answer] = [{}] * len(texts)
        for at in range(0, len(texts), _BATCH * shares):
            self._read_some(family, texts, answers, range(at, min(at + _BATCH * shares, len(texts))))
        return answers

    def _read_some(self, family: str, cases: Sequence[str], answers: list[Answer], places: range) -> None:
        """Every worker its share, ours meanwhile, and that of a worker who has gone."""
        shares = [places[at :: 1 + len(self._workers)] for at in range(1 + len(self._workers))]
        for worker, share in zip(self._workers, shares[1:], strict=True):
            worker.ask(family, [cases[at] for at in share])
        read = reader(family)
        for at in shares[0]:
            answers[at] = read(cases[at])
        for worker, share in zip(tuple(self._workers), shares[1:], strict=True):
            told = worker.answers(len(share))
            if told is None:
                self._workers.remove(worker)
                self._wanted = len(self._workers)
                told = [read(cases[at]) for at in share]
            for at, answer in zip(share, told, strict=True):
                answers[at] = answer

    def close(self) -> None:
        """Let the workers go."""
        for worker in self._workers:
            worker.close()
        self._workers.clear()


@contextmanager
def shared(threads: int | None) -> Iterator[Cases]:
    """Cases answered on that many cores; as many as this process may use if not said."""
    cores = threads or _cores()
    cases = Shared(min(cores - 1, _MOST))
    try:
        yield cases
    finally:
        cases.close()


class _Worker:
    """One process; whatever happens to it, the cases can be read here."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                [sys.executable, "-P", "-c", _START.format(root=root)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def ask(self, family: str, cases: Sequence[str]) -> None:
        """Give it cases; it reads them while we do something else."""
        with suppress(OSError, ValueError):
            if self._process is not None and self._process.stdin is not None:
                self._process.stdin.write(json.dumps([family, cases]).encode() + b"\n")
                self._process.stdin.flush()

    def answers(self, count: int) -> list[Answer] | None:
        """Its answers; None when it has gone, or talks nonsense."""
        try:
            line = self._process.stdout.readline() if self._process and self._process.stdout else b""
            told = json.loads(line)
        except (OSError, ValueError):
            told = None
        if isinstance(told, list) and len(told) == count:
            return told
        self.close()
        return None

    def close(self) -> None:
        """End it."""
        if self._process is None:
            return
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        self._process.wait()
        self._process = None


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

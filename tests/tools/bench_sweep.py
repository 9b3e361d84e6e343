"""`make bench`: what a sweep of a whole Hub costs on two cores, beside what it is built on. Writes docs/scale.md.

    PYTHONPATH=tests:. python -m tools.bench_sweep [--rows N] [--no-page]

Three million made-up rows (tools.synthetic, kept in build/ and made anew when the generator, the rows or the seed
change) and a shard of 200,000, every part in a process of its own on the same two cores, all in one run: the ratios
hold on another machine, the seconds on this one. Exit 1 beyond a limit.
"""

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools import synthetic

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "scale.md"
KEPT = ROOT / "build" / "synthetic"
BEGIN, END = "<!-- sweep: made by tools.bench_sweep -->", "<!-- end of sweep -->"
ROWS, SHARD, SEED, CORES = 3_000_000, 200_000, 7, 2
MOST_SECONDS, MOST_MB, LEAST_RATE, LEAST_DISTINCT = 90, 1500, 20_000, 200_000
_STEP, _HIGHER = 0.2, 1.01


@dataclass(frozen=True)
class Measured:
    """What one part told of itself, its wall time from start to end of the process, and its peak memory in MB."""

    told: Mapping[str, Any]
    wall: float
    cpu: float
    peak: float

    @property
    def seconds(self) -> float:
        """Seconds of the part's own clock, without the start of Python."""
        return float(self.told["seconds"])

    @property
    def rate(self) -> float:
        """Rows in a second of the part's own clock."""
        return float(self.told["rows"]) / self.seconds


def dump(rows: int, seed: int) -> Path:
    """A made-up dump in build/; made once."""
    path = KEPT / f"{rows}-{seed}-{synthetic.digest()[:12]}.parquet"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        began, half = time.perf_counter(), path.with_suffix(".tmp")
        synthetic.write(half, rows, seed, threads=CORES)
        half.rename(path)
        print(
            f"made {path.name}: {path.stat().st_size / 1e6:.0f} MB in {time.perf_counter() - began:.0f} s",
            flush=True,
        )
    return path


def measured(part: str, file: Path, out: Path) -> Measured:
    """One part in a process of its own, with all that it starts."""
    command = [sys.executable, "-m", "tools.sweep_parts", part, str(file), str(out)]
    env = {name: value for name, value in os.environ.items() if not name.startswith("OSAID_")}
    env["PYTHONPATH"] = f"{ROOT / 'tests'}{os.pathsep}{ROOT}"
    began = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(child.pid, sorted(os.sched_getaffinity(0))[:CORES])
    watch = _Watch(child.pid)
    told = child.stdout.read() if child.stdout else ""
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"bench_sweep: {part} ended with {child.returncode}")
    own = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    print(
        f"{part:<10} {wall:7.1f} s wall, {usage.ru_utime + usage.ru_stime:7.1f} s of processor, {max(own, watch.stop()):6.0f} MB",
        flush=True,
    )
    return Measured(json.loads(told), wall, usage.ru_utime + usage.ru_stime, max(own, watch.stop()))


class _Watch:
    """The highest sum of memory that a session's processes held together, where /proc tells it.

    What pages are shared is told only by a look through all of them, during which the process waits. So that
    is asked only when what is cheap to know, the sum with shared pages counted twice, is higher than ever.
    """

    def __init__(self, session: int) -> None:
        self._session, self._highest, self._peak, self._end = session, 0.0, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The peak in MB."""
        self._end.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._end.wait(_STEP):
            members = [place for place in Path("/proc").glob("[0-9]*") if self._is_member(place)]
            resident = sum(_told(place / "status", "VmRSS:") for place in members)
            if resident > _HIGHER * self._highest:
                self._highest = resident
                self._peak = max(self._peak, sum(_told(place / "smaps_rollup", "Pss:") for place in members))

    def _is_member(self, place: Path) -> bool:
        try:
            return int((place / "stat").read_text().rpartition(")")[2].split()[3]) == self._session
        except (OSError, ValueError, IndexError):
            return False


def _told(file: Path, name: str) -> float:
    """A figure of a process in MB; 0 when it has gone."""
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024 / 1e6


def swept(file: Path, out: Path) -> Measured:
    """A sweep from nothing: the folder is removed first."""
    shutil.rmtree(out, ignore_errors=True)
    return measured("sweep", file, out)


def limits(
    whole: Measured, shard: Measured, distinct: Mapping[str, int], *, full: bool
) -> list[tuple[str, str, str, bool]]:
    """What was promised: name, figure, limit, kept. Of fewer rows than three million only the floor is asked."""
    rate = shard.told["rows"] / shard.wall
    asked = [
        (
            f"models a second, {SHARD:,} rows, with the start of Python",
            f"{rate:,.0f}",
            f"at least {LEAST_RATE:,}",
            rate >= LEAST_RATE,
        )
    ]
    if not full:
        return asked
    return [
        (
            "seconds, wall, from start to end of the process",
            f"{whole.wall:.1f}",
            f"at most {MOST_SECONDS}",
            whole.wall <= MOST_SECONDS,
        ),
        ("peak memory, MB", f"{whole.peak:,.0f}", f"at most {MOST_MB:,}", whole.peak <= MOST_MB),
        (
            "distinct rows of facts",
            f"{whole.told['evidence']:,}",
            f"at least {LEAST_DISTINCT:,}",
            whole.told["evidence"] >= LEAST_DISTINCT,
        ),
        (
            "distinct rows of the dump (without id, author, dates, counts of readers)",
            f"{distinct['rows']:,}",
            f"at least {LEAST_DISTINCT:,}",
            distinct["rows"] >= LEAST_DISTINCT,
        ),
        *asked,
    ]


def section(found: Mapping[str, Measured], kept: list[tuple[str, str, str, bool]]) -> str:
    """What stands on the page, between the marks."""
    whole, shard, python, strict = found["sweep"], found["shard"], found["python"], found["strict"]
    rows, cores = whole.told["rows"], CORES
    per_model = python.seconds / python.told["rows"]
    anew = strict.seconds / strict.told["rows"]
    all_anew = whole.told["evidence"] * anew / cores
    lines = [
        BEGIN,
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d} with `python -m tools.bench_sweep` on {machine()}; load {os.getloadavg()[0]:.1f} at the end. {rows:,} made-up rows"
        f" (seed {SEED}; tests/tools/synthetic.py says why they do not flatter), {whole.told['rules']} rules of osaid-1.0 and g7-2026, one run.",
        "",
        "| promised | measured | limit | kept |",
        "|---|---|---|---|",
        *(
            f"| {name} | {figure} | {limit} | {'yes' if held else '**no**'} |"
            for name, figure, limit, held in kept
        ),
        "",
        "| path | models a second | rows measured | beside the sweep |",
        "|---|---|---|---|",
        _line("the sweep, all of it", whole.rate, rows, whole.rate),
        _line(f"the sweep, {shard.told['rows']:,} rows", shard.rate, shard.told["rows"], whole.rate),
        _line("DuckDB alone: needed columns read", found["read"].rate, rows, whole.rate),
        _line("DuckDB alone: licenses by library", found["aggregate"].rate, rows, whole.rate),
        _line(
            f"Python, model by model, {cores} cores (twice one core)",
            cores / per_model,
            python.told["rows"],
            whole.rate,
        ),
        "",
        f"Model by model in Python (the readers and rules of a single audit on the reply alone) takes {1000 * per_model:.1f} ms, so {rows:,} models would take"
        f" {rows * per_model / cores / 60:,.0f} minutes on {cores} cores: extrapolated from a sample of {python.told['rows']:,}.",
        "",
        "| what the sweep did once | how often |",
        "|---|---|",
        *(f"| distinct cases read: {name} | {count:,} |" for name, count in whole.told["cases"].items()),
        f"| distinct rows of facts | {whole.told['evidence']:,} |",
        f"| distinct evidence judged (what the asked rules look at) | {whole.told['judged']:,} |",
        f"| combinations for which a rule was asked, all rules | {whole.told['combinations']:,} |",
        "",
        f"Nothing of this rests on few combinations: asking every rule anew for each of the {whole.told['evidence']:,} distinct rows of facts, with nothing remembered, takes"
        f" {1e6 * anew:,.0f} µs a row, so {all_anew:,.0f} s on {cores} cores (extrapolated from {strict.told['rows']:,} of them), instead of the judging above.",
        "",
        "Seconds of the sweep by pass: "
        + ", ".join(f"{name} {seconds:.1f}" for name, seconds in whole.told["stages"].items())
        + f"; {whole.cpu:.0f} s of processor in all.",
        "",
        END,
    ]
    return "\n".join(lines)


def _line(name: str, rate: float, rows: int, sweep: float) -> str:
    return f"| {name} | {rate:,.0f} | {rows:,} | {rate / sweep:.3g} x |"


def machine() -> str:
    """What it was measured on."""
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9 if hasattr(os, "sysconf") else 0
    return f"{CORES} of {os.cpu_count()} cores, {memory:.0f} GB, {system}"


def write_page(made: str) -> None:
    """Put the section in its place on the page. Ends the run when the page has no such place."""
    before, mark, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise SystemExit(f"bench_sweep: {PAGE.name} has no place for the figures")
    PAGE.write_text(before + made + after, encoding="utf-8")


def main() -> None:
    """Measure, print, write, and say whether the limits were kept."""
    parser = argparse.ArgumentParser(description="Measure a sweep.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--no-page", action="store_true", help="leave docs/scale.md as it is")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    large, small = dump(asked.rows, SEED), dump(SHARD, SEED)
    out = KEPT / "out"
    found = {"shard": swept(small, out), "sweep": swept(large, out)}
    found |= {
        part: measured(part, large, out) for part in ("strict", "read", "aggregate", "python", "distinct")
    }
    kept = limits(found["sweep"], found["shard"], found["distinct"].told, full=asked.rows >= ROWS)
    made = section(found, kept)
    print(made)
    if not asked.no_page:
        write_page(made)
    shutil.rmtree(out, ignore_errors=True)
    sys.exit(0 if all(held for *_, held in kept) else 1)


if __name__ == "__main__":
    main()

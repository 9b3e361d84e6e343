"""`python -m tools.bench_online`: what a batch costs beside the waiting that nobody can spare it.

A Hub on this machine, in a process of its own, answers each request after a simulated latency. Prints a table
and writes build/bench_online.json. The limits are those for an idle machine: a figure past its limit is
marked, and ends the run with 1 only under --strict.

    floor     ceil(requests / connections) x latency; of one model its requests that must follow each other
    fewest    requests when every dataset, base and file is asked for once, hops counted
"""

import argparse
import json
import math
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from hub.batch import BASES, SETS, batch, model_id
from hub.server import LocalHub

ROOT = Path(__file__).resolve().parents[2]
MODELS = 100
JOBS, CONNECTIONS = 16, 8
RUNS = 3
ROUND = 6
"""Requests of one model that follow each other: three rounds, a file in each, and its hop."""
LIMITS = {"batch": 1.25, "one": 1.3, "again": 1.3, "requests": 1.0}


class Remote(NamedTuple):
    """The Hub of the other process."""

    url: str
    pipe: Connection

    def count(self) -> int:
        """Requests since the last time."""
        self.pipe.send("count")
        return int(self.pipe.recv())


def serve(pipe: Connection, models: int, latency: float) -> None:
    with LocalHub(batch(models)) as hub:
        hub.latency = latency
        pipe.send(hub.url)
        while pipe.recv() == "count":
            pipe.send(len(hub.seen))
            hub.forget()


@contextmanager
def remote(models: int, latency: float) -> Iterator[Remote]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(theirs, models, latency), daemon=True
    )
    process.start()
    yield Remote(ours.recv(), ours)
    ours.send("stop")
    process.join(5)


def timed(hub: Remote, names: list[str], cache: Path, **options: Any) -> tuple[float, float, int]:
    """Seconds of the clock, seconds of this process, and requests."""
    from osaid_audit import audit_many

    hub.count()
    wall, cpu = time.perf_counter(), time.process_time()
    found = audit_many(names, endpoint=hub.url, cache_dir=cache, **options)
    passed = time.perf_counter() - wall, time.process_time() - cpu
    if any(isinstance(each, Exception) or each.problems for each in found):
        raise SystemExit("bench: a model was not read")
    return *passed, hub.count()


def of_batch(latency: float) -> dict[str, float]:
    """A hundred models with connections that are open, the best of some runs."""
    names = list(map(model_id, range(MODELS)))
    fewest = MODELS * 7 + BASES * 5 + SETS
    with remote(MODELS, latency) as hub, tempfile.TemporaryDirectory() as folder:
        timed(hub, names[:2], Path(folder, "imports"))
        runs = [timed(hub, names, Path(folder, str(number)), jobs=JOBS) for number in range(RUNS)]
    wall, cpu, asked = min(runs)
    floor = math.ceil(asked / CONNECTIONS) * latency
    return {
        "wall_s": round(wall, 2),
        "floor_s": round(floor, 2),
        "ratio": round(wall / floor, 2),
        "requests": asked,
        "fewest": fewest,
        "of_fewest": round(asked / fewest, 3),
        "cpu_ms_a_model": round(cpu / MODELS * 1000, 1),
    }


def of_one(latency: float) -> dict[str, float]:
    """One model with open connections, then once more with what the cache holds."""
    with remote(RUNS + 1, latency) as hub, tempfile.TemporaryDirectory() as folder:
        cold, warm = [], []
        for number in range(RUNS + 1):  # the first opens the connections
            cache = Path(folder, str(number))
            cold.append(timed(hub, [model_id(number)], cache)[0])
            warm.append(timed(hub, [model_id(number)], cache)[0])
    return {
        "one_s": round(min(cold[1:]), 3),
        "one": round(min(cold[1:]) / (ROUND * latency), 2),
        "again_s": round(min(warm[1:]), 3),
        "again": round(min(warm[1:]) / latency, 2),
    }


def consume(url: str, models: int, folder: str) -> None:
    """Audit and let go of each report; print peak megabytes of this process."""
    from osaid_audit import audit_each

    names = map(model_id, range(models))
    for _ in audit_each(names, endpoint=url, cache_dir=Path(folder, "cache"), run=Path(folder, "run")):
        pass
    unit = 1 if sys.platform == "darwin" else 1024
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


def memory(models: int) -> float:
    """Peak megabytes of a process that audits so many, one after another as they are ready."""
    with remote(models, 0.0) as hub, tempfile.TemporaryDirectory() as folder:
        code = f"from tools.bench_online import consume; consume({hub.url!r}, {models}, {folder!r})"
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
        )
        return round(float(done.stdout))


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--strict", action="store_true", help="exit 1 when a figure is past its limit")
    parser.add_argument("--memory", action="store_true", help="also peak memory of 100 and 1,000 models")
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    over = False
    for latency in (0.05, 0.1):
        many, one = of_batch(latency), of_one(latency)
        figures[f"{latency * 1000:.0f} ms"] = {**many, **one}
        rows = [
            (
                f"{MODELS} models, {many['requests']} requests, {CONNECTIONS} connections: wall / floor",
                many["ratio"],
                LIMITS["batch"],
            ),
            ("requests / fewest requests", many["of_fewest"], LIMITS["requests"]),
            ("one model, open connections: wall / its rounds", one["one"], LIMITS["one"]),
            ("one model, read before: wall / its round", one["again"], LIMITS["again"]),
        ]
        print(
            f"latency {latency * 1000:.0f} ms; {many['wall_s']} s for {many['floor_s']} s of waiting, {many['cpu_ms_a_model']} ms of CPU a model"
        )
        for meaning, figure, limit in rows:
            over = over or figure > limit
            print(
                f"  {meaning:<72} {figure:>6}  (limit {limit}){'  over the limit' if figure > limit else ''}"
            )
    if asked.memory:
        figures["peak_mb"] = {str(models): memory(models) for models in (100, 1000)}
        print(f"peak memory, MB by models: {figures['peak_mb']}")
    print(f"load of the machine while measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    output = ROOT / "build" / "bench_online.json"
    output.parent.mkdir(exist_ok=True)
    output.write_text(json.dumps({"figures": figures, "limits": LIMITS}, indent=2, sort_keys=True) + "\n")
    sys.exit(1 if asked.strict and over else 0)


if __name__ == "__main__":
    main()

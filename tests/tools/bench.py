"""`make bench`: what an audit costs on this machine. Prints a table and writes build/bench.json.

The limits are those for an idle machine. A figure past its limit is marked, and ends the run with 1 only
under --strict, because a busy machine is no fault of the program.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = "google-bert/bert-base-uncased"
RUNS = 7
LIMITS = {"help_ms": 100, "audit_ms": 500, "memory_mb": 120, "refused_s": 5}
MEANING = {
    "help_ms": "osaid-audit --help, median wall time, ms",
    "audit_ms": "one local audit, median wall time, ms",
    "memory_mb": "one local audit, peak memory of the whole process, MB",
    "refused_s": "a refused connection ends with exit 3 after, s",
}


def spawn(*arguments: str, expect: int) -> tuple[float, float]:
    """Seconds and peak megabytes of one call; another exit code than expected ends the run."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("OSAID_", "HF_"))}
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "osaid_audit", *arguments],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != expect:
        raise SystemExit(f"bench: {' '.join(arguments)} ended with {child.returncode}, not {expect}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_maxrss * unit / 1e6


def refusing_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refused() -> float:
    """Seconds until a refused connection is an error."""
    with tempfile.TemporaryDirectory() as cache:
        endpoint = f"http://127.0.0.1:{refusing_port()}"
        return spawn("--endpoint", endpoint, "--cache-dir", cache, "someone/some-model", expect=3)[0]


def measure() -> dict[str, float]:
    """All figures; the first call of each kind only warms the caches."""
    helps = [spawn("--help", expect=0)[0] for _ in range(RUNS + 1)][1:]
    audits = [spawn("--offline", MODEL, expect=0) for _ in range(RUNS + 1)][1:]
    return {
        "help_ms": round(statistics.median(helps) * 1000),
        "audit_ms": round(statistics.median(seconds for seconds, _ in audits) * 1000),
        "memory_mb": round(max(memory for _, memory in audits)),
        "refused_s": round(refused(), 2),
    }


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strict", action="store_true", help="exit 1 when a figure is past its limit")
    strict = parser.parse_args().strict
    figures = measure()
    over = [name for name, figure in figures.items() if figure > LIMITS[name]]
    for name, figure in figures.items():
        mark = "  over the limit" if name in over else ""
        print(f"{MEANING[name]:<60} {figure:>7}  (limit {LIMITS[name]}){mark}")
    print(f"load of the machine while measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    output = ROOT / "build" / "bench.json"
    output.parent.mkdir(exist_ok=True)
    output.write_text(json.dumps({"figures": figures, "limits": LIMITS}, indent=2, sort_keys=True) + "\n")
    sys.exit(1 if strict and over else 0)


if __name__ == "__main__":
    main()

"""A sweep that is killed at any moment loses at most the shard under way, and corrupts nothing."""

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from conftest import ROOT
from sweep_dump import dump, sweep_in_shards, tables

pytest.importorskip("duckdb")

ROWS, SHARD = 40, 15
PUBLISHING = 17
"""The last steps: the old manifest goes, the table is put in place, the new manifest comes."""
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
CHILD = ROOT / "tests" / "sweep_dump.py"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return dump(tmp_path_factory.mktemp("dump") / "models.parquet", ROWS)


@pytest.fixture(scope="module")
def processes():
    """Processes that start fast: a server has imported everything, and runs no thread."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sweep_warm"])
    return context


@pytest.fixture(scope="module")
def undisturbed(source, processes, tmp_path_factory):
    """The table of a run that nobody disturbed, and how often it asked the disk for something."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    with processes.Pool(1) as pool:
        asked = pool.apply(sweep_in_shards, (SHARD, source, out))
    return tables(out), asked


def run(processes, *arguments):
    child = processes.Process(target=sweep_in_shards, args=arguments)
    child.start()
    child.join(60)
    return child.exitcode


def finished(out: Path) -> dict[Path, tuple[int, int]]:
    """Every finished file with its identity; each can be read, or this fails."""
    found = {}
    for path in out.rglob("*.parquet"):
        assert pq.ParquetFile(path).read().num_rows >= 0
        found[path.relative_to(out)] = (path.stat().st_ino, path.stat().st_mtime_ns)
    return found


def check_whole(out: Path) -> None:
    """Where there is a table, it is all of one run; where there is a manifest, it tells the truth."""
    parts = sorted((out / "outcomes").glob("*.parquet")) if (out / "outcomes").exists() else []
    if parts:
        assert sum(pq.ParquetFile(part).metadata.num_rows for part in parts) == ROWS
        assert len({part.stem.split("-")[2] for part in parts}) == 1
    if (out / "manifest.json").exists():
        told = json.loads((out / "manifest.json").read_text())
        assert [each["name"] for each in told["parts"]] == [part.name for part in parts]
        assert (out / "summary.json").exists()
        assert (out / "summary.html").exists()


def test_killed_before_every_step_on_the_disk(source, undisturbed, processes, tmp_path):
    table, asked = undisturbed
    steps = {*random.Random(7).sample(range(1, asked - PUBLISHING), 3), *range(asked - PUBLISHING, asked + 1)}
    for step in sorted(steps):
        out = tmp_path / f"killed{step}"
        assert run(processes, SHARD, source, out, step) == -signal.SIGKILL
        check_whole(out)
        before = finished(out)
        sweep_in_shards(SHARD, source, out)
        check_whole(out)
        assert tables(out) == table
        kept = {path for path, identity in before.items() if path.parts[-2].startswith("facts")}
        after = finished(out)
        assert all(after[path] == before[path] for path in kept), "a finished shard was made again"
        judged = {identity for path, identity in before.items() if path.name.startswith("part-")}
        assert judged <= set(after.values()), "a finished part was made again"
        assert not list(out.rglob("*.tmp"))


def test_killed_at_random_moments_again_and_again(source, undisturbed, tmp_path):
    """Real processes, killed from outside, while DuckDB writes or Python judges."""
    table, _ = undisturbed
    out, dice, killed = tmp_path / "out", random.Random(3), 0
    for _ in range(12):
        child = subprocess.Popen([sys.executable, CHILD, str(SHARD), source, out], cwd=ROOT, env=ENVIRONMENT)
        waiting = len(list(out.rglob("*.parquet"))) + dice.randrange(1, 3)
        deadline = time.monotonic() + 30
        while child.poll() is None and len(list(out.rglob("*.parquet"))) < waiting:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        time.sleep(dice.random() * 0.02)
        child.kill()
        ended = child.wait(30)
        if ended == 0:
            break
        killed += 1
        check_whole(out)
    else:
        sweep_in_shards(SHARD, source, out)
    assert killed >= 2
    assert tables(out) == table


def test_ctrl_c_is_130_and_the_next_run_goes_on(source, undisturbed, tmp_path):
    out = tmp_path / "out"
    script = (
        "import sys; from osaid_audit.sweep import dump; from osaid_audit.cli.main import run;"
        f"dump.SHARD = {SHARD}; sys.exit(run(['sweep', {str(source)!r}, '-o', {str(out)!r}]))"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True
    )
    while child.poll() is None and not list(out.rglob("00000.parquet")):
        time.sleep(0.002)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    if child.returncode:  # else it was faster than we
        assert (child.returncode, said.strip()) == (130, "error: Interrupted.")
        assert not (out / "outcomes").exists()
    sweep_in_shards(SHARD, source, out)
    assert tables(out) == undisturbed[0]


def test_a_table_that_lacks_a_part_is_seen_and_made_whole(source, undisturbed, tmp_path):
    out = tmp_path / "out"
    sweep_in_shards(SHARD, source, out)
    next((out / "outcomes").iterdir()).unlink()
    with pytest.raises(AssertionError):
        check_whole(out)
    sweep_in_shards(SHARD, source, out)
    assert tables(out) == undisturbed[0]

"""Cases answered by several processes: the same answers, whatever becomes of a process."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from sweep_dump import dump, tables

from osaid_audit.sweep import sweep, workers
from osaid_audit.sweep.facts import Cases
from osaid_audit.sweep.workers import Shared, shared

pytest.importorskip("duckdb")

NAMES = [f'"license-{at}"' for at in range(40)]
MOMENTS = [f"2026-0{1 + at % 9}-{1 + at % 28:02}T00:00:00.000Z" for at in range(200)] + ["yesterday", ""]


@pytest.fixture(autouse=True)
def eager(monkeypatch):
    monkeypatch.setattr(workers, "WORTH_IT", 2)
    monkeypatch.setattr(workers, "_BATCH", 7)


def processes(cases: Shared) -> list[subprocess.Popen]:
    return [each._process for each in cases._workers]


@pytest.mark.parametrize("family", ["names", "moments"])
def test_others_answer_as_we_do_and_in_the_same_order(family):
    asked = NAMES if family == "names" else MOMENTS
    with shared(3) as cases:
        assert cases.answer(family, asked) == Cases().answer(family, asked)
        assert len(processes(cases)) == 2
        assert cases.asked[family] == len(set(asked))
        assert cases.answer(family, asked[::-1]) == Cases().answer(family, asked)[::-1]
        assert cases.asked[family] == len(set(asked))


def test_one_core_asks_nobody():
    with shared(1) as cases:
        assert cases.answer("moments", MOMENTS) == Cases().answer("moments", MOMENTS)
        assert processes(cases) == []


def test_few_cases_are_not_worth_a_process(monkeypatch):
    monkeypatch.setattr(workers, "WORTH_IT", 1_000)
    with shared(2) as cases:
        cases.answer("moments", MOMENTS)
        assert processes(cases) == []


def test_processes_start_when_many_rows_are_to_come(monkeypatch):
    monkeypatch.setattr(workers, "WORTH_IT", 1_000_000)
    with shared(3) as cases:
        cases.expect(workers.WORTH_ROWS - 1)
        assert processes(cases) == []
        cases.expect(workers.WORTH_ROWS)
        assert len(processes(cases)) == 2
        assert cases.answer("moments", MOMENTS) == Cases().answer("moments", MOMENTS)


def test_a_process_that_dies_takes_no_answer_with_it():
    with shared(3) as cases:
        cases.answer("moments", MOMENTS[:30])
        first = processes(cases)[0]
        first.kill()
        first.wait()
        assert cases.answer("moments", MOMENTS) == Cases().answer("moments", MOMENTS)
        assert len(processes(cases)) == 1


def test_a_process_that_cannot_start_is_done_without(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with shared(2) as cases:
        assert cases.answer("moments", MOMENTS) == Cases().answer("moments", MOMENTS)
        assert processes(cases) == []


@pytest.mark.parametrize("nonsense", ["print('[1]')", "print('no json')", "pass"])
def test_a_process_that_talks_nonsense_is_not_believed(monkeypatch, nonsense):
    monkeypatch.setattr(workers, "_START", f"{nonsense} # {{root}}")
    with shared(2) as cases:
        assert cases.answer("moments", MOMENTS) == Cases().answer("moments", MOMENTS)


def test_what_is_no_longer_needed_is_forgotten_and_may_be_asked_again():
    with shared(3) as cases:
        first = cases.answer("moments", MOMENTS)
        gone = processes(cases)
        cases.forget()
        assert [each.poll() is not None for each in gone] == [True, True]
        assert not any(cases._known.values())
        assert cases.answer("moments", MOMENTS) == first


def test_nobody_is_left_behind():
    with shared(3) as cases:
        cases.answer("moments", MOMENTS)
        started = processes(cases)
    assert [each.poll() is not None for each in started] == [True, True]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look for a process in")
def test_a_process_ends_when_whoever_asked_is_killed(tmp_path):
    """Its input ends; that is all it knows of us."""
    script = (
        "import os, signal\nfrom osaid_audit.sweep import workers\nworkers.WORTH_IT = 1\n"
        "cases = workers.Shared(1)\ncases.answer('moments', ['a', 'b', 'c'])\n"
        "print(cases._workers[0]._process.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    pid = int(done.stdout)
    for _ in range(500):
        if not _runs(pid):
            break
        time.sleep(0.01)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_whole_sweep_is_the_same_on_one_core_and_on_three(tmp_path):
    source = dump(tmp_path / "d.parquet", 60)
    sweep(source, tmp_path / "one", threads=1)
    sweep(source, tmp_path / "three", threads=3)
    assert tables(tmp_path / "one") == tables(tmp_path / "three")

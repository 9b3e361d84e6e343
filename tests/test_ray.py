"""Ray for real: a local cluster of two workers, one of which is killed in mid-run."""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from raw_samples import card
from ray_driver import BATCH, CANNOT, DAY, MARKED
from test_batches import OPEN

from osaid_audit.batches import audit_batch, schema
from osaid_audit.batches.ray import audit_dataset, audit_table
from osaid_audit.errors import UsageError

ROOT = Path(__file__).resolve().parents[1]
ROWS = 96
LIMIT = 240
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DISABLE_IMPORT_WARNING": "1",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_enable_metrics_collection": "0",
}


def models():
    """Rows of every sort: open, restricted, unread, unreadable; the marked one late in its task."""
    for at in range(ROWS):
        name = MARKED if at == 5 * BATCH else f"org/model-{at}"
        row = {**OPEN, "id": name, "reply": OPEN["reply"].replace("org/model", name)}
        if at % 4 == 1:
            row["card"] = card(f"A model for schools, number {at}.", license="cc-by-nc-4.0")
        elif at % 4 == 2:
            row["card"] = None
        elif at % 4 == 3:
            row["reply"] = "{"
        yield row


def rows_of(table):
    return sorted(table.to_pylist(), key=lambda row: row["id"])


def processes_of(folder):
    """Processes of this machine whose command line names the folder: those that the run has started."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in line and int(place.name) != os.getpid():
            found.append(int(place.name))
    return found


def end(folder, within):
    """The processes still there after so many seconds; whatever remains is killed."""
    last = time.monotonic() + within
    while (left := processes_of(folder)) and time.monotonic() < last:
        time.sleep(0.2)
    for pid in left:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return left


@pytest.fixture
def place():
    """A folder with a short path: Ray's sockets lie in it."""
    folder = Path(tempfile.mkdtemp(prefix="ray-"))
    yield folder
    end(folder, 0)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray (extra 'ray') is not installed")
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="without /proc no worker can be watched")
def test_a_worker_killed_in_mid_run_loses_no_row_and_doubles_none(place):
    table = pa.Table.from_pylist(list(models()))
    pq.write_table(table, place / "models.parquet")
    env = {
        **os.environ,
        **QUIET,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}",
        "RAY_TMPDIR": str(place),
    }
    command = [sys.executable, str(ROOT / "tests" / "ray_driver.py"), str(place)]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LIMIT, check=False)
    if ran.returncode == CANNOT:
        pytest.skip(f"no Ray cluster can be started here: {ran.stdout.strip()}")
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    expected = [row for each in table.to_batches() for row in audit_batch(each, as_of=DAY).to_pylist()]
    expected.sort(key=lambda row: row["id"])
    for name in ("outcomes", "killed"):
        found = pq.read_table(place / name)
        assert found.schema.equals(schema()), name
        assert rows_of(found) == expected, name
    assert told["held_before_the_kill"]
    assert told["killed"] in told["worked"]
    assert len(set(told["worked"]) - {told["driver"]}) >= 2
    assert "The table has no column 'id'." in told["fault"]
    assert end(place, 15) == []


def test_a_table_in_pieces_is_a_table():
    pieces = pa.concat_tables(pa.Table.from_pylist([{**OPEN, "id": f"a/{at}"}]) for at in range(3))
    found = audit_table(pieces, as_of=DAY)
    assert [row["id"] for row in found.to_pylist()] == ["a/0", "a/1", "a/2"]
    assert audit_table(pieces.slice(0, 0), as_of=DAY).schema == schema()


def test_without_ray_the_next_step_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setitem(sys.modules, "ray.data", None)
    with pytest.raises(UsageError) as caught:
        audit_dataset(None)
    assert "pip install 'osaid-audit[ray]'" in caught.value.hint


def test_a_wrong_option_is_told_before_anything_runs():
    pytest.importorskip("ray", reason="Ray (extra 'ray') is not installed")

    class Dataset:
        map_batches = None  # whoever calls it gets another error

    with pytest.raises(UsageError, match="osaid"):
        audit_dataset(Dataset(), frameworks=["osaid"])
    with pytest.raises(UsageError, match="is not a day"):
        audit_dataset(Dataset(), as_of="soon")

"""A run of Ray in a process of its own: `python tests/ray_driver.py FOLDER`, used by test_ray.

FOLDER holds models.parquet and gets outcomes/ (by the example) and killed/ (with a worker killed in mid-run).
Prints one JSON line; ends with 77 when no cluster can be started here.
"""

import importlib.util
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CANNOT = 77
DAY = "2026-06-01"
MARKED = "org/marked"
BATCH = 8


def start(place: Path) -> None:
    """A cluster of this machine alone, small, silent, without a dashboard or statistics."""
    import ray

    try:
        ray.init(
            num_cpus=2,
            object_store_memory=100_000_000,
            include_dashboard=False,
            log_to_driver=False,
            _temp_dir=str(place),
            _node_ip_address="127.0.0.1",
        )
    except Exception as error:  # noqa: BLE001 - no memory, no ports: this machine cannot run it
        print(f"{type(error).__name__}: {str(error)[:300]}")
        sys.exit(CANNOT)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False


def marking(folder: str):
    """A step behind the audit, in its process: tells which worked, holds the first at the marked row."""

    def mark(table):
        place = Path(folder)
        (place / f"worked-{os.getpid()}").touch()
        if MARKED in table.column("id").to_pylist():
            try:
                with (place / "held").open("x") as held:
                    held.write(str(os.getpid()))
            except FileExistsError:
                return table
            (place / "held").rename(place / "victim")
            (place / "held").touch()
            time.sleep(120)
        return table

    return mark


def kill(folder: Path, told: dict) -> None:
    """Kill the process that is held at the marked row, as a machine that loses power would."""
    end = time.monotonic() + 60
    while not (folder / "victim").exists() and time.monotonic() < end:
        time.sleep(0.05)
    pid = int((folder / "victim").read_text())
    told["killed"] = pid
    told["held_before_the_kill"] = Path(f"/proc/{pid}").exists()
    os.kill(pid, signal.SIGKILL)


def with_a_kill(folder: Path) -> dict:
    """The same audit while one worker dies."""
    import ray

    from osaid_audit.batches.ray import audit_dataset

    marks = folder / "marks"
    marks.mkdir()
    told: dict = {"driver": os.getpid()}
    killer = threading.Thread(target=kill, args=(marks, told), daemon=True)
    killer.start()
    models = ray.data.read_parquet(str(folder / "models.parquet"))
    audited = audit_dataset(models, as_of=DAY, batch_size=BATCH, block_size=3 * BATCH)
    marked = audited.map_batches(marking(str(marks)), batch_format="pyarrow", batch_size=BATCH)
    marked.write_parquet(str(folder / "killed"))
    killer.join(5)
    told["worked"] = sorted(int(each.name.split("-")[1]) for each in marks.glob("worked-*"))
    return told


def with_a_fault(folder: Path) -> str:
    """What is told of a table that has no ids."""
    import ray

    from osaid_audit.batches.ray import audit_dataset

    models = ray.data.read_parquet(str(folder / "models.parquet")).drop_columns(["id"])
    try:
        audit_dataset(models, as_of=DAY).materialize()
    except Exception as error:  # noqa: BLE001 - whatever comes is what the user sees
        return f"{type(error).__name__}: {error}"
    return ""


def main(folder: Path) -> None:
    """The example as it stands, then the run with a kill."""
    start(folder / "r")
    import ray

    spec = importlib.util.spec_from_file_location("example", ROOT / "examples" / "ray" / "audit.py")
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    begin = time.monotonic()
    example.run(str(folder / "models.parquet"), str(folder / "outcomes"), DAY)
    told = {"example_seconds": round(time.monotonic() - begin, 1), **with_a_kill(folder)}
    told["fault"] = with_a_fault(folder)
    ray.shutdown()
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

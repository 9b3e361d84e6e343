"""`make bench`: what a row of a batch costs, on one process and on two, over cards like those of the Hub.

    PYTHONPATH=tests python -m tools.bench_batches [ROWS] [--write FILE.parquet]

The cards are those of ../shared/corpus where it is there, else a few made-up ones; each is made anew by a line
of its own, so that no memory answers for it. A third of the rows bring a license text. Prints a table.
"""

import argparse
import json
import multiprocessing
import os
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from osaid_audit.batches import audit_batch

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
DAY = "2026-06-01"
BATCH = 100
HUB = 3_000_000
MADE_UP = [
    "---\nlicense: apache-2.0\n---\n# A model\n\nIt was trained on public web pages by a school.\n"
    + "More. " * 300,
    "---\nlicense: cc-by-nc-4.0\nbase_model: org/base\n---\n# A tune\n\nFor research purposes only.\n" * 3,
]


def cards() -> list[tuple[str, str]]:
    """Real cards with their ids, or made-up ones."""
    found = sorted(CORPUS.glob("*/README.md")) if CORPUS.is_dir() else []
    real = [
        (each.parent.name.replace("__", "/"), each.read_text("utf-8", errors="replace")) for each in found
    ]
    return real or [(f"org/model-{at}", text) for at, text in enumerate(MADE_UP)]


def table(rows: int) -> pa.Table:
    """Rows with a reply, a card, and for a third of them a license text."""
    known = CORPUS.parent / "licenses-set" / "spdx" / "Apache-2.0.txt"
    apache = known.read_text("utf-8") if known.is_file() else "Licensed under the Apache License 2.0.\n" * 200
    made = []
    for at, (name, card) in enumerate(islice(cycle(cards()), rows)):
        licensed = at % 3 == 0
        names = ["model.safetensors", "config.json", "README.md", *(["LICENSE"] if licensed else [])]
        reply = {
            "id": name,
            "gated": False,
            "cardData": {},
            "siblings": [{"rfilename": each} for each in names],
        }
        files = [{"path": "LICENSE", "text": f"{apache}\n"}] if licensed else []
        text = f"{card}\n\nRow {at} of this table.\n"
        made.append({"id": name, "reply": json.dumps(reply), "card": text, "files": files})
    return pa.Table.from_pylist(made)


def audited(batch: pa.RecordBatch) -> tuple[int, float]:
    """How many rows got an answer, and the CPU seconds that took."""
    start = time.process_time()
    answered = audit_batch(batch, as_of=DAY).column("problem").null_count
    return answered, time.process_time() - start


def measure(batches: list[pa.RecordBatch], processes: int) -> tuple[float, float]:
    """Wall and CPU seconds for all batches; starting the processes and reading the rules are left out."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(audited, [batches[0].slice(0, 5)] * processes * 2, chunksize=1)
        start = time.perf_counter()
        done = list(pool.imap_unordered(audited, batches))
        seconds = time.perf_counter() - start
    if sum(rows for rows, _ in done) != sum(each.num_rows for each in batches):
        raise SystemExit("bench: rows without an answer")
    return seconds, sum(cpu for _, cpu in done)


def main() -> None:
    """Measure, and say what it means for the Hub."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int, nargs="?", default=2000)
    parser.add_argument("--write", type=Path, help="only write the table")
    asked = parser.parse_args()
    rows = table(asked.rows)
    if asked.write:
        pq.write_table(rows, asked.write, row_group_size=max(1, asked.rows // 8))
        return
    batches = rows.to_batches(max_chunksize=BATCH)
    size = sum(len(each) for each in rows.column("card").to_pylist()) / asked.rows
    print(f"{asked.rows} rows, {size / 1000:.1f} kB of card each, load {os.getloadavg()[0]:.1f}")
    for processes in (1, 2):
        seconds, cpu = measure(batches, processes)
        each = cpu / asked.rows
        print(
            f"{processes} process(es): {asked.rows / seconds:5.1f} rows/s, {1000 * each:5.1f} ms of CPU a row,"
            f" {1e6 * each / size:4.2f} ms a kB; 3 M such rows: {each * HUB / 3600:4.1f} core-hours"
        )


if __name__ == "__main__":
    sys.exit(main())

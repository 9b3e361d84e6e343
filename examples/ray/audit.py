"""Audit a table of models on Ray.

    python examples/ray/audit.py models.parquet outcomes/ 2026-11-22

On one machine this uses every core; on a cluster run it with `ray job submit`, and give addresses that every
node can read (s3://, gs://, a shared folder).
"""

import sys

import ray

from osaid_audit.batches.ray import audit_dataset


def run(source: str, target: str, day: str) -> None:
    """Read parquet, audit row by row, write parquet."""
    models = ray.data.read_parquet(source)
    audit_dataset(models, as_of=day).write_parquet(target)


if __name__ == "__main__":
    run(*sys.argv[1:4])

"""The contract over a Ray dataset: Ray shares the batches out, and tries again what a lost worker had.

Needs the extra `ray`. Nothing here schedules, waits or counts: that is Ray's work.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from osaid_audit.batches.contract import Rules, as_of_day, audit_batch, schema
from osaid_audit.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

_INSTALL = "pip install 'osaid-audit[ray]'"
BATCH = 64
"""Rows of one batch, some two seconds of work; more would only wait in memory."""
BLOCK = 512
"""Rows of one task, some 15 seconds of work: what a lost worker costs. Ray itself cuts by bytes, and a small
file of cards is hours of work for one core."""


def audit_dataset(
    dataset: "Dataset",
    *,
    rules: Rules = None,
    frameworks: Sequence[str] | None = None,
    as_of: str | None = None,
    batch_size: int = BATCH,
    block_size: int = BLOCK,
    concurrency: int | None = None,
) -> "Dataset":
    """The outcomes of a dataset whose columns are those of `audit_batch`; lazy, as Ray's datasets are.

    batch_size   rows that are handed over at once
    block_size   rows of one task, which are done again when its worker is lost
    concurrency  tasks at once; as many as the cluster has cores by default
    Options are checked here, before anything runs: raises like `audit_batch`, and UsageError without Ray.
    What a worker raises comes back as Ray's error, with ours as its cause.
    """
    try:
        import ray.data  # noqa: F401, PLC0415 - an extra, and heavy
    except ImportError as error:
        raise UsageError("Ray is not installed.", "Run: {command}", command=_INSTALL) from error
    schema(rules=rules, frameworks=frameworks)
    day = as_of_day(as_of)  # one for the whole run, however many midnights it sees
    options: dict[str, Any] = {"rules": rules, "frameworks": frameworks, "as_of": day}
    return dataset.repartition(target_num_rows_per_block=block_size).map_batches(
        audit_table,
        batch_format="pyarrow",
        batch_size=batch_size,
        zero_copy_batch=True,
        fn_kwargs=options,
        concurrency=concurrency,
    )


def audit_table(table: "pa.Table", **options: Any) -> "pa.Table":
    """`audit_batch` for the tables that Ray hands over."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, and heavy

    columns = schema(rules=options.get("rules"), frameworks=options.get("frameworks"))
    return pa.Table.from_batches([audit_batch(each, **options) for each in table.to_batches()], columns)

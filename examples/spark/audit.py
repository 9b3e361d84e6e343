"""Audit a table of models on Spark.

    spark-submit examples/spark/audit.py models.parquet outcomes/ 2026-11-22

Every executor needs Python 3.11 or newer with osaid-audit and pyarrow; PYSPARK_PYTHON names it.
"""

import sys
from collections.abc import Iterator

import pyarrow as pa
from pyspark.sql import SparkSession

from osaid_audit.batches import audit_batch, schema


def run(source: str, target: str, day: str) -> None:
    """Read parquet, audit row by row, write parquet."""

    def audit(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield audit_batch(batch, as_of=day)

    spark = SparkSession.builder.appName("osaid-audit").getOrCreate()
    columns = ", ".join(f"`{name}` string" for name in schema().names)
    models = spark.read.parquet(source)
    models.mapInArrow(audit, columns).write.mode("errorifexists").parquet(target)
    spark.stop()


if __name__ == "__main__":
    run(*sys.argv[1:4])

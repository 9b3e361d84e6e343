"""Batches of models whose texts are at hand -> batches of outcomes, for engines that share work out.

audit_batch   pyarrow.RecordBatch -> pyarrow.RecordBatch, row by row; no network, no state, any process
schema        the columns it answers with
audit_dataset (in `batches.ray`) the same over a Ray dataset; for Spark see docs/scale.md

What is judged, and by which code, is that of a single audit: `gather.assemble`, then the rules. Here only the
door differs. docs/decisions/0013-batches.md says why.
"""

from osaid_audit.batches.contract import audit_batch, schema

__all__ = ["audit_batch", "schema"]

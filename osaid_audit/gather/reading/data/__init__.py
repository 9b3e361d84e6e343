"""The training data: what is named, what is told, and through a whole lineage."""

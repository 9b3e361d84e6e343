"""Cells -> a parquet file, some rows at a time."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from osaid_audit.errors import UsageError
from osaid_audit.render.safe import prose

_AT_ONCE = 1000


def check() -> None:
    """Raise UsageError when the extra is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415 - heavy, and an extra
    except ImportError as error:
        raise UsageError(
            "To write parquet, pyarrow is needed.", "Run: pip install 'osaid-audit[parquet]'"
        ) from error


class Parquet:
    """A file under way; it is whole once it is closed. Texts, and `booleans` by name."""

    def __init__(self, path: Path, columns: Sequence[str], booleans: frozenset[str]) -> None:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and an extra
        from pyarrow import parquet  # noqa: PLC0415

        kinds = [(name, pa.bool_() if name in booleans else pa.string()) for name in columns]
        self._schema: pa.Schema = pa.schema(kinds)
        self._writer: Any = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Mapping[str, str | bool | None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, cells: Mapping[str, str | bool | None]) -> None:
        """One row."""
        self._rows.append(
            {name: prose(cell) if isinstance(cell, str) else cell for name, cell in cells.items()}
        )
        if len(self._rows) >= _AT_ONCE:
            self._flush()

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa  # noqa: PLC0415

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

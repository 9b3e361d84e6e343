"""The manifest: what a table was made from, what it holds, and that the rows add up."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, NonNegativeInt, ValidationError

from osaid_audit.errors import InternalError
from osaid_audit.schema.base import Record
from osaid_audit.schema.dossier import Tool
from osaid_audit.schema.report import RulesVersion
from osaid_audit.schema.sweep import InputFile, Summary
from osaid_audit.sweep.owning import MANIFEST, TABLE
from osaid_audit.sweep.places import Places, finish_text
from osaid_audit.sweep.shards import is_finished

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MAX_BYTES = 16_000_000


class Part(Record):
    """A file of the table."""

    name: str = Field(description="in the folder of the table")
    rows: NonNegativeInt = Field(description="how many rows it has")


class Manifest(Record):
    """What `manifest.json` says. It is written last: where it is, the table beside it is whole."""

    schema_version: Literal["1"] = "1"
    tool: Tool = Field(description="the program")
    key: str = Field(description="of the outcomes: the same input, rules, norms and day give the same key")
    inputs: tuple[InputFile, ...] = Field(description="the files of the dump")
    rules: RulesVersion = Field(description="the rule set that judged")
    frameworks: tuple[str, ...] = Field(description="the norms that were asked")
    as_of: str = Field(description="the day of judgement, YYYY-MM-DD")
    columns: tuple[str, ...] = Field(description="columns of the dump that were read")
    table: str = Field(default=f"{TABLE}/*.parquet", description="where the table is, from here")
    parts: tuple[Part, ...] = Field(description="its files, in the order of the input")
    rows: NonNegativeInt = Field(description="rows of the table: one for each row of the input")
    judged: NonNegativeInt = Field(description="rows with outcomes")
    unread: NonNegativeInt = Field(description="rows that name no model, and have none")

    def check(self) -> None:
        """Raise InternalError unless every row of the input is in the table, judged or named unread."""
        given = sum(each.rows for each in self.inputs)
        parts = sum(each.rows for each in self.parts)
        if not given == parts == self.rows == self.judged + self.unread:
            raise InternalError(
                f"{given} rows came in, {parts} are in the table, {self.judged} judged, {self.unread} unread."
            )


def write(path: Path, record: Record) -> None:
    """A record as JSON, whole or not at all."""
    data = record.model_dump(mode="json", exclude_none=True)
    finish_text(path, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def finished(connection: "DuckDBPyConnection", places: Places) -> Summary | None:
    """What an earlier run with this key found, when all it wrote is there."""
    try:
        manifest = Manifest.model_validate_json(_read(places.out / MANIFEST))
        summary = Summary.model_validate_json(_read(places.out / "summary.json"))
        names = {each.name for each in places.table.iterdir()}
    except (OSError, ValidationError):
        return None
    whole = all(is_finished(connection, places.table / each.name, each.rows) for each in manifest.parts)
    same = manifest.key == places.key and names == {each.name for each in manifest.parts}
    return summary if same and whole else None


def _read(path: Path) -> str:
    with path.open(encoding="utf-8") as stream:
        return stream.read(_MAX_BYTES)

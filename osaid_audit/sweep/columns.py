"""Which column of a dump holds what, and the SQL that brings every spelling of it to one form.

A dump has the columns of the Hub's reply, some missing: a missing one is a fact nobody knows. The types of
columns differ from dump to dump (a text of JSON here, a struct there); the forms below are the same for all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from osaid_audit.errors import UnreadableInput, UsageError
from osaid_audit.sweep import database
from osaid_audit.sweep.kinds import NAMES, check, fields_of, is_count, is_empty, near, phrase
from osaid_audit.sweep.paths import shown

MAX_CELL = 2_000_000
"""Characters of one cell that are read; a card's metadata has some hundred, a config some thousand."""
MAX_FILES = 20_000
"""Files of one list that are read; of a longer one nothing is known: some readers look at pairs of files."""
CELLS = {"cardData": "card", "config": "config", "safetensors": "st", "gguf": "gguf"}
"""The columns that hold JSON, and their names in `FORM`."""


@dataclass(frozen=True)
class Columns:
    """The columns of one file: ours -> its name there, and ours -> its DuckDB type."""

    theirs: Mapping[str, str]
    types: Mapping[str, str]

    @classmethod
    def of(
        cls, types: Mapping[str, str], mapping: Mapping[str, str] | None = None, file: object = "the input"
    ) -> "Columns":
        """The columns of a file from its DuckDB types by name.

        mapping  ours -> theirs, as `mapping_of` reads it
        Raises UsageError for a mapped column that the file lacks, and UnreadableInput when it has no ids or a
        column has a type that cannot hold what it is for.
        """
        named = {**{name: name for name in NAMES if name in types}, **(mapping or {})}
        lacking = next((theirs for theirs in named.values() if theirs not in types), None)
        if lacking is not None:
            raise UsageError(
                "'{file}' has no column '{column}'.",
                near(lacking, types),
                file=shown(file),
                column=phrase(lacking),
            )
        if "id" not in named:
            raise UnreadableInput(
                "'{file}' has no column 'id'.",
                "Name the column with the models' ids in a table for --columns.",
                file=shown(file),
            )
        for name, theirs in named.items():
            check(name, theirs, types[theirs], file)
        return cls(named, {name: types[theirs] for name, theirs in named.items()})

    def ours(self) -> "Columns":
        """The same in a relation that calls them by our names."""
        return Columns({name: name for name in self.theirs}, self.types)

    @property
    def written(self) -> tuple[str, ...]:
        """Those of CELLS that hold JSON as somebody wrote it, in one of many spellings; a struct has one."""
        return tuple(
            name
            for ours, name in CELLS.items()
            if self._has(ours) and self.types[ours] in {"VARCHAR", "JSON"}
        )

    def select(self, relation: str) -> str:
        """A query that gives every row of the relation in one form: `FORM` names its columns."""
        return f"select row, {', '.join(f'{sql} as {name}' for name, sql in self._forms())} from {relation}"

    def _forms(self) -> Iterator[tuple[str, str]]:
        yield "id", self._text("id")
        yield "model_id", self._text("modelId")
        yield "created", self._time("createdAt")
        yield "modified", self._time("lastModified")
        for ours, name in CELLS.items():
            yield name, self._json(ours)
        yield "tags", self._tags()
        yield from zip(("paths", "sizes"), self._files(), strict=True)
        yield "library", self._text("library_name")
        yield "task", self._text("pipeline_tag")
        yield "gated", self._gated()
        yield "downloads", self._count()

    def _text(self, ours: str) -> str:
        return self._column(ours) if self._has(ours) else "null::varchar"

    def _time(self, ours: str) -> str:
        """As the Hub writes a moment, in UTC."""
        if not self._has(ours):
            return "null::varchar"
        kind, column = self.types[ours], self._column(ours)
        if kind == "DATE":
            return f"strftime({column}, '%Y-%m-%d')"
        if kind.startswith("TIMESTAMP"):
            moment = f"timezone('UTC', {column})" if "TIME ZONE" in kind else f"{column}::timestamp"
            return f"strftime({moment}, '%Y-%m-%dT%H:%M:%S.%gZ')"
        return column

    def _json(self, ours: str) -> str:
        """A text of JSON, or of none: the empty text stands for a cell that is too long to be read."""
        if not self._has(ours):
            return "null::varchar"
        kind, column = self.types[ours], self._column(ours)
        text = column if kind == "VARCHAR" else f"to_json({column})::varchar"
        if kind.startswith("STRUCT("):  # a struct has every field: one of another row is null here
            text = f"json_merge_patch('{{}}', to_json({column}))::varchar"
        return f"case when length({text}) > {MAX_CELL} then '' else {text} end"

    def _tags(self) -> str:
        if not self._has("tags"):
            return "null::varchar[]"
        column = self._column("tags")
        if self.types["tags"].endswith("[]"):
            return f"{column}::varchar[]"
        return (
            f"case when length({column}) <= {MAX_CELL} and json_valid({column}::varchar)"
            f" and json_type({column}) = 'ARRAY' then list_transform(json_extract({column}, '$[*]'),"
            " lambda x: case when json_type(x) = 'VARCHAR' then json_extract_string(x, '$') end) end"
        )

    def _files(self) -> tuple[str, str]:
        """The paths, null where an entry has none that can be read, and the sizes where any are given."""
        if not self._has("siblings"):
            return "null::varchar[]", "null::bigint[]"
        kind, column = self.types["siblings"], self._column("siblings")
        if kind in {"JSON", "VARCHAR"}:
            entries = _ENTRIES.format(column=column, most=MAX_CELL, files=MAX_FILES)
            return _each(entries, _PATH_OF_JSON), _each(entries, _SIZE_OF_JSON)
        inner = fields_of(kind)
        if not inner:
            return f"{_whole(column)}::varchar[]", "null::bigint[]"
        column = _whole(column)
        sizes = []
        if is_count(inner.get("size", "")):
            sizes.append("case when x.size >= 0 then try_cast(x.size as bigint) end")
        if is_count(fields_of(inner.get("lfs", "")).get("size", "")):
            sizes.append("case when x.lfs.size >= 0 then try_cast(x.lfs.size as bigint) end")
        size = _each(column, f"coalesce({', '.join(sizes)})") if sizes else "null::bigint[]"
        return _each(column, "x.rfilename" if "rfilename" in inner else "x.path"), size

    def _gated(self) -> str:
        if not self._has("gated"):
            return "null::varchar"
        kind, column = self.types["gated"], self._column("gated")
        text = f"trim({column}::varchar, '\"')" if kind == "JSON" else f"{column}::varchar"
        asks = f"when {text} in ('auto', 'manual') then {text}"
        return f"case when {text} in ('false', 'False') then 'no' {asks} end"

    def _count(self) -> str:
        """A whole number; of one with a fraction nobody knows which whole one was meant."""
        if not self._has("downloads"):
            return "null::bigint"
        column = self._column("downloads")
        whole = f"try_cast({column} as bigint)"
        return (
            whole
            if is_count(self.types["downloads"])
            else f"case when {column} = floor({column}) then {whole} end"
        )

    def _has(self, ours: str) -> bool:
        """Whether there is such a column with anything in it: one of nulls alone has no type."""
        return ours in self.theirs and not is_empty(self.types[ours])

    def _column(self, ours: str) -> str:
        return database.name(self.theirs[ours])


FORM = (
    *("row", "id", "model_id", "created", "modified", "card", "config", "st", "gguf"),
    *("tags", "paths", "sizes", "library", "task", "gated", "downloads"),
)
"""The columns of `Columns.select`."""
_ENTRIES = (
    "case when length({column}) <= {most} and json_valid({column}::varchar) and json_type({column}) = 'ARRAY'"
    " and json_array_length({column}) <= {files} then json_extract({column}, '$[*]') end"
)
_PATH_OF_JSON = """case when json_type(x) = 'VARCHAR' then json_extract_string(x, '$')
 when json_type(x, '$.rfilename') = 'VARCHAR' then json_extract_string(x, '$.rfilename')
 when json_type(x, '$.rfilename') is null and json_type(x, '$.path') = 'VARCHAR'
 then json_extract_string(x, '$.path') end"""
_SIZE_OF_JSON = """coalesce(
 case when json_type(x, '$.size') = 'UBIGINT' then try_cast(json_extract_string(x, '$.size') as bigint) end,
 case when json_type(x, '$.lfs.size') = 'UBIGINT'
 then try_cast(json_extract_string(x, '$.lfs.size') as bigint) end)"""


def _whole(files: str) -> str:
    return f"(case when len({files}) <= {MAX_FILES} then {files} end)"


def _each(items: str, value: str) -> str:
    return f"list_transform({items}, lambda x: {value})"

"""The third pass: facts, with what bases hand on -> outcomes, each distinct evidence judged once."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from osaid_audit.evaluate import Judge, RuleSet
from osaid_audit.schema.base import FactValue
from osaid_audit.sweep.database import fetched, name, parquet, text
from osaid_audit.sweep.waits import Waits

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

AGE, CHANGED = "subject.days_since_change", "subject.last_modified"
NO_ID = "no id"
"""What the column `problem` says of a row that names no model; such a row has no outcomes."""
_LINEAGE = "lineage."
_CARRIED = ("named_license", "created", "library")
_LONGEST_ID = 200
"""Characters; the Hub's own limit is 96 for each of the two parts."""
_NAMED = f"(joined.id is not null and trim(joined.id) <> '' and length(joined.id) <= {_LONGEST_ID})"
OPEN_RULES, OPEN_FACTS, UNREAD = "open_rules", "open_facts", "unread"
"""Under these names a part notes what its undetermined labels wait for, and which rows name no model."""
_ROWS = f"""select nullif(left(joined.id, {_LONGEST_ID}), '') as id, n, {", ".join(_CARRIED)}, inherited,
  downloads, case when not {_NAMED} then {text(NO_ID)} end as problem
from joined left join (select n, unnest(rows) as row from evidence) using (row) order by joined.row"""
_SHOWN = 10
_BATCH = 20_000


class Court:
    """The judge of one run, and what it needs of the database.

    own        columns of the facts as they were read
    inherited  columns of the facts that bases hand on
    day        the day of judgement, from which the age of a model counts
    """

    def __init__(
        self,
        ruleset: RuleSet,
        frameworks: Sequence[str],
        own: Sequence[str],
        inherited: Sequence[str],
        day: str | None,
    ) -> None:
        self.judge = Judge(ruleset, frameworks)
        self._waits = Waits(ruleset, self.judge)
        columns = _Columns(frozenset(own), frozenset(inherited), day)
        sources = {fact: columns.source(fact) for fact in self.judge.facts}
        self._facts = {fact: source for fact, source in sources.items() if source}
        self._base_breaks = columns.source("lineage.restricted") or "null::boolean"
        self._answers: dict[tuple[str, ...], int] = {}

    def answers(self, connection: "DuckDBPyConnection", facts: Path) -> tuple[str, dict[str, str]]:
        """The query for the table's rows of one shard, in the order of the input, and what to note of them.

        Lays its evidence into the tables `joined` and `evidence`, and the rows into the view `answers`.
        """
        self._gather(connection, facts)
        self._tell(connection, self._judge(connection))
        waits = self._waits
        noted = {OPEN_RULES: waits.rules, OPEN_FACTS: waits.facts, UNREAD: _unread(connection)}
        return "select * from answers", {
            key: json.dumps(value, sort_keys=True) for key, value in noted.items()
        }

    def _gather(self, connection: "DuckDBPyConnection", facts: Path) -> None:
        """`joined`: each row with the facts asked for; `evidence`: each combination once, numbered."""
        asked = "".join(f", {source} as {name(fact)}" for fact, source in self._facts.items())
        carried = ", ".join(f"own.{each}" for each in (*_CARRIED, "downloads"))
        connection.execute(
            f"create or replace temp table joined as select own.row, own.id, {carried},"
            f" {self._base_breaks} as inherited{asked}"
            f" from {parquet(facts)} own left join inherited on inherited.key = own.key"
        )
        named = "".join(f"{name(fact)}, " for fact in self._facts)
        connection.execute(
            "create or replace temp table evidence as select row_number() over () - 1 as n, * from"
            f" (select {named}list(row) as rows from joined where {_NAMED} group by all)"
        )

    def _judge(self, connection: "DuckDBPyConnection") -> "pa.Array":
        """For each evidence, by its number, which of the answers so far it has."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        given: list[int] = []
        self._waits.clear()
        for values, models in _evidence(connection, tuple(self._facts)):
            row = self.judge(values)
            given.append(self._answers.setdefault(row, len(self._answers)))
            self._waits.count(row, values, models)
        return pa.array(given, pa.int32())

    def _tell(self, connection: "DuckDBPyConnection", given: "pa.Array") -> None:
        """`answers`: the rows in the order of the input. Answers are few, so columns of them are numbers."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        rows = connection.sql(_ROWS).to_arrow_table()
        places = given.take(rows["n"].combine_chunks())
        told = {"id": rows["id"]}
        for at, column in enumerate(self.judge.columns):
            known = pa.array([row[at] for row in self._answers], pa.string())
            told[column] = pa.DictionaryArray.from_arrays(places, known)
        told |= {each: rows[each] for each in (*_CARRIED, "inherited", "downloads", "problem")}
        connection.register("answers", pa.table(told))


class _Columns(NamedTuple):
    """Where each fact comes from: the model's own reply, its bases, or the calendar."""

    own: frozenset[str]
    inherited: frozenset[str]
    day: str | None

    def source(self, fact: str) -> str | None:
        """The SQL for it; None when no model of this dump can have it."""
        if fact == AGE:
            return self._age()
        own = f"own.{name(fact)}" if fact in self.own else None
        base = f"inherited.{name(fact)}" if fact in self.inherited else None
        if own is None or base is None:
            return own or base
        if fact.startswith(_LINEAGE):
            return f"coalesce({base}, {own})"
        return f"case when {own} then true else coalesce({base}, {own}) end"

    def _age(self) -> str | None:
        """Whole days from the last change to the day of judgement, as a single audit counts them."""
        if self.day is None or CHANGED not in self.own:
            return None
        then = f"try_cast(left(own.{name(CHANGED)}, 10) as date)"
        days = f"date_diff('day', {then}, date {text(self.day)})"
        return f"case when {days} >= 0 then {days} end"


def _unread(connection: "DuckDBPyConnection") -> dict[str, Any]:
    """How many rows name no model, and the positions of the first of them."""
    query = f"select count(*), list(row order by row)[:{_SHOWN}] from joined where not {_NAMED}"
    count, rows = fetched(connection, query)[0]
    return {"n": count, "rows": rows or []}


def _evidence(
    connection: "DuckDBPyConnection", facts: Sequence[str]
) -> Iterator[tuple[dict[str, FactValue], int]]:
    """Each distinct evidence in the order of its number: the facts, absent ones left out; its models."""
    named = "".join(f"{name(fact)}, " for fact in facts)
    found = connection.execute(f"select {named}len(rows) from evidence order by n")
    while rows := found.fetchmany(_BATCH):
        for row in rows:
            told = zip(facts, row[:-1], strict=True)
            yield {fact: _value(value) for fact, value in told if value is not None}, row[-1]


def _value(value: Any) -> FactValue:
    return tuple(value) if isinstance(value, list) else value

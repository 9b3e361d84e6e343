"""The third pass: facts, with what bases hand on -> outcomes, each distinct evidence judged once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from osaid_audit.evaluate import Judge, RuleSet
from osaid_audit.schema.base import FactValue
from osaid_audit.sweep.database import name, parquet, text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AGE, CHANGED = "subject.days_since_change", "subject.last_modified"
NO_ID = "no id"
"""What the column `problem` says of a row that names no model; such a row has no outcomes."""
_LINEAGE = "lineage."
_CARRIED = ("named_license", "created", "library")
_NAMED = "(joined.id is not null)"
OPEN_FACTS, UNREAD = "open_facts", "unread"
"""Under these names a part notes of how many models a fact is wanting, and which rows name no model."""
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
        self.waits = Waits.of(ruleset, self.judge)
        columns = _Columns(frozenset(own), frozenset(inherited), day)
        sources = {fact: columns.source(fact) for fact in self.judge.facts}
        self._facts = {fact: source for fact, source in sources.items() if source}
        self._base_breaks = columns.source("lineage.restricted") or "false"
        self._answers: dict[tuple[str, ...], int] = {}

    def answers(self, connection: "DuckDBPyConnection", facts: Path) -> tuple[str, dict[str, str]]:
        """The query for the table's rows of one shard, in the order of the input, and what to note of them.

        Lays its evidence into the tables `joined` and `evidence`, and the view `answers`.
        """
        self._gather(connection, facts)
        self._judge(connection)
        noted = {OPEN_FACTS: self._missing(connection), UNREAD: _unread(connection)}
        return self._rows(), {key: json.dumps(value) for key, value in noted.items()}

    def _gather(self, connection: "DuckDBPyConnection", facts: Path) -> None:
        """`joined`: each row with the facts that are asked for; `evidence`: each combination once, numbered."""
        asked = "".join(f", {source} as {name(fact)}" for fact, source in self._facts.items())
        carried = ", ".join(f"own.{each}" for each in (*_CARRIED, "downloads"))
        connection.execute(
            f"create or replace temp table joined as select own.row, own.id, {carried},"
            f" coalesce({self._base_breaks}, false) as inherited{asked}"
            f" from {parquet(facts)} own left join inherited on inherited.key = own.key"
        )
        named = "".join(f"{name(fact)}, " for fact in self._facts)
        connection.execute(
            "create or replace temp table evidence as select row_number() over () - 1 as n, * from"
            f" (select {named}count(*) as models from joined where {_NAMED} group by all)"
        )

    def _judge(self, connection: "DuckDBPyConnection") -> None:
        """`answers`: for each evidence its outcomes, by its number."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        given: list[int] = []
        for values in _evidence(connection, tuple(self._facts)):
            row = self.judge(values)
            given.append(self._answers.setdefault(row, len(self._answers)))
        numbers = pa.table({"n": pa.array(range(len(given)), pa.int64()), "a": pa.array(given, pa.int64())})
        known = {
            column: pa.array([row[at] for row in self._answers], pa.string())
            for at, column in enumerate(self.judge.columns)
        }
        listed = pa.table({"a": pa.array(range(len(self._answers)), pa.int64()), **known})
        connection.register("numbered", numbers)
        connection.register("listed", listed)

    def _rows(self) -> str:
        same = " and ".join(
            f"joined.{name(fact)} is not distinct from evidence.{name(fact)}" for fact in self._facts
        )
        columns = ", ".join(f"listed.{name(column)}" for column in self.judge.columns)
        carried = ", ".join(f"joined.{each}" for each in _CARRIED)
        return (
            f"select joined.id, {columns}, {carried}, joined.inherited, joined.downloads,"
            f" case when not ({_NAMED}) then {text(NO_ID)} end as problem from joined"
            f" left join evidence on {_NAMED}{f' and {same}' if same else ''}"
            " left join numbered using (n) left join listed using (a) order by joined.row"
        )

    def _missing(self, connection: "DuckDBPyConnection") -> dict[str, int]:
        """Of how many undetermined models each fact is not known that a decision waits for."""
        absent = {fact: _absent(fact, self._facts) for fact in self.waits.facts}
        if not absent:
            return {}
        counted = ", ".join(f"coalesce(sum(models) filter ({each}), 0)" for each in absent.values())
        found = connection.execute(
            f"select {counted} from evidence join numbered using (n) join listed using (a)"
            " where label = 'undetermined'"
        ).fetchone()
        return {fact: int(count) for fact, count in zip(absent, found or (), strict=True) if count}


class Waits(NamedTuple):
    """What an undetermined label waits for: rules, and the facts that their answers want."""

    rules: tuple[str, ...]
    facts: tuple[str, ...]

    @classmethod
    def of(cls, ruleset: RuleSet, judge: Judge) -> "Waits":
        """Those of the rungs that nobody climbs in the dark."""
        from osaid_audit.evaluate import cel  # noqa: PLC0415 - compiles the conditions
        from osaid_audit.evaluate.report import LABEL_FRAMEWORK  # noqa: PLC0415

        rungs = (each for each in ruleset.framework(LABEL_FRAMEWORK).rungs if each.if_unknown)
        rules = tuple(dict.fromkeys(rule for rung in rungs for rule in rung.needs))
        conditions = (each for rule in rules for each in ruleset.rule(rule).met)
        named = dict.fromkeys(fact for each in conditions for fact in cel.compile(each).names)
        return cls(rules, tuple(fact for fact in named if fact in judge.facts))


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
    found = connection.execute(
        f"select count(*), list(row order by row)[:{_SHOWN}] from joined where not {_NAMED}"
    ).fetchone()
    count, rows = found or (0, None)
    return {"n": count, "rows": rows or []}


def _absent(fact: str, known: Mapping[str, str]) -> str:
    return f"{name(fact)} is null" if fact in known else "true"


def _evidence(connection: "DuckDBPyConnection", facts: Sequence[str]) -> Iterator[dict[str, FactValue]]:
    """The facts of each distinct evidence in the order of its number; absent ones left out."""
    named = "".join(f"{name(fact)}, " for fact in facts)
    found = connection.execute(f"select {named}n from evidence order by n")
    while rows := found.fetchmany(_BATCH):
        for row in rows:
            yield {
                fact: _value(value)
                for fact, value in zip(facts, row[:-1], strict=True)
                if value is not None
            }


def _value(value: Any) -> FactValue:
    return tuple(value) if isinstance(value, list) else value

"""The summary: a table of outcomes in figures, counted in SQL."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from osaid_audit.evaluate import RuleSet
from osaid_audit.schema.base import Outcome, Text
from osaid_audit.schema.sweep import FactCount, LabelShare, LicenseShare, Norm, RuleCount, Unread
from osaid_audit.sweep.database import fetched, name, parquet, text
from osaid_audit.sweep.judging import OPEN_FACTS, OPEN_RULES, UNREAD, Court
from osaid_audit.sweep.shards import notes

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LIBRARIES, _LICENSES = 15, 25
_FIRST_YEAR = 2000
_SHOWN = 10
_UNDETERMINED = "label = 'undetermined'"
_TERMS = (
    "case when weights_license = 'not_met' then 'own' when inherited then 'inherited'"
    f" when {_UNDETERMINED} then 'undetermined' else 'rest' end"
)
_NO_ID = Text(
    en="the row has no id, or one that is too long: it names no model",
    fr="la ligne n'a pas d'identifiant, ou un trop long : elle ne nomme aucun modèle",
)


class Table(NamedTuple):
    """The finished parts of a table, to be counted.

    newest  the last day on which a model changed, when that is known
    day     the day of judgement
    """

    connection: "DuckDBPyConnection"
    parts: tuple[Path, ...]
    ruleset: RuleSet
    court: Court
    newest: str | None
    day: str

    def figures(self) -> dict[str, Any]:
        """The counts of a `Summary`, by the names of its fields."""
        return {
            "labels": self._counts("label"),
            "at_most": self._counts("label_at_most", _UNDETERMINED),
            "inherited": int(self._rows("select count(*) from {table} where inherited")[0][0]),
            "years": tuple(self._years()),
            "libraries": tuple(self._shares("library", _LIBRARIES, "label")),
            "licenses": tuple(self._licenses()),
            "open_rules": self._told(self._total(OPEN_RULES)),
            "open_facts": tuple(FactCount(fact=fact, n=n) for fact, n in self._total(OPEN_FACTS)),
            "not_met": self._told(self._not_met()),
            "unread": tuple(self._unread()),
        }

    def norms(self, frameworks: Iterable[str]) -> tuple[Norm, ...]:
        """The frameworks that were asked, with their verdicts."""
        found = (self.ruleset.framework(each) for each in frameworks)
        return tuple(
            Norm(id=each.id, version=each.version, title=each.title, verdicts=self._verdicts(each.id))
            for each in found
        )

    def repeated(self) -> int:
        """How many rows have an id that stands further up."""
        return int(self._rows("select count(*) - count(distinct lower(id)) from {table}")[0][0])

    def _verdicts(self, framework: str) -> dict[str, int]:
        column = self.court.judge.verdicts.get(framework)
        return self._counts(column) if column else {}

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer to a query of ours, with the judged rows put in for `{table}`."""
        table = f"(select * from {parquet(*self.parts)} where problem is null)"
        return fetched(self.connection, query.replace("{table}", table))

    def _counts(self, column: str, where: str = "true") -> dict[str, int]:
        query = f"select {name(column)}, count(*) from {{table}} where {where} group by 1 order by 1"
        return dict(self._rows(query))

    def _told(self, found: Iterable[tuple[str, int]]) -> tuple[RuleCount, ...]:
        return tuple(RuleCount(rule=rule, title=self.ruleset.rule(rule).title, n=n) for rule, n in found)

    def _not_met(self) -> list[tuple[str, int]]:
        rules = self.court.judge.rules
        counted = (f"count(*) filter ({name(rules[rule])} = {text(Outcome.NOT_MET.value)})" for rule in rules)
        found = zip(rules, self._rows(f"select {', '.join(counted)} from {{table}}")[0], strict=True)
        return _most({rule: n for rule, n in found if n})

    def _total(self, key: str) -> list[tuple[str, int]]:
        """What the parts noted under that key, added up."""
        total: Counter[str] = Counter()
        for note in self._noted(key):
            total.update(note)
        return _most(total)

    def _years(self) -> Iterator[LabelShare]:
        """A year that cannot be is not known: whoever writes a dump could name thousands."""
        known = f"year(created) between {_FIRST_YEAR} and {int(self.day[:4])}"
        found = self._rows(
            f"select case when {known} then year(created) end as year, label, count(*) from {{table}}"
            " group by all order by year nulls last, label"
        )
        for year, counts in _grouped(((year,), word, n) for year, word, n in found).items():
            yield LabelShare(name=None if year[0] is None else str(year[0]), labels=counts)

    def _shares(self, column: str, most: int, by: str) -> Iterator[LabelShare]:
        for (shown, others), counts in self._frequent(column, most, by):
            yield LabelShare(name=shown, others=others, labels=counts)

    def _licenses(self) -> Iterator[LicenseShare]:
        for (shown, others), counts in self._frequent("named_license", _LICENSES, _TERMS):
            yield LicenseShare(name=shown, others=others, **counts)

    def _frequent(self, column: str, most: int, by: str) -> Iterator[tuple[Any, dict[str, int]]]:
        """The most frequent values, the rest as one, the models without any; models of each by some word."""
        found = self._rows(
            f"with counted as (select {column} as value, {by} as word, count(*) as n from {{table}}"
            " group by all),"
            " ranked as (select value, sum(n) as models from counted where value is not null"
            f" group by value order by models desc, value limit {most}),"
            " rest as (select count(distinct value) - (select count(*) from ranked) as names from counted)"
            " select case when models is not null then value end as shown,"
            " case when models is null and value is not null then (select names from rest)"
            " else 0 end as others,"
            " word, sum(n)::bigint, max(models) as weight"
            " from counted left join ranked using (value) group by shown, others, word"
            " order by others > 0, shown is null, weight desc, shown, word"
        )
        yield from _grouped(((shown, others), word, n) for shown, others, word, n, _ in found).items()

    def _unread(self) -> Iterator[Unread]:
        noted = list(self._noted(UNREAD))
        if count := sum(each["n"] for each in noted):
            rows = sorted(row for each in noted for row in each["rows"])
            yield Unread(why=_NO_ID, n=count, rows=tuple(rows[:_SHOWN]))

    def _noted(self, key: str) -> Iterator[Any]:
        for part in self.parts:
            yield json.loads(notes(self.connection, part)[key])


def _most(found: Mapping[str, int]) -> list[tuple[str, int]]:
    """The most frequent first."""
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def _grouped(rows: Iterable[tuple[tuple[Any, ...], str, int]]) -> dict[Any, dict[str, int]]:
    """The counts by word of each group, in the order in which the groups come."""
    found: dict[Any, dict[str, int]] = {}
    for group, word, count in rows:
        found.setdefault(group, {})[word] = count
    return found

"""The first pass over one shard: rows of a dump -> the table `own`."""

from collections.abc import Callable
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from osaid_audit.sweep.columns import Columns
from osaid_audit.sweep.facts import asking, statements
from osaid_audit.sweep.facts.names import OWN

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST = 400_000
"""Answers of one family that are remembered: whoever writes a dump chooses how many there are."""
_FLAG = {"answer": "BOOLEAN"}
_SHAPES = {"terms": "VARCHAR", "leads": "VARCHAR", "configs": "VARCHAR", "empty": "BOOLEAN", "small": "BOOLEAN"}
_ORIGIN = {
    **dict.fromkeys(("declared", "unread", "leads", "converts", "doubt"), "BOOLEAN"),
    **dict.fromkeys(("bases", "lead_names"), "VARCHAR[]"),
}
_FAMILIES: dict[str, tuple[Callable[[str], asking.Answer], dict[str, str]]] = {
    "files": (asking.files, {**{name: OWN[name] for name in statements.FAMILIES["f"]}, **_SHAPES}),
    "origin": (asking.origin, _ORIGIN),
    "terms": (asking.terms, {name: OWN[name] for name in statements.FAMILIES["te"]}),
    "things": (asking.things, {**{name: OWN[name] for name in statements.FAMILIES["th"]}, "counted": "VARCHAR"}),
    "data": (asking.data, _FLAG),
    "named": (asking.named, {"answer": "VARCHAR"}),
    "names": (asking.unknown_name, _FLAG),
    "links": (asking.unknown_link, _FLAG),
    "tasks": (asking.task, _FLAG),
    "moments": (asking.moment, _FLAG),
}


class Cases:
    """What the readers have answered, so that a later shard asks only for what is new.

    asked  how many different cases of each family the readers were asked about
    """

    def __init__(self) -> None:
        self.asked = dict.fromkeys(_FAMILIES, 0)
        self._known: dict[str, dict[bytes, asking.Answer]] = {name: {} for name in _FAMILIES}

    def answer(self, family: str, cases: list[str]) -> list[asking.Answer]:
        """The answers to these cases, in their order."""
        ask, _ = _FAMILIES[family]
        known = self._known[family]
        found = []
        for case in cases:
            place = blake2b(case.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            answer = known.get(place)
            if answer is None:
                answer = ask(case)
                self.asked[family] += 1
                if len(known) >= _MOST:
                    known.clear()
                known[place] = answer
            found.append(answer)
        return found


def own_facts(connection: "DuckDBPyConnection", relation: str, columns: Columns, cases: Cases) -> None:
    """Make the table `own` (`OWN`) of a relation that has `row` and the dump's columns."""
    run = connection.execute
    run(statements.pieces(columns.select(relation)))
    run(statements.files())
    _ask(connection, cases, "files", "select distinct asked from sweep_files")
    _ask(connection, cases, "named", statements.named())
    run(statements.origin())
    _ask(connection, cases, "origin", "select distinct asked from sweep_origin")
    run(_ORIGINS)
    _ask(connection, cases, "names", statements.unknown_names())
    _ask(connection, cases, "links", statements.unknown_links())
    run(statements.terms())
    _ask(connection, cases, "terms", "select distinct asked from sweep_terms")
    run(statements.things())
    _ask(connection, cases, "things", "select distinct asked from sweep_things")
    run(statements.data())
    _ask(connection, cases, "data", "select distinct asked from sweep_data")
    _ask(connection, cases, "tasks", "select distinct task from sweep_pieces where task is not null")
    _ask(connection, cases, "moments", statements.moments())
    run(statements.own())
    for table in _TABLES:
        run(f"drop table {table}")


_ORIGINS = f"""create or replace temp table sweep_origins as
select c.row, a.declared, coalesce(c.bases, a.bases) as bases, a.unread, a.leads, a.converts,
  case when c.plainly then list_transform(a.lead_names, lambda x: case when x = '{statements.OTHER}' then c.called
    else x end) else a.lead_names end as lead_names,
  a.doubt or coalesce(f."weights.needs_base", false) or f.small as doubt
from sweep_origin c join sweep_origin_answers a on a.asked = c.asked
join sweep_pieces p on p.row = c.row join sweep_files l using (listing) join sweep_files_answers f on f.asked = l.asked"""
_TABLES = (
    *("sweep_pieces", "sweep_files", "sweep_origin", "sweep_origins", "sweep_terms", "sweep_things", "sweep_data"),
    *(f"sweep_{family}_answers" for family in _FAMILIES),
)


def _ask(connection: "DuckDBPyConnection", cases: Cases, family: str, query: str) -> None:
    """Ask the readers about each case of the query, and put the answers into a table."""
    asked = [case for (case,) in connection.execute(query).fetchall()]
    _, columns = _FAMILIES[family]
    table = _table(asked, cases.answer(family, asked), columns)
    connection.register("sweep_answered", table)
    connection.execute(f"create or replace temp table sweep_{family}_answers as select * from sweep_answered")
    connection.unregister("sweep_answered")


def _table(asked: list[str], answers: list[asking.Answer], columns: dict[str, str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kinds = {"BOOLEAN": pa.bool_(), "BIGINT": pa.int64(), "VARCHAR": pa.string(), "VARCHAR[]": pa.list_(pa.string())}
    made = {"asked": pa.array(asked, pa.string())}
    for name, kind in columns.items():
        made[name] = pa.array([each.get(name) for each in answers], kinds[kind])
    return pa.table(made)

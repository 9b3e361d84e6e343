"""The first pass over one shard: rows of a dump -> the view `own`."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from osaid_audit.sweep.columns import Columns
from osaid_audit.sweep.facts import asking, bases, cases, joined, listings, pieces
from osaid_audit.sweep.facts.names import OWN
from osaid_audit.sweep.facts.reply import spelt_anew

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST = 400_000
"""Answers of one family that are remembered: whoever writes a dump chooses how many there are."""
_TOO_MUCH = 2**63
_FLAG = {"answer": "BOOLEAN"}
_SHAPES = {
    "terms": "VARCHAR",
    "leads": "VARCHAR",
    "configs": "VARCHAR",
    "empty": "BOOLEAN",
    "small": "BOOLEAN",
}
_ORIGIN = {
    **dict.fromkeys(("declared", "unread", "leads", "converts", "doubt"), "BOOLEAN"),
    **dict.fromkeys(("bases", "lead_names"), "VARCHAR[]"),
}
_NOTHING_KNOWN: dict[str, asking.Answer] = {
    "files": {"terms": "0", "leads": "0", "configs": "u", "empty": False, "small": True},
    "origin": {
        "bases": (),
        "unread": True,
        "leads": True,
        "lead_names": (),
        "converts": False,
        "doubt": True,
    },
    "named": {"answer": "?"},
}
"""What a family answers to a case that it cannot read, where another family needs an answer: any base may be
behind such a model, and any license on it."""
_FAMILIES: dict[str, tuple[Callable[[str], asking.Answer], dict[str, str]]] = {
    "paths": (asking.path, {"stand": "VARCHAR", "step": "BOOLEAN"}),
    "files": (asking.files, {**{name: OWN[name] for name in joined.FAMILIES["f"]}, **_SHAPES}),
    "origin": (asking.origin, _ORIGIN),
    "terms": (asking.terms, {name: OWN[name] for name in joined.FAMILIES["te"]}),
    "things": (
        asking.things,
        {**{name: OWN[name] for name in joined.FAMILIES["th"]}, "counted": "VARCHAR"},
    ),
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

    def expect(self, rows: int) -> None:
        """So many rows are about to be read."""

    def forget(self) -> None:
        """No more rows are to be read: lineage needs the room."""
        for known in self._known.values():
            known.clear()

    def answer(self, family: str, texts: list[str]) -> list[asking.Answer]:
        """The answers to these cases, in their order."""
        known = self._known[family]
        places = [blake2b(case.encode("utf-8", "surrogatepass"), digest_size=16).digest() for case in texts]
        new = {place: case for place, case in zip(places, texts, strict=True) if place not in known}
        told = dict(zip(new, self.read(family, list(new.values())), strict=True))
        self.asked[family] += len(new)
        found = [told[place] if place in told else known[place] for place in places]
        if len(known) + len(told) > _MOST:
            known.clear()
        known.update(told)
        return found

    def read(self, family: str, texts: Sequence[str]) -> list[asking.Answer]:
        """The readers' answers to cases that are new."""
        return list(map(reader(family), texts))


def reader(family: str) -> Callable[[str], asking.Answer]:
    """What answers one case of that family.

    A case at which the readers fail leaves its facts absent and stops nothing: whoever writes a dump may know
    of a failure that we do not. Raises MemoryError alone, which is no matter of one case.
    """

    def read(case: str) -> asking.Answer:
        try:
            return _FAMILIES[family][0](case)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - nothing in one row may end a sweep of millions
            return dict(_NOTHING_KNOWN.get(family, {}))

    return read


def own_facts(connection: "DuckDBPyConnection", relation: str, columns: Columns, memory: Cases) -> None:
    """Make the view `own` (`OWN`) of a relation that has `row` and the dump's columns.

    A view, as it is read once: `drop_own` lets go of the tables behind it.
    """
    run = connection.execute
    _take_apart(connection, columns.select(relation), columns.written)
    run(listings.lists())
    run(listings.words())
    _ask(connection, memory, "paths", "select distinct plain from sweep_words")
    run(listings.files())
    _ask(connection, memory, "files", "select distinct asked from sweep_files")
    run(listings.listed())
    _ask(connection, memory, "named", bases.named())
    run(bases.origin())
    _ask(connection, memory, "origin", "select distinct asked from sweep_origin")
    run(bases.origins())
    _ask(connection, memory, "names", cases.unknown_names())
    _ask(connection, memory, "links", cases.unknown_links())
    run(cases.terms())
    _ask(connection, memory, "terms", "select distinct asked from sweep_terms")
    run(cases.things())
    _ask(connection, memory, "things", "select distinct asked from sweep_things")
    run(cases.data())
    _ask(connection, memory, "data", "select distinct asked from sweep_data")
    _ask(connection, memory, "tasks", "select distinct task from sweep_pieces where task is not null")
    _ask(connection, memory, "moments", joined.moments())
    run(joined.own())


def drop_own(connection: "DuckDBPyConnection") -> None:
    """Drop the view `own` with all behind it."""
    connection.execute("drop view own")
    for table in _TABLES:
        connection.execute(f"drop table {table}")


_TABLES = (
    *(
        "sweep_pieces",
        "sweep_lists",
        "sweep_words",
        "sweep_files",
        "sweep_listed",
        "sweep_origin",
        "sweep_origins",
        "sweep_terms",
        "sweep_things",
        "sweep_data",
    ),
    *(f"sweep_{family}_answers" for family in _FAMILIES),
)


def _take_apart(connection: "DuckDBPyConnection", form: str, written: tuple[str, ...]) -> None:
    """Make `sweep_pieces`; cells that DuckDB reads otherwise than a single audit are spelt anew first."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    run = connection.execute
    run(pieces.pieces(form, written))
    if run("select 1 from sweep_pieces where again limit 1").fetchone() is None:
        return
    found = run(pieces.to_spell(written)).fetchall()
    columns = {"row": pa.array([row[0] for row in found], pa.int64())}
    for at, name in enumerate(written, start=1):
        columns[name] = pa.array([spelt_anew(row[at]) for row in found], pa.string())
    connection.register("sweep_spelt", pa.table(columns))
    for statement in pieces.again(written):
        run(statement)
    connection.unregister("sweep_spelt")


def _ask(connection: "DuckDBPyConnection", memory: Cases, family: str, query: str) -> None:
    """Ask the readers about each case of the query, and put the answers into a table."""
    asked = [case for (case,) in connection.execute(query).fetchall()]
    _, columns = _FAMILIES[family]
    table = _table(asked, memory.answer(family, asked), columns)
    connection.register("sweep_answered", table)
    connection.execute(f"create or replace temp table sweep_{family}_answers as select * from sweep_answered")
    connection.unregister("sweep_answered")


def _table(asked: list[str], answers: list[asking.Answer], columns: dict[str, str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kinds = {
        "BOOLEAN": pa.bool_(),
        "BIGINT": pa.int64(),
        "VARCHAR": pa.string(),
        "VARCHAR[]": pa.list_(pa.string()),
    }
    made = {"asked": pa.array(asked, pa.string())}
    for name, kind in columns.items():
        values = [each.get(name) for each in answers]
        if kind == "BIGINT":  # a sum of sizes may be beyond any number of a table
            values = [value if value is None or abs(value) < _TOO_MUCH else None for value in values]
        made[name] = pa.array(values, kinds[kind])
    return pa.table(made)

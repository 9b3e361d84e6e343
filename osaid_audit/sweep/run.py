"""One sweep from the dump to the published table: each pass, and what of an earlier run can be used again."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from osaid_audit.evaluate import RuleSet, load
from osaid_audit.evaluate.report import DEFAULT_FRAMEWORKS, LABEL_FRAMEWORK
from osaid_audit.messages import Lang
from osaid_audit.schema.days import day_of
from osaid_audit.schema.sweep import Summary
from osaid_audit.sweep import keys
from osaid_audit.sweep.asked import Asked
from osaid_audit.sweep.columns import Columns
from osaid_audit.sweep.counting import Table
from osaid_audit.sweep.database import check_bounds, fetched, name, opened, parquet, text
from osaid_audit.sweep.dump import DumpFile, Shard, cut, described, digest, paths_of, stamp_of
from osaid_audit.sweep.facts import OWN, Cases, drop_own, own_facts
from osaid_audit.sweep.faults import interruptible, need_extra, reading, writing
from osaid_audit.sweep.judging import CHANGED, Court
from osaid_audit.sweep.lineage import COLUMNS, Lineage
from osaid_audit.sweep.manifest import finished
from osaid_audit.sweep.mapping import mapping_of
from osaid_audit.sweep.places import Places, Progress, held, spill
from osaid_audit.sweep.publishing import page, publish
from osaid_audit.sweep.shards import PASSING, is_finished, store
from osaid_audit.sweep.worker import seldom_collected
from osaid_audit.sweep.workers import shared

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_INHERITED = "inherited.parquet"


def sweep(
    dump: Path | Sequence[Path],
    out: Path,
    *,
    columns: Path | None = None,
    frameworks: Sequence[str] | None = None,
    rules: RuleSet | Path | None = None,
    as_of: str | None = None,
    memory: int | None = None,
    threads: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    lang: Lang = "en",
) -> Summary:
    """Judge every model of a dump, from its row alone, into a folder; what it found, in figures.

    dump        parquet, one row per model, with columns of the Hub's reply; several files are one dump
    out         the folder for `outcomes/*.parquet`, `summary.html`, `summary.json`, `manifest.json`
    columns     a TOML file that says which column is which
    frameworks  ids; osaid-1.0 and g7-2026 by default, and g7-2026 in any case
    rules       a rule set, or a folder with rules of one's own
    as_of       the day of judgement, YYYY-MM-DD; by default the last day on which a model of the dump changed
    memory      megabytes that the database may use
    threads     cores that may be used; as many as the machine has if not said
    progress    told now and then how far the run has come
    lang        the language of the page

    The same command again goes on where the last run ended, whatever ended it; only one may run on a folder.
    Raises UsageError for a wrong call, UnreadableInput for a broken file, CannotAudit when the disk is full
    or the memory too small.
    """
    need_extra()
    check_bounds(memory, threads)
    ruleset = rules if isinstance(rules, RuleSet) else load(rules)
    norms = tuple(dict.fromkeys((LABEL_FRAMEWORK, *(frameworks or DEFAULT_FRAMEWORKS))))
    asked = Asked(
        ruleset, norms, None if as_of is None else day_of(as_of), columns, lang, progress or _silent
    )
    for norm in norms:
        ruleset.framework(norm)
    paths, folder = paths_of(dump), Path(out).absolute()
    key = keys.of_facts(columns)
    with (
        interruptible(),
        seldom_collected(),
        held(folder, paths),
        opened(paths, folder, spill(folder), memory=memory, threads=threads) as connection,
    ):
        files = _described(connection, paths, asked)
        with shared(threads) as cases:
            return _Run(connection, files, folder, asked, key, cases).go()


@dataclass
class _Run:
    """The passes of one sweep."""

    connection: "DuckDBPyConnection"
    files: tuple[DumpFile, ...]
    folder: Path
    asked: Asked
    key: str
    cases: Cases

    def go(self) -> Summary:
        """All passes; what an earlier run finished is not made again."""
        columns = self._columns()
        shards = cut(self.files)
        dump = keys.of_dump(self.files)
        places = Places(self.folder, dump, self.key)
        facts = self._read(shards, columns, places)
        self.cases.forget()
        self._inherit(facts, places)
        newest = self._newest(facts)
        day = self.asked.day or newest
        ruleset, norms = self.asked.ruleset, self.asked.frameworks
        places = places.of(keys.of_outcomes(dump, self.key, ruleset, norms, day))
        known = finished(self.connection, places)
        if known is not None:
            with writing(self.folder):
                page(known, self.folder, self.asked.lang)
            return known
        court = self._court(day)
        parts = self._judge(court, shards, facts, places)
        table = Table(self.connection, parts, ruleset, court, newest, day or _today())
        with writing(self.folder):
            summary = publish(table, places, self.asked, columns, self.files)
            places.prune()
        return summary

    def _columns(self) -> dict[Path, Columns]:
        mapping = mapping_of(self.asked.columns) if self.asked.columns else None
        return {each.path: Columns.of(each.types, mapping, each.path) for each in self.files}

    def _read(self, shards: Sequence[Shard], columns: dict[Path, Columns], places: Places) -> list[Path]:
        """Pass 1: the facts of each row, from the row alone; in no order, as who needs one sorts by `row`."""
        with writing(self.folder):
            places.facts.mkdir(parents=True, exist_ok=True)
        counter = _Counter(self.asked.progress, "facts", shards)
        paths = [places.facts / f"{shard.number:05}.parquet" for shard in shards]
        for shard, path in zip(shards, paths, strict=True):
            if is_finished(self.connection, path, shard.rows):
                counter.found(shard.rows)
                continue
            self.cases.expect(shard.rows)
            with reading(shard.file.path):
                self.connection.execute(_source(shard, columns[shard.file.path]))
                own_facts(self.connection, "source", columns[shard.file.path].ours(), self.cases)
            with writing(self.folder):
                store(self.connection, "select * from own", path, shard.rows, {}, packed=PASSING)
                drop_own(self.connection)
            shard.file.check_unchanged()
            counter.made(shard.rows)
        return paths

    def _inherit(self, facts: Sequence[Path], places: Places) -> None:
        """Pass 2: the view `inherited`, of what bases in the dump hand on."""
        path = places.facts / _INHERITED
        with writing(self.folder):
            if not is_finished(self.connection, path, None):
                lineage, used = Lineage(), ", ".join(map(name, COLUMNS))
                for each in facts:
                    query = f"select {used} from {parquet(each)} order by row"
                    lineage.add(self.connection.sql(query).to_arrow_table())
                self.connection.register("handed_on", lineage.inherited())
                store(self.connection, "select * from handed_on", path, None, {})
                self.connection.unregister("handed_on")
            self.connection.execute(f"create or replace view inherited as select * from {parquet(path)}")

    def _newest(self, facts: Sequence[Path]) -> str | None:
        """The last day on which a model changed; a day to come is nobody's day."""
        day = f"left({name(CHANGED)}, 10)"
        query = (
            f"select max({day}) from {parquet(*facts)} where try_cast({day} as date) is not null"
            f" and {day} <= {text(_today())}"
        )
        found: str | None = fetched(self.connection, query)[0][0]
        return found

    def _court(self, day: str | None) -> Court:
        inherited = [str(each[0]) for each in fetched(self.connection, "describe inherited")]
        return Court(self.asked.ruleset, self.asked.frameworks, tuple(OWN), inherited, day)

    def _judge(
        self, court: Court, shards: Sequence[Shard], facts: Sequence[Path], places: Places
    ) -> tuple[Path, ...]:
        """Pass 3: the outcomes of each row."""
        with writing(self.folder):
            places.reclaim()
            places.outcomes.mkdir(parents=True, exist_ok=True)
        counter = _Counter(self.asked.progress, "judge", shards)
        paths = tuple(places.outcomes / places.part(shard.number) for shard in shards)
        for shard, own, path in zip(shards, facts, paths, strict=True):
            if is_finished(self.connection, path, shard.rows):
                counter.found(shard.rows)
                continue
            with writing(self.folder):
                query, notes = court.answers(self.connection, own)
                store(self.connection, query, path, shard.rows, notes)
            counter.made(shard.rows)
        return paths


class _Counter:
    """Tells how many rows of a pass are done."""

    def __init__(self, tell: Callable[[Progress], None], stage: str, shards: Sequence[Shard]) -> None:
        self._tell, self._stage = tell, stage
        self._done, self._found, self._total = 0, 0, sum(each.rows for each in shards)
        self.made(0)

    def found(self, rows: int) -> None:
        """An earlier run had made them."""
        self._found += rows
        self.made(rows)

    def made(self, rows: int) -> None:
        """They are made."""
        self._done += rows
        self._tell(Progress(self._stage, self._done, self._total, self._found))


def _described(connection: "DuckDBPyConnection", paths: Sequence[Path], asked: Asked) -> tuple[DumpFile, ...]:
    total = sum(stamp_of(path).size for path in paths)
    told = digest(paths, lambda done: asked.progress(Progress("digest", done, total)))
    digests = [(path, *each) for path, each in zip(paths, told, strict=True)]
    return described(connection, digests)


def _source(shard: Shard, columns: Columns) -> str:
    """The view `source`: the rows of a shard with their position, and the columns in use under our names.

    None of these is `row`, whatever columns are called in the dump.
    """
    used = ", ".join(f"{name(theirs)} as {name(ours)}" for ours, theirs in columns.theirs.items())
    return (
        f"create or replace temp view source as select file_row_number + {shard.file.first} as row, {used}"
        f" from {parquet(shard.file.path, numbered=True)}"
        f" where file_row_number >= {shard.begin} and file_row_number < {shard.end}"
    )


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def _silent(_: Progress) -> None:
    """Nobody watches."""

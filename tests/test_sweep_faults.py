"""A sweep on broken input, a full disk, too little memory: one clear sentence, no finished part lost."""

import base64
import os
import resource
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from door import osaid_audit
from sweep_dump import dump, rows, tables, write

from osaid_audit.errors import CannotAudit, InternalError, UnreadableInput, UsageError
from osaid_audit.sweep import dump as dumps
from osaid_audit.sweep import run as running
from osaid_audit.sweep import sweep
from osaid_audit.sweep.database import fetched, opened
from osaid_audit.sweep.owning import MARKER

duckdb = pytest.importorskip("duckdb")

LARGE = 10_000_000


@pytest.fixture
def small_shards(monkeypatch):
    monkeypatch.setattr(dumps, "SHARD", 25)


def whole(tmp_path: Path) -> bytes:
    return dump(tmp_path / "whole.parquet", 20).read_bytes()


def encrypted(path: Path, *, plain_footer: bool) -> None:
    encryption = pytest.importorskip("pyarrow.parquet.encryption")

    class Keys(encryption.KmsClient):
        def wrap_key(self, key, _name):
            return base64.b64encode(key)

        def unwrap_key(self, key, _name):
            return base64.b64decode(key)

    factory = encryption.CryptoFactory(lambda _: Keys())
    how = encryption.EncryptionConfiguration(
        footer_key="f", column_keys={"c": ["id"]}, plaintext_footer=plain_footer
    )
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), how)
    table = pa.table({"id": ["a/b"], "cardData": ["{}"]})
    with pq.ParquetWriter(path, table.schema, encryption_properties=properties) as writer:
        writer.write_table(table)


def damaged(data: bytes, at: int, length: int = 40) -> bytes:
    return data[:at] + b"\xff" * length + data[at + length :]


BROKEN = {
    "cut off": (lambda path: path.write_bytes(whole(path.parent)[:-30]), "no parquet, or cut off"),
    "half": (lambda path: path.write_bytes(whole(path.parent)[:900]), "no parquet, or cut off"),
    "text": (lambda path: path.write_text("id\na/b\n"), "no parquet, or cut off"),
    "three bytes": (lambda path: path.write_bytes(b"PAR"), "no parquet, or cut off"),
    "only marks": (lambda path: path.write_bytes(b"PAR1PAR1"), "cannot be read as a dump"),
    "empty": (lambda path: path.touch(), "it is empty"),
    "folder": (Path.mkdir, "is a folder"),
    "missing": (lambda _: None, "There is no file"),
    "hidden": (lambda path: encrypted(path, plain_footer=False), "encrypted"),
    "half hidden": (lambda path: encrypted(path, plain_footer=True), "encrypted"),
    "pages": (lambda path: path.write_bytes(damaged(whole(path.parent), 30)), "cannot be read as a dump"),
    "footer": (lambda path: path.write_bytes(damaged(whole(path.parent), -90)), "cannot be read as a dump"),
    "id is a list": (lambda path: write(path, {"id": [["a/b"]]}), "'id' has the type VARCHAR[]"),
    "siblings are numbers": (
        lambda path: write(path, {"id": ["a/b"], "siblings": [1]}),
        "'siblings' has the type BIGINT",
    ),
    "no id": (lambda path: write(path, {"name": ["a/b"]}), "no column 'id'"),
    "our column": (
        lambda path: write(path, {"id": ["a/b"], "file_row_number": [7]}),
        "a column is called 'file_row_number'",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_3_with_the_file_named_when_it_is_broken(capsys, tmp_path, fault):
    make, said = BROKEN[fault]
    path = tmp_path / "models.parquet"
    make(path)
    ran = osaid_audit(capsys, "sweep", path, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (3, "")
    error, hint = ran.err.splitlines()
    assert "models.parquet" in error
    assert said in error
    assert len(error) < 300 + len(str(path))
    assert hint.startswith("next: ")
    assert not (tmp_path / "out" / "outcomes").exists()


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_an_error_of_the_file_or_no_harm(tmp_path, seed):
    """Whatever byte is wrong: the file is refused, or read; never a fault of ours."""
    import random

    data, dice = whole(tmp_path), random.Random(seed)
    at = dice.randrange(4, len(data) - 8)
    path = tmp_path / "models.parquet"
    path.write_bytes(data[:at] + dice.randbytes(4) + data[at + 4 :])
    try:
        summary = sweep(path, tmp_path / "out")
    except UnreadableInput as error:
        assert "models.parquet" in str(error)  # noqa: PT017 - both ends are good ones
    else:
        assert summary.rows == sum(part.metadata.num_rows for part in parts(tmp_path / "out"))


def parts(out: Path) -> list[pq.ParquetFile]:
    return [pq.ParquetFile(path) for path in sorted((out / "outcomes").iterdir())]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "No dump was named"),
        (["{dump}", "{dump}"], "named twice"),
        (["{dump}", "--as-of", "tomorrow"], "'tomorrow' is not a day"),
        (["{dump}", "--framework", "osaid-2.0"], "no framework 'osaid-2.0'"),
        (["{dump}", "--rules", "nowhere"], "no folder 'nowhere'"),
        (["{dump}", "--memory", "1"], "--memory"),
    ],
)
def test_2_when_the_call_is_wrong(capsys, tmp_path, arguments, said):
    source = dump(tmp_path / "models.parquet", 3)
    told = [each.format(dump=source) for each in arguments]
    ran = osaid_audit(capsys, "sweep", *told, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("option", "wrong", "right"),
    [("memory", 99, 100), ("memory", 10**14, 10_000_000), ("threads", 257, 2), ("threads", 0, 1)],
)
def test_2_when_a_number_is_out_of_range(capsys, tmp_path, option, wrong, right):
    source = dump(tmp_path / "models.parquet", 3)
    ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out", f"--{option}", str(wrong))
    assert (ran.code, ran.out) == (2, "")
    assert f"--{option}" in ran.err
    with pytest.raises(UsageError, match=f"--{option} is out of range"):
        sweep(source, tmp_path / "out", **{option: wrong})
    assert not (tmp_path / "out").exists()
    assert sweep(source, tmp_path / "out", **{option: right}).models == 3


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no name is other than Unicode")
def test_a_path_that_is_no_unicode_is_said(capsys, tmp_path):
    good = dump(tmp_path / "é.parquet", 3)
    bad = tmp_path / os.fsdecode(b"bad\xff.parquet")
    bad.write_bytes(good.read_bytes())
    link = tmp_path / "link.parquet"
    link.symlink_to(bad)
    for source in (bad, link):
        ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out")
        assert (ran.code, ran.out) == (3, "")
        assert "its path is not valid Unicode" in ran.err
    ran = osaid_audit(capsys, "sweep", good, "-o", tmp_path / os.fsdecode(b"out\xff"))
    assert (ran.code, ran.out) == (2, "")
    assert "its path is not valid Unicode" in ran.err
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([good.name, bad.name, link.name])
    assert sweep(good, tmp_path / "out é").models == 3


@pytest.mark.skipif(os.sep == "\\", reason="a backslash is no part of a name")
def test_a_backslash_is_read_and_refused_only_beside_a_pattern(capsys, tmp_path):
    (tmp_path / "back\\slash").mkdir()
    good = dump(tmp_path / "back\\slash" / "m\\n.parquet", 3)
    assert sweep(good, tmp_path / "out\\s").models == 3
    source = dump(tmp_path / "back\\slash" / "m[1].parquet", 3)
    ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out")
    assert (ran.code, ran.out) == (3, "")
    assert "has a backslash" in ran.err
    ran = osaid_audit(capsys, "sweep", good, "-o", tmp_path / "o[1]\\s")
    assert (ran.code, ran.out) == (2, "")
    assert "has a backslash" in ran.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_regular_file_is_refused_and_not_waited_for(capsys, tmp_path):
    os.mkfifo(tmp_path / "pipe.parquet")
    for source in (tmp_path / "pipe.parquet", Path("/dev/zero")):
        ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out")
        assert (ran.code, ran.out) == (3, "")
        assert "is no regular file" in ran.err
    (tmp_path / "link.parquet").symlink_to(dump(tmp_path / "d.parquet", 3))
    assert sweep(tmp_path / "link.parquet", tmp_path / "out").models == 3


def test_a_path_of_thousands_of_signs_is_cut(capsys, tmp_path):
    source = dump(tmp_path / "d.parquet", 3)
    long = tmp_path / ("x" * 5_000) / "end"
    columns = tmp_path / "map.toml"
    columns.write_text('[columns]\nid = "nobody"\n')
    for named in (
        (long, "-o", tmp_path / "out"),
        (source, "-o", long),
        (source, "-o", tmp_path / "out", "--columns", long),
    ):
        ran = osaid_audit(capsys, "sweep", *named)
        assert ran.code in {2, 3}
        assert "…" in ran.err
        assert "/end'" in ran.err
        assert len(ran.err) < 600
    ran = osaid_audit(capsys, "sweep", source, "-o", tmp_path / "out", "--columns", columns)
    assert str(source) in ran.err


def test_2_when_the_extra_is_not_installed(capsys, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    ran = osaid_audit(capsys, "sweep", dump(tmp_path / "d.parquet", 3), "-o", tmp_path / "out")
    assert ran.code == 2
    assert "duckdb" in ran.err
    assert "pip install 'osaid-audit[sweep]'" in ran.err


def test_a_place_that_is_a_file_is_refused(tmp_path):
    source = dump(tmp_path / "d.parquet", 3)
    with pytest.raises(UsageError, match="cannot be written"):
        sweep(source, source)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(UsageError, match="cannot be written"):
        sweep(dump(tmp_path / "d.parquet", 3), closed / "out")


def test_columns_of_nulls_are_facts_that_are_absent(tmp_path):
    named = ("cardData", "tags", "siblings", "config", "gated", "lastModified", "library_name", "downloads")
    source = write(tmp_path / "d.parquet", {"id": ["a/b", "a/c"], **{name: pa.nulls(2) for name in named}})
    summary = sweep(source, tmp_path / "out")
    assert summary.labels == {"undetermined": 2}
    outcomes = pq.read_table(tmp_path / "out" / "outcomes").select(["weights_license", "weights_present"])
    assert set(outcomes.to_pydict()["weights_license"]) == {"insufficient_evidence"}


def test_cells_of_ten_megabytes_are_not_fatal(tmp_path):
    """What is too long to be read is not known; the models beside it are judged."""
    huge = "x" * LARGE
    card = f'{{"license": "{huge}"}}'
    made = [
        {"id": "a/b", "cardData": card, "siblings": ["README.md"], "library_name": huge, "tags": [huge]},
        {"id": "a/c", "cardData": '{"license": "cc-by-nc-4.0"}', "siblings": [], "library_name": "peft"},
    ]
    summary = sweep(write(tmp_path / "d.parquet", made), tmp_path / "out")
    assert summary.models == 2
    told = pq.read_table(tmp_path / "out" / "outcomes").to_pydict()
    assert told["weights_license"] == ["insufficient_evidence", "not_met"]
    assert (tmp_path / "out" / "summary.html").stat().st_size < 200_000
    assert sum(path.stat().st_size for path in (tmp_path / "out" / "outcomes").iterdir()) < 100_000


def test_text_of_a_dump_is_never_sql_nor_markup(tmp_path):
    hostile = ["a/'; drop table own; --", "{table}", "a/<script>alert(1)</script>", "a/\x1b[31mred", '"']
    made = [
        {"id": each, "library_name": each, "cardData": f'{{"license": "{each[:2]}"}}'} for each in hostile
    ]
    summary = sweep(write(tmp_path / "d.parquet", made), tmp_path / "out")
    assert summary.models == len(hostile)
    assert pq.read_table(tmp_path / "out" / "outcomes").to_pydict()["id"] == hostile
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\x1b" not in page


def test_a_file_that_changes_meanwhile_is_noticed(small_shards, tmp_path):
    source = dump(tmp_path / "d.parquet", 60)

    def change(progress):
        if progress.stage == "facts" and 0 < progress.done < 50:
            os.utime(source, ns=(1, 1))

    with pytest.raises(UnreadableInput, match="changed while it was read"):
        sweep(source, tmp_path / "out", progress=change)


def test_a_fault_of_ours_is_not_blamed_on_the_file(monkeypatch, tmp_path):
    def wrong(connection, *_):
        connection.execute("select no_such_column from source")

    monkeypatch.setattr(running, "own_facts", wrong)
    with pytest.raises(InternalError, match="no_such_column"):
        sweep(dump(tmp_path / "d.parquet", 3), tmp_path / "out")


def test_lost_rows_are_an_error(monkeypatch, tmp_path):
    real = running.own_facts

    def losing(connection, *arguments):
        real(connection, *arguments)
        connection.execute("create temp table lost as select * from own where row <> 1")
        connection.execute("create or replace temp view own as select * from lost")

    monkeypatch.setattr(running, "own_facts", losing)
    with pytest.raises(InternalError, match="3 rows became one of 2"):
        sweep(dump(tmp_path / "d.parquet", 3), tmp_path / "out")


# The disk


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of some hundred kilobytes."""
    place = tmp_path / "tiny"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", place]
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root may mount a file system")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=False)


def test_a_full_disk_is_said_and_what_is_finished_is_kept(capsys, tiny_disk, small_shards, tmp_path):
    source, out = dump(tmp_path / "d.parquet", 300), tiny_disk / "out"
    ran = osaid_audit(capsys, "sweep", source, "-o", out)
    assert (ran.code, ran.out) == (3, "")
    error, hint = ran.err.splitlines()
    assert error == "error: There is no room left on the disk."
    assert "finished parts are kept" in hint
    kept = {path: path.stat().st_ino for path in out.rglob("0*.parquet")}
    assert kept
    assert not list(out.rglob("*.tmp"))
    subprocess.run(["mount", "-o", "remount,size=20m", tiny_disk], check=True)
    assert sweep(source, out).models == 300
    assert {path: path.stat().st_ino for path in kept} == kept
    sweep(source, tmp_path / "elsewhere")
    assert tables(out) == tables(tmp_path / "elsewhere")


@contextmanager
def files_up_to(size: int):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [1, 4_000, 12_000])
def test_a_limit_on_files_is_a_full_disk_too(tmp_path, size):
    """Also when it is met late: by a shard, by the summary, by the manifest."""
    source, out = dump(tmp_path / "d.parquet", 60), tmp_path / "out"
    with files_up_to(size), pytest.raises(CannotAudit, match="no room left"):
        sweep(source, out)
    assert not (out / "manifest.json").exists()
    assert sweep(source, out).models == 60


def test_too_little_memory_is_said(monkeypatch, tmp_path):
    def greedy(connection, *_):
        connection.execute("create table own as select list(range) from range(100000000)")

    monkeypatch.setattr(running, "own_facts", greedy)
    with pytest.raises(CannotAudit, match="memory") as error:
        sweep(dump(tmp_path / "d.parquet", 3), tmp_path / "out", memory=100)
    assert "--memory" in error.value.hint


# The fence


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/hostname')",
        "select * from read_parquet('https://127.0.0.1:9/x.parquet')",
        "copy (select 1) to '{beside}/outside.parquet'",
        "attach '{beside}/outside.db'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
        "set memory_limit = '100GB'",
        "select * from outside",
    ],
)
def test_the_database_reaches_nothing_but_the_dump_and_the_folder(tmp_path, query):
    outside = pa.table({"secret": [1]})  # noqa: F841 - a table of Python that SQL could name
    source, beside = dump(tmp_path / "d.parquet", 3), tmp_path / "beside"
    beside.mkdir()
    with opened([source], tmp_path / "out", tmp_path / "out" / "spill") as connection:
        assert fetched(connection, f"select count(*) from read_parquet('{source}')") == [(3,)]
        with pytest.raises(duckdb.Error):
            connection.execute(query.format(beside=beside))
    assert list(beside.iterdir()) == []


def test_what_spilled_is_gone_afterwards(tmp_path):
    source, out = write(tmp_path / "d.parquet", rows(30)), tmp_path / "out"
    (out / "shards" / "spill").mkdir(parents=True)
    (out / "shards" / "spill" / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"left by a killed run")
    (out / MARKER).touch()
    sweep(source, out)
    assert not (out / "shards" / "spill").exists()

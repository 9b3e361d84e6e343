"""A sweep writes where nobody else does, and removes what it made alone."""

from pathlib import Path

import pytest
from door import osaid_audit
from sweep_dump import dump, tables

from osaid_audit.errors import UsageError
from osaid_audit.sweep import sweep
from osaid_audit.sweep.owning import MARKER

pytest.importorskip("duckdb")


@pytest.fixture
def source(tmp_path):
    return dump(tmp_path / "d.parquet", 3)


def held(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): b"" if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    return path


@pytest.mark.parametrize("there", [False, True])
def test_a_new_folder_and_an_empty_one_become_a_sweeps(source, tmp_path, there):
    out = tmp_path / "deep" / "out"
    if there:
        out.mkdir(parents=True)
    assert sweep(source, out).models == 3
    assert (out / MARKER).is_file()
    assert sweep(source, out).models == 3


@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        "summary.html",
        "thesis.tmp",
        ".hidden",
        "shards/dumps/m.parquet",
        "shards/lock",
        "outcomes/part-00000-0123456789ab.parquet",
    ],
)
def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(capsys, source, tmp_path, name):
    out = tmp_path / "out"
    put(out / name)
    before = held(out)
    ran = osaid_audit(capsys, "sweep", source, "-o", out)
    assert (ran.code, ran.out) == (2, "")
    assert f"it holds '{name.split('/')[0]}'" in ran.err
    assert held(out) == before


def test_a_marker_that_is_a_link_marks_nothing(source, tmp_path):
    sweep(source, tmp_path / "mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / MARKER).symlink_to(tmp_path / "mine" / MARKER)
    with pytest.raises(UsageError, match="not a sweep's"):
        sweep(source, out)
    assert list(out.iterdir()) == [out / MARKER]


def test_a_dump_inside_the_folder_is_refused_and_stays(capsys, tmp_path):
    out = tmp_path / "out"
    sweep(dump(tmp_path / "d.parquet", 3), out)
    inside = dump(out / "shards" / "other.parquet", 3, seed=2)
    linked = tmp_path / "link.parquet"
    linked.symlink_to(inside)
    before = held(out)
    for named in (inside, linked, out / "outcomes" / next(iter(tables(out)))):
        ran = osaid_audit(capsys, "sweep", named, "-o", out)
        assert (ran.code, ran.out) == (2, "")
        assert "which is to be read" in ran.err
    assert held(out) == before


def test_an_empty_name_is_no_folder_and_the_folder_one_is_in_is_as_any_other(
    capsys, monkeypatch, source, tmp_path
):
    monkeypatch.chdir(tmp_path)
    before = held(tmp_path)
    assert osaid_audit(capsys, "sweep", source, "-o", "").code == 2
    assert osaid_audit(capsys, "sweep", source, "-o", ".").code == 2
    assert held(tmp_path) == before
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path / "new")
    assert osaid_audit(capsys, "sweep", source, "-o", "").code == 2
    assert not held(tmp_path / "new")
    assert osaid_audit(capsys, "sweep", source, "-o", ".").code == 0


KEY = "0123456789ab"


def test_in_its_own_folder_too_a_sweep_removes_only_what_sweeps_make(source, tmp_path):
    out = tmp_path / "out"
    sweep(source, out)
    ours = [
        put(out / "shards" / KEY / f"facts-{KEY}" / "00000.parquet"),
        put(out / "shards" / KEY / f"facts-{KEY}" / "inherited.parquet"),
        put(out / "shards" / KEY / f"outcomes-{KEY}" / f"part-00000-{KEY}.parquet"),
        put(out / "shards" / "replaced" / f"part-00000-{KEY}.parquet"),
        put(out / "summary.json.tmp"),
        put(next((out / "shards").glob("*/facts-*")) / "00009.parquet.tmp"),
    ]
    theirs = [
        put(out / "notes.txt"),
        put(out / "draft.tmp"),
        put(out / "shards" / "mine" / "00000.parquet"),
        put(out / "shards" / "spill" / "thesis.txt"),
        put(out / "shards" / "fedcba987654" / "m.parquet"),
        put(out / "shards" / "fedcba987654" / f"facts-{KEY}" / "m.parquet"),
        put(out / "shards" / "fedcba987654" / f"facts-{KEY}" / "m.tmp"),
    ]
    away = put(tmp_path / "away" / f"facts-{KEY}" / "00000.parquet")
    (out / "shards" / "aaaaaaaaaaaa").symlink_to(away.parent.parent)
    sweep(source, out, frameworks=["practical"])
    assert not [each for each in ours if each.exists()]
    assert not (out / "shards" / KEY).exists()
    assert all(each.read_text() == "mine" for each in (*theirs, away))


def test_what_came_into_the_table_is_not_swept_away_with_it(source, tmp_path):
    out = tmp_path / "out"
    sweep(source, out)
    before = tables(out)

    def meanwhile(progress):
        if progress.stage == "judge":
            put(out / "outcomes" / "thesis.txt")

    with pytest.raises(UsageError, match=r"thesis\.txt"):
        sweep(source, out, frameworks=["practical"], progress=meanwhile)
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        sweep(source, out)
    put(out / "outcomes" / "thesis.txt").unlink()
    assert tables(out) == before
    assert sweep(source, out, frameworks=["practical"]).models == 3

"""The measurement of a sweep says when a limit is not kept, and touches its own part of the page alone."""

import pytest
from tools import bench_sweep as bench


def measured(rows, seconds, peak=800.0, **told):
    evidence = told.pop("evidence", 300_000)
    made = {
        "rows": rows,
        "seconds": seconds,
        "evidence": evidence,
        "rules": 26,
        "judged": 9,
        "combinations": 5,
    }
    return bench.Measured(
        {**made, "cases": {"files": 7}, "stages": {"facts": 1.0}, **told}, seconds, 1.0, peak
    )


def kept(whole, shard, distinct=2_000_000, *, full=True):
    return [held for *_, held in bench.limits(whole, shard, {"rows": distinct}, full=full)]


SHARD = measured(200_000, 8.0)


def test_what_was_promised_is_checked_each_for_itself():
    assert kept(measured(3_000_000, 80.0), SHARD) == [True] * 5
    assert kept(measured(3_000_000, 91.0), SHARD) == [False, True, True, True, True]
    assert kept(measured(3_000_000, 80.0, 1600.0), SHARD) == [True, False, True, True, True]
    assert kept(measured(3_000_000, 80.0, evidence=199_999), SHARD) == [True, True, False, True, True]
    assert kept(measured(3_000_000, 80.0), SHARD, 10_000) == [True, True, True, False, True]
    assert kept(measured(3_000_000, 80.0), measured(200_000, 10.1)) == [True, True, True, True, False]


def test_of_fewer_rows_only_the_floor_is_asked():
    assert kept(measured(200_000, 500.0), SHARD, full=False) == [True]
    assert kept(measured(200_000, 500.0), measured(200_000, 11.0), full=False) == [False]


def section(seconds):
    whole, part = measured(3_000_000, seconds), measured(1_000, 2.0)
    found = {"sweep": whole, "shard": SHARD, "read": part, "aggregate": part, "python": part, "strict": part}
    return bench.section(found, bench.limits(whole, SHARD, {"rows": 900_000}, full=True))


def test_a_limit_that_is_not_kept_is_told_on_the_page():
    assert "| **no** |" not in section(80.0).replace("| 5 |", "").replace(
        "5 | at least 200,000 | **no** |", ""
    )
    assert "| 95.0 | at most 90 | **no** |" in section(95.0)
    assert "extrapolated" in section(80.0)


def test_only_the_part_between_the_marks_changes(tmp_path, monkeypatch):
    page = tmp_path / "scale.md"
    page.write_text(f"before\n{bench.BEGIN}\nold\n{bench.END}\n## Ray\nafter\n", encoding="utf-8")
    monkeypatch.setattr(bench, "PAGE", page)
    bench.write_page(section(80.0))
    told = page.read_text(encoding="utf-8")
    assert told.startswith(f"before\n{bench.BEGIN}\n")
    assert told.endswith(f"{bench.END}\n## Ray\nafter\n")
    assert "old" not in told


def test_a_page_without_a_place_is_left_alone(tmp_path, monkeypatch):
    page = tmp_path / "scale.md"
    page.write_text("nothing\n", encoding="utf-8")
    monkeypatch.setattr(bench, "PAGE", page)
    with pytest.raises(SystemExit, match="no place"):
        bench.write_page(section(80.0))
    assert page.read_text(encoding="utf-8") == "nothing\n"

"""Many models in one call: their order, what is asked for once, and what comes out."""

import csv
import io
import json
import math
import os
import sys
import time
from itertools import islice
from pathlib import Path

import pytest
from door import OPEN, RESTRICTED, osaid_audit, saved
from hub.batch import BASES, SETS, base_id, batch, dataset_id, model_id
from hub.server import LocalHub

from osaid_audit import NotFound, UsageError, audit, audit_each, audit_many, gather
from osaid_audit.cli.streams import Console
from osaid_audit.evaluate import load
from osaid_audit.evaluate.outcomes import Judge
from osaid_audit.gather.fetching import memory
from osaid_audit.render import read_reports, render_many
from osaid_audit.render.tables.to_csv import line
from osaid_audit.schema.report import Report

MODELS = 20


@pytest.fixture
def hub():
    with LocalHub(batch(MODELS)) as found:
        yield found


@pytest.fixture
def names():
    return [model_id(number) for number in range(MODELS)]


def fewest(models: int) -> int:
    """Requests and their hops when everything is asked for once: `info, card, license, config`, and so on."""
    file = 2
    return models * (1 + 3 * file) + BASES * (1 + 2 * file) + SETS


def facts_of(reports):
    return [(report.subject.id, report.facts) for report in reports]


@pytest.mark.parametrize("jobs", [1, 16, 64])
def test_what_models_share_is_asked_for_once(hub, names, tmp_path, jobs):
    found = audit_many(names, jobs=jobs, endpoint=hub.url, cache_dir=tmp_path)
    assert [each.subject.id for each in found] == names
    assert [each.problems for each in found] == [()] * MODELS
    asked = hub.requests(hops=True)
    assert len(asked) == len(set(asked)) == fewest(MODELS)
    for shared in (*map(base_id, range(BASES)), *map(dataset_id, range(SETS))):
        assert len([path for path in hub.requests() if path.partition("?")[0].endswith(f"/{shared}")]) == 1
    assert hub.violations == []


def test_a_model_that_is_named_twice_is_asked_for_once(hub, names, tmp_path):
    found = audit_many([*names, *names], endpoint=hub.url, cache_dir=tmp_path)
    assert facts_of(found[:MODELS]) == facts_of(found[MODELS:])
    assert len(hub.requests(hops=True)) == fewest(MODELS)


def test_what_is_no_longer_held_comes_from_the_cache(hub, names, tmp_path, monkeypatch):
    """A batch of thousands does not hold every body; nothing is asked for twice for that."""
    monkeypatch.setattr(memory, "HELD", 20_000)
    held = []
    hold = memory.Memory._hold
    monkeypatch.setattr(
        memory.Memory, "_hold", lambda self, *a, **k: (hold(self, *a, **k), held.append(self._bytes))
    )
    found = audit_many([*names, *reversed(names)], jobs=2, endpoint=hub.url, cache_dir=tmp_path)
    assert facts_of(found[:MODELS]) == facts_of(found[: -MODELS - 1 : -1])
    assert len(hub.requests(hops=True)) == fewest(MODELS)
    assert max(held) <= 20_000


def test_each_answer_is_given_as_soon_as_it_is_ready(hub, names, tmp_path):
    """Whoever stops early has asked for no more than what was about to be wanted."""
    found = audit_each(names, jobs=1, endpoint=hub.url, cache_dir=tmp_path)
    first = [str(model) for model, _ in islice(found, 2)]
    found.close()
    assert first == names[:2]
    asked = {name for name in names if any(name in path for path in hub.requests())}
    assert set(names[:2]) <= asked < set(names)


def test_what_is_wrong_with_the_call_is_raised_before_the_first_is_taken(hub, names):
    with pytest.raises(UsageError):
        audit_each([*names, "no such/thing/at all"], endpoint=hub.url)
    with pytest.raises(UsageError):
        audit_each(names, endpoint=hub.url, frameworks=["osaid-9"])
    assert hub.seen == []


def test_with_more_waiting_than_asking_the_connections_are_busy(tmp_path):
    """Wide margins, for a busy machine; the figures proper are in `make bench`."""
    with LocalHub(batch(24)) as hub:
        hub.latency = 0.1
        names = [model_id(number) for number in range(24)]
        audit_many(names[:1], endpoint=hub.url, cache_dir=tmp_path / "imports")
        hub.forget()
        start = time.monotonic()
        audit_many(names, jobs=16, endpoint=hub.url, cache_dir=tmp_path / "cache")
        passed = time.monotonic() - start
        asked = len(hub.requests(hops=True))
    least = math.ceil(asked / 8) * 0.1
    assert least <= passed < 3 * least < asked * 0.1


# What comes out


@pytest.fixture
def listed(tmp_path):
    """Three dossiers and a file that is none, in a list."""
    paths = [saved(tmp_path, facts, name) for name, facts in FACTS.items()]
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    file = tmp_path / "models.txt"
    file.write_text("\n".join(map(str, [*paths[:1], broken, *paths[1:]])) + "\n")
    return file


FACTS = {
    "org/open": OPEN,
    "org/closed": RESTRICTED,
    "org/fine-tune": OPEN | {"lineage.restricted": True, "lineage.broken_freedoms": ("use",)},
}


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_json_lines_are_the_reports_one_a_line(capsys, listed):
    whole, lines = (osaid_audit(capsys, "-r", listed, "-f", form) for form in ("json", "jsonl"))
    assert [json.loads(each) for each in lines.out.splitlines()] == json.loads(whole.out)
    assert lines.code == whole.code == 3
    assert [each.subject.id for each in read_reports(lines.out)] == list(FACTS)


def test_json_lines_can_be_rendered_again(capsys, listed, tmp_path):
    osaid_audit(capsys, "-r", listed, "-o", tmp_path / "models.jsonl")
    again = osaid_audit(capsys, "render", tmp_path / "models.jsonl", "-f", "json")
    assert [each["subject"]["id"] for each in json.loads(again.out)] == list(FACTS)


def test_a_table_has_the_columns_of_a_sweep_and_a_row_for_each_model(capsys, listed):
    ran = osaid_audit(capsys, "-r", listed, "-f", "csv")
    rows = rows_of(ran.out)
    judged = Judge(load()).columns
    assert tuple(rows[0])[2 : 2 + len(judged)] == judged
    assert [row["id"] for row in rows if not row["problem"]] == list(FACTS)
    assert [row["osaid_1_0"] for row in rows] == ["undetermined", "", "does_not_conform", "does_not_conform"]
    assert [row["weights_license"] for row in rows] == ["met", "", "not_met", "met"]
    assert [row["inherited"] for row in rows] == ["", "", "", "true"]
    assert [bool(row["problem"]) for row in rows] == [False, True, False, False]
    assert all(row["label"] == "" for row in rows if row["problem"]), "what was not read has no label"


def test_a_table_agrees_with_the_reports(capsys, listed):
    rows = rows_of(osaid_audit(capsys, "-r", listed, "-f", "csv").out)
    reports = json.loads(osaid_audit(capsys, "-r", listed, "-f", "json").out)
    for row, report in zip((row for row in rows if not row["problem"]), reports, strict=True):
        assert row["label"] == report["label"]["value"]
        for framework in report["frameworks"]:
            for finding in framework["findings"]:
                assert row[finding["rule"].replace("-", "_")] == finding["outcome"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("\xa0\u2028=1", "'=1"),
        ("\tabc", "abc"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("  =1", "'=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("apache-2.0", "apache-2.0"),
        ("a\nb\x1b[31m\u202e", "a b\\u{1B}[31m\\u{202E}"),
        (None, ""),
        (True, "true"),
        (False, "false"),
    ],
)
def test_no_cell_is_taken_for_a_formula(value, cell):
    written = line(["id"], {"id": value})
    assert written.count("\n") == 1
    assert list(csv.reader([written])) == [[cell]]


LISTS = {
    "tab": (b"./org--open.json\t# mine\n#\tall\n", 0, ""),
    "utf-16": ("./org--open.json\n".encode("utf-16"), 3, "Save it as UTF-8, one model a line."),
    "no text": (b"./org--open.json\x00\n", 3, "This is not a list of models"),
    "too long": (b"org/model\n" * 100_001, 3, "100001 models, and 100000 are read at most"),
    "wrong line": (b"# models\n\norg/model\na/b/c\n", 2, "models.txt, line 4: 'a/b/c' is not a model id."),
}


@pytest.mark.parametrize("case", LISTS)
def test_what_is_wrong_with_a_list_is_said_with_its_place(capsys, listed, tmp_path, monkeypatch, case):
    monkeypatch.chdir(tmp_path)
    content, code, said = LISTS[case]
    listed.write_bytes(content)
    ran = osaid_audit(capsys, "-r", "models.txt", "-f", "jsonl", "--offline")
    assert (ran.code, said in ran.err) == (code, True)
    assert ran.out.count("org/open") == 0 if code else json.loads(ran.out)["subject"]["id"] == "org/open"


def test_a_list_may_be_piped_under_its_option_too(capsys, listed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for arguments in (["-"], ["-r", "-"]):
        monkeypatch.setattr(sys, "stdin", io.StringIO("# mine\n./org--open.json\n"))
        ran = osaid_audit(capsys, *arguments, "-f", "jsonl")
        assert [json.loads(each)["subject"]["id"] for each in ran.out.splitlines()] == ["org/open"]


def test_what_is_read_is_not_written_over(capsys, listed, tmp_path, monkeypatch):
    """A slip of the tab key must not cost somebody a list of a thousand models."""
    monkeypatch.chdir(tmp_path)
    Path("link.csv").symlink_to(listed)
    dossier = tmp_path / "org--open.json"
    before = listed.read_bytes(), dossier.read_bytes()
    for taken in ("models.txt", "link.csv", "org--open.json"):
        ran = osaid_audit(capsys, "-r", "models.txt", "org--open.json", "-f", "csv", "-o", taken)
        assert (ran.code, f"'{taken}' is read" in ran.err) == (2, True)
    assert (listed.read_bytes(), dossier.read_bytes()) == before
    assert osaid_audit(capsys, "org--open.json", "-f", "csv", "-o", "other.txt").code != 2


def test_the_home_of_nobody_is_a_missing_file(capsys):
    ran = osaid_audit(capsys, "~nobody-of-this-name/model.json")
    assert (ran.code, "There is no dossier '~nobody-of-this-name/model.json'." in ran.err) == (3, True)


def test_a_wrong_model_beside_a_list_has_no_line(capsys, listed):
    ran = osaid_audit(capsys, "a/b/c", "-r", listed, "-f", "jsonl")
    assert ran.code == 2
    assert "error: 'a/b/c' is not a model id." in ran.err


def test_parquet_has_the_cells_of_the_csv(capsys, listed, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    file = tmp_path / "models.parquet"
    ran = osaid_audit(capsys, "-r", listed, "-o", file, "-o", tmp_path / "models.csv")
    assert ran.code == 3
    table = parquet.read_table(file)
    rows = rows_of((tmp_path / "models.csv").read_text(encoding="utf-8"))
    shown = {None: "", True: "true", False: "false"}
    assert [{k: shown.get(v, v) for k, v in row.items()} for row in table.to_pylist()] == rows
    assert [str(field.type) for field in table.schema if field.name in {"id", "inherited"}] == [
        "string",
        "bool",
    ]
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_parquet_without_its_extra_is_told_before_anything_is_asked(capsys, hub, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    ran = osaid_audit(capsys, model_id(0), "--endpoint", hub.url, "-o", tmp_path / "m.parquet")
    assert (ran.code, hub.seen) == (2, [])
    assert "pip install 'osaid-audit[parquet]'" in ran.err


def test_parquet_needs_a_file(capsys, listed):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    ran = osaid_audit(capsys, "-r", listed, "-f", "parquet")
    assert (ran.code, ran.out) == (2, "")


def test_index_html_of_several_models_is_the_index_and_of_one_the_report(capsys, listed, tmp_path):
    several, one, whole = (tmp_path / name / "index.html" for name in ("several", "one", "whole"))
    for path in (several, one, whole):
        path.parent.mkdir()
    osaid_audit(capsys, "-r", listed, "-o", several)
    osaid_audit(capsys, "-r", listed, "-o", whole, "-f", "html")
    osaid_audit(capsys, listed.parent / "org--open.json", "-o", one)
    page = several.read_text(encoding="utf-8")
    assert all(name in page for name in FACTS)
    assert "broken.json" in page, "the page says what was not audited"
    with pytest.raises(Exception, match="holds no report"):
        read_reports(page)
    assert len(read_reports(whole.read_text(encoding="utf-8"))) == 3
    assert len(read_reports(one.read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize("form", ["jsonl", "csv", "index"])
def test_a_list_of_one_is_a_list_and_one_model_may_be_a_row(capsys, tmp_path, form):
    path = saved(tmp_path, OPEN)
    ran = osaid_audit(capsys, path, "-f", form)
    assert (ran.code, ran.err) == (0, "")
    assert "org/model" in ran.out


def test_what_failed_is_told_in_a_line_each_and_summed_up(capsys, listed):
    ran = osaid_audit(capsys, "-r", listed, "-f", "jsonl")
    errors = [text for text in ran.err.splitlines() if text.startswith("error:")]
    assert len(errors) == 1
    assert "broken.json" in errors[0]
    assert f"3 of 4 audited, 1 not: {listed.parent / 'broken.json'}" in ran.err


def test_lines_that_were_written_stay_when_the_rest_cannot_be(listed, tmp_path, capsys, monkeypatch):
    """Like a disk that is full: the parquet file is not there, the lines are whole."""
    from osaid_audit.render.tables import to_parquet

    pytest.importorskip("pyarrow", reason="pyarrow is not installed")

    def full(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(to_parquet.Parquet, "_flush", full)
    ran = osaid_audit(capsys, "-r", listed, "-o", tmp_path / "m.jsonl", "-o", tmp_path / "m.parquet")
    assert ran.code == 2
    assert "No space left" in ran.err
    assert len((tmp_path / "m.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    assert not [path for path in tmp_path.iterdir() if "parquet" in path.name]


@pytest.mark.parametrize("name", ["m.csv", "m.jsonl", "m.md", "m.html", "m.json"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_is_said_in_a_sentence_and_ends_every_output(listed, tmp_path, capsys, name):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    (tmp_path / name).symlink_to("/dev/full")
    ran = osaid_audit(capsys, "-r", listed, "-o", tmp_path / name, "-o", tmp_path / "m.parquet")
    assert ran.code == 2
    assert f"{name}' cannot be written" in ran.err
    assert "internal" not in ran.err
    assert not [path for path in tmp_path.iterdir() if "parquet" in path.name]


STALE = {"m.jsonl": "", "m.json": "[]\n", "m.md": "", "m.html": "", "m.txt": ""}


@pytest.mark.parametrize("name", STALE)
def test_an_answer_from_before_does_not_stay_when_no_model_is_audited(listed, tmp_path, capsys, name):
    output = tmp_path / name
    assert osaid_audit(capsys, "-r", listed, "-o", output).code == 3
    assert "org/open" in output.read_text(encoding="utf-8")
    listed.write_text(f"{tmp_path / 'broken.json'}\n")
    ran = osaid_audit(capsys, "-r", listed, "-o", output)
    assert (ran.code, output.read_text(encoding="utf-8")) == (3, STALE[name])
    assert f"{name} is empty: no model was audited." in ran.err


@pytest.mark.parametrize(("name", "there"), [("new.jsonl", True), ("new.json", True), ("new.html", False)])
def test_an_empty_list_is_a_list_and_an_empty_page_is_none(listed, tmp_path, capsys, name, there):
    listed.write_text(f"{tmp_path / 'broken.json'}\n")
    osaid_audit(capsys, "-r", listed, "-o", tmp_path / name)
    assert (tmp_path / name).exists() is there


@pytest.mark.parametrize("name", ["m.parquet", "m.csv", "m.html", "m.json", "m.jsonl"])
def test_what_is_written_goes_where_a_link_leads(listed, tmp_path, capsys, name):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    real, link = tmp_path / f"real-{name}", tmp_path / name
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real.name)
    assert osaid_audit(capsys, "-r", listed, "-o", link).code == 3
    assert link.is_symlink()
    assert real.read_bytes() not in {b"old", b""}
    assert real.stat().st_mode & 0o777 == 0o640


def test_parquet_is_not_written_over_a_device(listed, tmp_path, capsys):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    (tmp_path / "m.parquet").symlink_to(os.devnull)
    ran = osaid_audit(capsys, "-r", listed, "-o", tmp_path / "m.parquet")
    assert ran.code == 2
    assert "Parquet is written to a file" in ran.err
    assert (tmp_path / "m.parquet").is_symlink()


def test_one_file_under_two_names_is_one(listed, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.csv").symlink_to("m.csv")
    for other in ("./m.csv", "link.csv", tmp_path / "m.csv"):
        ran = osaid_audit(capsys, "-r", listed, "-o", "m.csv", "-o", other)
        assert (ran.code, (tmp_path / "m.csv").exists()) == (2, False)
        assert "named twice" in ran.err
    assert osaid_audit(capsys, "-r", listed, "-o", "m.csv", "-o", "./n.csv").code == 3


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("manifest.json", True),
        ("dossiers/x.json", True),
        ("reports/x.html", True),
        ("../run/manifest.json", True),
        ("mine.json", False),
        ("index.html", False),
    ],
)
def test_no_output_lies_on_a_file_of_the_run_directory(listed, tmp_path, capsys, name, taken):
    run = tmp_path / "run"
    assert osaid_audit(capsys, "-r", listed, "--run", run, "-f", "jsonl").code == 3
    before = (run / "manifest.json").read_bytes()
    ran = osaid_audit(capsys, "-r", listed, "--run", run, "-o", run / name)
    assert ran.code == (2 if taken else 3)
    assert ("file of the run directory" in ran.err) is taken
    assert (run / "manifest.json").read_bytes() == before


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_written_as_it_comes_is_what_is_rendered_at_once(capsys, listed, form, lang):
    reports = read_reports(osaid_audit(capsys, "-r", listed, "-f", "json").out)
    ran = osaid_audit(capsys, "-r", listed, "-f", form, "--lang", lang)
    assert ran.out == render_many(reports, form, lang)


# What is said meanwhile


def test_above_a_hundred_models_a_token_is_suggested(capsys, tmp_path):
    with LocalHub() as hub:
        hub.tokens = {"hf_good": {"*"}}
        place = ["--endpoint", hub.url, "--cache-dir", tmp_path / "cache", "-f", "jsonl", "--jobs", "64"]
        names = [f"nobody/nothing-{number}" for number in range(101)]
        without = osaid_audit(capsys, *names, *place, "--token", "")
        few = osaid_audit(capsys, *names[:100], *place, "--token", "")
        token = osaid_audit(capsys, *names, *place, "--token", "hf_good")
    assert "HF_TOKEN" in without.err.splitlines()[0]
    assert "101 models without a token" in without.err
    assert "0 of 101 audited, 101 not: nobody/nothing-0, " in without.err
    assert "models without a token" not in few.err + token.err


def test_a_wait_for_the_quota_is_said(capsys, tmp_path):
    from hub.quota import Quota

    with LocalHub(batch(4)) as hub:
        hub.quotas = {"api": Quota(9, 1.0)}
        ran = osaid_audit(
            capsys, *map(model_id, range(4)), "--endpoint", hub.url, "--cache-dir", tmp_path, "-f", "jsonl"
        )
    assert ran.code == 0
    assert "the Hub's quota is used up; waiting 1 s" in ran.err
    assert len(ran.out.splitlines()) == 4


def test_progress_has_a_rate_and_an_end_that_leave_out_what_was_done_before(capsys, monkeypatch):
    from osaid_audit.cli import streams

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    clock = iter([0.0, *(float(at) for at in range(1, 20))])
    monkeypatch.setattr(streams, "monotonic", lambda: next(clock))
    console = Console()
    with console.counting(130, 2) as done:
        for at in range(6):
            done(f"org/m{at}")
        console.note("a note")
    said = [text.replace("\x1b[K", "") for text in capsys.readouterr().err.split("\r")]
    assert said[0] == "0/130"
    assert said[1].split() == ["1/130", "org/m0"], "what was done before says nothing of the speed"
    assert said[6].startswith("6/130  0.7/s, 3:06 left  org/m5")
    assert said[7] == "a note\n", "a note takes the place of the count"


def test_nothing_is_counted_where_nobody_watches(capsys, listed, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert "/4" not in osaid_audit(capsys, "-r", listed, "-f", "jsonl").err


def test_the_library_gives_an_error_in_its_place(hub, tmp_path):
    found = audit_many(["nobody/nothing", model_id(1)], endpoint=hub.url, cache_dir=tmp_path)
    assert isinstance(found[0], NotFound)
    assert isinstance(found[1], Report)


def test_one_model_in_place_of_a_list_is_refused_and_not_spelled_out(hub, tmp_path):
    """Its letters would be models: legacy ids have no slash."""
    for model in ("gpt2", Path("gpt2.json")):
        with pytest.raises(UsageError, match="is one model, and a list"):
            audit_many(model, endpoint=hub.url, cache_dir=tmp_path)
    assert hub.seen == []
    assert len(audit_many(["gpt2"], endpoint=hub.url, cache_dir=tmp_path)) == 1


@pytest.mark.parametrize("verb", [audit, audit_many, gather])
def test_an_option_that_there_is_not_is_refused_before_anything_is_asked(hub, tmp_path, verb):
    """Misspelt, "offline" would be forgotten and the network asked."""
    models = [model_id(0)] if verb is audit_many else model_id(0)
    with pytest.raises(TypeError, match="ofline"):
        verb(models, ofline=True, endpoint=hub.url, cache_dir=tmp_path)
    assert hub.seen == []
    assert verb(models, offline=False, endpoint=hub.url, cache_dir=tmp_path)

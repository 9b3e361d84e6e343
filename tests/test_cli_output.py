"""Where reports go, in which format and language, and what stays off standard output."""

import io
import json
import sys

import pytest
from door import OPEN, RESTRICTED, osaid_audit, saved

from osaid_audit.cli import options
from osaid_audit.render import FORMATS, read_report


@pytest.fixture
def path(tmp_path):
    return saved(tmp_path, RESTRICTED)


def test_the_command_line_knows_the_renderers_formats():
    assert options.FORMATS == FORMATS


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("norm", ["practical", "eu-ai-act-53-2", "mof"])
def test_frameworks_that_are_not_binary_are_shown_and_gate_nothing(capsys, path, norm, form):
    ran = osaid_audit(capsys, path, "--framework", norm, "-f", form)
    assert (ran.code, ran.err) == (0, "")
    assert "org/model" in ran.out or "org-model" in ran.out
    both = osaid_audit(capsys, path, "--framework", norm, "--framework", "osaid-1.0", "-f", form)
    assert both.code == 1


def test_text_is_the_default_and_goes_to_standard_output(capsys, path):
    ran = osaid_audit(capsys, path)
    assert "org/model" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize(
    ("name", "start"), [("r.json", "{"), ("r.html", "<!doctype html>"), ("r.md", "#"), ("r.txt", "")]
)
def test_the_suffix_picks_the_format(capsys, path, tmp_path, name, start):
    ran = osaid_audit(capsys, path, "-o", tmp_path / name)
    assert ran.out == ""
    assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(start)
    assert f"wrote {tmp_path / name}" in ran.err


def test_formats_and_outputs_pair_in_their_order(capsys, path, tmp_path):
    one, two = tmp_path / "one.out", tmp_path / "two.html"
    ran = osaid_audit(capsys, path, "-o", one, "-f", "json", "-o", two, "-q")
    assert (ran.code, ran.out, ran.err) == (1, "", "")
    assert json.loads(one.read_text())["subject"]["id"] == "org/model"
    assert read_report(two.read_text()).subject.id == "org/model"


def test_a_dash_is_standard_output(capsys, path, tmp_path):
    ran = osaid_audit(capsys, path, "-o", "-", "-o", tmp_path / "r.json")
    assert "org/model" in ran.out
    assert (tmp_path / "r.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-o", "report"], "does not say which format"),
        (["-o", "nowhere/report.json"], "no folder 'nowhere'"),
        (["-o", "."], "does not say which format"),
        (["-f", "json", "-o", "."], "is a folder"),
        (["-f", "json", "-f", "html"], "more formats than outputs"),
        (["-o", "r.json", "-o", "r.json"], "named twice"),
        (["-f", "pdf"], "'pdf' is not one of"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_the_audit(capsys, elsewhere, arguments, sentence):
    ran = osaid_audit(capsys, "nobody/asks-for-this", "--offline", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert list(elsewhere.iterdir()) == []


def test_an_existing_report_is_written_anew(capsys, path, tmp_path):
    target = tmp_path / "r.json"
    target.write_text("old")
    assert osaid_audit(capsys, path, "-o", target).code == 1
    assert json.loads(target.read_text())["schema_version"] == "1"


def test_several_models_give_an_array_in_their_order_and_one_the_object(capsys, tmp_path):
    bad, good = saved(tmp_path, RESTRICTED, "org/bad"), saved(tmp_path, OPEN, "org/good")
    several = json.loads(osaid_audit(capsys, bad, good, "-f", "json").out)
    assert [report["subject"]["id"] for report in several] == ["org/bad", "org/good"]
    assert json.loads(osaid_audit(capsys, bad, "-f", "json").out)["subject"]["id"] == "org/bad"


def test_a_list_gives_an_array_even_of_one(capsys, tmp_path, monkeypatch):
    listing = tmp_path / "models.txt"
    path = saved(tmp_path, OPEN)
    listing.write_text(f"# ours\n\n  {path}   # the first\n")
    assert len(json.loads(osaid_audit(capsys, "-r", listing, "-f", "json").out)) == 1
    monkeypatch.setattr(sys, "stdin", io.StringIO(listing.read_text()))
    assert len(json.loads(osaid_audit(capsys, "-", "-f", "json").out)) == 1


def test_the_same_dossier_gives_the_same_bytes(capsys, path):
    assert osaid_audit(capsys, path, "-f", "json").out == osaid_audit(capsys, path, "-f", "json").out


def test_the_day_of_the_report_can_be_set(capsys, path):
    assert json.loads(osaid_audit(capsys, path, "-f", "json").out)["as_of"] == "2026-11-01"
    assert (
        json.loads(osaid_audit(capsys, path, "-f", "json", "--as-of", "2027-02-03").out)["as_of"]
        == "2027-02-03"
    )


def test_the_language_is_asked_for_or_the_machines_or_english(capsys, path, monkeypatch):
    english = osaid_audit(capsys, path, "--lang", "en").out
    french = osaid_audit(capsys, path, "--lang", "fr").out
    assert english != french
    assert osaid_audit(capsys, path).out == english
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert osaid_audit(capsys, path).out == french
    monkeypatch.setenv("OSAID_AUDIT_LANG", "en")
    assert osaid_audit(capsys, path).out == english
    assert osaid_audit(capsys, path, "--lang", "fr").out == french


def test_every_option_can_stand_in_the_environment(capsys, path, tmp_path, monkeypatch):
    monkeypatch.setenv("OSAID_AUDIT_FORMAT", "json")
    monkeypatch.setenv("OSAID_AUDIT_FAIL_ON", "never")
    monkeypatch.setenv("OSAID_AUDIT_FRAMEWORK", "g7-2026")
    ran = osaid_audit(capsys, path)
    assert ran.code == 0
    assert [each["id"] for each in json.loads(ran.out)["frameworks"]] == ["g7-2026"]
    monkeypatch.setenv("OSAID_AUDIT_FAIL_ON", "at-times")
    assert osaid_audit(capsys, path).code == 2


def test_color_only_where_it_can_be_seen(capsys, path, monkeypatch):
    assert "\x1b[" not in osaid_audit(capsys, path).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in osaid_audit(capsys, path).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in osaid_audit(capsys, path).out


def test_progress_only_on_a_terminal(capsys, path, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "1/1" in osaid_audit(capsys, path).err
    assert osaid_audit(capsys, path, "-q").err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert osaid_audit(capsys, path).err == ""


def test_gather_writes_the_dossier_that_audit_reads(capsys, path, tmp_path):
    target = tmp_path / "again.json"
    assert osaid_audit(capsys, "gather", path, "-o", target).code == 0
    assert target.read_bytes() == path.read_bytes()
    assert osaid_audit(capsys, "gather", path).out == path.read_text()
    assert osaid_audit(capsys, "gather", path, "-o", tmp_path / "no" / "where.json").code == 2


def test_a_saved_report_is_shown_in_another_format_and_language(capsys, path, tmp_path):
    page, report = tmp_path / "r.html", tmp_path / "r.json"
    osaid_audit(capsys, path, "-o", page, "-o", report)
    text = osaid_audit(capsys, path, "--lang", "fr").out
    for saved_report in (page, report):
        assert osaid_audit(capsys, "render", saved_report, "--lang", "fr").out == text
    again = tmp_path / "again.json"
    assert osaid_audit(capsys, "render", page, "-o", again).code == 0
    assert again.read_bytes() == report.read_bytes()


def test_a_saved_list_of_reports_stays_a_list(capsys, tmp_path):
    report = tmp_path / "r.json"
    osaid_audit(capsys, saved(tmp_path, OPEN, "org/a"), saved(tmp_path, OPEN, "org/b"), "-o", report)
    assert osaid_audit(capsys, "render", report, "-f", "json").out == report.read_text()
    report.write_text("[]")
    assert osaid_audit(capsys, "render", report).code == 3


def test_a_report_that_is_none_is_3(capsys, path, tmp_path):
    assert osaid_audit(capsys, "render", path).code == 3
    assert osaid_audit(capsys, "render", tmp_path / "gone.json").code == 3
    (tmp_path / "page.html").write_text("<html></html>")
    assert osaid_audit(capsys, "render", tmp_path / "page.html").code == 3

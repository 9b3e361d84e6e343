"""Each exit code with the case that gives it and the one that does not, and what is said on the way."""

import _thread
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from door import OPEN, RESTRICTED, dossier, lines, osaid_audit, saved

from osaid_audit import pipeline
from osaid_audit.errors import OsaidError
from osaid_audit.schema.base import Outcome

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "hf_" + "s3cret" * 6


def broken(*_args, **_options):
    raise ZeroDivisionError("made by a test")


def test_0_when_nothing_gates(capsys, tmp_path):
    ran = osaid_audit(capsys, saved(tmp_path, OPEN), "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["label"]["value"] == "open-weights"


def test_1_when_a_required_rule_is_not_met(capsys, tmp_path):
    ran = osaid_audit(capsys, saved(tmp_path, RESTRICTED), "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    report = json.loads(ran.out)
    assert [each["verdict"] for each in report["frameworks"]] == ["does_not_conform", "weights-available"]


def test_fail_on_never_lets_findings_pass_but_not_a_required_label(capsys, tmp_path):
    path = saved(tmp_path, RESTRICTED)
    assert osaid_audit(capsys, path, "--fail-on", "never").code == 0
    assert osaid_audit(capsys, path, "--fail-on", "never", "--require", "open-weights").code == 1
    assert osaid_audit(capsys, path, "--fail-on", "never", "--require", "weights-available").code == 0


def test_fail_on_undetermined_asks_for_more_than_no_breach(capsys, tmp_path):
    path = saved(tmp_path, OPEN)
    assert osaid_audit(capsys, path, "--fail-on", "undetermined").code == 1
    assert osaid_audit(capsys, path, "--fail-on", "not-met").code == 0


def test_a_required_label_fails_when_lower_or_undetermined_and_passes_when_reached(capsys, tmp_path):
    unknown = {key: value for key, value in OPEN.items() if not key.startswith("license.")}
    asks = ["--require", "open-weights"]
    assert osaid_audit(capsys, saved(tmp_path, OPEN, "org/open"), *asks).code == 0
    assert osaid_audit(capsys, saved(tmp_path, unknown, "org/unknown"), *asks).code == 1
    assert osaid_audit(capsys, saved(tmp_path, OPEN, "org/open"), "--require", "open-source-ai").code == 1


def test_a_required_label_brings_its_framework_with_it(capsys, tmp_path):
    path = saved(tmp_path, OPEN)
    only = ["--framework", "osaid-1.0", "--format", "json"]
    assert "label" not in json.loads(osaid_audit(capsys, path, *only).out)
    assert json.loads(osaid_audit(capsys, path, *only, "--require", "open-weights").out)["label"]


def test_3_when_a_required_rule_could_not_be_judged(capsys, tmp_path, monkeypatch):
    """A required `error` of a binary framework: the audit did not happen, so neither 0 nor 1 is true."""
    path = saved(tmp_path, OPEN)
    report = pipeline.audit(path)
    norm = report.framework("osaid-1.0")

    def with_error(required, fail_on="never"):
        finding = norm.findings[0].model_copy(update={"outcome": Outcome.ERROR, "required": required})
        changed = norm.model_copy(update={"findings": (finding, *norm.findings[1:])})
        wrong = report.model_copy(update={"frameworks": (changed, *report.frameworks[1:])})
        monkeypatch.setattr(pipeline.audits, "judge", lambda *_: wrong)
        return osaid_audit(capsys, path, "--fail-on", fail_on).code

    assert with_error(required=True) == 3
    assert with_error(required=False) == 0


@pytest.mark.parametrize(
    ("arguments", "sentence", "hint"),
    [
        (["org/name", "--fail-on", "sometimes"], "'sometimes' is not one of", "--help"),
        (["org/name", "--framework", "osaid-1"], "no framework 'osaid-1'", "Did you mean 'osaid-1.0'?"),
        (["org/name", "--require", "open"], "no label 'open'", "open-weights"),
        (["org/name", "--as-of", "yesterday"], "'yesterday' is not a day", "YYYY-MM-DD"),
        (["https://huggingface.co/datasets/org/name"], "not a model URL", "org/name"),
        (["https://huggingface.co/spaces/org/name"], "not a model URL", "org/name"),
        (["https://example.org/org/name"], "not a model URL", "endpoint"),
        (["a/b/c"], "not a model id", "org/name"),
        (["org/name@v1", "--revision", "v2"], "another", "only one"),
        (["org/name", "--rules", "nowhere"], "no folder 'nowhere'", "Name a folder of rule files"),
        (["org/name", "--endpoint", "ftp://host"], "not an http(s) address", "--endpoint"),
        (["-r", os.devnull], "No model was named", "Example"),
        (["scna"], "There is no command 'scna'; did you mean 'scan'?", "osaid-audit audit scna"),
        (["rulse", "list"], "no command 'rulse'; did you mean 'rules'?", "osaid-audit audit rulse"),
        (["help"], "did you mean '--help'?", "--help"),
        (["swep", "."], "no command 'swep'; did you mean 'sweep'?", "osaid-audit audit swep"),
        (["org/name", "--colour"], "No such option", "--help"),
        (["schema", "reprot"], "'reprot' is not one of", "--help"),
    ],
)
def test_2_when_the_call_is_wrong(capsys, elsewhere, arguments, sentence, hint):
    ran = osaid_audit(capsys, *arguments)
    assert (ran.code, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    assert first.startswith("error: ")
    assert sentence in first
    assert second.startswith("next: ")
    assert hint in second


def test_a_wrong_id_in_a_list_stops_before_any_audit(capsys, elsewhere):
    good = saved(elsewhere, OPEN)
    ran = osaid_audit(capsys, good, "not a model")
    assert (ran.code, ran.out) == (2, "")


def test_a_model_may_bear_a_name_like_a_command(capsys, elsewhere):
    """The slip is only caught where a command may stand; named after `audit` the word is a model."""
    assert osaid_audit(capsys, "audit", "rulse", "--offline").code == 3
    assert osaid_audit(capsys, "rulse", "--offline").code == 2


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gone.json", None, "There is no dossier"),
        ("text.json", b"hello", "This is no dossier"),
        ("bytes.json", b"\xff\xfe\x00", "not UTF-8"),
        ("html.json", b"<html></html>", "This is no dossier"),
        ("list.json", b"[]", "This is no dossier"),
        ("cut.json", b'{"schema_version": "1", "facts"', "This is no dossier"),
        ("deep.json", b"[" * 100_000, "This is no dossier"),
    ],
)
def test_3_when_a_dossier_cannot_be_read(capsys, tmp_path, name, content, sentence):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ran = osaid_audit(capsys, path)
    assert (ran.code, ran.out) == (3, "")
    assert sentence in ran.err
    assert lines(ran.err, "next: ")


def test_3_when_a_list_cannot_be_read(capsys, tmp_path):
    assert osaid_audit(capsys, "-r", tmp_path / "gone.txt").code == 3
    listing = tmp_path / "models.txt"
    listing.write_bytes(b"\xff\xfe")
    assert osaid_audit(capsys, "-r", listing).code == 3
    listing.write_text(f"{saved(tmp_path, OPEN)}\n")
    assert osaid_audit(capsys, "-r", listing).code == 0


def test_3_when_offline_and_not_stored(capsys, elsewhere):
    ran = osaid_audit(capsys, "nobody/has-this", "--offline", "--cache-dir", elsewhere / "cache")
    assert (ran.code, ran.out) == (3, "")
    assert "nobody/has-this" in ran.err


def test_3_soon_when_the_connection_is_refused(capsys, elsewhere):
    before = time.monotonic()
    ran = osaid_audit(
        capsys, "org/name", "--endpoint", "http://127.0.0.1:9", "--cache-dir", elsewhere / "cache"
    )
    assert (ran.code, ran.out) == (3, "")
    assert time.monotonic() - before < 5
    assert lines(ran.err, "next: ")


def test_4_for_a_crash_without_traceback_unless_asked(capsys, tmp_path, monkeypatch):
    path = saved(tmp_path, OPEN)
    assert osaid_audit(capsys, path).code == 0
    monkeypatch.setattr(pipeline.audits, "judge", broken)
    ran = osaid_audit(capsys, path)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.splitlines()[0] == "error: internal error: ZeroDivisionError: made by a test"
    assert "report this" in ran.err
    assert "Traceback" not in ran.err
    assert "Traceback" in osaid_audit(capsys, path, "-v").err


def test_4_for_a_crash_outside_an_audit(capsys, monkeypatch):
    monkeypatch.setattr("osaid_audit.cli.schema.json_schema", broken)
    ran = osaid_audit(capsys, "schema", "report")
    assert ran.code == 4
    assert "Traceback" not in ran.err


def test_of_several_the_worst_code_wins_and_the_others_are_reported(capsys, tmp_path, monkeypatch):
    bad, good = saved(tmp_path, RESTRICTED, "org/bad"), saved(tmp_path, OPEN, "org/good")
    gone = tmp_path / "gone.json"

    def names(*paths):
        ran = osaid_audit(capsys, *paths, "--format", "json")
        return ran.code, [each["subject"]["id"] for each in json.loads(ran.out)]

    assert names(good, good) == (0, ["org/good", "org/good"])
    assert names(good, bad) == (1, ["org/good", "org/bad"])
    assert names(bad, gone, good) == (3, ["org/bad", "org/good"])
    judge = pipeline.audits.judge

    def crash_on_good(asked, *rest):
        return broken() if asked.subject.id == "org/good" else judge(asked, *rest)

    monkeypatch.setattr(pipeline.audits, "judge", crash_on_good)
    assert names(bad, gone, good) == (4, ["org/bad"])


def test_nothing_is_printed_when_no_model_could_be_audited(capsys, tmp_path):
    ran = osaid_audit(capsys, tmp_path / "a.json", tmp_path / "b.json", "--format", "json")
    assert (ran.code, ran.out) == (3, "")
    assert [line.count("a.json") + line.count("b.json") > 0 for line in lines(ran.err, "error: ")] == [
        True,
        True,
    ]


def test_the_token_is_never_shown(capsys, elsewhere, monkeypatch):
    def leak(*_args, **_options):
        raise OsaidError(f"https://host/?token={TOKEN} and house-token-123", f"see {TOKEN}")

    monkeypatch.setattr(pipeline.models, "fetch", leak)
    for arguments in (["--token", "house-token-123"], ["--token", "house-token-123", "-v"]):
        ran = osaid_audit(capsys, "org/name", *arguments)
        assert TOKEN not in ran.err
        assert "house-token-123" not in ran.err
        assert "***" in ran.err


def test_a_message_cannot_draw_on_the_terminal(capsys, tmp_path):
    ran = osaid_audit(capsys, f"{tmp_path}/\x1b[31mred\u202e.json")
    assert ran.code == 3
    assert "\x1b" not in ran.err
    assert "\u202e" not in ran.err
    assert len(ran.err.splitlines()) == 2


def command(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "osaid_audit", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def test_the_process_ends_with_the_code(tmp_path):
    assert command(saved(tmp_path, RESTRICTED, "org/bad")).returncode == 1
    assert command(saved(tmp_path, OPEN, "org/good")).returncode == 0
    assert command().returncode == 2


def test_a_reader_that_leaves_is_no_error(tmp_path):
    """`osaid-audit ... | head`: silent, and the code is still that of the audit."""
    path = saved(tmp_path, RESTRICTED)
    script = f'"{sys.executable}" -m osaid_audit "{path}" -f json | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (1, "")


def test_interrupting_ends_with_130_and_waits_for_nobody(capsys, elsewhere, monkeypatch):
    """Ctrl-C while an answer is awaited."""

    def interrupted(*_args, **_options):
        _thread.interrupt_main()
        time.sleep(2)

    monkeypatch.setattr(pipeline.models, "fetch", interrupted)
    began = time.monotonic()
    ran = osaid_audit(capsys, "org/name")
    assert (ran.code, ran.out, ran.err.strip()) == (130, "", "error: Interrupted.")
    assert time.monotonic() - began < 1.5


def test_a_dossier_without_facts_is_no_breach(capsys, tmp_path):
    """Nothing known: no verdict out of nothing."""
    ran = osaid_audit(capsys, saved(tmp_path, {}), "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["frameworks"][0]["verdict"] == "undetermined"
    assert dossier({}).facts == {}

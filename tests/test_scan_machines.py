"""What machines read of a scan: SARIF, annotations, tests, code quality, the badge; and their validators."""

import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped
from sample_scan import (
    CIDER,
    GONE,
    SCANS,
    alert,
    cases,
    empty,
    forgotten,
    hostile,
    known,
    let_through,
    many,
    mixed,
    named,
    passing,
    references_only,
    results,
    scan,
    unasked,
    unaudited_only,
    unresolved_only,
    waived,
)
from samples import restricted
from tools import npm
from tools.multitool import multitool, validate_sarif

from osaid_audit.render.scan import render_scan
from osaid_audit.render.scan.paths import in_repository, uri

EVERY = {**SCANS, "hostile": hostile}


# SARIF


@pytest.mark.parametrize("sample", EVERY)
def test_the_multitool_accepts_sarif_by_the_rules_of_github(sample: str, tmp_path: Path) -> None:
    path = tmp_path / f"{sample}.sarif"
    path.write_text(render_scan(EVERY[sample](), "sarif"), encoding="utf-8")
    found = validate_sarif(path)
    assert found.get("error", []) == []
    assert found.get("configuration", []) == []
    # There is no public page of this project yet, and no id has digits in it: the only remarks.
    assert {text.split()[0] for text in found.get("warning", [])} <= {"SARIF2005"}


def test_the_multitool_is_heard(tmp_path: Path) -> None:
    """A broken file ends with exit code 0 too: what it says is what counts."""
    document = json.loads(render_scan(mixed(), "sarif"))
    result = document["runs"][0]["results"][0]
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "/absolute path"
    del result["message"]
    path = tmp_path / "broken.sarif"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert len(validate_sarif(path)["error"]) >= 1


def test_where_there_is_no_npm_the_reason_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm, "FOLDER", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        pytest.skip.Exception,
        match="be had here: node and npm are not installed",
    ):
        npm.installed("@microsoft/none@1.0.0")


def test_what_npm_fetched_is_asked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a program in the place of npm, which counts its calls: tests ask no registry twice."""
    calls = tmp_path / "calls"
    for name in ("npm", "node"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho call >> '{calls}'\n/bin/mkdir node_modules\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(npm, "FOLDER", tmp_path / "build")
    monkeypatch.setenv("PATH", str(tmp_path))
    first, again = npm.installed("one@1", "two@2"), npm.installed("two@2", "one@1")
    assert first == again
    assert (first / "node_modules").is_dir()
    assert calls.read_text() == "call\n"
    assert list((tmp_path / "build").iterdir()) == [first]
    assert npm.installed("one@2") != first


@pytest.mark.parametrize("sample", EVERY)
def test_sarif_keeps_to_its_schema(sample: str) -> None:
    _, schema = multitool()
    form = json.loads(schema.read_text(encoding="utf-8-sig"))
    jsonschema.Draft202012Validator(form).validate(json.loads(render_scan(EVERY[sample](), "sarif")))


def test_sarif_is_what_code_scanning_asks_for() -> None:
    run = json.loads(render_scan(mixed(), "sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["gating", "not-audited", "pinned-revision", "weights-license"]
    assert "security-severity" not in json.dumps(run)
    assert "helpUri" not in json.dumps(run)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    levels = [result["level"] for result in run["results"]]
    assert levels == ["error", "error", "error", "warning", "note"]
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == "deploy/values.yaml"
    assert first["region"] == {"startLine": 31, "startColumn": 14, "endLine": 31}


def test_sarif_keeps_five_thousand_results_and_errors_first() -> None:
    run = json.loads(render_scan(many(6_000), "sarif"))["runs"][0]
    levels = [result["level"] for result in run["results"]]
    assert len(levels) == 5_000
    assert levels.count("error") == 2_000
    assert levels == sorted(levels)
    assert "1000 more results" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_a_line_that_moves_keeps_its_fingerprint_and_two_lines_have_two() -> None:
    def marks(*lines: int) -> list[str]:
        alerts = tuple(alert("label", CIDER.id, "a.py", line) for line in lines)
        found = results(scan(reports=(restricted(),), alerts=alerts))
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in found]

    assert marks(3, 9) == marks(40, 41)
    assert len(set(marks(3, 9))) == 2


def test_a_message_of_sarif_has_no_link_and_no_placeholder() -> None:
    shown = results(hostile())
    assert len(shown) > 3
    for result in shown:
        assert "](" not in result["message"]["text"]
        assert not re.search(r"\{\d+\}", result["message"]["text"])
        assert len(result["message"]["text"]) <= 1_002


# Places


@pytest.mark.parametrize(
    ("root", "file", "seen"),
    [
        (".", "src/app.py", "src/app.py"),
        ("", "./app.py", "app.py"),
        ("sub/", "app.py", "sub/app.py"),
        ("sub/../other", "app.py", "other/app.py"),
        ("/home/somebody/code", "src/app.py", "src/app.py"),
        ("../above", "src/app.py", "src/app.py"),
        ("..", "../../etc/passwd", "etc/passwd"),
        (".", "/etc/passwd", "etc/passwd"),
        ("C:\\Users\\somebody", "app.py", "app.py"),
        ("sub\\part", "app.py", "sub/part/app.py"),
        ("sub", "../../../x", "x"),
        (".", "..", "osaid-audit.toml"),
        (".", "a/..b/...c", "a/..b/...c"),
    ],
)
def test_a_path_stays_in_the_repository(root: str, file: str, seen: str) -> None:
    assert in_repository(root, file) == seen


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_path_leaves_the_repository(root: str, file: str) -> None:
    path = in_repository(root, file)
    assert path
    assert not path.startswith("/")
    assert not {"..", ".", ""} & set(path.split("/"))
    assert re.fullmatch(r"[\w.~/%-]+", uri(path), re.ASCII)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_stays_in_its_place(model: str, file: str, said: str) -> None:
    one = alert("label", model, file, 3, message={"en": said, "fr": said})
    made = scan(alerts=(one,))
    commands = parsed(render_scan(made, "github"))
    assert [(level, fields["line"]) for level, fields, _ in commands] == [("error", "3")]
    assert len(results(made)) == len(json.loads(render_scan(made, "gitlab"))) == len(cases(made)) == 1
    page = render_scan(made, "markdown")
    assert page.count("</details>") == 1
    assert not re.search(r"@\w", re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", page))


def test_a_path_is_a_uri_in_sarif_and_itself_elsewhere() -> None:
    odd = "données/a b:c%20#1?.py"
    assert uri(odd) == "donn%C3%A9es/a%20b%3Ac%2520%231%3F.py"
    made = scan(alerts=(alert("label", CIDER.id, odd, 3),))
    assert results(made)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri(odd)
    assert json.loads(render_scan(made, "gitlab"))[0]["location"]["path"] == odd
    assert "file=données/a b%3Ac%2520#1?.py,line=3," in render_scan(made, "github")


def test_an_alert_without_a_place_points_at_the_first_mention_else_at_the_policy() -> None:
    gone = alert("lock-changed", GONE, None, None)
    mention = scan(references=(named(GONE, "z.py", 9, confidence="low"),), alerts=(gone,))
    assert "file=z.py,line=9," in render_scan(mention, "github")
    assert "file=conf/policy.toml,line=1," in render_scan(
        scan(alerts=(gone,), policy="conf/policy.toml"), "github"
    )
    assert "file=osaid-audit.toml,line=1," in render_scan(scan(alerts=(gone,)), "github")
    loose = mixed().model_copy(update={"alerts": (gone.model_copy(update={"model": "orchard/other"}),)})
    assert "1 other finding" in render_scan(loose, "text")


# GitHub


def parsed(page: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands of a log as GitHub's runner takes them apart."""
    found = []
    for line in page.splitlines():
        level, fields, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
        pairs = (pair.split("=", 1) for pair in fields.split(","))
        values = {key: undone(value, "%3A:", "%2C,") for key, value in pairs}
        found.append((level, values, undone(message)))
    return found


def undone(text: str, *more: str) -> str:
    for code in (*more, "%0D\r", "%0A\n", "%25%"):
        text = text.replace(code[:3], code[3:])
    return text


def test_github_commands_hold_one_line_each_whatever_is_in_them() -> None:
    commands = parsed(render_scan(hostile(), "github"))
    levels = [level for level, _, _ in commands]
    assert levels == ["error", "error", "warning", "notice", "notice", "notice", "notice"]
    for _, fields, message in commands:
        assert set(fields) <= {"file", "line", "col", "title"}
        assert len(message) <= 2_001
        if fields["title"] == "osaid-audit":
            continue
        assert not fields["file"].startswith(("/", ".."))
        assert int(fields["line"]) >= 1
        assert len(message) <= 1_001
    assert "%0A" in commands[0][1]["title"], "what looks like an escape in the source stays as it was written"


def test_github_gets_ten_of_each_level_and_one_line_on_the_rest() -> None:
    commands = parsed(render_scan(many(100), "github"))
    levels = [level for level, _, _ in commands]
    assert {level: levels.count(level) for level in levels} == {"error": 10, "warning": 10, "notice": 1}
    assert commands[-1][2].endswith("80 more findings are not annotated.")
    assert "annotated" not in render_scan(mixed(), "github")


# JUnit


@pytest.mark.parametrize("sample", EVERY)
def test_junitparser_reads_junit_and_finds_text_in_every_ending(sample: str) -> None:
    written = render_scan(EVERY[sample](), "junit")
    read = JUnitXml.fromfile(io.BytesIO(written.encode()))
    counted = (read.tests, read.failures, read.errors, read.skipped)
    read.update_statistics()
    assert counted == (read.tests, read.failures, read.errors, read.skipped)
    for element in ET.fromstring(written).iter():
        if element.tag in {"failure", "error", "skipped"}:
            assert element.text == element.text.strip() != ""
    assert cases(EVERY[sample]()) is not None


def test_junit_tells_failure_error_and_skipped_apart() -> None:
    ended = cases(mixed())
    by_kind = {
        kind: [name for name, end in ended.items() if isinstance(end, kind)] for kind in (Failure, Error)
    }
    assert [name.split(" ", 1)[0] for name in by_kind[Failure]] == ["orchard/cider-3b@0cb88a4f"] * 2
    assert [name.split(" ", 1)[0] for name in by_kind[Error]] == [GONE]
    assert isinstance(
        ended["orchard/perry-7b@1f1f1f1f pinned-revision: Check pinned-revision (src/eval.py)"], Skipped
    )
    assert ended["orchard/cider-3b@0cb88a4f gating: Check gating (src/app.py)"] is None
    assert ended["commons/pear-1b@2e2e2e2e weights-license: Terms on the weights"] is None


# GitLab

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|\.\./|/)."},
                    "lines": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("sample", [*EVERY, "many"])
def test_gitlab_gets_its_six_fields_and_no_fingerprint_twice(sample: str) -> None:
    made = many(500) if sample == "many" else EVERY[sample]()
    items = json.loads(render_scan(made, "gitlab"))
    jsonschema.Draft202012Validator(CODE_QUALITY).validate(items)
    marks = [item["fingerprint"] for item in items]
    assert len(marks) == len(set(marks))
    bad = [{**item, "location": {"path": "./x", "lines": {"begin": 0}}} for item in items[:1]]
    assert jsonschema.Draft202012Validator(CODE_QUALITY).is_valid(bad) == (not bad)


def test_gitlab_severities() -> None:
    items = json.loads(render_scan(mixed(), "gitlab"))
    assert [item["severity"] for item in items] == ["major", "major", "major", "minor", "info", "info"]
    assert [item["check_name"] for item in items[-2:]] == ["gating", "asked-for"]


# Badge

SHIELDS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["schemaVersion", "label", "message", "color"],
    "properties": {
        "schemaVersion": {"const": 1},
        "label": {"type": "string"},
        "message": {"type": "string", "minLength": 1},
        "color": {"enum": ["brightgreen", "yellow", "red", "lightgrey"]},
    },
}


@pytest.mark.parametrize(
    ("make", "message", "color"),
    [
        (passing, "1 model passes", "brightgreen"),
        (mixed, "1 of 4 fails, 1 of 4 not audited", "red"),
        (empty, "no models found", "lightgrey"),
        (unresolved_only, "no models found, 1 unresolved", "lightgrey"),
        (unaudited_only, "1 of 1 not audited", "red"),
        (let_through, "1 of 1 not audited", "yellow"),
        (forgotten, "1 of 1 not audited", "red"),
        (references_only, "not audited", "lightgrey"),
        (waived, "1 model passes, 1 accepted", "yellow"),
        (unasked, "nothing asked", "lightgrey"),
        (known, "1 model passes, 1 accepted", "yellow"),
    ],
)
def test_a_badge_is_green_only_when_everything_named_was_audited_and_passes(make, message, color) -> None:
    made = json.loads(render_scan(make(), "badge"))
    jsonschema.Draft202012Validator(SHIELDS).validate(made)
    assert (made["message"], made["color"]) == (message, color)


def test_a_finding_about_no_model_at_hand_keeps_a_badge_from_green() -> None:
    gone = alert("lock-changed", GONE, None, None)
    made = json.loads(render_scan(passing().model_copy(update={"alerts": (gone,)}), "badge"))
    assert (made["message"], made["color"]) == ("1 finding", "red")

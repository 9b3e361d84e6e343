"""What each format of a scan says: golden files, the promises of every format, and what validators hold.

Remake them with `UPDATE_GOLDEN=1 python -m pytest tests/test_scan_formats.py`, then read the diff.
"""

import json
import os
import re
import time
import unicodedata
from pathlib import Path

import pytest
from junitparser import Error, Failure, Skipped
from sample_scan import (
    CIDER,
    GONE,
    LICENSE,
    SCANS,
    alert,
    cases,
    empty,
    forgotten,
    hostile,
    known,
    let_through,
    many,
    many_models,
    mixed,
    named,
    passing,
    references_only,
    results,
    scan,
    unaudited_only,
    unresolved_only,
    waived,
)
from samples import restricted

from osaid_audit.errors import UsageError
from osaid_audit.render.layout import columns_of
from osaid_audit.render.scan import COMMENT_LIMIT, SCAN_FORMATS, SUMMARY_LIMIT, render_scan
from osaid_audit.schema.base import Text
from osaid_audit.schema.scan import ScanReport, Unaudited

GOLDEN = Path(__file__).parent / "golden" / "scan"
SUFFIXES = {
    "text": "txt",
    "json": "json",
    "markdown": "md",
    "sarif": "sarif",
    "github": "github",
    "junit": "xml",
    "gitlab": "gitlab.json",
    "badge": "badge.json",
}
READ = ("text", "markdown")
"""Formats that people read from top to bottom."""
EVERY = {**SCANS, "hostile": hostile}


# Every format


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("form", SCAN_FORMATS)
@pytest.mark.parametrize("sample", ["mixed", "waived"])
def test_golden(sample: str, form: str, lang: str) -> None:
    shown = render_scan(SCANS[sample](), form, lang)
    path = GOLDEN / f"{sample}.{'' if form == 'json' else f'{lang}.'}{SUFFIXES[form]}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", SCAN_FORMATS)
def test_the_same_scan_gives_the_same_bytes(form: str) -> None:
    read_again = ScanReport.model_validate_json(render_scan(mixed(), "json"))
    assert render_scan(read_again, form) == render_scan(mixed(), form)


@pytest.mark.parametrize("form", SCAN_FORMATS)
@pytest.mark.parametrize("sample", EVERY)
def test_nothing_unseen_and_no_certificate(sample: str, form: str) -> None:
    for lang in ("en", "fr"):
        page = render_scan(EVERY[sample](), form, lang)
        assert page.endswith("\n") or (form == "github" and not page)
        hidden = [c for c in page if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c != "\n"]
        assert hidden == []
        assert not re.search("certif|compliant with osi|approved by", page, re.IGNORECASE)


@pytest.mark.parametrize("form", READ)
def test_every_page_says_whose_reading_it_is(form: str) -> None:
    for make in SCANS.values():
        assert "not legal advice" in " ".join(render_scan(make(), form).split())
        assert "ni un avis juridique" in " ".join(render_scan(make(), form, "fr").split())


@pytest.mark.parametrize("form", READ)
def test_the_verdict_comes_first(form: str) -> None:
    first = "".join(render_scan(mixed(), form).splitlines()[: 1 if form == "text" else 4])
    assert "4 models in 3 files: 1 fails, 1 could not be audited, 2 pass." in first
    for make in (empty, unresolved_only):
        assert "No model id was found in" in render_scan(make(), form)
    assert "2 places name a model" in render_scan(mixed(), form)


def test_an_unknown_format_or_language_is_refused() -> None:
    with pytest.raises(UsageError, match="no format 'html'"):
        render_scan(empty(), "html")
    with pytest.raises(UsageError, match="no language 'de'"):
        render_scan(empty(), "text", "de")


@pytest.mark.parametrize("form", SCAN_FORMATS)
def test_ten_thousand_findings_are_shown_in_two_seconds(form: str) -> None:
    made = many(10_000)
    before = time.process_time()
    for lang in ("en", "fr"):
        render_scan(made, form, lang)
    assert (time.process_time() - before) / 2 < 2


# What passes, what does not, what nobody knows


def test_what_passes_raises_nothing() -> None:
    assert results(passing()) == []
    assert render_scan(passing(), "github") == ""
    assert json.loads(render_scan(passing(), "gitlab")) == []
    assert {type(each) for each in cases(passing()).values()} <= {type(None), Skipped}


@pytest.mark.parametrize("make", [waived, known])
def test_what_was_accepted_raises_no_error_and_is_shown(make) -> None:
    assert [r for r in results(make()) if r["level"] == "error"] == []
    assert "::error" not in render_scan(make(), "github")
    assert "major" not in render_scan(make(), "gitlab")
    assert Failure not in {type(each) for each in cases(make()).values()}
    kept = json.loads(render_scan(make(), "sarif"))["runs"][0]["properties"]["accepted"]
    assert [each["ruleId"] for each in kept] == ["weights-license"]
    for form in READ:
        page = " ".join(render_scan(make(), form).split())
        assert "passes, with findings accepted" in page
        assert ("For a demonstration only." in page) == (make is waived)


def test_without_the_waiver_the_same_finding_is_an_error() -> None:
    open_again = waived().model_copy(
        update={"alerts": (alert("weights-license", CIDER.id, "src/app.py", 12, **LICENSE),)}
    )
    assert [r["level"] for r in results(open_again)] == ["error"]
    assert "::error" in render_scan(open_again, "github")
    assert Failure in {type(each) for each in cases(open_again).values()}


@pytest.mark.parametrize("make", [unaudited_only, forgotten])
def test_what_was_not_audited_is_an_error_everywhere(make) -> None:
    run = json.loads(render_scan(make(), "sarif"))["runs"][0]
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [("not-audited", "error")]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["level"] == "error"
    assert render_scan(make(), "github").startswith("::error file=app.py,line=2,")
    assert [type(each) for each in cases(make()).values()] == [Error]
    for form in READ:
        assert "1 could not be audited" in render_scan(make(), form)
        assert "pass" not in render_scan(make(), form)


def test_what_was_let_through_is_a_warning_that_says_so() -> None:
    run = json.loads(render_scan(let_through(), "sarif"))["runs"][0]
    assert [r["level"] for r in run["results"]] == ["warning"]
    assert run["invocations"][0]["executionSuccessful"] is True
    for form in READ:
        assert "let through on request" in render_scan(let_through(), form)


def test_an_alert_of_the_policy_about_a_model_not_audited_is_not_doubled() -> None:
    told = alert("not-audited", GONE, "app.py", 2)
    assert len(results(unaudited_only().model_copy(update={"alerts": (told,)}))) == 1


def test_without_an_audit_there_are_references_and_no_verdict() -> None:
    for form in READ:
        page = render_scan(references_only(), form)
        assert "Nothing was audited." in page
        assert "src/app.py:12" in page
        assert "pass" not in page
    assert results(references_only()) == []
    assert "error" not in render_scan(references_only(), "github")
    assert "reports" in json.loads(render_scan(references_only(), "json"))


def test_text_lists_every_reference_when_that_is_all_there_is_and_few_as_a_note() -> None:
    assert "orchard/lost-39" not in render_scan(forgotten(), "text")
    assert "and 10 more; the JSON format has all" in render_scan(forgotten(), "text")
    assert "orchard/lost-39" in render_scan(forgotten().model_copy(update={"audited": False}), "text")


def test_two_audits_of_one_model_have_each_their_places() -> None:
    old = restricted()
    other = "ab" * 20
    new = old.model_copy(update={"subject": CIDER.model_copy(update={"revision": other})})
    both = scan(
        references=(
            named(CIDER.id, "a.py", 1, revision=CIDER.revision),
            named(CIDER.id, "b.py", 2, revision=other[:8]),
        ),
        reports=(new, old),
        alerts=(alert("label", CIDER.id, "b.py", 2, revision=other),),
    )
    page = render_scan(both, "text")
    assert "2 models in 2 files: 1 fails, 1 passes." in page
    failing = page[page.index("@abababab") : page.index("MODELS THAT PASS")]
    assert "b.py:2" in failing
    assert "a.py:1" not in failing


# Text


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("sample", EVERY)
def test_text_keeps_to_its_width_links_excepted(sample: str, width: int) -> None:
    for lang in ("en", "fr"):
        for line in render_scan(EVERY[sample](), "text", lang, width=width).splitlines():
            assert columns_of(line) <= width or "https://" in line or "http://" in line


def test_color_only_when_asked_for() -> None:
    assert "\x1b[31m" in render_scan(mixed(), "text", color=True)
    assert "\x1b" not in render_scan(mixed(), "text")


def test_a_log_takes_no_line_of_text_for_a_command() -> None:
    lines = render_scan(hostile(), "text", width=60).splitlines()
    assert [line for line in lines if line.lstrip().startswith("::") or "##[" in line] == []
    assert any("::error" in line for line in lines)


# JSON


def test_json_is_the_record_without_what_is_unknown() -> None:
    written = render_scan(mixed(), "json")
    assert ScanReport.model_validate_json(written) == mixed()
    assert "null" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", written)
    document = json.loads(written)
    assert list(document) == sorted(document)
    assert set(document["references"][0]) == {"id", "kind", "file", "line", "how", "confidence"}


# Markdown


def test_markdown_holds_its_limit_and_says_what_is_left_out() -> None:
    for make in (lambda: many(10_000), lambda: many_models(900)):
        made = make()
        comment = render_scan(made, "markdown")
        assert len(comment.encode()) <= COMMENT_LIMIT
        assert comment.count("<details") == comment.count("</details>")
        summary = render_scan(made, "markdown", "fr", limit=SUMMARY_LIMIT)
        assert len(summary.encode()) <= SUMMARY_LIMIT
    left = [int(n) for n in re.findall(r"(\d+) more models are not shown", comment)]
    assert left[0] + comment.count("<br>fails |") == 900
    assert left[1] + comment.count("<details><summary>❌") == 900
    assert len(render_scan(mixed(), "markdown").encode()) < COMMENT_LIMIT
    assert "more model" not in render_scan(mixed(), "markdown")


def test_markdown_lets_nothing_foreign_act() -> None:
    page = render_scan(hostile(), "markdown")
    without_code = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", page)
    assert re.findall(r"@\w|(?<![&\w])#\d|https?://evil", without_code) == []
    assert re.findall(r"\]\((?!<https://hub\.example)", without_code.replace("\\]", "")) == []
    assert set(re.findall(r"<(/?\w+)", re.sub(r"\(<https://[^>]*>\)", "", without_code))) <= {
        "details",
        "/details",
        "summary",
        "/summary",
        "br",
    }
    assert without_code.count("<details") == without_code.count("</details>")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in rows} == {8}


def test_one_commit_that_could_not_be_audited_takes_nothing_from_the_other() -> None:
    other = "ab" * 20
    both = scan(
        references=(
            named(CIDER.id, "a.py", 1, revision=CIDER.revision),
            named(CIDER.id, "b.py", 2, revision=other),
        ),
        reports=(restricted(),),
    )
    assert "2 models in 2 files: 1 could not be audited, 1 passes." in render_scan(both, "text")
    refused = alert("not-audited", CIDER.id, "b.py", 2)
    down = Unaudited(
        id=CIDER.id, revision=other, why=Text(en="Down.", fr="Injoignable."), file="b.py", line=2
    )
    told = both.model_copy(update={"alerts": (refused,), "unaudited": (down,)})
    assert "2 models in 2 files: 1 could not be audited, 1 passes." in render_scan(told, "text")
    assert [r["ruleId"] for r in results(told)] == ["not-audited"]


@pytest.mark.parametrize("form", [*READ, "junit"])
def test_whoever_signed_is_named_wherever_the_model_passes(form: str) -> None:
    assert "Ada Exemple" in render_scan(passing(), form)
    unsigned = passing().reports[0]
    bare = tuple(each.model_copy(update={"on_the_word_of": None}) for each in unsigned.frameworks)
    made = passing().model_copy(update={"reports": (unsigned.model_copy(update={"frameworks": bare}),)})
    assert "Ada Exemple" not in render_scan(made, form)


def test_an_audit_with_a_rule_in_error_is_one_model_that_was_not_audited() -> None:
    failed = alert("not-audited", CIDER.id, "a.py", 1, revision=CIDER.revision)
    part = Unaudited(
        id=CIDER.id,
        why=Text(en="A rule could not be answered.", fr="Une règle est restée sans réponse."),
        file="a.py",
        line=1,
    )
    made = scan(
        references=(named(CIDER.id, "a.py", 1),), reports=(restricted(),), unaudited=(part,), alerts=(failed,)
    )
    assert "1 model in 1 file: 1 could not be audited." in render_scan(made, "text")
    assert [r["level"] for r in results(made)] == ["error"]
    assert [type(each) for each in cases(made).values()] == [Error]


def test_a_waived_refusal_is_told_and_stops_nothing() -> None:
    refused = alert("not-audited", GONE, "app.py", 2, waived=True)
    made = unaudited_only().model_copy(update={"alerts": (refused,)})
    assert "1 could not be audited" in render_scan(made, "text")
    run = json.loads(render_scan(made, "sarif"))["runs"][0]
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["results"] == []
    assert json.loads(render_scan(made, "badge"))["color"] == "yellow"


def test_a_dataset_that_was_not_audited_is_no_model_and_stops_all_the_same() -> None:
    lost = Unaudited(id="press/set", why=Text(en="Down.", fr="Injoignable."), file="app.py", line=2)
    here = named("press/set", "app.py", 2, kind="dataset")
    made = passing().model_copy(update={"references": (here,), "unaudited": (lost,)})
    assert "1 model: 1 passes, 1 other finding." in render_scan(made, "text")
    assert json.loads(render_scan(made, "badge"))["color"] == "red"


def test_the_same_commit_asked_for_in_two_ways_is_one_model_and_loses_nothing() -> None:
    held = alert("label", CIDER.id, "a.py", 1, revision=CIDER.revision)
    made = scan(reports=(restricted(), restricted()), alerts=(held,))
    assert "1 model in 1 file: 1 fails." in render_scan(made, "text")

"""What a scan says beside findings: what was asked, who accepted what, what was left out, where to read."""

import json

import pytest
from door import OPEN, RESTRICTED, SHA, dossier
from hub.world import FINETUNE
from judged import RULESET, answer, asking, checks, held, overriding, reference, waiver, waiving
from sample_scan import (
    CIDER,
    NOTHING,
    alert,
    asked,
    demanding,
    known,
    let_through,
    named,
    passing,
    results,
    scan,
    unasked,
    unaudited_only,
    waived,
)
from samples import restricted

from osaid_audit.evaluate import evaluate
from osaid_audit.policy.asked import Beside
from osaid_audit.policy.asked import asked as asked_of
from osaid_audit.policy.judge import Answer
from osaid_audit.render.layout import columns_of
from osaid_audit.render.scan import SCAN_FORMATS, render_scan
from osaid_audit.schema.base import Fact, Source
from osaid_audit.schema.policy import Override, Policy
from osaid_audit.schema.scan import LeftOut
from osaid_audit.schema.waivers import ReportedWaiver

pytest_plugins = ("hub.fixtures",)

PLACES = (reference("src/a.py"), reference("nb/b.ipynb"))
OFF = {"require": "none", "fail_on": "never"}
TALKING = [form for form in SCAN_FORMATS if form not in {"json", "badge"}]


def shown(made, form, lang="en"):
    """A page on one line, as it is after a reader undid the escapes of its format."""
    page = " ".join(render_scan(made, form, lang).split())
    return page.replace("\\_", "_").replace("\\*", "*").replace("&quot;", '"')


# What was asked


def test_the_record_says_the_demands_in_force():
    policy = Policy(overrides=(Override(paths=("nb/**",), pins="commit"), Override(paths=("x",))))
    found = asked_of(policy, RULESET, PLACES, Beside("osaid-audit.toml", lock=True))
    assert (found.require, found.label.en, found.fail_on) == ("open-weights", "Open Weights AI", "not-met")
    assert (found.frameworks, found.norms) == (("osaid-1.0", "g7-2026"), ("osaid-1.0",))
    assert (found.overrides, found.policy, found.lock, found.baseline) == (1, "osaid-audit.toml", True, False)
    assert (found.nothing, found.unasked) == (False, 0)


@pytest.mark.parametrize(
    ("nothing", "something"),
    [
        ({}, {"require": "open-weights"}),
        ({"fail_on": "never"}, {"fail_on": "not-met"}),
        ({"fail_on": "not-met", "frameworks": ("g7-2026",)}, {"fail_on": "not-met"}),
        ({"gating": "warning"}, {"gating": "error"}),
        ({"pins": "none"}, {"pins": "revision"}),
        ({"verdicts": {"osaid-1.0": "any"}}, {"verdicts": {"osaid-1.0": "undetermined"}}),
        ({"findings": {"weights-license": "never"}}, {"findings": {"weights-license": "not-met"}}),
        ({"licenses": None}, {"licenses": ()}),
        (
            {"require": "weights-unavailable", "undetermined": "note"},
            {"require": "weights-unavailable", "undetermined": "error"},
        ),
    ],
)
def test_what_cannot_fail_is_nothing_asked(nothing, something):
    floor = RULESET.framework("g7-2026").floor
    for demands, expected in ((nothing, True), (something, False)):
        said = {key: floor if value == "weights-unavailable" else value for key, value in demands.items()}
        assert asked_of(asking(**said), RULESET, PLACES, Beside()).nothing is expected
        assert asked_of(asking(**said), RULESET, (), Beside()).nothing is expected


def test_overrides_may_leave_nothing_asked_of_any_place_or_of_some():
    every = overriding(Policy(), Override(paths=("*",), **OFF))
    some = overriding(Policy(), Override(paths=("nb/**",), **OFF))
    assert asked_of(every, RULESET, PLACES, Beside()).nothing
    found = asked_of(some, RULESET, PLACES, Beside())
    assert (found.nothing, found.unasked) == (False, 1)
    assert not asked_of(every, RULESET, PLACES, Beside(lock=True)).nothing
    unsure = (reference("nb/b.ipynb", confidence="low"), reference("nb/c.ipynb", kind="dataset"))
    assert asked_of(some, RULESET, unsure, Beside()).unasked == 0


@pytest.mark.parametrize("form", TALKING)
def test_every_format_says_what_was_asked(form):
    usual = passing().model_copy(update={"demanded": asked()})
    line = "Asked for: at least Open Weights AI; required findings that are not met fail (osaid-1.0); policy"
    assert line in shown(usual, form)
    assert "Asked for" not in shown(passing(), form)
    assert "nothing, so no audited model can fail; no label" in shown(unasked(), form)
    assert "no policy file" in shown(unasked(), form)
    assert "aucun fichier de politique" in shown(unasked(), form, "fr")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_model_of_which_nothing_is_asked_is_not_said_to_pass(form):
    assert "nothing is asked of 1" in shown(unasked(), form)
    assert "pass" not in shown(unasked(), form).lower()
    assert "✅ [orchard" not in shown(unasked(), form)
    again = unasked().model_copy(update={"demanded": asked()})
    assert "1 passes" in shown(again, form)


def test_a_badge_is_not_green_where_nothing_is_asked_of_all_or_of_some():
    def badge(**more):
        made = passing().model_copy(update={"demanded": asked(**more)})
        found = json.loads(render_scan(made, "badge"))
        return found["message"], found["color"]

    assert badge() == ("1 model passes", "brightgreen")
    assert badge(**NOTHING) == ("nothing asked", "lightgrey")
    assert badge(unasked=1) == ("1 model passes, nothing asked at 1 place", "yellow")


def test_every_demand_has_its_words():
    page = shown(demanding(), "text")
    for said in (
        "not met or undetermined fail",
        "verdict of osaid-1.0: conforms",
        "rule-0: fails when not met",
        "2 more in the JSON format",
        "license classes: osi",
        "names a full commit",
        "a gated model is: warning",
        "what is undetermined is: note",
        "compared with the lock file",
        "findings in the baseline do not fail",
        "models that could not be audited pass",
        "2 overrides",
    ):
        assert said in page
    assert "mof-1.1" not in page
    assert "rule-6" not in page


def test_the_command_line_is_taken_in_and_told(local_hub, tmp_path, ask_at, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(
        f"from transformers import AutoModel\nAutoModel.from_pretrained({FINETUNE!r})\n", encoding="utf-8"
    )
    given = (local_hub, "scan", ".")
    strict = ask_at(*given, "-f", "json")
    told = json.loads(strict.out)["demanded"]
    assert (strict.code, told["require"], told["nothing"], "policy" in told) == (
        1,
        "open-weights",
        False,
        False,
    )
    off = ask_at(*given, "--require", "none", "--fail-on", "never", "-f", "badge")
    assert (off.code, json.loads(off.out)["color"]) == (0, "lightgrey")
    (tmp_path / "osaid-audit.toml").write_text("[policy]\npins = 'commit'\n", encoding="utf-8")
    page = " ".join(ask_at(*given).out.split())
    assert "each reference names a full commit; policy file osaid-audit.toml." in page
    assert "demanded" not in json.loads(ask_at(*given, "--no-audit", "-f", "json").out)


# Who accepted what


@pytest.mark.parametrize("form", TALKING)
def test_every_format_says_who_accepted_a_finding_why_and_until_when(form):
    page = shown(waived(), form)
    for said in (
        "Ada Exemple",
        "accepted-risk",
        "For a demonstration only.",
        "2027-01-31",
        "tickets.example/7",
    ):
        assert said in page
    assert "2026-01-31" in page, "the expired waiver is told, too"
    bare = waived().model_copy(update={"waivers": (), "alerts": ()})
    assert "Ada Exemple" not in shown(bare, form)


@pytest.mark.parametrize("form", TALKING)
def test_every_format_shows_what_is_in_the_baseline(form):
    assert "It was there before the check: it is in the baseline." in shown(known(), form)
    assert "It was there" not in shown(waived(), form)


@pytest.mark.parametrize("form", TALKING)
def test_every_format_says_that_a_model_was_let_through(form):
    assert "Let through on request" in shown(let_through(), form)
    assert "Let through" not in shown(unaudited_only(), form)


def test_what_was_accepted_stands_at_its_line_and_raises_nothing():
    notices = [line for line in render_scan(waived(), "github").splitlines() if "line=12" in line]
    assert [line.split(" ", 1)[0] for line in notices] == ["::notice"]
    items = json.loads(render_scan(waived(), "gitlab"))
    here = [item for item in items if item["check_name"] == "weights-license"]
    assert [(each["severity"], each["location"]["lines"]["begin"]) for each in here] == [("info", 12)]
    assert [each["ruleId"] for each in results(waived())] == ["expired-waiver"]
    run = json.loads(render_scan(waived(), "sarif"))["runs"][0]["properties"]
    (one,) = run["accepted"]
    assert (one["kind"], one["startLine"]) == ("waived", 12)
    assert one["waivers"] == [
        {
            "rule": "weights-license",
            "model": CIDER.id,
            "reason": "accepted-risk",
            "statement": "For a demonstration only.",
            "reviewer": "Ada Exemple",
            "evidence": "https://tickets.example/7",
            "expires": "2027-01-31",
            "state": "used",
        }
    ]
    assert [each["state"] for each in run["waivers"]] == ["used", "expired"]


def test_notices_keep_to_the_limit_whatever_was_accepted():
    fields = {"reason": "pending-fix", "statement": "Soon.", "reviewer": "Ada", "expires": "2027-01-31"}
    by = ReportedWaiver(rule="label", model="*", state="used", **fields)
    idle = ReportedWaiver(rule="gating", model="*", state="unused", **fields)
    alerts = tuple(alert("label", CIDER.id, "a.py", n + 1, waived=True, accepted_by=(0,)) for n in range(30))
    made = scan(reports=(restricted(),), alerts=alerts, waivers=(by, idle), demanded=asked())
    lines = render_scan(made, "github").splitlines()
    assert len(lines) == 10
    assert "22 more findings are not annotated." in lines[0]
    few = render_scan(made.model_copy(update={"alerts": alerts[:3]}), "github").splitlines()
    assert len(few) == 5
    assert "gating · *: without effect" in few[-1]


def test_a_waiver_is_found_by_its_place_in_the_file():
    other = waiver("gating")
    policy = waiving(Policy(), other, waiver("weights-license"), waiver("label"))
    found = held(policy, answer(RESTRICTED))
    assert {each.check: each.accepted_by for each in found.alerts} == {"label": (2,), "weights-license": (1,)}
    assert {each.accepted_by for each in held(Policy(), answer(RESTRICTED)).alerts} == {()}


# What was left out


def test_what_was_left_out_is_counted_by_reason_and_said_where_nothing_was_found():
    out = (LeftOut(path="a", why="ignored"), LeftOut(path="b", why="ignored"), LeftOut(path="c", why="link"))
    empty = scan(files=0, left_out=out, left_out_count=3)
    for form in ("text", "markdown", "junit"):
        assert "Left out: 3 paths (2 ignored by git, 1 symbolic link)" in shown(empty, form)
        assert "Left out" not in shown(scan(files=0), form)
    assert "Left out: 900 paths (ignored by git, symbolic link)" in shown(
        empty.model_copy(update={"left_out_count": 900}), "text"
    )


# One thing said once


def test_a_label_names_the_finding_that_is_held_against_the_model_at_the_same_place():
    both = held(Policy(), answer(RESTRICTED)).alerts
    assert [each.check for each in both] == ["label", "weights-license"]
    assert both[0].message.en.endswith("Held back by [weights-license].")
    assert both[1].message.en not in both[0].message.en
    assert both[0].next != both[1].next
    (alone,) = held(asking(require="open-weights"), answer(RESTRICTED)).alerts
    assert both[1].message.en in alone.message.en
    assert both[1].message.fr in alone.message.fr
    assert "Held back" not in alone.message.en


# Where to read


def link_of(*urls):
    """Where the alert of a finding leads that rests on these addresses."""
    found = dossier(RESTRICTED)
    fact = Fact(value="use-restricted", basis="stated", sources=tuple(Source(url=url) for url in urls))
    report = evaluate(
        found.model_copy(update={"facts": {**found.facts, "license.class": fact}}), RULESET, ("osaid-1.0",)
    )
    made = held(asking(fail_on="not-met"), Answer("org/model", None, (reference(),), report))
    assert checks(made) == ["weights-license"]
    return made.alerts[0].url


@pytest.mark.parametrize(
    ("reply", "page"),
    [
        ("https://huggingface.co/api/models/org/model?blobs=true", "https://huggingface.co/org/model"),
        (
            f"https://huggingface.co/api/models/org/model/revision/{SHA}?blobs=true",
            f"https://huggingface.co/org/model/tree/{SHA}",
        ),
        (f"https://hub.example/x/api/models/gpt2/revision/{SHA}", f"https://hub.example/x/gpt2/tree/{SHA}"),
        ("https://huggingface.co/api/datasets/org/set", "https://huggingface.co/datasets/org/set"),
        ("https://api.code.example/repos/org/code", "https://huggingface.co/org/model"),
    ],
)
def test_a_reply_for_programs_is_not_where_a_person_is_sent(reply, page):
    assert link_of(reply) == page
    file = f"https://huggingface.co/org/model/blob/{SHA}/LICENSE"
    assert link_of(reply, file) == file


def test_a_repository_that_is_called_api_is_a_page():
    assert link_of("https://huggingface.co/org/api") == "https://huggingface.co/org/api"


# A calm list


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_long_ids_of_models_that_pass_are_not_broken(width):
    one = passing().reports[0]
    long = ("an-organisation/a-model-whose-name-is-quite-long-70b", "o/m")
    reports = tuple(
        one.model_copy(update={"subject": one.subject.model_copy(update={"id": n, "canonical_id": n})})
        for n in long
    )
    places = tuple(named(n, "src/some/folder/of/the/code/app.py", 44) for n in long)
    lines = render_scan(scan(references=places, reports=reports), "text", width=width).splitlines()
    assert all(columns_of(line) <= width for line in lines)
    assert sum(long[0] in line for line in lines) == 1
    start = lines.index("MODELS THAT PASS") + 1
    rows = [line for line in lines[start:] if line.startswith("  ✓ ")]
    assert len(rows) == 2
    assert ("src/some" in rows[0]) == (width == 200)
    assert ("@2e2e2e2e" in rows[0]) == (width > 60)


@pytest.mark.parametrize("width", [60, 200])
def test_an_id_that_is_longer_than_a_line_is_cut_and_nothing_overflows(width):
    one = passing().reports[0]
    name = f"o/{'x' * 210}"
    subject = one.subject.model_copy(update={"id": name, "canonical_id": name})
    made = scan(reports=(one.model_copy(update={"subject": subject}),))
    assert all(columns_of(line) <= width for line in render_scan(made, "text", width=width).splitlines())


def test_an_open_model_alone_is_one_row():
    assert "  ✓ commons/pear-1b @2e2e2e2e  Open Source" in render_scan(passing(), "text", width=120)
    assert held(Policy(), answer(OPEN)).alerts == ()

"""The report as other programs meet it (design §5.2): names, nothing null, both languages, same bytes."""

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from door import osaid_audit
from hub import world
from hub.repos import Repo, Weights
from hub.world import apache_text, card

pytest_plugins = ("hub.fixtures",)

ROOT = Path(__file__).resolve().parent.parent
RICH = "rich/tuned"
ALWAYS = """schema_version tool rules spdx_list_version as_of gathered_at endpoint token_used dossier_sha256
    limits subject label frameworks license lineage datasets code facts opinions problems waivers
    attestations notice"""
NAMES = {
    "": ALWAYS,
    "tool": "name version",
    "rules": "version sha256",
    "subject": "id canonical_id revision url source",
    "label": "framework value at_most title at_most_title",
    "frameworks[]": "id version kind verdict elements freedoms findings open_items",
    "frameworks[].elements": "data_information code parameters",
    "frameworks[].freedoms": "use study modify share",
    "frameworks[].elements.parameters": "status met required findings",
    "frameworks[].freedoms.use": "status met required findings",
    "frameworks[].findings[]": """rule origin title element freedoms required outcome message evidence missing
        remedy waived attested""",
    "frameworks[].findings[].remedy": "publisher user",
    "license": "declared concluded components files conflicts",
    "license.concluded": "id class basis osi_approved clauses breaks",
    "license.components[]": "path id class",
    "license.files[]": "path id match covers",
    "lineage[]": "id relation depth license class",
    "datasets[]": "id role found license class",
    "facts.*": "value basis evidence",
    "problems[]": "what state why next blocks",
}
"""Where in the report -> names that some entry there bears."""
EVIDENCE = {"fact", "value", "url", "revision", "path", "line", "pointer", "sha256", "quote"}
OUTCOMES = {"met", "not_met", "needs_review", "insufficient_evidence", "not_applicable", "error"}
STATES = {"absent", "gated", "not_found_or_private", "unreachable", "malformed", "too_large", "unsupported"}
RUNGS = ("not-available", "no-license", "weights-available", "open-weights", "open-source-ai",
         "open-source-ai-with-open-data")  # fmt: skip


def rich():
    """A repository in which every part of a report has something to say."""
    front = (
        f"license: apache-2.0\nbase_model: {world.GATED}\ndatasets:\n- {world.DATASET_NC}\n- nobody/lost\n"
    )
    prose = "# A model\n\n## Training data\n\nWe trained on pages of the web from 2019 to 2023.\n\n"
    prose += "Code: https://github.com/acme/train\n\nYou may not use it commercially.\n"
    files = {"README.md": card(front, prose), "LICENSE": apache_text(), "vae/LICENSE": world.mit_text()}
    files |= {
        "model_index.json": '{"_class_name": "P"}',
        "USE_POLICY.md": "Use it well.\n",
        "run.py": "pass\n",
    }
    weights = tuple(Weights(f"{part}/model.safetensors", 10**9) for part in ("vae", "unet"))
    return Repo(RICH, files=files, weights=weights, gated=False)


@pytest.fixture
def ask(ask_at, local_hub):
    local_hub.add(rich())
    return partial(ask_at, local_hub)


@pytest.fixture
def report(ask):
    ran = ask(RICH, "-f", "json", "--no-links")
    assert ran.code == 1, ran.err
    return json.loads(ran.out)


def at(report, place):
    """Every value at a place such as `frameworks[].findings[]`."""
    found = [report]
    for step in filter(None, place.split(".")):
        name, many = step.removesuffix("[]"), step.endswith("[]")
        if name == "*":
            found = [each for value in found for each in value.values()]
            continue
        found = [value[name] for value in found if name in value]
        found = [each for value in found for each in value] if many else found
    return found


def everything(value):
    yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everything(each)


@pytest.mark.parametrize("place", NAMES)
def test_the_stable_names_are_there(report, place):
    entries = at(report, place)
    assert entries, place
    borne = set().union(*entries)
    assert set(NAMES[place].split()) <= borne, set(NAMES[place].split()) - borne


def test_the_place_of_a_missing_name_would_be_noticed(report):
    del report["label"]["at_most"]
    assert "at_most" not in set().union(*at(report, "label"))
    assert at(report, "nothing[].here") == []


def test_the_published_schema_has_the_same_top_level_names(capsys, report):
    schema = json.loads(osaid_audit(capsys, "schema", "report").out)
    assert set(report) == set(schema["properties"]) == set(ALWAYS.split())


def test_values_are_of_the_closed_vocabularies(report):
    assert report["schema_version"] == "1"
    assert {each["id"]: each["kind"] for each in report["frameworks"]} == {
        "osaid-1.0": "binary",
        "g7-2026": "ladder",
    }
    findings = at(report, "frameworks[].findings[]")
    assert {each["outcome"] for each in findings} <= OUTCOMES
    assert {each["element"] for each in findings} <= {"data_information", "code", "parameters"}
    assert {name for each in findings for name in each["freedoms"]} <= {"use", "study", "modify", "share"}
    assert {each["state"] for each in report["problems"]} <= STATES
    assert report["label"]["framework"] == "g7-2026"
    assert {report["label"]["value"], report["label"]["at_most"]} <= {*RUNGS, "undetermined"}
    assert {each["basis"] for each in report["facts"].values()} <= {"verified", "stated", "lead"}
    assert {each["role"] for each in report["datasets"]} <= {"training", "evaluation", "unknown"}
    assert {each["found"] for each in report["datasets"]} == {True, False}
    assert [each["depth"] for each in report["lineage"]] == [1]
    assert report["frameworks"][0]["only_proven_breach"] == "license"


def test_a_group_says_the_worst_required_outcome_and_counts_what_is_required(report):
    order = ["not_met", "error", "insufficient_evidence", "needs_review", "met"]
    for norm in report["frameworks"]:
        outcomes = {each["rule"]: each for each in norm["findings"]}
        for group in (*norm["elements"].values(), *norm["freedoms"].values()):
            assert set(group["findings"]) <= set(outcomes)
            assert 0 <= group["met"] <= group["required"] <= len(group["findings"])
        for name, group in norm["elements"].items():
            counted = [
                each["outcome"] for each in norm["findings"] if each["element"] == name and each["required"]
            ]
            counted = [outcome for outcome in counted if outcome != "not_applicable"]
            expected = min(counted, key=order.index) if counted else "not_applicable"
            assert (group["status"], group["required"]) == (expected, len(counted))
            assert group["met"] == counted.count("met")


def test_what_is_unknown_is_left_out_and_never_null(report, ask):
    assert None not in list(everything(report))
    assert "" not in list(everything(report))
    bare = json.loads(ask(world.BROKEN, "-f", "json").out)
    assert None not in list(everything(bare))
    assert "concluded" not in bare["license"]
    assert "license.class" not in bare["facts"]
    open_one = json.loads(ask(world.OPEN, "-f", "json").out)
    assert open_one["license"]["concluded"]["name"] == "Apache License 2.0"
    assert "label" not in json.loads(ask(world.OPEN, "-f", "json", "--framework", "osaid-1.0").out)


def test_evidence_has_its_place_and_nothing_else(report):
    items = [
        each for value in everything(report) if isinstance(value, dict) for each in value.get("evidence", [])
    ]
    assert items
    for item in items:
        assert set(item) <= EVIDENCE
        assert {"fact", "value", "url"} <= set(item)
        assert item["fact"] in report["facts"]
        assert re.fullmatch("[0-9a-f]{64}", item.get("sha256", "0" * 64))
        assert re.fullmatch("[0-9a-f]{40}", item.get("revision", "0" * 40))
        assert len(item.get("quote", "")) <= 300


TEXTS = {
    "title",
    "why",
    "message",
    "next",
    "publisher",
    "user",
    "notice",
    "note",
    "verdict_title",
    "at_most_title",
}


def test_every_text_for_people_is_in_both_languages(report):
    told = [
        (key, text)
        for value in everything(report)
        if isinstance(value, dict)
        for key, text in value.items()
        if key in TEXTS
    ]
    told += [("limit", text) for text in report["limits"]]
    assert {key for key, _ in told} >= {*TEXTS, "limit"} - {"note"}
    for key, text in told:
        assert set(text) == {"en", "fr"}, key
        assert text["en"].strip(), key
        assert text["fr"].strip(), key
        assert "{" not in text["en"] + text["fr"], (key, "a placeholder was left")
    different = [text["en"] != text["fr"] for key, text in told if key in {"message", "why", "next"}]
    assert all(different)


def test_no_percentage_and_no_promise(report):
    said = json.dumps(
        [
            text
            for value in everything(report)
            if isinstance(value, dict)
            for key, text in value.items()
            if key in TEXTS
        ]
    )
    assert not re.search(r"\d\s?%", said)
    assert "certified" not in said.lower()


def test_several_models_are_an_array_in_their_order(ask):
    told = json.loads(ask(world.OPEN, RICH, "-f", "json").out)
    assert [each["subject"]["id"] for each in told] == [world.OPEN, RICH]
    assert isinstance(json.loads(ask(world.OPEN, "-f", "json").out), dict)


@pytest.mark.parametrize("form", ["json", "html", "markdown", "text"])
def test_the_same_dossier_gives_the_same_bytes_in_two_processes(ask, tmp_path, form):
    """Whatever order this Python gives its sets."""
    dossier = tmp_path / "dossier.json"
    assert ask("gather", RICH, "-o", dossier, "--no-links").code == 0

    def run(seed):
        where = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        command = [sys.executable, "-m", "osaid_audit", str(dossier), "--offline", "-f", form]
        done = subprocess.run(command, cwd=ROOT, env=where, capture_output=True, timeout=60, check=False)
        assert done.returncode == 1, done.stderr
        return done.stdout

    assert run("1") == run("7")


def test_a_gathered_dossier_has_the_same_bytes_but_for_its_time(ask, tmp_path):
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    for file in (one, two):
        assert ask("gather", RICH, "-o", file, "--no-links").code == 0

    def without_time(file):
        return re.sub(r'"gathered_at": "[^"]+"', "", file.read_text())

    assert without_time(one) == without_time(two)

"""`osaid-audit explain`: every word that an output prints as a code has a page, in both languages."""

import re
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from door import osaid_audit

from osaid_audit import licenses
from osaid_audit.cli.explaining import Guide, glosses
from osaid_audit.evaluate import load
from osaid_audit.render.words import shipped
from osaid_audit.schema.base import ELEMENTS, FREEDOMS, Basis, Outcome, ProblemState
from osaid_audit.schema.licenses import PRECEDENCE, ClauseId, LicenseClass, Match
from osaid_audit.schema.policy import Change
from osaid_audit.schema.report import Ignored
from osaid_audit.schema.waivers import Reason, ReportedWaiver

ROOT = Path(__file__).resolve().parent.parent
CLOSED = {
    "outcome": [str(each) for each in Outcome],
    "verdict": ["conforms", "does_not_conform", "undetermined"],
    "freedom": FREEDOMS,
    "element": ELEMENTS,
    "class": get_args(LicenseClass),
    "basis": get_args(Basis),
    "match": get_args(Match),
    "state": [*get_args(ProblemState), "not_read"],
    "change": get_args(Change),
    "reason": get_args(Reason),
    "waiver": get_args(ReportedWaiver.model_fields["state"].annotation),
    "ignored": get_args(Ignored),
    "check": [key.removeprefix("check.") for key in shipped() if key.startswith("check.")] + ["lock-changed"],
}
PRINTED = [*ROOT.glob("reports/examples/*.txt"), *ROOT.glob("tests/golden/scan/*.txt")]


@pytest.fixture(scope="module")
def guides():
    ruleset = load()
    return {lang: Guide(ruleset, lang) for lang in ("en", "fr")}


@pytest.mark.parametrize("kind", sorted(CLOSED))
def test_every_word_of_a_closed_list_is_explained_and_no_other(kind):
    assert sorted(glosses.shipped()[kind]) == sorted(CLOSED[kind])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_everything_that_is_listed_has_a_page_that_says_something(guides, lang):
    listed = list(chain(*guides[lang].listed().values()))
    assert {*load().rules, *load().frameworks, *get_args(ClauseId), *PRECEDENCE} <= set(listed)
    assert {entry.id for entry in licenses.entries()} <= set(listed)
    for name in listed:
        assert len(" ".join(guides[lang].page(name).lines(80))) > len(name) + 20, name


def test_a_page_is_not_the_same_in_both_languages(guides):
    spoken = glosses.shipped()
    same = [
        name
        for kind in spoken
        for name, text in spoken[kind].items()
        if text["en"].split() == text["fr"].split()
    ]
    assert same == []
    assert guides["en"].page("label") != guides["fr"].page("label")


@pytest.mark.parametrize("place", PRINTED, ids=lambda path: path.name)
def test_every_code_in_brackets_of_a_printed_report_is_explained(guides, place):
    codes = set(re.findall(r"\[([a-z][a-z0-9-]+)\]", place.read_text(encoding="utf-8")))
    for code in codes:
        assert guides["en"].page(code).name == code


def test_there_are_printed_reports_with_codes():
    text = "".join(place.read_text(encoding="utf-8") for place in PRINTED)
    assert {"weights-license", "pinned-revision"} <= set(re.findall(r"\[([a-z][a-z0-9-]+)\]", text))


def test_a_word_with_several_meanings_shows_each(capsys):
    told = osaid_audit(capsys, "explain", "expired", "--lang", "en").out
    assert "expired (state of a waiver)" in told
    assert "expired (why an attestation is ignored)" in told
    told = osaid_audit(capsys, "explain", "not-applicable", "--lang", "en").out
    assert told.index("not_applicable (outcome)") < told.index("not-applicable (reason of a waiver)")


def test_a_license_id_that_is_also_another_word_keeps_its_page(capsys):
    told = osaid_audit(capsys, "explain", "unknown", "--lang", "en").out
    assert "(match of a license text)" in told
    assert "LicenseRef-unknown (license)" in told


@pytest.mark.parametrize(("lang", "kind"), [("en", "check of a policy"), ("fr", "contrôle d'une politique")])
def test_without_a_name_everything_is_listed(capsys, lang, kind):
    ran = osaid_audit(capsys, "explain", "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert kind in ran.out.splitlines()
    for name in (
        "weights-license",
        "osaid-1.0",
        "open-weights",
        "met",
        "lock-changed",
        "Apache-2.0",
        "data.withheld",
    ):
        assert re.search(rf"(^|[ ,]){re.escape(name)}(,|$)", ran.out, re.MULTILINE), name
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("word", "near"),
    [("pined-revision", "pinned-revision"), ("waver", "waiver"), ("open-weight", "open-weights")],
)
def test_an_unknown_word_names_the_near_one(capsys, word, near):
    ran = osaid_audit(capsys, "explain", word)
    assert (ran.code, ran.out) == (2, "")
    assert f"'{near}'" in ran.err


def test_a_word_far_from_all_says_where_the_list_is(capsys):
    assert "'osaid-audit explain' lists" in osaid_audit(capsys, "explain", "zzzzzz").err


def test_every_kind_has_a_name_and_every_heading_is_used():
    kinds = {f"explain.kind.{kind}" for kind in glosses.shipped()}
    headings = {key for key in shipped() if key.startswith("explain.")}
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "osaid_audit" / "cli" / "explaining").glob("*.py")
    )
    used = {
        key for key in headings if re.search(rf"[\"']({re.escape(key)}|{re.escape(key[8:])})[\"']", source)
    }
    assert kinds <= headings
    assert headings - kinds == used - kinds


def test_every_fact_is_told_in_both_languages():
    from osaid_audit.cli.explaining.glosses import facts_in_french
    from osaid_audit.schema.vocabulary import VOCABULARY

    translated = {name for name, spec in VOCABULARY.items() if spec.doc_fr}
    assert translated | facts_in_french().keys() == VOCABULARY.keys()
    assert not translated & facts_in_french().keys()
    same = [name for name, text in facts_in_french().items() if text == VOCABULARY[name].doc]
    assert same == []

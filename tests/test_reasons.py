"""Why a model fails, in one sentence: whose terms they are that take a freedom."""

import pytest
from door import dossier

from osaid_audit import render
from osaid_audit.evaluate import evaluate

OWN = {"license.class": "noncommercial", "license.breaks": ("use",)}
NONE = {"license.class": "none", "license.grant_found": False}
BASE = {"lineage.restricted": True, "lineage.broken_freedoms": ("use",)}
CODE = {"code.license_class": "noncommercial"}
WITHHELD = {"data.withheld": True}
ONE, MANY = "The only breach proven so far: ", "The only breaches proven so far: "
SAID = {
    "own": (OWN, f"{ONE}its own license."),
    "none": (NONE, f"{ONE}it has no license."),
    "base": (BASE, f"{ONE}the terms of a model it was made from."),
    "code": (CODE, f"{ONE}the license of its code."),
    "own and base": (OWN | BASE, "its own license"),
}


def shown(facts, lang="en") -> str:
    return " ".join(render(evaluate(dossier(facts)), "text", lang).replace("\u00a0", " ").split())


@pytest.mark.parametrize("case", SAID)
def test_the_only_breach_is_told_by_whose_terms_they_are(case):
    facts, sentence = SAID[case]
    text = shown(facts)
    assert sentence in text
    others = {said for name, (_, said) in SAID.items() if name != case and said not in sentence}
    assert [said for said in others if said.startswith(ONE) and said in text] == []


def test_two_breaches_are_both_told():
    text = shown(OWN | BASE)
    assert ONE not in text
    found = text.partition(MANY)[2].partition(".")[0]
    assert sorted(found.split(", ")) == ["its own license", "the terms of a model it was made from"]


def test_it_is_told_in_french():
    assert "Le seul manquement établi à ce jour : il n'a pas de licence." in shown(NONE, "fr")


@pytest.mark.parametrize("facts", [WITHHELD | OWN, WITHHELD, {}], ids=["more", "other", "no breach"])
def test_nothing_is_told_of_terms_where_they_are_not_the_only_breach(facts):
    assert "proven so far" not in shown(facts)

"""The families on OSI's own list, as their real cards read: no breach where OSI found none, and the others.

The cards stand in ../shared; for families whose cards are not there (a policy one may look at, a use-based
license) repositories of ours have their shape. Expected answers: design §8 and the list of OSI of 2024.
"""

import json
from functools import partial

import pytest
from hub.repos import Repo, Weights
from signing import answer, keeper, sign

pytest_plugins = ("hub.fixtures",)

PASSES = ("EleutherAI/pythia-1.4b", "EleutherAI/pythia-6.9b", "EleutherAI/pythia-70m", "LLM360/Amber")
OPEN_ITEMS = 15
"""Required questions of OSAID 1.0 that no page answers by itself; these pages leave at most so many."""


@pytest.fixture
def real(ask_at, corpus_hub):
    return partial(ask_at, corpus_hub)


def judged(ask, *arguments):
    ran = ask(*arguments, "-f", "json", "--no-links")
    report = json.loads(ran.out)
    return next(each for each in report["frameworks"] if each["id"] == "osaid-1.0"), report


def broken(framework):
    return sorted(
        each["rule"] for each in framework["findings"] if each["outcome"] == "not_met" and each["required"]
    )


@pytest.mark.parametrize("model", PASSES)
def test_what_the_osi_passed_has_no_breach_and_a_list_of_what_to_review(real, model):
    osaid, report = judged(real, model)
    assert broken(osaid) == []
    assert osaid["verdict"] == "undetermined"
    assert 0 < osaid["open_items"] <= OPEN_ITEMS
    assert report["label"]["value"] == "open-weights"
    assert report["label"]["at_most"] == "open-source-ai-with-open-data"


@pytest.mark.parametrize("model", PASSES)
def test_with_a_sign_off_it_conforms_on_the_word_of_its_reviewer(real, model, tmp_path):
    draft = real("attest", model, "--no-links").out
    signed = keeper(tmp_path)(sign(answer(draft)))
    osaid, _ = judged(real, model, "--attestation", signed)
    assert (osaid["verdict"], osaid["on_the_word_of"]) == ("conforms", "Ada Exemple")
    part = answer(draft)
    part["statements"] = part["statements"][1:]
    osaid, _ = judged(real, model, "--attestation", keeper(tmp_path)(sign(part), "part.yaml"))
    assert osaid["verdict"] == "undetermined"


@pytest.mark.parametrize("model", ["mistralai/Mixtral-8x7B-v0.1", "mistralai/Mixtral-8x7B-Instruct-v0.1"])
def test_open_weights_alone_are_undetermined_with_a_longer_list(real, model):
    osaid, report = judged(real, model)
    assert (broken(osaid), osaid["verdict"]) == ([], "undetermined")
    assert report["label"]["value"] == "open-weights"
    assert osaid["open_items"] >= judged(real, PASSES[0])[0]["open_items"]


@pytest.mark.parametrize("model", ["meta-llama/Llama-2-7b-hf", "meta-llama/Llama-2-70b-chat-hf"])
def test_llama_2_fails_by_its_license(real, model):
    osaid, report = judged(real, model)
    assert osaid["verdict"] == "does_not_conform"
    assert "weights-license" in broken(osaid)
    assert report["label"]["value"] == report["label"]["at_most"] == "weights-available"


@pytest.mark.parametrize("model", ["CompVis/stable-diffusion-v1-4", "CompVis/stable-diffusion-v1-1"])
def test_a_use_based_license_is_the_only_proven_breach(real, model):
    osaid, _ = judged(real, model)
    assert osaid["only_proven_breach"] == "license"
    assert osaid["open_items"] > 0


@pytest.mark.parametrize(
    "front",
    [
        "license: bigscience-bloom-rail-1.0",
        "license: bigcode-openrail-m",
        "license: other\nlicense_name: falcon-180b",
    ],
)
def test_families_that_would_pass_under_other_terms_break_by_the_license_alone(ask_at, empty_hub, front):
    prose = "## Training data\n\nEvery source is described in the data card, one by one, with its dates."
    page = {"README.md": f"---\n{front}\n---\n# Pear\n\n{prose}\n"}
    empty_hub.add(Repo("orchard/pear", files=page, weights=(Weights("model.safetensors", 10**9),)))
    osaid, _ = judged(partial(ask_at, empty_hub), "orchard/pear")
    assert osaid["only_proven_breach"] == "license"

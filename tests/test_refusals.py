"""Refusals: bound only from a sentence that is complete in itself and about this model."""

import time

import pytest
from raw_samples import card, gathered, repository

from osaid_audit.gather import assemble

PROSE = "A small model for the study of French and English text, made by a school and free to try out."
DATA, CODE = "data.withheld", "code.training_withheld"


def refused(text: str) -> set[str]:
    subject = repository(card(f"# Model\n\n{PROSE}\n\n{text}\n", license="apache-2.0"))
    return {DATA, CODE} & assemble(gathered(subject)).facts.keys()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("We do not provide the training code.", CODE),
        ("The training code was not released.", CODE),
        ("We do not disclose the training data sources.", DATA),
        ("We did not reveal the training data to the public.", DATA),
        ("We do not disclose the training data. The model has 7B parameters.", DATA),
        ("Meta trains models. We do not disclose the training data.", DATA),
        ("We cannot share details about our training dataset for legal reasons.", DATA),
    ],
)
def test_a_plain_refusal_is_bound(text, fact):
    assert refused(text) == {fact}


@pytest.mark.parametrize(
    "text",
    [
        "We do not provide the training code in this repository; it is at https://github.com/a/t under MIT.",
        "The training code is not available here, but you can find it on our GitHub https://github.com/acme/t.",
        "The training code was not released by the authors of the base model, so we wrote ours.",
        "We do not disclose the training data sources in this card; see our 30-page data sheet.",
        "We did not reveal the training data to annotators. The training data is described below.",
        "We did not reveal the training data to annotators.",
        'Meta said: "We do not disclose the training data". We do.',
        "Meta said: We do not disclose the training data.",
        "> We do not disclose the training data.",
        "We do not disclose the training data. However, a list of its sources is in our report.",
        "We do not provide the training code. You can find it on GitHub.",
        "We do not provide the training code.\n\nIt is at https://github.com/acme/train.",
        "## Base model\n\nThe training data has not been disclosed.",
        "We do not disclose the training data to users; the public list is complete.",
        "The authors do not disclose the training data.",
        "The training code is not released yet.",
    ],
)
def test_whatever_leaves_a_doubt_binds_nothing(text):
    assert refused(text) == set()


HELD_BACK = (
    ("We will not disclose the training data.", DATA),
    ("For competitive reasons, we do not disclose the training data.", DATA),
    ("The training data has not been disclosed.", DATA),
    ("Details of the training data are confidential.", DATA),
    ("Nous ne divulguons pas les données d'entraînement.", DATA),
    ("We will not release the training code.", CODE),
    ("Our training code is not public.", CODE),
    ("Nous ne publions pas notre code d'entraînement.", CODE),
)
HELD_BACK_SILENT = (
    "We do not describe the training data here; the paper does.",
    "We do not disclose the training data of the teacher model.",
    "The training data is not described in this section.",
    "We did not reveal the training data to the evaluators.",
    "> We do not disclose the training data.",
    "The training code is not available yet.",
    "We do not provide training code. See [our repository](https://github.com/acme/train).",
    "Le code d'entraînement n'est pas fourni ici, mais il est sur notre site.",
)


@pytest.mark.parametrize(("text", "fact"), HELD_BACK)
def test_held_back_refusals_are_bound(text, fact):
    assert refused(text) == {fact}


@pytest.mark.parametrize("text", HELD_BACK_SILENT)
def test_held_back_half_refusals_bind_nothing(text):
    assert refused(text) == set()


@pytest.mark.parametrize("unit", ["we do not disclose the ", "for a ", "the training data has "])
def test_a_hostile_card_is_read_in_time(unit):
    begin = time.process_time()
    assert refused(unit * (100_000 // len(unit))) == set()
    assert time.process_time() - begin < 2

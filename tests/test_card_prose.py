"""What the prose says: support is never negated, a refusal refuses to describe."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_audit.gather.reading.prose.card import read_card
from osaid_audit.gather.reading.prose.claims import statements
from osaid_audit.gather.reading.prose.language import is_read
from osaid_audit.gather.reading.prose.terms import read_terms

DATA = "The model was trained on forty thousand hours of public radio, news articles and encyclopedia text."


def said(text: str) -> set[str]:
    return {each.fact for each in statements(read_card(text))}


@pytest.mark.parametrize(
    "heading",
    ["## Training data", "Training Data\n-------------", "<h3>Training data</h3>", "**Training data:**",
     "## Données d'entraînement", "### Pre-training corpus"],
)  # fmt: skip
def test_a_section_on_training_data_describes_it(heading):
    assert "data.described" in said(f"# M\n\n{heading}\n\n{DATA}\n")


@pytest.mark.parametrize(
    "text",
    [
        f"## Evaluation data\n\n{DATA}",
        f"## Data format\n\n{DATA}",
        "## Training data\n\n[More Information Needed]",
        "## Training and evaluation data\n\nMore information needed",
        "## Training data\n\nTODO",
        "## Training data\n\nWe do not release the training dataset and no paper is available to the public.",
        f"```\n## Training data\n{DATA}\n```",
        f"<!-- \n## Training data\n\n{DATA}\n-->",
        DATA,
    ],
)
def test_a_heading_alone_or_a_negated_section_describes_nothing(text):
    assert said(f"# M\n\n{text}\n") == set()


@pytest.mark.parametrize(
    "text",
    [
        "We do not disclose the training data.",
        "We cannot share details about our training dataset.",
        "Details of the training data are not disclosed.",
        "The composition of the pre-training corpus is confidential.",
        "The training data has not been disclosed.",
        "Nous ne divulguons pas la composition des données d'entraînement.",
        "Les données d’entraînement ne sont pas décrites.",
    ],
)
def test_an_explicit_refusal_to_describe_withholds(text):
    assert "data.withheld" in said(f"# M\n\n{text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "We do not release the training dataset.",
        "The training data is not public.",
        "The training data is proprietary.",
        "GPT-4 does not disclose its training data.",
        "The training data of the base model has not been disclosed by its makers, but ours is below.",
        "If we do not disclose the training data, users cannot rebuild the model.",
        "Unlike others, we do not disclose user data; the training data is described below.",
        "We do not disclose the names of annotators.",
    ],
)
def test_not_releasing_and_others_refusals_are_no_refusal(text):
    assert "data.withheld" not in said(f"# M\n\n{text}\n")


def test_training_code_withheld_by_its_publisher_only():
    assert "code.training_withheld" in said("We do not release the training code.")
    assert "code.training_withheld" in said("Le code d'entraînement n'est pas publié.")
    assert "code.training_withheld" not in said("The training code is available on GitHub.")
    assert "code.training_withheld" not in said("Their training code is not released.")


def test_from_scratch_is_about_this_model():
    assert "lineage.stated_from_scratch" in said("This model was trained from scratch on French text.")
    assert "lineage.stated_from_scratch" not in said("This model was not trained from scratch.")
    assert "lineage.stated_from_scratch" not in said("Training a model from scratch costs a lot.")
    assert "lineage.stated_from_scratch" not in said(
        "This model was trained from scratch on an unknown dataset."
    )


def test_a_statement_knows_its_line():
    (found,) = statements(read_card("# M\n\nIntro.\nWe do not disclose the training data.\n", first_line=5))
    assert found.line == 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- **License:** Apache 2.0", ("Apache-2.0", "weights")),
        ("This model is released under the MIT License.", ("MIT", "weights")),
        ("## License\n\nCC BY-NC 4.0", ("CC-BY-NC-4.0", "weights")),
        ("| License | Apache 2.0 |", ("Apache-2.0", "weights")),
        ("## Licence\n\nLe modèle est distribué sous licence Apache 2.0.", ("Apache-2.0", "weights")),
        ("The source code is licensed under the MIT License.", ("MIT", "code")),
    ],
)
def test_a_sentence_about_this_model_states_its_license(text, expected):
    stated = read_terms(read_card(f"# M\n\n{text}\n")).stated
    assert [(term.license_id, term.covers) for term in stated] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The base model is released under the Apache 2.0 license.",
        "The dataset is licensed under CC BY-NC 4.0.",
        "It was trained on data released under CC BY-NC 4.0.",
        "This model was trained on WebText, a dataset licensed under CC BY-NC 4.0.",
        "This model is not licensed under the MIT License.",
    ],
)
def test_a_sentence_about_something_else_is_unread_and_states_nothing(text):
    terms = read_terms(read_card(f"# M\n\n{text}\n"))
    assert terms.stated == ()
    assert terms.unread


def test_weights_and_code_apart_in_one_sentence():
    terms = read_terms(
        read_card("The code is released under the MIT License, the weights under CC BY-NC 4.0.")
    )
    assert {(term.license_id, term.covers) for term in terms.stated} == {
        ("MIT", "code"),
        ("CC-BY-NC-4.0", "weights"),
    }


def test_the_license_of_another_size_is_not_this_models():
    text = "# Poet-7B\n\n## License\n\nPoet-{} is licensed under CC BY-NC 4.0."
    assert read_terms(read_card(text.format("7B"))).stated
    other = read_terms(read_card(text.format("70B")))
    assert (other.stated, other.unread) == ((), True)


def test_a_restriction_of_use_is_a_lead():
    (term,) = read_terms(
        read_card("## License\n\nThis model may be used for non-commercial purposes only.")
    ).stated
    assert "noncommercial" in term.leads
    assert term.license_id is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The model was trained on a corpus of news and it is used for the study of language.", True),
        ("Code: " + ", ".join(f"https://github.com/acme/part/{n}" for n in "abcdef"), True),
        ("Modellen får ikke brukes https://x.test/a til andre formål enn de som er nevnt her.", False),
        ("Le modèle a été entraîné sur un corpus de presse et il est destiné aux écoles.", True),
        ("bert base uncased", True),
        ("本模型仅供学术研究使用，禁止用于商业用途。", False),
        (
            "Das Modell wurde auf einem deutschen Korpus trainiert und ist nur für die Forschung bestimmt.",
            False,
        ),
        (
            "Ada Byron, Jean de la Fontaine, Maria del Carmen, Ludwig van Beethoven, Anna da Silva",
            True,
        ),
    ],
)
def test_only_english_and_french_are_read(text, expected):
    assert is_read(read_card(text)) is expected


def test_a_hostile_card_costs_no_more_than_its_length():
    worst = [
        "[" * 200_000,
        "![](" * 50_000,
        "<a " * 60_000,
        "." * 200_000,
        "*" * 200_000,
        "`" * 200_000,
        "# " * 90_000,
    ]
    worst += [
        "a " * 100_000 + "from scratch",
        "license " * 25_000,
        "we do not " * 20_000,
        "| " * 90_000,
        "-" * 200_000,
    ]
    for text in worst:
        start = time.process_time()
        card = read_card(text)
        statements(card)
        read_terms(card)
        is_read(card)
        assert time.process_time() - start < 3


@given(st.text(alphabet=st.sampled_from("#*-_`~<>![]()|: \n\tabLicense0.,'\"&;\x00é中"), max_size=200))
def test_any_markdown_can_be_read(text):
    card = read_card(text)
    assert all(block.line >= 1 for block in card.blocks)
    statements(card)
    read_terms(card)
    is_read(card)


def test_many_links_on_one_line_cost_no_more_than_their_length():
    start = time.process_time()
    read_terms(read_card("License: " + "[a](b) " * 30_000))
    assert time.process_time() - start < 3

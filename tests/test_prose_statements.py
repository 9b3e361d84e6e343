"""What single sentences state, each beside its mirror image, with precision and recall.

`prose_seen.yaml` was in view while the words were written. `prose_held_back.yaml` was not: it only measures,
and whoever mends a wording must not look there.
"""

import time
from collections import Counter
from pathlib import Path

import pytest
import yaml
from raw_samples import card, gathered, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.reading.prose.card import read_card
from osaid_audit.gather.reading.prose.claims import statements
from osaid_audit.gather.reading.prose.releases import claims

HERE = Path(__file__).parent
SEEN, HELD_BACK = "prose_seen.yaml", "prose_held_back.yaml"
CALLED = {"data.unshareable_explained": "data.unshareable_reason"}
"""A reviewer finds the first; what the publisher says of it is the second."""
WATCHED = {
    "data.released",
    "data.not_released",
    "data.unshareable_reason",
    "data.withheld",
    "code.training_found",
    "code.training_withheld",
    "code.evaluation_found",
    "code.data_processing_found",
    "lineage.stated_from_scratch",
}
NEVER_FALSE = ("data.withheld", "code.training_withheld", "data.released")
PROSE = "A small model for the study of French and English text, made by a school and free to try out."


def found(sentence: str) -> set[str]:
    """The watched facts of a small card that holds the sentence under a heading that says nothing."""
    page = f"# Poet\n\n{PROSE}\n\n## Notes\n\n{sentence}\n"
    return WATCHED & {said.fact for said in statements(read_card(page))}


def sentences(name: str) -> list[tuple[str, str, set[str]]]:
    """(language, sentence, facts) of one part, mirrors included; nothing for a part that is not here."""
    path = HERE / name
    if not path.exists():
        pytest.skip(f"{name} is not here")
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    pairs = [(row["lang"], row[key], row[facts]) for row in rows for key, facts in KEYS]
    return [(lang, text, {CALLED.get(name, name) for name in names}) for lang, text, names in pairs]


KEYS = (("says", "facts"), ("mirror", "mirror_facts"))


def measured(name: str) -> dict[tuple[str, str], Counter[str]]:
    """Right, false and missed by (language, fact); `all` stands for all languages or all facts."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for lang, text, expected in sentences(name):
        got = found(text)
        for outcome, facts in (
            ("right", got & expected),
            ("false", got - expected),
            ("missed", expected - got),
        ):
            if facts and outcome != "right":
                print(f"{outcome}: {sorted(facts)} in {text!r}")
            for fact in facts:
                for where in ((lang, fact), (lang, "all"), ("all", fact), ("all", "all")):
                    counts.setdefault(where, Counter())[outcome] += 1
    return counts


def precision(count: Counter[str]) -> float:
    said = count["right"] + count["false"]
    return count["right"] / said if said else 1.0


def recall(count: Counter[str]) -> float:
    there = count["right"] + count["missed"]
    return count["right"] / there if there else 1.0


@pytest.mark.parametrize(
    ("name", "least_precision", "least_recall"), [(SEEN, 1.0, 0.9), (HELD_BACK, 0.95, 0.0)]
)
def test_sentences_state_what_they_state(name, least_precision, least_recall):
    counts = measured(name)
    for lang in ("en", "fr", "all"):
        count = counts[lang, "all"]
        print(f"{name} {lang}: precision {precision(count):.2f}, recall {recall(count):.2f} ({dict(count)})")
    for fact in NEVER_FALSE:
        assert counts.get(("all", fact), Counter())["false"] == 0, fact
    assert precision(counts["all", "all"]) >= least_precision
    assert recall(counts["all", "all"]) >= least_recall


def facts_of(text: str, **keys: str) -> dict[str, object]:
    return dict(assemble(gathered(repository(card(f"# Poet\n\n{PROSE}\n\n{text}\n", **keys)))).facts)


def test_a_statement_has_its_basis_and_its_line():
    fact = facts_of("We release the training data at https://acme.org/data.", license="mit")["data.released"]
    assert (fact.basis, fact.sources[0].line) == ("stated", 8)


LINK = "[x](https://acme.org/x)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"The data we trained on and the code used for training are at {LINK}.",
            {"code.training_found", "data.released"},
        ),
        ("All data used for training is released under ODC-BY.", {"data.released"}),
        (f"Training code: {LINK}", {"code.training_found"}),
        (f"Scripts to reproduce the evaluation are published at {LINK}.", {"code.evaluation_found"}),
        (f"Code for filtering the training data is released at {LINK}.", {"code.data_processing_found"}),
        ("We release only a small subset of the training data.", {"data.not_released"}),
        ("Only a part of the training data is released.", {"data.not_released"}),
        (
            "We release the weights, but neither the training data nor the training code.",
            {"data.not_released", "code.training_withheld"},
        ),
        ("The training code is proprietary and will not be released.", {"code.training_withheld"}),
        ("We do not release the training data for competitive reasons.", {"data.not_released"}),
        (
            "Due to privacy law, the training data cannot be shared.",
            {"data.not_released", "data.unshareable_reason"},
        ),
        ("We will not disclose what data the model was trained on.", {"data.withheld"}),
        ("We keep the composition of our training data secret.", {"data.withheld"}),
        (
            f"Nous publions les données et le code d'entraînement sur {LINK}.",
            {"data.released", "code.training_found"},
        ),
        (
            "Ni les données ni le code d'entraînement ne sont publiés.",
            {"data.not_released", "code.training_withheld"},
        ),
        ("Nous refusons de décrire nos données d'entraînement.", {"data.withheld"}),
    ],
)
def test_what_the_publisher_says_plainly(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"We release a sample of the training data at {LINK}.",
        f"A description of the training data is available at {LINK}.",
        f"The training data statistics are available at {LINK}.",
        f"We will release the training data at {LINK}.",
        f"The training data is available to registered researchers at {LINK}.",
        f"The training data of the teacher model is available at {LINK}.",
        f"The model was trained on data released by Mozilla at {LINK}.",
        "The training data is publicly available web text.",
        "Training code is available.",
        "The training code is not available for Windows.",
        "The training data is not confidential.",
        "Details of the training data are disclosed.",
        "The training code is released, not withheld.",
        f"The training data is available in three languages, see {LINK}.",
        f"The training data is provided as text to the model, see {LINK}.",
        f"We host the training data on a private server, see {LINK}.",
        f"We release the training data at {LINK}, but only on request.",
        f"Software used for pre-training: {LINK}",
        f"Training data published in 2020 was used, see {LINK}.",
        f"Training data available on the web was used, see {LINK}.",
        f"You can find fine-tuning scripts at {LINK}.",
        f"The training code is not needed to run the model, which is at {LINK}.",
        "We have not yet released the training code.",
        "The training code of the reward model is not released.",
        "The training data of GPT-4 is not public.",
        "The training data was not released under a free license.",
        f"We do not release the training data with the weights; download it from {LINK}.",
        "It is not true that we do not release the training code.",
        "We do not only release the training data, but also the weights.",
        "> We do not release the training code.",
        "Do not share the training data with anybody.",
        "Le code d'entraînement n'est pas encore publié.",
        "Les données d'entraînement sont disponibles sur demande.",
        "Les données d'entraînement du modèle de base ne sont pas publiées.",
    ],
)
def test_whatever_softens_or_shifts_it_states_nothing(text):
    assert WATCHED & facts_of(text).keys() == set()


def test_words_under_a_heading_about_another_model_are_not_about_this_one():
    said = "## Base model\n\nWe do not release the training code, and the training data is not public."
    assert found(said.partition("\n\n")[2]) != set()
    assert WATCHED & {each.fact for each in statements(read_card(f"# Poet\n\n{said}\n"))} == set()


def test_the_listing_is_better_known_than_the_words():
    rows = [{"rfilename": "train.py", "size": 900}]
    body = card(f"# Poet\n\nThe training code is available at {LINK}.\n")
    fact = assemble(gathered(repository(body, rows=rows))).facts["code.training_found"]
    assert fact.basis == "verified"


@pytest.mark.parametrize(
    "unit",
    [
        "we release the ",
        "the training data and ",
        "training, ",
        "code used to ",
        "of the ",
        "data used for training ",
        "the training data is not public and ",
        "nous ne publions pas ",
        "les données d'entraînement et ",
        "; ",
        ", but ",
        "no ",
        "contains a ",
    ],
)
def test_a_hostile_sentence_is_read_in_time(unit):
    begin = time.process_time()
    claims((unit * 600)[:600])
    assert time.process_time() - begin < 0.2
    statements(read_card((unit * 600)[:595].strip() + ".\n\n" + (unit * 20_000)[:100_000]))
    assert time.process_time() - begin < 2


GIVES, KEEPS = f"We release the training data at {LINK}.", "The training data is not public."


def derived(own: str, below: str) -> set[str]:
    """What is known of a fine-tune with its base read, each card with one sentence."""
    subject = repository(card(f"# Poet\n\n{PROSE}\n\n{own}\n", base_model="acme/base"))
    base = repository(
        card(f"# Base\n\nThe base of many poets, made by a press.\n\n{below}\n"), name="acme/base"
    )
    return {"data.released", "data.not_released"} & assemble(
        gathered(subject, {"acme/base": base})
    ).facts.keys()


def test_a_fine_tune_releases_its_data_with_its_base_and_keeps_it_back_with_either():
    assert derived(GIVES, f"We publish our training data at {LINK}.") == {"data.released"}
    assert derived(GIVES, "Made in 2024.") == set()
    assert derived("Made in 2025.", GIVES) == set()
    assert derived(GIVES, KEEPS) == {"data.not_released"}
    assert derived(KEEPS, GIVES) == {"data.not_released"}

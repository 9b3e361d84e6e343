"""Datasets of a page: how each is named, what it was used for, how it can be had. Through the local Hub."""

from pathlib import Path
from time import process_time

import pytest
import yaml
from hub.repos import Repo, Weights

from osaid_audit import audit
from osaid_audit.gather.fetching.addresses import is_repo_id
from osaid_audit.gather.reading.data.corpora import corpora_in, table
from osaid_audit.gather.reading.data.datasetnames import beside, in_prose
from osaid_audit.gather.reading.prose.card import read_card

pytest_plugins = ("hub.fixtures",)

MODEL = "orchard/pear-7b"
CORPORA = yaml.safe_load((Path(__file__).parent / "corpora_named.yaml").read_text(encoding="utf-8"))
ONE = (Weights("model.safetensors", 15 * 10**9),)


@pytest.fixture
def where(empty_hub, tmp_path):
    """Options that reach the local Hub."""
    return {"endpoint": empty_hub.url + empty_hub.prefix, "cache_dir": tmp_path / "cache", "timeout": 3.0}


def page(prose, front="license: apache-2.0"):
    return f"---\n{front}\n---\n# Pear 7B\n\nA language model of the orchard.\n\n{prose}\n"


def told(empty_hub, where, prose, front="license: apache-2.0", datasets=()):
    """The report on a model with that card, and the datasets by id."""
    card = {"README.md": page(prose, front)}
    for each in (Repo(MODEL, files=card, weights=ONE), *datasets):
        empty_hub.add(each)
    report = audit(MODEL, **where)
    return report, {each.id: each for each in report.datasets}


def dataset(name, license_id=None, **more):
    front = f"---\nlicense: {license_id}\n---\n" if license_id else ""
    return Repo(name, kind="datasets", files={"README.md": f"{front}# Text\n\nWhat it holds.\n"}, **more)


def roles(prose):
    return {each.id: each.role for each in in_prose(read_card(page(prose).split("---\n", 2)[2]))}


@pytest.mark.parametrize(
    ("prose", "wanted"),
    [
        ("## Training data\n\nWe used [our text](https://huggingface.co/datasets/acme/text).", "training"),
        ("The model was trained on [our text](https://huggingface.co/datasets/acme/text).", "training"),
        ("## Evaluation\n\nWe used [our text](https://huggingface.co/datasets/acme/text).", "evaluation"),
        ("We benchmarked it on [our text](https://huggingface.co/datasets/acme/text).", "evaluation"),
        ("See also [our text](https://huggingface.co/datasets/acme/text).", "unknown"),
        ("Le modèle a été entraîné sur [nos textes](https://huggingface.co/datasets/acme/text).", "training"),
        (
            "## Résultats\n\nNous avons pris [nos textes](https://huggingface.co/datasets/acme/text).",
            "evaluation",
        ),
    ],
)
def test_the_sentence_or_the_heading_tells_what_a_linked_dataset_is_for(prose, wanted):
    assert roles(prose) == {"acme/text": wanted}


@pytest.mark.parametrize(
    "sentence",
    [
        "It was not trained on {}.",
        "Unlike others trained on {}, ours is small.",
        "Trained model achieves 80% accuracy on {}.",
        "After training, scores on {} improved.",
        "We validated training on {} as a validation split.",
        "We plan to continue training on {} next year.",
        "Le modèle n'a pas été entraîné sur {}.",
        "Il atteint 80 % de précision sur {} après entraînement.",
    ],
)
def test_a_sentence_that_denies_measures_or_plans_makes_no_training_data(empty_hub, where, sentence):
    linked = sentence.format("[the text](https://huggingface.co/datasets/acme/text)")
    report, found = told(empty_hub, where, linked, datasets=(dataset("acme/text", "odc-by"),))
    assert found["acme/text"].role != "training"
    assert not {"data.sources_listed", "data.linked_datasets", "data.datasets_named"} & set(report.facts)
    assert roles(sentence.format("Dolma")) == {}


def test_metrics_under_a_training_heading_are_no_training_data():
    prose = (
        "## Training procedure\n\n### Metrics\n\n[the text](https://huggingface.co/datasets/acme/text): 0.9"
    )
    assert roles(prose) == {"acme/text": "evaluation"}


def test_a_picture_kept_in_a_dataset_is_no_dataset():
    assert roles("![](https://huggingface.co/datasets/acme/pics/resolve/main/banner.png)") == {}
    assert roles("[b](https://huggingface.co/datasets/acme/pics/resolve/main/banner.png)") == {}


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("It was trained on RedPajama and Dolma.", ["togethercomputer/RedPajama-Data-1T", "allenai/dolma"]),
        ("It was trained on The Stack v2.", ["bigcode/the-stack-v2"]),
        ("It was not trained on Dolma.", []),
        ("Unlike models trained on Dolma, it is small.", []),
        ("We evaluated it on OSCAR.", []),
        ("You may like Dolma.", []),
        ("It was trained on Dolmatic texts about dolma and roots.", []),
        ("Le modèle a été entraîné sur Wikipedia.", ["wikimedia/wikipedia"]),
        ("Pear was trained on Dolma.", ["allenai/dolma"]),
        ("Plum was trained on Dolma.", []),
        ("Our training data excludes Dolma.", []),
        ("We removed Dolma from the training data.", []),
        ("In contrast to models trained on Dolma, it is small.", []),
        ("It is similar to models trained on Dolma.", []),
        ("Other models were trained on Dolma.", []),
        ("The base model was pretrained on Dolma.", []),
        ("Le modèle de base a été entraîné sur Dolma.", []),
        ("Our tokenizer was trained on Dolma.", []),
        ("Future versions of it will be trained on Dolma.", []),
        ("If you are training on Dolma, cite it.", []),
        ("Our training data was decontaminated against Dolma.", []),
        ("À la différence des modèles entraînés sur Dolma, il est petit.", []),
        ("## Training\n\nThe loss is like that of C4 models.", []),
        ("## Training data\n\nDolma, and C4.", ["allenai/dolma", "allenai/c4"]),
    ],
)
def test_a_known_corpus_counts_where_it_is_said_to_be_training_data(sentence, named):
    assert list(roles(sentence)) == named


def test_how_a_dataset_can_be_had(empty_hub, where):
    names = ("acme/open", "acme/nc", "acme/mute", "acme/gate", "acme/gone")
    front = "license: apache-2.0\ndatasets:\n" + "".join(f"- {name}\n" for name in names)
    repos = (
        dataset("acme/open", "cc-by-4.0"),
        dataset("acme/nc", "cc-by-nc-4.0"),
        dataset("acme/mute"),
        dataset("acme/gate", "mit", gated="auto"),
    )
    report, found = told(empty_hub, where, "Trained by us.", front, repos)
    assert {name: found[name].availability for name in names} == {
        "acme/open": "open",
        "acme/nc": "public",
        "acme/mute": "public",
        "acme/gate": "obtainable",
        "acme/gone": None,
    }
    assert found["acme/gone"].found is False
    assert found["acme/open"].described is True
    assert report.facts["data.linked_datasets"].value == 4
    assert [(each.what, each.state) for each in report.problems if each.what == "acme/gone"] == [
        ("acme/gone", "not_found_or_private")
    ]


def test_no_terms_of_a_dataset_and_no_dead_link_break_a_rule(empty_hub, where):
    front = "license: apache-2.0\ndatasets:\n- acme/nc\n- acme/gone"
    report, _ = told(empty_hub, where, "Trained by us.", front, (dataset("acme/nc", "cc-by-nc-4.0"),))
    broken = [each.rule for each in report.framework("osaid-1.0").findings if each.outcome == "not_met"]
    assert broken == []


def test_a_list_whose_places_are_gone_is_still_a_list(empty_hub, where):
    report, found = told(empty_hub, where, "Trained by us.", "license: apache-2.0\ndatasets:\n- acme/gone")
    listed = next(
        each for each in report.framework("osaid-1.0").findings if each.rule == "data-sources-listed"
    )
    assert (found["acme/gone"].found, listed.outcome) == (False, "needs_review")
    assert "data.sources_listed" not in report.facts
    silent, _ = told(empty_hub, where, "Trained by us.")
    assert "data.datasets_named" not in silent.facts


def test_a_linked_training_set_is_asked_and_found(empty_hub, where):
    prose = "## Training data\n\nSee [the text](https://huggingface.co/datasets/acme/text) for all of it."
    report, found = told(empty_hub, where, prose, datasets=(dataset("acme/text", "odc-by"),))
    assert (found["acme/text"].how, found["acme/text"].found) == ("linked", True)
    listed = next(
        each for each in report.framework("osaid-1.0").findings if each.rule == "data-sources-listed"
    )
    assert listed.outcome == "needs_review"
    assert any(each.line and "the text" in (each.quote or "") for each in listed.evidence)


def test_evaluation_sets_are_no_information_on_training_data(empty_hub, where):
    prose = "## Evaluation\n\nWe measured on [the test](https://huggingface.co/datasets/acme/text) and OSCAR."
    report, found = told(empty_hub, where, prose, datasets=(dataset("acme/text", "odc-by"),))
    assert found["acme/text"].role == "evaluation"
    assert not {"data.sources_listed", "data.linked_datasets", "data.datasets_named"} & set(report.facts)
    assert [path for path in empty_hub.requests() if "acme/text" in path] == []


def test_a_corpus_that_our_table_cannot_find_is_no_dead_link_of_the_page(empty_hub, where):
    report, found = told(empty_hub, where, "This model was trained on Dolma and nothing else.")
    assert found["allenai/dolma"].found is None
    assert [each for each in report.problems if each.what == "allenai/dolma"] == []
    assert report.facts["data.datasets_named"].value is True
    assert "data.linked_datasets" not in report.facts


def test_however_a_dataset_is_spelt_it_stands_once_and_is_looked_up(empty_hub, where):
    values = (
        "https://huggingface.co/datasets/acme/text",
        "ACME/text",
        "acme/other@main",
        "None",
        "n/a",
        "private",
    )
    front = "license: apache-2.0\ndatasets:\n" + "".join(f"- {value}\n" for value in values)
    prose = "It was trained on [the text](https://huggingface.co/datasets/Acme/Text)."
    both = (dataset("acme/text", "odc-by"), dataset("acme/other", "mit"))
    report, found = told(empty_hub, where, prose, front, both)
    assert {name: each.found for name, each in found.items()} == {"acme/text": True, "acme/other": True}
    assert report.facts["data.linked_datasets"].value == 2
    assert [each for each in report.problems if each.blocks == ("data.linked_datasets",)] == []


def test_a_hostile_page_of_links_costs_no_more_than_its_length():
    spent = []
    for count in (500, 4000):
        card = read_card("It was trained on [x](https://huggingface.co/datasets/acme/t) " * count)
        start = process_time()
        in_prose(card)
        spent.append(process_time() - start)
    assert spent[1] < 16 * max(spent[0], 0.02)
    assert spent[1] < 2


def test_a_corpus_declared_under_its_bare_name_stands_once(empty_hub, where):
    front = "license: apache-2.0\ndatasets:\n- bookcorpus\n- the_pile"
    _, found = told(empty_hub, where, "This model was trained on BookCorpus and the Pile.", front)
    assert list(found) == ["bookcorpus", "the_pile"]


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ("ms_coco", "It was trained on MS COCO."),
        ("acme/coco", "It was trained on COCO."),
        ("Colossal-Clean-Crawled-Corpus", "It was trained on the Colossal Clean Crawled Corpus."),
        ("acme/librispeech", "It was trained on LibriSpeech."),
    ],
)
def test_a_declared_name_in_another_spelling_is_the_corpus_of_the_sentence(declared, sentence):
    told = in_prose(read_card(page(sentence).split("---\n", 2)[2]))
    assert len(told) == 1
    assert list(beside((declared,), told)) == []
    assert tuple(beside(("acme/pears",), told)) == told


def test_a_converted_model_says_nothing_of_its_own(empty_hub, where):
    prose = "This is a quantized version of orchard/apple, which was trained on Dolma."
    report, _ = told(empty_hub, where, prose, "license: apache-2.0\nbase_model: orchard/apple")
    assert "data.datasets_named" not in report.facts


def test_the_table_names_each_corpus_once_and_says_where_to_ask():
    names = [name for corpus in table().corpora for name in corpus.names]
    assert len(names) == len(set(names))
    assert all(bool(corpus.hub) != bool(corpus.url) for corpus in table().corpora)
    for corpus in table().corpora:
        assert is_repo_id(corpus.hub) if corpus.hub else corpus.url.startswith("https://")
        for name in corpus.names:
            assert corpora_in(f"on {name}, too.") == {name: corpus}


def place(named):
    """Where a corpus is asked about: its id on the Hub, or the address that the table gives."""
    return named.id if named.on_hub else corpora_in(named.quote)[named.quote].url


@pytest.mark.parametrize("case", CORPORA, ids=lambda case: case["says"])
def test_a_corpus_of_a_sentence_is_asked_about_at_its_own_place(case):
    """A misspelt owner or another corpus's place would show the terms of something else."""
    told = in_prose(read_card(page(case["says"]).split("---\n", 2)[2]))
    assert [place(each) for each in told] == case["asks"]
    assert roles(case["unlike"]) == {}


def test_no_name_of_a_corpus_stands_in_the_table_unread():
    """Each name is that of some sentence; a row beyond them would be one that nobody has checked."""
    read = [name for case in CORPORA for name in corpora_in(case["says"])]
    assert len(read) > len(CORPORA) > 50
    assert {name for corpus in table().corpora for name in corpus.names} == set(read)

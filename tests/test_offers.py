"""Whether weights are there: formats by name, kinds that never are weights, and offers of the card."""

import pytest
from raw_samples import card, gathered, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.reading.files.formats import may_be_weights, weight_format

OWN = "https://huggingface.co/org/model"


def present(text="# A model\n\nMade by a school.\n", *names, size=938_000, **keys):
    rows = [{"rfilename": name, "size": size} for name in names]
    found = assemble(gathered(repository(card(text, license="mit", **keys), rows=rows)))
    fact = found.facts.get("weights.present")
    return None if fact is None else fact.value


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("model.skops", "skops"), ("model.cbm", "catboost"), ("model.ubj", "xgboost"), ("lid.176.ftz",
        "fasttext"),
        ("ner/model", "spacy"), ("fr_pipe-any-py3-none-any.whl", "spacy"), ("m.ptl", "pytorch"),
    ],
)  # fmt: skip
def test_small_formats_are_weights(path, kind):
    assert weight_format(path) == kind
    assert present("# A\n", path) is True


@pytest.mark.parametrize(
    "path",
    ["m.model", "weights", "m.npy", "m.xyz", "deep/blob", "m.whl", "m.rds", "m.tar.gz", "m.vec", "model.json",
     "lgbm.txt", "xgb_v2.json", "model.xml"],
)  # fmt: skip
@pytest.mark.parametrize("size", [938_000, 20_000, None])
def test_a_file_that_may_be_weights_leaves_it_open(path, size):
    assert may_be_weights(path, size)
    assert present("# A\n", path, size=size) is None


@pytest.mark.parametrize(
    "path",
    ["README.md", "config.json", "model_index.json", "model.safetensors.index.json", "tokenizer.model",
    "spiece.model",
     "vocab.txt", "train.py", "logo.png", "metrics.csv", "Makefile", ".gitattributes", "notes.pdf",
     "optimizer.pt",
     "tokenizer.bin"],
)  # fmt: skip
@pytest.mark.parametrize("size", [1000, 938_000, None])
def test_what_is_known_not_to_be_weights_is_no_doubt(path, size):
    assert not may_be_weights(path, size)
    assert present("# A\n", path, size=size) is False


def test_large_texts_and_empty_files():
    assert may_be_weights("dump.json", 20_000_000)
    assert not may_be_weights("film.mp4", 20_000_000)
    assert not may_be_weights("blob", 0)


@pytest.mark.parametrize(
    "text",
    [
        "[v1.0](https://github.com/x/y/releases/tag/v1.0)", "Get the model [here](https://acme.org/m7b).",
        "You can find the checkpoints at our [page](https://acme.org/).",
        "Download it from https://acme.org/m.",
        "The model is hosted on acme.org/models.", "```\nwget https://acme.org/m7b\n```",
        "Get it [here](https://s3.amazonaws.com/b/m.tar).", "The weights live at [org](https://acme.org/w).",
        "See [acme/m7b](https://huggingface.co/acme/m7b).",
        "Le modèle est disponible [ici](https://acme.org/m7b).",
        "Les poids se trouvent sur [notre site](https://acme.org/).",
    ],
)  # fmt: skip
def test_an_offer_elsewhere_leaves_it_open(text):
    assert present(f"# A model\n\n{text}\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "See the [paper](https://arxiv.org/abs/2501.00001).",
        "The code is on [GitHub](https://github.com/x/y).",
        "The weights are available on request.", f"This is [our model]({OWN}).", "Weights will come soon.",
        "Made by [Acme](https://acme.org).", "Le code est sur [GitHub](https://github.com/x/y).",
    ],
)  # fmt: skip
def test_an_ordinary_link_offers_no_weights(text):
    assert present(f"# A model\n\n{text}\n") is False


def test_the_page_of_a_declared_base_offers_the_base_only():
    text = "# A\n\nTuned from [it](https://huggingface.co/acme/base).\n"
    assert present(text, base_model="acme/base") is False
    assert present(text) is None

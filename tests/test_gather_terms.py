"""License words on the page: metadata out of place, links of the license section, names nobody knows."""

from time import process_time

import pytest
from raw_samples import card, gathered, raw, repository

from osaid_audit.gather import assemble, read_dossier
from osaid_audit.gather.raw import Missed
from osaid_audit.resources import data

PROSE = "A small model for the study of French and English text, made by a school and free to try out."
LLAMA_2 = "https://ai.meta.com/resources/models-and-libraries/llama-downloads/"
GEMMA = "https://ai.google.dev/gemma/terms"


def read(text, **keys):
    return assemble(gathered(repository(text, {"cardData": keys})))


def value(found, name):
    fact = found.facts.get(name)
    return None if fact is None else fact.value


def license_class(text, **keys):
    return value(read(text, **keys), "license.class")


# Metadata out of place


def test_a_restriction_out_of_place_is_seen_and_told():
    found = read(f"{PROSE}\n---\nlicense: cc-by-nc-4.0\n---\n")
    assert value(found, "license.class") == "noncommercial"
    assert value(found, "license.grant_found") is True
    (source,) = found.facts["license.class"].sources
    assert (source.path, source.line) == ("README.md", 3)
    (problem,) = found.problems
    assert (problem.what, problem.state, problem.line) == ("README.md", "malformed", 2)
    assert "ignores" in problem.why.en
    assert "ignore" in problem.why.fr
    assert "license.class" in problem.blocks


@pytest.mark.parametrize("license_id", ["apache-2.0", "other", "bsd", "fjordland"])
def test_anything_else_out_of_place_opens_nothing_and_rules_no_grant_out(license_id):
    found = read(f"{PROSE}\n---\nlicense: {license_id}\n---\n")
    assert value(found, "license.class") in {None, "custom-unknown"}
    assert value(found, "license.grant_found") is not False


def test_a_block_out_of_place_without_a_license_leaves_the_absence_observed():
    assert value(read(f"{PROSE}\n---\ntags: [a]\n---\n"), "license.grant_found") is False
    based = read(f"{PROSE}\n---\nbase_model: org/base\n---\n")
    assert value(based, "license.grant_found") is None
    assert value(based, "lineage.undecided") is True


def test_a_license_in_a_heading_is_seen():
    assert value(read(f"{PROSE}\n\n## License: MIT\n"), "license.grant_found") is not False
    assert license_class(f"{PROSE}\n\n## License: CC-BY-NC-4.0\n") == "noncommercial"
    assert value(read(f"{PROSE}\n\n## Limits\n"), "license.grant_found") is False


# Links of the license section


@pytest.mark.parametrize(
    "text",
    [
        f"**License** A custom commercial license is available at: [{LLAMA_2}]({LLAMA_2})",
        f"License: a custom commercial license is available at: {LLAMA_2}",
        f"## License\n\nThe terms are [here]({GEMMA}). More is [on our page](https://example.org).",
        f'## License\n\n<a href="{GEMMA}">Terms</a>',
    ],
)
def test_a_link_that_only_restricted_licenses_bear_restricts(text):
    found = read(card(f"{PROSE}\n\n{text}\n", license="apache-2.0"), license="apache-2.0")
    assert value(found, "license.class") == "use-restricted"
    assert value(found, "license.consistent") is False
    assert any(each.value in {LLAMA_2, GEMMA} for each in found.license.declared)


@pytest.mark.parametrize(
    "text",
    [
        f"## License\n\nApache 2.0.\n\n## Acknowledgements\n\nWe thank the [Gemma team]({GEMMA}).",
        f"## License\n\nIt is under Apache 2.0. The base model has [its own terms]({GEMMA}).",
        f"## License\n\nThe base model is under [these terms]({GEMMA}).",
        f"## License\n\nThis model was fine-tuned from one with [other terms]({GEMMA}).",
        f"License: Apache 2.0. See also [another model]({GEMMA}).",
        f"**Links** A comparison is available at: {LLAMA_2}",
    ],
)
def test_a_link_in_another_sentence_or_about_another_model_restricts_nothing(text):
    found = read(card(f"{PROSE}\n\n{text}\n", license="apache-2.0"), license="apache-2.0")
    assert value(found, "license.class") == "osi"


# Names that nobody knows


@pytest.mark.parametrize(
    "text",
    [
        "License: Fjordland Low-risk license.",
        "**License:** Fjordland Community License Agreement",
        "- **License:** [Fjordland License](https://example.org/l)",
        "This model is licensed under the Fjordland LICENSE AGREEMENT.",
        "## License\n\nReleased under the Fjordland License.",
    ],
)
def test_an_explicit_unknown_license_beside_an_open_id_asks_for_a_reader(text):
    found = read(card(f"{PROSE}\n\n{text}\n", license="apache-2.0"), license="apache-2.0")
    assert value(found, "license.class") == "custom-unknown"
    assert value(found, "license.consistent") is False
    assert value(found, "license.read_all") is True
    assert any("Fjordland" in each.left.value for each in found.license.conflicts)


@pytest.mark.parametrize(
    "text",
    [
        "License: Apache 2.0",
        "License: Apache License, Version 2.0",
        "License: see LICENSE file",
        "License: See the LICENSE file for the full license.",
        "License: The same license as the base model",
        "License: Open Source License",
        "License: Permissive License",
        "License: Apache-style License",
        "License: Academic Free License",
        "License: English",
        "License: None",
        "| License | # Param |",
        "| License | Apache-2.0 |",
        "This model is released under the Apache License.",
        "This model is licensed under the License found in this repository.",
        "The dataset is licensed under the Fjordland License.",
        "The code is released under the Fjordland License.",
        "The base model is licensed under the Fjordland License.",
        "Fjordland-7B is licensed under the Fjordland License.",
        "This model is not licensed under the Fjordland License.",
        "If you fine-tune it, this model is licensed under the Fjordland License.",
        "We thank Fjordland for releasing its model under the Fjordland License.",
        "This model obtained a driving license: it passed the Fjordland License test.",
    ],
)
def test_an_ordinary_card_stays_as_it_was(text):
    found = read(card(f"{PROSE}\n\n{text}\n", license="apache-2.0"), license="apache-2.0")
    assert value(found, "license.class") == "osi"


def test_an_unknown_name_alone_is_a_grant_to_review():
    found = read(f"{PROSE}\n\nLicense: Fjordland License.\n")
    assert value(found, "license.class") == "custom-unknown"
    assert value(found, "license.grant_found") is True
    restricted = card(f"{PROSE}\n\nLicense: Fjordland License.\n", license="cc-by-nc-4.0")
    assert license_class(restricted, license="cc-by-nc-4.0") == "noncommercial"


# Copies, code and places


def test_a_recorded_copy_proves_nothing_about_the_file(license_text):
    info = {"cardData": {"license": "mit"}}
    text = card(PROSE, license="mit")
    live = assemble(gathered(repository(text, info, {"LICENSE": license_text})))
    copy = raw("LICENSE", license_text, stands_in=True)
    recorded = assemble(gathered(repository(text, info, {"LICENSE": copy})))
    names = ("license.class", "license.text_exact", "license.read_all")
    assert {live.facts[name].basis for name in names} == {"verified"}
    assert {recorded.facts[name].basis for name in names} == {"stated"}
    assert (live.license.concluded.basis, recorded.license.concluded.basis) == ("verified", "stated")


@pytest.fixture
def license_text():
    """The MIT License, from an installed package that is under it."""
    from hub.world import mit_text

    return mit_text()


@pytest.mark.parametrize(
    ("files", "rows", "remote", "approved"),
    [
        ({"config.json": '{"architectures": ["A"]}'}, [], False, True),
        ({"config.json": '{"architectures": ["A"]}'}, [{"rfilename": "run.py", "size": 5}], None, True),
        ({"config.json": '{"auto_map": {"AutoModel": "m.A"}}'}, [], True, None),
        ({"config.json": "{"}, [], None, None),
        ({"config.json": Missed("config.json", "u", "gated")}, [], None, None),
        ({"config.json": '{"architectures": ["A"]}'}, [{"x": 1}], None, None),
        ({}, [], None, True),
    ],
)
def test_remote_code_is_ruled_out_only_by_reading(files, rows, remote, approved):
    listed = [{"rfilename": "model.safetensors", "size": 5}, *rows]
    found = assemble(gathered(repository(PROSE, {"library_name": "transformers"}, files, listed)))
    assert (value(found, "code.remote"), value(found, "code.inference_osi")) == (remote, approved)


def test_the_bundled_dossier_knows_its_license_by_statement_only():
    """Its card and license text were read from copies, and it says so wherever they decide."""
    text = (data("dossiers") / "google-bert--bert-base-uncased.json").read_text(encoding="utf-8")
    found = read_dossier(text)
    names = ("license.class", "license.text_exact", "license.read_all")
    assert {found.facts[name].basis for name in names} == {"stated"}
    assert found.license.concluded.basis == "stated"
    places = [each for fact in found.facts.values() for each in fact.sources if each.url]
    assert all(each.revision and each.revision in each.url for each in places)


def test_hostile_pages_cost_no_more_than_their_length():
    pages = (
        "---\n" * 20_000,
        "license: a\n---\n" * 5_000,
        "License: " + "A b " * 40_000,
        "licensed under the A" * 10_000,
        "[License](https://a.b/c) " * 5_000,
    )
    began = process_time()
    for page in pages:
        assert license_class(page) != "osi"
    assert process_time() - began < 5

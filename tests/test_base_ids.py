"""Bases as publishers write them: each form gives its id or one clear problem, never another id."""

import pytest
from raw_samples import card, gathered, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.reading.baseids import bases_in
from osaid_audit.gather.reading.files.plan import base_names

X = "resto/free-7b"
URL = f"https://huggingface.co/{X}"


@pytest.mark.parametrize(
    "value",
    [
        X, URL, f"{URL}/", f"{URL}/tree/main", f"{X}/", f"{X}@main", f"hf.co/{X}", f"<{URL}>", f"`{X}`",
        f'"{X}"',
        f"[the base]({URL})", f"[{X}](https://example.org/page)", [X], [URL, X], [[X]], {"name": X},
        {"name": X, "revision": "main"}, [{"name": X, "relation": "merge"}], {"a": {"b": [X]}}, [X, None, ""],
        f"{{'name': '{X}', 'revision': 'main'}}", f"['{X}']", [X, "none"],
    ],
)  # fmt: skip
def test_a_base_is_its_id_however_it_is_written(value):
    assert bases_in(value) == (X,)
    tags = [f"base_model:{value}", f"base_model:finetune:{value}"]
    found = base_names({"cardData": {"base_model": value}, "tags": tags}, None)
    assert found == ((X, "finetune"),)


@pytest.mark.parametrize("value", ["", " ", None, False, "None", "null", "false", [], {}, [None], [""], "~"])
def test_a_value_that_says_nothing_names_no_base(value):
    tags = [f"base_model:{value}", "base_model:", "base_model:finetune:"]
    assert base_names({"cardData": {"base_model": value}, "tags": tags}, None) == ()


@pytest.mark.parametrize(
    "value", ["Llama 3", "https://example.org/a/b", {"a": "b c"}, "true", "unknown", "a model, b/c", [[1, 2]]]
)
def test_what_is_no_id_is_one_problem(value):
    info = {"cardData": {"base_model": value}, "tags": [f"base_model:{value}", f"base_model:merge:{value}"]}
    found = assemble(gathered(repository(card("A model.", license="mit"), info)))
    assert len(found.lineage) == 1
    assert [problem.state for problem in found.problems if problem.what == found.lineage[0].id] == [
        "malformed"
    ]
    assert "lineage.undecided" in found.facts


def test_several_ids_in_one_text_are_several_bases():
    assert bases_in("a/one-7b, b/two-7b") == ("a/one-7b", "b/two-7b")
    assert bases_in("a/one-7b + b/two-7b") == ("a/one-7b", "b/two-7b")
    assert bases_in("a/one-7b and some more") == ("a/one-7b and some more",)


def test_a_tag_is_split_at_its_relation_and_nowhere_else():
    tags = [
        "base_model:adapter:a/one",
        "base_model:two",
        "base_model:pruned:c/three",
        f"base_model:merge:{URL}",
    ]
    assert base_names({"tags": tags}, None) == (
        ("a/one", "adapter"),
        ("two", "unknown"),
        ("c/three", "unknown"),
        (X, "merge"),
    )


def test_a_deep_or_long_value_costs_little():
    deep: object = X
    for _ in range(500):
        deep = {"a": deep}
    assert len(bases_in(deep)) == 1
    assert len(bases_in([[f"a/m-{at}"] for at in range(5000)])) <= 200
    assert len(bases_in("[" + "a/" * 100_000)) <= 1000

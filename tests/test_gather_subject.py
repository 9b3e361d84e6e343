"""Which model is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_audit.errors import UsageError
from osaid_audit.gather.reading.subject import is_model_id, parse_subject

PUBLIC = "https://huggingface.co"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("org/name", ("org/name", None)),
        (" gpt2 ", ("gpt2", None)),
        ("org/name@v1.0", ("org/name", "v1.0")),
        ("https://huggingface.co/org/name", ("org/name", None)),
        ("https://hf.co/org/name?x=1#y", ("org/name", None)),
        ("huggingface.co/org/name/", ("org/name", None)),
        ("https://huggingface.co/org/name/tree/refs%2Fpr%2F1", ("org/name", "refs/pr/1")),
        ("https://huggingface.co/org/name/blob/main/config.json", ("org/name", "main")),
        ("https://huggingface.co/gpt2/tree/main", ("gpt2", "main")),
        ("https://huggingface.co/org/name/discussions/3", ("org/name", None)),
    ],
)
def test_ids_and_addresses_name_a_model(text, expected):
    assert parse_subject(text, PUBLIC) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "a/b/c", "a b", "a--b/c", "../../etc/passwd", "org/", "/name", "org/name@", "org/name@a b",
        "org/name@a..b", "https://huggingface.co", "https://huggingface.co/datasets/org/name",
        "https://huggingface.co/spaces/org/name", "https://elsewhere.example/org/name", "ftp://huggingface.co/a/b",
        "https://[bad/org/name", "x" * 1000,
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_one_sentence(text):
    with pytest.raises(UsageError) as caught:
        parse_subject(text, PUBLIC)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_dataset_page_is_not_a_model_url():
    with pytest.raises(UsageError, match="not a model URL"):
        parse_subject("https://huggingface.co/datasets/org/name", PUBLIC)


def test_the_endpoint_decides_which_host_counts():
    assert parse_subject("http://hub.corp:8080/hf/org/name", "http://hub.corp:8080/hf") == ("org/name", None)
    with pytest.raises(UsageError, match=r"hub\.corp"):
        parse_subject("https://huggingface.co/org/name", "http://hub.corp:8080/hf")


def test_a_password_in_an_address_is_refused_and_not_repeated():
    with pytest.raises(UsageError) as caught:
        parse_subject("https://me:hunter2@huggingface.co/org/name", PUBLIC)
    assert "hunter2" not in f"{caught.value}{caught.value.hint}"


@given(st.text(max_size=60))
def test_any_text_gives_an_id_or_a_usage_error(text):
    try:
        name, _ = parse_subject(text, PUBLIC)
    except UsageError:
        return
    assert is_model_id(name)

"""What has the form of a Hub id and what only looks like one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_audit.errors import RuleFileError
from osaid_audit.scan.ids import (
    Elsewhere,
    Named,
    bare_name,
    hub_id,
    is_file_name,
    is_variable,
    parse_reference,
    urls,
)
from osaid_audit.scan.tables import table, words

GOOD = {
    "acme/kiwi-7b": Named("acme/kiwi-7b", "id"),
    " acme/kiwi-7b ": Named("acme/kiwi-7b", "id"),
    "acme/kiwi.v1.5": Named("acme/kiwi.v1.5", "id"),
    "acme/kiwi-7b@v1.0": Named("acme/kiwi-7b", "id", revision="v1.0"),
    "hf.co/acme/kiwi-GGUF:Q4_K_M": Named("acme/kiwi-GGUF", "address"),
    "huggingface.co/acme/kiwi-GGUF": Named("acme/kiwi-GGUF", "address"),
    "hf://acme/kiwi": Named("acme/kiwi", "address"),
    "hf://acme/kiwi:abc123": Named("acme/kiwi", "address", revision="abc123"),
    "hf://acme/kiwi@dev/weights/a.gguf": Named("acme/kiwi", "address", revision="dev"),
    "hf://acme/kiwi@refs%2Fpr%2F1/a.bin": Named("acme/kiwi", "address", revision="refs/pr/1"),
    "hf://datasets/acme/pears/train.csv": Named("acme/pears", "address", "dataset"),
    "huggingface://acme/kiwi-GGUF/kiwi.Q4.gguf": Named("acme/kiwi-GGUF", "address"),
    "hf-hub:acme/kiwi": Named("acme/kiwi", "id"),
    "hf_hub:acme/kiwi@v2": Named("acme/kiwi", "id", revision="v2"),
    "https://huggingface.co/acme/kiwi": Named("acme/kiwi", "page"),
    "https://huggingface.co/acme/kiwi.git": Named("acme/kiwi", "page"),
    "https://hf.co/acme/kiwi/tree/v2": Named("acme/kiwi", "page", revision="v2"),
    "https://huggingface.co/acme/kiwi/blob/main/README.md": Named("acme/kiwi", "page", revision="main"),
    "https://huggingface.co/acme/kiwi/resolve/0123abc/a.gguf?download=true": Named(
        "acme/kiwi", "file", revision="0123abc"
    ),
    "https://huggingface.co/acme/kiwi/raw/refs%2Fpr%2F3/a.json": Named(
        "acme/kiwi", "file", revision="refs/pr/3"
    ),
    "https://huggingface.co/acme/kiwi/raw/refs/pr/3/a.json": Named("acme/kiwi", "file", revision="refs/pr/3"),
    "https://huggingface.co/kiwi/resolve/main/a.json": Named("kiwi", "file", revision="main"),
    "https://huggingface.co/datasets/acme/pears": Named("acme/pears", "page", "dataset"),
    "https://huggingface.co/datasets/acme/pears/resolve/v1/a.csv": Named(
        "acme/pears", "file", "dataset", "v1"
    ),
    "https://api-inference.huggingface.co/models/acme/kiwi": Named("acme/kiwi", "address"),
    "huggingface/acme/kiwi": Named("acme/kiwi", "id"),
    "hosted_vllm/acme/kiwi": Named("acme/kiwi", "id"),
    "ollama/hf.co/acme/kiwi-GGUF:Q4_K_M": Named("acme/kiwi-GGUF", "address"),
    "ollama_chat/huggingface.co/acme/kiwi": Named("acme/kiwi", "address"),
    "huggingface:acme/kiwi": Named("acme/kiwi", "address"),
    "huggingface:text-generation:acme/kiwi": Named("acme/kiwi", "address"),
    "local:acme/kiwi": Named("acme/kiwi", "address"),
    "https://huggingface.co/acme/kiwi@v2": Named("acme/kiwi", "page", revision="v2"),
    "https://huggingface.co/acme/kiwi.git@refs/pr/1#egg=x": Named("acme/kiwi", "page", revision="refs/pr/1"),
    "huggingface/groq/acme/kiwi": Named("acme/kiwi", "id"),
    "outputs/kiwi": Named("outputs/kiwi", "id", doubtful=True),
}


@pytest.mark.parametrize("text", GOOD)
def test_a_reference_is_taken_apart(text):
    assert parse_reference(text) == GOOD[text]


ELSEWHERE = {
    "bedrock/some.model-v1:0": "hosted service",
    "azure/my-deployment": "hosted service",
    "openai/gpt-4o": "hosted service",
    "gpt-4o-mini": "hosted service",
    "anthropic/claude-3-opus": "hosted service",
    "openrouter/acme/kiwi": "hosted service",
    "ollama/kiwi3": "other registry",
    "kiwi3:8b": "other registry",
    "acme/kiwi3:8b": "other registry",
    "ai/kiwi3:4B": "other registry",
    "ghcr.io/acme/kiwi:latest": "other registry",
    "https://modelscope.cn/models/acme/kiwi": "other registry",
    "https://ollama.com/library/kiwi": "other registry",
    "oci://registry.example/acme/kiwi": "other registry",
    "s3://bucket/kiwi": "other registry",
}


@pytest.mark.parametrize("text", ELSEWHERE)
def test_what_is_served_elsewhere_is_no_id_of_the_hub(text):
    assert parse_reference(text, bare=True, services=text.startswith("ollama/")) == Elsewhere(ELSEWHERE[text])


NOTHING = """
./acme/kiwi | ../kiwi | /data/acme/kiwi | ~/kiwi | C:\\acme\\kiwi | c:/acme/kiwi | acme\\kiwi | a/b/c
acme/ | /acme | acme/kiwi.json | acme/kiwi.gguf | acme/kiwi.safetensors | application/json | text/plain
audio/wav | image/png | actions/checkout | actions/checkout@v4 | feature/kiwi | fix/kiwi | 01/02
2024/05 | km/h | m/s | Europe/Paris | @huggingface/transformers | and/or | true/false | n/a | acme/-kiwi
-acme/kiwi | acme/kiwi- | acme/ki--wi | acme/ki..wi | acme/kiwi x | acme//kiwi | models/kiwi
datasets/kiwi | spaces/kiwi | docs/kiwi | src/kiwi | path/to | https://huggingface.co
https://huggingface.co/acme | https://huggingface.co/spaces/acme/kiwi
https://huggingface.co/docs/transformers | https://huggingface.co/blog/kiwi
https://huggingface.co/papers/2307.1 | https://huggingface.co/collections/acme/kiwi-1
https://huggingface.co/api/models/acme/kiwi | https://huggingface.co/models?search=kiwi
https://huggingface.co/acme/models | https://huggingface.co/join | https://example.org/acme/kiwi
https://acme-kiwi.hf.space/api | pvc://claim/kiwi | file:///kiwi | hf://spaces/acme/kiwi | ${MODEL}
$MODEL/kiwi | {{ model }}/kiwi | acme/${NAME} | <your-org>/kiwi | %MODEL% | acme/{name} | user/model
""".replace("\n", " | ").split(" | ")


@pytest.mark.parametrize("text", [text for text in NOTHING if text])
def test_what_only_looks_like_an_id_is_none(text):
    assert parse_reference(text) is None


def test_a_providers_name_is_one_only_where_providers_are_expected():
    assert parse_reference("openai/some-open-weights") == Named("openai/some-open-weights", "id")
    assert parse_reference("openai/some-open-weights", services=True) == Elsewhere("hosted service")
    assert parse_reference("ollama/kiwi") == Named("ollama/kiwi", "id")
    assert parse_reference("acme/kiwi", services=True) == Named("acme/kiwi", "id")


def test_a_tag_is_a_quantization_only_where_one_is_expected():
    assert parse_reference("acme/kiwi:Q4_0", tag=True) == Named("acme/kiwi", "id")
    assert parse_reference("acme/kiwi:Q4_0") == Elsewhere("other registry")


@pytest.mark.parametrize("text", ["kiwi", "kiwi-base-uncased", "kiwi2"])
def test_a_bare_name_counts_only_when_asked_for(text):
    assert parse_reference(text, bare=True) == Named(text, "bare")
    assert parse_reference(text) is None


@pytest.mark.parametrize(
    "text", ["model", "main", "auto", "output", "7", "3.5", "ki", "a.bin", "checkpoint-500", "x y", ""]
)
def test_everyday_words_and_files_are_no_bare_names(text):
    assert parse_reference(text, bare=True) is None
    assert bare_name(text) is None


def test_a_dataset_is_called_so_when_asked_for():
    assert parse_reference("acme/pears", kind="dataset") == Named("acme/pears", "id", "dataset")


@pytest.mark.parametrize(
    "text", ["${X}", "$X", "$(X)", "{{ .Values.model }}", "<model>", "%MODEL%", "{name}", "a/{n.m}"]
)
def test_a_variable_is_seen(text):
    assert is_variable(text)


@pytest.mark.parametrize("text", ["acme/kiwi", "100%", "a < b", "$", "{}x", "{'a': 1}"])
def test_what_is_fixed_is_no_variable(text):
    assert not is_variable(text)


def test_addresses_are_found_in_prose_with_their_place():
    text = "see (https://huggingface.co/acme/kiwi), https://huggingface.co/blog/x and https://hf.co/datasets/acme/pears."
    assert [(text[place:][:8], found.id, found.kind) for place, found in urls(text)] == [
        ("https://", "acme/kiwi", "model"),
        ("https://", "acme/pears", "dataset"),
    ]


def test_file_names_are_told_by_their_end():
    assert is_file_name("a/b.JSON")
    assert not is_file_name("a/b-v1.5")


def test_hub_id_gives_the_text_back():
    assert hub_id("acme/kiwi") == "acme/kiwi"
    assert hub_id("kiwi") is None


@pytest.mark.parametrize("name", ["ids", "services"])
def test_every_list_is_words_once_each(name):
    def lists(value):
        return (
            [text for each in value.values() for text in lists(each)] if isinstance(value, dict) else [value]
        )

    for text in lists(table(name)):
        assert len(text.split()) == len(set(text.split())) > 0


def test_a_missing_list_is_loud():
    with pytest.raises(RuleFileError):
        words("ids", "no-such-list")
    with pytest.raises(RuleFileError):
        table("no-such-table")


@given(st.text(max_size=60) | st.from_regex(r"[a-z]{0,8}[:/@.]{0,3}[a-zA-Z:/@.{}$-]{0,30}", fullmatch=True))
def test_no_text_breaks_it_and_what_it_names_has_the_form_of_an_id(text):
    for options in ({}, {"bare": True, "services": True, "tag": True}):
        found = parse_reference(text, **options)
        if isinstance(found, Named):
            assert found.id.count("/") <= 1
            assert hub_id(found.id) or bare_name(found.id)
    list(urls(text))


@pytest.mark.parametrize(
    "piece", ["https://", "https://huggingface.co/", "a-", "hf.co/", "<a", "{a", "%a", "a.", "a/", "$"]
)
def test_hostile_text_takes_linear_time(piece):
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    parse_reference(text, bare=True)
    list(urls(text))
    is_variable(text)
    hub_id(text)
    assert time.process_time() - start < 1

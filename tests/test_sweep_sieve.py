"""What SQL leaves out no reader looks at: its patterns match whatever the readers' own do, and more."""

import re

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sweep_rows import FILES

from osaid_audit.gather.raw import Listed
from osaid_audit.gather.reading.baseids import bases_in
from osaid_audit.gather.reading.files.formats import weight_format
from osaid_audit.gather.reading.files.listing import code_files
from osaid_audit.gather.reading.files.packing import is_named_packed
from osaid_audit.gather.reading.files.plan import is_small_config
from osaid_audit.gather.reading.files.termsfiles import side_cards, terms_role
from osaid_audit.gather.reading.lineage.leads import _MISSPELT, _is_base_key
from osaid_audit.gather.reading.repository.keys import KEYS, key_meant
from osaid_audit.sweep.facts import sieve
from osaid_audit.sweep.facts.folding import folded
from osaid_audit.sweep.facts.lookaround import without_lookaround
from osaid_audit.sweep.facts.pieces import ID
from osaid_audit.sweep.facts.reply import value_of

_WORDS = (
    "license LICENCE copying terms of use policy notice readme model card config adapter mergekit axolotl"
    " train eval modeling tokenizer merges ner eula legal base Base finetuned from parent name q GGUF 4bit"
    " w4a16 i1 été 许可"
)
WORDS = st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=4)
MARKS = st.sampled_from(["", "-", "_", ".", " ", "/"])
ENDINGS = st.sampled_from(
    ["", ".md", ".txt", ".json", ".yml", ".yaml", ".py", ".bin", ".gguf", ".pdf", ".png", ".sh"]
)
TEXTS = st.builds(lambda words, mark, end: mark.join(words) + end, WORDS, MARKS, ENDINGS)


def hits(pattern, texts):
    """Which of the texts DuckDB finds the pattern in."""
    query = "select regexp_matches(unnest($1::varchar[]), $2)"
    return [bool(hit) for (hit,) in duckdb.execute(query, [list(texts), pattern]).fetchall()]


def is_watched(path):
    """Whether some reader looks at more of a path than its ending."""
    beside = [Listed(path), Listed(f"{path.rpartition('/')[0]}/x.safetensors".lstrip("/"))]
    return bool(
        terms_role(path) or side_cards(beside) or is_small_config(path) or code_files([Listed(path)])
        or weight_format(path) in {"spacy", "coreml", "tensorflow"}
    )  # fmt: skip


@given(texts=st.lists(TEXTS, min_size=40, max_size=40))
@settings(max_examples=20, deadline=None)
def test_every_path_that_a_reader_looks_at_is_kept(texts):
    paths = [*texts, *(path for path in FILES if "\0" not in path)]
    kept = hits(sieve.watched(), paths)
    plain = re.compile(r".*\.(?:pb|mlmodel)")
    assert not [
        path
        for path, hit in zip(paths, kept, strict=True)
        if is_watched(path) and not hit and not plain.fullmatch(path)
    ]


def test_a_plain_path_is_not_kept():
    assert hits(sieve.watched(), ["Qwen2-7B.Q4_K_M.gguf", "tokenizer.json", "a/b/photo.png"]) == [False] * 3


@given(texts=st.lists(TEXTS, min_size=60, max_size=60))
@settings(max_examples=20, deadline=None)
def test_every_key_that_may_be_meant_is_seen(texts):
    keys = [*texts, "Licence", "license-name", "MODEL_LICENSE", "basemodel", "Base Model", "modèle de base"]
    named = hits(sieve.license_keys(), keys)
    assert all(hit for key, hit in zip(keys, named, strict=True) if key not in KEYS and key_meant(key))
    quoted = [f'{{"x": [{{"{key}": 1}}]}}' for key in keys]
    either = f"{sieve.base_keys()}|{sieve.base_model_keys()}"
    assert all(hit for key, hit in zip(keys, hits(either, quoted), strict=True) if _is_base_key(key))


@pytest.mark.parametrize("word", sorted(_MISSPELT))
def test_keys_of_bases_are_seen_however_they_are_written(word):
    forms = [
        word,
        word.upper(),
        "-".join(word),
        "__" + word + "__",
        word.replace("e", "\\u00e8"),
        word.replace("e", "È"),
    ]
    either = f"{sieve.base_keys()}|{sieve.base_model_keys()}"
    assert all(hits(either, [f'{{"{form}" : "a/b"}}' for form in forms]))
    assert hits(either, ['{"model-index": [], "license": "mit"}']) == [False]


@given(texts=st.lists(TEXTS, min_size=60, max_size=60))
@settings(max_examples=20, deadline=None)
def test_an_id_of_a_quantization_is_told_as_the_reader_tells_it(texts):
    names = [f"a/{text}" for text in texts if text.isascii()]
    assert hits(sieve.packed(), names) == [is_named_packed(name) for name in names]


@given(text=st.from_regex(re.compile(ID), fullmatch=True))
@settings(max_examples=300, deadline=None)
def test_what_is_plainly_an_id_is_one_to_the_reader(text):
    odd = re.compile(r"--|\.\.|\.git$|\.ipynb$|^(?i:(?:www\.)?huggingface\.co/|hf\.co/)")
    if 4 <= len(text) <= 96 and text.isascii() and not odd.search(text):
        assert bases_in(text) == (text,)


@pytest.mark.parametrize(
    ("pattern", "bare"),
    [
        (r"(?<!un)licen[cs]e(?![a-z])", "licen[cs]e"),
        (r"a(?=b(?:c|[)(])d)e", "ae"),
        (r"[(?!x]\(?!y(?:z)", r"[(?!x]\(?!y(?:z)"),
        (r"[]](?!a)[^]]b", "[]][^]]b"),
        (r"(?<=a\))b", "b"),
    ],
)
def test_looks_to_the_side_are_left_out(pattern, bare):
    assert without_lookaround(pattern) == bare


def test_folding_keeps_what_tells_listings_apart():
    assert folded(["a.Q4.gguf", "a.Q8.gguf", "x/b.gguf"]) == folded(["c.gguf"])
    assert folded(["c.gguf"]) != folded(["c.bin"])
    assert folded(["a.bin", "a.safetensors"]) != folded(["a.bin", "b.safetensors"])
    assert folded(["checkpoint-1/a.bin", "checkpoint-2/a.bin"]) != folded(["checkpoint-1/a.bin"])
    assert folded(["checkpoint-1/a.bin", "checkpoint-2/a.bin"]) == folded(
        [f"checkpoint-{at}0/a.bin" for at in range(9)]
    )
    assert folded([]) == ()
    assert folded(["photo.png"]) == folded(["notes.rst", "b.png"]) != ()


def test_json_is_read_as_deep_as_a_reader_looks():
    assert value_of('{"a": ' + "[" * 9000 + "]" * 9000 + ', "b": ["]", 1]}')["b"] == ["]", 1]
    assert value_of('"\\ud83d\\ude00 \\ud800x"') == "\U0001f600 ?x"
    assert value_of("{") is None
    assert value_of(None) is None


@pytest.mark.parametrize("deep", [3, 63, 64, 65, 3_000])
@pytest.mark.parametrize(("opening", "closing"), [('{"a":', "}"), ("[", "]"), ('[{"b": 1, "a": ', "}]")])
def test_json_nested_in_mappings_and_lists_is_read_as_deep_as_a_reader_looks(deep, opening, closing):
    text = '{"x": ' + opening * deep + "1" + closing * deep + ', "b": [[], {}, "}"]}'
    assert value_of(text)["b"] == [[], {}, "}"]
    assert value_of(text[:-1]) is None


def test_half_a_character_beside_deep_nesting_is_replaced():
    assert value_of('{"a":' * 3_000 + "1" + "}" * 3_000) is not None
    assert value_of('{"l": "\\ud800", "x": ' + '{"a":' * 3_000 + "1" + "}" * 3_001)["l"] == "?"

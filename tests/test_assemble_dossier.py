"""From raw replies to a dossier: what becomes a fact, what a problem, and what stays unsaid."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_samples import SHA, card, gathered, raw, repository

from osaid_audit.errors import UnreadableInput
from osaid_audit.gather import assemble, dossier_json, read_dossier
from osaid_audit.gather.raw import Missed

PROSE = "A small model for the study of French and English text, made by a school and free to try out."


def dossier(subject, bases=None, datasets=None):
    return assemble(gathered(subject, bases, datasets))


def value(found, name):
    fact = found.facts.get(name)
    return None if fact is None else fact.value


def test_a_declared_license_with_everything_read():
    found = dossier(repository(card(PROSE, license="apache-2.0"), {"cardData": {"license": "apache-2.0"}}))
    assert value(found, "license.class") == "osi"
    assert value(found, "license.read_all") is True
    assert value(found, "weights.present") is True
    assert value(found, "access.gated") == "no"
    assert found.problems == ()


def test_every_fact_has_a_source_with_its_place():
    subject = repository(
        card(f"{PROSE}\n\n## Training data\n\n{PROSE}", license="apache-2.0", base_model="org/base"),
        {
            "cardData": {"license": "apache-2.0"},
            "library_name": "transformers",
            "config": {"architectures": ["A"]},
        },
        {"LICENSE": "Terms nobody knows."},
    )
    found = dossier(subject)
    assert found.facts
    for name, fact in found.facts.items():
        assert fact.sources, name
        assert all(source.url and source.sha256 and source.revision == SHA for source in fact.sources), name
        assert all(len(source.quote or "") <= 120 for source in fact.sources), name


def test_absence_is_observed_only_on_a_complete_search():
    bare = repository(PROSE)
    assert value(dossier(bare), "license.grant_found") is False
    assert value(dossier(bare), "license.class") == "none"
    for other in (
        repository(f"{PROSE}\n\nSee the license."),
        repository("---\na: b: c\n---\n" + PROSE),
        repository(
            "Dieses Modell wurde auf einem deutschen Korpus trainiert und ist für die Forschung bestimmt."
        ),
        repository(None, {}, {"README.md": Missed("README.md", "u", "gated")}),
        repository(PROSE, rows=[{"rfilename": "model.safetensors"}, {"bad": 1}]),
        repository(PROSE, {"cardData": {"licence": "mit"}}),
    ):
        assert value(dossier(other), "license.grant_found") is not False


def test_no_readme_counts_as_an_empty_card_only_when_the_listing_is_complete():
    missing = {"README.md": Missed("README.md", "u", "absent")}
    rows = [{"rfilename": "model.safetensors", "size": 5}]
    subject = repository(None, {"siblings": rows}, missing)
    assert value(dossier(subject), "license.grant_found") is False
    assert dossier(subject).problems == ()
    cut = repository(None, {"siblings": [*rows, {"x": 1}]}, missing)
    assert value(dossier(cut), "license.grant_found") is None


def test_a_base_turns_no_grant_into_an_inherited_one():
    found = dossier(repository(card(PROSE, base_model="org/base")))
    assert value(found, "license.inherited_only") is True
    assert value(found, "license.grant_found") is None


def test_a_gated_card_is_judged_from_metadata_and_reported():
    files = {
        "README.md": Missed("README.md", "u", "gated"),
        "LICENSE.txt": Missed("LICENSE.txt", "u", "gated"),
    }
    found = dossier(repository(None, {"gated": "manual", "cardData": {"license": "llama3.2"}}, files))
    assert value(found, "license.class") == "use-restricted"
    assert value(found, "license.read_all") is None
    assert value(found, "access.gated") == "manual"
    assert {(problem.what, problem.state) for problem in found.problems} == {
        ("README.md", "gated"),
        ("LICENSE.txt", "gated"),
    }
    open_one = dossier(repository(None, {"gated": "manual", "cardData": {"license": "mit"}}, files))
    assert value(open_one, "license.class") is None


def test_a_broken_card_is_a_problem_with_its_line_and_invents_nothing():
    found = dossier(repository(f"---\nlicense: mit\ntitle: a: b\n---\n{PROSE}", {"cardData": None}))
    (problem,) = found.problems
    assert (problem.what, problem.state, problem.line) == ("README.md", "malformed", 3)
    assert problem.why.fr != problem.why.en
    assert found.license.declared == ()
    assert value(found, "license.class") is None


def test_both_sides_of_a_disagreement_are_shown():
    found = dossier(repository(card(PROSE, license="mit"), {"cardData": {"license": "cc-by-nc-4.0"}}))
    assert {each.value for each in found.license.declared} == {"mit", "cc-by-nc-4.0"}
    assert value(found, "license.class") == "noncommercial"


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 x", b"\x00\x01", b"version https://git-lfs.github.com/spec/v1\n"]
)
def test_a_license_file_that_is_no_text_holds_the_conclusion_back(body):
    info = {"cardData": {"license": "mit"}}
    assert value(dossier(repository(card(PROSE, license="mit"), info)), "license.class") == "osi"
    assert (
        value(dossier(repository(card(PROSE, license="mit"), info, {"LICENSE": body})), "license.class")
        is None
    )


def test_a_pdf_license_is_unsupported_and_not_asked_for():
    rows = [{"rfilename": "model.safetensors", "size": 5}, {"rfilename": "LICENSE.pdf", "size": 5}]
    found = dossier(repository(card(PROSE, license="mit"), {"cardData": {"license": "mit"}}, rows=rows))
    assert [(each.what, each.state) for each in found.problems] == [("LICENSE.pdf", "unsupported")]
    assert value(found, "license.class") is None


def test_weights_are_absent_only_beyond_doubt():
    none = [{"rfilename": "config.json", "size": 5}]
    assert value(dossier(repository(PROSE, rows=none)), "weights.present") is False
    doubtful = [{"rfilename": "blob.xyz", "size": 20_000_000}]
    assert value(dossier(repository(PROSE, rows=doubtful)), "weights.present") is None
    linked = f"{PROSE}\n\n[Download the weights](https://drive.google.com/file/d/1)"
    found = dossier(repository(linked, rows=none))
    assert value(found, "weights.present") is None
    assert value(found, "weights.external") is True


def test_negated_prose_supports_nothing():
    text = "## Training data\n\nWe do not release the training dataset. No paper is available."
    found = dossier(repository(f"{PROSE}\n\n{text}"))
    assert not {"data.described", "data.withheld", "documents.paper"} & found.facts.keys()
    described = dossier(repository(f"{PROSE}\n\n## Training data\n\n{PROSE}"))
    assert value(described, "data.described") is True


def test_links_and_metadata_become_facts():
    text = (
        f"{PROSE}\n\nPaper: https://arxiv.org/abs/1234.56789, code: [here](https://github.com/org/code) and "
        "https://github.com/huggingface/transformers."
    )
    index = [{"name": "m", "results": [{"task": {"type": "t"}, "dataset": {"type": "glue"}, "metrics": []}]}]
    subject = repository(text, {"library_name": "transformers", "model-index": index})
    found = dossier(subject)
    assert value(found, "documents.paper") is True
    assert value(found, "code.repositories") == 1
    assert [each.url for each in found.code] == ["https://github.com/org/code"]
    assert value(found, "code.inference_osi") is True
    assert value(found, "documents.evaluation_results") is True
    assert [(each.id, each.role) for each in found.datasets] == [("glue", "evaluation")]
    assert "data.linked_datasets" not in found.facts


def test_remote_code_leaves_the_license_of_inference_open():
    config = json.dumps({"architectures": ["A"], "auto_map": {"AutoModel": "modeling_a.A"}})
    found = dossier(repository(PROSE, {"library_name": "transformers"}, {"config.json": config}))
    assert value(found, "code.remote") is True
    assert value(found, "code.architecture_found") is True
    assert "code.inference_osi" not in found.facts


def test_declared_datasets_are_counted_when_all_have_an_answer():
    subject = repository(PROSE, {"cardData": {"datasets": ["org/a", "org/b"]}})
    a = repository(None, {"cardData": {"license": "cc-by-nc-4.0"}}, name="org/a", rows=[])
    both = {"org/a": a, "org/b": Missed("org/b", "u", "not_found_or_private")}
    found = dossier(subject, datasets=both)
    assert [(each.id, each.found, each.cls) for each in found.datasets] == [
        ("org/a", True, "noncommercial"),
        ("org/b", False, None),
    ]
    assert value(found, "data.linked_datasets") == 1
    waiting = dossier(subject, datasets={"org/a": a, "org/b": Missed("org/b", "u", "unreachable")})
    assert "data.linked_datasets" not in waiting.facts


def test_components_are_judged_apart_and_the_worst_decides():
    rows = [{"rfilename": "vae/model.safetensors", "size": 5}, {"rfilename": "model.safetensors", "size": 5}]
    files = {"vae/LICENSE": "You may use this for non-commercial purposes only."}
    found = dossier(repository(card(PROSE, license="mit"), {"cardData": {"license": "mit"}}, files, rows))
    assert value(found, "components.count") == 1
    assert [part.path for part in found.license.components] == ["vae"]
    assert value(found, "license.class") == "custom-unknown"


def test_a_copy_from_elsewhere_is_stated_and_told():
    standing_in = raw("README.md", f"{PROSE} {PROSE}", stands_in=True)
    found = dossier(repository(None, {}, {"README.md": standing_in}))
    assert found.facts["documents.model_card"].basis == "stated"
    assert any("README.md" in limit.en for limit in found.limits)


def test_renaming_changes_no_conclusion():
    text = card(f"{PROSE}\n\n## License\n\nMIT", license="mit")
    one = dossier(repository(text, name="org/model"))
    other = dossier(repository(text, name="meta-llama/Llama-3.2-3B"))
    assert {name: fact.value for name, fact in one.facts.items()} == {
        name: fact.value for name, fact in other.facts.items()
    }


def test_a_dossier_is_written_the_same_way_and_read_back():
    found = dossier(repository(card(PROSE, license="mit"), {"cardData": {"license": "mit"}}))
    text = dossier_json(found)
    assert text.endswith("}\n")
    assert "null" not in text
    assert read_dossier(text) == found
    assert dossier_json(read_dossier(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "nonsense", "[" * 100_000, '{"schema_version": "9"}', "null", "\x00"],
)
def test_what_is_no_dossier_is_refused_in_one_sentence(text):
    with pytest.raises(UnreadableInput) as caught:
        read_dossier(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "change", [{"license.klass": "osi"}, {"license.class": "free"}, {"weights.present": "yes"}]
)
def test_a_dossier_with_a_wrong_fact_is_refused(change):
    data = json.loads(dossier_json(dossier(repository(PROSE))))
    ((name, wrong),) = change.items()
    data["facts"][name] = {"value": wrong, "basis": "stated", "sources": []}
    with pytest.raises(UnreadableInput):
        read_dossier(json.dumps(data))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = (
    "cardData",
    "tags",
    "siblings",
    "gated",
    "safetensors",
    "gguf",
    "config",
    "library_name",
    "model-index",
)


@given(st.dictionaries(st.sampled_from(KEYS), JSON), st.binary(max_size=120))
def test_no_reply_and_no_card_ever_raises(info, body):
    found = dossier(repository(body, info))
    assert read_dossier(dossier_json(found)) == found


CARD_KEYS = (
    *("license", "license_name", "license_link", "licence", "base_model", "base_model_relation", "datasets"),
    *("extra_gated_prompt", "extra_gated_fields", "library_name", "model-index"),
)


@given(st.dictionaries(st.sampled_from(CARD_KEYS), JSON))
def test_no_card_data_ever_raises(data):
    found = dossier(repository(PROSE, {"cardData": data}))
    assert value(found, "license.class") != "osi" or "license" in data


COUNTS = {"parameters": {"BF16": 7_000, "I64": 5}, "total": 7_005}
QUANTIZED = json.dumps({"quantization_config": {"quant_method": "gptq", "bits": 4}})


def counts(info, files=None):
    given = assemble(gathered(repository(PROSE, info, files))).facts.get("weights.parameters")
    return given and given.value


def test_plain_weights_are_counted_and_so_are_those_of_a_gguf_file():
    assert counts({"safetensors": COUNTS}) == 7_005
    assert counts({"safetensors": COUNTS}, {"config.json": "{}"}) == 7_005
    assert counts({"gguf": {"total": 8_000}}) == 8_000


@pytest.mark.parametrize(
    ("info", "files"),
    [
        ({"safetensors": {"parameters": {"I32": 900, "F16": 100}, "total": 1_000}}, {}),
        ({"safetensors": {"parameters": {"BF16": 900, "U8": 100}, "total": 1_000}}, {}),
        ({"safetensors": {"parameters": {"I8": 900}, "total": 900}}, {}),
        ({"safetensors": COUNTS}, {"config.json": QUANTIZED}),
        ({"safetensors": COUNTS, "config": json.loads(QUANTIZED)}, {}),
        ({"safetensors": COUNTS}, {"config.json": Missed("config.json", "u", "unreachable")}),
        ({"safetensors": COUNTS}, {"config.json": "{"}),
        ({"safetensors": {"total": 7_000}}, {}),
        ({"safetensors": {"total": "many"}, "gguf": {"total": True}}, {}),
    ],
)
def test_packed_weights_are_no_count_of_parameters(info, files):
    assert counts(info, files) is None


def test_a_packed_repository_is_counted_by_its_gguf_file():
    assert counts({"safetensors": {"parameters": {"U8": 9}, "total": 9}, "gguf": {"total": 70}}) == 70

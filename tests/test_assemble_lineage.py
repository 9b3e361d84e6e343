"""Bases: declared, hinted at, and what one hop says."""

import json

import pytest
from raw_samples import card, gathered, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.raw import Missed
from osaid_audit.gather.reading.files.plan import base_names, declared_bases

PROSE = "A small model for the study of French and English text, made by a school and free to try out."
APACHE = {"cardData": {"license": "apache-2.0"}}


def base(license_id: str | None, **data: object):
    text = PROSE if license_id is None else card(PROSE, license=license_id)
    return repository(text, {"cardData": {"license": license_id, **data}}, name="org/base")


def derived(body: str = PROSE, **data: object):
    return repository(card(body, license="apache-2.0"), {"cardData": {"license": "apache-2.0", **data}})


def assembled(subject, **bases):
    return assemble(gathered(subject, {name.replace("org_", "org/"): each for name, each in bases.items()}))


def facts(found):
    return {name: fact.value for name, fact in found.facts.items() if name.startswith("lineage.")}


def test_a_restricted_base_breaks_an_open_tag():
    found = assembled(derived(base_model="org/base"), org_base=base("llama3.1"))
    assert facts(found)["lineage.restricted"] is True
    assert "use" in facts(found)["lineage.broken_freedoms"]
    assert [(hop.id, hop.depth, hop.cls) for hop in found.lineage] == [("org/base", 1, "use-restricted")]
    assert found.facts["license.class"].value == "osi"


def test_an_open_base_breaks_nothing_and_completes_nothing():
    found = assembled(derived(base_model="org/base"), org_base=base("apache-2.0"))
    assert facts(found) == {"lineage.declared_base": True}


def test_a_base_without_any_grant_breaks_use_modify_and_share():
    found = assembled(derived(base_model="org/base"), org_base=base(None))
    assert facts(found)["lineage.broken_freedoms"] == ("use", "modify", "share")
    assert found.lineage[0].cls == "none"


@pytest.mark.parametrize(
    "hop",
    [
        base("other"),
        base("apache-2.0", base_model="org/older"),
        Missed("org/base", "u", "not_found_or_private"),
        Missed("org/base", "u", "gated"),
        repository(None, APACHE, {"README.md": Missed("README.md", "u", "gated")}, name="org/base"),
    ],
)
def test_a_hop_that_is_not_known_to_be_open_is_undecided(hop):
    found = assembled(derived(base_model="org/base"), org_base=hop)
    assert facts(found) == {"lineage.declared_base": True, "lineage.undecided": True}


def test_the_hop_behind_a_base_is_named_and_not_judged():
    found = assembled(derived(base_model="org/base"), org_base=base("apache-2.0", base_model="org/older"))
    assert [(hop.id, hop.depth, hop.problem) for hop in found.lineage] == [
        ("org/base", 1, None),
        ("org/older", 2, "unreachable"),
    ]


def test_tags_name_bases_with_their_relation():
    info = {
        "id": "org/m",
        "tags": ["base_model:org/b", "base_model:quantized:org/b"],
        "cardData": {"base_model": "org/b"},
    }
    assert base_names(info, None) == (("org/b", "quantized"),)
    assert declared_bases(
        {"id": "org/m", "cardData": {"base_model": ["org/m", "./local", "org/c"]}}, None
    ) == (("org/c", "unknown"),)


def test_a_base_that_is_the_model_itself_is_a_problem():
    found = assemble(gathered(derived(base_model="org/model")))
    assert [(each.what, each.state) for each in found.problems] == [("org/model", "malformed")]
    assert facts(found)["lineage.undecided"] is True


@pytest.mark.parametrize(
    "body",
    [
        "This model is a fine-tuned version of [org/parent](https://huggingface.co/org/parent) on news.",
        "- **Finetuned from model:** [parent](https://huggingface.co/org/parent)",
        "It was fine-tuned from org/parent.",
        "Original model: https://huggingface.co/org/parent",
        "This is a merge of the following models:\n\n* [org/parent](https://huggingface.co/org/parent)",
        "Ce modèle est affiné à partir de [org/parent](https://huggingface.co/org/parent).",
    ],
)
def test_a_hint_at_a_base_makes_the_lineage_undecided(body):
    found = assemble(gathered(derived(f"{PROSE}\n\n{body}")))
    assert facts(found) == {"lineage.undecided": True}


@pytest.mark.parametrize(
    "body",
    [
        "Compared with [org/rival](https://huggingface.co/org/rival), this model is small.",
        "Also see the base model [org/sibling](https://huggingface.co/org/sibling).",
        "Fine-tuning scripts are in [org/scripts](https://huggingface.co/org/scripts).",
        "It was fine-tuned on [org/data](https://huggingface.co/datasets/org/data).",
        "It was fine-tuned from [org/model](https://huggingface.co/org/model).",
        "This model card is based on the card of [org/other](https://huggingface.co/org/other).",
        "It was fine-tuned from checkpoints/step-100 with and/or without input/output.",
    ],
)
def test_other_models_on_the_page_are_no_hint(body):
    assert facts(assemble(gathered(derived(f"{PROSE}\n\n{body}")))) == {}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("org/parent", True), ("bert-base-uncased", True), ("org/model", False), ("./output/x", False),
        ("/mnt/models/llama", False), ("checkpoints/best", False), ("org/run/checkpoint-100", False),
        ("output/checkpoint-100", False), ("C:\\models", False), ("", False),
    ],
)  # fmt: skip
def test_a_config_names_a_base_by_an_id_not_by_a_folder(name, hint):
    files = {"config.json": json.dumps({"_name_or_path": name})}
    subject = repository(card(PROSE, license="apache-2.0"), APACHE, files)
    assert ("lineage.undecided" in assemble(gathered(subject)).facts) is hint


def test_an_adapter_config_names_its_base():
    rows = [{"rfilename": "adapter_model.safetensors", "size": 5}]
    files = {"adapter_config.json": json.dumps({"base_model_name_or_path": "org/parent"})}
    subject = repository(card(PROSE, license="mit"), {"cardData": {"license": "mit"}}, files, rows)
    found = assemble(gathered(subject))
    assert found.facts["lineage.undecided"].sources[0].pointer == "/base_model_name_or_path"
    assert found.facts["weights.needs_base"].value is True


DATA = f"## Training data\n\n{PROSE}"
OWN_DATA = (
    "## Training data\n\nTen thousand letters that pupils wrote for this purpose in the spring of last year."
)


def test_a_fine_tune_needs_its_own_data_layer_and_its_bases():
    bare, rich = (
        base("apache-2.0"),
        repository(card(f"{PROSE}\n\n{DATA}", license="apache-2.0"), APACHE, name="org/base"),
    )
    own = derived(f"{PROSE}\n\n{OWN_DATA}", base_model="org/base")
    assert "data.described" not in assembled(own, org_base=bare).facts
    assert "data.described" not in assembled(derived(base_model="org/base"), org_base=rich).facts
    both = assembled(own, org_base=rich).facts["data.described"]
    assert len(both.sources) == 2


PACKED = {"config": {"quantization_config": {"bits": 4}}}


def packed(body: str = PROSE, config: object = PACKED, **data: object):
    keys = {"base_model": "org/base", "base_model_relation": "quantized", **data}
    info = {"cardData": {"license": "apache-2.0", **keys}, **config}
    return repository(card(body, license="apache-2.0"), info)


def test_a_quantization_has_its_bases_data_and_not_what_it_copied():
    rich = repository(card(f"{PROSE}\n\n{DATA}", license="apache-2.0"), APACHE, name="org/base")
    copied = packed(f"{PROSE}\n\n{DATA}")
    assert "data.described" in assembled(packed(), org_base=rich).facts
    assert "data.described" not in assembled(copied, org_base=base("apache-2.0")).facts


def test_weights_that_are_not_packed_contradict_the_word_quantized():
    rich = repository(card(f"{PROSE}\n\n{DATA}", license="apache-2.0"), APACHE, name="org/base")
    full = {"safetensors": {"parameters": {"BF16": 5}, "total": 5}}
    assert "data.described" not in assembled(packed(config=full), org_base=rich).facts
    assert "data.described" not in assembled(packed(config={}), org_base=rich).facts
    told = packed(f"{PROSE}\n\n{OWN_DATA}", config=full)
    assert len(assembled(told, org_base=rich).facts["data.described"].sources) == 2
    several = packed(tags=["x"], base_model=["org/base", "org/other"], base_model_relation=None)
    several.info["tags"] = ["base_model:quantized:org/base", "base_model:merge:org/other"]
    assert "data.described" not in assembled(several, org_base=rich, org_other=rich).facts


def test_a_quantization_that_keeps_its_data_back_keeps_it_back():
    rich = repository(card(f"{PROSE}\n\n{DATA}", license="apache-2.0"), APACHE, name="org/base")
    told = "We fine-tuned on private chats.\n\nWe do not disclose the training data."
    assert "data.withheld" in assembled(packed(told), org_base=rich).facts
    assert "data.withheld" in assembled(packed(told, config={}), org_base=rich).facts
    assert "data.withheld" not in assembled(packed("We fine-tuned on chats."), org_base=rich).facts


CONVERSIONS = [
    "This is a quantized version of another model in GGUF format.",
    "GGUF quantization of Llama 3.1 8B Instruct.",
    "This repo contains GGUF format model files for Acme 7B Chat.",
    "This model was converted to GGUF format from another one using llama.cpp.",
    "Static quants of https://huggingface.co/acme/other-7b.",
    "Llamacpp imatrix Quantizations of Acme-7B",
    "Acme-7B quantized to 4-bit using AutoAWQ.",
    "Version quantifiée GGUF de Acme-7B.",
]
NO_CONVERSIONS = [
    "GGUF files are available at https://huggingface.co/acme/files.",
    "Quantized versions are available.",
    "Quantized versions of this model: https://huggingface.co/acme/files",
    "We also provide GGUF quants of the model.",
    "A model of ours, trained with bitsandbytes in 8-bit format.",
    "A paper on quantization of activations during training is out.",
    "It was post-trained with MXFP4 quantization of the MoE weights.",
    "Quantization of activations is hard.",
    "AWQ for GPU inference: https://huggingface.co/acme/files",
    "GGUF quants of m-7b: https://huggingface.co/acme/files",
    "Des versions quantifiées de ce modèle existent.",
]


@pytest.mark.parametrize("opening", CONVERSIONS)
def test_a_page_that_opens_as_a_conversion_has_a_base_and_speaks_of_it(opening):
    found = assemble(gathered(repository(card(f"{opening}\n\n{DATA}", license="apache-2.0"), APACHE)))
    assert "data.described" not in found.facts
    assert "lineage.undecided" in found.facts
    silent = card(f"{opening}\n\nWe do not disclose the training data.", license="apache-2.0")
    assert "data.withheld" in assemble(gathered(repository(silent, APACHE))).facts


@pytest.mark.parametrize("opening", NO_CONVERSIONS)
def test_a_page_that_mentions_a_conversion_speaks_of_its_own_model(opening):
    body = card(f"# Model\n\n{opening}\n\n{DATA}", license="apache-2.0")
    found = assemble(gathered(repository(body, APACHE, name="org/m-7b")))
    assert "data.described" in found.facts
    assert "lineage.undecided" not in found.facts


def test_a_hint_of_the_subject_is_shown_with_its_place():
    files = {"config.json": json.dumps({"_name_or_path": "org/parent"})}
    found = assemble(gathered(repository(card(PROSE, license="mit"), APACHE, files)))
    hop = found.lineage[0]
    assert (hop.id, hop.relation, hop.depth, hop.via, hop.problem) == (
        "org/parent",
        "unknown",
        1,
        None,
        "not_read",
    )
    assert hop.hint is not None
    assert (hop.hint.path, hop.hint.pointer) == ("config.json", "/_name_or_path")
    assert assembled(derived(base_model="org/base"), org_base=base("mit")).lineage[0].hint is None


@pytest.mark.parametrize(
    ("other", "state"),
    [
        (repository("---\nlicense: mit\n\ttags: [a\n---\n# x", name="org/base"), "malformed"),
        (
            repository(card("x", license="other"), files={"LICENSE.pdf": b"%PDF"}, name="org/base"),
            "unsupported",
        ),
    ],
)
def test_a_base_whose_terms_cannot_be_read_says_why_and_what_to_do(other, state):
    found = assembled(derived(base_model="org/base"), org_base=other)
    assert found.lineage[0].problem == state
    problem = next(each for each in found.problems if each.what == "org/base")
    assert problem.state == state
    assert "attest" in problem.next.en
    fine = assembled(derived(base_model="org/base"), org_base=base("mit"))
    assert fine.lineage[0].problem is None
    assert fine.problems == ()


def test_a_copied_card_may_restrict_and_never_open():
    opening = "This is a quantized version of another model in GGUF format.\n\n## License\n\n"
    free = assemble(gathered(repository(f"{opening}MIT License")))
    assert "license.class" not in free.facts
    assert assemble(gathered(repository(f"{PROSE}\n\n## License\n\nMIT License"))).license.declared
    assert free.license.declared == ()
    closed = assemble(gathered(repository(f"{opening}CC BY-NC 4.0")))
    assert closed.facts["license.class"].value == "noncommercial"


def test_a_copied_card_describes_nothing_of_its_own():
    opening = "This is a quantized version of another model in GGUF format."
    assert "data.described" not in assemble(gathered(repository(f"{opening}\n\n{DATA}"))).facts
    assert "data.described" in assemble(gathered(repository(f"{PROSE}\n\n{DATA}"))).facts


def test_a_refusal_of_the_base_holds_for_what_is_built_on_it():
    silent = repository(
        card("We do not disclose the training data.", license="apache-2.0"), APACHE, name="org/base"
    )
    found = assembled(derived(f"{PROSE}\n\n{DATA}", base_model="org/base"), org_base=silent)
    assert found.facts["data.withheld"].value is True


def test_text_copied_from_the_base_speaks_of_the_base():
    rich = repository(card(f"{PROSE}\n\n{DATA}", license="apache-2.0"), APACHE, name="org/base")
    copied = derived(f"{PROSE}\n\n{DATA}", base_model="org/base")
    assert "data.described" not in assembled(copied, org_base=rich).facts
    mended = derived(f"{PROSE}\n\n{DATA}\n\n{OWN_DATA}", base_model="org/base")
    assert "data.described" in assembled(mended, org_base=rich).facts


def test_a_refusal_that_was_copied_stays_one():
    silent = "We do not disclose the training data."
    unread = Missed("org/base", "u", "unreachable")
    packed = f"This is a quantized version of another model in GGUF format.\n\n{silent}"
    read = [
        repository(card(text, license="apache-2.0"), APACHE, name="org/base") for text in (silent, packed)
    ]
    own = derived(silent, base_model="org/base")
    for other in (unread, *read):
        assert assembled(own, org_base=other).facts["data.withheld"].value is True

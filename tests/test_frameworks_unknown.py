"""No answer of the frameworks is better than what was read: unknown is no yes, no no and no condition."""

import json

import pytest
from hub.world import apache_text
from raw_samples import card, gathered, repository
from test_frameworks import (
    APACHE,
    CONFIG,
    EVERYTHING,
    GATED,
    LOOK,
    MET,
    NO,
    OPEN,
    OPEN_ALL,
    PROSE,
    RIGHTS,
    RULESET,
    SAFE,
    SETS,
    answers,
    model,
    ours,
)

from osaid_audit.evaluate import evaluate
from osaid_audit.evaluate.findings import find
from osaid_audit.evaluate.verdict import only_proven_breach
from osaid_audit.gather import assemble
from osaid_audit.gather.raw import Missed
from osaid_audit.gather.reading.files.plan import LOADING_CONFIGS, listing_of, wanted_files
from osaid_audit.render import render
from osaid_audit.schema.base import Fact, Outcome


def rows(**sizes):
    return tuple({"rfilename": path, "size": size} for path, size in sizes.items())


def message(dossier, rule, norm="practical"):
    [found] = [
        each for each in evaluate(dossier, RULESET, [norm]).framework(norm).findings if each.rule == rule
    ]
    return found.message


GB = 10**9
PIPELINE = {
    "_class_name": "SmallPipeline",
    "unet": ["diffusers", "UNet"],
    "text_encoder": ["transformers", "TextModel"],
}


# Opening the files


@pytest.mark.parametrize(
    "files",
    [
        {"model.safetensors": GB, "model_head.pkl": 10_000},
        {"model.safetensors": GB, "label_encoder.pkl": 10_000},
        {"model.safetensors": GB, "training_args.bin": 5_000},
        {"model.safetensors": GB, "pytorch_model.bin": GB},
        {"unet/diffusion_pytorch_model.safetensors": 2 * GB, "vae/diffusion_pytorch_model.bin": GB // 3},
        {"model.onnx": GB, "libcustom.zip": 20_000},
    ],
    ids=" + ".join,
)
def test_one_file_that_can_run_code_leaves_no_yes(files):
    found = model(**APACHE, rows=rows(**files))
    assert answers(found)["file-safety"] is LOOK
    assert (
        next(path for path in files if not path.endswith(("safetensors", "onnx")))
        in message(found, "file-safety").en
    )


def test_a_safe_copy_that_lacks_a_part_is_no_safe_copy():
    part = rows(**{"unet/model.safetensors": 2 * GB, "vae/model.bin": GB // 3})
    whole = (*part, {"rfilename": "vae/model.safetensors", "size": GB // 3})
    assert "weights.safe_format" not in model(**APACHE, rows=part).facts
    assert model(**APACHE, rows=whole).facts["weights.safe_format"].value is True
    assert answers(model(**APACHE))["file-safety"] is MET


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["evil/repo--tok.T", None]}}),
        ("processor_config.json", {"auto_map": {"AutoProcessor": "p.P"}}),
        ("config.json", {"architectures": ["A"], "custom_pipelines": {"x": {"impl": "evil/r--p.P"}}}),
        ("model_index.json", {**PIPELINE, "_class_name": ["evil/pipe", "P"]}),
        ("modules.json", [{"idx": 0, "type": "custom_st.Transformer"}]),
    ],
    ids=str,
)
def test_code_is_seen_wherever_a_configuration_can_name_it(path, body):
    found = answers(model(**APACHE, files={path: json.dumps(body)}))
    assert (found["file-safety"], found["own-machine"]) == (LOOK, LOOK)
    unread = answers(model(**APACHE, files={path: Missed(path, "https://hub.test/x", "unreachable")}))
    assert (unread["file-safety"], unread["own-machine"]) == (OPEN, OPEN)


@pytest.mark.parametrize(
    ("path", "body", "answer"),
    [
        ("tokenizer_config.json", {"tokenizer_class": "SmallTokenizer"}, MET),
        ("modules.json", [{"type": "sentence_transformers.models.Pooling"}], MET),
        ("model_index.json", PIPELINE, MET),
        ("model_index.json", {**PIPELINE, "vae": ["diffusers", "AutoencoderKL"]}, MET),
        ("model_index.json", {**PIPELINE, "vae": ["my_vae", "V"]}, OPEN),
        ("model_index.json", {**PIPELINE, "vae": ["transformers", "AutoModel"]}, OPEN),
        ("tokenizer_config.json", [], OPEN),
        ("modules.json", {}, OPEN),
    ],
    ids=str,
)
def test_a_configuration_that_names_none_is_none(path, body, answer):
    assert answers(model(**APACHE, files={path: json.dumps(body)}))["file-safety"] is answer


def test_packed_files_alone_get_a_yes_and_name_their_format():
    def of(*more):
        info = {"cardData": APACHE, "library_name": "gguf"}
        return assemble(
            gathered(repository(card(PROSE, **APACHE), info, {}, (*rows(**{"m-Q4.gguf": 4 * GB}), *more)))
        )

    found = answers(of())
    assert (found["own-machine"], found["file-safety"], found["machine-size"]) == (MET, MET, MET)
    for rule in ("own-machine", "file-safety", "machine-size"):
        assert "gguf" in message(of(), rule).fr
    assert answers(of({"rfilename": "run.py", "size": 9}))["file-safety"] is OPEN
    assert answers(of({"rfilename": "head.pkl", "size": 9}))["file-safety"] is LOOK
    assert answers(of({"rfilename": "config.json", "size": 9}))["own-machine"] is OPEN
    plain = assemble(gathered(repository(card(PROSE, **APACHE), {"cardData": APACHE}, {}, SAFE)))
    assert answers(plain)["file-safety"] is OPEN


def test_what_may_name_code_is_read_of_the_model_that_is_opened_alone():
    listing, _ = listing_of({"siblings": [{"rfilename": path, "size": 9} for path in LOADING_CONFIGS]})
    assert set(wanted_files(listing, "models")) == set(LOADING_CONFIGS)
    assert set(wanted_files(listing, "models", loaded=False)) == {"config.json", "model_index.json"}
    huge, _ = listing_of({"siblings": [{"rfilename": "tokenizer_config.json", "size": 9_000_000}]})
    assert wanted_files(huge, "models") == ()


# What it was made from

SPOKEN = [
    "This model is a fine-tuned version of Fjord 2 on our data.",
    "This is a quantized version of Acme Fjord 3 8B.",
    "It was fine-tuned from Fjord 2 on school texts.",
    "Ce modèle est une version affinée de Fjord 3 sur nos données.",
    "Based on Fjord Large, trained further on French.",
    "Base model: Fjord 7B",
    "We distilled it from fjord-large.",
]
SILENT = [
    "It is based on the Transformer architecture.",
    "The model was fine-tuned on Wikipedia.",
    "It can be fine-tuned from Python.",
    "Unlike models derived from Fjord 2, it is small.",
    "This card is based on the Fjord model card.",
    "Nous l'avons entraîné à partir de textes de Bretagne.",
    "The weights of Fjord are here.",
]


@pytest.mark.parametrize("sentence", SPOKEN)
def test_a_model_made_from_another_gets_no_yes_about_rights(sentence):
    found = model(f"{PROSE}\n\n{sentence}", **APACHE)
    given = answers(found)
    assert not {given[rule] for rule in RIGHTS} & {MET, LOOK, NO}
    assert given["known-origin"] is LOOK
    assert answers(found, "eu-ai-act-53-2")["eu-open-license"] is LOOK
    assert answers(found, "eu-ai-act-53-2")["eu-base-terms"] is LOOK
    assert "made from" in message(found, "purpose").en
    # Of a conversion the weights themselves are another's, so that its label waits for them (design §2.7).
    label = "undetermined" if "quantized" in sentence else "open-weights"
    assert evaluate(found, RULESET, ["g7-2026"]).label.value == label


@pytest.mark.parametrize("sentence", SILENT)
def test_what_is_no_word_on_the_origin_takes_no_yes_away(sentence):
    found = answers(model(f"{PROSE}\n\n{sentence}", **APACHE))
    assert (found["purpose"], found["known-origin"]) == (MET, OPEN)


@pytest.mark.parametrize("name", ["adapter_model.safetensors", "pytorch_lora_weights.safetensors"])
def test_an_adapter_has_the_limits_of_a_base_that_nobody_named(name):
    found = model(**APACHE, rows=rows(**{name: 9_000_000}))
    given = answers(found)
    assert not {given[rule] for rule in RIGHTS} & {MET, LOOK, NO}
    assert answers(found, "eu-ai-act-53-2")["eu-open-license"] is LOOK
    assert "adaptateur" in message(found, "purpose").fr
    assert answers(found)["file-safety"] is LOOK  # the files of its base were not looked at
    tagged = model(**APACHE, info={"tags": ["lora"]}, rows=rows(**{"my_style.safetensors": 9_000_000}))
    assert answers(tagged)["purpose"] is OPEN


def test_what_is_not_read_is_named_and_is_no_condition():
    unread = model(
        **APACHE, files={"config.json": Missed("config.json", "https://hub.test/c", "unreachable")}
    )
    for rule in set(RIGHTS):
        assert answers(unread)[rule] is OPEN
        assert "config.json" in message(unread, rule).en
        assert "config.json" in message(unread, rule).fr
    unfollowed = model(**APACHE, base_model="org/base")
    assert "org/base" in message(unfollowed, "passing-on").fr


@pytest.mark.parametrize(
    ("license_", "conditions"),
    [
        ("cc-by-nc-4.0", {"price", "purpose", "adaptation", "passing-on", "independence"}),
        ("cc-by-nd-4.0", {"adaptation", "passing-on", "independence"}),
        ("creativeml-openrail-m", {"purpose", "adaptation", "passing-on", "independence"}),
        ("apache-2.0", set()),
        ("openrail", set()),
    ],
)
def test_a_condition_is_a_limit_that_is_there(license_, conditions):
    found = model(license=license_)
    given = answers(found)
    assert {rule for rule in RIGHTS if given[rule] is LOOK} == conditions
    for rule in conditions:
        assert ": yes." in message(found, rule).en
    assert given["purpose"] is (LOOK if "purpose" in conditions else OPEN if license_ == "openrail" else MET)


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Pour un usage commercial, achetez une licence à 500 € par an.", True),
        ("Access to the weights costs 50 EUR, payable at our shop.", True),
        ("Companies must buy a license from us.", True),
        ("Training cost 5000 USD of GPU time.", False),
        ("There is no license fee.", False),
        ("Le téléchargement est gratuit, sans frais de licence.", False),
    ],
)
def test_a_page_that_asks_for_money_is_not_free_of_charge(sentence, asks):
    found = answers(model(f"{PROSE}\n\n{sentence}", **APACHE))
    assert found["price"] is (LOOK if asks else MET)
    assert (found["purpose"] is MET) is not asks


def test_a_form_in_front_of_the_files_is_in_the_way_of_others_too():
    assert answers(GATED)["independence"] is LOOK
    assert answers(OPEN_ALL)["independence"] is MET


# How large it is


@pytest.mark.parametrize(
    ("files", "span", "answer"),
    [
        (
            {
                "consolidated.safetensors": 47,
                "model-00001-of-00002.safetensors": 24,
                "model-00002-of-00002.safetensors": 23,
            },
            (47, 47),
            LOOK,
        ),
        ({"model.safetensors": 28, "model.fp16.safetensors": 28}, (28, 28), LOOK),
        (
            {"model.safetensors": 7, **{f"checkpoint-{at}/model.safetensors": 7 for at in range(1, 8)}},
            (7, 7),
            MET,
        ),
        ({f"checkpoint-{at}/model.safetensors": 7 for at in range(1, 8)}, (7, 7), MET),
        ({"model.safetensors": 60, "m-Q4_K_M.gguf": 17}, (17, 17), LOOK),
        ({"model.safetensors": 60, "other.safetensors": 60}, (60, 120), NO),
        ({"a.safetensors": 5, "b.safetensors": 6}, (5, 11), LOOK),
        ({"model.safetensors": 5, "text_encoder/model.safetensors": 6}, (5, 11), LOOK),
        ({"model.safetensors": 5, "onnx/model.onnx": 9}, (5, 5), MET),
        ({"model.safetensors": 60, "model_head.pkl": 1}, (60, 61), NO),
    ],
    ids=str,
)
def test_a_copy_is_counted_once(files, span, answer):
    found = model(**APACHE, rows=rows(**{path: size * GB for path, size in files.items()}))
    assert (
        tuple(found.facts[name].value // GB for name in ("weights.set_bytes", "weights.set_bytes_most"))
        == span
    )
    assert answers(found)["machine-size"] is answer


def test_the_parts_of_a_pipeline_belong_together():
    parts = rows(**{"unet/model.safetensors": 6 * GB, "vae/model.bin": GB, "text_encoder/model.bin": 2 * GB})
    whole = model(**APACHE, rows=parts, files={"model_index.json": json.dumps(PIPELINE)})
    assert whole.facts["weights.set_bytes"].value == 9 * GB
    assert answers(whole)["machine-size"] is LOOK
    beside = model(**APACHE, rows=parts)
    assert beside.facts["weights.set_bytes"].value == GB


# Messages that agree with their evidence


@pytest.mark.parametrize(
    ("rule", "fact"),
    [
        *((rule, "data.datasets_named") for rule in ("data-origin", "data-open-shared", "data-terms")),
        *((rule, "data.obtainable_listed") for rule in ("data-origin", "data-terms")),
        ("data-origin", "data.released"),
        *(
            ("skilled-person", name)
            for name in ("data.sources_listed", "data.released", "code.data_processing_found")
        ),
        ("mof-code-license", "code.license_found"),
        *(("eu-monetization", name) for name in ("license.threshold", "access.price_named")),
    ],
)
def test_what_was_found_is_not_called_nothing(rule, fact):
    found = find(RULESET.rules[rule], {fact: Fact(value=True, basis="stated")})
    assert found.outcome is LOOK
    assert find(RULESET.rules[rule], {}).outcome is OPEN


def test_a_page_of_one_sentence_is_a_page():
    short = model("A small model.", **APACHE)
    assert "few words" in message(short, "eu-usage-information", "eu-ai-act-53-2").en


@pytest.mark.parametrize("rule", ["known-origin", "eu-base-terms"])
def test_the_origin_is_not_unknown_because_there_is_one(rule):
    norm = "practical" if rule == "known-origin" else "eu-ai-act-53-2"
    honest = {"lineage.from_scratch": False, "lineage.accepted": True}
    assert answers(OPEN_ALL, norm, attested=honest)[rule] is OPEN
    assert answers(OPEN_ALL, norm, attested={"lineage.from_scratch": True})[rule] is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_word_answers_the_question(lang):
    told = model(f"{PROSE}\n\n## Training data\n\n{PROSE}", license="cc-by-4.0")
    page = (
        render(evaluate(told, RULESET, ["practical"]), "text", lang, width=300)
        .replace("\xa0", " ")
        .replace("\u202f", " ")
    )
    lines = {
        "en": ("comes from? In part", "fails? To be checked"),
        "fr": ("d'entraînement ? En partie", "se trompe ? À vérifier"),
    }
    assert all(line in page for line in lines[lang])


# The Model Openness Framework


def test_honest_answers_about_a_paper_give_the_published_class():
    said = {"documents.report_accepted": False, "documents.paper_accepted": True}
    assert ours(SETS["all but the report, which the paper replaces"], **said).verdict == "class-i"
    neither = {"documents.report_accepted": False, "documents.paper_accepted": False}
    assert ours(EVERYTHING - {"paper", "report"}, **neither).verdict == "unclassified"


def test_a_component_of_class_one_under_closed_terms_costs_class_one_alone():
    assert ours(EVERYTHING, **{"code.processing_open_accepted": False}).verdict == "class-ii"
    assert ours(EVERYTHING, **{"code.open_accepted": False}).verdict == "class-iii"


def test_terms_alone_are_no_weights():
    linked = f"{PROSE}\n\n[Download the weights](https://drive.google.com/file/d/1)"
    found = ours(EVERYTHING, model(linked, **APACHE, rows=()), **{"license.mof_accepted": True})
    assert (found.verdict, found.at_most) == ("undetermined", "class-i")
    assert found.next_rung.missing == ("weights-present",)


def test_the_license_counts_among_elements_and_freedoms():
    bound = ours(EVERYTHING, model(license="cc-by-nd-4.0"))
    assert bound.verdict == "unclassified"
    assert bound.elements["parameters"].status is NO
    assert {bound.freedoms[freedom].status for freedom in ("modify", "share")} == {NO}
    free = ours(EVERYTHING, model(**APACHE, files={"config.json": CONFIG, "LICENSE": apache_text()}))
    assert free.elements["parameters"].status is not NO
    assert free.freedoms["share"].status is not NO


def test_only_the_license_is_named_as_the_only_breach():
    def breach(*topics):
        finding = evaluate(OPEN_ALL).framework("osaid-1.0").findings[0]
        broken = [
            finding.model_copy(update={"required": True, "outcome": NO, "topic": topic}) for topic in topics
        ]
        return only_proven_breach(broken)

    assert breach("license", "license") == "license"
    assert (breach("weights"), breach("data-information"), breach("license", "weights"), breach()) == (
        None,
    ) * 4

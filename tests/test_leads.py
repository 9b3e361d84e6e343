"""Hints at a base that nobody declares: each kind beside a mirror that is no hint."""

import json
import time

import pytest
from raw_samples import WEIGHTS, card, gathered, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.reading.lineage.leads import leads_of
from osaid_audit.gather.reading.repository.page import read_page

PROSE = "A small model for the study of French and English text, made by a school and free to try out."
X = "meta-llama/Llama-3.1-8B"
URL = f"https://huggingface.co/{X}"


def names(body: str = "", front: str = "license: apache-2.0", **more) -> list[str | None]:
    """The leads of a model with this card body; every lead has its place."""
    subject = repository(
        f"---\n{front}\n---\n{PROSE}\n\n{body}", more.pop("info", None), name="org/m-7b", **more
    )
    found = leads_of(subject, read_page(subject))
    assert all(lead.source.url for lead in found)
    return [lead.name for lead in found]


@pytest.mark.parametrize(
    "body",
    [
        f"- **Finetuned from model [optional]:** {X}",
        f"| Key | Value |\n|---|---|\n| Base Model | {X} |",
        f"| Model | Base model |\n|---|---|\n| m-7b | {X} |",
        f"<table><tr><td>Base model</td><td>{X}</td></tr></table>",
        f"Built on [Llama]({URL}).",
        f'Fine-tuned from <a href="{URL}">Llama</a> on a very long list of letters, notes, books and plays.',
        f"Continual pretraining of {X}.",
        f"SFT on {X}.",
        f"(This model is [{X}]({URL}) fine-tuned version for dialogue.)",
        f"This is {X} fine-tuned on letters.",
        f"DPO of `{X}` with pairs of our own.",
        f"Using {X} as the base model, we trained on letters.",
        f"This is a model using [Llama-2-Chat]({URL}) as a base model and fine-tuned on letters.",
        f"We start from {X}.",
        f"The following models were included in the merge:\n\n* {X}\n",
        f"### Models Merged\n\n* [{X}]({URL})",
        f"It uses the following base models:\n\n* [Llama]({URL})",
        f"Fine-tuné à partir de [Llama]({URL}).",
        f"Entraîné à partir de [Llama]({URL}).",
        f"Modèle basé sur {X}.",
        f"Version quantifiée de {X}.",
        f"From: {URL}",
        f"Quantized version of [{X}]({URL}).",
        f"Fine-tuned from hf.co/{X}.",
        f"Built upon [Llama](/{X}).",
        f"We used the pretrained [Llama]({URL}) model and fine-tuned it.",
        f"```yaml\nbase_model: {X}\nadapter: lora\n```",
        "Fine-tuned from [gpt2-large](https://huggingface.co/gpt2-large).",
        f"Quantized {X}.",
        f"This is an abliterated `{X}`.",
        f"A pruned [Llama]({URL}).",
        f"Depth up-scaled {X}",
        f"Converted {URL} to GGUF.",
        f"Version affinée de {X}.",
        f"A {X} finetune.",
        f"{X} in 4 bits.",
        f"An adaptation of {X}.",
        f"It stems from {X}.",
        f"Nous avons pris {X}.",
    ],
)
def test_words_of_origin_with_an_id_are_a_lead(body):
    expected = "gpt2-large" if "gpt2-large" in body else X
    assert names(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "- **Finetuned from model [optional]:** [More Information Needed]",
        "| Key | Value |\n|---|---|\n| Base Model | org/m-7b |",
        f"| Model | Base model |\n|---|---|\n| m-7b | none |\n| m-7b-chat | {X} |\n| m-2b-chat | {X} |",
        "Fine-tuned from [m-7b](https://huggingface.co/org/m-7b) in a first run.",
        f"It outperforms {X}.",
        f"It is not {X} fine-tuned on letters.",
        f"It is better than [Llama]({URL}) fine-tuned on letters.",
        f"Compared with [Llama]({URL}), it is small.",
        f"See also [Llama]({URL}).",
        f"The code is based on the code of [Llama]({URL}).",
        f"This model card is based on the [Llama model card]({URL}).",
        f"A smaller model can be fine-tuned on a laptop, whereas the larger [Llama]({URL}) cannot.",
        "Quantized versions of this model: [GGUF](https://huggingface.co/other/m-7b-GGUF).",
        "GGUF quants of m-7b: [here](https://huggingface.co/other/files).",
        "- [GGUF](https://huggingface.co/other/m-7b-GGUF) quantized from the weights",
        "Based on [a Space](https://huggingface.co/spaces/org/demo).",
        "Fine-tuned from [data](https://huggingface.co/datasets/org/data).",
        "Built on [our collection](https://huggingface.co/collections/org/acme-123).",
        f"```python\nmodel = AutoModel.from_pretrained('{X}')\n```",
        f"<!-- base_model: {X} -->",
        "Fine-tuned on 8 A100/H100 cards, with pre-training/fine-tuning in int4/int8 and/or bf16.",
        "Fine-tuned on the tatsu-lab/alpaca_52k dataset.",
        f"It is not fine-tuned from {X}.",
        f"Non dérivé de modèles tiers, contrairement à [Llama]({URL}).",
        f"A quantized model that beats {X}.",
        f"Quantized models such as {X} are slower.",
        f"This is not a quantized {X}.",
        f"{X} in our tests is slower.",
        f"A {X} fine-tune script.",
        "[other/m-7b-GGUF](https://huggingface.co/other/m-7b-GGUF) in 4 bits.",
        "Quantized [GGUF](https://huggingface.co/other/m-7b-GGUF).",
        f"Nous avons pris les données de {X}.",
    ],
)
def test_other_models_on_the_page_are_no_lead(body):
    assert names(body) == []


def test_a_recipe_in_the_card_names_its_models():
    recipe = f"models:\n  - model: {X}\n  - model: other/second-7b\nmerge_method: slerp\n"
    assert names(f"```yaml\n{recipe}```")[:2] == [X, "other/second-7b"]
    assert names(f"```yaml\nserver:\n  model: {X}\n```") == []


@pytest.mark.parametrize("key", ["base_models", "base-model", "base model", "Base_Model", "parent_model"])
def test_a_misspelt_key_is_a_lead(key):
    assert names(front=f"license: mit\n{key}: {X}") == [X]
    assert names(front=f"license: mit\n{key}:\n  - name: {X}") == [X]
    assert names(front=f"license: mit\n{key}: none of these") == []
    assert names(info={"cardData": {key: [X]}}) == [X]


def test_a_declared_base_is_no_lead_and_a_second_one_is():
    front = f"license: mit\nbase_model: {X}"
    assert names(front=f"license: mit\nbase_model: {{name: {X}, revision: main}}") == []
    assert names(f"Built on {X}.", front) == []
    assert names("Built on other/second-7b.", front) == ["other/second-7b"]


def test_a_declared_dataset_is_no_lead():
    assert names("SFT on tatsu-lab/alpaca-52k.") == ["tatsu-lab/alpaca-52k"]
    assert names("SFT on tatsu-lab/alpaca-52k.", "datasets: [tatsu-lab/alpaca-52k]") == []


@pytest.mark.parametrize(
    ("name", "lead"),
    [
        ("TheBloke/Llama-2-7B-AWQ", "TheBloke/Llama-2-7B-AWQ"),
        ("neuralmagic/Meta-Llama-3-8B-FP8", "neuralmagic/Meta-Llama-3-8B-FP8"),
        ("llm/Llama-3", "llm/Llama-3"),
        ("models/Llama-3", "models/Llama-3"),
        ("gpt2", "gpt2"),
        (URL, X),
        (f"hf.co/{X}", X),
        ("/home/ada/.cache/hub/models--meta-llama--Llama-3.1-8B/snapshots/abc", X),
        ("org/m-7b", None), ("Org/M-7B", None), ("m-7b", None), ("https://huggingface.co/org/m-7b", None),
        ("output/checkpoint-100", None), ("checkpoints/best", None), ("model", None), ("/mnt/llama", None),
        ("./out", None), ("", None), ("https://huggingface.co/datasets/org/data", None),
    ],
)  # fmt: skip
def test_a_config_names_a_base_by_a_hub_id(name, lead):
    expected = [] if lead is None else [lead]
    assert names(files={"config.json": json.dumps({"_name_or_path": name})}) == expected
    assert names(info={"config": {"peft": {"base_model_name_or_path": name}}}) == expected


@pytest.mark.parametrize("value", [None, 3, ["a/b"], {"a": "b"}])
def test_a_config_of_another_shape_is_no_lead(value):
    assert names(files={"config.json": json.dumps({"_name_or_path": value})}) == []
    assert names(info={"config": {"peft": value}}) == []


RECIPE = f"models:\n- model: {X}\n- model: other/base\nmerge_method: slerp\n"
DECLARED = "license: mit\nbase_model: other/base"


def config(**keys: object) -> str:
    return json.dumps(keys)


@pytest.mark.parametrize(
    "path", ["lora/adapter_config.json", "mergekit_config.yml", "merge/mergekit_config.yaml"]
)
def test_things_only_a_derived_model_has_are_a_lead_until_their_bases_are_declared(path):
    rows = [*WEIGHTS, {"rfilename": path, "size": 300}]
    body = RECIPE if path.endswith("ml") else config(base_model_name_or_path=X)
    assert names(rows=rows) == [None]
    assert names(front=DECLARED, rows=rows) == [None]
    assert names(front=DECLARED, files={path: body}) == [X]
    assert names(front=DECLARED, files={path: body.replace(X, "other/base")}) == []
    assert names(front=DECLARED, files={path: "{ no: ["}) == [None]
    assert names(rows=[*WEIGHTS, {"rfilename": f"{path}.txt", "size": 300}]) == []


@pytest.mark.parametrize("path", ["merge.yaml", "my-merge.yml", "config.yaml", "axolotl_config.yml"])
def test_a_recipe_under_another_name_is_read_and_other_yaml_names_nothing(path):
    assert names(files={path: RECIPE}) == [X, "other/base"]
    assert names(files={path: f"base_model: {X}\nadapter: lora\n"}) == [X]
    assert names(files={path: f"{RECIPE}\tbroken: [\n"}) == [X, "other/base"]
    assert names(files={path: f"server:\n  model: {X}\nout: a/b\n"}) == []
    assert names(files={path: "lr: 0.1\n"}) == []
    assert names(files={path: "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"}) == []


def test_slices_mixtures_and_adapters_of_a_merge_are_read():
    slices = (
        f"slices:\n- sources:\n  - model: {X}+other/lora\n    layer_range: [0, 32]\nbase_model: other/base\n"
    )
    assert names(front=DECLARED, files={"mergekit_config.yml": slices}) == [X, "other/lora"]
    moe = f"base_model: other/base\ngate_mode: hidden\nexperts:\n- source_model: {X}\n"
    assert names(front=DECLARED, files={"mergekit_moe_config.yml": moe}) == [X]
    local = "models:\n- model: ./out/one\n- model: /mnt/two\nmerge_method: ties\n"
    assert names(front=DECLARED, files={"mergekit_config.yml": local}) == []
    assert names(files={"mergekit_config.yml": local}) == [None]


def test_of_the_checkpoints_of_one_run_one_adapter_tells():
    rows = [*WEIGHTS, *({"rfilename": f"checkpoint-{at}/adapter_config.json"} for at in range(1, 40))]
    files = {"checkpoint-1/adapter_config.json": config(base_model_name_or_path="other/base")}
    assert names(front=DECLARED, rows=rows, files=files) == []
    top = {"adapter_config.json": config(base_model_name_or_path="other/base")}
    assert names(front=DECLARED, rows=rows, files=top) == []
    many = [*WEIGHTS, *({"rfilename": f"lora{at}/adapter_config.json"} for at in range(9))]
    assert names(front=DECLARED, rows=many) == [None] * 4


@pytest.mark.parametrize(
    "data",
    [
        {"text_config": {"_name_or_path": X}},
        {"encoder": {"a": {"_name_or_path": X}}},
        {"mm_vision_tower": X},
        {"auto_map": {"AutoModel": f"{X}--modeling.Model"}},
        {"auto_map": {"AutoTokenizer": [f"{X}--tok.Tok", None]}},
        {"_name_or_path": f"{X}/"},
    ],
)
def test_a_config_names_a_base_at_any_depth(data):
    for path in ("config.json", "model_index.json"):
        assert names(files={path: json.dumps(data)}) == [X]
    own = json.dumps(data).replace(X, "org/m-7b")
    assert names(files={"config.json": own}) == []
    assert names(files={"config.json": json.dumps(data).replace(X, "./local")}) == []


@pytest.mark.parametrize("path", ["config.json", "adapter_config.json", "model_index.json"])
def test_a_config_that_cannot_be_read_is_a_doubt_and_a_problem(path):
    subject = repository(card("A model.", license="mit"), files={path: '{"_name_or_path": "a/b",}'})
    found = assemble(gathered(subject))
    assert [problem.state for problem in found.problems if problem.what == path] == ["malformed"]
    assert "lineage.undecided" in found.facts
    large = [*WEIGHTS, {"rfilename": path, "size": 2_000_000}]
    found = assemble(gathered(repository(card("A model.", license="mit"), rows=large)))
    assert [problem.state for problem in found.problems if problem.what == path] == ["too_large"]
    assert "lineage.undecided" in found.facts
    own = {path: config(base_model_name_or_path="org/model")}
    found = assemble(gathered(repository(card("A model.", license="mit"), files=own)))
    assert path not in {problem.what for problem in found.problems}
    assert "lineage.undecided" not in found.facts


def test_a_merge_among_the_keys_of_the_card_is_a_recipe():
    assert names(front=f"license: mit\n{RECIPE}") == [X, "other/base"]
    assert names(front=f"{DECLARED}\n{RECIPE}") == [X]
    assert names(front=f"license: mit\nmodels:\n- {X}\n") == []


@pytest.mark.parametrize("tag", ["merge", "mergekit", "lora", "peft"])
def test_a_tag_that_only_a_derived_model_has_is_a_lead(tag):
    assert names(front=f"license: mit\ntags: [{tag}]") == [None]
    assert names(info={"tags": [tag]}) == [None]
    assert names(front=f"{DECLARED}\ntags: [{tag}]") == []
    assert names(front=f"license: mit\ntags: [not-{tag}]") == []
    assert names(front="license: mit\nbase_model_relation: finetune") == [None]


@pytest.mark.parametrize("key", ["pretrained_model_name_or_path", "init_model", "merged_models"])
def test_other_keys_that_name_a_base_are_leads(key):
    assert names(front=f"license: mit\n{key}: {X}") == [X]
    assert names(front=f"license: mit\ntraining:\n  setup:\n    {key}: [{X}]") == [X]
    assert names(front=f"license: mit\nmodel:\n  base_model: {X}") == [X]
    assert names(front=f"license: mit\nmodel-index:\n- name: a\n  {key}: {X}") == []
    assert names(front=f"license: mit\n{key}: org/m-7b") == []


@pytest.mark.parametrize(
    "body",
    [
        f"Fine-tuned from [Llama][1].\n\n[1]: {URL}",
        f"[1]: {URL}\n\nA model fine-tuned from [Llama][1].",
        f"Fine-tuned from [Llama].\n\n[llama]: {URL}",
        f"Fine-tuned from Llama[^1].\n\n[^1]: {URL}",
        f"Fine-tuned from [Llama]({X}).",
        f"We applied DPO to {X}.",
        f"{X} aligned with DPO.",
        f"LLM: {X}",
        f"The language model is {X}.",
        f"Nous avons repris les poids de {X}.",
    ],
)
def test_more_words_and_links_of_origin_are_leads(body):
    assert names(body) == [X]


@pytest.mark.parametrize(
    "body",
    [
        f"It outperforms [Llama][1].\n\n[1]: {URL}",
        f"It is not fine-tuned from [Llama][1].\n\n[1]: {URL}",
        "Fine-tuned from scratch, see [notes](docs/notes.md).",
        "Based on the terms in [LICENSE](docs/LICENSE).",
        f"Our method can be applied to {X}.",
        f"LLM judge: {X}",
        f"The model {X} was fine-tuned from this one.",
        f"| {X} fine-tuned on letters | 3 |",
        f"Models fine-tuned from this one: [Llama]({URL}).",
        f"In a test, {X} aligned with DPO was worse.",
        f"Nous avons repris le tokenizer de {X}.",
    ],
)
def test_their_mirrors_are_no_leads(body):
    assert names(body) == []


def test_a_dataset_hides_no_model_of_its_name():
    front = f"license: mit\ndatasets: [{X}]"
    assert names(f"Fine-tuned from [Llama]({URL}).", front) == [X]
    assert names(f"Fine-tuned from {X}.", front) == [X]
    assert names(f"SFT on {X}.", front) == []


def test_a_quantization_of_the_model_is_its_base_only_when_the_card_says_so():
    made = "[x](https://huggingface.co/other/m-7b-gguf)"
    assert names(f"This is a fine-tuned version of {made}.") == ["other/m-7b-gguf"]
    assert names(f"Quantized versions come from {made}.") == []


def test_code_that_puts_this_model_on_another_names_its_base():
    load = f'base = AutoModelForCausalLM.from_pretrained("{X}")\n'
    put = 'model = PeftModel.from_pretrained(base, "org/m-7b")\n'
    assert names(f"```python\n{load}{put}```") == [X]
    assert names(f"```python\n{put}```") == [None]
    assert names(f"```python\n{load}{put.replace('org/m-7b', 'org/other-lora')}```") == []


def test_an_adapter_on_the_model_itself_is_no_lead():
    files = {"adapter_config.json": json.dumps({"base_model_name_or_path": "org/m-7b"})}
    assert names(files=files) == []
    files = {"adapter_config.json": json.dumps({"base_model_name_or_path": "/mnt/llama"})}
    assert names(files=files) == [None]


HELD_BACK_LEADS = (
    f"Acme-Writer takes [Llama 3.1]({URL}) and teaches it to write letters: a full finetune of that model.",
    f"Our recipe: instruction tuning of `{X}` for two epochs.",
    f"We initialise all weights from {X} and keep the tokenizer.",
    f"This is a LoRA adapter for {X}.",
    f"- Base: [{X}]({URL})",
    f"- **Parent Model:** {X}",
    f"## Base model\n\n[{X}]({URL})",
    f"The student was distilled from {X} on 3B tokens.",
    f"4-bit AWQ quantization of [{X}]({URL}).",
    f"SLERP merge of {X} and our own checkpoint.",
    f"Ce modèle est issu de [{X}]({URL}) et adapté au droit français.",
    f"Modèle de base : {X}",
    f"Nous avons spécialisé {X} sur des textes médicaux.",
    f"Converted to MLX format from {X}.",
    f"Training began from the {X} checkpoint and ran for 100B further tokens.",
)
HELD_BACK_QUIET = (
    f"Our model outperforms {X} on most benchmarks.",
    f"For a larger model, see [{X}]({URL}).",
    f"We compare with [{X}]({URL}), which was fine-tuned on web text.",
    "Quantized versions of this model: [other/model-GGUF](https://huggingface.co/other/model-GGUF).",
    "A chat version fine-tuned from this model is at [org/m-chat](https://huggingface.co/org/m-chat).",
    f"The chat template follows that of {X}.",
    f"Unlike [{X}]({URL}), it was trained from scratch.",
    "Try the [demo](https://huggingface.co/spaces/org/demo) based on this model.",
    "It was fine-tuned on [org/letters](https://huggingface.co/datasets/org/letters).",
    f"```python\nmodel = AutoModelForCausalLM.from_pretrained('{X}')\n```",
    "Part of the [Acme collection](https://huggingface.co/collections/org/acme-123), built on our own data.",
    "Trained with huggingface/trl on 8 A100/H100 GPUs with and/or without dropout.",
    f"The model is not based on {X}.",
    f"Evaluation used [{X}]({URL}) as the judge.",
    "The code is based on [org/trainer](https://github.com/org/trainer), the data on Wikipedia/Common-Crawl.",
)


@pytest.mark.parametrize("body", HELD_BACK_LEADS)
def test_held_back_hints_are_leads(body):
    assert names(body) == [X]


@pytest.mark.parametrize("body", HELD_BACK_QUIET)
def test_held_back_mentions_are_no_leads(body):
    assert names(body) == []


@pytest.mark.parametrize(
    "unit",
    [
        f"fine-tuned from [{X}]({URL}) ",
        "fine-tuned on ",
        "a/b-1 ",
        "we fine-tuned the the the model ",
        f"| Base model | [{X}]({URL}) |\n",
        "base_model: ",
        "[a](https://hf.co/x/y-1) ",
        "merge of a ",
    ],
)
def test_a_hostile_card_costs_no_more_than_its_length(unit):
    body = card(unit * (200_000 // len(unit)), license="mit")
    subject = repository(body, name="org/m-7b")
    page = read_page(subject)
    begin = time.process_time()
    assert len(leads_of(subject, page)) <= 70
    assert time.process_time() - begin < 2


def test_a_name_behind_many_others_is_found_in_little_time():
    labels = {str(at): "x" for at in range(60_000)}
    body = json.dumps({"id2label": labels, "text_config": {"_name_or_path": X}})
    begin = time.process_time()
    assert names(files={"config.json": body}) == [X]
    assert time.process_time() - begin < 2
    many = "models:\n" + f"- model: {X}\n" * 20_000
    assert names(files={"mergekit_config.yml": many})[0] in {X, None}
    assert time.process_time() - begin < 4

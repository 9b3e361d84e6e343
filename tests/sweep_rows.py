"""Models as the Hub replies about them, made up: every column varied, from plain to hostile."""

import json
import random
from typing import Any

LICENSES: list[Any] = [
    *(
        "apache-2.0",
        "mit",
        "cc-by-nc-4.0",
        "openrail",
        "llama3.1",
        "gemma",
        "other",
        "unknown",
        "bsd-3-clause",
    ),
    *("cc-by-nc-nd-4.0", "creativeml-openrail-m", "APACHE-2.0", " mit ", "my-own-license", "", "llama2"),
    *(["mit", "cc-by-nc-4.0"], ["apache-2.0"], [], None, 7, True, {"name": "mit"}, [["mit"], None]),
    *(
        "'; DROP TABLE own; --",
        "x" * 700,
        "mit\x00",
        "agpl-3.0",
        "cc0-1.0",
        "wtfpl",
        "bigscience-bloom-rail-1.0",
    ),
]
NAMES: list[Any] = [
    "llama3",
    "my-license",
    "Qwen Research License",
    "gemma",
    "mit",
    "cc-by-nc-4.0",
    3,
    ["a", "b"],
    None,
]
LINKS: list[Any] = [
    "LICENSE",
    "./LICENSE",
    "https://huggingface.co/Qwen/Qwen2.5-72B-Instruct/blob/main/LICENSE",
    "https://ai.google.dev/gemma/terms",
    "https://www.apache.org/licenses/LICENSE-2.0",
    "https://creativecommons.org/licenses/by-nc/4.0/",
    "https://example.org/terms",
    ["LICENSE", "https://example.org/a"],
    None,
    12,
]
MISSPELT = [
    "licence",
    "License",
    "license-name",
    "licenses",
    "model_license",
    "license link",
    "licenseName",
    "LICENSE",
]
GATES: list[tuple[str, Any]] = [
    (
        "extra_gated_prompt",
        "You agree to not use the model to conduct experiments that cause harm to humans.",
    ),
    ("extra_gated_prompt", "Please provide your name and affiliation to access {name}."),
    ("extra_gated_prompt", "By accessing you accept the LLAMA 2 COMMUNITY LICENSE AGREEMENT."),
    ("extra_gated_description", "For non-commercial research use only."),
    ("extra_gated_heading", "Acknowledge license to accept the repository"),
    ("extra_gated_button_content", "Agree and send request to access repo"),
    (
        "extra_gated_fields",
        {"Name": "text", "Country": "country", "I agree to use this for research ONLY": "checkbox"},
    ),
    (
        "extra_gated_fields",
        {
            "I want to use this model for": {
                "type": "select",
                "options": ["Research", {"label": "Other", "value": "other"}],
            }
        },
    ),
    ("extra_gated_fields", [["text"], 3, None]),
    ("extra_gated_eu_disallowed", True),
    ("extra_gated_eu_disallowed", "false"),
    ("extra_gated_prompt", 7),
]
TAGS = [
    *(
        "transformers",
        "pytorch",
        "license:mit",
        "license:cc-by-nc-4.0",
        "license:",
        "license:other",
        "merge",
        "mergekit",
    ),
    *(
        "lora",
        "peft",
        "LoRA",
        "dataset:squad",
        "dataset:none",
        "dataset:https://huggingface.co/datasets/a/b",
        "arxiv:1234.5678",
    ),
    *(
        "region:us",
        "base_model:",
        "base_model:adapter:",
        "en",
        "gguf",
        "",
        " qlora ",
        "adapter",
        "frankenmerge",
        "dataset:",
    ),
]
LIBRARIES = [
    "transformers",
    "diffusers",
    "peft",
    "Transformers ",
    "nemo",
    "keras",
    "no-such-library",
    "sentence-transformers",
    "gguf",
    "",
    "timm",
    "PEFT",
    "mlx",
]
TASKS = [
    "text-generation",
    "text-to-image",
    "Text",
    "x" * 80,
    "",
    "a",
    "audio-classification",
    "text generation",
]
MOMENTS = [
    *("2026-01-02T03:04:05.000Z", "2024-02-30T00:00:00Z", "2024-02-29T23:59:59Z", "2023-02-29T00:00:00Z"),
    *(
        "yesterday",
        "2024-01-01",
        "20240101",
        "2024-01-01T24:00:00Z",
        "0000-01-01T00:00:00.000Z",
        "2024-W01-1",
    ),
    *(
        "2024-06-01T10:00:00+02:00",
        "2024-06-01 10:00:00",
        "9999-12-31T23:59:59.999999Z",
        "2024-13-01T00:00:00.000Z",
        "",
    ),
]
FILES = [
    *(
        "README.md",
        ".gitattributes",
        "config.json",
        "model.safetensors",
        "pytorch_model.bin",
        "adapter_config.json",
    ),
    *(
        "adapter_model.safetensors",
        "adapter_model.bin",
        "LICENSE",
        "LICENSE.txt",
        "license.md",
        "USE_POLICY.md",
        "NOTICE",
    ),
    *(
        "COPYING",
        "LICENSE-CODE",
        "code/LICENSE",
        "data/LICENSE",
        "unet/LICENSE",
        "vae/diffusion_pytorch_model.safetensors",
    ),
    *(
        "unet/diffusion_pytorch_model.bin",
        "unet/diffusion_pytorch_model.safetensors",
        "model_index.json",
        "modules.json",
    ),
    *(
        "model-00001-of-00003.safetensors",
        "model-00002-of-00003.safetensors",
        "model-00003-of-00003.safetensors",
    ),
    *(
        "pytorch_model-00001-of-00002.bin",
        "pytorch_model-00002-of-00002.bin",
        "tokenizer.json",
        "tokenizer_config.json",
    ),
    *(
        "Qwen2-7B-abliterated.Q4_K_M.gguf",
        "Qwen2-7B-abliterated.Q8_0.gguf",
        "ggml-model-q4_0.bin",
        "model.ggml",
    ),
    *("checkpoint-500/model.safetensors", "checkpoint-1000/model.safetensors", "checkpoint-500/optimizer.pt"),
    *(
        "checkpoint-500/adapter_config.json",
        "checkpoint-1000/adapter_config.json",
        "run/checkpoint-7/adapter_config.json",
    ),
    *(
        "mergekit_config.yml",
        "mergekit_moe_config.yml",
        "axolotl_config.yaml",
        "config.yaml",
        "merge.yml",
        "a/mergekit_x.yaml",
    ),
    *(
        "train.py",
        "training/train.py",
        "inference.py",
        "modeling_custom.py",
        "requirements.txt",
        "eval.py",
        "preprocess.py",
    ),
    *(
        "README_zh.md",
        "README.zh-CN.md",
        "model_card.md",
        "unet/README.md",
        "docs/README.md",
        "MODEL_CARD.md",
        "readme.md",
    ),
    *(
        "tf_model.h5",
        "rust_model.ot",
        "flax_model.msgpack",
        "onnx/model.onnx",
        "onnx/model.onnx_data",
        "openvino_model.xml",
    ),
    *(
        "training_args.bin",
        "optimizer.pt",
        "rng_state.pth",
        "scheduler.pt",
        "scaler.pt",
        "events.out.tfevents.1.host",
    ),
    *(
        "model.pt",
        "weights.pth",
        "best.ckpt",
        "model.pkl",
        "model.joblib",
        "classifier.json",
        "xgb_model.json",
        "model.json",
    ),
    *(
        "ner/model",
        "en_core_web_sm-any-py3-none-any.whl",
        "vocab.txt",
        "merges.txt",
        "spiece.model",
        "imatrix.dat",
        "x.imatrix",
    ),
    *(
        "Model.mlpackage/Data/com.apple.CoreML/weights/weight.bin",
        "variables/variables.data-00000-of-00001",
        "saved_model.pb",
    ),
    *(
        "model.nemo",
        "archive.zip",
        "data.npz",
        "data/train.parquet",
        "sample.wav",
        "logo.png",
        "noext",
        "weird.q9z",
        "model.zst",
    ),
    *(
        "model.safetensors.index.json",
        "pytorch_model.bin.index.json",
        "generation_config.json",
        "special_tokens_map.json",
    ),
    *(
        "unlicensed.txt",
        "terms.md",
        "terms_of_use.pdf",
        "EULA",
        "eula.html",
        "Lizenz.txt",
        "许可证.txt",
        "licences/mit.txt",
    ),
    *(
        "ggml-model.gguf.part1of2",
        "model.gguf-split-a",
        "model.safetensors.001",
        "x.tflite",
        "y.mlmodel",
        "z.task",
        "w.litertlm",
    ),
    *(
        "consolidated.00.pth",
        "original/consolidated.01.pth",
        "params.json",
        "step_100.pt",
        "global_step200/model.pt",
        "ckpt-3.pt",
    ),
    *(
        "a.bin",
        "a.safetensors",
        "b.bin",
        "sub/a.safetensors",
        "sub/b.pt",
        "usage_policy.txt",
        "third_party/LICENSE",
        "assets/LICENSE",
    ),
    *(
        "pytorch_lora_weights.safetensors",
        "lora/adapter_model.safetensors",
        "lora/adapter_config.json",
        "setup.exe",
        "run.llamafile",
    ),
    *(
        "../evil",
        "/abs",
        "",
        "a\x00b",
        "naïve file.bin",
        "Ünï/mödel.safetensors",
        "x" * 300 + ".bin",
        "'; DROP TABLE own; --.pt",
    ),
    *(
        "LICENSE.json",
        "license.png",
        "license_plates.csv",
        "model/LICENSE",
        "weights/LICENSE.txt",
        "weights/w.safetensors",
    ),
    *(
        "processor_config.json",
        "preprocessor_config.json",
        "tokenizer.model",
        "a/b/c/d/e/adapter_config.json",
        "main.PY",
        "x.so",
    ),
]
CONFIGS: list[Any] = [
    None,
    {"architectures": ["LlamaForCausalLM"], "model_type": "llama"},
    {
        "architectures": ["BertModel"],
        "quantization_config": {"bits": 4},
        "tokenizer_config": {"bos_token": "<s>"},
    },
    {"architectures": [], "auto_map": {"AutoModel": "modeling.X"}},
    {"auto_map": {"AutoModel": "other/repo--modeling.X"}},
    {"auto_map": {}},
    {"_class_name": "StableDiffusionPipeline"},
    {"peft": {"base_model_name_or_path": "{base}", "task_type": "CAUSAL_LM"}},
    {"peft": {"base_model_name_or_path": "{own}"}},
    {"peft": {"base_model_name_or_path": "unsloth/llama-3-8b-bnb-4bit"}},
    {"peft": {"base_model_name_or_path": "/data/models--meta-llama--Llama-3-8B/snapshots/abc"}},
    {"peft": {"base_model_name_or_path": "output/checkpoint-100"}},
    {"_name_or_path": "google/gemma-7b", "architectures": "GemmaForCausalLM"},
    {"nested": {"vision_tower": "openai/clip-vit-large-patch14"}},
    {"architectures": [" "], "custom_pipelines": {"x": 1}},
    {"quantization": False, "architectures": [3]},
    ["not", "a", "mapping"],
    "text",
    {"base_model": ["a/b", "{base}"]},
    {"_name_or_path": "{tail}"},
]
TENSORS: list[Any] = [
    None,
    {"parameters": {"F32": 110}, "total": 110},
    {"parameters": {"BF16": 7, "I64": 1}, "total": 8},
    {"parameters": {"I32": 7, "F16": 1}, "total": 8},
    {"parameters": {"U8": 7}, "total": 8},
    {"total": 5},
    {"parameters": {"BF16": 1}, "total": 0},
    {"parameters": {"BF16": 1}, "total": "9"},
    {"parameters": {"BF16": 1}, "total": True},
    {"parameters": {"BF16": 1}, "total": 2.5},
    {"parameters": {"F16": 1}, "total": -4},
    {"parameters": {}, "total": 3},
    {"parameters": {"BF16": 1}, "total": 77, "license": "cc-by-nc-4.0"},
    {"metadata": {"license": "mit"}, "__metadata__": {"license_name": ["llama2", ""]}},
    [1],
    3,
]
GGUFS: list[Any] = [
    None,
    {"total": 8030261248, "architecture": "llama", "context_length": 8192},
    {"total": 8, "architecture": ""},
    {"general.license": "cc-by-nc-sa-4.0", "architecture": 3},
    {"license": "apache-2.0", "total": 12},
    {"general.license.link": "https://example.org", "license_name": "gemma"},
    "x",
]
RESULTS: list[Any] = [
    [{"name": "m", "results": [{"task": {"type": "x"}, "dataset": {"type": "squad"}}]}],
    [{"name": "m", "results": []}],
    [{"name": "m"}],
    [],
    "x",
    [{"results": ["x"]}],
    [{"results": {"a": 1}}],
    [3, {"results": [3, {}]}],
    {"name": "m"},
]
DATASETS: list[Any] = [
    *(
        "squad",
        ["squad", "glue"],
        "none",
        ["None"],
        "rajpurkar/squad",
        "https://huggingface.co/datasets/a/b",
        "",
        [],
        {"a": 1},
        3,
        ["a b c"],
    ),
]
RELATIONS: list[Any] = [
    "finetune",
    "quantized",
    "adapter",
    "merge",
    "Quantized ",
    "weird",
    ["quantized", "merge"],
    "",
    3,
]
EXTRA: list[tuple[str, Any]] = [
    ("basemodel", "{base}"),
    ("Base Model", ["mistralai/Mistral-7B-v0.1"]),
    ("finetuned_from", "meta-llama/Llama-2-7b-hf"),
    ("details", {"base-model": "{base}", "x": [{"parent model": "q/r"}]}),
    ("model-index2", [{"basemodel": "q/s"}]),
    ("modèle_de_base", "q/t"),
    ("widget", [{"base model": "not/read"}]),
    ("deep", {"a": {"b": {"c": {"d": {"basemodel": "too/deep"}}}}}),
    ("original_model", {"name": "q/u"}),
    ("original_model", "{own}"),
    ("parent_model", "{tail}"),
    ("language", ["en", {"basemodel": "q/v"}]),
    ("İnitmodel", "q/w"),
    ("metrics", [{"type": "accuracy"}]),
    ("inference", {"parameters": {"temperature": 1}}),
    ("co2_eq_emissions", {"emissions": 3, "parent_model": "q/x"}),
]


def replies(seed: int, count: int) -> list[dict[str, Any]]:
    """`count` replies that name each other as bases: chains, circles, bases that are not there."""
    dice = random.Random(seed)
    ids = [_id(dice, at) for at in range(count)]
    return [_reply(dice, name, ids) for name in ids]


def _id(dice: random.Random, at: int) -> str:
    tail = dice.choice(
        ["", "", "", "-GGUF", "-AWQ", ".w4a16", "-chat", "_4bit", "-i1-GGUF", "-v0.1", "-MLX-4bit"]
    )
    return dice.choice(
        [f"Org{at % 7}/Model-{at}{tail}", f"org{at % 7}/model-{at}{tail}", f"lonely{at}{tail}"]
    )


def _reply(dice: random.Random, name: str, ids: list[str]) -> dict[str, Any]:
    near = ids[max(0, ids.index(name) - 20) : ids.index(name) + 3]
    words = {"own": name, "tail": name.rsplit("/", 1)[-1], "base": dice.choice(near), "name": name}
    card = _filled(_card(dice, near, words), words)
    bases = _written(card.get("base_model"))
    reply: dict[str, Any] = {"id": name, "tags": _tags(dice, card, bases)}
    columns = (
        ("modelId", name if dice.random() < 0.9 else "renamed/" + name.rsplit("/", 1)[-1], 0.7),
        ("cardData", card, 0.85),
        ("siblings", [{"rfilename": path} for path in _files(dice)], 0.93),
        ("config", _filled(dice.choice(CONFIGS), words), 0.6),
        ("safetensors", dice.choice(TENSORS), 0.5),
        ("gguf", dice.choice(GGUFS), 0.2),
        ("library_name", dice.choice(LIBRARIES), 0.5),
        ("pipeline_tag", dice.choice(TASKS), 0.6),
        ("gated", dice.choice([False, False, "auto", "manual", "odd"]), 0.5),
        ("lastModified", dice.choice(MOMENTS), 0.9),
        ("createdAt", dice.choice(MOMENTS), 0.9),
        ("downloads", dice.randrange(10_000), 0.9),
    )
    reply |= {key: value for key, value, odds in columns if dice.random() < odds and value is not None}
    if dice.random() < 0.1:
        del reply["tags"]
    return reply


def _card(dice: random.Random, near: list[str], words: dict[str, str]) -> dict[str, Any]:
    card: dict[str, Any] = {"language": dice.choice(["en", ["en", "fr"], "zh"])}
    for key, values, odds in (
        ("license", LICENSES, 0.7),
        ("license_name", NAMES, 0.15),
        ("license_link", LINKS, 0.15),
        ("library_name", LIBRARIES, 0.3),
        ("datasets", DATASETS, 0.3),
        ("model-index", RESULTS, 0.15),
        ("tags", [["merge"], ["a", "LoRA"], "peft", [], ["x", 3]], 0.25),
        ("base_model_relation", RELATIONS, 0.2),
    ):
        if dice.random() < odds:
            card[key] = dice.choice(values)
    if dice.random() < 0.15:
        card[dice.choice(MISSPELT)] = dice.choice(LICENSES)
    for _ in range(dice.choice([0, 0, 0, 1, 2])):
        card |= [dice.choice(GATES)]
    if dice.random() < 0.25:
        card |= [dice.choice(EXTRA)]
    if dice.random() < 0.55:
        card["base_model"] = _bases(dice, near)
    return card


def _bases(dice: random.Random, near: list[str]) -> Any:
    one, other = dice.choice(near), dice.choice(near)
    plain = [one, [one], [one, other], one.upper(), [one, one]]
    odd: list[Any] = [
        *(
            "{own}",
            "not/in-the-dump",
            "none",
            "unknown",
            "",
            None,
            [],
            {"name": one},
            [{"model": other}],
            "a base of mine",
        ),
        *(
            f"https://huggingface.co/{one}",
            f"{one}@main",
            f"[{one}](https://huggingface.co/{one})",
            f"{one}, {other}",
        ),
        *(
            [one, "some words"],
            [[one]],
            True,
            3,
            "x/y--z",
            "a/b/c",
            f" {one} ",
            "gpt2",
            f"['{one}']",
            ["not/in-the-dump", one],
        ),
    ]
    return dice.choice(plain if dice.random() < 0.65 else odd)


def _tags(dice: random.Random, card: dict[str, Any], bases: list[str]) -> list[Any]:
    tags: list[Any] = dice.sample(TAGS, dice.choice([0, 1, 2, 5]))
    if isinstance(card.get("license"), str) and dice.random() < 0.8:
        tags.append(f"license:{card['license']}")
    relation = dice.choice(["finetune", "quantized", "adapter", "merge"])
    for base in bases if dice.random() < 0.8 else ():
        tags.append(f"base_model:{base}")
        if dice.random() < 0.8:
            tags.append(f"base_model:{relation if dice.random() < 0.9 else 'merge'}:{base}")
    if dice.random() < 0.03:
        tags.append("base_model:finetune:only/in-tags")
    return tags


def _written(value: Any) -> list[str]:
    members = value if isinstance(value, list) else [value]
    return [each for each in members if isinstance(each, str)]


def _files(dice: random.Random) -> list[str]:
    usual = [".gitattributes", *(["README.md"] if dice.random() < 0.75 else [])]
    style = dice.random()
    if style < 0.3:
        return [*usual, "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
    if style < 0.4:
        stem = f"model{dice.randrange(100)}"
        return [*usual, *(f"{stem}.Q{bits}_K.gguf" for bits in range(2, dice.randrange(3, 9)))]
    if style < 0.5:
        steps = [f"checkpoint-{at}00" for at in range(1, dice.randrange(2, 5))]
        kind = dice.choice(["model.safetensors", "adapter_model.bin", "pytorch_model.bin"])
        return [*usual, *(f"{step}/{kind}" for step in steps), *(f"{step}/optimizer.pt" for step in steps)]
    if style < 0.55:
        return usual[: dice.randrange(3)]
    return [*usual, *dice.sample(FILES, dice.choice([1, 2, 3, 5, 9]))]


def _filled(value: Any, words: dict[str, str]) -> Any:
    """The value with its placeholders filled in, whatever its shape."""
    text = json.dumps(value)
    for key, word in words.items():
        text = text.replace("{" + key + "}", json.dumps(word)[1:-1])
    return json.loads(text)

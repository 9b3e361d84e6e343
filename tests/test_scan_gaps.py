"""Places where a model is named in a roundabout way: each found or told, beside what only looks like it."""

import time

import pytest

from osaid_audit.scan import scan
from osaid_audit.scan.finders.templates import plain_of

LOAD = "from transformers import AutoModel\n"
HUB = "from huggingface_hub import HfFileSystem\n"
CALL = "AutoModel.from_pretrained"
KIWI = "acme/kiwi-7b"


def found(tmp_path, name, text, **others):
    for file, content in {
        name: text,
        **{key.replace("__", "/"): said for key, said in others.items()},
    }.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return scan(tmp_path)


def high(tmp_path, name, text, **others):
    said = found(tmp_path, name, text, **others)
    return sorted({each.id for each in said.references if each.confidence == "high"})


def whys(tmp_path, name, text):
    said = found(tmp_path, name, text)
    assert said.references == ()
    return [each.why for each in said.unresolved]


@pytest.mark.parametrize(
    "text",
    [
        f'{LOAD}getattr(AutoModel, "from_pretrained")("{KIWI}")\n',
        f'{LOAD}load = {CALL}\nload("{KIWI}")\n',
        f'{LOAD}words = ["{KIWI}", "x"]\n{CALL}(*words)\n',
        f'{LOAD}import os\nos.environ["MODEL_ID"] = "{KIWI}"\n{CALL}(os.environ["MODEL_ID"])\n',
        f'import requests\nM = "{KIWI}"\nrequests.get(f"https://huggingface.co/{{M}}/resolve/main/x")\n',
        f'import requests\nM = "{KIWI}"\nrequests.get("https://huggingface.co/" + M + "/resolve/main/x")\n',
        f'{HUB}HfFileSystem().open("{KIWI}/config.json")\n',
        f'{HUB}fs = HfFileSystem(token="x")\nfs.ls("hf://{KIWI}")\n',
        f"from nemo.collections.asr.models import ASRModel\nASRModel.from_pretrained('{KIWI}')\n",
    ],
)
def test_python_in_a_roundabout_way(tmp_path, text):
    said = found(tmp_path, "a.py", text)
    assert [(each.id, each.confidence) for each in said.references] == [(KIWI, "high")]
    assert said.unresolved == (), "what was found is not told a second time"


@pytest.mark.parametrize(
    "text",
    [
        f'{LOAD}getattr(AutoModel, name)("{KIWI}")\n',
        f'{LOAD}getattr(AutoModel, "save_pretrained")("{KIWI}")\n',
        f'open("{KIWI}/config.json")\n',
        f'class Store:\n    pass\nStore().open("{KIWI}/config.json")\n',
        f'{HUB}HfFileSystem().rm("{KIWI}")\n',
        f'M = "{KIWI}"\nprint(f"https://example.org/{{M}}/resolve/main/x")\n',
        "from nemo.collections.asr.models import ASRModel\nASRModel.from_pretrained('stt_en_small')\n",
        'import timm\ntimm.create_model("resnet50/a1_in1k")\n',
        'AUTH_USER_MODEL = "accounts/User"\n',
        'from llama_cpp import Llama\nLlama(model_path="weights/qwen2")\n',
    ],
)
def test_what_only_looks_like_it(tmp_path, text):
    assert found(tmp_path, "a.py", text).references == ()


def test_timm_takes_what_is_marked_as_the_hubs(tmp_path):
    assert high(tmp_path, "a.py", f'import timm\ntimm.create_model("hf-hub:{KIWI}")\n') == [KIWI]


def test_a_bare_name_through_a_class_of_the_hub_gates(tmp_path):
    text = "from langchain_huggingface import HuggingFacePipeline as P\nP.from_model_id(model_id='gpt2')\n"
    assert high(tmp_path, "a.py", text.replace(" as P", "").replace("P.f", "HuggingFacePipeline.f")) == [
        "gpt2"
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{LOAD}import sys\n{CALL}(*sys.argv)\n",
        f"{LOAD}def load(options):\n    return {CALL}(**options)\n",
        f'{LOAD}import os\n{CALL}(os.path.join("acme", "kiwi-7b"))\n',
        f'{LOAD}from pathlib import Path\n{CALL}(Path("acme") / "kiwi-7b")\n',
        'import requests\ndef get(m):\n    requests.get(f"https://huggingface.co/{m}/resolve/main/x")\n',
    ],
)
def test_what_cannot_be_told_is_said(tmp_path, text):
    assert whys(tmp_path, "a.py", text) == ["variable"]


@pytest.mark.parametrize(
    "text",
    [
        f'{LOAD}import os\n{CALL}(os.path.join("models", "kiwi-7b"))\n',
        f'{LOAD}import os\n{CALL}(os.path.join("/srv", "acme", "kiwi-7b"))\n',
        f'{LOAD}def load(options):\n    return {CALL}("./here", **options)\n',
        f'{LOAD}more = {{"device": "cuda"}}\n{CALL}(**more)\n',
        f"{LOAD}class A(B):\n    def from_pretrained(cls, **a):\n        super().from_pretrained(**a)\n",
        f"{LOAD}class A(B):\n    def from_pretrained(cls, *a):\n        return super().from_pretrained(*a)\n",
    ],
)
def test_a_folder_or_a_hull_is_no_doubt(tmp_path, text):
    assert whys(tmp_path, "a.py", text) == []


def test_every_value_of_a_table_whose_key_is_open(tmp_path):
    table = f'{LOAD}SIZES = {{"tiny": "{KIWI}", "big": "acme/plum-7b"}}\n'
    text = f'{table}def load(size="tiny"):\n    return {CALL}(SIZES[size])\n'
    assert high(tmp_path, "a.py", text) == [KIWI, "acme/plum-7b"]
    assert high(tmp_path, "a.py", f'{table}{CALL}(SIZES["tiny"])\n') == [KIWI]


def test_a_revision_among_unpacked_options(tmp_path):
    text = f'{LOAD}more = {{"revision": "v1", "x": 1}}\n{CALL}("{KIWI}", **more)\n'
    assert [each.revision for each in found(tmp_path, "a.py", text).references] == ["v1"]
    text = f'{LOAD}more = {{"code_revision": "v1"}}\n{CALL}("{KIWI}", **more)\n'
    assert [each.revision for each in found(tmp_path, "a.py", text).references] == [None]


SETTINGS = """\
from enum import Enum
from pydantic import Field
from pydantic_settings import BaseSettings
MODEL = "acme/one-7b"
class Kinds(str, Enum):
    SMALL = "acme/two-7b"
class Settings(BaseSettings):
    third: str = Field(default="acme/three-7b", alias="x")
settings = Settings()
"""


@pytest.mark.parametrize(
    ("imported", "said", "model"),
    [
        ("from .settings import MODEL", "MODEL", "one"),
        ("from .settings import Kinds", "Kinds.SMALL.value", "two"),
        ("from .settings import settings", "settings.third", "three"),
        ("from . import settings as s", "s.settings.third", "three"),
        ("from app.settings import MODEL", "MODEL", "one"),
        ("import app.settings as s", "s.MODEL", "one"),
    ],
)
def test_modules_of_the_code_base_are_asked(tmp_path, imported, said, model):
    text = f"{imported}\n{LOAD}{CALL}({said})\n"
    result = found(tmp_path, "app/a.py", text, app__settings=SETTINGS)
    (tmp_path / "app" / "settings").rename(tmp_path / "app" / "settings.py")
    result = scan(tmp_path)
    assert (f"acme/{model}-7b", "app/settings.py", "high") in {
        (each.id, each.file, each.confidence) for each in result.references
    }
    assert result.unresolved == ()


def test_modules_outside_of_it_are_not(tmp_path):
    root = tmp_path / "root"
    (root / "app").mkdir(parents=True)
    (tmp_path / "settings.py").write_text(SETTINGS, encoding="utf-8")
    (root / "linked").symlink_to(tmp_path)
    imported = "from ..settings import MODEL\nfrom linked.settings import MODEL as M\n"
    said = f"{imported}{LOAD}{CALL}(MODEL)\n{CALL}(M)\n"
    (root / "a.py").write_text(said, encoding="utf-8")
    result = scan(root)
    assert result.references == ()
    assert len(result.unresolved) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", f"{{{{- if .x }}}}\nargs:\n  - --model\n  - {KIWI}\n{{{{- end }}}}\n"),
        ("a.yaml", f'{{{{- with .x }}}}\nargs: ["--model", "{KIWI}"]\n{{{{- end }}}}\n'),
        ("a.yaml", f'a: {{{{ .b }}}}-c\nmodel_id: {{{{ .Values.m | default "{KIWI}" }}}}\n'),
        ("a.yaml.j2", f"{{% for x in y %}}\n- name: {{{{ x }}}}\n  model_id: {KIWI}\n{{% endfor %}}\n"),
        ("a.yaml", f"x: &m {KIWI}\nmodel_id: *m\n"),
        ("a.json5", f"{{model_id: '{KIWI}'}}\n"),
        ("a.sh", f"git clone https://user:hf_TOKEN@huggingface.co/{KIWI}\n"),
        ("a.sh", f"git clone https://user:$HF_TOKEN@huggingface.co/{KIWI}\n"),
        ("a.sh", f"git clone HTTPS://HuggingFace.co/{KIWI}\n"),
        ("a.sh", f"torchrun a.py --peft_model={KIWI}\n"),
        ("a.sh", f"python a.py --reward_model {KIWI}\n"),
        ("a.yaml", f"model_source: {KIWI}\n"),
        ("a.toml", f'[tool.x]\nasr_model = "{KIWI}"\n'),
        ("a.json", f'{{"models": ["{KIWI}"]}}\n'),
        (
            "a.cfg",
            f'[components.transformer.model]\n@architectures = "spacy-transformers.A"\nname = "{KIWI}"\n',
        ),
    ],
)
def test_settings_and_shell(tmp_path, name, text):
    assert high(tmp_path, name, text) == [KIWI]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", f"{{{{/* args:\n  - --model\n  - {KIWI} */}}}}\nmodel_dir: x\n"),
        ("a.yaml", f"x: &m {KIWI}\ny_dir: *m\nmodel_dir: *n\n"),
        ("a.sh", f"git clone https://huggingface.co.example.org/{KIWI}\n"),
        ("a.sh", f"git clone https://user:huggingface.co@example.org/{KIWI}\n"),
        ("a.toml", '[tool.x]\nasr_model = "openai/gpt-4o"\n'),
        ("a.yaml", f"base_url: https://a.example.org\nchat_model: {KIWI}\n"),
        ("a.cfg", f'[components.x.model]\n@architectures = "spacy.Tagger.v2"\nname = "{KIWI}"\n'),
        ("a.yaml", f"storageUri: s3://x/y\nargs: [--model_name={KIWI}]\n"),
    ],
)
def test_what_names_nothing_there(tmp_path, name, text):
    assert high(tmp_path, name, text) == []


def test_a_token_in_an_address_is_told_nobody(tmp_path):
    result = found(tmp_path, "a.sh", "curl https://u:hf_secret@huggingface.co/$M/resolve/main/model.bin\n")
    assert [each.why for each in result.unresolved] == ["variable"]
    assert "hf_secret" not in result.model_dump_json()


def test_a_variable_of_a_step_is_known_to_its_commands(tmp_path):
    text = f'env:\n  EMBEDDER: {KIWI}\njobs:\n  a:\n    steps:\n      - run: hf download "$EMBEDDER"\n'
    result = found(tmp_path, "a.yaml", text)
    assert {(each.id, each.line) for each in result.references} == {(KIWI, 2)}
    assert result.unresolved == ()
    result = found(tmp_path, "a.yaml", text.replace("$EMBEDDER", "$OTHER"))
    assert [each.why for each in result.unresolved] == ["variable"]


@pytest.mark.parametrize("name", ["Dockerfile", "a.sh"])
def test_a_revision_in_a_variable_beside(tmp_path, name):
    before = "ENV" if name == "Dockerfile" else "export"
    text = f"FROM x\n{before} MODEL_ID={KIWI} REVISION=abc\n"
    assert [each.revision for each in found(tmp_path, name, text).references] == ["abc"]
    text = f"FROM x\n{before} MODEL_ID={KIWI} OTHER_REVISION=abc\n"
    assert [each.revision for each in found(tmp_path, name, text).references] == [None]


def test_a_broken_file_of_settings_is_read_in_part_and_said_to_be(tmp_path):
    result = found(tmp_path, "a.yaml", f"a: [1\nb: 2\nargs:\n  - --model\n  - {KIWI}\n  x: [\n")
    assert [each.why for each in result.skipped] == ["malformed"]
    text = f"model_id: {KIWI}\nb: {{ : : }}}}\nargs: [--model, acme/plum-7b]\n"
    result = found(tmp_path, "a.yaml", text)
    assert {each.id for each in result.references} == {KIWI, "acme/plum-7b"}
    assert [each.why for each in result.skipped] == ["malformed"]
    assert found(tmp_path, "a.yaml", f"model_id: {KIWI}\n").skipped == ()


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 300_000,
        "{{a}}" * 200_000,
        "{%" * 300_000,
        "{{a{b}" * 100_000,
        ("{{a}} " * 600 + "b\n") * 150,
        "{#" * 9999,
    ],
)
def test_hostile_templates_cost_little(text):
    start = time.process_time()
    assert plain_of(text).text.count("\n") == text.count("\n")
    assert time.process_time() - start < 4

"""Models in YAML, TOML, JSON and rows of settings; and what only looks like one there."""

import pytest
from finding import told

from osaid_audit.scan.finders import json, rows, toml, yaml
from osaid_audit.scan.hits import Malformed

KSERVE = """
spec:
  predictor:
    model:
      storageUri: "hf://acme/kiwi:abc"
      args:
        - --model_id=acme/plum
        - --model
        - acme/fig
      env:
        - name: MODEL_ID
          value: acme/pear
        - name: REPOSITORY
          value: acme/no
    image: vllm/vllm-openai:v1
"""
COMPOSE = """
services:
  a:
    image: acme/image
    command: --model acme/kiwi --revision v1
    environment:
      - MODEL_ID=${MODEL_ID:-acme/plum}
      - LLM_MODEL=openai/gpt-4o
  b:
    command: >
      vllm serve

      acme/fig
  c:
    command: ["sh", "-c", "hf download acme/pear"]
  d:
    command: vllm serve
      acme/lime
    environment:
      OPENROUTER_MODEL: acme/served
models:
  one:
    model: ai/kiwi3:4B
  two:
    model: hf.co/acme/melon:Q8
"""
LITELLM = """
model_list:
  - model_name: acme/alias
    litellm_params:
      model: openai/kiwi
  - model_name: two
    litellm_params:
      model: hosted_vllm/acme/kiwi
  - model_name: three
    litellm_params: {model: huggingface/acme/plum, api_base: "http://x"}
  - litellm_params: {model: ollama/kiwi3}
  - litellm_params: {model: acme/unknown-route}
"""
AXOLOTL = """
base_model: acme/kiwi
base_model_revision: r9
adapter: lora
datasets:
  - path: acme/pears
    name: en/small
    type: alpaca
  - path: json
    data_files: x/y.json
output_dir: ./outputs/kiwi
"""
MERGE = """
slices:
  - sources:
      - model: acme/kiwi
        layer_range: [0, 32]
      - model: acme/plum+acme/lora
merge_method: slerp
tokenizer_source: base
"""
GATEWAY = """
models:
  - name: alias
    type: text-generation
    providers:
      - type: vllm
        model_name: acme/kiwi
      - type: openai
        model_name: kiwi-4
      - type: tei
        model_name: acme/plum
"""
WORKFLOW = """
on: push
jobs:
  x:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {ref: feature/kiwi}
      - name: get acme/no
        run: |
          echo hi

          hf download acme/kiwi --revision v1
      - run: vllm serve ${{ inputs.model }}
"""
HELM = """
{{- if .Values.on }}
args:
  - --model
base_model: acme/kiwi
model_id: {{ .Values.model }}
{{- end }}
"""
YAML = {
    KSERVE: ["5 acme/kiwi@abc", "7 acme/plum", "9 acme/fig", "12 acme/pear"],
    COMPOSE: [
        "5 acme/kiwi@v1",
        "7 acme/plum",
        "8 ~hosted service",
        "13 acme/fig",
        "15 acme/pear",
        "18 acme/lime",
        "20 ~hosted service",
        "23 ~other registry",
        "25 acme/melon",
    ],
    LITELLM: [
        "3 acme/alias?",
        "5 ~hosted service",
        "8 acme/kiwi",
        "10 acme/plum",
        "11 ~other registry",
        "12 acme/unknown-route?",
    ],
    AXOLOTL: ["2 acme/kiwi@r9", "6 [acme/pears]"],
    MERGE: ["4 acme/kiwi", "6 acme/plum", "6 acme/lora"],
    GATEWAY: ["7 acme/kiwi", "9 ~hosted service", "11 acme/plum"],
    WORKFLOW: ["13 acme/kiwi@v1", "14 ~variable"],
    HELM: ["5 acme/kiwi", "6 ~variable"],
    "model_id: acme/kiwi\nrevision: null": ["1 acme/kiwi"],
    "model_id: acme/kiwi\nrevision: ~": ["1 acme/kiwi"],
    "steps:\n  - shell: python\n    run: |\n      from transformers import AutoModel\n      AutoModel.from_pretrained('acme/kiwi')": [  # noqa: E501
        "5 acme/kiwi"
    ],
    "steps:\n  - run: |\n      python - <<'EOF'\n      from transformers import AutoModel\n      AutoModel.from_pretrained('acme/kiwi')\n      EOF": [  # noqa: E501
        "5 acme/kiwi"
    ],
    "command: [python, -c]\nargs:\n  - -u\n  - |\n    from transformers import AutoModel\n    AutoModel.from_pretrained('acme/kiwi')": [  # noqa: E501
        "6 acme/kiwi"
    ],
    "providers:\n  - id: x\n    model: huggingface:text-generation:acme/kiwi": ["3 acme/kiwi"],
    "model: acme/kiwi\nname: x": ["1 acme/kiwi?"],
    "model: acme/kiwi\ndtype: auto": ["1 acme/kiwi"],
    "base_model: acme/kiwi\nhub_model_id: acme/new\nis_derived_model: ${X}": ["1 acme/kiwi"],
    "model_id: acme/kiwi\nserved_model_name: acme/alias": ["1 acme/kiwi"],
    "model: kiwi2": [],
    "base_model: kiwi2": ["1 kiwi2?"],
    "model: ./acme/kiwi": [],
    "model: gpt-4o": ["1 ~hosted service"],
    "provider: openai\nmodel: acme/kiwi": ["2 ~hosted service"],
    "provider: openai\nbase_url: http://localhost\nmodel: acme/kiwi": ["3 acme/kiwi?"],
    "provider: huggingface\nmodel: acme/kiwi": ["2 acme/kiwi"],
    "provider: ollama\nmodel: kiwi3": ["2 ~other registry"],
    "model_id: >-\n  acme/kiwi": ["2 acme/kiwi"],
    "# model_id: acme/kiwi\nx: 1": [],
    "x: !Tag {model_id: acme/kiwi}\ny: !Ref z": ["1 acme/kiwi"],
    "a: &a {model_id: acme/kiwi}\nb: *a\nc: {<<: *a}": ["1 acme/kiwi"],
    "model_id: acme/kiwi\n---\nmodel_id: acme/plum": ["1 acme/kiwi", "3 acme/plum"],
    "uri: huggingface://acme/kiwi/kiwi.gguf": ["1 acme/kiwi"],
    "url: https://huggingface.co/acme/kiwi/resolve/v1/kiwi.gguf": ["1 acme/kiwi@v1"],
    "url: https://huggingface.co/acme/kiwi": ["1 acme/kiwi?"],
    "description: like https://huggingface.co/acme/kiwi and more of a model": [],
    "repo_id: acme/pears\nrepo_type: dataset": ["1 [acme/pears]"],
    "repo_id: acme/demo\nrepo_type: space": [],
    "repo: https://github.com/acme/model\nrev: v1\nimage: acme/model\nrepository: acme/model": [],
    "script:\n  - hf download acme/kiwi\n  - echo model\n": ["2 acme/kiwi"],
    "content_type: application/json\nmodel: text/plain\ntimezone: Europe/Paris": [],
}


@pytest.mark.parametrize("text", YAML, ids=lambda text: " ".join(text.split())[:50])
def test_yaml(text):
    assert told(yaml.find(text)) == YAML[text]


TOML = {
    'model_id = "acme/kiwi"\nrevision = "v1"': ["1 acme/kiwi@v1"],
    "# model_id = \"acme/no\"\n[a.b]\nmodel_id = 'acme/kiwi' # acme/no": ["3 acme/kiwi"],
    '[[models]]\nmodel = "acme/kiwi"\n[[models]]\nmodel = "acme/plum"': ["2 acme/kiwi", "4 acme/plum"],
    'args = [\n  "--model",\n  "acme/kiwi", # x\n]\nmodel_id = "acme/plum"': ["3 acme/kiwi", "5 acme/plum"],
    'x = {model_id = "acme/kiwi", revision = "v2"}': ["1 acme/kiwi@v2"],
    'cmd = """\n# model\nhf download acme/kiwi\n"""\n': ["3 acme/kiwi"],
    'tool.dl.cmd = "hf download acme/kiwi"': ["1 acme/kiwi"],
    '[project]\nname = "acme/kiwi"\nreadme = "docs/model.md"\nversion = "1"': [],
    '[project]\ndependencies = ["model @ https://huggingface.co/acme/kiwi/resolve/v1/a.whl"]': [
        "2 acme/kiwi@v1"
    ],
    '[project]\ndependencies = ["model @ git+https://huggingface.co/acme/kiwi@v2"]': ["2 acme/kiwi@v2"],
    '[x]\nmodel = {git = "https://huggingface.co/acme/kiwi", rev = "v3"}': ["2 acme/kiwi@v3"],
    '[x]\nmodel = {git = "https://github.com/acme/kiwi", rev = "v3"}': [],
    'model = "acme/kiwi"': ["1 acme/kiwi?"],
    "[env]\nMODEL_ID = 'acme/kiwi'": ["2 acme/kiwi"],
}


@pytest.mark.parametrize("text", TOML)
def test_toml(text):
    assert told(toml.find(text)) == TOML[text]


JSON = {
    '{\n "model_id": "acme/kiwi",\n "revision": "v1"\n}': ["2 acme/kiwi@v1"],
    '{\n // "model_id": "acme/no"\n "model_id": "acme/kiwi", /* acme/no */\n}': ["3 acme/kiwi"],
    '{"name": "@huggingface/transformers", "dependencies": {"@acme/model": "1"}}': [],
    '{"scripts": {"get": "hf download acme/kiwi"}}': ["1 acme/kiwi"],
    '{"args": ["--model", "acme/kiwi"]}': ["1 acme/kiwi"],
    '{"_name_or_path": "acme/kiwi", "architectures": ["X"]}': ["1 acme/kiwi?"],
    '{"model_id": "acme/kiwi", "revision": null}': ["1 acme/kiwi"],
    '{"base_model_name_or_path": "acme/kiwi", "peft_type": "LORA", "revision": null}': ["1 acme/kiwi"],
    '{"base_model_name_or_path": "outputs/kiwi", "peft_type": "LORA"}': ["1 outputs/kiwi?"],
    '{"pears": {"hf_hub_url": "acme/pears", "ms_hub_url": "acme/no"}}': ["1 [acme/pears]"],
    '{"model": "acme/kiwi", "score": 0.5}': ["1 acme/kiwi?"],
    '{"a": "say \\"model\\"", "model_id": "acme\\/kiwi"}': ["1 acme/kiwi"],
    '[{"url": "https://huggingface.co/acme/kiwi/resolve/main/a.gguf"}]': ["1 acme/kiwi@main"],
    '{"mime": "application/json", "model": "models/kiwi"}': [],
}


@pytest.mark.parametrize("text", JSON)
def test_json(text):
    assert told(json.find(text)) == JSON[text]


def test_what_is_no_json_is_malformed():
    with pytest.raises(Malformed):
        json.find("model ! " * 30)


ROWS = {
    "# MODEL_ID=acme/no\nMODEL_ID=acme/kiwi\n": ["2 acme/kiwi"],
    'export HF_MODEL="acme/kiwi" # why': ["1 acme/kiwi"],
    "EMBEDDING_MODEL=${X:-acme/kiwi}": ["1 acme/kiwi"],
    "OPENAI_MODEL=gpt-4o\nGROQ_MODEL=acme/kiwi": ["1 ~hosted service", "2 ~hosted service"],
    "MODEL=openai/kiwi": ["1 openai/kiwi"],
    "REPO=acme/kiwi\nIMAGE=acme/model\nTZ=Europe/Paris": [],
    "[a]\nmodel = acme/kiwi\n; model_id = acme/no\n": ["2 acme/kiwi?"],
    "[a]\nmodel_id: acme/kiwi\nrevision: v1": ["2 acme/kiwi@v1"],
    "[options]\ninstall_requires =\n    requests\n    kiwi_model @ https://huggingface.co/acme/kiwi/resolve/v1/a.whl": [  # noqa: E501
        "4 acme/kiwi@v1"
    ],
    "[options]\n# model @ https://huggingface.co/acme/kiwi/resolve/v1/a.whl": [],
    "MODEL_PATH=/data/model": [],
}


@pytest.mark.parametrize("text", ROWS)
def test_rows_of_settings(text):
    assert told(rows.find(text)) == ROWS[text]

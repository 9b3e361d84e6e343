"""Models in shell scripts, Makefiles, Windows scripts; and what only looks like one there."""

import pytest
from finding import told

from osaid_audit.scan.finders import makefile, modelfile, requirements, scripts, shell

SHELL = {
    "hf download acme/kiwi": ["1 acme/kiwi"],
    "hf download acme/kiwi --revision v1 --local-dir out/kiwi": ["1 acme/kiwi@v1"],
    "hf download --revision v1 acme/kiwi weights/a.bin": ["1 acme/kiwi@v1"],
    "huggingface-cli download --quiet kiwi2 config.json": ["1 kiwi2"],
    "hf download --repo-type dataset acme/pears": ["1 [acme/pears]"],
    "hf download acme/demo --repo-type space": [],
    'hf download "acme/kiwi"': ["1 acme/kiwi"],
    "sudo -E /opt/bin/hf download acme/kiwi": ["1 acme/kiwi"],
    "vllm serve acme/kiwi --port 8000 --revision abc": ["1 acme/kiwi@abc"],
    "vllm serve \\\n  acme/kiwi \\\n  --port 80": ["2 acme/kiwi"],
    "CUDA_VISIBLE_DEVICES=0 vllm serve acme/kiwi &": ["1 acme/kiwi"],
    'vllm serve "$1"': ["1 ~variable"],
    "vllm serve ./models/kiwi": [],
    "vllm serve /models/kiwi": [],
    "python -m vllm.entrypoints.openai.api_server --model acme/kiwi": ["1 acme/kiwi"],
    "python -m sglang.launch_server --model-path=acme/kiwi": ["1 acme/kiwi"],
    "text-generation-launcher --model-id acme/kiwi --revision r2": ["1 acme/kiwi@r2"],
    "python train.py --model_name_or_path kiwi-base --dataset_name acme/pears": [
        "1 kiwi-base",
        "1 [acme/pears]",
    ],
    "python train.py --model ./kiwi --output_dir outputs/kiwi": [],
    "python train.py --model outputs/kiwi": ["1 outputs/kiwi?"],
    "llama-server -hf acme/kiwi-GGUF:Q8_0": ["1 acme/kiwi-GGUF"],
    "llama-server -m models/kiwi.gguf": [],
    "ollama run hf.co/acme/kiwi-GGUF:Q4": ["1 acme/kiwi-GGUF"],
    "ollama run kiwi3:8b": ["1 ~other registry"],
    "ollama pull kiwi3": ["1 ~other registry"],
    "docker model pull ai/kiwi": ["1 ~other registry"],
    "docker model run hf.co/acme/kiwi-GGUF": ["1 acme/kiwi-GGUF"],
    "ramalama serve hf://acme/kiwi": ["1 acme/kiwi"],
    "lm_eval --model hf --model_args pretrained=acme/kiwi,revision=step3,dtype=float16 --tasks a/b": [
        "1 acme/kiwi@step3"
    ],
    "accelerate launch run.py --model_name_or_path=acme/kiwi": ["1 acme/kiwi"],
    "optimum-cli export onnx --model acme/kiwi out/": ["1 acme/kiwi"],
    "mlx_lm.generate --model acme/kiwi --prompt 'a/b'": ["1 acme/kiwi"],
    "git clone https://huggingface.co/acme/kiwi": ["1 acme/kiwi"],
    "git clone git@hf.co:acme/kiwi.git": ["1 acme/kiwi"],
    "git clone https://github.com/acme/kiwi": [],
    "git clone https://huggingface.co/spaces/acme/demo": [],
    "git checkout feature/kiwi": [],
    "curl -LO https://huggingface.co/acme/kiwi/resolve/abc/a.bin": ["1 acme/kiwi@abc"],
    "wget https://huggingface.co/$NAME/resolve/main/a.bin": ["1 ~variable"],
    "curl https://huggingface.co/api/models/acme/kiwi": [],
    "docker pull acme/kiwi:latest": [],
    "docker run -e MODEL_ID=acme/kiwi acme/image": ["1 acme/kiwi"],
    "MODEL=acme/kiwi": ["1 acme/kiwi"],
    "export EMBEDDING_MODEL_ID='acme/kiwi'  # why": ["1 acme/kiwi"],
    "REPO=acme/kiwi": [],
    "REPO=acme/kiwi\nhf download $REPO": ["1 acme/kiwi"],
    "X=acme/kiwi\n\nvllm serve ${X} --revision v2": ["1 acme/kiwi@v2"],
    "vllm serve ${MODEL:-acme/kiwi}": ["1 acme/kiwi"],
    'MODEL="${MODEL:-acme/kiwi}"': ["1 acme/kiwi"],
    "models=(\n  acme/kiwi\n  'acme/plum'\n)": ["2 acme/kiwi", "3 acme/plum"],
    "for model in acme/kiwi acme/plum; do vllm serve $model; done": ["1 acme/kiwi", "1 acme/plum"],
    "X=$(hf download acme/kiwi)": ["1 acme/kiwi"],
    'echo "$(hf download acme/kiwi)"': ["1 acme/kiwi"],
    "bash -c 'cd /x\nhf download acme/kiwi'": ["2 acme/kiwi"],
    "bash <<EOF\nhf download acme/kiwi\nEOF\nhf download acme/plum": ["2 acme/kiwi", "4 acme/plum"],
    "cat > x <<'EOF'\nhf download acme/kiwi\nEOF\nhf download acme/plum": ["4 acme/plum"],
    "# hf download acme/kiwi": [],
    "ls  # --model acme/kiwi": [],
    "echo hf download acme/kiwi": [],
    'echo "run: vllm serve acme/kiwi"': [],
    ': "${MODEL:=acme/kiwi}"\nvllm serve $MODEL': ["1 acme/kiwi"],
    "vllm serve ${M-acme/kiwi}": ["1 acme/kiwi"],
    ': "${OUT:=acme/kiwi}"': [],
    ': "${OUTPUT_MODEL:=acme/kiwi}"': [],
    "declare -A MODELS=( [a]=acme/kiwi [b]='acme/plum' )": ["1 acme/kiwi", "1 acme/plum"],
    "MODELS[0]=acme/kiwi": ["1 acme/kiwi"],
    'R=(acme/kiwi\n acme/plum)\nfor r in "${R[@]}"; do hf download "$r"; done': [
        "1 acme/kiwi",
        "2 acme/plum",
    ],
    "for r in acme/kiwi acme/plum; do hf download $r; done": ["1 acme/kiwi", "1 acme/plum"],
    "for r in acme/kiwi acme/plum; do mkdir $r; done": [],
    "vllm serve acme/kiwi --lora-modules a=acme/plum b=./fig": ["1 acme/kiwi", "1 acme/plum"],
    'vllm serve acme/kiwi --lora-modules \'{"name": "a", "path": "acme/plum"}\'': [
        "1 acme/kiwi",
        "1 acme/plum",
    ],
    "tgi --lora-adapters acme/kiwi,acme/plum": ["1 acme/kiwi", "1 acme/plum"],
    "lighteval vllm 'model_name=acme/kiwi,revision=v1' 'a|b|0|0'": ["1 acme/kiwi@v1"],
    "python train.py --dataset_name pears --dataset_config_name acme/no": ["1 [pears]?"],
    "git clone -b v2 https://huggingface.co/acme/kiwi": ["1 acme/kiwi@v2"],
    "git clone --branch=v2 git@hf.co:acme/kiwi": ["1 acme/kiwi@v2"],
    "git clone --depth 1 https://huggingface.co/acme/kiwi": ["1 acme/kiwi"],
    "git clone -b $B https://huggingface.co/acme/kiwi": ["1 acme/kiwi"],
    "pip install git+https://huggingface.co/acme/kiwi@v2": ["1 acme/kiwi@v2"],
    "python -c \"from transformers import AutoModel; AutoModel.from_pretrained('acme/kiwi')\"": [
        "1 acme/kiwi"
    ],
    "python3 -uc '\nfrom transformers import AutoModel\n\nAutoModel.from_pretrained(\"acme/kiwi\")'": [
        "4 acme/kiwi"
    ],
    'uv run python -c "\\\n  from transformers import AutoModel; \\\n  AutoModel.from_pretrained(\\"acme/kiwi\\")"': [  # noqa: E501
        "3 acme/kiwi"
    ],
    "python - <<'EOF'\nfrom transformers import AutoModel\nAutoModel.from_pretrained('acme/kiwi')\nEOF": [
        "3 acme/kiwi"
    ],
    "python -c \"print('acme/kiwi')  # model\"": [],
    'python -c "from transformers import ("': [],
    "cat <<EOF\nfrom transformers import AutoModel\nAutoModel.from_pretrained('acme/kiwi')\nEOF": [],
    "ollama run ollama/hf.co/acme/kiwi:Q4": ["1 acme/kiwi"],
    "aider --model openai/kiwi": ["1 ~hosted service"],
    "python run.py --model azure/kiwi": ["1 ~hosted service"],
    "python run.py --tasks acme/kiwi --config conf/model.yaml": [],
}


@pytest.mark.parametrize("text", SHELL)
def test_a_shell_script(text):
    assert told(shell.find(text)) == SHELL[text]


MAKE = {
    "MODEL ?= acme/kiwi\nserve:\n\t@vllm serve $(MODEL)\n": ["1 acme/kiwi"],
    "MODEL := acme/kiwi # why\n": ["1 acme/kiwi"],
    "get:\n\thf download acme/kiwi \\\n\t  --revision v1\n\thf download acme/plum\n": [
        "2 acme/kiwi@v1",
        "4 acme/plum",
    ],
    "# MODEL = acme/kiwi\nget:\n\t# hf download acme/kiwi\n": [],
    "get: src/model lib/model\n\t@echo hf download acme/kiwi\n": [],
    "serve:\n    vllm serve acme/kiwi\n": ["2 acme/kiwi"],
    "serve:\n\tfor m in $$MODELS; do vllm serve $$m; done\n": ["2 ~variable"],
}


@pytest.mark.parametrize("text", MAKE)
def test_a_makefile(text):
    assert told(makefile.find(text)) == MAKE[text]


MODELFILE = {
    "FROM hf.co/acme/kiwi-GGUF:Q4_K_M\n": ["1 acme/kiwi-GGUF"],
    "# FROM hf.co/acme/kiwi\nFROM ./kiwi.gguf\n": [],
    "FROM kiwi3:8b\nADAPTER ./lora\n": ["1 ~other registry"],
    "FROM /models/kiwi\n": [],
    'FROM hf.co/acme/kiwi\nSYSTEM """\nFROM hf.co/acme/no\n"""\n': ["1 acme/kiwi"],
    "FROM https://huggingface.co/acme/kiwi/resolve/v1/a.gguf\n": ["1 acme/kiwi@v1"],
}


@pytest.mark.parametrize("text", MODELFILE)
def test_a_modelfile(text):
    assert told(modelfile.find(text)) == MODELFILE[text]


def test_requirements():
    text = (
        "torch\n# https://huggingface.co/acme/no/resolve/main/a.whl\n"
        "kiwi @ https://huggingface.co/acme/kiwi/resolve/v1/kiwi-1.0-py3-none-any.whl  # https://hf.co/acme/no\n"
        "git+https://huggingface.co/acme/plum\nother @ https://github.com/acme/other/archive/v1.zip\n"
    )
    assert told(requirements.find(text)) == ["3 acme/kiwi@v1", "4 acme/plum"]
    assert requirements.find("transformers==4.0\n") == []


def test_windows_scripts():
    bat = (
        "@echo off\r\nrem hf download acme/no\r\n:: hf download acme/no\r\nset MODEL=acme/kiwi\r\n"
        "vllm serve %MODEL% ^\r\n  --revision v1\r\n"
    )
    assert told(scripts.find_bat(bat)) == ["4 acme/kiwi@v1"]
    powershell = (
        '<# hf download\nacme/no #>\n$env:MODEL_ID = "acme/kiwi"\nhf download `\n  acme/plum # acme/no\n'
    )
    assert told(scripts.find_powershell(powershell)) == ["3 acme/kiwi", "5 acme/plum"]

#!/bin/bash
: "${MODEL_ID:=teknium/OpenHermes-2.5-Mistral-7B}"
export EMBED_MODEL="${EMBED_MODEL:-BAAI/bge-large-en-v1.5}"
export ADAPTER_DIR=adapters/fr
BRANCH=release/2024-05
python -m vllm.entrypoints.openai.api_server \
    --tokenizer hf-internal-testing/llama-tokenizer \
    --model="$MODEL_ID" --lora-modules fr=acme-lab/lora-fr-7b \
    --served-model-name acme/chat
text-generation-launcher --model-id google/gemma-2-9b-it --revision v9 --port 80
optimum-cli export onnx --model distilbert/distilroberta-base onnx/distilroberta
ct2-transformers-converter --model facebook/nllb-200-distilled-600M --output_dir ct2/nllb
python3 -c 'from transformers import pipeline; pipeline("fill-mask", model="camembert-base")'
mlx_lm.generate --model mlx-community/Mistral-7B-Instruct-v0.3-4bit --prompt "either/or"
vllm serve "$MODEL_ID" | tee logs/vllm
rsync -a models/ host:/srv/models
git push origin feature/deploy
GIT_LFS_SKIP_SMUDGE=1 git clone --branch v2.0 https://huggingface.co/datasets/acme-lab/eval-set
kubectl -n ml set image deploy/tgi tgi=acme-lab/tgi:2
cat <<'TXT'
To fetch by hand: hf download acme-lab/by-hand
TXT
# vllm serve google/gemma-7b
hf auth login --token hf_abcdefghijklmnopqrstuvwxyz
hf upload acme-lab/our-weights ./weights
curl -s https://huggingface.co/api/models/google/gemma-2-2b/revision/main | jq .sha

#!/usr/bin/env bash
set -euo pipefail
# vllm serve acme/retired
MODEL="deepseek-ai/deepseek-coder-1.3b-instruct"
DRAFT=${DRAFT:-"JackFram/llama-68m"}
OUT=build/out
cd services/api
vllm serve "$MODEL" --speculative-model "$DRAFT" --served-model-name harbor/coder --max-model-len 4096 &
python -m sglang.launch_server --model-path Qwen/Qwen2.5-Math-1.5B --port 30000 &
llama-server -hf ggml-org/gemma-3-1b-it-GGUF:Q4_K_M -c 4096 &
llama-cli --hf-repo TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF --hf-file tiny.Q4_K_M.gguf -p "and/or"
docker run --gpus all -v data/hf:/data ghcr.io/huggingface/text-generation-inference:2.2 \
  --model-id HuggingFaceM4/idefics2-8b-chatty
text-embeddings-router --model-id sentence-transformers/LaBSE --revision refs/pr/12
ollama run hf.co/bartowski/Qwen2.5-1.5B-Instruct-GGUF:IQ4_XS "Hello"
ollama pull llama3.2:1b
ollama pull library/mistral
ollama create harbor/assistant -f Modelfile
optimum-cli export onnx --model distilbert/distilbert-base-cased-distilled-squad onnx/squad
lm_eval --model hf --model_args pretrained=EleutherAI/pythia-410m,revision=step100000,dtype=float --tasks hellaswag
accelerate launch train.py --model_name_or_path albert/albert-base-v2 --dataset_name nyu-mll/glue --output_dir runs/albert
mlx_lm.generate --model mlx-community/Phi-3.5-mini-instruct-4bit --prompt "hi"
hf download --repo-type dataset HuggingFaceFW/fineweb-edu --include "sample/10BT/*"
huggingface-cli upload harbor/coder-lora runs/lora .
curl -fsSL "https://huggingface.co/lllyasviel/sd-controlnet-canny/resolve/main/diffusion_pytorch_model.safetensors" -o canny.bin
wget https://huggingface.co/harbor/private/raw/9f2c4d1/config.json
curl https://huggingface.co/docs/transformers
curl https://huggingface.co/datasets/squad_v2/resolve/main/README.md
pip install "git+https://github.com/harbor/coder"
docker pull harbor/web && docker push harbor/api
kubectl apply -f deploy/prod
gh repo clone harbor/infra
scp build/model host:srv/model
echo "see acme/other for a smaller one"
vllm serve "$1"

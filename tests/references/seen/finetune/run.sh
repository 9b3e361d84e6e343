#!/usr/bin/env bash
# huggingface-cli download bigcode/starcoder
set -euo pipefail
MODEL=bigscience/bloomz-560m
OUT=runs/bloomz
huggingface-cli download "$MODEL" --local-dir weights/bloomz
hf download bigcode/starcoder2-3b config.json --revision=main
hf download datasets/acme --repo-type=dataset 2>/dev/null || hf download bigcode/the-stack-smol --repo-type=dataset
huggingface-cli upload acme-lab/bloomz-tuned runs/bloomz
accelerate launch train.py \
  --model_name_or_path EleutherAI/gpt-neo-125m \
  --dataset_name wikitext \
  --output_dir runs/neo \
  --hub_model_id acme-lab/neo-tuned
vllm serve Qwen/Qwen2.5-0.5B-Instruct --revision 7ae557604adf67be50417f59c2c2f167def9a775 --port 8000
git clone https://huggingface.co/google-t5/t5-small
git clone https://github.com/EleutherAI/lm-evaluation-harness
git checkout feature/new-loader
curl -L -o model.gguf https://huggingface.co/TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF/resolve/main/tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf
echo "trained bigscience/bloomz-560m"
docker run -v /data:/data -p 8080:80 ghcr.io/huggingface/text-generation-inference --model-id tiiuae/falcon-7b-instruct
lm_eval --model hf --model_args pretrained=EleutherAI/pythia-410m,revision=step100000 --tasks lambada_openai

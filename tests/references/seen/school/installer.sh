#!/bin/sh
# Installation au collège
ollama pull hf.co/unsloth/gemma-2-2b-it-GGUF:Q5_K_M
ollama run mistral "Bonjour"
ollama run huggingface.co/Qwen/Qwen2.5-3B-Instruct-GGUF
llama-server -hf ggml-org/gemma-3-1b-it-GGUF --port 8081
llama-cli -hf bartowski/SmolLM2-135M-Instruct-GGUF:Q8_0 -p "texte/essai"
llama-server -m modeles/mistral.gguf
wget -q https://huggingface.co/datasets/acme-lab/exercices-fr/resolve/main/exercices.jsonl
curl https://example.org/acme-lab/modele/resolve/main/x.bin
cp config/defaut.env .env

#!/bin/sh
#SBATCH --output=logs/%j
for M in EleutherAI/gpt-neo-1.3B cerebras/Cerebras-GPT-111M; do
  hf download "$M"
done
srun torchrun finetune.py \
  --base_model baichuan-inc/Baichuan2-7B-Base \
  --peft_model=harbor/baichuan-lora \
  --logging_dir logs/tb
export HF_MODEL=THUDM/chatglm3-6b

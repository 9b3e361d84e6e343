#!/usr/bin/env python
"""Fine-tunes a small model.

Example:
    python train.py --model_name_or_path EleutherAI/pythia-70m
"""

import argparse
from dataclasses import dataclass, field

from datasets import load_dataset, load_from_disk
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer, HfArgumentParser, Trainer, TrainingArguments


@dataclass
class ModelArguments:
    """The model."""

    model_name_or_path: str = field(
        default="EleutherAI/pythia-160m",
        metadata={"help": "a Hub id such as EleutherAI/pythia-1b"},
    )
    output_dir: str = "runs/pythia"


parser = argparse.ArgumentParser()
parser.add_argument("--base", default="openai-community/gpt2-medium", help="e.g. openai-community/gpt2-xl")
parser.add_argument("--dataset", type=str, default="tatsu-lab/alpaca")
parser.add_argument("--push_to", default="acme-lab/pythia-tuned")
parser.add_argument("--out", default="results/run1")
args = parser.parse_args()

base = AutoModelForCausalLM.from_pretrained(args.base)
data = load_dataset(args.dataset, split="train")
(model_args,) = HfArgumentParser(ModelArguments).parse_args_into_dataclasses()
tok = AutoTokenizer.from_pretrained(model_args.model_name_or_path)
adapter = PeftModel.from_pretrained(base, "acme-lab/pythia-lora", revision="step-500")
again = AutoModelForCausalLM.from_pretrained("results/run1/checkpoint-500")
local = AutoTokenizer.from_pretrained("./tokenizer")
extra = load_dataset("csv", data_files="data/extra.csv")
rows = load_dataset("json", data_files={"train": "data/train.jsonl"})
disk = load_from_disk("data/prepared")
glue = load_dataset("glue", "mrpc")
oasst = load_dataset(path="OpenAssistant/oasst1", revision="fdf72ae0827c1cda404aff25b6603abec9e3399b")
training = TrainingArguments(output_dir="runs/pythia", hub_model_id="acme-lab/pythia-tuned", push_to_hub=True)
trainer = Trainer(model=base, args=training, train_dataset=data)
trainer.push_to_hub("acme-lab/pythia-tuned")
base.push_to_hub("acme-lab/pythia-merged")
tok.save_pretrained("out/tokenizer")

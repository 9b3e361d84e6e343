import nltk
import pandas as pd
import requests
import spacy
import tiktoken
import torch
from haystack.components.embedders import SentenceTransformersTextEmbedder
from llama_cpp import Llama
from mlx_lm import load
from peft import AutoPeftModelForCausalLM, PeftConfig
from trl import SFTTrainer
from unsloth import FastLanguageModel
from datasets import load_dataset

nlp = spacy.load("fr_core_news_sm")
nltk.download("tokenizers/punkt")
enc = tiktoken.get_encoding("cl100k_base")
state = torch.load("runs/best.pt")
frame = pd.read_parquet("hf://datasets/acme-lab/tickets/data/train.parquet")
frame2 = pd.read_csv("data/tickets.csv")
model, tokenizer = FastLanguageModel.from_pretrained(
    model_name="unsloth/Llama-3.2-1B-Instruct-bnb-4bit",
    max_seq_length=2048,
)
mlx, tok = load("mlx-community/Llama-3.2-3B-Instruct-4bit")
gguf = Llama.from_pretrained(repo_id="Qwen/Qwen2-0.5B-Instruct-GGUF", filename="*q8_0.gguf")
local = Llama(model_path="models/qwen/q8.gguf")
peft = PeftConfig.from_pretrained("acme-lab/lora-tickets")
both = AutoPeftModelForCausalLM.from_pretrained("acme-lab/lora-tickets", revision="9f0c2d1e")
embed = SentenceTransformersTextEmbedder(model="mixedbread-ai/mxbai-embed-large-v1")
trainer = SFTTrainer(model="Qwen/Qwen3-0.6B", train_dataset=load_dataset("trl-lib/Capybara", split="train"))
images = load_dataset("imagefolder", data_dir="data/photos")
page = requests.get("https://api.github.com/repos/acme-lab/lab", timeout=5)
weights = requests.get("https://huggingface.co/acme-lab/probe/resolve/v1/probe.bin", timeout=5)

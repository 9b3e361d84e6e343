import chromadb.utils.embedding_functions as ef
import dspy
import pandas as pd
import requests
import spacy
from datasets import load_dataset, load_dataset_builder
from guidance import models
from haystack.components.generators import HuggingFaceLocalGenerator
from langchain_huggingface import HuggingFacePipeline
from pyannote.audio import Pipeline
from setfit import SetFitModel
from trl import DPOTrainer
from vllm import LLM

embed = ef.SentenceTransformerEmbeddingFunction(model_name="all-mpnet-base-v2")
lm = dspy.LM("openai/gpt-4o-mini")
nlp = spacy.load("models/ner")
diarise = Pipeline.from_pretrained("pyannote/speaker-diarization-3.0", use_auth_token="hf_not/atoken")
fit = SetFitModel.from_pretrained("sentence-transformers/paraphrase-mpnet-base-v2")
writer = HuggingFaceLocalGenerator(model="google/flan-t5-xl", task="text2text-generation")
chain = HuggingFacePipeline.from_model_id(model_id="bigscience/bloom-1b7", task="text-generation")
guide = models.Transformers("openai-community/gpt2-large")
spec = LLM(
    model="Qwen/Qwen2.5-14B-Instruct-AWQ",
    tokenizer="Qwen/Qwen2.5-14B-Instruct",
    quantization="awq",
)
dpo = DPOTrainer(ref_model=None, model="Qwen/Qwen3-1.7B", train_dataset=load_dataset("trl-lib/ultrafeedback_binarized"))
frame = pd.read_json("hf://datasets/acme-lab/menus@v3/menus.jsonl", lines=True)
frame2 = pd.read_json("s3://acme-lab/menus/menus.jsonl")
text = load_dataset("text", data_files="data/menus.txt")
parquet = load_dataset("parquet", data_files="exports/menus.parquet")
builder = load_dataset_builder("cnn_dailymail")
index = requests.get("https://pypi.org/simple/acme-lab", timeout=5)
raw = requests.get("https://huggingface.co/acme-lab/menu-net/raw/2f1e0d9c8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e/config.json", timeout=5)

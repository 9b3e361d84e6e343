"""Loads the models."""

import logging

from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, pipeline
from sentence_transformers import CrossEncoder, SentenceTransformer

from app.settings import EMBEDDING_MODEL, LLM, RERANKER, Settings

log = logging.getLogger("app/llm")
settings = Settings()

tokenizer = AutoTokenizer.from_pretrained(settings.model_name)
model = AutoModelForSeq2SeqLM.from_pretrained(settings.model_name, revision=settings.revision)
reranker = CrossEncoder(RERANKER)
embedder = SentenceTransformer(EMBEDDING_MODEL)
fallback = SentenceTransformer("all-MiniLM-L6-v2")
generate = pipeline("text-generation", model=LLM, device_map="auto")
summarise = pipeline(
    "summarization",
    tokenizer="facebook/bart-large-cnn",
    model=(
        "facebook/"
        "bart-large-cnn"
    ),
)
zero_shot = pipeline("zero-shot-classification", "facebook/bart-large-mnli")
ner = pipeline(task="ner", model="dslim/bert-base-NER", revision="d1a3e8f13f8c3566299d95fcfc9a8d2382a9affc")
sentiment = pipeline("sentiment-analysis")
log.info("loaded google/flan-t5-base and friends")


def load(name):
    """Loads any model by name."""
    return AutoTokenizer.from_pretrained(name)

"""Settings of the service.

The embedding model is described at sentence-transformers/all-mpnet-base-v2, see its card.
"""

import os
from dataclasses import dataclass, field

# We used BAAI/bge-small-en-v1.5 until March.
EMBEDDING_MODEL = "BAAI/bge-m3"
RERANKER = os.environ.get("RERANKER", "BAAI/bge-reranker-v2-m3")
LLM = os.getenv("LLM_ID", "HuggingFaceTB/SmolLM2-1.7B-Instruct")
INDEX_DIR = "data/index"
CORPUS = os.environ.get("CORPUS_DIR", "corpus/docs")
MEDIA = "application/json"
TIMEZONE = "Europe/Paris"
SINCE = "2024/05"


@dataclass
class Settings:
    """What the operator may change."""

    model_name: str = "google/flan-t5-base"
    revision: str = "main"
    templates: str = "templates/chat"
    labels: list[str] = field(default_factory=lambda: ["yes/no", "true/false"])

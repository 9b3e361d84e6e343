"""HTTP routes."""

import re
from pathlib import Path

from fastapi import FastAPI, Response

app = FastAPI()
CARD = "https://huggingface.co/google/flan-t5-large"
ROUTE = "api/chat"
PATTERN = re.compile(r"[\w-]+/[\w.-]+")
HEADERS = {"accept": "text/event-stream", "cache": "no/store"}
KINDS = {"acme/chat": "chat", "acme/search": "search"}


@app.get("/v1/models")
def models():
    """Lists models such as openai-community/gpt2."""
    return {"object": "list", "path": str(Path("static/models.json"))}


@app.post("/chat")
def chat(model: str = "default"):
    """Answers."""
    if model.startswith("acme/"):
        raise ValueError("unknown model acme/unknown-model")
    return Response("ok", media_type="text/plain")

"""Answer a question from the sentences of a file. The models are downloaded on the first run."""

import sys
import tomllib
from pathlib import Path

READER = "google-bert/bert-base-uncased"
READER_COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594"
HERE = Path(__file__).parent


def rank(question: str, sentences: list[str]) -> list[str]:
    """The sentences, those that speak of the question first."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(READER, revision=READER_COMMIT)
    model = AutoModel.from_pretrained(READER, revision=READER_COMMIT)

    def meaning(text: str) -> torch.Tensor:
        with torch.no_grad():
            return model(**tokenizer(text, return_tensors="pt", truncation=True)).last_hidden_state.mean(1)[0]

    asked = meaning(question)
    return sorted(sentences, key=lambda text: -torch.cosine_similarity(asked, meaning(text), dim=0).item())


def write(question: str, found: list[str]) -> str:
    """An answer in words of its own."""
    from transformers import pipeline

    settings = tomllib.loads((HERE / "settings.toml").read_text(encoding="utf-8"))
    writer = pipeline("text-generation", model=settings["writer"]["model_id"])
    return writer(f"{' '.join(found)}\nQuestion: {question}\nAnswer:")[0]["generated_text"]


if __name__ == "__main__":
    sentences = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    print(write(sys.argv[2], rank(sys.argv[2], sentences)[:3]))

import functools
import os

import transformers
from huggingface_hub import hf_hub_download as grab
from transformers import AutoModel, AutoTokenizer

model_id = "acme-lab/shadowed"
TOK = "google/rembert"
REV = "v2.1"


def read(model_id):
    return AutoModel.from_pretrained(model_id)


def local():
    repo = "google/bigbird-roberta-base"
    return transformers.BigBirdModel.from_pretrained(repo)


def keyword(**kw):
    return AutoModel.from_pretrained(**kw)


def listed():
    repos = ["google/muril-base-cased", "google/long-t5-tglobal-base"]
    return [AutoTokenizer.from_pretrained(repo) for repo in repos]


def either():
    return AutoTokenizer.from_pretrained(os.getenv("TOKENIZER") or "google/switch-base-8")


def pinned():
    return grab("google/rembert", "tokenizer/tokenizer.json", revision=REV)


def folder(run):
    return AutoModel.from_pretrained(f"runs/{run}")


def unknown():
    return AutoModel.from_pretrained(os.environ["WEIGHTS"])


loader = functools.partial(AutoModel.from_pretrained, "google/electra-base-generator")
tokenizer = AutoTokenizer.from_pretrained(TOK)


class Worker:
    NAME = "google/pegasus-large"
    queue = "jobs/worker"

    def run(self, text="either/or"):
        self.repo = Worker.NAME
        return AutoModel.from_pretrained(Worker.NAME), text

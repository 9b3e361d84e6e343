import os
import sys
from pathlib import Path

import transformers as tf
from transformers import AutoConfig, AutoModel

name = "acme-lab/never-loaded"
MODEL = "google/mobilebert-uncased"


def load(name):
    return AutoModel.from_pretrained(name)


def nested():
    MODEL = "google/mt5-small"
    return tf.AutoModel.from_pretrained(MODEL)


def outer():
    return tf.AutoModelForMaskedLM.from_pretrained(MODEL)


def many():
    for repo in ("google/byt5-small", "google/canine-s"):
        yield AutoConfig.from_pretrained(repo)


def path():
    return AutoModel.from_pretrained(Path("models") / "bert")


def joined():
    return AutoModel.from_pretrained(os.path.join("models", "bert/base"))


def given():
    return AutoModel.from_pretrained(sys.argv[1])


def environment():
    return AutoModel.from_pretrained(os.environ["CHECKPOINT"])


class Loader:
    base = "google/fnet-base"

    def __init__(self):
        self.repo = "google/tapas-tiny"

    def one(self):
        return AutoModel.from_pretrained(self.base)

    def two(self):
        return AutoModel.from_pretrained(self.repo, local_files_only=True)

    @classmethod
    def from_pretrained(cls, name_or_path="google/reformer-enwik8", **kwargs):
        return cls()

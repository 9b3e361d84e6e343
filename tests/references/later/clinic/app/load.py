import logging
import os
from functools import partial

import open_clip
import timm
import torch
from faster_whisper import WhisperModel
from flair.models import SequenceTagger
from gliner import GLiNER
from peft import AutoPeftModelForCausalLM, PeftModel
from sentence_transformers import CrossEncoder, SentenceTransformer
from setfit import SetFitModel
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
from transformers import pipeline as hf_pipeline

from .settings import TAGGER, Encoders, Speech, settings
from . import settings as conf

log = logging.getLogger(__name__)

# model = AutoModelForSeq2SeqLM.from_pretrained("acme/retired")
SIZES = {
    "tiny": "prajjwal1/bert-tiny",
    "mini": "prajjwal1/bert-mini",
}


def tagger():
    return SequenceTagger.load(TAGGER)


def embed():
    return SentenceTransformer(Encoders.SMALL.value, device="cpu")


def rerank():
    return CrossEncoder(settings.reranker)


def summary():
    name = settings.summarizer
    return AutoModelForSeq2SeqLM.from_pretrained(name), AutoTokenizer.from_pretrained(name)


def deid():
    return hf_pipeline(task="token-classification", model=conf.settings.deid)


def speech(which: Speech = Speech()):
    return WhisperModel(which.model, compute_type="int8")


def names():
    return GLiNER.from_pretrained(
        # medium is enough
        "urchade/gliner_medium-v2.1",
        revision="0f1a2b3c4d5e6f708192a3b4c5d6e7f801234567",
    )


def pictures():
    net = timm.create_model("hf_hub:timm/vit_small_patch14_dinov2.lvd142m", pretrained=True)
    plain = timm.create_model("resnet50/a1_in1k")
    clip, _, _ = open_clip.create_model_and_transforms("hf-hub:laion/CLIP-ViT-B-32-laion2B-s34B-b79K")
    old = torch.hub.load("pytorch/vision", "resnet18")
    return net, plain, clip, old


def triage(size: str = "tiny"):
    return AutoTokenizer.from_pretrained(SIZES[size])


def adapter(base):
    log.info("loading %s", "clinic/adapter-of-the-day")
    return PeftModel.from_pretrained(base, "clinic-nlp/biomistral-lora-letters")


def whole_adapter():
    return AutoPeftModelForCausalLM.from_pretrained(f"{conf.ORG}/discharge-lora", revision="v3")


few = SetFitModel.from_pretrained("./checkpoints/setfit")
local = AutoTokenizer.from_pretrained("../shared/tokenizer")
make = partial(AutoTokenizer.from_pretrained, "GerMedBERT/medbert-512")
env = AutoTokenizer.from_pretrained(os.environ.get("CLINIC_TOKENIZER") or "dbmdz/bert-base-german-cased")
open("reports/weekly")

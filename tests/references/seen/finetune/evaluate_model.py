"""Evaluates."""

import evaluate
import torch
from datasets import load_dataset as load
from transformers import AutoModel as Model, BertModel

CHECKPOINTS = ["bert-base-uncased", "roberta-base"]
metric = evaluate.load("accuracy")
squad = load("rajpurkar/squad_v2")
bert = BertModel.from_pretrained("bert-base-cased")
vision = torch.hub.load("pytorch/vision:v0.10.0", "resnet18")
big = Model.from_pretrained("microsoft/deberta-v3-base", revision="v1.0.0")
for name in CHECKPOINTS:
    Model.from_pretrained(name)
print("compare with microsoft/deberta-v3-large")

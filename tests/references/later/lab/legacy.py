# -*- coding: latin-1 -*-
from transformers import *
import transformers as tr
from sentence_transformers import SentenceTransformer
from unsloth import FastLanguageModel

MODEL_CLASSES = {
    "bert": (BertForMaskedLM, BertTokenizer, "bert-base-uncased"),
}
a = tr.AutoModel.from_pretrained("roberta-base")
b = SentenceTransformer("all-MiniLM-L12-v2")
c, d = FastLanguageModel.from_pretrained(model_name="unsloth/Llama-3.2-3B-bnb-4bit", max_seq_length=2048)
name = "SpanBERT/spanbert-base-cased" if a else "SpanBERT/spanbert-large-cased"
e = tr.AutoModel.from_pretrained(name)
options = {"pretrained_model_name_or_path": "vinai/bertweet-base", "revision": "5f3b4c1"}
f = tr.AutoModel.from_pretrained(**options)
g = tr.AutoModel.from_pretrained("%s/%s" % ("allenai", "scibert_scivocab_uncased"))
h = tr.AutoModel.from_pretrained("google/" + "electra-small-discriminator")
i = tr.AutoModel.from_pretrained("{}/{}".format("xlnet", "xlnet-base-cased"))
if (late := "squeezebert/squeezebert-uncased"):
    j = tr.AutoModel.from_pretrained(late)
k = getattr(tr, "AutoModel").from_pretrained("YituTech/conv-bert-small")
l = tr.AutoModel.from_pretrained(r"C:\models\bert")
m = tr.AutoModel.from_pretrained("/srv/models/bert")
n = tr.AutoModel.from_pretrained("checkpoints/run-3/step-500")
p = tr.pipeline("text-generation", model=a)
class Holder:
    """Holds tr.AutoModel.from_pretrained("acme/in-a-docstring")."""
    CHECKPOINT = "studio-ousia/luke-base"
    def __init__(self, fallback="studio-ousia/mluke-base"):
        self.main = tr.LukeModel.from_pretrained(self.CHECKPOINT)
        self.other = tr.LukeModel.from_pretrained(fallback)

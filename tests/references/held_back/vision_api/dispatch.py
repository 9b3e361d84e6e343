from transformers import AutoModel, AutoTokenizer

MODELS = {
    "small": "microsoft/MiniLM-L12-H384-uncased",
    "large": "microsoft/mpnet-base",
}
ROUTES = {"v1/detect": "detect", "v1/caption": "caption"}
SIZE = "small"


def get(size="small", flag=False):
    name = "albert-base-v2" if flag else "albert/albert-large-v2"
    tok = AutoTokenizer.from_pretrained(name)
    return AutoModel.from_pretrained(MODELS[size]), tok


def remote(config):
    return AutoModel.from_pretrained(config["model"])


def version(tag: str):
    return AutoModel.from_pretrained(
        "google/vit-base-patch16-224",
        revision=tag,
    )


def walrus():
    if (repo := "facebook/dinov2-small"):
        return AutoModel.from_pretrained(repo)
    return None


def percent():
    return AutoModel.from_pretrained("%s/%s" % ("facebook", "dinov2-base"))


def formatted():
    return AutoModel.from_pretrained("{}/{}".format("facebook", "dinov2-large"))

"""The index."""

from huggingface_hub import HfApi, hf_hub_download, snapshot_download
from langchain_huggingface import HuggingFaceEmbeddings, HuggingFaceEndpoint

OWNER = "acme-lab"
NAME = "tiny-reranker"
SHA = "0123456789abcdef0123456789abcdef01234567"

weights = hf_hub_download(repo_id=f"{OWNER}/{NAME}", filename="model.safetensors", revision=SHA)
folder = snapshot_download("intfloat/multilingual-e5-small", allow_patterns=["onnx/*"])
questions = hf_hub_download("acme-lab/faq-fr", "faq.jsonl", repo_type="dataset")
corpus = snapshot_download(
    repo_type="dataset",
    repo_id="wikimedia/wikipedia",
    revision="v1.2",
)
space = hf_hub_download("acme-lab/demo-space", "app.py", repo_type="space")
vectors = HuggingFaceEmbeddings(model_name="thenlper/gte-small")
endpoint = HuggingFaceEndpoint(
    repo_id="mistralai/Mistral-7B-Instruct-v0.3",
    task="text-generation",
    max_new_tokens=256,
)
api = HfApi(token="hf_notARealToken")
api.upload_folder(folder_path="out/index", repo_id="acme-lab/our-index", repo_type="dataset")
api.create_repo("acme-lab/our-new-model", private=True)

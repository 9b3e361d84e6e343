from sagemaker.huggingface import HuggingFaceModel

hub = {
    "HF_MODEL_ID": "sentence-transformers/all-distilroberta-v1",
    "HF_TASK": "feature/extraction",
}
role = "arn:aws:iam::0:role/acme/sagemaker"
endpoint = HuggingFaceModel(env=hub, role=role, transformers_version="4.37")

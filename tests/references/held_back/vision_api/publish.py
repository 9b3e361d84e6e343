"""Publishes the result; nothing here is used by the service."""

from datasets import Dataset
from huggingface_hub import HfApi, ModelCard, Repository, create_branch, upload_file

TARGET = "acme-lab/poster-xl"
api = HfApi()
api.create_repo(repo_id=TARGET, exist_ok=True)
create_branch(TARGET, branch="release/1.0")
upload_file(path_or_fileobj="out/unet.pt", path_in_repo="unet/model.pt", repo_id="acme-lab/poster-unet")
card = ModelCard("license: mit\nSee acme-lab/poster-xl")
Dataset.from_dict({"a": [1]}).push_to_hub("acme-lab/poster-data")
repo = Repository("work/poster", clone_from="acme-lab/poster-work")
api.delete_repo("acme-lab/poster-old")
SEE = "https://huggingface.co/acme-lab/poster-xl"
WEBHOOK = "hooks.example.com/services/T000"
COMMIT_MESSAGE = "feat/poster: use acme-lab/poster-xl"

"""A small world of repositories, every text in it written for these tests.

License texts proper are taken at test time from an installed package or from ../shared; where neither has
one, a short text of ours that only names the license stands in.
"""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from hub.repos import Repo, Weights

OPEN = "acme/open-7b"
GATED = "bigcorp/gated-8b"
FINETUNE = "tuner/clean-looking-8b"
CONFLICT = "mixed/apache-card-nc-file"
SWAPPED = "mixed/nc-card-apache-file"
BROKEN = "messy/broken-card"
UNLICENSED = "quiet/no-license"
NAMED = "custom/other-license"
LISTED = "custom/list-license"
RENAMED = "acme/new-name"
OLD_NAME = "acme-old/old-name"
DIFFUSION = "studio/painter"
BARE = "quiet/no-readme"
HUGE = "giant/many-files"
PRIVATE = "inhouse/secret-7b"
DATASET_OPEN = "acme/open-text"
DATASET_NC = "scrapers/nc-text"
GOOD_TOKEN = "hf_good"
POOR_TOKEN = "hf_poor"

_NOT_HERE = "This repository is under the terms of {}. The full text is not part of this fixture.\n"
_WEIGHTS = (Weights("model.safetensors", 15_000_000_000),)
_OPEN_CARD = """---
license: apache-2.0
library_name: transformers
pipeline_tag: text-generation
datasets:
- acme/open-text
- scrapers/nc-text
---
# Open 7B

A language model trained by Acme.

## Training data

We trained on two corpora, both listed above.

## Evaluation

See the table of results.
"""


def apache_text() -> str:
    """The Apache License 2.0, from an installed package that is under it."""
    return _installed("huggingface_hub", "licenses/LICENSE") or _NOT_HERE.format("Apache-2.0")


def mit_text() -> str:
    """The MIT License, from an installed package that is under it."""
    return _installed("pydantic", "licenses/LICENSE") or _NOT_HERE.format("MIT")


def nc_text() -> str:
    """CC-BY-NC-4.0, from ../shared."""
    file = Path(__file__).resolve().parents[3] / "shared" / "licenses-set" / "spdx" / "CC-BY-NC-4.0.txt"
    return file.read_text(encoding="utf-8") if file.is_file() else _NOT_HERE.format("CC-BY-NC-4.0")


def _installed(package: str, ending: str) -> str | None:
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        return None
    found = next((file for file in files if str(file).endswith(ending)), None)
    return found.read_text(encoding="utf-8") if found else None


def card(front: str, body: str = "# A model\n\nWritten for a test.\n") -> str:
    """A card: front matter without its fences, and prose."""
    return f"---\n{front.strip()}\n---\n{body}"


def world() -> list[Repo]:
    """Every repository of the small world; weights are rows only."""
    return [*_plain(), *_restricted(), *_messy(), *_shapes(), *_datasets()]


def huge(files: int = 20_000) -> Repo:
    """A repository with very many files."""
    names = {f"shards/part-{number:05}.txt": b"x" for number in range(files)}
    return Repo(
        HUGE, files=names | {"README.md": card("license: mit").encode(), "LICENSE": mit_text().encode()}
    )


def _plain() -> list[Repo]:
    return [
        Repo(
            OPEN,
            files={
                "README.md": _OPEN_CARD,
                "LICENSE": apache_text(),
                "config.json": '{"model_type": "llama", "architectures": ["LlamaForCausalLM"]}',
            },
            weights=_WEIGHTS,
            revisions=("v1.0", "refs/pr/1", "feature/x"),
            info={"safetensors": {"parameters": {"BF16": 7_000_000_000}, "total": 7_000_000_000}},
        ),
        Repo(
            RENAMED,
            files={"README.md": card("license: mit"), "LICENSE": mit_text()},
            weights=_WEIGHTS,
            aliases=(OLD_NAME,),
        ),
        Repo(PRIVATE, files={"README.md": card("license: mit")}, weights=_WEIGHTS, private=True),
    ]


def _restricted() -> list[Repo]:
    gate = {"extra_gated_prompt": "You agree to the community terms.", "license": "llama3.1"}
    terms = "Community terms. You must follow our acceptable use policy.\n"
    return [
        Repo(
            GATED,
            files={
                "README.md": card("license: llama3.1"),
                "LICENSE": terms,
                "USE_POLICY.md": "Do no harm.\n",
            },
            weights=_WEIGHTS,
            gated="manual",
            card_data=gate,
        ),
        Repo(
            FINETUNE,
            files={
                "README.md": card(f"license: apache-2.0\nbase_model: {GATED}"),
                "LICENSE": apache_text(),
            },
            weights=_WEIGHTS,
        ),
        Repo(
            CONFLICT,
            files={"README.md": card("license: apache-2.0"), "LICENSE": nc_text()},
            weights=_WEIGHTS,
        ),
        Repo(
            SWAPPED,
            files={"README.md": card("license: cc-by-nc-4.0"), "LICENSE": apache_text()},
            weights=_WEIGHTS,
        ),
    ]


def _messy() -> list[Repo]:
    other = "license: other\nlicense_name: acme-terms\nlicense_link: TERMS.md"
    return [
        Repo(BROKEN, files={"README.md": "---\nlicense: mit\n\ttags: [a\n---\n# Broken\n"}, weights=_WEIGHTS),
        Repo(UNLICENSED, files={"README.md": "# Quiet\n\nA model, nothing said.\n"}, weights=_WEIGHTS),
        Repo(NAMED, files={"README.md": card(other), "TERMS.md": "Our own terms.\n"}, weights=_WEIGHTS),
        Repo(LISTED, files={"README.md": card("license:\n- llama2\n- mit")}, weights=_WEIGHTS),
    ]


def _shapes() -> list[Repo]:
    parts = ("vae", "unet", "text_encoder")
    return [
        Repo(
            DIFFUSION,
            files={
                "README.md": card("license: apache-2.0\nlibrary_name: diffusers"),
                "LICENSE": apache_text(),
                "vae/LICENSE": mit_text(),
                "model_index.json": '{"_class_name": "StableDiffusionPipeline"}',
            },
            weights=tuple(Weights(f"{part}/diffusion_pytorch_model.safetensors", 10**9) for part in parts),
        ),
        Repo(BARE, files={"LICENSE": mit_text()}, weights=_WEIGHTS),
    ]


def _datasets() -> list[Repo]:
    return [
        Repo(
            DATASET_OPEN,
            kind="datasets",
            files={"README.md": card("license: cc-by-4.0"), "data.txt": "text\n"},
        ),
        Repo(DATASET_NC, kind="datasets", files={"README.md": card("license: cc-by-nc-4.0")}),
    ]

#!/usr/bin/env python3
import argparse
import subprocess

import click
import typer
import wandb
from datasets import load_dataset
from huggingface_hub import HfApi, create_repo, hf_hub_download, snapshot_download
from transformers import AutoModel, AutoModelForMaskedLM, TrainingArguments
from typing_extensions import Annotated

app = typer.Typer()


@app.command()
def fit(
    base: str = typer.Option("microsoft/deberta-v3-base", "--base", help="e.g. acme/other-base"),
    out: str = "runs/latest",
    teacher: Annotated[str, typer.Option()] = "microsoft/deberta-v3-large",
):
    AutoModelForMaskedLM.from_pretrained(base)
    AutoModel.from_pretrained(teacher)
    TrainingArguments(output_dir=out, hub_model_id="clinic-nlp/fitted", push_to_hub=True)
    wandb.init(project="clinic/fit")


@click.command()
@click.option("--student", default="nreimers/MiniLM-L6-H384-uncased", show_default=True)
def distil(student):
    AutoModel.from_pretrained(student)


def older():
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--pretrained",
        type=str,
        default="emilyalsentzer/Bio_ClinicalBERT",
    )
    parser.add_argument("--log-dir", default="logs/train")
    args = parser.parse_args()
    AutoModel.from_pretrained(args.pretrained)
    for repo in ("BAAI/bge-base-zh-v1.5", "thenlper/gte-base"):
        snapshot_download(repo)
    hf_hub_download("nomic-ai/nomic-embed-text-v1.5-GGUF", "nomic-embed-text-v1.5.Q4_K_M.gguf")
    hf_hub_download(repo_id="clinic-nlp/letters", filename="dev.jsonl", repo_type="dataset")
    train = load_dataset("bigbio/n2c2_2018_track2", split="train")
    load_dataset("json", data_files="data/notes.json")
    HfApi().upload_folder(folder_path="runs/latest", repo_id="clinic-nlp/fitted")
    create_repo("clinic-nlp/fitted", private=True)
    subprocess.run(["huggingface-cli", "download", "medicalai/ClinicalBERT", "--revision", "8bd1b3f"], check=True)
    return train


def unknown(request):
    return AutoModel.from_pretrained(request.args["model"])

import click
import typer
from pydantic import BaseModel, Field
from sentence_transformers import SentenceTransformer
from transformers import AutoModelForCausalLM, pipeline

app = typer.Typer(help="Runs acme/tool on files")


class Options(BaseModel):
    embedder: str = Field(default="avsolatorio/GIST-small-Embedding-v0", description="like acme/embedder")
    folder: str = Field("data/texts", description="input")


@app.command()
def generate(model: str = typer.Option("stabilityai/stablelm-2-1_6b", help="model"), out: str = "out/text"):
    return AutoModelForCausalLM.from_pretrained(model), out


@click.command()
@click.option("--model", "checkpoint", default="Helsinki-NLP/opus-mt-fr-en", show_default=True)
@click.option("--target", default="out/translation")
def translate(checkpoint, target):
    return pipeline("translation", model=checkpoint), target


options = Options()
encoder = SentenceTransformer(options.embedder)

from absl import flags
from pydantic_settings import BaseSettings
from transformers import AutoModel, pipeline
import click

FLAGS = flags.FLAGS
flags.DEFINE_string("model_name", "google/umt5-small", "for example google/umt5-base")
flags.DEFINE_string("work_dir", "work/dir", "where to")


class Settings(BaseSettings):
    reader_model: str = "deepset/roberta-base-squad2"
    static_root: str = "static/root"


settings = Settings()
reader = pipeline("question-answering", model=settings.reader_model, tokenizer=settings.reader_model)
umt5 = AutoModel.from_pretrained(FLAGS.model_name)


@click.command()
@click.option("--checkpoint", default="deepset/gelectra-base", help="not acme/this")
@click.argument("source", default="data/source")
def main(checkpoint, source):
    return AutoModel.from_pretrained(checkpoint), source

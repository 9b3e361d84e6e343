"""Settings of the note service.

Run it with from_pretrained("acme/never-loaded") to see the help.
"""
from enum import StrEnum
from typing import Annotated, Final, NamedTuple

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings

TIMEZONE: Final = "Europe/Paris"
ORG = "clinic-nlp"
TAGGER: Final[str] = "flair/ner-german-large"


class Encoders(StrEnum):
    SMALL = "intfloat/multilingual-e5-small"
    ACCEPT = "application/json"


class Settings(BaseSettings):
    reranker: str = "mixedbread-ai/mxbai-rerank-base-v1"
    summarizer: str = Field(default="google/pegasus-xsum", alias="SUMMARIZER")
    bucket: str = "clinic/raw-notes"
    deid: Annotated[str, Field(description="who hides names")] = "obi/deid_roberta_i2b2"


class Speech(NamedTuple):
    model: str = "Systran/faster-whisper-medium"
    language: str = "de/DE"


settings = Settings()

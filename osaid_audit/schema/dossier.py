"""The dossier: everything gathered about one subject. Auditing it needs no network."""

from typing import Literal

from pydantic import Field

from osaid_audit.schema.base import Fact, Problem, Record, Text
from osaid_audit.schema.licenses import LicenseBlock, LicenseClass

DOSSIER_VERSION = "1"


class Subject(Record):
    """What is audited. `id` as asked, `canonical_id` as the Hub answers, `revision` the 40-hex commit."""

    id: str
    canonical_id: str
    url: str
    source: Literal["hub", "recorded", "file"]
    revision: str | None = None


class Tool(Record):
    """The program that made the record."""

    name: str
    version: str


class Hop(Record):
    """One base model; depth 1 is a direct base."""

    id: str
    relation: Literal["finetune", "adapter", "merge", "quantized", "unknown"]
    depth: int
    license: str | None = None
    cls: LicenseClass | None = Field(default=None, alias="class")
    problem: str | None = None


class Dataset(Record):
    """A dataset that the model page names."""

    id: str
    role: Literal["training", "evaluation", "unknown"] = "unknown"
    found: bool | None = None
    license: str | None = None
    cls: LicenseClass | None = Field(default=None, alias="class")
    gated: str | None = None
    availability: Literal["open", "public", "obtainable", "unshareable"] | None = None


Part = Literal["training", "data_processing", "evaluation", "inference"]


class CodeRepository(Record):
    """A code repository that the model page links.

    `found` false: the host has no such repository. In `has`, false means that no file of the complete list
    bears such a name; a part that is not there is unknown.
    """

    url: str
    found: bool | None = None
    license: str | None = None
    has: dict[Part, bool] = Field(default_factory=dict)


class Dossier(Record):
    """Facts, their sources and problems of one subject at one commit."""

    schema_version: Literal["1"] = "1"
    tool: Tool
    subject: Subject
    gathered_at: str = Field(description="ISO 8601, UTC")
    endpoint: str
    token_used: bool
    limits: tuple[Text, ...] = ()
    facts: dict[str, Fact]
    license: LicenseBlock = LicenseBlock()
    lineage: tuple[Hop, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    code: tuple[CodeRepository, ...] = ()
    problems: tuple[Problem, ...] = ()

"""The dossier: everything gathered about one subject. Auditing it needs no network."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from osaid_audit.schema.base import Fact, Problem, Record, Text
from osaid_audit.schema.licenses import LicenseBlock, LicenseClass

DOSSIER_VERSION = "1"
MAX_DIGESTS = 512
"""Files of one kind that are listed at most; a subject with more is bound by its commit alone."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Digests(Record):
    """The content that terms and weights stand in, whatever the commit: sha256 of every file, sorted."""

    license: Annotated[tuple[Sha256, ...], Field(min_length=1, max_length=MAX_DIGESTS)] = Field(
        description="of the license, notice and policy files"
    )
    weights: Annotated[tuple[Sha256, ...], Field(min_length=1, max_length=MAX_DIGESTS)] = Field(
        description="of the weight files"
    )


class Subject(Record):
    """What is audited. `id` as asked, `canonical_id` as the Hub answers, `revision` the 40-hex commit.

    `digests` is there only when every license text was read and the Hub gives a hash of every weight file.
    """

    id: str
    canonical_id: str
    url: str
    source: Literal["hub", "recorded", "file"]
    revision: str | None = None
    digests: Digests | None = None


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


class CodeRepository(Record):
    """A code repository that the model page links."""

    url: str
    found: bool | None = None
    license: str | None = None
    has: dict[Literal["training", "data_processing", "evaluation", "inference"], bool] = Field(
        default_factory=dict
    )


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

"""The dossier: everything gathered about one subject. Auditing it needs no network."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from osaid_audit.schema.base import Fact, Freedom, Problem, Record, Source, Text
from osaid_audit.schema.licenses import LicenseBlock, LicenseClass

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

    `digests` is there only when every license text was read and the Hub gives a hash of every weight file,
    `card_sha256` only when README.md was read at this very commit.
    """

    id: str
    canonical_id: str
    url: str
    source: Literal["hub", "recorded", "file"]
    revision: str | None = None
    digests: Digests | None = None
    card_sha256: Sha256 | None = None


class Tool(Record):
    """The program that made the record."""

    name: str
    version: str


class Hop(Record):
    """One base model as one model declares it; depth 1 is a direct base.

    A base of several models stands under each of them, its own bases under the first alone. `via` is the
    `id` of the hop it is a base of, absent at depth 1; hops follow the one they are a base of.
    """

    id: str
    relation: Literal["finetune", "adapter", "merge", "quantized", "unknown"]
    depth: int
    via: str | None = Field(default=None, description="the hop it is a base of; absent at depth 1")
    license: str | None = None
    cls: LicenseClass | None = Field(default=None, alias="class")
    breaks: tuple[Freedom, ...] = Field(default=(), description="the freedoms its terms take away")
    revision: str | None = Field(default=None, description="the commit at which it was read")
    terms_sha256: Sha256 | None = Field(
        default=None, description="over its license files and license keys; left out when not all was read"
    )
    problem: str | None = Field(default=None, description="why its terms, or its bases, are not known")
    hint: Source | None = Field(default=None, description="where it is hinted at, when nobody declares it")


class Dataset(Record):
    """A dataset that the model page names.

    `how`: declared in the metadata, linked in the prose, a corpus named there, or in published results;
    `described`: it has a card of its own.
    """

    id: str
    role: Literal["training", "evaluation", "unknown"] = "unknown"
    how: Literal["declared", "linked", "named", "results"] | None = None
    found: bool | None = None
    license: str | None = None
    cls: LicenseClass | None = Field(default=None, alias="class")
    gated: str | None = None
    availability: Literal["open", "public", "obtainable", "unshareable"] | None = None
    described: bool | None = None


Part = Literal["training", "data_processing", "evaluation", "inference"]


CodeStanding = Literal["own", "linked", "mentioned"]


class CodeRepository(Record):
    """A code repository that the model page links.

    `standing`: the page claims it as the model's own code, links it where it speaks of code, or mentions it.
    `found` false: the host has no such repository. In `has`, false means that no file of the complete list
    bears such a name; a part that is not there is unknown.
    """

    url: str
    standing: CodeStanding | None = None
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

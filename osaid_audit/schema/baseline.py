"""The baseline file: alerts that were known when a code base began to be checked."""

from typing import Literal

from pydantic import Field

from osaid_audit.schema.base import Record
from osaid_audit.schema.dossier import Sha256
from osaid_audit.schema.lock import Short


class Known(Record):
    """One alert that does not gate. What stands beside the fingerprint is for people."""

    fingerprint: Sha256 = Field(description="of the alert: over check, model and file")
    check: Short = Field(description="what does not hold")
    model: Short = Field(description="the model it is held against")
    file: Short | None = Field(default=None, description="where that is named; left out by `audit`")


class Baseline(Record):
    """The whole file; sorted by file, model and check, each fingerprint once."""

    schema_version: Literal["1"] = Field(default="1", description="of this form")
    alerts: tuple[Known, ...] = Field(default=(), description="what is known")

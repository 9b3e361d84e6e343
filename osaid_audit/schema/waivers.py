"""Waivers as reports show them. The file they are written in: `schema/policy.py`."""

from typing import Literal

from pydantic import Field

from osaid_audit.schema.base import Record, Text

Reason = Literal[
    "not-applicable",
    "evidence-elsewhere",
    "accepted-risk",
    "tool-error",
    "commercial-license-acquired",
    "pending-fix",
]
"""Why a finding is accepted: a closed list, so that waivers can be counted and reviewed."""


class ReportedWaiver(Record):
    """A waiver as every format shows it."""

    rule: str = Field(description="the rule id or check")
    model: str = Field(description="as written, with its * and ?")
    revision: str | None = Field(default=None, description="the commit it speaks of")
    reason: Reason = Field(description="why it is accepted")
    statement: str = Field(description="the reason in a sentence")
    reviewer: str = Field(description="who accepts it; as written in the file, not checked")
    evidence: str | None = Field(default=None, description="where that can be read")
    expires: str = Field(description="the last day it holds, YYYY-MM-DD")
    state: Literal["used", "expired", "unused"] = Field(
        description="used: it accepts something; expired: that counts again; unused: nothing needs it"
    )
    why: Text | None = Field(default=None, description="what became of it, in a sentence")

"""One model among many: a row of the index page, and of every table of a batch."""

from typing import Self

from pydantic import Field, model_validator

from osaid_audit.schema.base import Record, Text

_ANSWERS = ("label", "label_title", "label_at_most", "verdict", "verdict_title")


class Row(Record):
    """What is said of one model in one line; of a model that could not be audited only why.

    Raises ValueError when it has both a problem and an answer: what was not read has no verdict.
    """

    id: str = Field(description="the id that the Hub answers to; of a failed audit the model as it was named")
    revision: str | None = Field(default=None, description="the commit that was audited")
    label: str | None = Field(
        default=None, description="the G7 rung, or undetermined; left out when not asked"
    )
    label_title: Text | None = Field(default=None, description="`label` in words")
    label_at_most: str | None = Field(default=None, description="the highest rung not excluded")
    verdict: str | None = Field(default=None, description="of the leading norm; left out when none was asked")
    verdict_title: Text | None = Field(
        default=None, description="`verdict` in words; a conformity on whose word"
    )
    license: str | None = Field(
        default=None, description="the id concluded for its own terms, else the first declared, as written"
    )
    blocking: Text | None = Field(default=None, description="what stands in the way, in a sentence or two")
    inherited: str | None = Field(default=None, description="the first base whose terms take a freedom away")
    unread: Text | None = Field(default=None, description="what did not answer; the answers rest on the rest")
    problem: Text | None = Field(default=None, description="why it could not be audited, and the next step")

    @model_validator(mode="after")
    def _no_answer_without_an_audit(self) -> Self:
        if self.problem and any(getattr(self, name) is not None for name in _ANSWERS):
            raise ValueError("a model that could not be audited has no answer")
        return self

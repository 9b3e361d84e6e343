"""Answers about license texts: one of each kind."""

from license_texts import APACHE

from osaid_audit.licenses import Reading, read_license
from osaid_audit.schema.licenses import Identification, Residual

CHANGED = Identification(
    match="modified",
    id="LicenseRef-MIT-modified-0123456789ab",
    name="MIT License (modified)",
    base="MIT",
    similarity=0.914,
    leads=("research_only",),
    residual=(
        Residual(words="for research\x1b[31m only", first_line=7, last_line=9, clauses=("research_only",)),
        Residual(first_line=12, last_line=12, missing=1),
        Residual(first_line=14, last_line=14, missing=3),
    ),
)
NEAR = CHANGED.model_copy(update={"match": "near", "residual": (), "similarity": 0.99})
HOLDING = Residual(words="a second license", first_line=20, last_line=60, holds=("CC-BY-NC-4.0",), missing=2)
SEVERAL = Identification(
    match="exact", id="MIT AND Apache-2.0", ids=("MIT", "Apache-2.0"), cls="custom-unknown", similarity=1.0
)


def exact(license_id: str, **known: object) -> Identification:
    return Identification(match="exact", id=license_id, similarity=1.0, **known)


ANSWERS = (
    Reading(CHANGED),
    Reading(CHANGED.model_copy(update={"residual": CHANGED.residual[:1] * 42})),
    Reading(CHANGED.model_copy(update={"residual": (HOLDING,), "alike": ("JSON",)})),
    Reading(CHANGED.model_copy(update={"base": "JSON", "alike": ("MIT", "X11")})),
    Reading(Identification(match="unknown"), language="zh"),
    Reading(NEAR),
    read_license((APACHE + "\n").encode() * 40),
    Reading(NEAR.model_copy(update={"base": "LicenseRef-llama-3.2"})),
    Reading(SEVERAL),
    Reading(exact("MIT", cls="osi", osi_approved=True)),
    Reading(exact("CC0-1.0", cls="open-not-osi", osi_approved=False)),
    Reading(exact("LicenseRef-llama-3.2", cls="use-restricted", osi_approved=False, breaks=("use",))),
    Reading(exact("LicenseRef-falcon-llm-license", cls="custom-unknown")),
    read_license(b"This model is released under the Apache License 2.0."),
    read_license(b"You may use it\nsolely for research purposes."),
    read_license(b"Les \xe9tudiants"),
)

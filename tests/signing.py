"""Reviewers for the tests: drafts are filled in as a person would, signed, and given to an audit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

PROOF = {"url": "https://acme.example/report", "quote": "a phrase that stands there"}


def answer(
    draft: str, skip: tuple[str, ...] = ("lineage.accepted",), no: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The draft with every question answered yes (or no), with evidence, by nobody yet."""
    filled: dict[str, Any] = yaml.safe_load(draft)
    filled["statements"] = [
        {"fact": each["fact"], "value": each["fact"] not in no, "evidence": [dict(PROOF)]}
        for each in filled["statements"]
        if each["fact"] not in skip
    ]
    return filled


def sign(
    filled: dict[str, Any], name: str = "Ada Exemple", date: str = "2025-01-20", **more: Any
) -> dict[str, Any]:
    """The same under a name and a day."""
    return {**filled, "reviewer": {"name": name}, "date": date, "signed": True, **more}


def correction(fact: str, value: Any, **contradicts: Any) -> dict[str, Any]:
    """A statement about an ordinary fact, with the source it overrides."""
    stated = {"fact": fact, "value": value, "evidence": [dict(PROOF)]}
    return {**stated, "contradicts": contradicts} if contradicts else stated


def keeper(folder: Path) -> Callable[..., Path]:
    """Writes attestations into the folder, each under a name of its own."""

    def keep(record: dict[str, Any], name: str = "signed.yaml") -> Path:
        path = folder / name
        path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path

    return keep

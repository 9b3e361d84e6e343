"""Ids are split."""

from app.ids import split


def test_split():
    assert split("bigscience/bloom-560m") == ("bigscience", "bloom-560m")
    assert split("gpt2") == (None, "gpt2")


def test_report():
    assert {"text": "see facebook/opt-125m"}["text"]

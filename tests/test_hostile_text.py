"""Hostile texts cost no more than their length: processor time, on inputs that may make a reader stall."""

from time import process_time

import pytest

from osaid_audit import licenses
from osaid_audit.gather.reading.prose.card import read_card
from osaid_audit.gather.reading.prose.frontmatter import read_front_matter
from osaid_audit.gather.reading.prose.licensetexts import readable_text

UNITS = {
    "scripts": "<script>",
    "half-closed scripts": "<script >x</scrip",
    "closed scripts": "<script>x</script>",
    "comments": "<!--",
    "half-closed comments": "<!-- x --",
    "tags": "<a ",
    "quoted tags": '<a href="',
    "rows": "| a ",
    "cells": "<td>",
    "entities": "&amp",
    "ampersands": "&",
    "numbers": "&#",
    "links": "[x](" + "a" * 895,
    "pictures": "![x](" + "a" * 895,
    "brackets": "[",
    "headings": "<h1>x",
    "marks": "**_",
    "license names": "cc-by-",
    "words of terms": "non-commercial ",
    "blanks": " ",
    "lines": "\n",
}
READERS = {
    "page": lambda text: readable_text(f"<html>{text}".encode()),
    "text": lambda text: readable_text(text.encode()),
    "card": read_card.__wrapped__,
    "body": lambda text: read_front_matter.__wrapped__(text.encode()),
    "front matter": lambda text: read_front_matter.__wrapped__(f"---\n{text}\n---\n".encode()),
    "clauses": licenses.find_clauses,
    "mentions": licenses.find_mentions,
}


def seconds(reader, text):
    start = process_time()
    READERS[reader](text)
    return process_time() - start


@pytest.mark.parametrize("unit", UNITS)
def test_no_reader_stalls_on_300_kb(unit):
    text = UNITS[unit] * (300_000 // len(UNITS[unit]))
    assert {reader: took for reader in READERS if (took := seconds(reader, text)) >= 1} == {}


@pytest.mark.parametrize("unit", ["scripts", "half-closed scripts", "comments", "quoted tags", "pictures"])
def test_no_reader_stalls_on_a_megabyte(unit):
    text = UNITS[unit] * (1_000_000 // len(UNITS[unit]))
    assert {reader: took for reader in READERS if (took := seconds(reader, text)) >= 1} == {}


def test_very_many_keys_are_read_in_one_pass():
    keys = "".join(f"k{number}: x\n" for number in range(25_000))
    assert seconds("front matter", keys) < 1


def test_scripts_hide_nothing_but_themselves():
    """Reading in one pass says the same as reading with care."""
    page = b"<html><style>p{}</style><p>One</p>\n<SCRIPT type=x>var a = 1;</SCRIPT\n>Two<script>Three"
    assert readable_text(page).split() == ["One", "Two", "Three"]
    assert readable_text(b"<html><p>One</p><scripture>Two</scripture>").split() == ["One", "Two"]

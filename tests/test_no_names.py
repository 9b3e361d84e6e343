"""No verdict from a name: no rule, clause or pattern names a model or its maker (design §2.5).

License entries, published opinions, the tables of libraries, hosted services, corpora and first names
name things by their nature; none of them makes a verdict on a model by its name.
"""

import csv
import re
from pathlib import Path

import pytest

from osaid_audit.gather.reading.subject import is_model_id

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
TABLES = (
    "licenses/",
    "opinions/",
    "references/calls.yaml",
    "references/services.yaml",
    "references/calls.yaml",
    "hosted.yaml",
    "libraries.yaml",
    "corpora.yaml",
    "holders.yaml",
)
ORDINARY = frozenset({"other", "unknown", "community", "open", "data", "model", "models", "apache", "mit"})
"""Organizations of the sample whose name is an ordinary word of these files."""
SHORTEST = 4
A_FORM_FIELD = "google scholar"
"""Asked for in the forms of gates; a site, not a maker of models here."""


def judging():
    """The files that decide: rules, frameworks, clauses, words; and the code that reads, scans and judges."""
    rules = (ROOT / "rules").rglob("*.yaml")
    yield from (file for file in rules if not str(file.relative_to(ROOT / "rules")).startswith(TABLES))
    for room in ("gather", "evaluate", "scan"):
        yield from (ROOT / "osaid_audit" / room).rglob("*.py")


def names():
    """Every id of the sample in three forms: whole, organization, repository name."""
    found = set()
    for file in (SHARED / "corpus" / "index.csv", SHARED / "truth" / "dev.csv"):
        with file.open(encoding="utf-8", newline="") as table:
            found |= {row["hf_id"] for row in csv.DictReader(table)}
    ids = {name for name in found if "/" in name and is_model_id(name)}
    parts = {part for name in ids for part in name.split("/")}
    return {name.lower() for name in ids | parts if len(name) >= SHORTEST} - ORDINARY


def named(text, wanted):
    """Which of the names stand in a text as words of their own."""
    words = set(re.findall(r"[\w.-]+(?:/[\w.-]+)?", text.lower().replace(A_FORM_FIELD, "")))
    parts = {part for word in words for part in (word, *word.split("/"), word.rstrip("."))}
    return sorted(parts & wanted)


def test_nothing_that_judges_names_a_model_or_its_maker():
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout: its sample of ids is needed")
    wanted = names()
    assert len(wanted) > 300
    hits = {
        str(file.relative_to(ROOT)): found
        for file in judging()
        if (found := named(file.read_text(encoding="utf-8"), wanted))
    }
    assert hits == {}


def test_the_search_finds_what_it_looks_for():
    assert named("owner.startswith('acme-ai') and 'acme-ai/kiwi-7b'", {"acme-ai", "acme-ai/kiwi-7b"}) == [
        "acme-ai",
        "acme-ai/kiwi-7b",
    ]
    assert named("an ordinary sentence", {"acme-ai"}) == []

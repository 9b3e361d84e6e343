"""Every real card goes through the reading part: no crash, no invented license."""

import csv
from pathlib import Path

import pytest
from raw_samples import gathered, raw, repository

from osaid_audit.gather import assemble, dossier_json, read_dossier
from osaid_audit.gather.reading.prose.frontmatter import read_front_matter
from osaid_audit.schema.dossier import Dossier

CARDS = ("hf_card", "hf_card_rebuilt", "upstream_card")
SAID = {"declared", "name", "link", "tag", "misspelt", "gate", "prose"}


@pytest.fixture(scope="module")
def dossiers(shared: Path) -> dict[str, Dossier]:
    """One dossier per card; the listing (card and one weight file) is synthetic."""
    with (shared / "corpus" / "index.csv").open(encoding="utf-8", newline="") as rows:
        cards = [row for row in csv.DictReader(rows) if row["kind"] in CARDS]
    return {
        row["file"]: _dossier(row["hf_id"], (shared / "corpus" / row["file"]).read_bytes()) for row in cards
    }


def _dossier(hf_id: str, body: bytes) -> Dossier:
    keys = dict(read_front_matter(body).mapping())
    subject = repository(None, {"cardData": keys}, {"README.md": raw("README.md", body)}, name=hf_id)
    return assemble(gathered(subject))


def test_every_card_gives_a_dossier_that_can_be_read_back(dossiers):
    assert len(dossiers) > 200
    for file, dossier in dossiers.items():
        assert read_dossier(dossier_json(dossier)) == dossier, file


def test_no_license_is_invented(dossiers, shared):
    """Whatever is concluded as a known license was said on the page: in its metadata or in its prose."""
    for file, dossier in dossiers.items():
        concluded = dossier.license.concluded
        if concluded is not None:
            assert dossier.license.declared, file
            lines = [
                each.source.line for each in dossier.license.declared if each.source and each.source.line
            ]
            text = (shared / "corpus" / file).read_text(encoding="utf-8", errors="replace")
            assert all(1 <= line <= text.count("\n") + 1 for line in lines), file


def test_a_card_without_words_about_terms_concludes_nothing_open(dossiers, shared):
    for file, dossier in dossiers.items():
        text = (shared / "corpus" / file).read_text(encoding="utf-8", errors="replace").lower()
        if "licen" not in text and dossier.license.concluded is not None:
            assert dossier.license.concluded.cls not in {"osi", "open-not-osi"}, file


def test_no_real_card_refuses_to_describe_its_data(dossiers):
    """A false refusal is a false breach; none of these cards refuses in so many words."""
    assert [file for file, dossier in dossiers.items() if "data.withheld" in dossier.facts] == []


@pytest.mark.parametrize(
    "name",
    ["mistralai__Mixtral-8x7B-v0.1", "EleutherAI__pythia-1.4b", "LLM360__Amber", "RedHatAI__gpt-oss-20b",
     "google-bert__bert-base-uncased"],
)  # fmt: skip
def test_open_families_are_read_without_doubt(dossiers, name):
    facts = dossiers[f"{name}/README.md"].facts
    assert facts["license.class"].value == "osi"
    assert "lineage.undecided" not in facts


@pytest.mark.parametrize(
    "name",
    ["google__gemma-2b", "codellama__CodeLlama-7b-hf", "runwayml__stable-diffusion-v1-5",
     "bartowski__Llama-3.2-3B-Instruct-GGUF", "RedHatAI__Llama-4-Scout-17B-16E-Instruct"],
)  # fmt: skip
def test_restricted_families_are_never_open(dossiers, name):
    assert dossiers[f"{name}/README.md"].facts["license.class"].value == "use-restricted"


def test_a_copied_card_does_not_describe_the_copy(dossiers):
    assert "data.described" in dossiers["google-bert__bert-base-uncased/README.md"].facts
    assert "data.described" not in dossiers["QuantFactory__Meta-Llama-3-8B-Instruct-GGUF/README.md"].facts

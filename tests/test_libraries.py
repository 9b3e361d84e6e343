"""What the library that runs a model shows: inference code, openly licensed, that is not the model's own."""

from pathlib import Path

import pytest
import yaml
from raw_samples import card, gathered, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.reading.code.codelinks import code_links
from osaid_audit.gather.reading.files.libraries import libraries
from osaid_audit.gather.reading.repository.page import read_page

LIBRARIES = yaml.safe_load((Path(__file__).parent / "code_linked.yaml").read_text(encoding="utf-8"))[
    "libraries"
]
ROWS = ({"rfilename": "model.safetensors", "size": 10**9},)


def facts(name):
    """What is known of the inference code of a model that names this library."""
    files = {"config.json": '{"architectures": ["Pear"]}'}
    found = assemble(gathered(repository(card("# Pear\n"), {"library_name": name}, files, ROWS))).facts
    return {key: found[key].value for key in ("code.inference_found", "code.inference_osi") if key in found}


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_named_library_is_openly_licensed_inference_code(name):
    assert (
        facts(name)
        == facts(f" {name.upper()} ")
        == {
            "code.inference_found": True,
            "code.inference_osi": True,
        }
    )
    assert facts(f"{name}-pear") == {}


@pytest.mark.parametrize(("name", "url"), LIBRARIES.items())
def test_the_repository_of_a_library_is_no_model_s_code(name, url):
    linked = code_links(read_page(repository(card(f"# Pear\n\nCode: {url}\n\nSee the code: {url}-pear\n"))))
    assert [each.url for each in linked] == [f"{url}-pear"], name


def test_every_library_of_the_table_is_among_these():
    assert len(LIBRARIES) > 20
    assert set(libraries()) == set(LIBRARIES)

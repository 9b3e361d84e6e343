"""License keys that count for less: misspelt, or said by the Hub's reply alone."""

import pytest
from hub.world import apache_text
from raw_samples import card, gathered, repository

from osaid_audit.gather import assemble
from osaid_audit.gather.reading.repository.keys import key_meant

PROSE = "# A model\n\nA small model for the study of text, made by a school.\n"
SILENT = card(PROSE, language="en")


def read(text, files=None, **info):
    found = assemble(gathered(repository(text, info, files)))
    return {name: fact.value for name, fact in found.facts.items()}, found.problems


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        *[(key, "license") for key in ("licence", "License", "LICENSE", "licenses", "-license", "lisence")],
        *[(key, "license") for key in ("liscense", "licens", "model_license", "Lizenz", "license_id",
        "license ")],
        *[(key, "license_name") for key in ("license-name", "licence_name", "licensename", "License Name")],
        *[(key, "license_link") for key in ("license-link", "licence_link", "license_url")],
        *[(key, None) for key in ("license", "license_name", "license_link", "language", "licensee",
        "silence")],
        *[(key, None) for key in ("base_model", "license_plates", "", "x" * 500)],
    ],
)  # fmt: skip
def test_a_misspelt_key_is_known_for_what_was_meant(key, meant):
    assert key_meant(key) == meant


@pytest.mark.parametrize("key", ["licence", "License", "licenses"])
def test_a_misspelt_key_is_told_with_its_remedy_and_never_ignored(key):
    found, (problem,) = read(f"---\nlicense: mit\n{key}: cc-by-nc-4.0\n---\n{PROSE}")
    assert (found["license.class"], found["license.read_all"]) == ("custom-unknown", True)
    assert "license.consistent" not in found
    assert (problem.what, problem.state, problem.line) == ("README.md", "malformed", 3)
    assert (f"'{key}'" in problem.why.en, "'license'" in problem.next.en) == (True, True)
    assert "« license »" in problem.next.fr


def test_a_misspelt_open_license_changes_no_class_but_agrees_with_nothing():
    found, problems = read(card(PROSE, license="mit", licence="mit"))
    assert found["license.class"] == "osi"
    assert "license.consistent" not in found
    assert len(problems) == 1
    plain, problems = read(card(PROSE, license="mit"))
    assert (plain["license.consistent"], problems) == (True, ())


def test_a_misspelt_key_alone_grants_nothing_and_rules_nothing_out():
    found, _ = read(card(PROSE, licence="mit"))
    assert {"license.class", "license.grant_found"}.isdisjoint(found)
    assert read(card(PROSE, licence="cc-by-nc-4.0"))[0]["license.class"] == "custom-unknown"
    assert read(SILENT)[0]["license.class"] == "none"


def test_a_misspelt_key_lifts_no_restriction():
    found, _ = read(card(PROSE, license="cc-by-nc-4.0", licence="mit"))
    assert found["license.class"] == "noncommercial"


def test_the_words_of_a_template_say_nothing():
    """A trainer writes `licence: license` into every card."""
    found, _ = read(card(PROSE, license="mit", licence="license"))
    assert (found["license.class"], found["license.consistent"]) == ("osi", True)
    assert "license.grant_found" not in read(card(PROSE, licence="license"))[0]


REPLY = ({"cardData": {"license": "apache-2.0"}}, {"tags": ["license:apache-2.0"]})
STRICT = ({"cardData": {"license": "cc-by-nc-4.0"}}, {"tags": ["license:cc-by-nc-4.0"]})


@pytest.mark.parametrize("info", REPLY)
@pytest.mark.parametrize("text", [SILENT, PROSE, None])
def test_what_the_reply_says_alone_opens_nothing(text, info):
    found, _ = read(text, **info)
    assert found["license.class"] == "custom-unknown"
    assert "license.consistent" not in found


@pytest.mark.parametrize("info", STRICT)
@pytest.mark.parametrize("text", [SILENT, PROSE, None])
def test_what_the_reply_says_alone_may_restrict(text, info):
    assert read(text, **info)[0]["license.class"] == "noncommercial"


@pytest.mark.parametrize("info", REPLY)
def test_what_the_card_or_the_text_bears_out_counts(info):
    found, _ = read(card(PROSE, license="apache-2.0"), **info)
    assert (found["license.class"], found["license.consistent"]) == ("osi", True)
    assert read(SILENT, {"LICENSE": apache_text()}, **info)[0]["license.class"] == "osi"

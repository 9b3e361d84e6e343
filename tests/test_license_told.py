"""What is told of one text or name: several licenses in a file, too large a file, names, expressions."""

import json

import pytest
from door import osaid_audit
from hub.world import mit_text
from license_texts import APACHE

from osaid_audit.licenses import read_license
from osaid_audit.render.license import license_json, license_text

MIT = mit_text()


def test_two_open_licenses_in_one_file_are_not_called_approved_nor_free_of_clauses():
    answer = json.loads(license_json(read_license(f"{MIT}\n\n{APACHE}".encode())))
    assert sorted(answer["ids"]) == ["Apache-2.0", "MIT"]
    assert answer["class"] == "custom-unknown"
    assert not {"osi_approved", "breaks", "clauses"} & set(answer)
    alone = json.loads(license_json(read_license(MIT.encode())))
    assert (alone["class"], alone["osi_approved"], alone["breaks"]) == ("osi", True, [])


def test_a_file_too_large_to_be_read_whole_is_told_by_its_beginning():
    reading = read_license((MIT + "\n").encode() * 5000)
    told = license_text(reading, "en", 400, "9")
    assert told.startswith("This file is too large to be read whole. It begins like MIT License (MIT);")
    assert ("similarity" in told, "similarity" in json.loads(license_json(reading))) == (False, False)
    changed = read_license(MIT.replace("free of charge", "for a fee").encode())
    assert "similarity" in license_text(changed, "en", 400, "9")


def test_a_line_that_hints_at_two_clauses_is_shown_once():
    found = read_license(b"Hello.\nCommercial use is Prohibited; Research Use only.")
    told = license_text(found, "en", 400, "9")
    assert told.count("Line 2:") == 1
    assert "Commercial use is Prohibited" in told


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MIT OR Apache-2.0", ["license expression", "Apache-2.0: Apache License 2.0", "MIT: MIT License"]),
        ("mit AND cc-by-nc-4.0", ["non-commercial or research only", "use, share", "CC-BY-NC-4.0:"]),
        ("gpl-3", ["GNU GPL family", "Did you mean one of these?", "gpl-3.0"]),
        ("agpl", ["GNU AGPL family", "agpl-3.0"]),
        ("public domain", ["the name does not say which license is meant", "cc0-1.0"]),
    ],
)
def test_explain_helps_with_an_expression_and_with_a_name_without_a_version(capsys, name, expected):
    ran = osaid_audit(capsys, "explain", name, "--lang", "en")
    told = " ".join(ran.out.split())
    assert ran.code == 0
    assert [each for each in expected if each not in told] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("foo OR bar", "Nothing here is called"),
        ("llama", "Did you mean"),
        ("llama-license", "several licenses bear"),
    ],
)
def test_explain_guesses_nothing(capsys, name, said):
    ran = osaid_audit(capsys, "explain", name, "--lang", "en")
    assert ran.code == 2
    assert said in ran.err

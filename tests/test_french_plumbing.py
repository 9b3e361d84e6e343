"""French where it used to leak English: errors of files, generic licenses, lists; one title per clause."""

import re

import pytest
import yaml
from door import OPEN, osaid_audit, saved
from test_french import ROOT

from osaid_audit import licenses
from osaid_audit.render.words import Words, shipped

NBSP = "\u00a0"


def test_a_clause_has_one_french_title():
    """A reader of a report who types `explain` meets the same words."""
    clauses = yaml.safe_load((ROOT / "rules/clauses.yaml").read_text(encoding="utf-8"))
    texts = shipped()
    named = {name: clause["title"]["fr"] for name, clause in clauses.items()}
    told = {name: texts[f"clause.{name}"]["fr"] for name in clauses}
    assert {name: title[:1].lower() + title[1:] for name, title in named.items()} == told
    assert len(told) > 15


def test_a_license_entry_without_a_name_of_its_own_is_said_in_french():
    words = Words("fr")
    vague = [
        entry
        for entry in licenses.entries()
        if re.search(r"\b(family|another|unknown|public domain)\b", entry.title)
        and entry.id.startswith("LicenseRef-")
    ]
    assert len(vague) > 8
    assert [entry.id for entry in vague if words.license(entry.id, entry.title) == entry.title] == []
    assert [entry.id for entry in vague if Words("en").license(entry.id, entry.title) != entry.title] == []
    assert words.license("MIT", "MIT License") == "MIT License"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("report.json", "{", "Ce n'est pas un rapport : le fichier n'est pas du JSON valide."),
        ("dossier.json", "{", "Ce n'est pas un dossier : le fichier n'est pas du JSON valide."),
        ("dossier.json", "[]", "Ce n'est pas un dossier : le fichier doit être une table."),
        ("dossier.json", "{}", "Ce n'est pas un dossier : "),
    ],
)
def test_an_error_of_a_file_is_one_sentence(capsys, tmp_path, name, text, told):
    place = tmp_path / name
    place.write_text(text)
    words = ["render", place] if name == "report.json" else ["audit", place]
    ran = osaid_audit(capsys, *words, "--lang", "fr")
    assert told in ran.err.replace(NBSP, " ")


def test_what_a_parser_says_is_quoted_as_its_words(capsys, tmp_path):
    place = tmp_path / "bad.yaml"
    place.write_text("statements: [}\n")
    ran = osaid_audit(capsys, saved(tmp_path, OPEN), "--attestation", place, "--lang", "fr")
    assert re.search(
        r"ce n'est pas du YAML \(l'analyseur dit, en anglais : « .+ »\)", ran.err.replace(NBSP, " ")
    )


def test_offline_is_said_in_french(capsys, tmp_path):
    ran = osaid_audit(capsys, "acme/small", "--offline", "--cache-dir", tmp_path, "--lang", "fr")
    assert "acme/small n'est pas sur cette machine, et rien n'est demandé hors ligne." in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("rules", "list"),
        ("explain", "contest"),
        ("explain", "weights-license"),
        ("explain", "osaid-1.0"),
        ("explain", "g7-2026"),
    ],
)
def test_spaces_before_marks_are_unbreakable(capsys, words):
    shown = osaid_audit(capsys, *words, "--lang", "fr").out
    assert NBSP in shown
    assert re.findall(r".{12} [:;!?»].{3}|«\s? .{10}", shown) == []


def test_explain_takes_the_name_as_a_report_prints_it_and_says_what_a_rung_asks(capsys):
    shown = osaid_audit(capsys, "explain", "[weights-license]", "--lang", "fr").out
    assert shown.startswith("weights-license (règle)")
    rung = osaid_audit(capsys, "explain", "open-weights", "--lang", "fr").out
    assert f"weights-license{NBSP}: La licence des poids" in rung
    assert "weights-license" in osaid_audit(capsys, "explain", "weights-available").out


def test_a_revision_left_out_is_told_as_such(capsys):
    ran = osaid_audit(capsys, "audit", "org/name@", "--lang", "fr")
    assert (ran.code, "Il manque une révision après « @ »." in ran.err.replace(NBSP, " ")) == (2, True)


def test_a_number_is_asked_for_in_french(capsys):
    ran = osaid_audit(capsys, "scan", "--jobs", "abc", "--lang", "fr")
    assert "n'est pas un nombre valide." in ran.err
    assert "integer" not in ran.err


def test_a_file_is_no_missing_folder_of_rules(capsys, tmp_path):
    place = tmp_path / "bad.yaml"
    place.write_text("id: bad\n")
    told = osaid_audit(capsys, "rules", "check", place, "--lang", "fr").err.replace(NBSP, " ")
    assert "bad.yaml » n'est pas un répertoire." in told
    assert "--rules" not in told
    gone = osaid_audit(capsys, "rules", "check", tmp_path / "gone", "--lang", "fr").err
    assert "n'existe pas." in gone

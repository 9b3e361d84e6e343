"""`osaid-audit license` and `explain LICENSE-ID`: what a text is, what it allows, what differs."""

import io
import json
import random
import sys
from pathlib import Path

import pytest
from door import osaid_audit
from sample_licenses import CHANGED, NEAR, SEVERAL

from osaid_audit import licenses
from osaid_audit.licenses import MAX_BYTES, ClauseHit, Reading, read_license
from osaid_audit.licenses.clauses import MAX_TEXT
from osaid_audit.render.license import license_json, license_text
from osaid_audit.render.license_terms import terms_of
from osaid_audit.render.words import Words
from osaid_audit.schema.base import FREEDOMS
from osaid_audit.schema.licenses import Identification

ROOT = Path(__file__).resolve().parent.parent
SET = ROOT.parent / "shared" / "licenses-set"
OURS = (ROOT / "LICENSES" / "Apache-2.0.txt").read_bytes()
CONTRACT = {"id", "name", "match", "similarity", "osi_approved", "class", "clauses", "breaks", "residual"}
TERMS = """Pear Terms

You may look at the model.
You may use it solely for research purposes.
"""


def shown(reading, lang="en", width=80):
    return license_text(reading, lang, width, "9.9.9")


def flat(text):
    return " ".join(text.split())


def given(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.fixture
def ours(tmp_path):
    path = tmp_path / "LICENSE"
    path.write_bytes(OURS)
    return path


# The answer


def test_a_plain_text_is_named_with_what_it_allows(capsys, ours):
    ran = osaid_audit(capsys, "license", ours, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    told = flat(ran.out)
    assert "word for word: Apache License 2.0 (Apache-2.0)" in told
    assert "On OSI's list of licenses: yes" in told
    assert told.count("granted to everyone") == len(FREEDOMS)
    assert "license: apache-2.0" in told
    assert "not legal advice" in told


def test_the_contract_of_the_json_answer(capsys, ours):
    answer = json.loads(osaid_audit(capsys, "license", ours, "--format", "json").out)
    assert answer.keys() >= CONTRACT
    assert (answer["id"], answer["match"], answer["class"]) == ("Apache-2.0", "exact", "osi")
    assert (answer["osi_approved"], answer["similarity"], answer["residual"]) == (True, 1.0, [])


def test_what_is_unknown_is_left_out_and_never_an_empty_promise(capsys, tmp_path):
    path = tmp_path / "TERMS"
    path.write_text(TERMS)
    answer = json.loads(osaid_audit(capsys, "license", path, "--format", "json").out)
    assert answer["match"] == "unknown"
    assert answer.keys() & {"id", "name", "class", "osi_approved", "clauses", "breaks", "similarity"} == set()
    assert answer["leads"] == ["research_only"]
    assert [(seen["clause"], seen["line"]) for seen in answer["seen"]] == [("research_only", 4)]
    assert None not in answer.values()


def test_an_unknown_text_shows_where_it_hints_at_a_clause(capsys, tmp_path):
    path = tmp_path / "TERMS"
    path.write_text(TERMS)
    english = osaid_audit(capsys, "license", path, "--lang", "en").out
    assert "no license text that the tool knows" in english
    assert "Line 4: research only" in english
    assert "decide nothing" in english.lower()
    french = osaid_audit(capsys, "license", path, "--lang", "fr").out
    assert "Ligne 4" in french
    assert "granted" not in french
    path.write_text("Pears are sweet.\n")
    assert "Line" not in osaid_audit(capsys, "license", path, "--lang", "en").out


def test_standard_input_is_read(capsys, monkeypatch):
    given(monkeypatch, OURS)
    assert "Apache-2.0" in osaid_audit(capsys, "license", "-").out


@pytest.mark.skipif(not SET.is_dir(), reason="the labelled texts of ../shared are not here")
def test_a_restricted_text_says_which_clause_takes_what_and_where(capsys):
    told = flat(osaid_audit(capsys, "license", SET / "real" / "apple-amlr-model.txt", "--lang", "en").out)
    assert "use: taken away by Non-commercial only (License Scope)" in told
    assert "study: no clause takes it away" in told
    assert "share: taken away by" in told
    assert "OSI's list of licenses: no" in told
    assert "granted to everyone" not in told
    assert "not open source" in told


def test_a_changed_text_shows_what_differs_and_what_is_missing():
    told = flat(shown(Reading(CHANGED)))
    assert "changed text: it comes from MIT License (MIT) (similarity 0.91)" in told
    assert "Lines 7 to 9: “for research\\u{1B}[31m only” Hints at: research only." in told
    assert "1 word of the known text is missing near line 12." in told
    assert "3 words of the known text are missing near line 14." in told
    assert "Not established: the changes may take any freedom" in told
    assert "granted" not in told
    assert "OSI's list of licenses: yes" not in told
    assert "must not be declared as the unchanged one" in told
    french = flat(shown(Reading(CHANGED), "fr"))
    assert "Lignes 7 à 9" in french
    assert "3 mots du texte connu manquent près de la ligne 14." in french


def test_a_changed_text_keeps_the_clauses_of_a_restricted_base():
    changed = CHANGED.model_copy(update={"base": "LicenseRef-llama-3.2", "id": "LicenseRef-x"})
    told = flat(shown(Reading(changed)))
    assert "WHAT IT ALLOWS: UNCHANGED LICENSEREF-LLAMA-3.2" in told
    assert "use: taken away by Acceptable use policy (1.b.iv)" in told


def test_a_changed_text_gives_its_residual_as_data():
    answer = json.loads(license_json(Reading(CHANGED)))
    assert answer["residual"][0] == {
        "words": "for research\x1b[31m only",
        "first_line": 7,
        "last_line": 9,
        "missing": 0,
        "clauses": ["research_only"],
        "holds": [],
    }
    assert answer["base"] == "MIT"
    assert answer.keys() & {"class", "osi_approved", "breaks"} == set()


def test_many_differences_are_counted_not_poured_out():
    many = CHANGED.model_copy(update={"residual": CHANGED.residual[:1] * 100})
    assert shown(Reading(many)).count("Lines 7 to 9") == 40
    assert "and 60 more" in shown(Reading(many))


def test_a_close_text_is_not_that_text():
    assert "but it is not that text" in shown(Reading(NEAR))
    assert "0.99" in shown(Reading(NEAR.model_copy(update={"similarity": 0.9999})))


def test_several_licenses_in_a_file_are_accounted_for_one_by_one():
    told = flat(shown(Reading(SEVERAL)))
    assert "MIT License (MIT), Apache License 2.0 (Apache-2.0)" in told
    assert "WHAT IT ALLOWS: MIT" in told
    assert "WHAT IT ALLOWS: APACHE-2.0" in told
    assert "most restrictive one counts" in told


def test_a_mention_is_no_text(capsys, tmp_path):
    path = tmp_path / "README"
    path.write_text("This model is released under the Apache License 2.0.\n")
    told = osaid_audit(capsys, "license", path, "--lang", "en").out
    assert "names Apache License 2.0 (Apache-2.0), but it is not the text" in flat(told)
    assert "granted" not in told
    answer = json.loads(osaid_audit(capsys, "license", path, "--format", "json").out)
    assert (answer["match"], answer.get("osi_approved")) == ("mention", None)


def test_lines_keep_within_the_width():
    for lang in ("en", "fr"):
        text = shown(Reading(CHANGED), lang, 60)
        assert max(len(line) for line in text.splitlines() if "http" not in line) <= 60


def test_hints_are_harmless():
    evil = ClauseHit("personal", 1, "\x1b[31m\u202epersonal")
    text = shown(Reading(Identification(match="unknown"), (), (evil,)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\u202e" not in license_json(Reading(Identification(match="unknown"), (), (evil,)))


# Input that is no text


NOT_TEXTS = {
    "empty": (b"", "absent"),
    "blank": (b" \n\t\n", "absent"),
    "only a mark": (b"\xef\xbb\xbf", "absent"),
    "binary": (b"\x7fELF\x02\x01\x00\x00" + OURS, "malformed"),
    "PDF": (b"%PDF-1.7\n" + OURS, "unsupported"),
    "DOCX": (b"PK\x03\x04" + OURS, "unsupported"),
    "Latin-1": (OURS + b"\nRecherche uniquement, \xe9tudiants\n", "malformed"),
    "GBK": (OURS + "\n仅限研究使用\n".encode("gbk"), "malformed"),
    "UTF-16 without its mark": (OURS.decode().encode("utf-16-le"), "malformed"),
    "broken UTF-16": (b"\xff\xfe" + OURS.decode().encode("utf-16-le") + b"\x00\xd8\x41\x00", "malformed"),
    "a mark of UTF-8 before something else": (b"\xef\xbb\xbf" + OURS + b"\xff", "malformed"),
    "random": (random.Random(7).randbytes(4096), "malformed"),
    "5 MB": (OURS + b"x" * 5_000_000, "too_large"),
    "5 MB of several bytes a character": (OURS + "字".encode() * 1_700_000, "too_large"),
    "5 MB of marks that are no words": (OURS + "\U0001f600".encode() * 1_250_000, "too_large"),
}


@pytest.mark.parametrize("kind", NOT_TEXTS)
def test_what_cannot_be_read_is_answered_and_never_guessed(kind, capsys, monkeypatch):
    data, state = NOT_TEXTS[kind]
    given(monkeypatch, data)
    ran = osaid_audit(capsys, "license", "-", "--format", "json")
    answer = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert [problem["state"] for problem in answer["problems"]] == [state]
    assert answer["match"] != "exact"
    assert "osi_approved" not in answer
    assert "class" not in answer
    for lang in ("en", "fr"):
        given(monkeypatch, data)
        ran = osaid_audit(capsys, "license", "-", "--lang", lang)
        assert ran.code == 0
        assert answer["problems"][0]["next"][lang].split()[0] in ran.out
        assert "Traceback" not in ran.out + ran.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_an_encoding_that_says_its_name_is_read(encoding):
    reading = read_license(OURS.decode().encode(encoding))
    assert (reading.identification.id, reading.problems) == ("Apache-2.0", ())


def test_an_unreadable_byte_is_shown_with_its_line():
    [problem] = read_license(b"one\ntwo\nthr\xe9e\n").problems
    assert problem.line == 3
    assert "line 3" in shown(read_license(b"one\ntwo\nthr\xe9e\n"))


def test_no_more_is_read_than_a_license_can_be(tmp_path):
    """The bytes that are read at most are always more characters than a text may have."""
    for character in ("a", "é", "字", "\U0001f600"):
        for encoding in ("utf-8", "utf-16", "utf-32"):
            data = (character * 1_300_000).encode(encoding)[:MAX_BYTES]
            [problem] = read_license(data).problems
            assert problem.state == "too_large"
    assert read_license(b"a" * MAX_TEXT).problems == ()


@pytest.mark.parametrize(
    "text", ["Vous pouvez utiliser le logiciel librement.", "本模型仅供学习。", "?" * 50]
)
def test_a_text_in_another_language_is_unknown(text):
    found = read_license(text.encode()).identification
    assert (found.match, found.id, found.cls, found.osi_approved) == ("unknown", None, None, None)


def test_a_truncated_text_is_not_the_whole():
    assert read_license(OURS).identification.match == "exact"
    assert read_license(OURS[: len(OURS) // 3]).identification.match != "exact"


def test_a_sentence_that_was_added_is_not_passed_over():
    added = OURS + b"\nThe Work may not be used for commercial purposes.\n"
    found = read_license(added).identification
    assert found.match != "exact"
    assert found.osi_approved is not True
    assert "noncommercial" in found.leads


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ([], 2, "Missing argument"),
        (["nowhere/LICENSE"], 3, "no file"),
        (["."], 3, "is a folder"),
        (["a\x00b"], 3, "is no path"),
        (["LICENSE", "--format", "html"], 2, "'html' is not one of"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(capsys, elsewhere, arguments, code, sentence):
    ran = osaid_audit(capsys, "license", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err


def test_a_model_named_license_can_still_be_audited(capsys):
    ran = osaid_audit(capsys, "audit", "license", "--offline")
    assert ran.code == 3
    assert "license" in ran.err


# explain LICENSE-ID


def test_explain_says_what_a_license_allows_and_for_whom(capsys):
    told = flat(osaid_audit(capsys, "explain", "llama3.2", "--lang", "en").out)
    for words in (
        "Kind of terms: uses are restricted",
        "use: taken away by Acceptable use policy (1.b.iv)",
        "taken away from some by Closed to some countries (Acceptable Use Policy)",
        "modify: no clause takes it away",
        "share: taken away by Restrictions must be passed on (1.b.i)",
        "Only in this case: rights in multimodal models are withheld",
        "A duty that takes no freedom.",
        "the license text was read: meta-llama/llama-models",
    ):
        assert words in told


def test_explain_speaks_french_about_licenses(capsys):
    told = flat(osaid_audit(capsys, "explain", "llama3.2", "--lang", "fr").out).replace("\u00a0", " ")
    assert "Nature des conditions : usages restreints" in told
    assert "modifier : aucune clause ne retire cette liberté" in told
    assert "Dans ce cas seulement : les droits sur les modèles multimodaux" in told
    assert "use-restricted" not in told


@pytest.mark.parametrize("name", ["falcon-llm-license", "openrail", "other"])
def test_what_is_not_established_promises_nothing(capsys, name):
    told = flat(osaid_audit(capsys, "explain", name, "--lang", "en").out)
    assert "Not established" in told
    assert "granted" not in told
    assert "no clause takes it" not in told


def test_a_name_that_several_licenses_bear_is_not_chosen_for_the_reader(capsys):
    shared = next(
        name.lower()
        for entry in licenses.entries()
        for name in entry.aliases
        if len(licenses.lookup(name)) > 1
    )
    ran = osaid_audit(capsys, "explain", shared)
    assert ran.code == 2
    assert all(entry.id in ran.err for entry in licenses.lookup(shared))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_entry_says_of_each_freedom_what_the_table_derives(lang):
    """What is shown as taken is what judges; a granted freedom is shown only under an approved license."""
    words = Words(lang)
    taken, granted = words("terms.taken", clauses=""), words("terms.granted")
    for entry in licenses.entries():
        allows = next(each.lines for each in terms_of(entry, words) if each.heading == words("terms.allows"))
        found = {
            freedom
            for freedom in FREEDOMS
            for line in allows
            if line.startswith(words.pair(words.name("freedom", freedom), taken))
        }
        assert found == set(entry.breaks), entry.id
        assert any(granted in line for line in allows) == (entry.cls == "osi"), entry.id

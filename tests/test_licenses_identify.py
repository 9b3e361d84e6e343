import csv
import json
import random
import re
import time
from functools import cache
from pathlib import Path

import pytest
from license_texts import installed
from tools.fingerprints.sources import known_id

from osaid_audit.licenses import find_clauses, find_mentions, identify
from osaid_audit.licenses.texts import store
from osaid_audit.licenses.texts.copyright import is_notice
from osaid_audit.licenses.texts.words import Words

ROOT = Path(__file__).parents[1]
SET = ROOT.parent / "shared" / "licenses-set"
APACHE = (ROOT / "LICENSES" / "Apache-2.0.txt").read_text(encoding="utf-8")
ADDED = (
    "You may not use the Software for commercial purposes.",
    "Research use only",
    "No use in Germany.",
    "Weights are not covered by this license.",
    "Nur für Forschungszwecke",
    "Usage personnel uniquement",
    "Void in the European Union",
)


@cache
def labelled():
    if not SET.is_dir():
        return ()
    with (SET / "labels.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple((row, (SET / row["path"]).read_text(encoding="utf-8", errors="replace")) for row in rows)


def the_set():
    if not labelled():
        pytest.skip(f"{SET} is not there: no labelled license texts to measure on")
    return labelled()


def words_of(text):
    return tuple(Words(text).words)


def test_the_whole_apache_text_is_exact_in_its_usual_forms():
    terms = APACHE[: APACHE.index("APPENDIX:")]
    for form in (
        APACHE,
        APACHE.replace("\n", "\r\n"),
        APACHE.upper(),
        APACHE.replace('"', "\u201c"),
        "```\n" + APACHE + "\n```",
        terms,
        terms.replace("END OF TERMS AND CONDITIONS", ""),
        "Copyright 2024 Acme, Inc.\n\n" + APACHE,
        APACHE + "\nCopyright (c) 2019-2024 Jean Dupont. All rights reserved.\n",
    ):
        found = identify(form)
        assert (found.match, found.id, found.osi_approved) == ("exact", "Apache-2.0", True)


@pytest.mark.parametrize("added", ADDED)
def test_an_added_sentence_anywhere_is_never_exact(added):
    middle = APACHE.index("Redistribution")
    for text in (
        f"{added}\n{APACHE}",
        f"# {added}\n\n{APACHE}",
        f"<!-- {added} -->\n{APACHE}",
        f"---\n{added}\n---\n{APACHE}",
        f"{APACHE}\n{added}",
        f"{APACHE[:middle]}{added} {APACHE[middle:]}",
        f"Copyright 2024 Acme Inc. {added}\n{APACHE}",
        f"Copyright 2024 Acme - {added.title()}\n{APACHE}",
        f"Copyright 2024 Acme {added.upper()}\n{APACHE}",
    ):
        assert identify(text).match != "exact"


def test_a_changed_or_missing_word_is_never_exact():
    chance = random.Random(7)
    parts = APACHE.split(" ")
    places = [at for at, part in enumerate(parts) if part.strip().isalpha()]
    for at in chance.sample(places, 60):
        assert identify(" ".join([*parts[:at], "academic", *parts[at + 1 :]])).match != "exact"
        assert identify(" ".join([*parts[:at], *parts[at + 1 :]])).match != "exact"


def test_a_foreign_title_is_not_explained_away():
    bare = APACHE.split("http", 1)[1].split("\n", 1)[1]
    assert identify("Apache License\nVersion 2.0\n" + bare).match == "exact"
    assert identify("Academic Apache License\nVersion 2.0\n" + bare).match != "exact"
    assert identify("Modified Apache License\n" + bare).match != "exact"


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (c) 2024 Acme, Inc.",
        "© 2019-2024 Jean Dupont <jean@example.org>",
        "Copyright 2024, University of Somewhere. All rights reserved.",
        "Copyright [yyyy] [name of copyright owner]",
        "# Copyright (c) 2020 The Widget Authors",
    ],
)
def test_year_and_holder_are_a_copyright_line(line):
    assert is_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM",
        "Copyright (c) 2024 Acme. For Research Purposes Only",
        "Copyright (c) 2024 Acme (Non Commercial)",
        "Copyright (c) 2024 Acme except in the EU",
        "Copyright law applies",
        "The copyright 2024 Acme",
    ],
)
def test_anything_more_is_none(line):
    assert not is_notice(line)


def test_marks_go_and_words_stay():
    assert words_of("**Permission** is _hereby_\n> granted") == words_of("permission is hereby granted")
    assert words_of("1. First\n(a) second") == ("first", "second")
    assert words_of("see Section 4.") == ("see", "section", "4")
    assert words_of("free of charge") != words_of("for a fee")


def test_leads_come_from_unidentified_texts_only():
    found = identify("This model is for non-commercial use only.\nIt may be used for research purposes only.")
    assert found.match == "unknown"
    assert found.osi_approved is None
    assert {"noncommercial", "research_only"} <= set(found.leads)
    assert identify(APACHE).leads == ()


def test_a_name_is_a_mention_and_never_a_license():
    found = identify("This repository is under the Apache License, Version 2.0.")
    assert (found.match, found.id, found.osi_approved, found.cls) == ("mention", "Apache-2.0", None, None)


@pytest.mark.parametrize(
    "junk",
    [
        "x" * 5000000,
        "\n" * 5000000,
        "use the model " * 400000,
        "license mit " * 400000,
        "(" * 5000000,
        "Copyright (c) 2020 " + "A " * 140000,
        "ﷺ" * 290000,
        "may not " * 36000,
        "1.\n" * 95000,
    ],
    ids=["x", "lines", "words", "names", "brackets", "copyright", "unfolding", "clauses", "markers"],
)
def test_hostile_texts_cost_little(junk):
    identify("warm up")
    start = time.process_time()
    assert identify(junk).match in {"unknown", "mention"}
    assert time.process_time() - start < 1.5


def test_empty_and_binary_texts_are_unknown():
    for text in ("", "\x00\x01", "%PDF-1.7", "\ud800"):
        assert identify(text).match == "unknown"


def test_clause_hits_have_line_and_phrase():
    hits = find_clauses("Terms\n\nThe *outputs* are yours.\nUse is allowed for\nnon-commercial purposes.")
    assert [(hit.id, hit.line, hit.quote) for hit in hits] == [("noncommercial", 5, "non-commercial")]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("You agree to the Acceptable Use Policy of Acme.", "acceptable_use_policy"),
        ("If your annual revenue exceeds $1,000,000 you need a license.", "revenue_threshold"),
        ("more than 700 million monthly active users", "user_threshold"),
        ("This license does not apply in the European Union.", "geography"),
        ("You will not use the outputs to train any other large language model.", "output_training_ban"),
        ("You may not redistribute the model.", "no_redistribution"),
        ("You may not modify the weights.", "no_derivatives"),
        ("usage strictement personnel uniquement", "personal"),
        ("We may update this agreement at our discretion.", "unilateral_change"),
        ("a limited, revocable license", "revocable"),
    ],
)
def test_each_kind_of_restriction_leaves_a_lead(text, clause):
    assert clause in {hit.id for hit in find_clauses(text)}


@pytest.mark.parametrize(
    "text",
    [
        "This model can be used for commercial and non-commercial purposes.",
        "a perpetual, worldwide, irrevocable license",
        "This model was evaluated on commercial data and research data.",
        "We release the weights to support research.",
        "The license is non-transferable only where the law says so.",
    ],
)
def test_ordinary_sentences_leave_none(text):
    assert find_clauses(text) == ()


def test_mentions_take_the_longest_name_and_know_their_line():
    text = "Weights\nUnder the Apache License 2.0.\nLicense: MIT\nThe Llama 3.2 Community License applies."
    assert [(hit.id, hit.line) for hit in find_mentions(text)] == [
        ("Apache-2.0", 2),
        ("MIT", 3),
        ("LicenseRef-llama-3.2", 4),
    ]


@pytest.mark.parametrize(
    "text",
    ["Researchers at MIT trained it.", "We compare with Gemma, Qwen and llama3.", "other data", "apaches"],
)
def test_names_of_models_and_places_are_no_mentions(text):
    assert find_mentions(text) == ()


def test_the_fingerprints_hold_no_text():
    known = store.load()
    assert all(len(each.variant) < 60 and len(each.source) < 120 for each in known.known)
    assert min(run.words for run in known.runs) >= 5
    folder = ROOT / "rules" / "licenses"
    assert sum((folder / name).stat().st_size for name in (store.HEAD, store.BODY)) < 2_500_000


def test_a_damaged_data_file_is_refused():
    folder = ROOT / "rules" / "licenses"
    head = json.loads((folder / store.HEAD).read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="too short"):
        store.parse(head, b"")
    with pytest.raises(ValueError, match="format"):
        store.parse({**head, "format": 1}, b"")


def test_a_changed_text_says_what_changed_and_is_never_the_license():
    added = "Redistribution. You may not use it for commercial purposes."
    found = identify(APACHE.replace("Redistribution.", added, 1))
    assert (found.match, found.base, found.osi_approved, found.cls) == ("near", "Apache-2.0", None, None)
    assert found.id.startswith("LicenseRef-Apache-2.0-modified-")
    rest = found.residual[0]
    assert "commercial purposes" in rest.words
    assert rest.clauses == ("noncommercial",) == found.leads
    assert "Redistribution." in APACHE.split("\n")[rest.first_line - 1]


def test_missing_words_are_counted_with_their_line():
    found = identify(re.sub(r"perpetual,\s+worldwide,\s+non-exclusive,", "", APACHE, count=1))
    assert found.match == "near"
    (rest,) = [each for each in found.residual if each.missing > 1]
    assert (rest.words, rest.missing) == ("", 4)
    assert 60 < rest.first_line < 80


def test_two_licenses_in_one_file_give_both():
    plain = [
        text for _, license_id, text in installed() if license_id == "MIT" and identify(text).id == "MIT"
    ]
    mit = plain[0] if plain else None
    if mit is None:
        pytest.skip("no installed package has a plain MIT text")
    found = identify(f"{mit}\n\n{APACHE}")
    assert (found.match, set(found.ids), found.cls) == ("exact", {"MIT", "Apache-2.0"}, "custom-unknown")
    assert identify(f"{mit}\n\nDual licensed.\n\n{APACHE}").match in {"near", "modified"}


def test_half_a_text_is_not_the_text():
    found = identify(APACHE[: len(APACHE) // 2])
    assert found.match in {"modified", "mention"}
    assert not found.osi_approved


@pytest.mark.parametrize(
    "text",
    [
        "Ce modèle est mis à disposition pour la recherche. Toute utilisation commerciale est interdite.",
        "本模型仅供学术研究使用,未经书面许可不得用于商业目的。",
        "\x00\xff" * 3000,
        APACHE.encode("utf-16").decode("latin-1"),
    ],
    ids=["french", "chinese", "binary", "encoding"],
)
def test_what_cannot_be_read_is_unknown_and_no_guess(text):
    found = identify(text)
    assert (found.match, found.id, found.osi_approved) == ("unknown", None, None)


@pytest.mark.parametrize(("package", "license_id", "text"), installed(), ids=[row[0] for row in installed()])
def test_license_files_of_installed_packages_are_known(package, license_id, text):
    found = identify(text)
    assert (found.base or found.id) == license_id


def test_no_restricted_text_of_the_set_is_called_osi():
    restricted = [(row["path"], text) for row, text in the_set() if row["osi_approved"] == "no"]
    assert len(restricted) > 50
    assert [path for path, text in restricted if identify(text).osi_approved] == []


def test_the_known_texts_of_the_set_are_exact_and_right():
    groups = {"spdx": 0, "real-open": 0, "real-ai": 0, "sc-ai": 0, "pert": 0}
    for row, text in the_set():
        found = identify(text)
        if row["group"] in groups:
            assert (row["path"], found.base or found.id) == (row["path"], known_id(row["expected_id"]))
            groups[row["group"]] += found.match == "exact"
        if row["group"] == "fp":
            assert found.match in {"mention", "unknown"}
    assert groups == {"spdx": 48, "real-open": 7, "real-ai": 39, "sc-ai": 16, "pert": 11}


@pytest.mark.parametrize("added", ADDED)
def test_additions_to_the_open_texts_of_the_set_are_never_open(added):
    for row, text in the_set():
        if row["osi_approved"] == "yes" and row["group"] == "spdx":
            for changed in (f"{added}\n{text}", f"{text}\n{added}", f"Copyright 2024 Acme. {added}\n{text}"):
                assert not identify(changed).osi_approved, row["path"]

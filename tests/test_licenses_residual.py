"""What is shown of a changed text: the base, the words that differ, their line, and what they hint at."""

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from license_forms import fenced, markdown, quoted, reflow
from license_texts import APACHE, SHARED, approved, installed
from tools.fingerprints.sources import known_id

from osaid_audit.licenses import entry, identify, read_license
from osaid_audit.licenses.texts import hashing, index, store
from osaid_audit.licenses.texts.words import Words
from osaid_audit.render.license import license_text
from osaid_audit.schema.licenses import RESTRICTED

SET = SHARED / "licenses-set"
FRENCH = """Vous pouvez utiliser le modèle pour la recherche et le modifier,
mais pas le vendre à des tiers qui ne sont pas dans la liste."""
GERMAN = """Das Modell darf nur für die Forschung und nicht von Firmen mit mehr
als der Hälfte genutzt werden, auf denen es im Betrieb ist."""
WORDS = ("academic", "never", "banana", "commercially", "only", "without", "excluding", "research")
TERMS = APACHE[: APACHE.index("APPENDIX:")]
MIT = next((text for _, license_id, text in installed() if license_id == "MIT"), None)
SPOT = re.compile(r"(?<=[ \n])[A-Za-z]{3,}(?=[ \n])")


def changed(text, kind, chance):
    """A text with one word replaced, added or left out; the line of it and the word."""
    spot, word = chance.choice(list(SPOT.finditer(text))), chance.choice(WORDS)
    word = "zebra" if word == spot[0].lower() else word
    new = {"replace": word, "insert": f"{spot[0]} {word}", "delete": ""}[kind]
    return text[: spot.start()] + new + text[spot.end() :], text.count("\n", 0, spot.start()) + 1, word


def words_of(found):
    return sum(len(each.words.split()) for each in found.residual)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), kind=st.sampled_from(["replace", "insert"]))
def test_one_word_is_shown_alone_on_its_line(seed, kind):
    text, line, word = changed(APACHE, kind, random.Random(seed))
    found = identify(text)
    assert (found.match, found.base) == ("near", "Apache-2.0")
    (rest,) = found.residual
    assert word in rest.words
    assert len(rest.words.split()) <= 3
    assert rest.first_line <= line <= rest.last_line <= line + 1
    assert (rest.missing > 0) == (kind == "replace")


@settings(derandomize=True, max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_word_left_out_is_counted_beside_its_line(seed):
    text, line, _ = changed(APACHE, "delete", random.Random(seed))
    found = identify(text)
    if found.match == "exact":
        pytest.fail("a word of the terms is missing, and the text is still exact")
    (rest,) = found.residual
    assert (rest.words, rest.missing, found.base) == ("", 1, "Apache-2.0")
    assert abs(rest.first_line - line) <= 1


@cache
def measured():
    """(kind, id, found, line, word) of three changes in each approved text."""
    chance = random.Random(11)
    rows = []
    for license_id, text in approved():
        for kind in ("replace", "insert", "delete"):
            if len(text.split()) >= 60:
                one, line, word = changed(text, kind, chance)
                rows.append((kind, known_id(license_id), identify(one), line, word))
    return tuple(rows)


def the_changes():
    if not measured():
        pytest.skip("osslili is not installed: no texts of approved licenses to change")
    return measured()


def share(wrong, rows, limit):
    """The exceptions may be so large a share of all."""
    assert len(wrong) <= limit * len(rows), wrong


def test_the_base_of_a_changed_text_is_the_text_itself():
    rows = the_changes()
    assert [row[:2] for row in rows if row[0] != "delete" and row[2].match == "exact"] == []
    rows = [row for row in rows if row[2].match != "exact"]  # a word of a title or of a name may go
    share([(row[1], row[2].base) for row in rows if row[2].base != row[1]], rows, 0.02)


def test_the_words_that_differ_are_few_and_the_changed_one_is_among_them():
    rows = [row for row in the_changes() if row[2].match != "exact"]
    share([(row[1], row[0], words_of(row[2])) for row in rows if words_of(row[2]) > 3], rows, 0.16)
    told = [row for row in rows if row[0] != "delete"]
    share([row[1] for row in told if not any(row[4] in r.words for r in row[2].residual)], told, 0.01)
    off = [
        row for row in rows if not any(r.first_line - 1 <= row[3] <= r.last_line + 1 for r in row[2].residual)
    ]
    share([(row[1], row[3]) for row in off], rows, 0.02)


def test_a_text_without_its_appendix_and_with_a_name_in_front_keeps_its_base():
    for front in ("My Great Project", "Project Falcon Weights License", "falcon-7b\n\nterms of use"):
        for text in (TERMS, TERMS.split("END OF TERMS")[0], APACHE):
            found = identify(f"{front}\n\n{text}")
            assert (found.match, found.base) == ("near", "Apache-2.0")
            (rest,) = found.residual
            assert (rest.first_line, rest.missing) == (1, 0)
            assert rest.words.split()[0] == front.split()[0]


def test_an_added_sentence_is_the_only_difference():
    added = "The model may not be used for military purposes."
    for text in (
        f"{APACHE}\n\n{added}\n",
        f"{added}\n\n{APACHE}",
        APACHE.replace("2. Grant of Copyright", f"{added}\n\n   2. Grant of Copyright", 1),
    ):
        found = identify(text)
        assert (found.base, {each.missing for each in found.residual}) == ("Apache-2.0", {0})
        assert all(added.rstrip(".") in each.words for each in found.residual)


def test_a_small_word_is_read_with_its_neighbours():
    whole = "for any such Derivative Works as a whole"
    assert whole in APACHE
    assert "noncommercial" in identify(APACHE.replace(whole, f"for non-commercial {whole[4:]}", 1)).leads
    assert identify(APACHE.replace(whole, f"for banana {whole[4:]}", 1)).leads == ()


@pytest.mark.skipif(MIT is None, reason="no installed package has a plain MIT text")
def test_half_a_text_is_said_to_be_a_part_of_it():
    found = identify(MIT[: len(MIT) * 55 // 100])
    assert (found.match, found.osi_approved) == ("modified", None)
    assert entry(found.base).cls in RESTRICTED or "MIT" in {found.base, *found.alike}
    assert max(each.missing for each in found.residual) > 40


@cache
def spdx(name):
    path = SET / "spdx" / f"{name}.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else None


@pytest.mark.parametrize("share_", [0.3, 0.4, 0.5, 0.6])
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_part_that_fits_a_restricted_text_is_never_told_as_the_open_one_alone(share_, end):
    text = spdx("CC-BY-NC-4.0")
    if text is None:
        pytest.skip(f"{SET} is not there: no text of CC-BY-NC-4.0")
    size = int(len(text) * share_)
    found = identify(text[:size] if end == "first" else text[-size:])
    named = [row for row in map(entry, (found.base, *found.alike)) if row]
    assert found.match in {"modified", "mention"}
    assert found.match == "mention" or any(row.cls in RESTRICTED for row in named)


@pytest.mark.skipif(MIT is None, reason="no installed package has a plain MIT text")
def test_two_licenses_in_a_file_are_both_named_also_with_words_between():
    for between in ("", "Dual licensed.", "You may choose either of these."):
        reading = read_license(f"{MIT}\n\n{between}\n\n{APACHE}".encode())
        told = " ".join(license_text(reading, "en", 80, "9").split())
        assert "(MIT)" in told
        assert "(Apache-2.0)" in told
        assert not between or not reading.identification.osi_approved
    alone = license_text(read_license(f"Dual licensed.\n\n{APACHE}".encode()), "en", 80, "9")
    assert "(MIT)" not in alone


@pytest.mark.parametrize(
    ("text", "language", "english", "french"),
    [
        (FRENCH, "fr", "in French", "en français"),
        ("本模型仅供学术研究使用,未经书面许可不得用于商业目的。\n", "zh", "in Chinese", "en chinois"),
        ("このモデルは研究のためにのみ利用できます。\n", "ja", "in Japanese", "en japonais"),
        (GERMAN, "de", "in German", "en allemand"),
    ],
)
def test_a_text_in_another_language_is_unknown_and_the_language_is_said(text, language, english, french):
    reading = read_license(text.encode())
    assert (reading.identification.match, reading.language) == ("unknown", language)
    assert english in " ".join(license_text(reading, "en", 80, "9").split())
    assert french in " ".join(license_text(reading, "fr", 80, "9").split())


@pytest.mark.parametrize(
    "text",
    [
        "You may look at the model and use it for any of the purposes that are named in this text.",
        "x y z",
        APACHE,
    ],
)
def test_no_language_is_said_of_english_or_of_few_words(text):
    assert read_license(text.encode()).language is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_called_so(encoding):
    reading = read_license(APACHE.encode(encoding))
    (problem,) = reading.problems
    assert reading.identification.match == "unknown"
    assert "UTF-16" in problem.why.en
    assert f"iconv -f {encoding.upper().replace('16-', '16')} " in problem.next.en
    assert "binary" in read_license(b"\x7fELF\x00\x01" * 50).problems[0].why.en


def test_a_text_that_was_cut_off_says_from_which_line():
    told = license_text(read_license(APACHE[:5000].encode()), "en", 200, "9")
    last = APACHE[:5000].count("\n") + 1
    assert re.search(rf"\d{{3}} words of the known text are missing near line ({last}|{last - 1})", told)
    assert "granted" not in told


def test_ai_texts_keep_their_family_after_reflow_and_markdown():
    """On the half of the texts that nothing was tuned on; the other half is the one to look at."""
    folder = SET / "real"
    if not folder.is_dir():
        pytest.skip(f"{SET} is not there: no AI license texts to measure on")
    held_back = sorted(folder.iterdir())[1::2]
    wrong, asked = [], 0
    for path in held_back:
        text = path.read_text(encoding="utf-8", errors="replace")
        own = identify(text)
        for form in (reflow, markdown, quoted, fenced):
            found = identify(form(text))
            asked += 1
            if (found.base or found.id) != (own.base or own.id):
                wrong.append((path.name, form.__name__, found.base or found.id))
    assert len(wrong) <= 0.05 * asked, wrong


def test_the_numbers_of_a_known_text_are_as_many_as_its_words():
    known = store.load()
    for at, each in enumerate(known.known[:200]):
        assert len(known.trace(at)) == store.windows(each.words)
        assert len(known.signature(at)) == len(each.starts())


def test_a_trace_leaves_a_dictionary_one_next_word_in_sixteen():
    """Who knows four words and tries every word behind them is left with one in sixteen."""
    docs = Path(__file__).parents[1] / "docs"
    dictionary = sorted(
        {word for page in docs.rglob("*.md") for word in Words(page.read_text("utf-8")).words}
    )
    assert len(dictionary) > 2000
    for before in ("you may not use", "copies of the model", "under the terms of"):
        ends = [index.trace(hashing.shingles(Words(f"{before} {word}").prefix)[-1]) for word in dictionary]
        counts = Counter(ends)
        assert set(counts) == set(range(16))
        assert min(counts.values()) > len(dictionary) / 32

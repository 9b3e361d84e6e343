"""Nothing that limits anything makes a text exact, wherever it stands; nothing harmless makes it less."""

import random

import license_forms
import limits
import limits_held_back
import pytest
from license_texts import APACHE, approved, installed
from tools.fingerprints.sources import known_id

from osaid_audit.licenses import identify

SEPARATORS = (". ", ", ", " - ", "; ", ". All rights reserved. ", " ")
SLOTS = (
    "THE COPYRIGHT HOLDERS AND CONTRIBUTORS",
    "THE COPYRIGHT HOLDER OR CONTRIBUTORS",
    "THE AUTHORS OR COPYRIGHT HOLDERS",
    "the copyright holder",
)
FAMOUS = ("MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "MPL-2.0", "GPL-2.0-only", "0BSD")


def bases():
    """A few approved texts: our own, those of installed packages, and the SPDX texts when they are there."""
    own = {license_id: text for _, license_id, text in installed() if identify(text).match == "exact"}
    own.update((key, text) for key, text in approved() if key in FAMOUS)
    return {"Apache-2.0": APACHE, **own}


def everywhere(text, sentence, chance):
    """The text with the sentence put in at every kind of place."""
    paragraphs, words = text.split("\n\n"), text.split(" ")
    half, inside = len(paragraphs) // 2, chance.randrange(1, len(words))
    yield f"{sentence}\n\n{text}"
    yield f"# {sentence}\n{text}"
    yield f"<!-- {sentence} -->\n{text}"
    yield f"{sentence} License\n\n{text}"
    yield f"{text.rstrip()} {sentence}"
    yield f"{text}\n\n{sentence}\n"
    yield "\n\n".join([*paragraphs[:half], sentence, *paragraphs[half:]])
    yield " ".join([*words[:inside], sentence, *words[inside:]])
    for case in (sentence, sentence.title(), sentence.upper()):
        for separator in SEPARATORS if case == sentence else SEPARATORS[:-1]:
            yield f"Copyright (c) 2024 Acme{separator}{case}\n\n{text}"
        for slot in SLOTS:
            if slot in text:
                yield text.replace(slot, case, 1)
                yield text.replace(slot, f"{slot}, {case}", 1)


@pytest.mark.parametrize("license_id", sorted(bases()))
def test_a_limiting_sentence_anywhere_is_never_exact(license_id):
    chance = random.Random(license_id)
    text = bases()[license_id]
    for sentence in chance.sample(limits.sentences(11, 50), 6) + chance.sample(limits_held_back.SENTENCES, 6):
        for changed in everywhere(text, sentence, chance):
            assert identify(changed).match != "exact", changed[:300]


@pytest.mark.parametrize("license_id", sorted(bases()))
def test_flipping_an_operative_word_is_never_exact(license_id):
    text = bases()[license_id]
    for old, new in limits_held_back.FLIPS:
        if old in text:
            assert identify(text.replace(old, new)).match != "exact", (old, new)
    words = text.split(" ")
    places = [at for at, word in enumerate(words) if at > 30 and word.isalpha() and len(word) > 3]
    for at in random.Random(3).sample(places, 25):
        assert identify(" ".join([*words[:at], "academic", *words[at + 1 :]])).match != "exact", words[at]


@pytest.mark.parametrize("form", license_forms.ALL, ids=lambda form: form.__name__)
def test_a_harmless_form_stays_exact(form):
    for license_id, text in bases().items():
        found = identify(form(text))
        assert (found.match, found.id) == ("exact", known_id(license_id)), license_id


def test_every_approved_text_is_exact():
    if not approved():
        pytest.skip("osslili is not installed: no texts of all approved licenses to try")
    wrong = []
    for license_id, text in approved():
        found = identify(text)
        if (found.match, found.id, found.osi_approved) != ("exact", known_id(license_id), True):
            wrong.append((license_id, found.match, found.id))
    assert wrong == []
    assert len(approved()) >= 140


@pytest.mark.parametrize(
    ("holder", "exact"),
    [
        ("Google Inc.", True),
        ("the University of Somewhere", True),
        ("THE COPYRIGHT OWNER", True),
        ("anyone but companies", False),
        ("Research Use Only", False),
        ("Acme Inc. for evaluation", False),
    ],
)
def test_a_slot_takes_a_name_and_nothing_else(holder, exact):
    text = bases().get("BSD-3-Clause")
    if text is None or "the copyright holder" not in text:
        pytest.skip("no plain BSD-3-Clause text is installed")
    assert (identify(text.replace("the copyright holder", holder, 1)).match == "exact") is exact

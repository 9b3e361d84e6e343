"""Which words of a copyright notice say something, and which are names: word by word, in many languages."""

from pathlib import Path

import pytest
import yaml

from osaid_audit.licenses.texts import names as listed
from osaid_audit.licenses.texts.copyright import is_notice

CASES = yaml.safe_load((Path(__file__).parent / "holder_words.yaml").read_text(encoding="utf-8"))
NOTICES = ("Copyright (c) 2024 Acme {}", "Copyright (c) 2024 The {} Foundation")
"""In front of a body and behind a name: no place of a name hides a word that says something."""


def notices(word):
    return [form.format(word[0].upper() + word[1:]) for form in NOTICES]


def taken_for_names(words):
    """Those of the words with which some notice still passes for a name."""
    return [word for word in words if any(map(is_notice, notices(word)))]


@pytest.mark.parametrize("language", CASES["says"])
def test_a_word_that_says_something_makes_no_name(language):
    words = CASES["says"][language].split()
    assert len(words) > 30
    assert taken_for_names(words) == []


def test_words_without_a_gap_that_say_something_make_no_name():
    assert taken_for_names(CASES["strung"]) == []
    assert is_notice("Copyright (c) 2024 Acme PearWorks")


def test_a_name_that_looks_like_such_a_word_is_a_name():
    words = CASES["names"].split()
    assert len(words) > 50
    assert [word for word in words if not all(map(is_notice, notices(word)))] == []


def test_no_word_stands_twice_or_behind_a_beginning_that_covers_it():
    """Such a word could be dropped and nothing would change: nobody would see that it was misspelt."""
    says = listed.names().says
    assert min(len(says.whole), len(says.begins)) > 200
    operative = listed.names().operative.begins
    shadowed = [
        word
        for word in says.whole | {f"{stem}*" for stem in operative}
        if any(word.startswith(stem) and word != f"{stem}*" for stem in operative)
    ]
    assert shadowed == []


def test_a_first_name_is_no_word_that_is_ordinary_or_of_a_body():
    """A first name vouches for what follows it, so no word of a sentence may be one."""
    given = listed.names().given
    assert len(given) > 3000
    others = listed.names().plain | listed.names().bodies | listed.names().small | listed.names().says.whole
    assert given & others == set()


def fitted(shape, word):
    """The notice of a shape with the word in its place."""
    return shape.replace("^^", word.upper()).replace("^", word[0].upper() + word[1:]).replace("_", word)


@pytest.mark.parametrize("shape", CASES["shapes"])
def test_a_word_of_names_fits_where_others_do_not(shape):
    words = CASES["shapes"][shape].split()
    assert words
    assert [word for word in words if not is_notice(fitted(shape, word))] == []
    assert not is_notice(fitted(shape, "embargoed"))


def test_an_ordinary_word_alone_names_nobody():
    words = CASES["ordinary"].split()
    assert len(words) > 400
    assert [word for word in words if is_notice(f"Copyright (c) 2024 {word.title()}")] == []
    assert is_notice("Copyright (c) 2024 Pear")
    assert is_notice("Copyright (c) 2024 Swiss Pear")


@pytest.mark.parametrize("word", CASES["fields"])
def test_a_field_of_work_is_part_of_a_name_and_none_alone(word):
    assert is_notice(f"Copyright (c) 2024 Acme {word}")
    assert not is_notice(f"Copyright (c) 2024 {word}")


def test_a_word_that_something_stands_in_is_no_name():
    words = CASES["inside"].split()
    assert len(words) > 60
    assert taken_for_names(words) == []
    assert is_notice("Copyright (c) 2024 Acme Pearblossom")

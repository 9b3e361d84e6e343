"""What readers of several languages have in common: texts in quotes, and the places of what is met."""

import re

import pytest

from osaid_audit.scan.finders.quoted import BROKEN, COMMENT, TEXT, Places, unquoted

PARTS = re.compile(f"{COMMENT}|{TEXT}|{BROKEN}", re.DOTALL)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("\"a\" 'b'", [("text", '"a"'), ("text", "'b'")]),
        ('"a\\"b"', [("text", '"a\\"b"')]),
        ('"a\nb"', [("broken", '"a'), ("broken", '"')]),
        ("// 'a'\n'b'", [("comment", "// 'a'"), ("text", "'b'")]),
        ("/* 'a'\n'b' */'c'", [("comment", "/* 'a'\n'b' */"), ("text", "'c'")]),
        ("/* 'a'", [("comment", "/* 'a'")]),
        ("'https://x'", [("text", "'https://x'")]),
    ],
)
def test_texts_and_comments_are_told_apart(said, parts):
    assert [(hit.lastgroup, hit[0]) for hit in PARTS.finditer(said)] == parts


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ('"a"', "a"),
        ('"a\\/b\\u0020"', "a/b "),
        ('"a\\x"', "a\\x"),
        ("'a\\\"'", 'a\\"'),
    ],
)
def test_a_text_of_json_is_read_and_another_is_left_as_it_stands(said, means):
    assert unquoted(said) == means


def test_lines_and_columns_are_counted_from_where_a_text_begins():
    places = Places(7, 3)
    assert (places.line, places.column(0), places.column(4)) == (7, 3, 7)
    places.past("ab", 0)
    assert (places.line, places.column(2)) == (7, 5)
    places.past("\nc\nd", 2)
    assert (places.line, places.column(5), places.column(6)) == (9, 1, 2)

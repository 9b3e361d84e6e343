"""The head of a card: values stay text, every failure has a line, nothing raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osaid_audit.gather.reading.prose.frontmatter import read_front_matter


def slips(text: str | bytes) -> list[tuple[str, int]]:
    body = text if isinstance(text, bytes) else text.encode()
    return [(slip.kind, slip.line) for slip in read_front_matter(body).slips]


def test_values_stay_as_written():
    front = read_front_matter(b"---\nlanguage: no\nlicense: 2.0\ndate: 2024-01-01\nflag: ~\n---\n# T\n")
    assert front.mapping() == {"language": "no", "license": "2.0", "date": "2024-01-01"}
    assert front.slips == ()


def test_every_key_knows_its_line_and_the_body_its_own():
    front = read_front_matter(b"\xef\xbb\xbf---\r\nlicense: mit\r\ntags:\r\n- a\r\n---\r\nText\r\n")
    assert [(entry.key, entry.line) for entry in front.entries] == [("license", 2), ("tags", 3)]
    assert front.body_line == 5
    assert front.body.strip() == "Text"


def test_a_list_stays_a_list():
    assert read_front_matter(b"---\nlicense:\n- mit\n- llama2\n---\n").mapping() == {
        "license": ["mit", "llama2"]
    }


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("---\na: b: c\n---\n", "yaml", 2),
        ("---\nok: 1\n\ta: b\n---\n", "tab", 3),
        ("---\nok: 1\na: \x00\n---\n", "control", 3),
        ("---\na: 1\n", "unclosed", 1),
        ("---\n- a\n- b\n---\n", "shape", 2),
        ("---\njust words\n---\n", "shape", 2),
        ("---\na: [1,\n---\n", "yaml", 3),
    ],
)
def test_a_broken_block_names_its_line_and_gives_no_value(text, kind, line):
    front = read_front_matter(text.encode())
    assert slips(text) == [(kind, line)]
    assert (front.readable, front.mapping()) == (False, {})


def test_a_key_that_stands_twice_is_told_and_both_values_are_kept():
    front = read_front_matter(b"---\nlicense: mit\nlicense: llama2\n---\n")
    assert slips("---\nlicense: mit\nlicense: llama2\n---\n") == [("duplicate", 3)]
    assert [entry.value for entry in front.values("license")] == ["mit", "llama2"]
    assert front.readable


def test_bombs_are_refused_at_once():
    laughs = "".join(
        f"{name}: &{name} [{','.join(['*' + chr(ord(name) - 1)] * 3)}]\n" for name in "bcdefghij"
    )
    assert slips(f"---\na: &a [lol, lol, lol]\n{laughs}---\n")[0][0] == "bomb"
    assert slips("---\n" + "[" * 200_000 + "\n---\n")[0][0] == "bomb"
    assert slips(b"---\na: &a [*a]\n---\n")[0][0] == "bomb"
    assert slips("---\na: " + "x" * 1_100_000 + "\n---\n")[0][0] == "too_large"


def test_tags_of_other_languages_run_nothing():
    front = read_front_matter(b"---\na: !!python/object/apply:os.system [id]\n---\n")
    assert front.mapping() == {"a": ["id"]}


def test_a_card_without_a_block_is_all_body():
    front = read_front_matter(b"# Title\n\nlicense: mit\n")
    assert (front.present, front.mapping(), front.slips, front.misplaced) == (False, {}, (), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A model.\n---\nlicense: cc-by-nc-4.0\n---\n\nMore.\n", 2),
        ("<!-- a remark -->\n---\nlicense: cc-by-nc-4.0\n---\nMore.\n", 2),
        ("# Title\r\n---\r\n\r\nlicense: cc-by-nc-4.0\r\n\r\n---\r\nMore.\r\n", 2),
        ("language: en\nlicense: cc-by-nc-4.0\n---\n# Title\nMore.\n", 1),
        ("A\n\n---\n\nB\n\n---\nlicense: cc-by-nc-4.0\n---\nMore.\n", 7),
    ],
)
def test_a_block_out_of_place_declares_nothing_but_is_told(text, line):
    front = read_front_matter(text.encode())
    assert (front.present, front.mapping(), front.readable) == (False, {}, True)
    assert [(slip.kind, slip.line) for slip in front.slips] == [("misplaced", line)]
    assert [each.value for each in front.misplaced if each.key == "license"] == ["cc-by-nc-4.0"]
    assert "cc-by-nc" not in front.body
    assert front.body.split("\n").index("More.") == [each.strip() for each in text.split("\n")].index("More.")


@pytest.mark.parametrize(
    "text",
    [
        "A model.\n\n```\n---\nlicense: mit\n---\n```\n",
        "A model.\n<!--\n---\nlicense: mit\n---\n-->\n",
        "A model.\n\n---\nNote: this is prose\n---\n",
        "A model.\n\n---\nSee the license: it is MIT\n---\n",
        "---\ntags: [a]\n---\nA model.\n---\nlicense: mit\n---\n",
    ],
)
def test_what_only_looks_like_a_block_is_prose(text):
    front = read_front_matter(text.encode())
    assert (front.misplaced, front.slips) == ((), ())


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_can_be_read(body, framed):
    front = read_front_matter(b"---\n" + body + b"\n---\n" if framed else body)
    assert front.body_line >= 1
    assert all(isinstance(entry.key, str) for entry in front.entries)

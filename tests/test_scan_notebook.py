"""What notebooks name: the lines are those of the file, and one broken cell harms no other."""

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_audit.scan.finders.notebook import find
from osaid_audit.scan.hits import Hit, Malformed


def code(*lines, **more):
    return {"cell_type": "code", "source": [f"{line}\n" for line in lines[:-1]] + [lines[-1]], **more}


def book(*cells, **more):
    return json.dumps({"metadata": {}, "nbformat": 4, "cells": list(cells), **more}, indent=1)


def line_of(text, part):
    return next(at for at, line in enumerate(text.split("\n"), 1) if part in line)


def ids(text):
    return sorted(place.id for place in find(text) if isinstance(place, Hit))


LOAD = "AutoModel.from_pretrained"


def test_a_constant_of_an_earlier_cell_is_known_in_a_later_one():
    text = book(code("import x", "which = 'acme/kiwi-7b'"), code("", f"{LOAD}(which)"))
    [hit] = find(text)
    assert (hit.id, hit.line, hit.column) == ("acme/kiwi-7b", line_of(text, "kiwi"), 9)


def test_a_later_cell_says_nothing_of_an_earlier_one():
    assert ids(book(code("which = f()", f"{LOAD}(which)"), code("which = 'acme/kiwi-7b'"))) == []


def test_outputs_and_prose_are_not_read():
    shown = {"outputs": [{"text": [f"{LOAD}('acme/out-7b')"], "source": ["MODEL_ID = 'acme/out-7b'"]}]}
    prose = {"cell_type": "markdown", "source": ["MODEL_ID = 'acme/prose-7b'"]}
    raw = {"cell_type": "raw", "source": ["MODEL_ID = 'acme/raw-7b'"]}
    assert ids(book(prose, raw, code("x = 1", **shown), code(f"{LOAD}('acme/kiwi-7b')"))) == ["acme/kiwi-7b"]


def test_a_broken_cell_takes_no_other_away():
    broken = code("def f(:", "MODEL_ID = 'acme/broken-7b'")
    found = ids(book(broken, code(f"{LOAD}('acme/kiwi-7b')"), code("(((")))
    assert found == ["acme/broken-7b", "acme/kiwi-7b"], "what can be read of it is"


@pytest.mark.parametrize(
    "line",
    ["%matplotlib inline", "!pip install x", "x = !ls", "%pip install y", "?print", "print??", "%env A=b"],
)
def test_magics_are_harmless(line):
    text = book(code(line, "if True:", "    !ls -l", f"    {LOAD}('acme/kiwi-7b')"))
    [hit] = find(text)
    assert (hit.id, hit.line) == ("acme/kiwi-7b", line_of(text, "kiwi"))


def test_a_magic_over_a_cell_says_what_is_in_it():
    assert ids(book(code("%%time", f"{LOAD}('acme/kiwi-7b')"))) == ["acme/kiwi-7b"]
    assert ids(book(code("%%html", f"{LOAD}('acme/kiwi-7b')"))) == []
    assert ids(book(code(f"%time {LOAD}('acme/kiwi-7b')"))) == ["acme/kiwi-7b"]


def test_a_percent_sign_inside_a_text_is_left_alone():
    assert ids(book(code("x = '''", "%s!", "'''", f"{LOAD}('acme/kiwi-7b')"))) == ["acme/kiwi-7b"]


def test_the_older_form_and_a_source_of_one_string():
    old = {
        "nbformat": 3,
        "worksheets": [{"cells": [{"cell_type": "code", "input": [f"{LOAD}('acme/kiwi-7b')"]}]}],
    }
    assert ids(json.dumps(old)) == ["acme/kiwi-7b"]
    one = {"cell_type": "code", "source": f"import x\nw = 'acme/kiwi-7b'\n{LOAD}(w)"}
    text = book(one)
    [hit] = find(text)
    assert hit.line == line_of(text, "kiwi")


def test_a_notebook_of_another_language_is_not_read():
    about = {"kernelspec": {"language": "R"}}
    assert ids(book(code("model_id = 'acme/kiwi-7b'"), metadata=about)) == []
    assert ids(book(code("model_id = 'acme/kiwi-7b'"), metadata={"kernelspec": {"language": "python"}})) == [
        "acme/kiwi-7b"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{",
        '{"cells": [',
        '{"cells":' * 20_000,
        '{"cells": [' + "[" * 100_000,
        "{} {}",
        "{'a': 1}",
    ],
)
def test_what_is_no_notebook_is_malformed(text):
    with pytest.raises(Malformed):
        list(find(text))


def test_pictures_cost_nothing():
    text = book(code("MODEL_ID = 'acme/kiwi-7b'", outputs=[{"data": "A" * 10_000_000}]))
    start = time.process_time()
    assert ids(text) == ["acme/kiwi-7b"]
    assert time.process_time() - start < 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=30))
def test_no_cell_and_no_text_breaks_the_finder(lines, text):
    cells = [{"cell_type": "code", "source": [f"{line}\n"]} for line in lines]
    assert "acme/kiwi-7b" in ids(book(*cells, code(f"{LOAD}('acme/kiwi-7b')")))
    with contextlib.suppress(Malformed):
        list(find(text))

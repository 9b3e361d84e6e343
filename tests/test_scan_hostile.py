"""No text breaks a finder, and none takes it more than linear time."""

import json as standard
from contextlib import suppress

import pytest
from finding import seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from osaid_audit.scan.finders import (
    dockerfile,
    javascript,
    json,
    makefile,
    markdown,
    modelfile,
    requirements,
    rows,
    scripts,
    shell,
    sources,
    toml,
    yaml,
)
from osaid_audit.scan.hits import Doubt, Hit, Malformed

FINDERS = {
    "yaml": yaml.find,
    "toml": toml.find,
    "json": json.find,
    "rows": rows.find,
    "shell": shell.find,
    "bat": scripts.find_bat,
    "powershell": scripts.find_powershell,
    "makefile": makefile.find,
    "dockerfile": dockerfile.find,
    "modelfile": modelfile.find,
    "requirements": requirements.find,
    "javascript": javascript.find,
    "component": javascript.find_in_scripts,
    "sources": sources.find,
    "ruby": sources.find_ruby,
    "markdown": markdown.find,
}
PIECES = [
    "model: acme/kiwi", "model_id = 'acme/kiwi'", "vllm serve acme/kiwi", "hf download $X", "RUN ", "ENV ",
    "FROM ", "<<EOF", "EOF", "\n", "\r\n",
    "\\\n", " ", "\t", "  - ", "'", '"', "`", "${", "}", "{", "[", "]", "(", ")",
    "$(", "#", "//", "/*", "*/",
    "<script>", "</script>", "```", "&a ", "*a", "|", ">", ": ", "=", "--model ", ",",
    "\x00", "\ufeff", "é", "'''", '"""',
]  # fmt: skip


@pytest.mark.parametrize("name", FINDERS)
@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join))
def test_no_text_breaks_a_finder(name, text):
    most = text.count("\n") + 1
    with suppress(Malformed):
        for each in FINDERS[name](text):
            assert isinstance(each, Hit | Doubt)
            assert 1 <= each.line <= most


HOSTILE = {
    "one long line": "model_id: " + "a" * 100_000,
    "one long word": "hf download " + "acme/kiwi-" * 10_000,
    "unclosed text": 'model_id = "' + "a\\" * 50_000,
    "quotes": "model '" * 20_000 + '"`' * 20_000,
    "escaped quotes": 'model "' + '\\"' * 50_000,
    "open brackets": "model: " + "[" * 100_000,
    "open braces": "model {" * 20_000,
    "open calls": "model pipeline('x', " * 6_000,
    "commands in commands": 'hf "$(' * 20_000,
    "defaults": "model=${A:-" * 20_000,
    "heredocs": "RUN hf <<A <<B\n" * 8_000,
    "continued": "RUN hf \\\n" * 15_000,
    "comments": "model /* " * 20_000,
    "templates": "model `${" * 20_000,
    "patterns": "model = /[" * 20_000,
    "scripts": "<script>model" * 10_000 + "</script>",
    "open tags": "<script " * 15_000 + "model</script",
    "fences": "```\nmodel\n" * 10_000,
    "addresses": "https://huggingface.co/" * 5_000,
    "address steps": "https://huggingface.co/acme/kiwi/" + "a/" * 50_000,
    "keys": "model_id: acme/kiwi\n" * 10_000,
    "assignments": "MODEL=$MODEL$MODEL\n" * 10_000,
    "doubling": "A=hf\n" + "\n".join(f"A=$A$A$A$A model_{n}=$A" for n in range(2_000)),
    "columns": "a" * 50_000 + " model: " + "b:" * 25_000,
    "dashes": "- " * 50_000 + "model",
    "dots": "model" + "." * 100_000 + " = 1",
    "choices": "model = a ?? 'b' || " * 8_000,
    "blanks": "model" + " " * 100_000 + "=" + " " * 100_000,
    "carets": "hf ^" * 30_000,
    "block comments": "model <#" * 15_000,
    "ruby comments": "hf\n=begin\n" * 10_000,
    "raw": "model_id = '''" + "''x" * 30_000,
}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_takes_linear_time(text):
    slow = {name: took for name, find in FINDERS.items() if (took := seconds(find, HOSTILE[text])) > 2.5}
    assert slow == {}


def test_aliases_are_not_followed():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert seconds(yaml.find, bomb + "model_id: acme/kiwi\n") < 1
    assert [each.id for each in yaml.find(bomb + "model_id: acme/kiwi\n")] == ["acme/kiwi"]


def test_what_lies_too_deep_is_left_out_and_the_rest_is_found():
    deep = "[" * 500 + "]" * 500
    text = f'{{"a": {deep}, "model_id": "acme/kiwi"}}'
    assert [each.id for each in json.find(text)] == ["acme/kiwi"]
    assert [each.id for each in yaml.find(text)] == ["acme/kiwi"]


def test_a_large_document_is_read_in_a_moment():
    data = standard.dumps(
        [{"model_id": f"acme/kiwi-{n}", "text": "x y " * 20} for n in range(10_000)], indent=1
    )
    assert seconds(json.find, data) < 5

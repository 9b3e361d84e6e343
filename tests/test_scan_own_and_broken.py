"""The check's own files are no code; folders of a name, and Python of another version, hide nothing."""

import json
import time

import pytest

from osaid_audit.scan import scan
from osaid_audit.scan.python.mending import rest_of

LOAD = "from transformers import AutoModel\n"


def put(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def hits(root):
    return [(each.id, each.line, each.confidence) for each in scan(root).references]


def ids(root):
    return sorted({each.id for each in scan(root).references})


# The check's own files.

WAIVER = 'waivers]]\nrule = "label"\nmodel = "acme/kiwi-7b"\n'


def test_a_policy_names_no_reference(tmp_path):
    put(tmp_path, "osaid-audit.toml", "[[" + WAIVER)
    put(tmp_path, "pyproject.toml", "[[tool.osaid-audit." + WAIVER)
    assert scan(tmp_path).references == ()
    put(tmp_path, "settings.toml", "[[" + WAIVER)
    put(tmp_path, "pyproject.toml", "[[tool.other." + WAIVER)
    assert {each.file for each in scan(tmp_path).references} == {"settings.toml", "pyproject.toml"}


REPORT = {"schema_version": "1", "tool": {"name": "osaid-audit"}, "model_id": "acme/kiwi-7b"}
BASELINE = {
    "schema_version": "1",
    "alerts": [{"fingerprint": "0" * 64, "check": "label", "model": "acme/kiwi-7b"}],
}
SARIF = {"runs": [{"tool": {"driver": {"name": "osaid-audit"}}, "model_id": "acme/kiwi-7b"}]}


@pytest.mark.parametrize("data", [REPORT, [REPORT, REPORT], BASELINE, SARIF])
def test_what_the_check_wrote_is_told_and_not_read(tmp_path, data):
    put(tmp_path, "a.json", json.dumps(data))
    found = scan(tmp_path)
    assert found.references == ()
    assert [(each.path, each.why) for each in found.left_out] == [("a.json", "own")]


@pytest.mark.parametrize(
    "data",
    [
        REPORT | {"tool": {"name": "other"}},
        {key: value for key, value in REPORT.items() if key != "schema_version"},
        [REPORT, {"model_id": "acme/kiwi-7b"}],
        BASELINE | {"model_id": "acme/kiwi-7b"},
        {"runs": [{"tool": {"driver": {"name": "lint"}}, "model_id": "acme/kiwi-7b"}]},
    ],
)
def test_what_others_wrote_is_read(tmp_path, data):
    put(tmp_path, "a.json", json.dumps(data))
    assert ids(tmp_path) == ["acme/kiwi-7b"]
    assert scan(tmp_path).left_out == ()


def test_a_page_of_the_check_is_not_read(tmp_path):
    script = "<script>const MODEL_ID = 'acme/kiwi-7b'</script>"
    put(tmp_path, "a.html", f'<script type="application/json" id="osaid-audit-report">{{}}</script>{script}')
    put(tmp_path, "b.html", script)
    assert [each.file for each in scan(tmp_path).references] == ["b.html"]


# Folders of the same name.


def test_a_folder_of_the_name_is_told(tmp_path):
    put(tmp_path, "src/a.py", f'{LOAD}AutoModel.from_pretrained("acme/kiwi-7b")\n')
    assert hits(tmp_path) == [("acme/kiwi-7b", 2, "high")]
    put(tmp_path, "acme/kiwi-7b/.gitkeep", "")
    found = scan(tmp_path)
    assert found.references == ()
    assert [(each.line, each.why, each.text) for each in found.unresolved] == [
        (2, "local folder", "acme/kiwi-7b")
    ]


def test_a_folder_called_as_folders_are_is_not(tmp_path):
    put(tmp_path, "a.py", f'{LOAD}AutoModel.from_pretrained("outputs/kiwi-7b")\n')
    put(tmp_path, "outputs/kiwi-7b/.gitkeep", "")
    assert scan(tmp_path).unresolved == ()


@pytest.mark.parametrize(
    "call", ["snapshot_download('acme/kiwi-7b')", "hf_hub_download(repo_id='acme/kiwi-7b', filename='x')"]
)
def test_what_always_goes_to_the_hub_stays_a_reference(tmp_path, call):
    put(tmp_path, "a.py", f"from huggingface_hub import *\n{call}\n")
    put(tmp_path, "acme/kiwi-7b/.gitkeep", "")
    assert hits(tmp_path) == [("acme/kiwi-7b", 2, "high")]
    assert scan(tmp_path).unresolved == ()


# Python that cannot be parsed.


@pytest.mark.parametrize(
    "fault",
    ['print "x"\n', "def g(\n", "type X = int if\n", 'x = f"{a["b"]}"; a b\n', "class A[T: 1 2]: pass\n"],
)
def test_a_fault_hides_nothing(tmp_path, fault):
    put(
        tmp_path,
        "a.py",
        f'{LOAD}NAME = "acme/kiwi-7b"\n{fault}AutoModel.from_pretrained(NAME, revision="v1")\n',
    )
    found = scan(tmp_path)
    assert [(each.id, each.line, each.revision, each.confidence) for each in found.references] == [
        ("acme/kiwi-7b", 2, "v1", "high")
    ]
    assert [each.why for each in found.skipped] == ["malformed"]


def test_a_call_beside_the_fault_is_read(tmp_path):
    text = f'{LOAD}def load(x):\n    print "a", AutoModel.from_pretrained(\n        "acme/kiwi-7b")\n'
    put(tmp_path, "a.py", text)
    assert hits(tmp_path) == [("acme/kiwi-7b", 4, "high")]


def test_what_is_commented_out_or_said_is_not_read(tmp_path):
    text = f'{LOAD}print "AutoModel.from_pretrained(\'acme/kiwi-7b\')"  # from_pretrained("acme/plum-7b")\n'
    put(tmp_path, "a.py", text)
    assert hits(tmp_path) == []


def test_a_broken_cell_is_read_too(tmp_path):
    cells = [f'{LOAD}print "a"\n', 'x = AutoModel.from_pretrained("acme/kiwi-7b") if\n']
    put(
        tmp_path,
        "a.ipynb",
        json.dumps({"cells": [{"cell_type": "code", "source": each} for each in cells], "nbformat": 4}),
    )
    assert ids(tmp_path) == ["acme/kiwi-7b"]


def test_lines_stay_where_they_are():
    text = 'a = 1\nb c\n"""\nx y(1)\n"""\nf(1,\n  2)\nd e\n'
    assert rest_of(text).count("\n") == text.count("\n")
    assert rest_of("b c\nf(1)\n").split("\n")[1] == "f(1)"


@pytest.mark.parametrize(
    "text",
    ["f(" * 20_000, "(x f(" * 5_000 + ")" * 5_000, "f(a b)\n" * 30_000, '"""' * 30_001, "a b\n" * 60_000],
)
def test_hostile_text_costs_little(text):
    start = time.process_time()
    rest_of(text)
    assert time.process_time() - start < 4

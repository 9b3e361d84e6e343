"""Which files of a code base are read: its own, each once, in order, and nothing that would hang."""

import os
import time

import pytest

from osaid_audit.errors import UsageError
from osaid_audit.scan import kinds, scan

CODE = "MODEL_ID = 'acme/kiwi-7b'\n"


def put(root, *names, text=CODE):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def files(root, **more):
    return [reference.file for reference in scan(root, **more).references]


@pytest.mark.parametrize(
    "name", ["node_modules", ".git", "vendor", "dist", "build", "lib/site-packages", "x.egg-info"]
)
def test_vendored_folders_are_left_out_without_a_word(name, tmp_path):
    put(tmp_path, f"{name}/a.py", f"{name}_mine/a.py", "b.py")
    found = scan(tmp_path)
    assert [each.file for each in found.references] == sorted(["b.py", f"{name}_mine/a.py"])
    assert found.skipped == ()
    assert files(tmp_path / name) == ["a.py"], "named by the user, it is scanned"


def test_a_virtual_environment_is_known_by_what_lies_in_it(tmp_path):
    put(tmp_path, "env/a.py", "env/pyvenv.cfg", "other/a.py")
    assert files(tmp_path) == ["other/a.py"]


def test_gitignore_holds_nested_and_negated(tmp_path):
    put(tmp_path, "a.py", "b.py", "sub/a.py", "sub/c.py", "gone/x.py", "keep/gone/x.py")
    put(tmp_path, ".gitignore", text="a.py\n/gone/\n")
    put(tmp_path, "sub/.gitignore", text="!a.py\nc.py\n")
    assert files(tmp_path) == ["b.py", "keep/gone/x.py", "sub/a.py"]
    (tmp_path / ".git").mkdir()
    assert files(tmp_path / "keep") == ["gone/x.py"]
    put(tmp_path, "keep/a.py")
    assert files(tmp_path / "keep") == ["gone/x.py"], "rules above hold inside a repository"


def test_a_rule_that_cannot_be_read_takes_no_other_away(tmp_path):
    put(tmp_path, "a.py", "b.py")
    put(tmp_path, ".gitignore", text="!\n[z-a]\n\\\na.py\n")
    assert files(tmp_path) == ["b.py"]


def test_hostile_rules_cost_little(tmp_path):
    put(tmp_path, "a" * 200 + ".py")
    put(tmp_path, ".gitignore", text="*a*a*a*a*a*a*a*a*a*a*b\n" * 500 + "**/a/" * 40 + "\n")
    start = time.process_time()
    assert len(files(tmp_path)) == 1
    assert time.process_time() - start < 2


def test_exclude_holds_over_names_and_for_single_files(tmp_path, monkeypatch):
    put(tmp_path, "a.py", "tests/a.py")
    monkeypatch.chdir(tmp_path)
    assert files(tmp_path, exclude=["tests/"]) == ["a.py"]
    assert files(["a.py", "tests/a.py"], exclude=["tests/**"]) == ["a.py"]


def test_links_are_not_followed_and_pipes_not_opened(tmp_path):
    root = tmp_path / "root"
    put(root, "a.py")
    put(tmp_path, "outside/b.py")
    (root / "loop").symlink_to(root)
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "b.py").symlink_to(tmp_path / "outside" / "b.py")
    os.mkfifo(root / "pipe.py")
    found = scan(root)
    assert ([each.file for each in found.references], found.skipped) == (["a.py"], ())
    assert files(root / "b.py") == ["b.py"], "named by the user, it is read"


def test_a_pipe_named_by_the_user_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    [note] = scan(tmp_path / "pipe.py").skipped
    assert note.why == "unreadable"


def test_what_is_not_read_is_noted_and_only_when_it_would_have_been(tmp_path):
    put(tmp_path, "good.py")
    put(tmp_path, "large.py", text=CODE + "#" * kinds.MOST_BYTES)
    put(tmp_path, "broken.py", text=CODE + "def f(:\n")
    (tmp_path / "binary.py").write_bytes(b"from_pretrained\0")
    (tmp_path / "picture.png").write_bytes(b"\0" * 100)
    put(tmp_path, "n.ipynb", text="{")
    found = scan(tmp_path)
    assert [(note.file, note.why) for note in found.skipped] == [
        ("binary.py", "binary"),
        ("broken.py", "malformed"),
        ("large.py", "too large"),
        ("n.ipynb", "malformed"),
    ]
    assert [each.file for each in found.references] == ["broken.py", "good.py"]


def test_names_that_are_no_text_can_be_written(tmp_path):
    (tmp_path / os.fsdecode(b"x\xff.py")).write_text(CODE)
    assert files(tmp_path) == ["x\\xff.py"]
    assert scan(tmp_path).model_dump_json()


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + CODE.encode(),
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n" + CODE.encode(),
        b"x = '\xe9'\n" + CODE.encode(),
        b"# coding: unicode_escape\nx = '\xe9'\n" + CODE.encode(),
        b"#!/usr/bin/env python3\r\n" + CODE.encode(),
        CODE.encode("utf-16"),
    ],
)
def test_encodings(content, tmp_path):
    (tmp_path / "a.py").write_bytes(content)
    assert files(tmp_path) == ["a.py"]


def test_a_program_is_known_by_its_first_line(tmp_path):
    put(tmp_path, "run", text="#!/usr/bin/env python3\n" + CODE)
    put(tmp_path, "other", text="#!/usr/bin/perl\n" + CODE)
    put(tmp_path, "README", text=CODE)
    assert files(tmp_path) == ["run"]


def test_names_are_as_the_user_sees_them(tmp_path, monkeypatch):
    put(tmp_path, "one/a.py", "two/b.py")
    monkeypatch.chdir(tmp_path)
    assert files("one") == ["a.py"]
    assert files(["two", "one"]) == ["one/a.py", "two/b.py"]
    assert files("one/a.py") == ["one/a.py"]
    assert files(["one", "one/a.py"]) == ["one/a.py"], "each file once"
    monkeypatch.chdir(tmp_path / "one")
    assert files([tmp_path / "one", tmp_path / "two"]) == ["one/a.py", "two/b.py"]
    with pytest.raises(UsageError, match="nowhere"):
        scan("nowhere")


def test_a_constant_of_the_file_beside_is_told_where_it_stands(tmp_path):
    put(tmp_path, "app/config.py", text="\nMODEL_ID = 'acme/kiwi-7b'\n")
    put(
        tmp_path,
        "app/use.py",
        text="from .config import MODEL_ID\nfrom transformers import AutoModel\nAutoModel.from_pretrained(MODEL_ID, revision='v1')\n",  # noqa: E501
    )
    found = scan(tmp_path)
    [hit] = found.references
    assert (hit.file, hit.line, hit.revision, found.unresolved) == ("app/config.py", 2, "v1", ())


def test_a_folder_of_ones_own_is_no_id(tmp_path):
    put(tmp_path, "a.py", text="from transformers import AutoModel\nAutoModel.from_pretrained('acme/kiwi')\n")
    assert files(tmp_path) == ["a.py"]
    (tmp_path / "acme" / "kiwi").mkdir(parents=True)
    assert files(tmp_path) == []


def test_two_runs_say_the_same(tmp_path):
    put(tmp_path, *(f"d{at % 3}/f{at}.py" for at in range(20)))
    assert scan(tmp_path).model_dump_json() == scan(tmp_path).model_dump_json()


def test_many_files_take_little_time(tmp_path):
    plain = "import os\n\n\ndef f(path, model=None):\n    return os.path.join(path, str(model))\n" * 40
    for at in range(1_000):
        put(tmp_path, f"d{at % 20}/f{at}.py", text=CODE + plain if at % 20 == 0 else plain)
    start = time.process_time()
    assert len(files(tmp_path)) == 50
    assert time.process_time() - start < 1.5

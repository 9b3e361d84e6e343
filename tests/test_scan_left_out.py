"""What a scan leaves out is told: nothing that could name a model goes by in silence."""

import os
import shutil
import subprocess

import pytest

from osaid_audit.scan import scan
from osaid_audit.scan.tracked import entries

CODE = "MODEL_ID = 'acme/kiwi-7b'\n"


def put(root, *names, text=CODE):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def told(root, **more):
    return [(each.path, each.why) for each in scan(root, **more).left_out]


def files(root, **more):
    return [each.file for each in scan(root, **more).references]


def git(root, *words):
    said = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
    subprocess.run(said, cwd=root, check=True, capture_output=True)


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_what_is_left_out_is_told_with_its_reason(tmp_path):
    root = tmp_path / "root"
    put(root, "a.py", "mine/b.py", "gone/c.py", "d.py", "vendor/e.py", "build/f.py", "skip/g.py")
    put(tmp_path, "elsewhere/h.py")
    put(root, ".gitignore", text="gone/\nd.py\n")
    (root / "h.py").symlink_to(tmp_path / "elsewhere" / "h.py")
    (root / "more").symlink_to(tmp_path / "elsewhere")
    assert files(root, exclude=["skip/"]) == ["a.py", "mine/b.py"]
    assert told(root, exclude=["skip/"]) == [
        ("build", "vendored"),
        ("d.py", "ignored"),
        ("gone", "ignored"),
        ("h.py", "link"),
        ("more", "link"),
        ("skip", "excluded"),
        ("vendor", "vendored"),
    ]


def test_what_no_finder_reads_is_not_told(tmp_path):
    put(tmp_path, "a.py", "vendor/a.png", "gone/x.bin", "b.log", "c.md", ".git/config", "__pycache__/d.py")
    put(tmp_path, ".gitignore", text="gone/\nb.log\nc.md\n")
    (tmp_path / "same.py").symlink_to(tmp_path / "a.py")
    assert told(tmp_path) == []
    assert told(tmp_path, markdown=True) == [("c.md", "ignored")]


def test_a_link_under_another_name_is_told(tmp_path):
    put(tmp_path, "notes.txt")
    (tmp_path / "a.py").symlink_to(tmp_path / "notes.txt")
    (tmp_path / "gone.py").symlink_to(tmp_path / "nowhere.py")
    assert told(tmp_path) == [("a.py", "link")]


def test_a_virtual_environment_is_told(tmp_path):
    put(tmp_path, "env/pyvenv.cfg", "env/lib/a.py", "other/a.py")
    assert told(tmp_path) == [("env", "vendored")]


def test_many_are_counted(tmp_path):
    put(tmp_path, *(f"{number}.py" for number in range(250)))
    put(tmp_path, ".gitignore", text="*.py\n")
    found = scan(tmp_path)
    assert len(found.left_out) == 200
    assert found.left_out_count == 250


def test_a_single_file_that_is_excluded_is_told(tmp_path, monkeypatch):
    put(tmp_path, "a.py", "b.py")
    monkeypatch.chdir(tmp_path)
    assert told(["a.py", "b.py"], exclude=["b.py"]) == [("b.py", "excluded")]


@needs_git
@pytest.mark.parametrize("version", [2, 3, 4])
def test_what_git_manages_is_never_ignored(tmp_path, version):
    put(tmp_path, "a.py", "b.py", "deep/in/c.py", "deep/in/d.py")
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "index.version", str(version))
    git(tmp_path, "add", "a.py", "deep/in/c.py")
    if version == 3:  # written when an entry has more flags
        git(tmp_path, "update-index", "--skip-worktree", "a.py")
    put(tmp_path, ".gitignore", text="*.py\ndeep/\n")
    assert (tmp_path / ".git" / "index").read_bytes()[7] == version
    assert files(tmp_path) == ["a.py", "deep/in/c.py"]
    assert told(tmp_path) == [("b.py", "ignored"), ("deep/in/d.py", "ignored")]
    put(tmp_path, ".gitignore", text="*.py\n")
    assert files(tmp_path / "deep") == ["in/c.py"], "also from inside"


@needs_git
def test_a_worktree_and_another_hash_are_read(tmp_path):
    main = tmp_path / "main"
    put(main, "a.py")
    git(main, "init", "-q", "--object-format=sha256")
    git(main, "add", "a.py")
    git(main, "commit", "-qm", "a")
    git(main, "worktree", "add", "-q", str(tmp_path / "other"))
    for root in (main, tmp_path / "other"):
        put(root, ".gitignore", text="*.py\n")
        assert files(root) == ["a.py"]


@needs_git
def test_a_folder_that_is_built_is_ones_own_where_git_manages_it(tmp_path):
    put(tmp_path, "build/a.py", "build/made.py", "vendor/b.py", "dist/c.py")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "build/a.py", "vendor/b.py")
    assert files(tmp_path) == ["build/a.py"]
    assert told(tmp_path) == [("build/made.py", "vendored"), ("dist", "vendored"), ("vendor", "vendored")]


@needs_git
def test_no_program_of_the_repository_is_run(tmp_path):
    put(tmp_path, "a.py")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "a.py")
    put(tmp_path, ".gitignore", text="*.py\n")
    git(tmp_path, "config", "core.fsmonitor", f"touch {tmp_path}/run; false")
    assert files(tmp_path) == ["a.py"]
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    "index",
    [
        b"",
        b"DIRC",
        b"DIRC" + (2).to_bytes(4, "big") + (1 << 31).to_bytes(4, "big"),
        b"DIRC" + (2).to_bytes(4, "big") + (3).to_bytes(4, "big") + b"\0" * 200,
        b"DIRC" + (4).to_bytes(4, "big") + (9).to_bytes(4, "big") + b"\xff" * 2000,
        b"DIRC" + (9).to_bytes(4, "big") + (1).to_bytes(4, "big") + b"\0" * 200,
        os.urandom(4000),
    ],
)
def test_an_index_that_is_none_names_nothing(tmp_path, index):
    assert entries(index) == []
    put(tmp_path, "a.py", "b.py")
    put(tmp_path, ".gitignore", text="a.py\n")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_bytes(index)
    assert told(tmp_path) == [("a.py", "ignored")]


@pytest.mark.parametrize("said", ["gitdir: /dev/zero", "gitdir: \0", "", "x" * 9000, "gitdir: ../.."])
def test_a_pointer_that_leads_nowhere_names_nothing(tmp_path, said):
    put(tmp_path, "a.py")
    put(tmp_path, ".git", text=said)
    put(tmp_path, ".gitignore", text="a.py\n")
    assert told(tmp_path) == [("a.py", "ignored")]

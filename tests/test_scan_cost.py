"""What a scan costs, and what it does with files nobody should have to read: it notes them and goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from osaid_audit.scan import kinds, scan

ROOT = Path(__file__).resolve().parents[1]
FILES = 10_000
SECONDS = 10
"""Processor time of the whole process, the interpreter's start included."""
MEGABYTES = 200
CALLS = """\
import os
from dataclasses import dataclass

from transformers import AutoModel, AutoTokenizer

MODEL_{n} = "acme-lab/model-{n}"


@dataclass
class Config{n}:
    path: str = "data/{n}"
    limit: int = {n}


def load(config, device="cpu"):
    tokenizer = AutoTokenizer.from_pretrained(MODEL_{n}, revision="v{n}")
    return tokenizer, AutoModel.from_pretrained(MODEL_{n}).to(device)
"""
WORK = """\


def work{k}(rows, model=None, *, limit={n}):
    \"\"\"Count what is in rows; `model` is told of it.\"\"\"
    total = 0
    for index, row in enumerate(rows[:limit]):
        if index % 2 and row.get("kind") in ("a/b", "c/d"):
            total += len(row["text"].split("/")) * {n}
        elif model is not None:
            total -= os.path.getsize("data/raw/%d" % index)
    return {{"total": total, "message": f"worked on {{total}} of {n}"}}
"""
LENGTHS = (1, 2, 3, 4, 6, 8, 10, 12, 16, 22, 30, 50)
"""Functions per Python file: a median of 4 KB and a mean of 6 KB, as in five source archives of PyPI."""
MIX = (
    ("py", "", 45),
    ("md", "# {n}\n\nSee [it](https://huggingface.co/acme-lab/model-{n}).\n" + "Words and words. " * 90, 8),
    (
        "ts",
        'import {{ pipeline }} from "@huggingface/transformers";\n'
        'export const m{n} = await pipeline("fill-mask", "acme-lab/js-{n}");\n'
        + "export const x = (a: number) => a / 2;\n"
        * 40,
        12,
    ),
    ("json", '{{"name": "n{n}", "model_id": "acme-lab/json-{n}", "rows": [{{"a": 1, "b": "x/y"}}]}}\n', 8),
    ("yaml", "spec:\n  name: s{n}\n  storageUri: hf://acme-lab/yaml-{n}\n  args:\n    - --path=a/b\n", 10),
    ("toml", '[tool.thing]\nname = "t{n}"\nmodel_id = "acme-lab/toml-{n}"\n', 3),
    ("sh", "#!/bin/sh\nset -e\nhf download acme-lab/sh-{n} --revision v1\ncp -r a/b c/d\n", 4),
    ("css", ".a{n} {{ color: #fff }}\n" * 30, 5),
    ("svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0L{n} 1'/></svg>\n", 5),
)
MEASURE = """\
import json, resource, sys, time
from pathlib import Path
from osaid_audit.scan import kinds, scan
before = time.perf_counter()
found = scan(Path(sys.argv[1]))
wall = time.perf_counter() - before
usage = resource.getrusage(resource.RUSAGE_SELF)
# ru_maxrss of a child begins with what its parent held; the mark of this very program does not.
marks = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({
    "files": found.files, "references": len(found.references), "skipped": len(found.skipped), "wall": wall,
    "processor": usage.ru_utime + usage.ru_stime, "megabytes": int(marks["VmHWM"].split()[0]) / 1024,
    "digest": __import__("hashlib").sha256(found.model_dump_json().encode()).hexdigest(),
}))
"""


def notebook(n):
    """A notebook of ten cells with an image in its outputs."""
    code = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    image = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo" * 2000}, "metadata": {}}
    cells = [{**code, "source": [f"x_{n} = {cell}\n", "print(x)"]} for cell in range(9)]
    last = [f'NAME = "acme-lab/nb-{n}"\n', "model = AutoModel.from_pretrained(NAME)"]
    cells.append({**code, "outputs": [image], "source": last})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def python(n):
    """A Python file; of six one calls a loader."""
    head = CALLS.format(n=n) if n % 6 == 0 else "import os\n"
    return head + "".join(WORK.format(n=n, k=k) for k in range(LENGTHS[n // 6 % len(LENGTHS)]))


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """Ten thousand files of the kinds and sizes a code base has, a notebook among fifty."""
    root = tmp_path_factory.mktemp("big")
    kinds = [(suffix, text) for suffix, text, share in MIX for _ in range(share)]
    for n in range(FILES):
        folder = root / f"part{n % 40}" / f"unit{n % 7}"
        folder.mkdir(parents=True, exist_ok=True)
        suffix, text = kinds[n * 37 % len(kinds)]
        body = python(n) if suffix == "py" else text.format(n=n)
        if n % 50 == 0:
            suffix, body = "ipynb", notebook(n)
        (folder / f"file{n}.{suffix}").write_text(body, encoding="utf-8")
    return root


def measured(root, seed="0"):
    """A scan in a process of its own: what it cost and a digest of what it found."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(root)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_ten_thousand_files_in_seconds_and_the_same_with_another_seed(big):
    if sys.platform != "linux":
        pytest.skip("the peak of memory is read from /proc, which only Linux has")
    first, second = (measured(big, seed) for seed in ("1", "2"))
    print(f"{first['files']} files read, {first['wall']:.1f} s, {first['megabytes']:.0f} MB")
    assert first["skipped"] == 0
    assert first["references"] >= 4_000
    assert min(first["processor"], second["processor"]) < SECONDS
    assert first["megabytes"] < MEGABYTES
    assert first["digest"] == second["digest"]


GOOD = 'from transformers import AutoModel\nAutoModel.from_pretrained("acme-lab/good")\n'


@pytest.fixture
def place(tmp_path):
    """A folder with one good file, which every scan must still find."""
    (tmp_path / "good.py").write_text(GOOD, encoding="utf-8")
    return tmp_path


def good(found):
    """Whether the good file was found."""
    return [(one.id, one.line) for one in found.references if one.file == "good.py"] == [("acme-lab/good", 2)]


def skipped(found):
    """File and reason of what was not read."""
    return {one.file: one.why for one in found.skipped}


def test_huge_and_binary_files_are_noted(place):
    with (place / "huge.py").open("wb") as file:
        file.truncate(50_000_000)
    (place / "long.json").write_text('{"model_id": "' + "a/b" * 17_000_000 + '"}', encoding="ascii")
    (place / "binary.py").write_bytes(bytes(range(256)) * 40)
    found = scan(place)
    assert good(found)
    why = skipped(found)
    assert why["huge.py"] == why["long.json"] == "too large"
    assert why["binary.py"] == "binary"


BROKEN = {
    "a.py": "def (:\n  AutoModel.from_pretrained('acme-lab/broken')\n",
    "a.ipynb": '{"cells": [{"cell_type": "code", "source": ["LLM(\\"acme-lab/broken\\")"]',
    "a.yaml": "a: [1\nmodel_id: acme-lab/broken\nb: }\n",
    "a.toml": 'model_id = "acme-lab/broken"\n[a\n=',
    "a.json": '{"model_id": "acme-lab/broken", ',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_noted_or_read_all_the_same(place, name):
    (place / name).write_text(BROKEN[name], encoding="utf-8")
    found = scan(place)
    assert good(found)
    assert skipped(found) == {name: "malformed"} or "acme-lab/broken" in {one.id for one in found.references}


@pytest.mark.parametrize(
    "name",
    [
        "a.py",
        "a.ipynb",
        "a.yaml",
        "a.toml",
        "a.json",
        "Dockerfile",
        "a.sh",
        "Makefile",
        "Modelfile",
        "a.ts",
        ".env",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe\x00m\x00o\x00d\x00e\x00l\x00",
        b"\xef\xbb\xbfmodel: acme/x\r\n",
        "# -*- coding: latin-1 -*-\nname = 'é'\n".encode("latin-1"),
        b"\x80\x81\xfe model: \xc3\x28",
        b"(" * 20_000,
        b"[" * 60_000,
        b"{" * 60_000,
        b"- " * 30_000,
        b"a: &a [*a, *a]\n",
        b"x = " + b"-" * 30_000 + b"1\n",
        b"x = " + b"1+" * 30_000 + b"1\n",
        b"FROM " + b"a/" * 30_000,
        b'model = "' + b"a" * 200_000 + b"\n",
        b"\\\n" * 30_000,
        b"${" * 30_000,
        b"`" * 30_001,
        b'"""' * 10_001,
        b"/*" * 30_000,
        b"model: hf.co/" + b"a-" * 50_000 + b"!\n",
        b"\x00" * 100,
        b"\r" * 20_000,
        "\u2028\u2029\x85model\u202e".encode() * 500,
    ],
    ids=lambda text: repr(bytes(text[:12])),
)
def test_no_content_of_a_file_stops_or_slows_a_scan(place, name, text):
    (place / name).write_bytes(text)
    start = os.times()
    found = scan(place)
    end = os.times()
    assert good(found)
    assert end.user + end.system - start.user - start.system < 3


def test_aliases_that_would_unfold_to_billions_do_not(place):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (place / "bomb.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    start = os.times()
    assert good(scan(place))
    assert os.times().user - start.user < 3


def test_what_is_no_file_is_not_opened(place):
    (place / "folder.py").mkdir()
    (place / "dangling.py").symlink_to(place / "nowhere.py")
    os.mkfifo(place / "pipe.py")
    (place / "loop.py").symlink_to(place / "loop.py")
    (place / "folder.py" / "up").symlink_to(place, target_is_directory=True)
    (place / "zero.py").symlink_to("/dev/zero")
    found = scan(place)
    assert good(found)
    assert [one.id for one in found.references] == ["acme-lab/good"]


def test_a_link_out_of_the_folder_is_not_followed(place, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.py").write_text(GOOD.replace("good", "secret"), encoding="utf-8")
    (place / "out").symlink_to(outside, target_is_directory=True)
    (place / "out.py").symlink_to(outside / "secret.py")
    found = scan(place)
    assert good(found)
    assert [one.id for one in found.references] == ["acme-lab/good"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever runs this may read everything")
def test_a_file_without_permission_is_noted(place):
    (place / "closed.py").write_text(GOOD, encoding="utf-8")
    (place / "closed.py").chmod(0)
    found = scan(place)
    assert good(found)
    assert skipped(found) == {"closed.py": "unreadable"}


def test_a_file_that_fails_to_open_is_noted(place, monkeypatch):
    (place / "closed.py").write_text(GOOD, encoding="utf-8")
    real = os.open

    def refuse(path, *args, **kwargs):
        if str(path).endswith("closed.py"):
            raise PermissionError(13, "denied", str(path))
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr("builtins.open", lambda path, *args, **kwargs: _opened(path, refuse, *args, **kwargs))
    found = scan(place)
    monkeypatch.undo()
    assert good(found)
    assert skipped(found) == {"closed.py": "unreadable"}


def _opened(path, refuse, *args, **kwargs):
    if str(path).endswith("closed.py"):
        refuse(path)
    import io

    return io.open(path, *args, **kwargs)  # noqa: UP020 - the name `open` is replaced here


def test_a_thousand_folders_deep(place):
    handle = os.open(place, os.O_RDONLY)
    for _ in range(1000):
        os.mkdir("d", dir_fd=handle)
        below = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = below
    file = os.open("deep.py", os.O_WRONLY | os.O_CREAT, dir_fd=handle)
    os.write(file, GOOD.encode())
    os.close(file)
    os.close(handle)
    try:
        assert good(scan(place))
    finally:  # pytest itself cannot take away a folder so deep
        subprocess.run(["rm", "-rf", str(place / "d")], check=True)


@pytest.mark.parametrize(
    "name", ["new\nline.py", b"\xff\xfe.py", "\u202egnp.py", "-rf.py", "a b'c\".py", "..py", "\x1b[31m.py"]
)
def test_strange_names_are_told_so_that_every_format_can_write_them(place, name):
    raw = os.fsencode(place) + b"/" + (name if isinstance(name, bytes) else name.encode())
    with open(raw, "wb") as file:  # noqa: PTH123 - Path takes no bytes
        file.write(GOOD.replace("good", "strange").encode())
    found = scan(place)
    assert good(found)
    assert "acme-lab/strange" in {one.id for one in found.references}
    found.model_dump_json().encode("utf-8")


@pytest.mark.parametrize("table", ["NAMES", "MARKDOWN", "SHEBANGS"])
def test_every_finder_that_is_named_can_be_called(table):
    """A wrong name would look like a malformed file: skipped, and its models not audited."""
    for name in set(getattr(kinds, table).values()) - {""}:
        found = [] if name == kinds.NOTEBOOK else list(kinds.finder(name)(""))
        assert found == [], name


def test_every_construct_of_python_is_walked(place):
    """A file of all sorts of statements is read to its end."""
    rows = [
        "import a.b as c, d",
        "from . import e",
        "x: int = 1 if 2 in (3,) and 4 not in {5: 6} else lambda *y, z=1: y",
    ]
    rows += [
        "async def f(a, /, b=1, *c, d, **e) -> int:",
        "    async with a as (g, *h), b: await g",
        "    yield",
    ]
    rows += [
        "class K(A, m=B):",
        "    global q; q = [i for i in x if i is not None for j in i]",
        "    def g(s): nonlocal_ = s.t[1:2, ...]",
    ]
    rows += [
        "match x:",
        "    case {'a': [1, *_], **r} if r: pass",
        "    case K(a=1) | 'b' | None as n: del n",
    ]
    rows += [
        "try: raise A from B",
        "except* (A, B) as e: assert e, f'{e!r:>{3}}'",
        "finally: x += 1 << ~2 @ -3 // 4",
    ]
    rows += [
        "while (w := x) < 1 <= 2 != 3: break",
        "else: print({*x}, {**y}, b'', 1j, ..., x if not y else z)",
    ]
    (place / "all.py").write_text("\n".join([*rows, GOOD.replace("good", "last")]), encoding="utf-8")
    found = scan(place)
    assert found.skipped == ()
    assert "acme-lab/last" in {one.id for one in found.references}


def test_the_same_folder_gives_the_same_answer(place):
    (place / "b.yaml").write_text("storageUri: hf://acme-lab/b\n", encoding="utf-8")
    assert scan(place) == scan(place)
    assert scan(place).model_dump_json() == scan(place).model_dump_json()

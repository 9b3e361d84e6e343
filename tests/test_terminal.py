"""A real terminal, of several widths: aligned text, color and links only there, progress on stderr."""

import ast
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from osaid_audit import errors
from osaid_audit.cli import streams
from osaid_audit.render import render
from osaid_audit.render.scan import render_scan
from osaid_audit.schema.scan import ScanReport

ROOT = Path(__file__).resolve().parent.parent
MODEL = "meta-llama/Llama-3.2-3B"
OTHER = "google-bert/bert-base-uncased"
LINK = re.compile(r"\x1b\]8;[^;\x1b]*;[^\x1b]*\x1b\\")
COLOR = re.compile(r"\x1b\[[0-9;]*m")
SCAN = ROOT / "tests" / "golden" / "scan" / "mixed.json"
MARKS = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM", "TERM_PROGRAM", "VTE_VERSION", "TMUX")
UNKNOWN = (*MARKS, "STY", "CI", "NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "COLUMNS", "LINES")


def on_terminal(*arguments: str, columns: int = 80, **env: str) -> tuple[str, str]:
    """What the command line writes to a terminal: standard output, standard error."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")
    import fcntl
    import termios

    ends = [pty.openpty(), pty.openpty()]
    for _, inner in ends:
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in UNKNOWN}
    process = subprocess.Popen(
        [sys.executable, "-m", "osaid_audit", *arguments],
        env=kept | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)} | env,
        stdout=ends[0][1],
        stderr=ends[1][1],
        cwd=ROOT,
    )
    for _, inner in ends:
        os.close(inner)
    said = [everything(outer) for outer, _ in ends]
    assert process.wait(timeout=60) in {0, 1}, said
    return said[0].replace("\r\n", "\n"), said[1]


def everything(outer: int) -> str:
    found = b""
    while True:
        try:
            more = os.read(outer, 65536)
        except OSError:  # how Linux says that the other end was closed
            more = b""
        if not more:
            os.close(outer)
            return found.decode()
        found += more


def bare(text: str) -> str:
    return COLOR.sub("", LINK.sub("", text))


def too_wide(text: str, columns: int) -> list[str]:
    """Lines that do not fit, addresses excepted: cut in two they would lead nowhere."""
    return [line for line in text.splitlines() if len(line) > columns and "https://" not in line]


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_a_terminal_of_any_width_gets_lines_that_fit_it(columns):
    out, err = on_terminal("--offline", MODEL, columns=columns)
    assert err.endswith("\r\x1b[K")
    assert "/s" not in err  # of a single model there is no rate
    assert too_wide(bare(out), columns) == []
    assert max(map(len, bare(out).splitlines())) > columns - 25 or columns == 200
    assert COLOR.search(out)
    assert not LINK.search(out)


@pytest.mark.parametrize(
    "call",
    [
        ("rules", "list"),
        ("explain",),
        ("explain", "weights-license"),
        ("license", "LICENSES/Apache-2.0.txt"),
        ("scan", "examples/app", "--no-audit"),
        ("compare", MODEL, OTHER, "--offline"),
    ],
    ids=" ".join,
)
def test_every_answer_fits_a_narrow_terminal(call):
    out, _ = on_terminal(*call, columns=60)
    assert out
    assert too_wide(bare(out), 60) == []


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_columns_of_the_matrix_stand_under_their_heads(columns, lang):
    from osaid_audit import audit

    text = render(audit(MODEL, offline=True), "text", lang, width=columns)
    assert too_wide(text, columns) == []
    lines = text.split("\n\n")[3].splitlines()
    starts = [match.start() for match in re.finditer(r"(?<=  )\S", lines[1])][1:]
    assert len(starts) == 4
    for line in lines[2:7]:
        assert all(line[at - 2 : at] == "  " for at in starts if at < len(line)), line
    scan = render_scan(
        ScanReport.model_validate_json(SCAN.read_text(encoding="utf-8")), "text", lang, width=columns
    )
    assert too_wide(scan, columns) == []


def test_a_terminal_that_shows_links_gets_them_instead_of_addresses():
    plain, _ = on_terminal("--offline", MODEL)
    linked, _ = on_terminal("--offline", MODEL, VTE_VERSION="7006")
    assert "\x1b]8;" not in plain
    found = LINK.findall(linked)
    assert len([each for each in found if "https://" in each]) * 2 == len(found)  # each one ends
    address = "https://github.com/maruel/huggingface/blob/84f783728334/huggingface_test.go"
    assert address in plain
    assert any(address in each for each in found)
    assert address not in bare(linked)
    assert len(linked.splitlines()) < len(plain.splitlines())


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"VTE_VERSION": "7006"}, True),
        ({"VTE_VERSION": "5000"}, False),
        ({"VTE_VERSION": "new"}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"WT_SESSION": "x"}, True),
        ({"WT_SESSION": "x", "TMUX": "y"}, False),
        ({"WT_SESSION": "x", "NO_COLOR": "1"}, False),
        ({"WT_SESSION": "x", "TERM": "dumb"}, False),
        ({"WT_SESSION": "x", "CI": "true"}, False),
        ({"WT_SESSION": "x", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "1", "TERM": "dumb"}, False),
        ({}, False),
    ],
)
def test_links_are_written_only_where_they_are_known_to_be_shown(monkeypatch, env, expected):
    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    class Pipe:
        @staticmethod
        def isatty() -> bool:
            return False

    for name in UNKNOWN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert streams.links_wanted(Terminal()) is expected
    assert streams.links_wanted(Pipe()) is False


def test_files_and_pipes_get_neither_color_nor_links(tmp_path):
    shows = {"FORCE_HYPERLINK": "1", "VTE_VERSION": "7006"}
    out, _ = on_terminal("--offline", MODEL, "-o", str(tmp_path / "a.txt"), **shows)
    assert "\x1b" not in out
    assert "\x1b" not in (tmp_path / "a.txt").read_text(encoding="utf-8")
    piped = subprocess.run(
        [sys.executable, "-m", "osaid_audit", "--offline", MODEL],
        env=os.environ | shows | {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert b"conform" in piped.stdout
    assert b"\x1b" not in piped.stdout + piped.stderr


def test_no_color_means_none():
    out, _ = on_terminal("--offline", MODEL, NO_COLOR="1", VTE_VERSION="7006")
    assert "\x1b" not in out


def test_several_models_are_counted_with_their_rate_and_the_count_is_gone_at_the_end():
    out, err = on_terminal("--offline", MODEL, OTHER, columns=60)
    assert re.search(r"1/2  \d+\.\d/s  ", err)
    assert re.search(r"2/2  \d+\.\d/s  ", err)
    assert err.endswith("\r\x1b[K")
    assert max(len(part) for part in re.split(r"\r\x1b\[K", err)) < 60
    assert "/s" not in out.split("\n\n")[0]


def test_an_address_that_would_end_the_sequence_is_no_link():
    from osaid_audit.render import layout

    good = layout.linked("x", 60, "- ", "  ", "https://hub.test/a")
    assert good[0].startswith("- \x1b]8;id=")
    for odd in (
        "https://hub.test/a\x1b\\",
        "https://hub.test/a\x07",
        "javascript:x",
        "https://hub.test/a b",
        "",
    ):
        assert layout.linked("x", 60, "- ", "  ", odd) == ["- x"]


def test_a_link_over_several_lines_is_one_link_and_leaves_the_indent_alone():
    from osaid_audit.render import layout

    lines = layout.linked("one two three", 9, "- ", "  ", "https://hub.test/a")
    assert [LINK.sub("", line) for line in lines] == ["- one two", "  three"]
    assert len(set(LINK.findall(lines[0] + lines[1]))) == 2  # the same beginning, the same end
    assert lines[1].startswith("  \x1b]8;id=")


def test_every_error_has_a_next_step():
    kinds = {
        name
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, errors.OsaidError) and name != "InternalError"
    }
    silent = []
    calls = 0
    for path in (ROOT / "osaid_audit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
                calls += 1
                unsaid = len(node.args) < 2 and not node.keywords
                if unsaid:
                    silent.append(f"{path.name}:{node.lineno}")
    assert calls > 50
    assert silent == []

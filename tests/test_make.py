"""What `make` offers: it lists all of it, checks what CI checks, and measures to the end."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )


def test_make_lists_every_target():
    listed = set(re.findall(r"^  make ([a-z-]+)", make().stdout, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert listed | {"format", "clean"} == set(phony[1].split())


def test_ci_and_make_check_run_the_same_checks():
    check = re.search(r"^check: (.*?) ##", MAKEFILE, re.MULTILINE)
    assert check is not None
    ran = re.findall(r"make ([a-z -]+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert set(check[1].split()) <= {target for call in ran for target in call.split()}


@pytest.mark.parametrize("failing", [[], ["bench_online"], ["bench", "bench_sweep"]])
def test_a_measure_that_fails_stops_no_other_and_is_named(tmp_path, failing):
    """In a place where every program is a stand-in that says what it was called for."""
    program = tmp_path / "bin" / "python"
    program.parent.mkdir()
    fails = "|".join(f"*tools.{each}" for each in failing) or "nothing"
    program.write_text(f'#!/bin/sh\necho "$*"\ncase "$*" in {fails}) exit 1;; esac\n')
    program.chmod(0o755)
    (tmp_path / ".ready").touch()
    done = make("bench", f"VENV={tmp_path}")
    measures = re.search(r"^MEASURES := (.*)$", MAKEFILE, re.MULTILINE)
    assert measures is not None
    ran = [line.removeprefix("-m tools.") for line in done.stdout.splitlines() if "-m tools." in line]
    assert len(ran) >= 7
    assert ran == measures[1].split()
    told = re.search(r"^bench: past a limit or broken: (.*)$", done.stderr, re.MULTILINE)
    assert (told[1].split() if told else []) == failing
    assert (done.returncode != 0) is bool(failing)

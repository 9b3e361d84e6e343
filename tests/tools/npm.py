"""Tools from npm that tests ask for the last word: installed once into build/npm, or skipped with the reason.

Each set of tools has a folder of its own, so that a second run needs no network.
"""

import hashlib
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "build" / "npm"
_SECONDS = 180
_OPTIONS = ("--no-audit", "--no-fund", "--ignore-scripts", "--save-exact")
_QUICKLY = ("--fetch-retries=0", "--fetch-timeout=30000")
"""Without a network it is said soon."""


def installed(*packages: str) -> Path:
    """The folder whose `node_modules` has these `name@version` packages.

    Skips the test, and says why, when there is no npm or it cannot fetch them.
    """
    home = FOLDER / hashlib.sha256(" ".join(sorted(packages)).encode()).hexdigest()[:16]
    if not home.is_dir():
        wrong = _install(packages, home)
        if wrong:
            pytest.skip(f"{', '.join(packages)} cannot be had here: {wrong}")
    return home


def _install(packages: tuple[str, ...], home: Path) -> str:
    """Fills a folder beside `home` and puts it in place whole; what went wrong, or nothing."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "node and npm are not installed"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as temporary:
        fresh = Path(temporary) / "set"
        fresh.mkdir()
        (fresh / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        command = [npm, "install", *_OPTIONS, *_QUICKLY, *packages]
        try:
            done = subprocess.run(
                command, cwd=fresh, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"npm install did not finish: {type(error).__name__}"
        if done.returncode:
            return f"npm install failed: {done.stderr.strip()[-200:]}"
        with suppress(OSError):  # another run was faster
            fresh.rename(home)
    return "" if home.is_dir() else f"they could not be put into {home.name}"

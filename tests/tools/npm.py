"""Tools from npm that tests ask for the last word, kept outside the repository.

`installed("axe-core@4.14.1", ...)` gives the folder whose `node_modules` has them, or None, and prints why.
Each set of tools has a folder of its own under the user's cache, so that a second run needs no network.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

_SECONDS = 180
_QUICKLY = ("--fetch-retries=0", "--fetch-timeout=30000")
"""Without a network it is said soon."""


def installed(*packages: str) -> Path | None:
    """The folder with these `name@version` packages, installed once; None when that cannot be done here."""
    npm = shutil.which("npm")
    home = _home(packages)
    wrong = "" if npm and shutil.which("node") else "node and npm are not installed"
    if npm and not wrong and not (home / "node_modules").is_dir():
        wrong = _install(npm, packages, home)
    if wrong:
        print(f"Not available here: {wrong}", file=sys.stderr)
    return None if wrong else home


def _home(packages: tuple[str, ...]) -> Path:
    name = hashlib.sha256(" ".join(sorted(packages)).encode()).hexdigest()[:16]
    return Path.home() / ".cache" / "osaid-audit-tests" / f"npm-{name}"


def _install(npm: str, packages: tuple[str, ...], home: Path) -> str:
    """Fills a folder beside `home` and puts it in place whole; what went wrong, or nothing."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent) as temporary:
        fresh = Path(temporary) / "set"
        fresh.mkdir()
        (fresh / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        command = [
            npm,
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--save-exact",
            *_QUICKLY,
            *packages,
        ]
        try:
            done = subprocess.run(
                command, cwd=fresh, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"npm install did not finish: {type(error).__name__}"
        if done.returncode:
            return f"npm install failed: {done.stderr.strip().splitlines()[-1:]}"
        with suppress(OSError):  # another run was faster
            fresh.rename(home)
    return ""

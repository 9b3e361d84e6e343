"""What every test stands on: no network but loopback, no settings of the machine, the same random choices."""

import atexit
import ipaddress
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before any test imports them: whichever files are run together, their assertions explain themselves.
pytest.register_assert_rewrite("door", "hub")

ROOT = Path(__file__).resolve().parent.parent
collect_ignore = ["references"]
"""Projects a scan reads; their tests are no tests of this one."""
_SETTINGS = (
    *("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    "GITHUB_TOKEN",
    *("NO_COLOR", "FORCE_COLOR", "COLUMNS"),
)


def _forget_the_machine() -> None:
    """Settings, tokens and caches of whoever runs the tests must not reach them, nor their subprocesses."""
    private = Path(tempfile.mkdtemp(prefix="osaid-audit-tests-"))
    atexit.register(shutil.rmtree, private, ignore_errors=True)
    for name in list(os.environ):
        if name.startswith(("OSAID_AUDIT_", "HF_", "HUGGING_FACE_")):
            del os.environ[name]
    for name in _SETTINGS:
        os.environ.pop(name, None)
        os.environ.pop(name.lower(), None)
    os.environ["XDG_CACHE_HOME"] = str(private / "cache")
    os.environ["HF_HOME"] = str(private / "huggingface")
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"


def is_local(address: object) -> bool:
    """Whether a socket address stays on this machine: a path, a loopback number or `localhost`."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0]).split("%", maxsplit=1)[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: it sees every socket of this process, whichever library opened it.

    `pytest.fail` raises a BaseException, so code under test cannot mistake it for an unreachable host.
    """
    if event in {"socket.connect", "socket.sendto"} and not is_local(arguments[1]):
        pytest.fail(f"a test tried to reach {arguments[1]!r}; tests stay on this machine")


_forget_the_machine()
sys.addaudithook(_guard)

# Same examples in every run: a red build must be red again on the next machine.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("search", derandomize=False, deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real cards, texts and labels beside the checkout; the test skips where it is not."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("the folder ../shared (real cards, license texts, labels) is not beside this checkout")
    return folder


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Run the test from an empty folder that is not the checkout."""
    with _folder(tmp_path):
        yield tmp_path

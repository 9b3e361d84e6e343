"""Time and size have an end whatever a server does, and nothing heavy is imported before it is needed."""

import gzip
import subprocess
import sys
import time
import tracemalloc

import pytest
from hub.rude import rude
from hub.world import OPEN

from osaid_audit.errors import Unreachable
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.settings import Settings

pytest_plugins = ("hub.fixtures",)
BOMB = gzip.compress(b"0" * 50_000_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def endless(send):
    send(HEAD + b"Connection: close\r\n\r\n")
    while True:
        send(b"x" * 65536)


def bomb(send):
    send(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB)


def slow_head(send):
    send(HEAD)
    while True:
        send(b"X-More: 1\r\n")
        time.sleep(0.05)


def slow_body(send):
    send(HEAD + b"Connection: close\r\n\r\n")
    while True:
        send(b"x")
        time.sleep(0.05)


def chunked_and_cut(send):
    send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")


def read(url: str, tmp_path, *, page: bool):
    settings = Settings(endpoint=url, cache_dir=tmp_path, timeout=0.3, allow_hosts=("127.0.0.1",))
    with Hub(settings) as hub:
        if page:
            return hub.page("link", f"{url}/page", 1)
        return hub.file("models", "org/name", "a" * 40, "LICENSE", 1).fetched


@pytest.mark.parametrize("page", [False, True])
@pytest.mark.parametrize("speak", [endless, bomb])
def test_size_has_an_end(tmp_path, speak, page):
    tracemalloc.start()
    with rude(speak) as url:
        assert read(url, tmp_path, page=page).state == "too_large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 120_000_000
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("speak", "page"), [(slow_body, False), (slow_body, True), (slow_head, True)])
def test_time_has_an_end(tmp_path, speak, page):
    start = time.monotonic()
    with rude(speak) as url:
        assert read(url, tmp_path, page=page).state in {"unreachable", "malformed"}
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("page", [False, True])
def test_a_chunked_reply_that_is_cut_is_not_read(tmp_path, page):
    with rude(chunked_and_cut) as url:
        assert read(url, tmp_path, page=page).state == "unreachable"


def test_a_server_that_speaks_no_http_is_unreachable(tmp_path):
    from osaid_audit.gather.fetching.rounds import fetch

    with rude(lambda send: send(b"SSH-2.0-OpenSSH\r\n")) as url, pytest.raises(Unreachable):
        fetch(OPEN, None, Settings(endpoint=url, cache_dir=tmp_path, timeout=0.3))


def test_nothing_heavy_is_imported_before_it_is_needed():
    code = (
        "import sys, osaid_audit.gather.fetching.rounds\n"
        "heavy = {'huggingface_hub', 'httpx2', 'requests', 'urllib3'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_audit_without_links_never_imports_requests(local_hub, tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from osaid_audit.gather.fetching.rounds import fetch\n"
        "from osaid_audit.gather.settings import Settings\n"
        f"fetch({OPEN!r}, None, Settings(endpoint={local_hub.url!r}, cache_dir=Path({str(tmp_path)!r})))\n"
        "assert 'requests' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

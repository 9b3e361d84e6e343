"""Fixtures around the local Hub; load with `pytest_plugins = ("hub.fixtures",)`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from door import Ran, osaid_audit

from hub.company import Proxy
from hub.server import LocalHub
from hub.world import world


@pytest.fixture
def local_hub() -> Iterator[LocalHub]:
    """A Hub with the small world of hub.world."""
    _close_client()
    with LocalHub(world()) as hub:
        yield hub
    _close_client()


@pytest.fixture
def empty_hub() -> Iterator[LocalHub]:
    """A Hub without a repository."""
    _close_client()
    with LocalHub() as hub:
        yield hub
    _close_client()


@pytest.fixture
def corpus_hub() -> Iterator[LocalHub]:
    """A Hub with everything of ../shared/corpus; skips where that folder is not beside the checkout."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("../shared/corpus is not beside this checkout: no recorded material to serve")
    with LocalHub.from_corpus(folder) as hub:
        yield hub
    _close_client()


@pytest.fixture
def settings_for(tmp_path: Path) -> Callable[..., Any]:
    """Settings for a local Hub, with a cache of this test alone: `settings_for(hub, token=...)`."""
    from osaid_audit.gather.settings import Settings

    def make(hub: LocalHub, **options: Any) -> Settings:
        given = {
            "endpoint": hub.url + hub.prefix,
            "cache_dir": tmp_path / "cache",
            "timeout": 3.0,
            "max_wait": 2.0,
            "github_endpoint": hub.elsewhere + "/github",
        }
        return Settings(**(given | options))

    return make


@pytest.fixture
def ask_at(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Ran]:
    """Run the command line against a local Hub, with a cache of its own: `ask_at(hub, MODEL, ...)`."""

    def run(hub: LocalHub, *arguments: object) -> Ran:
        place = ("--endpoint", hub.url + hub.prefix, "--cache-dir", tmp_path / "cache", "--timeout", "3")
        github = () if "--github-endpoint" in arguments else ("--github-endpoint", hub.elsewhere + "/github")
        return osaid_audit(capsys, *arguments, *place, *github)

    return run


@pytest.fixture
def shut_proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A proxy for https that lets nothing out: links to the rest of the internet are tried and not read."""
    proxy = Proxy()
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    yield proxy
    proxy.close()


def _close_client() -> None:
    """huggingface_hub keeps one client with the environment it saw first; a test may set another one."""
    from huggingface_hub import close_session

    close_session()

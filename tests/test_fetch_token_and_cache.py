"""The token goes to the endpoint alone and is written nowhere; the cache believes only what is whole."""

import logging
from pathlib import Path

import pytest
from hub.server import LocalHub
from hub.world import GATED, OPEN, PRIVATE, world

from osaid_audit.errors import CannotAudit, OsaidError, UsageError
from osaid_audit.gather.fetching.cache import Cache, Entry
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.raw import Missed
from osaid_audit.gather.settings import Settings, default_cache_dir

pytest_plugins = ("hub.fixtures",)
SECRET = "hf_SecretSecretSecret"


def every_byte(folder: Path) -> bytes:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() + str(path).encode() for path in files)


def bearers(hub: LocalHub, host: str) -> set:
    return {seen.headers.get("authorization") for seen in hub.seen if seen.host == host}


def test_the_token_goes_to_the_endpoint_and_to_no_other_host(local_hub, settings_for):
    local_hub.tokens = {SECRET: {"*"}}
    local_hub.repo(GATED).lfs = frozenset({"LICENSE"})
    page = local_hub.page("/terms.txt", "Terms.")
    local_hub.repo(GATED).files["README.md"] = f"---\nlicense: other\nlicense_link: {page}\n---\n".encode()
    local_hub.repo(GATED).card_data = None
    allowed = local_hub.elsewhere.split("//")[1]
    gathered = fetch(GATED, None, settings_for(local_hub, token=SECRET, allow_hosts=(allowed,)))
    assert gathered.subject.files["LICENSE"].body
    assert gathered.subject.links[page].body == b"Terms."
    assert bearers(local_hub, "hub") == {f"Bearer {SECRET}"}
    assert bearers(local_hub, "elsewhere") == {None}
    assert len(local_hub.requests(host="elsewhere", hops=True)) == 2


def test_a_page_on_the_endpoint_gets_no_token_either(local_hub, settings_for):
    local_hub.tokens = {SECRET: {"*"}}
    link = f"{local_hub.url}/some/page"
    local_hub.repo(OPEN).files["README.md"] = f"---\nlicense_link: {link}\n---\n".encode()
    gathered = fetch(OPEN, None, settings_for(local_hub, token=SECRET))
    assert b"page for people" in gathered.subject.links[link].body
    page = next(seen for seen in local_hub.seen if seen.path == "/some/page")
    assert "authorization" not in page.headers
    assert "cookie" not in page.headers


def test_the_token_is_in_no_file_repr_log_or_message(local_hub, settings_for, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    local_hub.tokens = {SECRET: {PRIVATE}}
    settings = settings_for(local_hub, token=SECRET)
    with Hub(settings) as hub:
        gathered = fetch(PRIVATE, None, settings, hub=hub)
        shown = f"{settings!r} {hub!r} {gathered!r} {hub.log!r}"
    local_hub.tokens = {}
    with pytest.raises(CannotAudit) as caught:
        fetch(PRIVATE, None, settings)
    shown += f"{caught.value!r} {caught.value.hint} {caught.value.__context__!r}"
    assert SECRET not in shown
    assert SECRET.encode() not in every_byte(tmp_path)
    assert SECRET not in caplog.text
    assert list(tmp_path.rglob("*"))


def test_none_means_none_though_the_environment_has_a_token(local_hub, settings_for, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", SECRET)
    local_hub.tokens = {SECRET: {"*"}}
    assert not fetch(OPEN, None, settings_for(local_hub)).token_used
    assert bearers(local_hub, "hub") == {None}
    local_hub.forget()
    assert fetch(OPEN, None, settings_for(local_hub, token=True)).token_used
    assert bearers(local_hub, "hub") == {f"Bearer {SECRET}"}


def test_a_netrc_file_is_not_a_token(local_hub, settings_for, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password hidden\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    page = local_hub.page("/t.txt", "Terms.")
    local_hub.repo(OPEN).files["README.md"] = f"---\nlicense_link: {page}\n---\n".encode()
    fetch(OPEN, None, settings_for(local_hub, allow_hosts=("127.0.0.1",)))
    assert {seen.headers.get("authorization") for seen in local_hub.seen} == {None}
    assert "/t.txt" in local_hub.requests()


@pytest.mark.parametrize("token", ["hf_a b", "hf_\nX-Evil: 1", "é", "x" * 5000])
def test_what_cannot_be_a_token_is_refused_without_repeating_it(local_hub, settings_for, token):
    with pytest.raises(UsageError) as caught:
        fetch(OPEN, None, settings_for(local_hub, token=token))
    assert token not in str(caught.value)
    assert local_hub.seen == []


def test_an_empty_token_is_none(local_hub, settings_for):
    assert not fetch(OPEN, None, settings_for(local_hub, token="  ")).token_used


@pytest.mark.parametrize(
    "endpoint", ["ftp://x", "huggingface.co", "http://", "http://u:p@h", "http://h:x", "https://h/?a=1"]
)
def test_what_cannot_be_an_endpoint_is_refused(endpoint):
    with pytest.raises(UsageError):
        Settings(endpoint=endpoint)
    assert Settings(endpoint="https://hub.example.org/mirror/").endpoint == "https://hub.example.org/mirror"


def test_an_endpoint_below_a_path_is_a_hub_like_any_other(local_hub, settings_for):
    local_hub.prefix = "/artifactory/hub"
    gathered = fetch(OPEN, None, settings_for(local_hub))
    assert isinstance(gathered.subject.files["LICENSE"].body, bytes)
    assert gathered.subject.page_url == f"{local_hub.url}/artifactory/hub/{OPEN}"
    assert all(path.startswith("/artifactory/hub/") for path in local_hub.requests(hops=True))


def test_what_one_token_may_read_is_not_shown_to_another(local_hub, settings_for):
    local_hub.tokens = {SECRET: {GATED}}
    assert fetch(GATED, None, settings_for(local_hub, token=SECRET)).subject.files["README.md"].body
    assert isinstance(fetch(GATED, None, settings_for(local_hub)).subject.files["README.md"], Missed)
    offline = fetch(GATED, None, settings_for(local_hub, offline=True)).subject.files["README.md"]
    assert isinstance(offline, Missed)


def test_damaged_entries_are_ignored_and_written_anew(local_hub, settings_for, tmp_path):
    settings = settings_for(local_hub)
    whole = fetch(OPEN, None, settings)
    entries = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    damages = (
        lambda b: b[:-3],
        lambda _: b"",
        lambda b: b"\n" + b,
        lambda b: b.replace(b"a", b"b"),
        lambda _: b"{}\n",
    )
    for damage in damages:
        for entry in entries:
            entry.write_bytes(damage(entry.read_bytes()))
        local_hub.forget()
        again = fetch(OPEN, None, settings)
        assert again.subject == whole.subject
        assert len(local_hub.requests()) == 6
        local_hub.forget()
        fetch(OPEN, None, settings)
        assert len(local_hub.requests()) == 1


def test_errors_are_not_kept(local_hub, settings_for):
    local_hub.fault("LICENSE", "status", status=404)
    first = fetch(OPEN, None, settings_for(local_hub)).subject.files["LICENSE"]
    local_hub.faults.clear()
    second = fetch(OPEN, None, settings_for(local_hub)).subject.files["LICENSE"]
    assert isinstance(first, Missed)
    assert not isinstance(second, Missed)


def test_without_a_place_to_write_there_is_no_cache_and_no_error(local_hub, settings_for, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    for _ in range(2):
        local_hub.forget()
        assert fetch(OPEN, None, settings_for(local_hub, cache_dir=blocked)).subject.revision
        assert len(local_hub.requests()) == 6


def test_two_endpoints_do_not_share_a_cache(local_hub, settings_for):
    fetch(OPEN, None, settings_for(local_hub))
    with LocalHub(world()) as other:
        fetch(OPEN, None, settings_for(other))
        assert len(other.requests()) == 6


def test_the_cache_is_readable_by_its_owner_alone(local_hub, settings_for, tmp_path):
    fetch(OPEN, None, settings_for(local_hub))
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert files
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


def test_a_clock_set_back_makes_entries_old():
    assert Entry("u", 200, b"", stored=9e12).age() == float("inf")


def test_entries_are_found_again_only_under_their_url(tmp_path):
    cache = Cache(tmp_path, None)
    entry = Entry("http://h/a", 200, b"body\nwith lines", stored=1.0, etag='"x"')
    cache.put(entry)
    assert cache.get("http://h/a") == entry
    assert cache.get("http://h/b") is None
    assert Cache(tmp_path, "t").get("http://h/a") is None


def test_the_default_place_follows_the_platform(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache_dir() == tmp_path / "osaid-audit"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_cache_dir() == tmp_path / ".cache" / "osaid-audit"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_cache_dir() == tmp_path / "local" / "osaid-audit"


def test_hf_hub_offline_is_told_as_such(local_hub, settings_for, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(OsaidError) as caught:
        fetch(OPEN, None, settings_for(local_hub))
    assert "offline" in str(caught.value)
    assert "HF_HUB_OFFLINE" in caught.value.hint
    assert local_hub.seen == []

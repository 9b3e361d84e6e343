"""A company's proxy and certificate authority are honoured by both HTTP stacks."""

import pytest
from hub.company import Proxy, authority
from hub.fixtures import _close_client
from hub.repos import Repo
from hub.server import LocalHub
from hub.world import OPEN, card, world

from osaid_audit.errors import Unreachable, UsageError
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.settings import Settings

VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in (*VARIABLES, "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    _close_client()
    yield
    _close_client()


@pytest.fixture
def secure_hub(certificates):
    _, pair = certificates
    with LocalHub(world(), tls=pair) as hub:
        link = hub.page("/terms.txt", "Terms.")
        hub.add(Repo("linking/model", files={"README.md": card(f"license: other\nlicense_link: {link}")}))
        yield hub


@pytest.fixture
def proxy():
    made = Proxy()
    yield made
    made.close()


def settings(hub, tmp_path, **options):
    return Settings(
        endpoint=hub.url, cache_dir=tmp_path / "cache", timeout=3.0, allow_hosts=("localhost",), **options
    )


def linked(gathered):
    return next(iter(gathered.subject.links.values()))


@pytest.mark.parametrize("variable", VARIABLES)
def test_each_variable_gives_both_stacks_the_authority(
    secure_hub, certificates, tmp_path, monkeypatch, variable
):
    monkeypatch.setenv(variable, str(certificates[0]))
    gathered = fetch("linking/model", None, settings(secure_hub, tmp_path))
    assert gathered.subject.files["README.md"].body
    assert linked(gathered).body == b"Terms."


def test_without_the_authority_nothing_is_read_and_the_hint_says_what_to_do(secure_hub, tmp_path):
    with pytest.raises(Unreachable, match="certificate") as caught:
        fetch(OPEN, None, settings(secure_hub, tmp_path))
    assert "SSL_CERT_FILE" in caught.value.hint
    assert secure_hub.seen == []


def test_an_authority_that_is_not_there_is_a_wrong_setting(secure_hub, tmp_path, monkeypatch):
    for variable in VARIABLES:
        monkeypatch.setenv(variable, str(tmp_path / "nothing.pem"))
        with pytest.raises(UsageError, match=variable):
            fetch(OPEN, None, settings(secure_hub, tmp_path))
        monkeypatch.delenv(variable)


@pytest.mark.parametrize("variable", VARIABLES)
def test_a_file_that_is_no_authority_is_a_wrong_setting(secure_hub, tmp_path, monkeypatch, variable):
    (tmp_path / "empty.pem").write_text("nothing")
    monkeypatch.setenv(variable, str(tmp_path / "empty.pem"))
    with pytest.raises(UsageError, match="CA bundle"):
        fetch(OPEN, None, settings(secure_hub, tmp_path))


@pytest.fixture(params=["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def trusted(request, certificates, monkeypatch):
    """The company's authority, named by one variable or by the other."""
    monkeypatch.setenv(request.param, str(certificates[0]))


def test_both_stacks_go_through_the_proxy(secure_hub, trusted, proxy, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    gathered = fetch("linking/model", None, settings(secure_hub, tmp_path, token=None))
    assert gathered.subject.files["README.md"].body
    assert linked(gathered).body == b"Terms."
    tunnels = set(proxy.tunnels)
    assert tunnels == {
        f"CONNECT {place.removeprefix('https://')}" for place in (secure_hub.url, secure_hub.elsewhere)
    }


def test_the_proxy_never_sees_the_token(secure_hub, certificates, proxy, tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates[0]))
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    secure_hub.tokens = {"hf_secret": {"*"}}
    assert fetch(OPEN, None, settings(secure_hub, tmp_path, token="hf_secret")).token_used
    assert proxy.heads
    assert not any(b"hf_secret" in head for head in proxy.heads)


def test_no_proxy_keeps_both_stacks_off_the_proxy(secure_hub, certificates, proxy, tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates[0]))
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", "localhost")
    gathered = fetch("linking/model", None, settings(secure_hub, tmp_path))
    assert linked(gathered).body == b"Terms."
    assert proxy.tunnels == []


def test_a_proxy_that_refuses_is_told_and_its_password_is_not(secure_hub, tmp_path, monkeypatch):
    refusing = Proxy()
    monkeypatch.setenv("HTTPS_PROXY", refusing.url.replace("//", "//user:hunter2@"))
    nowhere = Settings(endpoint="https://hub.company.example", cache_dir=tmp_path / "cache", timeout=3.0)
    with pytest.raises(Unreachable, match="proxy refused") as caught:
        fetch(OPEN, None, nowhere)
    assert "hunter2" not in f"{caught.value!r} {caught.value.hint}"
    assert refusing.tunnels
    refusing.close()


def test_a_page_behind_the_proxy_is_still_not_a_private_one(
    secure_hub, certificates, proxy, tmp_path, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates[0]))
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    plain = Settings(endpoint=secure_hub.url, cache_dir=tmp_path / "cache", timeout=3.0)
    refused = linked(fetch("linking/model", None, plain))
    assert "not a public address" in refused.detail
    assert secure_hub.requests(host="elsewhere") == []

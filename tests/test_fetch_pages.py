"""License links: files of repositories come through the Hub, pages from public addresses only."""

import socket
import time

import pytest
from hub.repos import Repo
from hub.world import OPEN, apache_text, card

from osaid_audit.gather.fetching.addresses import Page, RepoFile, is_file_path, is_repo_id, link_target
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.publicnet import is_public
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.raw import Missed

pytest_plugins = ("hub.fixtures",)
HUB = "https://huggingface.co"
OWN = ("org/name", "org/old")


def follow(local_hub, settings, link: str):
    """What comes of a link written in a card."""
    front = f"license: other\nlicense_link: {link}"
    local_hub.add(Repo("some/model", files={"README.md": card(front), "LICENSE": apache_text()}))
    return fetch("some/model", None, settings).subject.links[link]


def elsewhere(local_hub) -> str:
    return local_hub.elsewhere.split("//")[1]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("LICENSE", RepoFile("models", "org/name", None, "LICENSE")),
        ("./docs/LICENSE.md", RepoFile("models", "org/name", None, "docs/LICENSE.md")),
        (f"{HUB}/org/name/blob/main/LICENSE", RepoFile("models", "org/name", None, "LICENSE")),
        (f"{HUB}/Org/Old/blob/v1/LICENSE", RepoFile("models", "Org/Old", None, "LICENSE")),
        (f"{HUB}/gpt2/raw/main/LICENSE", RepoFile("models", "gpt2", "main", "LICENSE")),
        (f"{HUB}/a/b/resolve/refs%2Fpr%2F1/x%20y.md", RepoFile("models", "a/b", "refs/pr/1", "x y.md")),
        (f"{HUB}/datasets/a/b/blob/main/LICENSE", RepoFile("datasets", "a/b", "main", "LICENSE")),
        (f"{HUB}/a/b", Page("http://hub.local/m/a/b")),
        ("https://hf.co/a/b/blob/main/LICENSE", RepoFile("models", "a/b", "main", "LICENSE")),
        ("http://hub.local/m/a/b/blob/main/L", RepoFile("models", "a/b", "main", "L")),
        ("https://example.org/LICENSE", Page("https://example.org/LICENSE")),
        (
            "https://huggingface.co.evil.org/a/b/blob/main/L",
            Page("https://huggingface.co.evil.org/a/b/blob/main/L"),
        ),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("../../etc/passwd", None),
        (
            f"{HUB}/a/b/blob/main/../../../api/whoami",
            Page("http://hub.local/m/a/b/blob/main/../../../api/whoami"),
        ),
        ("", None),
        ("x" * 3000, None),
        ("LICENSE\nHost: evil", None),
    ],
)
def test_where_a_link_points(link, target):
    assert link_target(link, "http://hub.local/m", OWN) == target


def test_ids_and_paths_that_are_asked_for():
    assert is_repo_id("gpt2")
    assert is_repo_id("org/name.v1-x_2")
    assert not any(
        is_repo_id(name) for name in ("", "a/b/c", "a b", "../x", "a/..", "a--b", "a/b?x=1", "-a/b")
    )
    assert is_file_path("vae/LICENSE")
    assert not any(is_file_path(path) for path in ("", "/etc", "a//b", "a/../b", ".", "a\nb"))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("::127.0.0.1", False),
        ("::10.0.0.1", False),
        ("::93.184.216.34", False),
        ("fec0::1", False),
        ("64:ff9b::93.184.216.34", True),
        ("64:ff9b:1::a00:1", False),
        ("64:ff9b:1::5db8:d822", False),
        ("2002:5db8:d822::1", False),
        ("2001:0:5db8:d822::1", False),
        ("2001:db8::1", False),
        ("2001:20::1", False),
        ("3fff::1", False),
        ("4000::1", False),
        ("5f00::1", False),
        ("100::1", False),
        ("ff02::1", False),
        ("ff0e::1", False),
        ("::", False),
        ("2a00:1450:4007:80e::200e", True),
        ("2001:4860:4860::8888", True),
        ("192.88.99.1", False),
        ("192.0.0.8", False),
        ("198.18.0.1", False),
        ("198.20.0.1", True),
        ("203.0.113.9", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::ffff:192.88.99.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


def test_a_link_into_the_own_repository_is_that_file_at_the_same_commit(local_hub, settings_for):
    for link in (
        "LICENSE",
        f"{local_hub.url}/some/model/blob/v0/LICENSE",
        f"{HUB}/some/model/resolve/main/LICENSE",
    ):
        local_hub.forget()
        found = follow(local_hub, settings_for(local_hub), link)
        assert found.body == apache_text().encode()
        assert found.revision == local_hub.repo("some/model").sha
        assert len([path for path in local_hub.requests() if "LICENSE" in path]) == 1


def test_a_link_to_a_file_that_is_not_there_is_absent(local_hub, settings_for):
    assert follow(local_hub, settings_for(local_hub), "TERMS.md").state == "absent"


def test_a_link_into_another_repository_is_a_file_of_the_hub(local_hub, settings_for):
    found = follow(local_hub, settings_for(local_hub), f"{HUB}/{OPEN}/blob/main/LICENSE")
    assert found.body == apache_text().encode()
    assert found.revision == local_hub.repo(OPEN).sha


def test_a_private_address_is_refused_unless_allowed(local_hub, settings_for):
    link = local_hub.page("/terms.txt", "Terms.")
    refused = follow(local_hub, settings_for(local_hub), link)
    assert (refused.state, "not a public address" in refused.detail) == ("unreachable", True)
    assert local_hub.requests(host="elsewhere") == []
    allowed = follow(local_hub, settings_for(local_hub, allow_hosts=(elsewhere(local_hub),)), link)
    assert allowed.body == b"Terms."
    assert allowed.url == link


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "[::1]", "0x7f.0.0.1"])
def test_other_spellings_of_this_machine_are_refused_too(local_hub, settings_for, host):
    port = local_hub.elsewhere.rpartition(":")[2]
    local_hub.page("/terms.txt", "Terms.")
    found = follow(local_hub, settings_for(local_hub), f"http://{host}:{port}/terms.txt")
    assert found.state == "unreachable"
    assert local_hub.requests(host="elsewhere") == []


def test_a_name_that_resolves_differently_the_second_time_is_caught(local_hub, settings_for, monkeypatch):
    link = local_hub.page("/terms.txt", "Terms.").replace("127.0.0.1", "rebind.example")
    real, calls = socket.getaddrinfo, []

    def rebinding(host, port, *rest, **options):
        if host != "rebind.example":
            return real(host, port, *rest, **options)
        calls.append(host)
        address = "93.184.216.34" if len(calls) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    found = follow(local_hub, settings_for(local_hub), link)
    assert len(calls) == 2
    assert (found.state, "not a public address" in found.detail) == ("unreachable", True)
    assert local_hub.requests(host="elsewhere") == []


def test_each_hop_is_checked(local_hub, settings_for):
    inside = local_hub.page("/inside", "secret").replace("127.0.0.1", "localhost")
    link = local_hub.page("/start", "", status=302, Location=inside)
    found = follow(local_hub, settings_for(local_hub, allow_hosts=("127.0.0.1",)), link)
    assert (found.state, "not a public address" in found.detail) == ("unreachable", True)
    local_hub.page("/start", "", status=302, Location="/inside")
    again = follow(local_hub, settings_for(local_hub, allow_hosts=("127.0.0.1",)), link)
    assert again.body == b"secret"


def test_redirects_end_and_leave_http_never(local_hub, settings_for):
    settings = settings_for(local_hub, allow_hosts=("127.0.0.1",))
    loop = local_hub.page("/loop", "", status=302, Location="/loop")
    assert "redirects" in follow(local_hub, settings, loop).detail
    assert local_hub.requests(host="elsewhere").count("/loop") == 6
    for place in ("file:///etc/passwd", "http://[", "gopher://x"):
        link = local_hub.page(f"/to-{len(place)}", "", status=302, Location=place)
        assert isinstance(follow(local_hub, settings, link), Missed)


def test_a_page_over_a_megabyte_is_too_large(local_hub, settings_for):
    settings = settings_for(local_hub, allow_hosts=("127.0.0.1",))
    assert follow(local_hub, settings, local_hub.page("/big", b"x" * 2_000_000)).state == "too_large"
    assert len(follow(local_hub, settings, local_hub.page("/fit", b"x" * 1_000_000)).body) == 1_000_000


def test_a_page_that_trickles_is_cut_off(local_hub, settings_for):
    link = local_hub.page("/slow", b"x" * 1000)
    local_hub.fault("/slow", "drip", seconds=0.02)
    start = time.monotonic()
    found = follow(local_hub, settings_for(local_hub, allow_hosts=("127.0.0.1",), timeout=0.4), link)
    assert (found.state, found.detail) == ("unreachable", "the page took too long")
    assert time.monotonic() - start < 3


def test_a_page_that_breaks_off_is_not_read(local_hub, settings_for):
    link = local_hub.page("/half", b"x" * 1000)
    local_hub.fault("/half", "truncate")
    assert follow(local_hub, settings_for(local_hub, allow_hosts=("127.0.0.1",)), link).state == "unreachable"


def test_dead_links_are_problems(local_hub, settings_for):
    settings = settings_for(local_hub, allow_hosts=("127.0.0.1",))
    assert follow(local_hub, settings, local_hub.elsewhere + "/gone").state == "not_found_or_private"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert follow(local_hub, settings, f"http://127.0.0.1:{port}/x").state == "unreachable"
    assert follow(local_hub, settings, "ftp://example.org/LICENSE").state == "unsupported"


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (404, "", ("not_found_or_private", "there is no page at this address")),
        (410, "GatedRepo", ("not_found_or_private", "there is no page at this address")),
        (404, "EntryNotFound", ("not_found_or_private", "there is no page at this address")),
        (403, "GatedRepo", ("not_found_or_private", "its site refuses to show it")),
        (429, "", ("unreachable", "its site answered 429")),
        (503, "RepoNotFound", ("unreachable", "its site answered 503")),
    ],
)
def test_a_page_off_the_hub_is_not_spoken_of_as_the_hub(local_hub, settings_for, status, code, said):
    """No token of the Hub would open it, and it is no gated repository, whatever its headers say."""
    link = local_hub.page("/terms", "no", status=status, X_Error_Code=code)
    found = follow(local_hub, settings_for(local_hub, allow_hosts=("127.0.0.1",)), link)
    assert (found.state, found.detail) == said


def test_a_page_of_the_hub_is_spoken_of_as_one(local_hub, settings_for):
    local_hub.fault("/some/where", "status", status=404)
    found = follow(local_hub, settings_for(local_hub), f"{local_hub.url}/some/where")
    assert (found.state, "without a token" in found.detail) == ("not_found_or_private", True)


def test_html_is_handed_on_as_bytes(local_hub, settings_for):
    link = local_hub.page("/html", "<p>Terms</p>", Content_Type="text/html")
    found = follow(local_hub, settings_for(local_hub, allow_hosts=("127.0.0.1",)), link)
    assert found.body == b"<p>Terms</p>"


def test_a_cookie_is_not_sent_back(local_hub, settings_for):
    link = local_hub.page("/one", "", status=302, Location="/two", Set_Cookie="id=7; Path=/")
    local_hub.page("/two", "Terms.")
    follow(local_hub, settings_for(local_hub, allow_hosts=("127.0.0.1",)), link)
    assert [seen.headers.get("cookie") for seen in local_hub.seen if seen.host == "elsewhere"] == [None, None]


def test_without_links_nothing_leaves_the_hub(local_hub, settings_for):
    link = local_hub.page("/terms.txt", "Terms.")
    settings = settings_for(local_hub, links=False, allow_hosts=("127.0.0.1",))
    assert follow(local_hub, settings, link).state == "unreachable"
    assert local_hub.requests(host="elsewhere") == []
    assert follow(local_hub, settings, f"{HUB}/{OPEN}/blob/main/LICENSE").body == apache_text().encode()


def test_a_page_is_asked_for_once_and_then_kept_for_an_hour(local_hub, settings_for, monkeypatch):
    settings = settings_for(local_hub, allow_hosts=("127.0.0.1",))
    link = local_hub.page("/terms.txt", "Terms.")
    for _ in range(2):
        assert follow(local_hub, settings, link).body == b"Terms."
    assert len(local_hub.requests(host="elsewhere")) == 1
    monkeypatch.setattr("osaid_audit.gather.fetching.memory._HOUR", 0)
    assert follow(local_hub, settings, link).body == b"Terms."
    assert len(local_hub.requests(host="elsewhere")) == 2
    offline = settings_for(local_hub, offline=True)
    with Hub(offline) as hub:
        assert hub.page(link, link, 1).body == b"Terms."
        assert hub.log == []

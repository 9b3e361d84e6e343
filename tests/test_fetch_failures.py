"""What cannot be read: an error for the model itself, a problem for everything else, and which of the two."""

import socket
import time

import pytest
from hub.world import GATED, GOOD_TOKEN, OPEN, POOR_TOKEN, PRIVATE, card

from osaid_audit.errors import NotFound, OfflineMiss, Unreachable, UsageError
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.raw import Missed
from osaid_audit.gather.settings import Settings

pytest_plugins = ("hub.fixtures",)


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    """Pauses between two tries are counted, not waited for."""
    from osaid_audit.gather.fetching import transport

    monkeypatch.setattr(transport.time, "sleep", _PAUSES.append)
    _PAUSES.clear()


_PAUSES: list[float] = []


def told(error: Exception) -> str:
    return f"{error} {error.hint}"


def test_missing_and_private_without_a_token_are_one_error(local_hub, settings_for):
    for name in ("nobody/nothing", PRIVATE):
        with pytest.raises(NotFound, match="or it is private") as caught:
            fetch(name, None, settings_for(local_hub))
        assert "HF_TOKEN" in caught.value.hint
        assert caught.value.exit_code == 3


def test_ones_own_private_model_is_gathered_with_a_token_that_may_read_it(local_hub, settings_for):
    local_hub.tokens = {GOOD_TOKEN: {PRIVATE}, POOR_TOKEN: set()}
    gathered = fetch(PRIVATE, None, settings_for(local_hub, token=GOOD_TOKEN))
    assert gathered.subject.files["README.md"].body
    with pytest.raises(NotFound, match="this token may not read it"):
        fetch(PRIVATE, None, settings_for(local_hub, token=POOR_TOKEN))


def test_a_rejected_token_is_named_as_the_cause(local_hub, settings_for):
    with pytest.raises(NotFound, match="rejected the token") as caught:
        fetch(OPEN, None, settings_for(local_hub, token="hf_wrong"))
    assert "hf_wrong" not in told(caught.value)


def test_gated_files_tell_no_token_and_no_access_apart(local_hub, settings_for):
    local_hub.tokens = {GOOD_TOKEN: {GATED}, POOR_TOKEN: set()}
    expected = {None: "no token was given", POOR_TOKEN: "this token has no access"}
    for token, words in expected.items():
        files = fetch(GATED, None, settings_for(local_hub, token=token)).subject.files
        assert {(file.state, words in file.detail) for file in files.values()} == {("gated", True)}
    files = fetch(GATED, None, settings_for(local_hub, token=GOOD_TOKEN)).subject.files
    assert not any(isinstance(file, Missed) for file in files.values())


def test_a_gated_reply_of_401_with_a_token_means_the_token_was_rejected(local_hub, settings_for):
    local_hub.tokens = {POOR_TOKEN: set()}
    local_hub.fault("README", "status", status=401, headers={"X-Error-Code": "GatedRepo"})
    files = fetch(GATED, None, settings_for(local_hub, token=POOR_TOKEN)).subject.files
    assert files["README.md"].detail == "gated; the token was rejected"


def test_a_gate_that_opened_is_seen_though_the_cache_remembers_it_closed(local_hub, settings_for):
    assert fetch(GATED, None, settings_for(local_hub)).subject.files["README.md"].state == "gated"
    local_hub.repo(GATED).gated = False
    files = fetch(GATED, None, settings_for(local_hub)).subject.files
    assert not any(isinstance(file, Missed) for file in files.values())


def test_a_wrong_revision_is_named(local_hub, settings_for):
    with pytest.raises(NotFound, match="no revision 'nowhere'"):
        fetch(OPEN, "nowhere", settings_for(local_hub))


def test_a_history_written_anew_is_read_at_the_new_commit(local_hub, settings_for):
    """The commit that the cache remembers may be gone from the Hub."""
    fetch(GATED, None, settings_for(local_hub))
    fetch(OPEN, None, settings_for(local_hub))
    for name in (OPEN, GATED):
        local_hub.repo(name).sha = "7" * 40
        local_hub.repo(name).gated = False
        files = fetch(name, None, settings_for(local_hub)).subject.files
        assert {file.revision for file in files.values()} == {"7" * 40}


def test_an_answer_for_another_commit_than_the_pinned_one_is_an_error(local_hub, settings_for):
    repo = local_hub.repo(OPEN)
    repo.older["5" * 40] = {}
    local_hub.fault("/api/models/", "body", body=b'{"id": "acme/open-7b", "sha": "' + b"6" * 40 + b'"}')
    with pytest.raises(Unreachable, match="another commit"):
        fetch(OPEN, "5" * 40, settings_for(local_hub))


def test_a_disabled_repository(local_hub, settings_for):
    local_hub.repo(OPEN).disabled = True
    files = fetch(OPEN, None, settings_for(local_hub)).subject.files
    assert {(file.state, "disabled" in file.detail) for file in files.values()} == {
        ("not_found_or_private", True)
    }
    headers = {"X-Error-Message": "Access to this resource is disabled."}
    local_hub.fault("/api/models/", "status", status=403, headers=headers)
    with pytest.raises(NotFound, match="disabled"):
        fetch(OPEN, None, settings_for(local_hub))


def test_an_id_that_is_none_asks_nothing(local_hub, settings_for):
    for name in ("a/b/c", "a b", "../etc", "datasets/x/y"):
        with pytest.raises(UsageError):
            fetch(name, None, settings_for(local_hub))
    assert local_hub.seen == []


def test_a_refused_connection_ends_at_once(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{free.getsockname()[1]}"
    start = time.monotonic()
    with pytest.raises(Unreachable, match="no connection") as caught:
        fetch(OPEN, None, Settings(endpoint=endpoint, cache_dir=tmp_path))
    assert time.monotonic() - start < 5
    assert sum(_PAUSES) < 2
    assert "HTTPS_PROXY" in caught.value.hint


def test_a_silent_server_is_given_up(local_hub, settings_for):
    """The pause is the server's, so it is waited for by an event and not by the patched clock."""
    from threading import Event

    gate = Event()
    answer = local_hub.answer

    def wait(*arguments):
        gate.wait(5)
        return answer(*arguments)

    local_hub.answer = wait
    with pytest.raises(Unreachable, match="no answer in time"):
        fetch(OPEN, None, settings_for(local_hub, timeout=0.1))
    gate.set()


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_passing_server_error_is_tried_again_and_a_lasting_one_is_told(local_hub, settings_for, status):
    fault = local_hub.fault(f"/api/models/{OPEN}", "status", status=status, times=1)
    assert fetch(OPEN, None, settings_for(local_hub)).subject.revision
    fault.times = None
    with pytest.raises(Unreachable, match=str(status)):
        fetch(OPEN, None, settings_for(local_hub))


def test_a_rate_limit_is_waited_for_as_long_as_the_server_asks(local_hub, settings_for):
    for headers in ({"RateLimit": '"api";r=0;t=1'}, {"Retry-After": "1"}):
        told: list[float] = []
        local_hub.fault(f"/api/models/{OPEN}", "status", status=429, times=1, headers=headers)
        settings = settings_for(local_hub)
        start = time.monotonic()
        with Hub(settings, told.append) as hub:
            assert fetch(OPEN, None, settings, hub=hub).subject.revision
        assert 1 <= time.monotonic() - start < 4
        assert [round(pause) for pause in told] == [1]


def test_a_rate_limit_of_minutes_is_not_sat_out(local_hub, settings_for):
    headers = {"RateLimit": '"api";r=0;t=290'}
    local_hub.fault("/api/models/", "status", status=429, headers=headers)
    with pytest.raises(Unreachable, match=r"rate limit.*290 s") as caught:
        fetch(OPEN, None, settings_for(local_hub, max_wait=60))
    assert _PAUSES == []
    assert "token" in caught.value.hint


def test_a_truncated_reply_is_tried_again_and_never_half_read(local_hub, settings_for, tmp_path):
    fault = local_hub.fault(f"/api/models/{OPEN}", "truncate", times=1)
    assert fetch(OPEN, None, settings_for(local_hub)).subject.revision
    fault.times = None
    with pytest.raises(Unreachable, match="broke off"):
        fetch(OPEN, None, settings_for(local_hub, cache_dir=tmp_path / "new"))
    local_hub.faults.clear()
    local_hub.fault("LICENSE", "truncate")
    license_file = fetch(OPEN, None, settings_for(local_hub, cache_dir=tmp_path / "newer")).subject.files[
        "LICENSE"
    ]
    assert (license_file.state, license_file.detail) == ("unreachable", "the reply broke off")


@pytest.mark.parametrize(
    "body", [b"<html>Log in</html>", b"{not json", b"[1, 2]", b"\x00\x01", b"[" * 100_000]
)
def test_what_is_not_a_repository_reply_is_an_error_with_a_hint(local_hub, settings_for, body):
    local_hub.fault("/api/models/", "body", body=body)
    with pytest.raises(Unreachable) as caught:
        fetch(OPEN, None, settings_for(local_hub))
    assert "--endpoint" in caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_login_page_in_the_place_of_a_card_is_no_card(local_hub, settings_for):
    local_hub.fault("README.md", "html")
    assert fetch(OPEN, None, settings_for(local_hub)).subject.files["README.md"].state == "malformed"


def test_a_readme_of_30_mb_is_refused_unread_and_one_of_2_mb_is_kept(local_hub, settings_for):
    repo = local_hub.repo(OPEN)
    repo.files["README.md"] = card("license: mit").encode() + b"x" * 30_000_000
    readme = fetch(OPEN, None, settings_for(local_hub)).subject.files["README.md"]
    assert (readme.state, "30000" in readme.detail) == ("too_large", True)
    repo.files["README.md"] = (card("license: mit").encode() + b"x" * 2_000_000)[: 2 * 1024 * 1024]
    repo.sha = "8" * 40
    assert len(fetch(OPEN, None, settings_for(local_hub)).subject.files["README.md"].body) > 2_000_000


def test_nul_bytes_are_bytes(local_hub, settings_for):
    local_hub.repo(OPEN).files["README.md"] = b"---\nlicense: mit\n---\n\x00\x00"
    assert b"\x00" in fetch(OPEN, None, settings_for(local_hub)).subject.files["README.md"].body


def test_redirects_do_not_go_on_for_ever(local_hub, settings_for):
    local_hub.fault("/api/models/", "status", status=307, headers={"Location": f"/api/models/{OPEN}"})
    with pytest.raises(Unreachable, match="redirects"):
        fetch(OPEN, None, settings_for(local_hub))


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://host/x", "http://[", "", "http://"])
def test_a_redirect_to_nowhere_is_refused(local_hub, settings_for, place):
    local_hub.fault("LICENSE", "status", status=302, headers={"Location": place})
    assert fetch(OPEN, None, settings_for(local_hub)).subject.files["LICENSE"].state == "unreachable"


def test_offline_and_not_here_is_its_own_error(local_hub, settings_for):
    with pytest.raises(OfflineMiss) as caught:
        fetch(OPEN, None, settings_for(local_hub, offline=True))
    assert "--offline" in caught.value.hint
    assert local_hub.seen == []


def test_a_closed_connection_is_tried_again(local_hub, settings_for):
    local_hub.fault(f"/api/models/{OPEN}", "close", times=1)
    assert fetch(OPEN, None, settings_for(local_hub)).subject.revision


def test_a_failure_of_one_dataset_is_a_problem_of_its_own(local_hub, settings_for):
    local_hub.fault("/api/datasets/acme/open-text", "status", status=500)
    local_hub.fault("/api/datasets/scrapers/nc-text", "html")
    datasets = fetch(OPEN, None, settings_for(local_hub)).datasets
    assert datasets["acme/open-text"].state == "unreachable"
    assert datasets["scrapers/nc-text"].state == "malformed"


def test_a_hub_is_closed_after_a_failure_too(local_hub, settings_for):
    with pytest.raises(NotFound), Hub(settings_for(local_hub)) as hub:
        fetch("x/y", None, settings_for(local_hub), hub=hub)
    with pytest.raises(RuntimeError):
        hub.start(print)

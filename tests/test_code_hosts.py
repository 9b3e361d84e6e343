"""Linked code repositories over HTTP: what is asked, with which token, and what every answer comes to."""

import json
from collections import Counter

import pytest
from github.server import Answer, Code, LocalGitHub
from hub.repos import Repo, Weights
from hub.world import apache_text, card, mit_text

from osaid_audit.gather.fetching import github as github_api
from osaid_audit.gather.fetching import memory
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.raw import CodeHost, Missed, Raw

pytest_plugins = ("hub.fixtures",)

MODEL = "acme/coded-7b"
TRAIN = "https://github.com/acme/train"
FILES = {
    "LICENSE": apache_text(),
    "train.py": "",
    "prepare_data.py": "",
    "eval/run.py": "",
    "inference.py": "",
    "requirements.txt": "",
}
HUB_TOKEN, GITHUB_TOKEN = "hf_good", "ghp_0123456789abcdefghij"


@pytest.fixture
def github():
    with LocalGitHub([Code("acme/train", FILES)]) as server:
        yield server


@pytest.fixture
def read(local_hub, github, settings_for):
    """Fetch a model whose card has this body; its repositories, and the log."""

    def run(body=f"Training code: {TRAIN}\n", front="license: apache-2.0", **options):
        files = {"README.md": card(front, f"# Coded\n\n{body}"), "LICENSE": apache_text()}
        local_hub.add(Repo(MODEL, files=files, weights=(Weights("model.safetensors", 10**9),)))
        settings = settings_for(local_hub, **{"github_endpoint": github.url} | options)
        with Hub(settings) as hub:
            gathered = fetch(MODEL, None, settings, hub=hub)
            return gathered.repositories, list(hub.log)

    return run


def host(found, url=TRAIN) -> CodeHost:
    assert isinstance(found[url], CodeHost)
    return found[url]


def missed(found, url=TRAIN) -> Missed:
    assert isinstance(found[url], Missed)
    return found[url]


def test_a_repository_takes_three_requests_at_one_commit(read, github):
    found, log = read()
    sha = github.repos["acme/train"].sha
    assert github.paths() == [
        "/repos/acme/train/commits/HEAD",
        f"/repos/acme/train/git/trees/{sha}?recursive=1",
        f"/repos/acme/train/contents/LICENSE?ref={sha}",
    ]
    code = host(found)
    assert (code.revision, code.page_url, code.complete) == (sha, TRAIN, True)
    assert {file.path for file in code.listing} == set(FILES)
    assert code.files["LICENSE"].body == apache_text().encode()
    assert {entry.round for entry in log if github.url in entry.url} == {2, 3, 4}
    assert max(entry.round for entry in log) == 4


def test_a_base_two_datasets_and_a_repository_take_four_rounds(read, local_hub):
    local_hub.add(Repo("acme/root", files={"README.md": card("license: mit"), "LICENSE": mit_text()}))
    front = "license: mit\nbase_model: acme/root\ndatasets:\n- acme/open-text\n- scrapers/nc-text"
    _, log = read(front=front)
    assert {entry.round for entry in log} == {1, 2, 3, 4}
    assert max(Counter(entry.url for entry in log).values()) == 1


def test_a_symbolic_link_is_neither_code_nor_a_license(read, github):
    files = {"train.py": "../other/run.py", "inference.py": "", "LICENSE": "../TERMS"}
    github.add(Code("acme/train", files, links=("train.py",)))
    code = host(read()[0])
    assert ({file.path for file in code.listing}, code.complete) == ({"inference.py", "LICENSE"}, True)
    github.add(Code("acme/linked", files, links=("train.py", "LICENSE")))
    code = host(read("Code: https://github.com/acme/linked\n")[0], "https://github.com/acme/linked")
    assert ({file.path for file in code.listing}, code.complete) == ({"inference.py"}, False)
    assert code.files == {}


def test_what_is_not_there_is_not_found_and_nothing_more_is_asked(read, github):
    found, _ = read("Code: https://github.com/acme/gone\n")
    gone = missed(found, "https://github.com/acme/gone")
    assert gone.state == "not_found_or_private"
    assert github.paths() == ["/repos/acme/gone/commits/HEAD"]


def test_a_private_repository_is_found_with_a_token_that_may_see_it(read, github):
    github.tokens = {GITHUB_TOKEN}
    github.add(Code("acme/train", FILES, private=True))
    assert missed(read()[0]).state == "not_found_or_private"
    code = host(read(github_token=GITHUB_TOKEN)[0])
    assert isinstance(code.files["LICENSE"], Raw)


def test_a_renamed_repository_is_followed_on_the_same_host(read, github):
    github.add(Code("acme/renamed", FILES, aliases=("acme/train-old",)))
    found, log = read("Code: https://github.com/acme/train-old\n")
    code = host(found, "https://github.com/acme/train-old")
    assert code.page_url == "https://github.com/acme/renamed"
    assert isinstance(code.files["LICENSE"], Raw)
    hops = [entry for entry in log if entry.hop and github.url in entry.url]
    assert len(hops) == 2  # the commit and the list; the license is asked for by the new name


def test_a_cut_list_keeps_what_it_shows_and_rules_nothing_out(read, github):
    github.add(Code("acme/train", FILES, truncated=True))
    code = host(read()[0])
    assert len(code.listing) == 1
    assert not code.complete


def test_a_submodule_keeps_files_elsewhere(read, github):
    github.add(Code("acme/train", FILES, submodule="core"))
    code = host(read()[0])
    assert len(code.listing) == len(FILES)
    assert not code.complete


def test_an_empty_repository_is_found_with_nothing_in_it(read, github):
    github.add(Code("acme/train"))
    code = host(read()[0])
    assert (code.revision, code.listing, code.complete) == (None, (), True)
    assert len(github.seen) == 1


def test_a_blocked_repository_is_gone(read, github):
    github.add(Code("acme/train", FILES, blocked=True))
    assert (missed(read()[0]).state, missed(read()[0]).detail) == (
        "not_found_or_private",
        "blocked by its host for legal reasons",
    )


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(200, {}, b"<html>Log in</html>"), "malformed"),
        (Answer(502, {}, b""), "unreachable"),
        (Answer(403, {}, b"{}"), "unreachable"),
        (Answer(200, {}, b"x" * 100_000), "too_large"),
        (Answer(302, {"Location": "/repos/acme/train/commits/HEAD"}, b""), "unreachable"),
    ],
)
def test_an_answer_that_is_none_is_a_problem(read, github, answer, state):
    github.canned["/repos/acme/train/commits/HEAD"] = answer
    assert missed(read()[0]).state == state


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{}", b'{"tree": 3}', b"<html>", b'{"tree": [', b"\xff\xfe", b"[" * 100_000],
)
def test_a_list_that_is_none_leaves_the_repository_found(read, github, body):
    sha = github.repos["acme/train"].sha
    github.canned[f"/repos/acme/train/git/trees/{sha}?recursive=1"] = Answer(200, {}, body)
    code = host(read()[0])
    assert isinstance(code.tree, Missed)
    assert (code.tree.state, code.listing, code.complete) == ("malformed", (), False)


def test_rows_out_of_shape_are_left_out_and_the_list_is_not_whole(read, github):
    sha = github.repos["acme/train"].sha
    rows = [None, 3, {"type": "blob"}, {"type": "blob", "path": "../x"}, {"type": "blob", "path": "train.py"}]
    body = json.dumps({"tree": rows, "truncated": False, "url": 3}).encode()
    github.canned[f"/repos/acme/train/git/trees/{sha}?recursive=1"] = Answer(200, {}, body)
    code = host(read()[0])
    assert [file.path for file in code.listing] == ["train.py"]
    assert not code.complete
    assert code.page_url == TRAIN


# Limits


def test_a_spent_limit_says_until_when_and_is_not_asked_again(read, github):
    github.remaining = 0
    github.reset = 1_800_000_000
    found, _ = read(f"Code: {TRAIN}\n\nMore: https://github.com/acme/other\n")
    assert {each.state for each in found.values()} == {"unreachable"}
    assert missed(found).detail == "the code host's rate limit is reached until 2027-01-15 08:00 UTC"
    assert len(github.seen) <= 2  # two that were under way together; none after the first refusal
    again, _ = read()
    assert missed(again).state == "unreachable"


def test_a_limit_reached_half_way_keeps_what_was_read(read, github):
    github.remaining = 2
    code = host(read()[0])
    assert code.complete
    assert code.files["LICENSE"].state == "unreachable"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(429, {"Retry-After": "60"}, b"{}"),
        Answer(403, {"Retry-After": "60"}, b'{"message": "You have exceeded a secondary rate limit."}'),
        Answer(429, {"X-RateLimit-Reset": "soon"}, b"{}"),
    ],
)
def test_other_forms_of_a_limit(read, github, answer):
    github.canned["/repos/acme/train/commits/HEAD"] = answer
    assert missed(read()[0]).detail.startswith("the code host's rate limit is reached")


def test_no_more_than_six_repositories_are_asked(read, github):
    found, _ = read("".join(f"- https://github.com/acme/part-{number}\n" for number in range(9)))
    assert len(found) == len(github.seen) == 6


def test_a_repository_linked_twice_is_asked_once(read, github):
    read(f"Code: {TRAIN}, {TRAIN}/blob/main/train.py and {TRAIN.upper().replace('HTTPS', 'https')}.git\n")
    assert max(Counter(github.paths()).values()) == 1
    assert len(github.seen) == 3


def test_a_host_that_does_not_answer_is_left_alone_after_a_few_attempts(local_hub, settings_for, github):
    linked = {f"acme/m{number}": f"https://github.com/acme/c{number}" for number in range(5)}
    for name, url in linked.items():
        local_hub.add(Repo(name, files={"README.md": card("license: mit", f"# M\n\nCode: {url}\n")}))
    settings = settings_for(local_hub, github_endpoint="http://127.0.0.1:1")
    with Hub(settings) as hub:
        found = [fetch(name, None, settings, hub=hub).repositories for name in linked]
        tried = [entry for entry in hub.log if ":1/" in entry.url]
    assert {missed(each, *each).state for each in found} == {"unreachable"}
    assert len(tried) == 3


# Tokens


def test_each_host_sees_its_own_token_and_no_other(read, github, local_hub):
    local_hub.tokens, github.tokens = {HUB_TOKEN: {"*"}}, {GITHUB_TOKEN}
    read(token=HUB_TOKEN, github_token=GITHUB_TOKEN)
    sent = {seen.headers.get("authorization") for seen in github.seen}
    assert sent == {f"Bearer {GITHUB_TOKEN}"}
    assert {seen.headers.get("authorization") for seen in local_hub.seen} == {f"Bearer {HUB_TOKEN}"}
    assert not any("cookie" in seen.headers for seen in github.seen)


def test_the_environment_s_token_is_read_only_when_wanted(read, github, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", GITHUB_TOKEN)
    github.tokens = {GITHUB_TOKEN}
    read()
    assert {seen.headers.get("authorization") for seen in github.seen} == {None}
    github.add(Code("acme/train", FILES | {"new": ""}))
    github.seen.clear()
    read(github_token=True)
    assert {seen.headers.get("authorization") for seen in github.seen} == {f"Bearer {GITHUB_TOKEN}"}


def test_raw_files_come_without_a_token_and_without_the_api(read, github, monkeypatch):
    monkeypatch.setattr(github_api, "PUBLIC_GITHUB", github.url)
    monkeypatch.setattr(github_api, "RAW_FILES", github.raw)
    code = host(read(allow_hosts=("127.0.0.1",))[0])
    assert code.files["LICENSE"].body == apache_text().encode()
    assert len(github.paths("raw")) == 1
    assert len(github.paths("api")) == 2
    assert all("authorization" not in seen.headers for seen in github.seen)


def test_with_a_token_raw_files_come_from_the_api_alone(read, github, monkeypatch):
    monkeypatch.setattr(github_api, "PUBLIC_GITHUB", github.url)
    monkeypatch.setattr(github_api, "RAW_FILES", github.raw)
    github.tokens = {GITHUB_TOKEN}
    read(allow_hosts=("127.0.0.1",), github_token=GITHUB_TOKEN)
    assert github.paths("raw") == []
    assert len(github.paths("api")) == 3


def test_a_wrong_token_is_said_and_not_tried_six_times(read, github):
    found, _ = read(f"Code: {TRAIN}\n", github_token="ghp_wrong")
    assert missed(found).detail == "GITHUB_TOKEN was rejected"


@pytest.mark.parametrize("place", ["raw", "hub"])
def test_a_redirect_to_another_host_is_not_followed(read, github, local_hub, place):
    github.tokens = {GITHUB_TOKEN}
    target = github.raw if place == "raw" else local_hub.elsewhere
    github.canned["/repos/acme/train/commits/HEAD"] = Answer(302, {"Location": f"{target}/catch"}, b"")
    found, _ = read(github_token=GITHUB_TOKEN, allow_hosts=("127.0.0.1",))
    assert missed(found).detail == "a redirect to another host was not followed"
    assert github.paths("raw") == []
    assert not any("catch" in seen.path for seen in local_hub.seen)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://[", "gopher://x/", "http://:80/"])
def test_a_redirect_to_nowhere_is_a_problem(read, github, location):
    github.canned["/repos/acme/train/commits/HEAD"] = Answer(302, {"Location": location}, b"")
    assert isinstance(read()[0][TRAIN], Missed)


def test_a_private_address_is_refused_where_github_itself_is_asked(read, github, monkeypatch):
    """The endpoint a user names may be private; GitHub's own may not, whatever a name resolves to."""
    monkeypatch.setattr(github_api, "PUBLIC_GITHUB", github.url)
    assert "not a public address" in missed(read()[0]).detail
    assert github.seen == []


# Second runs


def test_within_the_hour_nothing_is_asked_again_and_later_only_the_commit(read, github, monkeypatch):
    first, _ = read()
    github.seen.clear()
    assert read()[0] == first
    assert github.seen == []
    monkeypatch.setattr(memory, "_HOUR", 0)
    assert read()[0] == first
    assert [(seen.path, seen.status) for seen in github.seen] == [("/repos/acme/train/commits/HEAD", 304)]


def test_a_new_commit_is_read_anew(read, github, monkeypatch):
    monkeypatch.setattr(memory, "_HOUR", 0)
    before = host(read()[0])
    github.add(Code("acme/train", FILES | {"LICENSE": mit_text()}))
    after = host(read()[0])
    assert before.revision != after.revision
    assert after.files["LICENSE"].body == mit_text().encode()


def test_what_one_token_saw_is_not_shown_without_it(read, github):
    github.tokens = {GITHUB_TOKEN}
    github.add(Code("acme/train", FILES, private=True))
    host(read(github_token=GITHUB_TOKEN)[0])
    assert missed(read()[0]).state == "not_found_or_private"


def test_offline_gives_the_same_from_the_cache_and_opens_no_socket(read, github):
    online, _ = read()
    github.seen.clear()
    offline, log = read(offline=True)
    assert offline == online
    assert (github.seen, log) == ([], [])


def test_offline_without_a_copy_is_a_problem(read, github):
    read(links=False)
    assert missed(read(offline=True)[0]).detail == "offline, and not in the cache"


def test_without_links_no_repository_is_asked(read, github):
    assert read(links=False)[0] == {}
    assert github.seen == []


def test_the_token_stands_in_no_cache_file(read, github, tmp_path):
    github.tokens = {GITHUB_TOKEN}
    read(github_token=GITHUB_TOKEN)
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    assert not any(GITHUB_TOKEN.encode() in path.read_bytes() for path in kept)

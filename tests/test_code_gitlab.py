"""Projects of gitlab.com: what is asked of its API, and what comes of it."""

import hashlib
import json
from urllib.parse import quote

import pytest
from github.server import Answer, LocalGitHub
from hub.repos import Repo
from hub.world import apache_text, card

from osaid_audit.gather.fetching import gitlab
from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.raw import CodeHost, Missed
from osaid_audit.gather.reading.assembly import assemble

pytest_plugins = ("hub.fixtures",)

PROJECT = "school/models/tiny"
URL = f"https://gitlab.com/{PROJECT}"
SHA = hashlib.sha1(b"a commit").hexdigest()
BASE = f"/api/v4/projects/{quote(PROJECT, safe='')}/repository"
LIST = f"{BASE}/tree?recursive=true&per_page=100&ref={SHA}"
FILES = ("LICENSE", "train.py", "src/inference.py")


def rows(*paths, kind="blob"):
    return [{"id": "0" * 40, "name": path, "type": kind, "path": path, "mode": "100644"} for path in paths]


def answer(value, status=200):
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(value).encode())


@pytest.fixture
def lab(monkeypatch):
    with LocalGitHub() as server:
        monkeypatch.setattr(gitlab, "API", f"{server.url}/api/v4")
        server.canned = {
            f"{BASE}/commits?per_page=1": answer([{"id": SHA, "short_id": SHA[:8]}]),
            LIST: answer([*rows("src", kind="tree"), *rows(*FILES)]),
            f"{BASE}/files/LICENSE/raw?ref={SHA}": Answer(
                200, {"Content-Type": "text/plain"}, apache_text().encode()
            ),
        }
        yield server


@pytest.fixture
def gather(local_hub, settings_for):
    def run(body=f"Code: {URL}\n", **options):
        files = {"README.md": card("license: apache-2.0", f"# M\n\n{body}")}
        local_hub.add(Repo("school/tiny", files=files))
        settings = settings_for(local_hub, allow_hosts=("127.0.0.1",), **options)
        with Hub(settings) as hub:
            gathered = fetch("school/tiny", None, settings, hub=hub)
            return gathered, list(hub.log)

    return run


def test_a_project_takes_three_rounds_and_gives_facts(gather, lab, local_hub):
    local_hub.tokens = {"hf_good": {"*"}}
    gathered, log = gather(token="hf_good", github_token="ghp_any")
    code = gathered.repositories[URL]
    assert isinstance(code, CodeHost)
    assert (code.revision, code.complete, [file.path for file in code.listing]) == (SHA, True, list(FILES))
    assert [entry.round for entry in log if lab.url in entry.url] == [2, 3, 4]
    assert all("authorization" not in seen.headers for seen in lab.seen)
    dossier = assemble(gathered)
    assert dossier.code[0].license == "Apache-2.0"
    (place,) = dossier.facts["code.training_found"].sources
    assert place.url == f"{URL}/-/blob/{SHA}/train.py"


def test_a_project_that_is_gone_is_not_found(gather, lab):
    lab.canned[f"{BASE}/commits?per_page=1"] = answer({"message": "404 Project Not Found"}, 404)
    found = gather()[0].repositories[URL]
    assert isinstance(found, Missed)
    assert found.state == "not_found_or_private"
    assert len(lab.seen) == 1


def test_a_project_without_a_commit_is_empty(gather, lab):
    lab.canned[f"{BASE}/commits?per_page=1"] = answer([])
    assert gather()[0].repositories[URL] == CodeHost(URL, URL)


def test_a_project_without_a_repository_is_empty_and_another_404_is_not_the_api_s(gather, lab):
    lab.canned[f"{BASE}/commits?per_page=1"] = answer({"message": "404 Page"}, 404)
    assert gather()[0].repositories[URL].state == "unreachable"
    lab.canned[f"{BASE}/commits?per_page=1"] = answer({"message": "404 Repository Not Found"}, 404)
    assert gather()[0].repositories[URL] == CodeHost(URL, URL)


def test_a_long_list_is_read_page_by_page(gather, lab):
    lab.canned[LIST] = answer(rows(*(f"a/{number}.txt" for number in range(100))))
    lab.canned[f"{LIST}&page=2"] = answer(rows(*FILES))
    code = gather()[0].repositories[URL]
    assert (len(code.listing), code.complete) == (103, True)


def test_a_list_beyond_five_pages_is_cut(gather, lab):
    full = answer(rows(*(f"a/{number}.txt" for number in range(100))))
    lab.canned |= {LIST: full} | {f"{LIST}&page={page}": full for page in range(2, 9)}
    code = gather()[0].repositories[URL]
    assert not code.complete
    assert len([path for path in lab.paths() if "/tree?" in path]) == gitlab.MAX_PAGES


@pytest.mark.parametrize("body", [answer({}), answer([3]), Answer(200, {}, b"<html>"), answer([], 500)])
def test_a_list_that_is_none_leaves_the_project_found(gather, lab, body):
    lab.canned[LIST] = body
    code = gather()[0].repositories[URL]
    assert isinstance(code.tree, Missed)
    assert not code.complete


@pytest.mark.parametrize("commit", [answer([{}]), answer([{"id": "main"}]), answer([{"id": 3}]), answer({})])
def test_a_commit_that_is_none_is_a_problem(gather, lab, commit):
    lab.canned[f"{BASE}/commits?per_page=1"] = commit
    assert gather()[0].repositories[URL].state == "malformed"


def test_a_symbolic_link_is_no_file(gather, lab):
    (link,) = rows("LICENSE.md")
    lab.canned[LIST] = answer([*rows("train.py"), link | {"mode": "120000"}])
    code = gather()[0].repositories[URL]
    assert ([file.path for file in code.listing], code.complete, code.files) == (["train.py"], False, {})


def test_a_submodule_keeps_files_elsewhere(gather, lab):
    lab.canned[LIST] = answer([*rows(*FILES), *rows("core", kind="commit")])
    assert not gather()[0].repositories[URL].complete


def test_a_spent_limit_is_said(gather, lab):
    lab.canned[f"{BASE}/commits?per_page=1"] = Answer(429, {"Retry-After": "60"}, b"")
    assert gather()[0].repositories[URL].detail.startswith("the code host's rate limit is reached until")


def test_a_private_address_is_refused(gather, lab, local_hub, settings_for):
    gather()
    lab.seen.clear()
    settings = settings_for(local_hub, cache_dir=settings_for(local_hub).cache_dir / "new")
    with Hub(settings) as hub:
        found = fetch("school/tiny", None, settings, hub=hub).repositories[URL]
    assert "not a public address" in found.detail
    assert lab.seen == []

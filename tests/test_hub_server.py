"""The local Hub behaves as the facts say the real one does, also for huggingface_hub's own client."""

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from hub.server import LocalHub
from hub.world import GATED, GOOD_TOKEN, OLD_NAME, OPEN, POOR_TOKEN, PRIVATE, RENAMED, huge

pytest_plugins = ("hub.fixtures",)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(hub: LocalHub, path: str, **headers: str):
    request = urllib.request.Request(
        hub.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with urllib.request.build_opener(_Stay).open(request) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_missing_and_private_are_one_answer_without_a_token(local_hub):
    for name in ("nobody/nothing", PRIVATE):
        status, headers, _ = ask(local_hub, f"/api/models/{name}")
        assert (status, headers["X-Error-Code"]) == (401, None)
    local_hub.tokens = {GOOD_TOKEN: {PRIVATE}}
    bearer = f"Bearer {GOOD_TOKEN}"
    assert (
        ask(local_hub, "/api/models/nobody/nothing", Authorization=bearer)[1]["X-Error-Code"]
        == "RepoNotFound"
    )
    assert ask(local_hub, f"/api/models/{PRIVATE}", Authorization=bearer)[0] == 200


def test_a_gated_repository_shows_its_metadata_and_hides_its_files(local_hub):
    local_hub.tokens = {GOOD_TOKEN: {GATED}, POOR_TOKEN: set()}
    assert json.loads(ask(local_hub, f"/api/models/{GATED}")[2])["gated"] == "manual"
    path = f"/{GATED}/resolve/main/README.md"
    assert ask(local_hub, path)[0] == 401
    assert ask(local_hub, path, Authorization=f"Bearer {POOR_TOKEN}")[0] == 403
    assert ask(local_hub, path, Authorization=f"Bearer {GOOD_TOKEN}")[0] == 307
    assert ask(local_hub, path)[1]["X-Error-Code"] == "GatedRepo"


def test_files_come_by_a_relative_redirect_with_etag_commit_and_ranges(local_hub):
    status, headers, _ = ask(local_hub, f"/{OPEN}/resolve/main/README.md")
    assert status == 307
    assert headers["Location"].startswith("/api/resolve-cache/models/")
    assert headers["X-Repo-Commit"] == local_hub.repo(OPEN).sha
    status, kept, body = ask(local_hub, headers["Location"])
    assert status == 200
    assert ask(local_hub, headers["Location"], If_None_Match=kept["ETag"])[0] == 304
    status, part, first = ask(local_hub, headers["Location"], Range="bytes=0-3")
    assert (status, first, part["Content-Range"]) == (206, body[:4], f"bytes 0-3/{len(body)}")


def test_absent_things_are_told_apart(local_hub):
    status, headers, _ = ask(local_hub, f"/{OPEN}/resolve/main/NOTHING.md")
    assert (status, headers["X-Error-Code"]) == (404, "EntryNotFound")
    assert headers["X-Repo-Commit"]
    assert ask(local_hub, f"/api/models/{OPEN}/revision/nowhere")[1]["X-Error-Code"] == "RevisionNotFound"
    assert ask(local_hub, f"/api/models/{OPEN}/revision/refs%2Fpr%2F1")[0] == 200


def test_sizes_only_with_blobs_and_security_only_when_asked(local_hub):
    plain = json.loads(ask(local_hub, f"/api/models/{OPEN}")[2])
    full = json.loads(ask(local_hub, f"/api/models/{OPEN}?blobs=true&securityStatus=true")[2])
    assert set(plain["siblings"][0]) == {"rfilename"}
    assert {"size", "blobId"} <= set(full["siblings"][0])
    assert "securityRepoStatus" in full
    assert "securityRepoStatus" not in plain
    some = json.loads(ask(local_hub, f"/api/models/{OPEN}?expand=sha&expand=gated")[2])
    assert set(some) == {"_id", "id", "sha", "gated"}


def test_the_tree_is_paged_by_links(empty_hub):
    empty_hub.add(huge(25))
    empty_hub.page_size = 10
    status, headers, body = ask(empty_hub, "/api/models/giant/many-files/tree/main?recursive=true")
    assert (status, len(json.loads(body))) == (200, 10)
    assert headers["Link"].startswith(f"<{empty_hub.url}/api/models/")


def test_a_weight_file_is_a_violation_and_gets_no_byte(local_hub):
    status, _, body = ask(local_hub, f"/{OPEN}/resolve/main/model.safetensors")
    assert (status, body) == (403, b"")
    assert local_hub.violations == [f"{OPEN}/model.safetensors"]


def test_a_rejected_token_is_refused_even_for_public_models(local_hub):
    status, headers, _ = ask(local_hub, f"/api/models/{OPEN}", Authorization="Bearer hf_wrong")
    assert (status, headers["X-Error-Message"]) == (401, "Invalid credentials in Authorization header")


def test_huggingface_hub_itself_can_use_it(local_hub, tmp_path):
    from huggingface_hub import HfApi, errors

    api = HfApi(endpoint=local_hub.url, token=False)
    info = api.model_info(OLD_NAME, files_metadata=True, timeout=5)
    assert info.id == RENAMED
    weights = next(row for row in info.siblings if row.rfilename == "model.safetensors")
    assert weights.lfs.sha256 == local_hub.repo(RENAMED).weights[0].sha256
    listed = {row.path for row in api.list_repo_tree(OPEN, recursive=True)}
    assert {"README.md", "LICENSE", "config.json", "model.safetensors"} <= listed
    file = api.hf_hub_download(OPEN, "LICENSE", cache_dir=tmp_path)
    assert "Apache License" in Path(file).read_text(encoding="utf-8")
    with pytest.raises(errors.GatedRepoError):
        api.hf_hub_download(GATED, "LICENSE", cache_dir=tmp_path)


def test_a_rate_limit_passes(local_hub):
    local_hub.fault(
        f"/api/models/{OPEN}", "status", status=429, times=1, headers={"RateLimit": '"api";r=0;t=1'}
    )
    assert [ask(local_hub, f"/api/models/{OPEN}")[0] for _ in range(2)] == [429, 200]


def test_the_corpus_is_served_as_recorded(corpus_hub):
    bert = json.loads(ask(corpus_hub, "/api/models/google-bert/bert-base-uncased")[2])
    assert bert["sha"] == "86b5e0934494bd15c9632b12f734a8a67f723594"
    llama = json.loads(ask(corpus_hub, "/api/models/meta-llama/Llama-3.2-3B")[2])
    assert llama["gated"] == "manual"
    assert len(corpus_hub.repos) > 200
    assert ask(corpus_hub, "/datasets/bookcorpus/resolve/main/README.md")[0] == 307

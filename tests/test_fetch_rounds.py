"""What is asked for, how often, in how many rounds, and at which commit."""

import json
from collections import Counter

import pytest
from hub.repos import DROP, Repo, Weights
from hub.world import (
    BARE,
    BROKEN,
    DATASET_NC,
    DATASET_OPEN,
    DIFFUSION,
    FINETUNE,
    GATED,
    HUGE,
    NAMED,
    OLD_NAME,
    OPEN,
    RENAMED,
    card,
    huge,
)

from osaid_audit.gather.fetching.hub import Hub
from osaid_audit.gather.fetching.rounds import fetch
from osaid_audit.gather.raw import Gathered, Missed, Raw, Repository

pytest_plugins = ("hub.fixtures",)


def run(settings, name: str, revision: str | None = None) -> tuple[Gathered, list]:
    with Hub(settings) as hub:
        gathered = fetch(name, revision, settings, hub=hub)
        return gathered, list(hub.log)


def asked(log) -> list:
    return [entry for entry in log if not entry.hop]


def state(file) -> str:
    return file.state if isinstance(file, Missed) else "read"


def test_an_open_model_takes_two_rounds_and_no_request_twice(local_hub, settings_for):
    gathered, log = run(settings_for(local_hub), OPEN)
    assert {entry.round for entry in log} == {1, 2}
    assert len(asked(log)) == 6  # info, README, LICENSE, config.json, two datasets
    assert max(Counter(entry.url for entry in log).values()) == 1
    assert local_hub.violations == []
    assert len([path for path in local_hub.requests() if "README" in path or "LICENSE" in path]) == 2
    assert set(gathered.datasets) == {DATASET_OPEN, DATASET_NC}
    assert set(gathered.subject.files) == {"README.md", "LICENSE", "config.json"}
    assert gathered.subject.listing_complete
    assert gathered.subject.info["safetensors"]["total"] == 7_000_000_000


def test_a_base_takes_a_third_round_for_its_own_files(local_hub, settings_for):
    local_hub.tokens = {"hf_good": {"*"}}
    gathered, log = run(settings_for(local_hub, token="hf_good"), FINETUNE)
    assert {entry.round for entry in log} == {1, 2, 3}
    base = gathered.bases[GATED]
    assert isinstance(base, Repository)
    assert {path: state(file) for path, file in base.files.items()} == {
        "README.md": "read",
        "LICENSE": "read",
        "USE_POLICY.md": "read",
    }
    assert all(GATED in entry.url for entry in log if entry.round == 3)


def test_a_second_run_asks_for_the_info_only(local_hub, settings_for):
    settings = settings_for(local_hub)
    for name in (OPEN, FINETUNE, GATED, BARE, DIFFUSION, NAMED):
        first, _ = run(settings, name)
        second, log = run(settings, name)
        assert [entry.status for entry in log] == [304], name
        assert second.subject == first.subject, name
        assert second.bases == first.bases


def test_a_second_run_sees_a_new_commit(local_hub, settings_for):
    settings = settings_for(local_hub)
    before, _ = run(settings, OPEN)
    old = local_hub.repo(OPEN)
    local_hub.add(Repo(OPEN, files={"README.md": card("license: cc-by-nc-4.0")}, weights=old.weights))
    after, _log = run(settings, OPEN)
    assert after.subject.revision != before.subject.revision
    assert b"cc-by-nc" in after.subject.files["README.md"].body
    assert after.subject.files["README.md"].revision == after.subject.revision


def test_offline_opens_no_socket_and_gives_the_same(local_hub, settings_for, monkeypatch):
    online, _ = run(settings_for(local_hub), FINETUNE)
    local_hub.forget()
    offline, log = run(settings_for(local_hub, offline=True), FINETUNE)
    assert (log, local_hub.seen) == ([], [])
    assert offline.subject == online.subject
    assert offline.bases == online.bases
    assert any("Offline" in limit.en for limit in offline.limits)
    assert not any("Offline" in limit.en for limit in online.limits)


def test_everything_is_read_at_the_commit_of_the_info_reply(local_hub, settings_for):
    repo = local_hub.repo(OPEN)
    gathered, _log = run(settings_for(local_hub), OPEN)
    files = gathered.subject.files.values()
    assert {file.revision for file in files} == {repo.sha}
    assert all(f"/resolve/{repo.sha}/" in file.url for file in files)


def test_a_readme_of_another_commit_is_asked_for_again_and_only_then(local_hub, settings_for):
    repo = local_hub.repo(OPEN)
    other = "f" * 40
    repo.older[other] = {"README.md": b"---\nlicense: mit\n---\nAnother one.\n"}
    fault = local_hub.fault("/resolve/main/README.md", "headers", headers={"X-Repo-Commit": other}, times=1)
    gathered, log = run(settings_for(local_hub), OPEN)
    assert fault.times == 0
    again = [entry for entry in asked(log) if f"/resolve/{repo.sha}/README.md" in entry.url]
    assert len(again) == 1
    assert gathered.subject.files["README.md"].body == repo.files["README.md"]
    assert gathered.subject.files["README.md"].revision == repo.sha


def test_a_reply_without_a_commit_is_read_again_at_the_commit(local_hub, settings_for):
    local_hub.fault("README.md", "no_commit")
    gathered, log = run(settings_for(local_hub), OPEN)
    assert state(gathered.subject.files["README.md"]) == "read"
    assert len([entry for entry in asked(log) if "README.md" in entry.url]) == 2


def test_a_file_that_says_it_is_of_another_commit_is_not_read(local_hub, settings_for):
    local_hub.fault("/resolve/[0-9a-f]{40}/LICENSE", "headers", headers={"X-Repo-Commit": "e" * 40})
    gathered, _ = run(settings_for(local_hub), OPEN)
    assert state(gathered.subject.files["LICENSE"]) == "malformed"


def test_no_readme_is_absent_and_a_listed_one_that_does_not_come_is_not(local_hub, settings_for):
    gathered, log = run(settings_for(local_hub), BARE)
    assert state(gathered.subject.files["README.md"]) == "absent"
    assert len([entry for entry in log if "README" in entry.url]) == 1
    repo = local_hub.repo(OPEN)
    listed = repo.siblings(blobs=True)
    repo.info["siblings"] = listed
    del repo.files["README.md"], repo.files["LICENSE"]
    gathered, _ = run(settings_for(local_hub), OPEN)
    assert state(gathered.subject.files["README.md"]) == "unreachable"
    assert state(gathered.subject.files["LICENSE"]) == "unreachable"


def test_a_renamed_repository_keeps_both_names(local_hub, settings_for):
    gathered, _log = run(settings_for(local_hub), OLD_NAME)
    assert (gathered.subject.asked, gathered.subject.canonical) == (OLD_NAME, RENAMED)
    assert gathered.subject.page_url.endswith(RENAMED)
    assert f"/{RENAMED}/resolve/" in gathered.subject.files["README.md"].url
    assert state(gathered.subject.files["README.md"]) == "read"


@pytest.mark.parametrize("revision", ["main", "v1.0", "refs/pr/1", "feature/x", "SHA"])
def test_branches_tags_and_commits(local_hub, settings_for, revision):
    sha = local_hub.repo(OPEN).sha
    wanted = sha if revision == "SHA" else revision
    gathered, _ = run(settings_for(local_hub), OPEN, wanted)
    assert gathered.subject.revision == sha
    assert state(gathered.subject.files["README.md"]) == "read"
    assert run(settings_for(local_hub), f"{OPEN}@{wanted}")[0].subject == gathered.subject


def test_a_page_address_on_the_endpoint_is_the_model(local_hub, settings_for):
    gathered, _ = run(settings_for(local_hub), f"{local_hub.url}/{OPEN}/tree/v1.0")
    assert gathered.subject.canonical == OPEN
    assert any("/revision/v1.0" in seen.path for seen in local_hub.seen)


def test_components_of_a_diffusion_model_are_read_and_its_weights_are_not(local_hub, settings_for):
    gathered, _ = run(settings_for(local_hub), DIFFUSION)
    assert state(gathered.subject.files["vae/LICENSE"]) == "read"
    assert local_hub.violations == []
    assert any(file.path.startswith("unet/") for file in gathered.subject.listing)


def test_twenty_thousand_files_by_the_reply_alone(empty_hub, settings_for):
    empty_hub.add(huge())
    gathered, log = run(settings_for(empty_hub), HUGE)
    assert len(gathered.subject.listing) == 20_002
    assert gathered.subject.listing_complete
    assert len(asked(log)) == 3


def test_a_listing_over_the_cap_is_read_page_by_page(empty_hub, settings_for):
    empty_hub.add(huge(2500))
    settings = settings_for(empty_hub, max_info=200_000)
    gathered, log = run(settings, HUGE)
    assert len(gathered.subject.listing) == 2502
    assert gathered.subject.listing_complete
    assert len([entry for entry in log if "/tree/" in entry.url]) == 3
    assert state(gathered.subject.files["LICENSE"]) == "read"


def test_a_reply_without_listing_is_completed_from_the_tree(local_hub, settings_for):
    local_hub.repo(OPEN).info["siblings"] = DROP
    local_hub.page_size = 2
    gathered, _log = run(settings_for(local_hub), OPEN)
    assert gathered.subject.listing_complete
    paths = {file.path for file in gathered.subject.listing}
    assert paths == {"README.md", "LICENSE", "config.json", "model.safetensors"}
    weights = next(file for file in gathered.subject.listing if file.path == "model.safetensors")
    assert (weights.size, len(weights.lfs_sha256)) == (15_000_000_000, 64)


def test_a_listing_that_goes_on_elsewhere_stays_incomplete(local_hub, settings_for):
    local_hub.repo(OPEN).info["siblings"] = DROP
    link = f'<{local_hub.elsewhere}/api/models/x/tree/main?cursor=1>; rel="next"'
    local_hub.fault("/tree/", "headers", headers={"Link": link})
    gathered, _ = run(settings_for(local_hub), OPEN)
    assert not gathered.subject.listing_complete
    assert local_hub.requests(host="elsewhere") == []


def test_a_base_that_is_the_model_itself_is_a_cycle(local_hub, settings_for):
    local_hub.add(
        Repo("ring/one", files={"README.md": card("base_model: ring/alias")}, aliases=("ring/alias",))
    )
    gathered, _ = run(settings_for(local_hub), "ring/one")
    assert state(gathered.bases["ring/alias"]) == "malformed"
    assert "cycle" in gathered.bases["ring/alias"].detail


def test_missing_bases_and_datasets_do_not_stop_the_audit(local_hub, settings_for):
    front = "base_model: nobody/base\ndatasets:\n- nobody/data\n- English Wikipedia"
    local_hub.add(Repo("lost/model", files={"README.md": card(front)}))
    gathered, log = run(settings_for(local_hub), "lost/model")
    assert state(gathered.bases["nobody/base"]) == "not_found_or_private"
    assert state(gathered.datasets["nobody/data"]) == "not_found_or_private"
    assert not any("Wikipedia" in entry.url for entry in log)


def test_schema_drift_does_not_stop_the_audit(local_hub, settings_for):
    repo = local_hub.repo(OPEN)
    repo.info = {
        "id": 7,
        "siblings": [{"rfilename": "README.md", "size": "big", "lfs": 3}],
        "cardData": [],
        "x": {},
    }
    gathered, _ = run(settings_for(local_hub), OPEN)
    assert gathered.subject.canonical == OPEN
    repo.info = {"sha": None}
    gathered, _log = run(settings_for(local_hub), OPEN)
    assert gathered.subject.revision is None
    assert {state(file) for file in gathered.subject.files.values()} == {"malformed"}


def test_a_broken_card_is_bytes_like_any_other(local_hub, settings_for):
    gathered, _ = run(settings_for(local_hub), BROKEN)
    assert gathered.subject.files["README.md"].body.startswith(b"---")


def test_the_limits_say_what_was_not_tried(local_hub, settings_for):
    local_hub.tokens = {"hf_good": {"*"}}
    bare, _ = run(settings_for(local_hub, links=False), OPEN)
    full, _ = run(settings_for(local_hub, token="hf_good"), OPEN)
    assert [limit.en.split()[0] for limit in bare.limits] == ["No", "Links"]
    assert full.limits == ()
    assert (bare.token_used, full.token_used) == (False, True)


def test_several_models_share_a_hub_and_ask_for_a_base_once(local_hub, settings_for):
    settings = settings_for(local_hub)
    local_hub.add(Repo("tuner/second", files={"README.md": card(f"base_model: {GATED}")}))
    with Hub(settings) as hub:
        for name in (FINETUNE, "tuner/second", FINETUNE):
            fetch(name, None, settings, hub=hub)
        counts = Counter(entry.url for entry in hub.log)
    assert max(counts.values()) == 1


def test_lfs_files_come_from_the_other_host(local_hub, settings_for):
    repo = local_hub.repo(OPEN)
    repo.lfs = frozenset({"LICENSE"})
    gathered, log = run(settings_for(local_hub), OPEN)
    assert gathered.subject.files["LICENSE"].body == repo.files["LICENSE"]
    assert local_hub.requests(host="elsewhere", hops=True)
    assert not any("signature" in entry.url for entry in log)


def test_nothing_is_asked_about_weights_even_by_a_link(local_hub, settings_for):
    links = ["model.safetensors", f"{local_hub.url}/{OPEN}/resolve/main/model.safetensors"]
    for link in links:
        front = f"license: other\nlicense_link: {link}"
        local_hub.add(
            Repo("sly/link", files={"README.md": card(front)}, weights=(Weights("model.safetensors", 9),))
        )
        gathered, _ = run(settings_for(local_hub), "sly/link")
        assert state(gathered.subject.links[link]) == "unsupported"
    assert local_hub.violations == []


def test_the_gathered_whole_can_be_read_offline_from_info_alone(local_hub, settings_for):
    gathered, _ = run(settings_for(local_hub), OPEN)
    raw = gathered.subject.info_raw
    assert isinstance(raw, Raw)
    assert json.loads(raw.body) == gathered.subject.info
    assert raw.revision == gathered.subject.revision


def test_the_corpus_is_fetched_without_a_crash_and_without_weights(corpus_hub, settings_for):
    settings = settings_for(corpus_hub, links=False)
    names = [repo.id for repo in corpus_hub.repos.values() if repo.kind == "models"]
    with Hub(settings) as hub:
        found = [fetch(name, None, settings, hub=hub) for name in names]
        assert max(Counter(entry.url for entry in hub.log).values()) == 1
    assert len(found) > 200
    assert corpus_hub.violations == []
    assert all(gathered.subject.revision for gathered in found)

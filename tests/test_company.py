"""What a company meets: private models, mirrors, proxies, odd repositories: the verdict and the report.

The variables of certificate authorities and proxies one by one stand in test_fetch_company.py.
"""

import json
from functools import partial

import pytest
from hub import world
from hub.company import Proxy, authority
from hub.repos import Repo, Weights
from hub.server import LocalHub
from hub.world import apache_text, card, huge, mit_text
from huggingface_hub import close_session

pytest_plugins = ("hub.fixtures",)

TOKEN = "hf_company_0123456789abcdef"
WEIGHTS = (Weights("model.safetensors", 10**9),)


@pytest.fixture
def ask(ask_at, local_hub):
    return partial(ask_at, local_hub)


@pytest.fixture
def audited(ask):
    def run(*arguments):
        ran = ask(*arguments, "-f", "json")
        assert ran.out, ran.err
        return ran.code, json.loads(ran.out)

    return run


def outcomes(report):
    return {each["rule"]: each["outcome"] for each in report["frameworks"][0]["findings"]}


def judged(report):
    """The answer without what the place says: outcomes, label and terms."""
    return outcomes(report), report["label"], report["license"]["concluded"]


# Private models


def test_ones_own_private_model_gets_the_verdict_of_a_public_one(audited, ask, local_hub):
    local_hub.tokens = {TOKEN: {world.PRIVATE}}
    code, report = audited(world.PRIVATE, "--token", TOKEN)
    assert (code, report["frameworks"][0]["verdict"], report["token_used"]) == (0, "undetermined", True)
    assert report["label"]["value"] == "open-weights"
    assert outcomes(report)["weights-license"] == "met"
    assert TOKEN not in json.dumps(report)
    assert report["limits"] == []
    local_hub.repo(world.PRIVATE).private = False
    assert judged(audited(world.PRIVATE)[1]) == judged(report)


def test_a_private_base_is_read_with_the_token_and_a_problem_without(audited, local_hub):
    local_hub.tokens = {TOKEN: {"*"}}
    front = f"license: apache-2.0\nbase_model: {world.PRIVATE}"
    local_hub.add(Repo("inhouse/tuned", files={"README.md": card(front)}, weights=WEIGHTS))
    local_hub.repo(world.PRIVATE).files["README.md"] = card("license: cc-by-nc-4.0").encode()
    code, report = audited("inhouse/tuned", "--token", TOKEN)
    assert (code, outcomes(report)["inherited-license"]) == (1, "not_met")
    code, report = audited("inhouse/tuned")
    assert (code, report["label"]["value"]) == (0, "undetermined")
    assert {each["what"]: each["state"] for each in report["problems"]} == {
        world.PRIVATE: "not_found_or_private"
    }


# Endpoints


def test_an_endpoint_on_a_private_address_below_a_path_gives_the_same_answer(audited, local_hub):
    """The endpoint that was chosen may be private without --allow-host; the report names it."""
    _, plain = audited(world.OPEN)
    local_hub.prefix = "/mirror/hf"
    code, report = audited(world.OPEN)
    assert (code, judged(report)) == (0, judged(plain))
    assert report["endpoint"] == local_hub.url + "/mirror/hf"
    assert report["subject"]["url"] == f"{local_hub.url}/mirror/hf/{world.OPEN}"
    places = [item["url"] for fact in report["facts"].values() for item in fact["evidence"] if "url" in item]
    assert places
    assert all(place.startswith(local_hub.url + "/mirror/hf/") for place in places)


def test_a_link_to_a_private_address_needs_to_be_allowed(audited, local_hub):
    """The mirror: only the endpoint is trusted; what a card names is not."""
    link = local_hub.page("/terms.txt", apache_text())
    local_hub.add(
        Repo(
            "sly/link",
            files={"README.md": card(f"license: apache-2.0\nlicense_link: {link}")},
            weights=WEIGHTS,
        )
    )
    _, report = audited("sly/link")
    assert outcomes(report)["weights-license"] == "insufficient_evidence"
    assert local_hub.requests(host="elsewhere") == []
    assert outcomes(audited("sly/link", "--allow-host", "127.0.0.1")[1])["weights-license"] == "met"


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_behind_a_proxy_with_an_authority_of_its_own(ask_at, tmp_path, monkeypatch, variable):
    """Both HTTP stacks: the model comes through one, the license link through the other."""
    folder = tmp_path / "ca"
    folder.mkdir()
    authority_file, pair = authority(folder)
    monkeypatch.setenv(variable, str(authority_file))
    proxy = Proxy()
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    close_session()
    with LocalHub(world.world(), tls=pair) as hub:
        link = hub.page("/terms.txt", apache_text())
        front = f"license: apache-2.0\nlicense_link: {link}"
        hub.add(Repo("linking/model", files={"README.md": card(front)}, weights=WEIGHTS))
        hub.tokens = {TOKEN: {"*"}}
        ran = ask_at(hub, "linking/model", "-f", "json", "--allow-host", "localhost", "--token", TOKEN)
        report = json.loads(ran.out)
        assert (ran.code, report["label"]["value"], report["problems"]) == (0, "open-weights", [])
        assert {f"CONNECT {place.removeprefix('https://')}" for place in (hub.url, hub.elsewhere)} == set(
            proxy.tunnels
        )
        assert not any(TOKEN.encode() in head for head in proxy.heads)
        monkeypatch.delenv(variable)
        close_session()
        ran = ask_at(hub, "linking/model", "-f", "json", "--cache-dir", tmp_path / "other")
        assert (ran.code, ran.out) == (3, "")
        assert "certificate" in ran.err
    proxy.close()
    close_session()


# Names and revisions


def test_a_renamed_repository_has_one_verdict_under_both_names(audited):
    (code, old), (other_code, new) = audited(world.OLD_NAME), audited(world.RENAMED)
    assert (code, judged(old)) == (other_code, judged(new))
    assert (old["subject"]["id"], old["subject"]["canonical_id"]) == (world.OLD_NAME, world.RENAMED)
    assert old["subject"]["revision"] == new["subject"]["revision"]


def test_a_tag_and_a_branch_are_judged_at_their_own_commit(audited, local_hub):
    repo = local_hub.repo(world.OPEN)
    older = "a" * 40
    repo.older[older] = {"README.md": card("license: cc-by-nc-4.0").encode()}
    for name in ("v1.0", "feature/x", "refs/pr/1", repo.sha):
        code, report = audited(f"{world.OPEN}@{name}")
        assert (code, report["subject"]["revision"]) == (0, repo.sha)
        links = {
            item["revision"]
            for fact in report["facts"].values()
            for item in fact["evidence"]
            if "path" in item
        }
        assert links == {repo.sha}
    repo.info = {"siblings": [{"rfilename": "README.md"}, {"rfilename": "model.safetensors", "size": 10**9}]}
    repo.info["cardData"] = {"license": "cc-by-nc-4.0"}
    code, report = audited(f"{world.OPEN}@{older}")
    assert (code, report["subject"]["revision"]) == (1, older)


# Odd repositories


def test_no_readme_is_an_empty_card_and_no_crash(audited, local_hub):
    """A license file alone is a grant; neither card nor license file is an observed absence."""
    code, report = audited(world.BARE)
    assert (code, outcomes(report)["weights-license"], report["label"]["value"]) == (0, "met", "open-weights")
    assert [each["what"] for each in report["problems"]] in ([], ["README.md"])
    local_hub.add(Repo("quiet/bare", weights=WEIGHTS))
    code, report = audited("quiet/bare")
    assert (code, outcomes(report)["weights-license"], report["label"]["value"]) == (
        1,
        "not_met",
        "no-license",
    )


def test_of_several_components_the_worst_decides_and_is_named(audited, local_hub):
    code, report = audited(world.DIFFUSION)
    assert (code, report["label"]["value"]) == (0, "open-weights")
    assert {each["path"]: each["id"] for each in report["license"]["components"]}["vae"] == "MIT"
    repo = local_hub.repo(world.DIFFUSION)
    repo.files["unet/LICENSE"] = (
        b"License: CC-BY-NC-4.0. You may not use the material for commercial purposes.\n"
    )
    local_hub.add(Repo(repo.id, files=repo.files, weights=repo.weights))
    code, report = audited(world.DIFFUSION)
    assert outcomes(report)["weights-license"] != "met"
    assert report["label"]["value"] != "open-weights"


def test_a_component_under_a_noncommercial_license_breaks_the_whole(audited, local_hub, shared):
    """The noncommercial text is taken from ../shared."""
    repo = local_hub.repo(world.DIFFUSION)
    files = repo.files | {"unet/LICENSE": world.nc_text().encode()}
    local_hub.add(Repo(repo.id, files=files, weights=repo.weights))
    code, report = audited(world.DIFFUSION)
    finding = next(each for each in report["frameworks"][0]["findings"] if each["rule"] == "weights-license")
    assert (code, finding["outcome"]) == (1, "not_met")
    assert "unet" in finding["message"]["en"]
    assert "unet" in finding["message"]["fr"]
    components = {each["path"]: each["class"] for each in report["license"]["components"]}
    assert (components["unet"], components["vae"]) == ("noncommercial", "osi")


def test_twenty_thousand_files_are_judged_like_four(ask_at, empty_hub):
    repo = huge()
    empty_hub.add(Repo(repo.id, files=repo.files, weights=WEIGHTS))
    empty_hub.add(
        Repo("giant/few", files={"README.md": card("license: mit"), "LICENSE": mit_text()}, weights=WEIGHTS)
    )
    many, few = (json.loads(ask_at(empty_hub, name, "-f", "json").out) for name in (world.HUGE, "giant/few"))
    assert judged(many) == judged(few)
    assert many["problems"] == []
    assert len(json.dumps(many)) < 2 * len(json.dumps(few))


# Names that only a service has

HOSTED = [
    "gpt-4o",
    "claude-3-opus",
    "gemini-1.5-pro",
    "anthropic/claude-x",
    "openai/gpt-4o-mini",
    "o1",
    "GPT-4o",
]


@pytest.mark.parametrize("name", HOSTED)
def test_a_name_that_only_a_service_has_is_told_in_one_sentence(ask, tmp_path, name):
    ran = ask(name, "-f", "json", "-o", tmp_path / "r.json")
    assert (ran.code, ran.out) == (3, "")
    first, _second = ran.err.splitlines()
    assert "nothing to download, so there is no freedom to audit" in first
    assert not (tmp_path / "r.json").exists()
    assert ask(name, "--offline").code == 3


@pytest.mark.parametrize(
    "name", ["gpt2", "claude-3-opus", "anthropic/claude-x", "somebody/gpt-4o", "gemini-1.5-pro"]
)
def test_a_repository_that_bears_such_a_name_is_audited(audited, local_hub, name):
    files = {"README.md": card("license: apache-2.0"), "LICENSE": apache_text()}
    local_hub.add(Repo(name, files=files, weights=WEIGHTS))
    code, report = audited(name)
    assert (code, report["subject"]["canonical_id"], report["label"]["value"]) == (0, name, "open-weights")


@pytest.mark.parametrize("name", ["somebody/gpt-4o", "gpt2", "geminids/tiny", "clauded", "o10"])
def test_a_missing_name_that_only_resembles_one_gets_the_hubs_answer(ask, name):
    ran = ask(name)
    assert (ran.code, ran.out) == (3, "")
    assert "nothing to download" not in ran.err

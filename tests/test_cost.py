"""What an audit costs, counted and not timed, through the command line (issue: Must show, cost).

`--help` and its imports are counted in test_architecture.py and test_cli_words.py.
"""

import json
import subprocess
import sys
from collections import Counter
from functools import partial
from importlib.util import find_spec

import pytest
from door import OPEN, RESTRICTED, saved
from hub import world
from hub.repos import Repo, Weights
from hub.world import apache_text, card, huge, mit_text

from osaid_audit.gather.fetching import hub

pytest_plugins = ("hub.fixtures",)

RICH = "acme/rich-7b"
TUNED = "acme/tuned-7b"
CONFIGS = ("config.json", "generation_config.json", "adapter_config.json", "model_index.json")
TERMS = ("LICENSE", "NOTICE", "USE_POLICY.md")
DATASETS = ("acme/open-text", "scrapers/nc-text")


@pytest.fixture
def logs(monkeypatch):
    """What every run of the command line logged of its exchanges."""
    kept = []

    class Watched(hub.Hub):
        def __init__(self, *given):
            super().__init__(*given)
            kept.append(self.log)

    monkeypatch.setattr(hub, "Hub", Watched)
    return kept


@pytest.fixture
def ask(ask_at, local_hub):
    return partial(ask_at, local_hub)


@pytest.fixture
def rich(local_hub):
    """A repository with more of everything than is wanted."""
    link = local_hub.page("/terms.txt", apache_text())
    datasets = "".join(f"\n- {name}" for name in DATASETS)
    front = f"license: apache-2.0\nlicense_link: {link}\ndatasets:{datasets}"
    files = {"README.md": card(front), "LICENSE": apache_text(), "NOTICE": "Made by Acme.\n"}
    files |= {
        "USE_POLICY.md": "Use it well.\n",
        "tokenizer.json": "{}",
        "merges.txt": "a b\n",
        "train.py": "",
    }
    files |= dict.fromkeys(CONFIGS, '{"model_type": "m"}')
    files |= {f"part_{number}/config.json": "{}" for number in range(9)}
    weights = tuple(Weights(f"model-{number:05}-of-00004.safetensors", 5 * 10**9) for number in range(1, 5))
    return local_hub.add(Repo(RICH, files=files, weights=weights))


def first(log):
    """Without the further hops of redirects, which are counted apart."""
    return [entry for entry in log if not entry.hop]


def paths(log, repo):
    """The files of the repository that were asked for."""
    mark = f"/{repo}/resolve/"
    return [entry.url.split(mark)[1].split("/", 1)[1] for entry in first(log) if mark in entry.url]


def test_an_open_model_takes_two_rounds_and_what_the_plan_says(ask, local_hub, rich, logs):
    assert ask(RICH, "--allow-host", "127.0.0.1").code == 0
    (log,) = logs
    assert {entry.round for entry in log} == {1, 2}
    asked = paths(log, RICH)
    configs = [path for path in asked if path.endswith(".json")]
    assert asked[0] == "README.md"
    assert set(asked) - set(configs) == {"README.md", *TERMS}
    assert 1 <= len(configs) <= 3
    assert set(configs) <= set(CONFIGS)
    # info, README, three texts, the configs, two datasets, one link
    assert len(first(log)) == 1 + 1 + len(TERMS) + len(configs) + len(DATASETS) + 1
    assert [entry.round for entry in first(log)][:2] == [1, 1]


def test_nothing_is_asked_twice_and_no_weight_byte_is_read(ask, local_hub, rich, logs):
    ask(RICH, "--allow-host", "127.0.0.1")
    seen = [(request.host, request.path) for request in local_hub.seen]
    assert max(Counter(seen).values()) == 1
    assert {request.method for request in local_hub.seen} == {"GET"}
    assert local_hub.violations == []
    assert not any("safetensors" in path for _, path in seen)
    whole = sum(len(body) for body in rich.files.values())
    replies = sum(request.size for request in local_hub.seen if "/api/models/" in request.path)
    assert sum(request.size for request in local_hub.seen) < whole + replies + 20_000


def test_hops_of_redirects_are_counted_apart(ask, local_hub, rich, logs):
    ask(RICH, "--allow-host", "127.0.0.1")
    hops = [entry for entry in logs[0] if entry.hop]
    assert len(hops) == len(paths(logs[0], RICH))
    assert len(hops) + len(first(logs[0])) == len(local_hub.seen)


def test_a_base_takes_a_third_round_for_its_own_files_and_for_its_bases(ask, local_hub, rich, logs):
    local_hub.add(Repo("acme/root", files={"README.md": card("license: mit")}))
    rich.files["README.md"] = card(
        f"license: apache-2.0\nbase_model: acme/root\ndatasets: {DATASETS[0]}"
    ).encode()
    local_hub.add(Repo(TUNED, files={"README.md": card(f"base_model: {RICH}"), "LICENSE": mit_text()}))
    ask(TUNED)
    (log,) = logs
    assert {entry.round for entry in log} == {1, 2, 3}
    third = [entry for entry in first(log) if entry.round == 3]
    assert {path for path in paths(third, RICH) if not path.endswith(".json")} == set(TERMS)
    behind = [entry for entry in third if "acme/root" in entry.url]
    assert len(behind) == 2  # info and card; it has no further file, so there is no fourth round
    assert len(paths(third, RICH)) == len(third) - len(behind) <= len(TERMS) + 3
    # The datasets of a base are not looked up.
    assert not any("datasets" in entry.url for entry in log)


def test_without_a_base_there_is_no_third_round(ask, logs):
    for name in (world.OPEN, world.GATED, world.BROKEN, world.UNLICENSED, world.DIFFUSION, world.BARE):
        ask(name)
    assert [max(entry.round for entry in log) for log in logs] == [2, 1, 1, 1, 2, 2]


def test_cards_beside_the_readme_cost_three_requests_at_most(ask, local_hub, logs):
    tongues = ("de", "es", "fr", "it", "zh")
    files = {f"README_{tongue}.md": card("license: mit") for tongue in tongues}
    local_hub.add(Repo("acme/tongues", files={"README.md": card("license: mit"), **files}))
    ask("acme/tongues")
    asked = sorted(paths(logs[0], "acme/tongues"))
    assert asked == ["README.md", "README_de.md", "README_es.md", "README_fr.md"]


def test_terms_of_any_depth_are_bounded(ask, local_hub, logs):
    files = {f"third_party/part-{number:02}/LICENSE": mit_text() for number in range(40)}
    files |= {"README.md": card("license: mit"), "LICENSE": mit_text()}
    local_hub.add(Repo("acme/vendored", files=files))
    ask("acme/vendored")
    asked = paths(logs[0], "acme/vendored")
    assert {"README.md", "LICENSE"} <= set(asked)
    assert len(asked) == 1 + 16


def test_many_files_cost_no_more_than_few(ask_at, empty_hub, logs):
    empty_hub.add(huge())
    assert ask_at(empty_hub, world.HUGE).code == 1  # it has no weights
    assert len(first(logs[0])) == 3  # info, README, LICENSE


@pytest.mark.parametrize("name", [RICH, world.OPEN, world.FINETUNE, world.GATED, world.BARE, world.BROKEN])
def test_a_second_run_asks_once_and_an_offline_run_never(ask, local_hub, rich, logs, name):
    links = ("--allow-host", "127.0.0.1")
    one, two = ask(name, *links, "-f", "json"), ask(name, *links, "-f", "json")
    assert len(logs[0]) > 1
    assert [(entry.round, entry.status) for entry in logs[1]] == [(1, 304)]
    asked = len(local_hub.seen)
    offline = ask(name, *links, "--offline", "-f", "json")
    assert (len(local_hub.seen), logs[2]) == (asked, [])
    assert one.code == two.code == offline.code


def test_a_new_commit_is_read_anew(ask, local_hub, rich, logs):
    """The mirror: a cache that never asked again would hide a license that changed."""
    assert ask(RICH).code == 0
    local_hub.add(Repo(RICH, files={"README.md": card("license: cc-by-nc-4.0")}, weights=rich.weights))
    assert ask(RICH).code == 1
    assert len(logs[1]) > 1


def test_several_models_of_one_run_share_what_they_name(ask, local_hub, rich, logs, tmp_path):
    names = [f"tuner/tune-{number}" for number in range(4)]
    for name in names:
        local_hub.add(Repo(name, files={"README.md": card(f"license: mit\nbase_model: {RICH}")}))
    (tmp_path / "models.txt").write_text("\n".join(names))
    ask("-r", tmp_path / "models.txt")
    (log,) = logs
    assert max(Counter(entry.url for entry in log).values()) == 1
    assert len(paths(log, RICH)) == len(set(paths(log, RICH)))


def test_a_license_link_to_a_listed_file_is_read_once(ask, local_hub, logs):
    for link in ("LICENSE", f"{local_hub.url}/linking/own/blob/main/LICENSE"):
        front = f"license: other\nlicense_name: house\nlicense_link: {link}"
        local_hub.add(Repo("linking/own", files={"README.md": card(front), "LICENSE": "Our terms.\n"}))
        ask("linking/own")
        assert paths(logs[-1], "linking/own").count("LICENSE") == 1


UNASKED = {
    *("gather.fetching.hub", "gather.fetching.rounds", "gather.reading.assembly", "licenses", "scan"),
    *("policy.file", "policy.lock", "policy.weighing", "schema.lock"),
    *("render.to_html", "render.to_spdx", "render.fiche", "render.compare", "render.scan"),
}
HEAVY = {"huggingface_hub.hf_api", "httpx2", "requests", "jinja2", "babel", "multiprocessing"}


def loaded(root, *arguments):
    """The exit code of a command line and the modules it loads, in a process of its own."""
    script = (
        "import json, sys; from osaid_audit.cli.main import run; code = run(sys.argv[1:]);"
        "print(json.dumps([code, sorted(sys.modules)]))"
    )
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    code, modules = json.loads(done.stdout.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize(
    ("model", "code"), [("google-bert/bert-base-uncased", 0), (OPEN, 0), (RESTRICTED, 1)]
)
def test_an_audit_without_network_loads_what_it_needs_and_no_more(root, tmp_path, model, code):
    """Of a bundled dossier or a saved one: no client, nor what reads replies, locks or policies."""
    asked = model if isinstance(model, str) else saved(tmp_path, model)
    ended, modules = loaded(root, asked, "--offline", "--cache-dir", tmp_path)
    assert ended == code
    assert "osaid_audit.render.to_text" in modules
    assert sorted(modules & (HEAVY | {f"osaid_audit.{name}" for name in UNASKED})) == []
    # What a scan tells is needed for a breach alone: it is an alert.
    assert ("osaid_audit.schema.scan" in modules) == bool(code)


def test_what_is_asked_for_is_loaded(root, tmp_path):
    """The mirror: the names above are those of modules that there are."""
    (tmp_path / "policy.toml").write_text("")
    asked = ("--policy", tmp_path / "policy.toml", "--update-lock", "--lock", tmp_path / "a.lock")
    ended, modules = loaded(root, saved(tmp_path, OPEN), *asked, "-o", tmp_path / "a.html")
    assert ended == 0
    wanted = {"policy.file", "policy.lock", "schema.lock", "render.to_html", "licenses"}
    assert {f"osaid_audit.{name}" for name in wanted} <= modules
    assert {name for name in UNASKED if not find_spec(f"osaid_audit.{name}")} == set()
    assert {name for name in HEAVY if not find_spec(name)} == set()

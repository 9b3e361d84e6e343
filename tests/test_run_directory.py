"""A batch that was stopped, in whatever way, goes on where it was; what is done is not asked for again."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from door import osaid_audit
from github.server import Code, LocalGitHub
from hub import world
from hub.batch import batch, model_id
from hub.quota import Quota
from hub.repos import Repo
from hub.server import LocalHub

from osaid_audit import UsageError, audit_many
from osaid_audit.gather.settings import Settings
from osaid_audit.pipeline.reach import Reach
from osaid_audit.pipeline.runs import Run
from osaid_audit.schema.dossier import Dossier, Subject, Tool
from osaid_audit.schema.report import Report

pytest_plugins = ("hub.fixtures",)
ROOT = Path(__file__).resolve().parent.parent
MODELS = [model_id(number) for number in range(6)]


@pytest.fixture
def hub():
    with LocalHub(batch(len(MODELS))) as found:
        yield found


@pytest.fixture
def ask(capsys, hub, tmp_path):
    """Audit all models into the run directory, each time with a cache of its own: what is asked is seen."""
    caches = iter(range(100))

    def run(*arguments, models=MODELS):
        listed = tmp_path / "models.txt"
        listed.write_text("\n".join(models) + "\n")
        place = ["--endpoint", hub.url, "--cache-dir", tmp_path / f"cache-{next(caches)}"]
        hub.forget()
        where = ["--run", tmp_path / "run", *place]
        form = [] if "-f" in arguments else ["-f", "json"]
        return osaid_audit(capsys, "-r", listed, *form, *where, *arguments)

    return run


@pytest.fixture
def dossiers(tmp_path):
    return lambda: sorted((tmp_path / "run" / "dossiers").iterdir())


def asked_about(hub, names=MODELS):
    """The models whose info reply was asked for."""
    return {name for name in names if any(path.startswith(f"/api/models/{name}?") for path in hub.requests())}


def fits(path: Path) -> bool:
    return path.name.split(".")[1] == hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def test_a_second_run_asks_for_nothing_and_says_the_same(ask, hub, dossiers):
    first = ask()
    assert asked_about(hub) == set(MODELS)
    assert len(dossiers()) == len(MODELS)
    second = ask()
    assert (hub.seen, second.out) == ([], first.out)
    assert "6 of 6 models are in" in second.err


def test_without_a_run_directory_everything_is_asked_again(capsys, hub, tmp_path):
    for cache in ("one", "two"):
        hub.forget()
        place = ["--endpoint", hub.url, "--cache-dir", tmp_path / cache]
        osaid_audit(capsys, *MODELS, "-f", "json", *place)
        assert asked_about(hub) == set(MODELS)


def test_other_norms_judge_anew_and_ask_for_nothing(ask, hub):
    ask()
    again = ask("--framework", "mof")
    assert hub.seen == []
    assert [each["frameworks"][0]["id"] for each in json.loads(again.out)] == ["mof"] * len(MODELS)


def test_a_model_of_the_list_that_is_new_is_asked_for_alone(ask, hub):
    ask(models=MODELS[:4])
    ran = ask()
    assert asked_about(hub) == set(MODELS[4:])
    assert [each["subject"]["id"] for each in json.loads(ran.out)] == MODELS


def test_an_error_is_not_done(ask, hub, dossiers):
    late = hub.repos.pop(("models", MODELS[2]))
    ran = ask()
    assert ran.code == 3
    assert f"5 of 6 audited, 1 not: {MODELS[2]}" in ran.err
    assert len(dossiers()) == 5
    hub.add(late)
    assert ask().code == 0
    assert asked_about(hub) == {MODELS[2]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-100]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text(path.read_text().replace("Apache-2.0", "MIT")),
    ],
    ids=["cut", "empty", "no text", "altered"],
)
def test_a_damaged_file_is_told_and_its_model_asked_for_again(ask, hub, dossiers, spoil):
    first = ask()
    damaged = dossiers()[0]
    name = json.loads(damaged.read_text())["subject"]["id"]
    spoil(damaged)
    ran = ask()
    assert asked_about(hub) == {name}
    assert f"{damaged.name} is damaged" in ran.err
    assert name in ran.err
    assert [each["license"] for each in json.loads(ran.out)] == [
        each["license"] for each in json.loads(first.out)
    ]
    assert all(map(fits, dossiers()))
    assert "is damaged" not in ask().err
    assert hub.seen == []


@pytest.mark.parametrize("content", ["", "{", "null", '{"what": 1}'])
def test_a_damaged_manifest_costs_nothing_but_is_never_somebody_elses(ask, hub, tmp_path, content):
    ask()
    manifest = tmp_path / "run" / "manifest.json"
    whole = manifest.read_text()
    manifest.write_text(content)
    ran = ask()
    if content.startswith(('{"', "null")):  # JSON of something else: not ours to write over
        assert (ran.code, manifest.read_text()) == (2, content)
    else:
        assert (ran.code, hub.seen, manifest.read_text()) == (0, [], whole)


def test_the_manifest_names_what_is_there(ask, tmp_path, dossiers):
    ask()
    rows = json.loads((tmp_path / "run" / "manifest.json").read_text())["models"]
    assert [row["model"] for row in rows] == MODELS
    assert {row["file"] for row in rows} == {path.name for path in dossiers()}


def test_each_model_has_a_page_and_the_index_leads_to_it(ask, tmp_path):
    ask()
    pages = sorted(path.name for path in (tmp_path / "run" / "reports").iterdir())
    index = (tmp_path / "run" / "index.html").read_text(encoding="utf-8")
    assert len(pages) == len(MODELS)
    assert all(f'href="reports/{page}"' in index for page in pages)
    assert "<!doctype html>" in (tmp_path / "run" / "reports" / pages[0]).read_text(encoding="utf-8").lower()


def test_two_dossiers_of_one_commit_lead_each_to_its_own_page(capsys, tmp_path):
    """The index must not show one answer and lead to another."""
    from door import OPEN, RESTRICTED, saved

    (tmp_path / "other").mkdir()
    places = [saved(tmp_path, OPEN), saved(tmp_path / "other", RESTRICTED)]
    ids = {json.loads(Path(place).read_text())["subject"]["id"] for place in places}
    told = osaid_audit(capsys, *places, "--run", tmp_path / "run", "-f", "json").out
    labels = [each["label"]["value"] for each in json.loads(told)]
    index = (tmp_path / "run" / "index.html").read_text(encoding="utf-8")
    pages = re.findall(r'href="(reports/[^"]+)"', index)
    assert (len(ids), len(set(labels)), len(set(pages))) == (1, 2, 2)
    texts = [(tmp_path / "run" / page).read_text(encoding="utf-8") for page in pages]
    alone = [osaid_audit(capsys, place, "-f", "html").out for place in places]
    assert texts == alone


def test_what_was_read_under_other_limits_is_not_done(ask, hub):
    ask("--no-links")
    ask()
    assert asked_about(hub) == set(MODELS)


def test_offline_what_was_read_online_is_enough(ask, hub):
    first = ask()
    assert ask("--offline").out == first.out
    assert hub.seen == []


def test_with_a_token_only_what_was_closed_is_asked_for_again(capsys, local_hub, tmp_path):
    """Most models are open: an hour of gathering is not lost when somebody then gives a token."""
    local_hub.tokens = {world.GOOD_TOKEN: {"*"}}

    def run(*arguments):
        local_hub.forget()
        place = ["--endpoint", local_hub.url, "--cache-dir", tmp_path / "cache", "--run", tmp_path / "run"]
        return osaid_audit(capsys, world.RENAMED, world.GATED, *place, *arguments, "-f", "json")

    run()
    told = run("--token", world.GOOD_TOKEN)
    assert [each["token_used"] for each in json.loads(told.out)] == [False, True]
    assert asked_about(local_hub, (world.RENAMED, world.GATED)) == {world.GATED}
    assert "1 of 2 models is in " in told.err, "the one that is asked for again is not counted as done"
    assert "2 of 2 models are in " in run("--token", world.GOOD_TOKEN).err
    run("--token", "")
    assert local_hub.seen == [], "and without it what was read without it is still there"


def test_no_token_is_in_a_run_directory(capsys, local_hub, tmp_path):
    token = "hf_this_must_not_be_written_anywhere"
    local_hub.tokens = {token: {"*"}}
    place = ["--endpoint", local_hub.url, "--cache-dir", tmp_path / "cache", "--run", tmp_path / "run"]
    osaid_audit(capsys, world.GATED, world.PRIVATE, "--token", token, *place)
    files = [path for path in (tmp_path / "run").rglob("*") if path.is_file()]
    digests = [getattr(hashlib, name)(token.encode()).hexdigest() for name in ("md5", "sha1", "sha256")]
    assert len(files) >= 5
    for path in files:
        text = path.name + path.read_text(encoding="utf-8")
        assert not [secret for secret in (token, *digests) if secret[:16] in text]
    assert (tmp_path / "run").stat().st_mode & 0o077 == 0


def test_what_one_token_has_read_is_shown_to_no_other(capsys, local_hub, tmp_path):
    """A private and a gated model: each token is answered by the Hub, also one that it rejects."""
    other = "hf_this_one_may_read_nothing"
    local_hub.tokens = {world.GOOD_TOKEN: {"*"}, other: set()}
    asked = (world.PRIVATE, world.GATED)

    def run(token, *more):
        local_hub.forget()
        place = ["--endpoint", local_hub.url, "--cache-dir", tmp_path / "cache", "--run", tmp_path / "run"]
        found = osaid_audit(capsys, *asked, "--token", token, *place, "-f", "csv", *more)
        return [bool(row["problem"]) for row in csv.DictReader(io.StringIO(found.out))]

    assert run(world.GOOD_TOKEN) == [False, False]
    for token in (other, "hf_nobody_knows_this_one", ""):
        assert run(token)[0], "the private model is not there for this one"
        assert asked_about(local_hub, asked) >= {world.PRIVATE}
        assert run(token, "--offline")[0]
    assert run(world.GOOD_TOKEN) == [False, False]
    assert local_hub.seen == [], "and for the first it is still there"


CODED = ("acme/closed", "acme/open", "acme/plain")
"""Models that link a private repository on GitHub, a public one, and none."""


@pytest.fixture
def coded(capsys, empty_hub, tmp_path, monkeypatch):
    """Audit these with a token for GitHub or none: which of the linked code was found, and who was asked."""
    for name, code in zip(CODED, ("closed", "open", None), strict=True):
        link = f"Training code: https://github.com/acme/{code}\n" if code else "Trained with care.\n"
        empty_hub.add(Repo(name, files={"README.md": world.card("license: mit", f"# Model\n\n{link}")}))
    codes = [Code("acme/closed", {"train.py": ""}, private=True), Code("acme/open", {"train.py": ""})]

    def run(token, *more):
        monkeypatch.setenv("GITHUB_TOKEN", token)
        empty_hub.forget()
        place = ["--endpoint", empty_hub.url, "--github-endpoint", github.url]
        kept = ["--cache-dir", tmp_path / "cache", "--run", tmp_path / "run"]
        told = json.loads(osaid_audit(capsys, *CODED, *place, *kept, "-f", "json", *more).out)
        found = {each["subject"]["id"]: [code.get("found") for code in each["code"]] for each in told}
        return [found[name] for name in CODED], asked_about(empty_hub, CODED)

    with LocalGitHub(codes) as github:
        github.tokens = {"ghp_one", "ghp_two"}
        yield run


def test_with_a_token_for_github_a_model_whose_code_was_hidden_is_asked_for_again(coded):
    assert coded("") == ([[False], [True], []], set(CODED))
    assert coded("") == ([[False], [True], []], set())
    assert coded("ghp_one") == ([[True], [True], []], {"acme/closed"})
    assert coded("ghp_one") == ([[True], [True], []], set())
    assert coded("") == ([[False], [True], []], set()), (
        "and without it what was read without it is still there"
    )


def test_what_a_token_for_github_has_read_is_shown_to_no_other(coded):
    """A model that links no code there was read without it, whatever was given: every other may have it."""
    assert coded("ghp_one") == ([[True], [True], []], set(CODED))
    assert coded("") == ([[False], [True], []], {"acme/closed", "acme/open"})
    assert coded("ghp_two", "--offline")[0] == [[None], [True], []]
    assert coded("ghp_two") == ([[True], [True], []], {"acme/closed"})
    assert coded("ghp_one") == ([[True], [True], []], set())


def test_where_no_link_was_followed_a_token_for_github_changes_nothing(coded):
    coded("ghp_one", "--no-links")
    assert coded("", "--no-links")[1] == coded("ghp_two", "--no-links")[1] == set()


def test_a_dossier_of_another_model_or_commit_does_not_count(ask, hub, dossiers):
    """Files that were exchanged by hand, each fit to its content."""
    first = ask()
    one, two, *_ = dossiers()
    texts, keys = (one.read_bytes(), two.read_bytes()), [path.name.split(".") for path in (one, two)]
    names = {json.loads(text)["subject"]["id"] for text in texts}
    for path, text, (key, _, _), (_, digest, _) in zip(
        (one, two), texts[::-1], keys, keys[::-1], strict=True
    ):
        path.unlink()
        path.with_name(f"{key}.{digest}.json").write_bytes(text)
    ran = ask()
    assert asked_about(hub) == names
    assert ran.err.count("is damaged") == 2
    assert _ids(ran) == _ids(first) == MODELS


def _ids(ran):
    return [each["subject"]["id"] for each in json.loads(ran.out)]


def test_another_revision_and_another_hub_are_other_questions(hub, tmp_path):
    """The same commit under another name is asked for again; what was asked so before is not."""
    where = {"run": tmp_path / "run", "cache_dir": tmp_path / "cache"}

    def ask(endpoint, **more):
        endpoint.forget()
        (found,) = audit_many(MODELS[:1], endpoint=endpoint.url, **where, **more)
        assert isinstance(found, Report)
        return found, asked_or_cached(endpoint)

    def asked_or_cached(endpoint):
        return bool(endpoint.seen)

    found, _ = ask(hub)
    assert ask(hub)[1] is False
    assert ask(hub, revision="main")[1] is True
    assert ask(hub, revision=found.subject.revision)[1] is True
    assert ask(hub, revision="main")[1] is ask(hub, revision=found.subject.revision)[1] is False
    with LocalHub(batch(1)) as other:
        again, asked = ask(other)
        assert (asked, again.endpoint) == (True, other.url)
        assert ask(other)[1] is False
    assert ask(hub)[1] is False, "what was read elsewhere takes no place here"


def test_a_commit_that_was_asked_for_is_the_one_that_counts(tmp_path):
    """A dossier that lies under a key, however it got there, must speak of the commit."""
    reach = Reach(Settings(endpoint="https://hub.example"))
    kept = Run(tmp_path)
    for commit, counts in (("a" * 40, True), ("b" * 40, False)):
        place = {"url": "https://hub.example/org/m", "source": "hub", "revision": commit}
        dossier = Dossier(
            tool=Tool(name="osaid-audit", version="1"),
            subject=Subject(id="org/m", canonical_id="org/m", **place),
            gathered_at="2026-01-01T00:00:00Z", endpoint="https://hub.example", token_used=False, facts={},
        )  # fmt: skip
        kept.keep("org/m", "a" * 40, reach, dossier)
        assert (kept.get("org/m", "a" * 40, reach) is not None) is counts
        kept.keep("org/m", "main", reach, dossier)
        assert kept.get("org/m", "main", reach) is not None, "a branch moves"
    kept.keep("org/m", None, reach, dossier.model_copy(update={"token_used": True}))
    assert kept.get("org/m", None, reach) is None, "read by a token, asked by nobody"


def test_a_folder_in_place_of_a_dossier_is_told_once(ask, hub, dossiers):
    ask()
    spoilt = dossiers()[0]
    name = json.loads(spoilt.read_text())["subject"]["id"]
    spoilt.unlink()
    spoilt = spoilt.with_name(f"{spoilt.name.split('.')[0]}.{'0' * 16}.json")
    spoilt.mkdir()
    ran = ask()
    assert (ran.code, asked_about(hub)) == (0, {name})
    assert f"{spoilt.name} is damaged" in ran.err
    again = ask()
    assert (again.code, hub.seen, "damaged" in again.err) == (0, [], False)


def test_a_directory_that_was_taken_away_is_said_in_a_sentence(hub, tmp_path):
    kept = Run(tmp_path / "run")
    place = {"endpoint": hub.url, "cache_dir": tmp_path / "cache"}
    assert isinstance(audit_many(MODELS[:1], run=kept, **place)[0], Report)
    shutil.rmtree(tmp_path / "run")
    with pytest.raises(UsageError, match="cannot be written"):
        audit_many(MODELS[:2], run=kept, **place)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_run_directory_may_be_a_text_or_a_path(hub, tmp_path, kind):
    audit_many(MODELS[:1], run=kind(tmp_path / "run"), endpoint=hub.url, cache_dir=tmp_path / "cache")
    assert len(list((tmp_path / "run" / "dossiers").iterdir())) == 1
    with pytest.raises(TypeError):
        audit_many(MODELS[:1], run=3, endpoint=hub.url)


def test_a_dossier_file_is_not_in_the_run_directory(capsys, tmp_path):
    from door import OPEN, saved

    place = [saved(tmp_path, OPEN), "--run", tmp_path / "run", "-f", "jsonl"]
    for _ in range(2):
        assert "already" not in osaid_audit(capsys, *place).err


def test_what_the_quota_cut_short_is_not_done(hub, tmp_path):
    """A wait longer than anybody waits: the models are told as they were read, and read again later."""
    hub.quotas = {"api": Quota(9, 600.0)}
    where = {"endpoint": hub.url, "cache_dir": tmp_path / "cache", "max_wait": 1.0, "connections": 1}
    kept = Run(tmp_path / "run")
    found = audit_many(MODELS, jobs=1, run=kept, **where)
    cut = {model for model, each in zip(MODELS, found, strict=True) if not _is_whole(each)}
    assert cut
    assert len(kept.kept) == len(MODELS) - len(cut) > 0
    hub.quotas.clear()
    hub.forget()
    again = audit_many(MODELS, run=tmp_path / "run", **where)
    assert all(map(_is_whole, again))
    assert asked_about(hub) <= cut


def _is_whole(result) -> bool:
    return isinstance(result, Report) and not any(each.state == "unreachable" for each in result.problems)


SHARED = {
    "card": (f"{MODELS[0]}/resolve/.*README.md", {MODELS[0]}),
    "base": ("/api/models/maker/base-1", {MODELS[1]}),
    "file of a base": ("maker/base-1/resolve/.*README.md", {MODELS[1]}),
    "dataset": ("/api/datasets/maker/corpus-0", {MODELS[0]}),
    "all well": ("/nowhere", set()),
}


@pytest.mark.parametrize("case", SHARED)
def test_what_did_not_answer_is_told_and_asked_for_again(ask, hub, case):
    """A server that fails for a while: nobody's answer is kept as if that were all there is."""
    place, models = SHARED[case]
    hub.fault(place, "status", status=503)
    first = ask("-f", "csv", "-o", "-", "-q", models=MODELS[:3])
    rows = list(csv.DictReader(io.StringIO(first.out)))
    assert {row["id"] for row in rows if row["problem"].startswith("Read in part. ")} == models
    assert all(row["osaid_1_0"] for row in rows), "what was read is judged"
    assert first.err == ""
    told = ask(models=MODELS[:3])
    assert asked_about(hub) == models
    assert ("1 model was read in part" in told.err) is bool(models)
    assert ("The same command tries it again." in told.err) is bool(models)
    hub.faults.clear()
    whole = ask(models=MODELS[:3])
    assert asked_about(hub) == models
    assert "in part" not in whole.err
    assert not any(each["problems"] for each in json.loads(whole.out))
    ask(models=MODELS[:3])
    assert hub.seen == []


@pytest.mark.parametrize("name", ["full", "file", "file/below", "nul\0"])
def test_a_place_that_can_be_none_is_refused_before_anything_is_asked(hub, tmp_path, name):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError):
        audit_many(MODELS, run=tmp_path / name, endpoint=hub.url, cache_dir=tmp_path / "cache")
    assert hub.seen == []
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.txt"]


def test_no_folder_is_made_for_what_cannot_be_asked(ask, hub, tmp_path):
    for wrong in (["not/a/model/at/all"], ["--framework", "osaid-9"]):
        assert ask(*wrong).code == 2
    assert hub.seen == []
    assert not (tmp_path / "run").exists()


def test_what_a_killed_process_left_half_written_is_swept_up_later(hub, tmp_path):
    folder = tmp_path / "run" / "dossiers"
    Run(tmp_path / "run")
    old, new = folder / ".new-old", folder / ".new-new"
    for path in (old, new):
        path.write_text("half")
    os.utime(old, (1, 1))
    Run(tmp_path / "run")
    assert not old.exists()
    assert new.exists(), "another process may be writing it"


def start(hub, tmp_path, *arguments, keep=True):
    """The program as a process of its own."""
    command = [sys.executable, "-m", "osaid_audit", *MODELS, "--endpoint", hub.url, "-f", "csv"]
    command += [*(["--run", str(tmp_path / "run")] if keep else []), "--jobs", "1", *map(str, arguments)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(count: int, folder: Path) -> None:
    deadline = time.monotonic() + 30
    while len(list(folder.glob("*.json"))) < count:
        assert time.monotonic() < deadline, "no dossier came"
        time.sleep(0.01)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_process_that_is_stopped_leaves_whole_files_and_is_taken_up(ask, hub, tmp_path, dossiers, sign):
    hub.latency = 0.03
    process = start(hub, tmp_path, "--cache-dir", tmp_path / "first")
    wait_for(2, tmp_path / "run" / "dossiers")
    process.send_signal(sign)
    out, err = process.communicate(timeout=30)
    kept = [json.loads(path.read_text())["subject"]["id"] for path in dossiers() if path.suffix == ".json"]
    assert 2 <= len(kept) < len(MODELS)
    assert all(fits(path) for path in dossiers() if path.suffix == ".json")
    if sign == signal.SIGINT:
        assert process.returncode == 130
        assert "the same command goes on from there" in err
        assert "Traceback" not in err
    assert out.splitlines()[1:] == [] or out.splitlines()[1].startswith(MODELS[0])
    hub.latency = 0
    ran = ask()
    assert ran.code == 0
    assert asked_about(hub) == set(MODELS) - set(kept)
    assert len(json.loads(ran.out)) == len(MODELS)


def test_ctrl_c_without_a_run_directory_says_what_would_have_helped(hub, tmp_path):
    hub.latency = 0.2
    process = start(hub, tmp_path, "--cache-dir", tmp_path / "first", keep=False)
    deadline = time.monotonic() + 30
    while not hub.seen and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "--run" in err


def test_two_processes_on_one_directory_do_no_harm(ask, hub, tmp_path, dossiers):
    hub.latency = 0.01
    both = [start(hub, tmp_path, "--cache-dir", tmp_path / name) for name in ("one", "two")]
    outs = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert outs[0] == outs[1]
    assert all(map(fits, dossiers()))
    ran = ask()
    assert (ran.code, hub.seen) == (0, [])
    rows = json.loads((tmp_path / "run" / "manifest.json").read_text())["models"]
    assert {row["model"] for row in rows} == set(MODELS)


def test_ctrl_c_ends_a_wait_for_the_quota(hub, tmp_path):
    hub.quotas = {"api": Quota(3, 200.0)}
    process = start(hub, tmp_path, "--cache-dir", tmp_path / "first")
    told = process.stderr.readline()
    assert "waiting" in told
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - began < 10


def test_a_full_disk_ends_the_batch_and_leaves_what_is_done(ask, hub, tmp_path, dossiers, monkeypatch):
    ask(models=MODELS[:2])
    from osaid_audit.pipeline import runs

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(runs.tempfile, "mkstemp", full)
        ran = ask()
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written" in ran.err
    assert "Traceback" not in ran.err
    assert len(dossiers()) == 2
    assert all(map(fits, dossiers()))
    assert ask().code == 0
    assert asked_about(hub) == set(MODELS[2:])

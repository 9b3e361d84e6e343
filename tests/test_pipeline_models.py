"""What may be audited and how it is found: files, ids, bundled dossiers, names that only a service has."""

import re
import time
from itertools import permutations
from pathlib import Path
from threading import Lock

import pytest
import yaml
from door import OPEN, RESTRICTED, SHA, dossier, saved

from osaid_audit import pipeline
from osaid_audit.errors import (
    CannotAudit,
    InternalError,
    NotFound,
    OfflineMiss,
    UnreadableInput,
    UsageError,
)
from osaid_audit.evaluate import load
from osaid_audit.gather import dossier_json
from osaid_audit.gather.fetching import rounds
from osaid_audit.gather.hosted import refuse_hosted
from osaid_audit.gather.reading import assembly
from osaid_audit.resources import data
from osaid_audit.schema.report import Report


@pytest.mark.parametrize("text", ["a.json", "./model", "../model", "/srv/model", "~/model", "folder/a.json"])
def test_what_is_meant_as_a_file(text):
    assert pipeline.dossier_file(text) is not None
    assert pipeline.dossier_file(Path("org/model")) is not None


@pytest.mark.parametrize("text", ["org/model", "gpt2", "org/model@v1", "https://huggingface.co/org/a.json"])
def test_what_is_meant_as_a_model(text):
    assert pipeline.dossier_file(text) is None


def test_a_file_that_bears_a_models_id_does_not_stand_for_it(elsewhere):
    """A download folder may hold `org/model`; the Hub's answer is wanted all the same."""
    (elsewhere / "org").mkdir()
    (elsewhere / "org" / "model").write_text(dossier_json(dossier(OPEN)))
    with pytest.raises(OfflineMiss):
        pipeline.gather("org/model", offline=True, cache_dir=elsewhere / "cache")
    assert pipeline.gather("./org/model") == dossier(OPEN)


def test_a_dossier_speaks_of_its_own_commit_only(tmp_path):
    path = saved(tmp_path, OPEN)
    assert pipeline.audit(path, revision=SHA).subject.revision == SHA
    with pytest.raises(UsageError, match="speaks of commit"):
        pipeline.audit(path, revision="main")


def test_a_dossier_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    path = saved(tmp_path, OPEN)
    assert pipeline.gather(path)
    monkeypatch.setattr(pipeline.models, "MAX_INPUT", 100)
    with pytest.raises(UnreadableInput, match="larger"):
        pipeline.gather(path)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A folder of bundled dossiers of our own."""
    folder = tmp_path / "dossiers"
    folder.mkdir()
    made = dossier(RESTRICTED, "org/model")
    subject = made.subject.model_copy(update={"source": "recorded", "canonical_id": "neworg/model"})
    text = dossier_json(made.model_copy(update={"subject": subject}))
    (folder / "org--model.json").write_text(text, encoding="utf-8")
    monkeypatch.setattr(pipeline.models, "data", lambda name: folder if name == "dossiers" else data(name))
    return {"offline": True, "cache_dir": tmp_path / "cache"}


@pytest.mark.parametrize(
    "model", ["org/model", "neworg/model", f"org/model@{SHA}", "https://huggingface.co/org/model"]
)
def test_offline_a_bundled_dossier_answers_and_says_so(shipped, model):
    assert pipeline.audit(model, **shipped).subject.source == "recorded"


@pytest.mark.parametrize("model", ["other/model", "model", "org/model@main", f"org/model@{'f' * 40}"])
def test_offline_no_bundled_dossier_answers_for_another(shipped, model):
    with pytest.raises(OfflineMiss):
        pipeline.audit(model, **shipped)


def test_another_endpoint_has_other_models(shipped):
    """The same id on a company's own Hub may be something else."""
    with pytest.raises(OfflineMiss):
        pipeline.audit("org/model", endpoint="https://hub.example.org", **shipped)
    assert pipeline.audit("org/model", endpoint="https://huggingface.co/", **shipped)


def not_found(*_args, **_options):
    raise NotFound("It was not found.", "Check the spelling.")


@pytest.mark.parametrize(
    "name",
    ["gpt-4o", "gpt-4o-mini", "openai/gpt-4o", "o3", "claude-3-5-sonnet-20241022", "gemini-1.5-pro", "GPT-4"],
)
def test_a_name_that_only_a_service_has_gets_a_plain_sentence(name, tmp_path, monkeypatch):
    with pytest.raises(NotFound, match=r"nothing to download, so there is no freedom to audit\.$"):
        pipeline.audit(name, offline=True, cache_dir=tmp_path)
    monkeypatch.setattr(rounds, "fetch", not_found)
    with pytest.raises(NotFound, match="nothing to download"):
        pipeline.audit(name)


@pytest.mark.parametrize(
    "name",
    ["gpt2", "openai/gpt-oss-20b", "gpt-40b", "somebody/gpt-4o", "somebody/claude-tiny", "o3x", "geminis"],
)
def test_any_other_name_keeps_the_hubs_answer(name, tmp_path, monkeypatch):
    with pytest.raises(OfflineMiss):
        pipeline.audit(name, offline=True, cache_dir=tmp_path)
    monkeypatch.setattr(rounds, "fetch", not_found)
    with pytest.raises(NotFound, match="It was not found"):
        pipeline.audit(name)


def test_a_revision_that_is_missing_is_no_missing_model(monkeypatch):
    monkeypatch.setattr(rounds, "fetch", not_found)
    with pytest.raises(NotFound, match="It was not found"):
        pipeline.audit("gpt-4o@v1")


def test_a_repository_that_exists_is_audited_whatever_its_name(monkeypatch):
    """The list of services phrases an error; it never stands in the way of an answer."""
    monkeypatch.setattr(rounds, "fetch", lambda *_args, **_options: None)
    monkeypatch.setattr(assembly, "assemble", lambda _gathered: dossier(OPEN, "gpt-4o"))
    assert pipeline.audit("gpt-4o").label.value == pipeline.audit("org/any").label.value == "open-weights"


SERVED = {
    "the OpenAI API": """gpt-3.5-turbo gpt-4 gpt-4-turbo gpt-4.1 gpt-4.5-preview gpt-4o gpt-4o-mini gpt-5
    gpt-5.1 chatgpt-4o-latest o1 o1-mini o3 o3:high o4-mini openai/o1""",
    "the Claude API": "claude claude-3-5-sonnet claude-instant-1.2 anthropic/claude-3",
    "the Gemini API": "gemini gemini-1.5-pro google/gemini-2.5-flash",
}


@pytest.mark.parametrize(("service", "names"), SERVED.items())
def test_each_row_of_the_services_says_which_service_has_a_name(service, names):
    missing = NotFound("It was not found.", "Check the spelling.")
    for name in names.split():
        with pytest.raises(NotFound, match=f"'{re.escape(name)}' is only offered through {service}:"):
            refuse_hosted(name, None, missing)
        refuse_hosted(f"somebody/{name}", None, missing)


def test_no_row_of_the_services_says_what_another_says():
    rows = yaml.safe_load((data("rules") / "hosted.yaml").read_text(encoding="utf-8"))
    assert {row["service"] for row in rows} == set(SERVED)
    for row in rows:
        covered = [
            (one, other)
            for one, other in permutations(row["prefixes"], 2)
            if re.match(rf"{re.escape(one)}[-.:@]", other)
        ]
        assert covered == []


def test_every_service_says_where_it_was_learnt():
    rows = yaml.safe_load((data("rules") / "hosted.yaml").read_text(encoding="utf-8"))
    assert all(row["source"]["url"].startswith("https://") and row["source"]["date"] for row in rows)


def test_many_models_answer_in_their_order(tmp_path, monkeypatch):
    paths = [saved(tmp_path, OPEN, f"org/m{at}") for at in range(12)]
    judge = pipeline.question.judge

    def first_is_slowest(asked, *rest):
        time.sleep(0.02 if asked.subject.id == "org/m0" else 0)
        return judge(asked, *rest)

    monkeypatch.setattr(pipeline.question, "judge", first_is_slowest)
    seen, lock = [], Lock()

    def done(model):
        with lock:
            seen.append(model)

    reports = pipeline.audit_many(paths, jobs=4, done=done)
    assert [report.subject.id for report in reports] == [f"org/m{at}" for at in range(12)]
    assert sorted(seen) == sorted(paths)
    assert pipeline.audit_many(reversed(paths))[0].subject.id == "org/m11"


def test_one_bad_model_does_not_stop_the_others(tmp_path, monkeypatch):
    judge = pipeline.question.judge

    def crash(asked, *rest):
        return 1 / 0 if asked.subject.id == "org/crash" else judge(asked, *rest)

    monkeypatch.setattr(pipeline.question, "judge", crash)
    paths = [saved(tmp_path, OPEN, "org/a"), tmp_path / "gone.json", saved(tmp_path, OPEN, "org/crash")]
    one, two, three = pipeline.audit_many(paths)
    assert isinstance(one, Report)
    assert isinstance(two, CannotAudit)
    assert isinstance(three, InternalError)
    assert isinstance(three.__cause__, ZeroDivisionError)
    assert pipeline.audit_many([]) == []


def test_what_is_wrong_with_the_call_is_raised_before_any_audit(tmp_path, monkeypatch):
    monkeypatch.setattr(rounds, "fetch", lambda *_args, **_options: pytest.fail("nothing may be fetched"))
    for models, options in (
        (["org/a", "a/b/c"], {}),
        (["org/a"], {"frameworks": ["osaid-2.0"]}),
        (["org/a"], {"as_of": "2026-13-01"}),
        (["org/a"], {"rules": tmp_path / "nowhere"}),
        (["org/a@v1"], {"revision": "v2"}),
        (["org/a"], {"token": "two words"}),
    ):
        with pytest.raises(UsageError):
            pipeline.audit_many(models, **options)


def test_frameworks_are_asked_for_by_id_each_once(tmp_path):
    path = saved(tmp_path, OPEN)
    asked = ["g7-2026", "osaid-1.0", "g7-2026"]
    report = pipeline.audit(path, frameworks=asked, rules=load())
    assert [each.id for each in report.frameworks] == ["g7-2026", "osaid-1.0"]
    with pytest.raises(UsageError) as error:
        pipeline.audit(path, frameworks=["osaid"])
    assert "osaid-1.0" in error.value.hint
